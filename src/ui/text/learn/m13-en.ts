import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Pain and mood belong together',
      paragraphs: [
        'Pain wears you down. Stress and low mood make pain louder. This is how the body works: the same nerves and hormones serve both. It does not mean that the pain is in your head. It is real.',
      ],
    },
    {
      heading: 'What stress does',
      paragraphs: [
        'Under stress muscles tense, the breath gets short, sleep gets light. The alarm system is on edge. A back that was quiet may then speak up. Many people notice it before an exam, after a fight, or in a hard week at work.',
      ],
    },
    {
      heading: 'Things that help',
      paragraphs: [
        'Move. A walk of ten minutes can lift the mood for some time.',
        'Breathe slowly for five minutes. See the card on breathing.',
        'Do one thing a day that you like, even when it hurts a little. Pain takes more room when life gets small.',
        'Talk with somebody you trust. You do not have to solve anything.',
        'Plan your day with breaks. Stop before you are worn out, not after.',
        'Write down thoughts that keep turning, such as "this will never end". Then ask: is that sure? What would I tell a friend?',
      ],
    },
    {
      heading: 'Help from others',
      paragraphs: [
        'Talking treatments that work with thoughts and habits are one of the things that the World Health Organization lists for long-lasting low-back pain. They can help with pain itself, not just with mood. Ask your doctor about them.',
      ],
    },
    {
      heading: 'When to seek help soon',
      paragraphs: [
        'If you have felt low, empty or very anxious on most days for two weeks, talk to a doctor. If you think of hurting yourself, call your emergency number or a crisis line now. You do not have to be sure. Calling is right.',
      ],
    },
  ],
  question: 'Stress makes the pain louder. What does that mean?',
  answers: [
    'The pain is not real.',
    'Body and mood share the same wiring; calming one helps the other.',
    'You must avoid all stress.',
  ],
  right: 1,
  feedback: 'The pain is real. Anything that calms the alarm can turn it down.',
};
