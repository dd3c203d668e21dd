import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Movement is care for your back',
      paragraphs: [
        'Joints like to move. When you move, fluid spreads inside the joint, muscles get warm, and your body learns that the move is safe. When you hardly move for days, the back gets stiffer, and moves begin to feel strange.',
      ],
    },
    {
      heading: 'What studies say',
      paragraphs: [
        'Large guidelines for back pain name exercise and good information among the first things to try. Most of that work was done with low-back pain. For the upper back there are fewer studies. In one trial, people with upper-back pain who exercised had less pain and a better daily life, and that held for 12 weeks.',
        'So the honest answer is this: there are good reasons to expect help, and no promise.',
      ],
    },
    {
      heading: 'Small amounts count',
      paragraphs: [
        'You do not need an hour. In one study of neck and shoulder pain, two minutes of training a day was enough to make a difference. What matters is that you come back to it.',
        'A short session on a bad day is worth more than a long one that never happens. Thora can make a session shorter. Just say you have less time.',
      ],
    },
    {
      heading: 'Which exercise is best',
      paragraphs: [
        'Nobody has shown that one exercise beats all others for the upper back. That is good news. It means you can choose moves that suit you. Some loosen, some make you stronger, some calm your breath.',
        'Your plan mixes these. It changes with what you say and with what the sensors see. Each change has a reason, and you can read it.',
      ],
    },
  ],
  question: 'Which session helps most?',
  answers: ['The longest one.', 'The one you really do, again and again.', 'The one that hurts most.'],
  right: 1,
  feedback: 'Small amounts count, and coming back counts most.',
};
