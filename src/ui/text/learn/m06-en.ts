import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Bad days are part of it',
      paragraphs: [
        'Almost everyone with back pain has flare-ups. The pain jumps up, often for a few days. It does not mean that you are back at the start. It does not mean that something broke.',
      ],
    },
    {
      heading: 'Three steps',
      paragraphs: [
        'First, check. Is anything new or strange? Thora asks you a few safety questions. If one of them fits, it tells you what to do.',
        'Second, calm it down. Keep moving, but less. Slow breathing, easy turns lying on your side, a short walk. Two or three short rounds a day are better than one long one. Warmth can feel good. Leave out weights for now.',
        'Third, climb back. When the pain is nearly as it was, do half of your usual amount. Then three quarters. Then all of it. Each step has to go well before the next one.',
        'On the Today page, "Bad day" starts this plan. You do not have to explain yourself.',
      ],
    },
    {
      heading: 'What may have set it off',
      paragraphs: [
        'Common things before a flare-up are a bad night, stress, a sudden jump in load, or hours in one position. Often nothing can be found. If you like, note what came before. After some time you may see a pattern. It is a hint, not a proof.',
      ],
    },
    {
      heading: 'When to ask for help',
      paragraphs: [
        'If a flare-up has not settled after five to seven days, or if you have three in four weeks, let a doctor or physiotherapist have a look. Take your page for the doctor with you.',
      ],
    },
    {
      heading: 'Make your plan now',
      paragraphs: [
        'Decide today what your three steps are. A plan made on a good day is easy to follow on a bad one.',
      ],
    },
  ],
  question: 'What is the best thing to do on a bad day?',
  answers: [
    'Rest in bed until it is over.',
    'Keep moving, but less, and climb back step by step.',
    'Do the whole plan anyway.',
  ],
  right: 1,
  feedback: 'Gentle movement calms a flare-up better than bed or force.',
};
