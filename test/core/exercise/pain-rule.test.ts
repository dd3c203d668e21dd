import { describe, expect, it } from 'vitest';
import { painAnswer } from '../../../src/core/exercise/pain-rule.ts';

const VALUES = Array.from({ length: 11 }, (_, value) => value);

describe('what pain in an exercise asks for', () => {
  it.each([
    [2, 0, 'goOn'],
    [4, 5, 'goOn'],
    [3, 2, 'hold'],
    [6, 6, 'hold'],
    [4, 3, 'easier'],
    [5, 4, 'easier'],
    [3, 0, 'stopExercise'],
    [6, 4, 'stopExercise'],
    [8, 8, 'stopExercise'],
  ] as const)('pain %i from %i: %s', (during, before, answer) => {
    expect(painAnswer(during, before)).toBe(answer);
  });

  it('is never milder for more pain, from any start', () => {
    const order = ['goOn', 'hold', 'easier', 'stopExercise'];
    for (const before of VALUES)
      for (const during of VALUES.slice(1)) {
        const less = order.indexOf(painAnswer(during - 1, before));
        expect(order.indexOf(painAnswer(during, before)), `${during} from ${before}`).toBeGreaterThanOrEqual(
          less,
        );
      }
  });

  it('stops a rise of three, and anything above seven, whatever the start', () => {
    for (const before of VALUES) {
      expect(painAnswer(Math.min(10, before + 3), Math.min(before, 7))).toBe('stopExercise');
      for (const during of [8, 9, 10]) expect(painAnswer(during, before)).toBe('stopExercise');
    }
  });
});
