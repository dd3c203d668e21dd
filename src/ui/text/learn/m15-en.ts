import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Not too much, not too little',
      paragraphs: [
        'On good days many people do all that was left undone. The next days they pay for it. Then they rest, and begin again. This up and down is tiring.',
        'Pacing means to do about the same on good and bad days, and to stop while it still goes well. Split big jobs. Put breaks in before you need them. Then raise the amount slowly.',
      ],
    },
    {
      heading: 'Hang it on a hook',
      paragraphs: [
        'Willpower is not what keeps a habit. A hook is. Choose something that you do each day anyway, such as brushing your teeth or making coffee. Do your exercises right after it, in the same place.',
        'Make it as easy as you can. Leave the sensors where you will use them. Begin with two minutes. On most days you will do more once you have begun.',
      ],
    },
    {
      heading: 'If and then',
      paragraphs: [
        'Make a plan for what may get in the way. If I come home late, then I do the short session. If my child wakes, then I go on at lunch. If I am away, then I do two moves without sensors. People who plan like this keep going more often.',
      ],
    },
    {
      heading: 'After a miss',
      paragraphs: [
        "Everybody misses days. One missed day changes nothing. What counts is the next one. Do not catch up. Just do today's part, or the short form.",
        'If you have been away for a week or more, Thora begins with less. That is on purpose.',
      ],
    },
    {
      heading: 'See that it works',
      paragraphs: [
        'Look at your progress now and then, not every day. Some things change only after weeks. "No clear change" for some time is normal, and it is no reason to do more and more.',
      ],
    },
  ],
  question: 'You have missed three days. What now?',
  answers: ['Do everything you missed.', 'Give up until next month.', "Do today's part, or the short one."],
  right: 2,
  feedback: 'Do not catch up. The next session is the one that counts.',
};
