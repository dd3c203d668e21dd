import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'There is no perfect posture',
      paragraphs: [
        'You may have heard that you must sit up straight. Studies do not back that up. No single posture has been shown to protect people from back pain. People with pain and without pain sit in all sorts of ways.',
        'Sitting tall is not wrong. Slumping is not wrong. Staying in one of them for hours is what most backs dislike.',
      ],
    },
    {
      heading: 'Your next posture is your best',
      paragraphs: [
        'Backs like change. Lean back, lean forward, cross your legs, stand up, stretch. If a position feels good, use it. When it stops feeling good, take another one.',
        'Small changes count. You need no special chair.',
      ],
    },
    {
      heading: 'Why we train posture all the same',
      paragraphs: [
        'In some exercises Thora asks you to stay near your own upright position. That trains strength and staying power, so that you have more positions to choose from. It is like training for a walk. It is not about looking right.',
        'When Thora shows an angle, it compares you with yourself. It never says that your back is crooked. It cannot see that, and it would not help you.',
      ],
    },
    {
      heading: 'What about a rounded upper back?',
      paragraphs: [
        'Upper backs differ in shape, and they get rounder with age. Many people with a rounded back have no pain. Stronger muscles and easy movement are worth having with any shape.',
        'If a doctor told you that your bones are weak, do not bend forward hard. Thora then leaves those moves out.',
      ],
    },
    {
      heading: 'Try this',
      paragraphs: [
        'Set no alarm for posture. Instead, link a change to something you do anyway. Stand up for each call. Stretch when the kettle boils. Breathe wide when you wait for a page to load.',
      ],
    },
  ],
  question: 'Which posture protects the back best?',
  answers: ['Straight, all day.', 'None alone; changing often.', 'Leaning back, all day.'],
  right: 1,
  feedback: 'No single posture is best. The next one is.',
};
