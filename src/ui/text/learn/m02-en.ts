import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Most pain is harmless, some is not',
      paragraphs: [
        'Most upper-back pain is not dangerous. Sometimes pain there comes from something else, such as the heart, the lungs, a broken bone or an infection. This card helps you tell when to stop and get help.',
      ],
    },
    {
      heading: 'Call your emergency number now',
      paragraphs: [
        'Call at once if you have pressure or tightness in your chest, or pain that spreads to your arm or jaw. Call if you suddenly find it hard to breathe, if you faint, or if you get a sudden tearing pain in your chest or back.',
        'Call if your legs get weak or numb, if walking gets unsteady, if you lose feeling between your legs, or if you can no longer control your bladder or bowels.',
        'Thora is not for emergencies. It watches no one and calls no one.',
      ],
    },
    {
      heading: 'See a doctor soon',
      paragraphs: [
        'See a doctor if you had a fall or a blow and it has hurt since. Go if you have a fever with back pain, or if you lose weight without trying. Go if you have had cancer, or take steroid tablets, and the pain is new.',
        'Go if the pain is there all night and no position eases it. Go if it keeps getting worse week by week.',
      ],
    },
    {
      heading: 'How to stop',
      paragraphs: [
        'Every session has a Stop button. You may press it at any time, for any reason. You may also just stop moving and sit down. Nothing is lost.',
        'If something new worries you, say so when Thora asks. It will ask a few more questions and tell you the next step. When in doubt, ask a doctor.',
      ],
    },
  ],
  question: 'Your legs feel weak and you walk unsteadily. What now?',
  answers: ['Finish the session gently.', 'Wait until next week.', 'Call the emergency number.'],
  right: 2,
  feedback: 'New weakness in the legs needs help at once, even if the pain is small.',
};
