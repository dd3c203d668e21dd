import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Pain is an alarm',
      paragraphs: [
        'Pain is there to protect you. It works like a smoke alarm. A smoke alarm rings for a fire, and it also rings for burnt toast. When pain has lasted for weeks, the alarm often gets more touchy. It rings early.',
        'So hurt and harm are two things. A move can hurt and still be safe. Warning signs are different, and card "When to get help" tells you about those.',
      ],
    },
    {
      heading: 'What worry does',
      paragraphs: [
        'It makes sense to leave out moves that hurt. For a few days it may help. Over weeks it can make things worse. You move less, get weaker, and watch your back more closely. Each move then feels like a risk.',
        'Many people know this circle. It says nothing bad about you. And there is a way out.',
      ],
    },
    {
      heading: 'One small step at a time',
      paragraphs: [
        'Choose a move that you avoid and would like back. Find a version so small that you dare to do it. Do it a few times. Notice what really happens, not just what you feared.',
        'Next time, do it again or go a tiny bit further. Each time it goes well, your body learns. Confidence does not come first. It grows from doing.',
        'Thora works this way. If worry is high, targets grow only when you want them to. You can stay on a step as long as you like.',
      ],
    },
    {
      heading: 'When it stays hard',
      paragraphs: [
        'If fear stops you from doing daily things, talk with a doctor or a physiotherapist. They can go through the moves with you. That is a normal thing to ask for.',
      ],
    },
  ],
  question: 'A move hurts a little, with no warning signs. What does that mean?',
  answers: [
    'Something is being harmed.',
    'The alarm is touchy; the move can still be safe.',
    'You must never do it again.',
  ],
  right: 1,
  feedback: 'Hurt is not the same as harm. Small, safe steps calm the alarm.',
};
