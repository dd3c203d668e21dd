import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'It is common',
      paragraphs: [
        'Upper-back pain is pain between the neck and the lowest ribs. Many people get it. In studies, between 4 and 35 of 100 adults had it within one year. The numbers differ so much because the studies asked in different ways.',
      ],
    },
    {
      heading: 'What it often comes from',
      paragraphs: [
        'Your upper back has 12 bones, 24 ribs, many small joints and several layers of muscle. Joints, ribs and muscles can all hurt. They can hurt after a long day in one position, after a new kind of work, after a bad night, or for no reason anyone can find.',
        'In most people nothing is broken or torn. The back is sore, and it is also on guard. A back that is on guard lets you feel pain early, often long before anything could be harmed.',
      ],
    },
    {
      heading: 'Why a scan is seldom the first step',
      paragraphs: [
        'When pain is new and there are no warning signs, doctors are advised not to scan at first. Pictures often show small changes that people without pain have too. Such a finding can worry you and still not explain the pain.',
        'A scan makes sense when there are warning signs. Thora asks about these before you start, and the next card lists them.',
      ],
    },
    {
      heading: 'What usually helps',
      paragraphs: [
        'Pain like this often gets less over some weeks. You can help it along. Keep moving in ways you can stand. Do a little often. Build up step by step. Sleep and calm count too.',
        'Thora cannot tell you what causes your pain. It makes no diagnosis. It can help you move, and show you fairly what changes and what does not.',
      ],
    },
  ],
  question: 'Why are scans seldom the first step?',
  answers: [
    'Because they are too slow.',
    'Because they often show changes that do not explain the pain.',
    'Because they never show anything.',
  ],
  right: 1,
  feedback:
    'Scans often show small changes in people without any pain. They help when there are warning signs.',
};
