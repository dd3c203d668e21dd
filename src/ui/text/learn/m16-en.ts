import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'What the sensors measure',
      paragraphs: [
        'Each sensor feels how it turns and where down is. From two of them Thora works out how one part of your back moves against another. It does not see your bones. It sees the skin and the strap move with you.',
        'So an angle in Thora is an estimate. It depends on where the strap sits, how tight it is, and how you begin.',
      ],
    },
    {
      heading: 'Why there is a band',
      paragraphs: [
        'Next to an angle you see a plus and minus. Nineteen times out of twenty, the true angle lies inside. A wide band means: less sure.',
      ],
    },
    {
      heading: 'Why days differ',
      paragraphs: [
        'If you measure the same back twice, you get two numbers. The strap sits a bit higher, you are warmer, you slept well. For most moves the same back can differ by 7 to 12 degrees from day to day.',
        'So Thora calls a difference a change only when it is larger than that, and when it shows up twice in a row. All else is "no clear change". That is not bad news. It means that we cannot tell.',
      ],
    },
    {
      heading: 'Why more tests do not help at once',
      paragraphs: [
        'Testing again on the same day does not make you freer. But it tells how much your own numbers jump. If they jump a lot, Thora asks for more before it calls something a change.',
      ],
    },
    {
      heading: 'One kit is not another',
      paragraphs: [
        'Two sensors in other places measure something else. Their numbers are never joined. If you change the kit, a new line begins.',
      ],
    },
    {
      heading: 'What numbers do not tell',
      paragraphs: [
        'They do not say why you hurt. More degrees do not always mean less pain, and less pain often comes without more degrees. Take them as one view of several. How you feel, what you can do and how you sleep count as much.',
      ],
    },
  ],
  question: 'Your turn was 34 degrees and is now 37. What does that mean?',
  answers: ['You have improved.', 'It cannot be told from day-to-day differences.', 'The sensor is broken.'],
  right: 1,
  feedback: 'Three degrees are within what days alone can make.',
};
