import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Some pain may be there',
      paragraphs: [
        'You can exercise with a little pain. Studies of long-lasting pain found that exercise with some pain works no worse than exercise with none. What counts is how much, and how it is the next morning.',
      ],
    },
    {
      heading: 'The light during exercise',
      paragraphs: [
        'Think of your pain from 0 to 10, and compare it with just before the session.',
        'Green: 0 to 2. Also up to 4, if it is no more than when you began. Carry on.',
        'Amber: a small rise. Stay with the same amount, make it a bit smaller if you like, and see how it goes.',
        'Red: more than 5, or more than one point above a start that was already 5 or higher. Also red: a rise of 3 points or more, and anything above 7. Stop this exercise today.',
      ],
    },
    {
      heading: 'The light next morning',
      paragraphs: [
        'The morning after tells more than the moment itself. Is the pain lower or the same? Good, the amount was right. Is it a bit higher? Stay where you are. Is it clearly higher? Next time you do less.',
        'This is why Thora asks you in the morning. If you do not answer, nothing gets harder.',
      ],
    },
    {
      heading: 'Sore muscles are something else',
      paragraphs: [
        'After new strength work, muscles can be sore for a day or two. They feel tender when you press or stretch them. That fades by itself, and it is no harm.',
        'These limits come from studies of knees and heels, and are carried over to the upper back. They are a guide, not a law. If a move feels wrong to you, leave it out.',
      ],
    },
  ],
  question: 'You began at 2 and the pain is now 5. What colour is that?',
  answers: ['Green', 'Amber', 'Red'],
  right: 2,
  feedback: 'It rose by 3 points. That is red: stop this exercise for today.',
};
