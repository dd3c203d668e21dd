import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Your ribs move with each breath',
      paragraphs: [
        'You breathe about 20,000 times a day. Each time your ribs lift and spread a little. They are joined to the bones of your upper back by small joints. So each breath moves your upper back too.',
        'With pain, many people breathe short and high, without knowing it. The ribs then move less, and the muscles of the neck do more.',
      ],
    },
    {
      heading: 'Breathing to the side',
      paragraphs: [
        'Put your hands on the sides of your lowest ribs. Breathe in through your nose and let your hands be pushed apart. Breathe out slowly and feel the ribs sink. Do not force it. A few calm breaths are enough.',
        'You can also breathe to one side: lean a little away from it and send the breath there.',
      ],
    },
    {
      heading: 'Slow breathing',
      paragraphs: [
        'Breathing slowly calms the body. Try about six breaths a minute: in for four counts, out for six. After some minutes your heart beats more slowly and tight muscles let go. It will not take away all pain, but many people find that it helps.',
      ],
    },
    {
      heading: 'Dizzy means too much',
      paragraphs: [
        'If you get dizzy, or your fingers tingle, you have breathed too much. Stop. Breathe as usual until it is gone. Next time take smaller breaths.',
        'If you suddenly cannot get enough air, or breathing in gives a sharp new pain, stop and get help.',
      ],
    },
    {
      heading: 'What the sensor sees',
      paragraphs: [
        'At rest, the sensor on your back can count your breaths, because your back moves a tiny bit. It cannot measure how much air you take in. So Thora shows a rate, and compares the size only with your own breaths in the same session.',
      ],
    },
  ],
  question: 'You get dizzy while breathing deeply. What now?',
  answers: [
    'Breathe even deeper.',
    'Stop, breathe as usual, and take smaller breaths next time.',
    'Hold your breath.',
  ],
  right: 1,
  feedback: 'Dizziness means too much air. Smaller breaths, and it passes.',
};
