import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Muscles that carry your shoulders',
      paragraphs: [
        'Your shoulder blades lie on your ribs like two plates. Only muscles hold them there. These muscles work when you lift your arm, carry a bag, or sit at a table for hours. If they are strong, the same work costs them less.',
      ],
    },
    {
      heading: 'What the exercises do',
      paragraphs: [
        'Rows pull the blades back and together. You need that for pulling and carrying.',
        'Lying on your front and lifting the arms like a T or a Y trains the middle and lower part. You need that for reaching up.',
        'Turning the arms out like a W trains the back of the shoulder.',
        'The push-up plus ends with an extra push. It trains the muscle that holds the blade on the ribs. At a wall it works well and is easy to begin with.',
      ],
    },
    {
      heading: 'How hard should it be?',
      paragraphs: [
        'Hard enough that the last moves feel like work: about 4 to 7 on a scale from 0 to 10. You should be able to do two or three more. Only one thing gets harder at a time: first more moves, then more load.',
        'In one study, office workers trained with a band for some minutes on five days a week. After ten weeks their neck and shoulder pain was lower than in those who did not train. That was neck and shoulder, not upper back, so we carry it over with care.',
      ],
    },
    {
      heading: 'Sore afterwards',
      paragraphs: [
        'Sore muscles for up to two days are normal at first. Keep moving gently. If it lasts longer, or if the pain is sharp, say so. You then do less.',
        'Do not train the same muscles hard two days in a row. They grow stronger in between.',
      ],
    },
    {
      heading: 'Give it time',
      paragraphs: [
        'Strength takes weeks. After two weeks moves feel surer. After six to ten weeks you can carry more.',
      ],
    },
  ],
  question: 'How long may sore muscles last after new strength work?',
  answers: ['They must not be sore at all.', 'Up to about two days.', 'Two weeks.'],
  right: 1,
  feedback: 'Up to two days is normal. Longer or sharp pain means: do less, and say so.',
};
