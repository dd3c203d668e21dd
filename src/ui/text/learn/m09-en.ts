import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Pain and sleep pull at each other',
      paragraphs: [
        'After a bad night most people feel more pain. With pain, sleep is worse. The good part: if one of them gets better, the other often follows.',
      ],
    },
    {
      heading: 'A steady rhythm',
      paragraphs: [
        'Get up at about the same time each day, at weekends too. This sets your inner clock more than going to bed early does. Daylight in the morning and moving during the day help you get tired at night.',
        'Coffee, tea and cola work for many hours. Try to have the last cup soon after lunch. Alcohol makes you sleepy and your sleep worse.',
      ],
    },
    {
      heading: 'Lying well',
      paragraphs: [
        'There is no right way to lie. Try this. On your side: a pillow that fills the space between ear and mattress, and one to hug, so that the top arm does not pull. On your back: a thin pillow under your head, and perhaps one under your knees. On your front: a very flat pillow, or none.',
        'A warm shower or a heat pack before bed feels good to many.',
      ],
    },
    {
      heading: 'Winding down',
      paragraphs: [
        'Give your body a signal. Make the last half hour dim and slow. Breathe in for four counts and out for six, for five minutes. Your plan has an exercise for this, and you can do it in bed.',
        'If you lie awake for long, get up, do something quiet, and go back when you are sleepy. Do not watch the clock.',
      ],
    },
    {
      heading: 'Waking at night',
      paragraphs: [
        'Turning over and waking briefly is normal. Move, find a new position, breathe slowly.',
        'If the pain wakes you most nights and no position eases it, tell a doctor. If you snore loudly and are very tired by day, tell a doctor too.',
      ],
    },
  ],
  question: 'What helps your inner clock most?',
  answers: ['Going to bed very early.', 'Getting up at about the same time each day.', 'A glass of wine.'],
  right: 1,
  feedback: 'A steady time to get up sets the rhythm best.',
};
