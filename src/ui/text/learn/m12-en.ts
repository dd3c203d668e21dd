import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Backs are made for lifting',
      paragraphs: [
        'Your back can lift, carry and bend. Bones, discs and muscles get stronger with load, if it grows slowly. Being careful for a few days can help. Being careful for months makes the back weaker.',
      ],
    },
    {
      heading: 'No single right way',
      paragraphs: [
        'You may have learned to lift with a straight back and bent knees. That is one good way. For heavy things it is often the easiest. But studies have not shown that one way of lifting prevents back pain. People lift in many ways, and backs adapt.',
        'What does matter: how heavy it is, how often you do it, how tired you are, and how used to it you are.',
      ],
    },
    {
      heading: 'Make it easier',
      paragraphs: [
        'Come close. Take the load near your body. Take a good grip. Breathe out as you lift. Turn with your feet. Split the load, or ask someone. With a hinge, you move from the hips and the back stays long. Your plan trains this.',
      ],
    },
    {
      heading: 'Build up',
      paragraphs: [
        'Begin with what you can lift ten times with little pain. Stay there for some sessions. Then add a little, about one tenth. If the next morning is fine, stay or add again.',
        'Do not go from nothing to a whole move of house. Jumps in load are what backs like least. If a big day is coming, train for it some weeks before, and take breaks on the day.',
      ],
    },
    {
      heading: 'Carrying',
      paragraphs: [
        'Carry things close to you. Swap sides. A backpack shares the load. Two small bags are better than one big one.',
        'If your bones are weak, or you are pregnant, other limits apply. Thora asks about that, and leaves out what does not fit.',
      ],
    },
  ],
  question: 'What do backs like least?',
  answers: ['Bending.', 'Sudden jumps in load.', 'Lifting with a round back, once.'],
  right: 1,
  feedback: 'Load that grows slowly makes backs stronger. Sudden jumps are hard on them.',
};
