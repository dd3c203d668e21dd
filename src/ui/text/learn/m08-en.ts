import type { ModuleText } from './module-text.ts';

export const text: ModuleText = {
  parts: [
    {
      heading: 'Long sitting and the upper back',
      paragraphs: [
        'Hours at a screen or a wheel make many upper backs stiff. Sitting does not harm your back. But muscles that hold one position for hours get tired, and joints that do not move get stiff.',
      ],
    },
    {
      heading: 'Break it up',
      paragraphs: [
        'A rough guide is to move every 30 minutes. It does not have to be long. Stand up, turn left and right three times, reach up, sit down. That takes 30 seconds.',
        'If you cannot stand, move in the chair. Roll your shoulders. Turn and look behind you. Take five wide breaths.',
      ],
    },
    {
      heading: 'Set up your place',
      paragraphs: [
        'Put the screen so that its top is near the height of your eyes. With a laptop, raise it and use a keyboard. Rest your arms on the table or on armrests, so that your shoulders do not carry them all day. Bring the mouse near.',
        'Let your feet touch the floor. Then change it all a little from time to time. There is no perfect set-up.',
        'Hold the phone higher, or rest your elbows. Swap hands.',
      ],
    },
    {
      heading: 'In the car',
      paragraphs: [
        'Move the seat so close that your arms can bend. Lean your head and upper back on the seat. On long trips stop every hour or so and walk a little. At a red light you can pull your shoulders back a few times.',
      ],
    },
    {
      heading: 'A snack for the back',
      paragraphs: [
        'Pick two moves from your plan that you can do at work. Tie them to things that happen anyway: the start of a meeting, a full cup, the end of a call. Two small snacks a day do more than one good plan that you forget.',
        'This advice comes from experience more than from trials. Keep what helps you.',
      ],
    },
  ],
  question: 'How often is it good to move when you sit for long?',
  answers: ['Once in the evening.', 'About every 30 minutes, even briefly.', 'Only when it hurts.'],
  right: 1,
  feedback: 'Short and often is best. Thirty seconds is enough.',
};
