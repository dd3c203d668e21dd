import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'You need not be free of pain',
      paragraphs: [
        'Many people wait until the pain is gone before they go back to work or sport. Mostly you can go back earlier, with less at first. Doing normal things is part of getting better.',
      ],
    },
    {
      heading: 'Make a ladder',
      paragraphs: [
        'Write down what the task asks: how long, how heavy, how often. Then make steps. For work that may be half days, fewer lifts, or more breaks. For sport it may be half the time, slow first, no contest.',
        'Stay on each step for some days. Go up when pain during it is 3 or less and the next morning is as usual. If it flares, go one step down, not off the ladder.',
      ],
    },
    {
      heading: 'Talk with your work',
      paragraphs: [
        'Tell your boss what you can do, and what you cannot do yet. Ask for small changes for some weeks: a table you can raise, other tasks, breaks for moves. Most are cheap. A works doctor or physiotherapist can help.',
      ],
    },
    {
      heading: 'Signs that it is going well',
      paragraphs: [
        'You do more, and the pain stays the same. Flare-ups are shorter. You think less about your back. You sleep through. You feel sure of a move that you used to avoid. These count as much as a lower number.',
      ],
    },
    {
      heading: 'Train for the task',
      paragraphs: [
        'Your plan can hold exercises for desk work, lifting, reaching up, or turning in sport. Choose up to two goals. In the last weeks these get more room.',
        'Sport with fast turns or throws comes last. First the full range, slowly. Then faster. Then with load.',
      ],
    },
    {
      heading: 'If it does not work out',
      paragraphs: [
        'If you have tried for some weeks and cannot get back, ask for help. A doctor can look again, and there may be other ways to arrange your work. That is not your fault.',
      ],
    },
  ],
  question: 'When can you go back to a task?',
  answers: [
    'Only when there is no pain at all.',
    'Step by step, with little pain and a usual next morning.',
    'All at once, to get it over with.',
  ],
  right: 1,
  feedback: 'Go back in steps. Small pain and a usual next morning mean that the step fits.',
};
