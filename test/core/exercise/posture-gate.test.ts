import { describe, expect, it } from 'vitest';
import type { PostureWindow } from '../../../src/core/exercise/exercise-library.ts';
import { PostureGate } from '../../../src/core/exercise/posture-gate.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';

const STEP_S = 0.1;
const LEAN: PostureWindow = {
  signal: 'lean',
  flexionDeg: 8,
  sideBendDeg: 6,
  leastShare: 0.8,
  forgivenS: 1.5,
};

/** Each pair: an angle in deg, and for how many steps. */
function held(window: PostureWindow, pieces: readonly (readonly [number, number])[], side = 0): PostureGate {
  const gate = new PostureGate(window, STEP_S);
  for (const [deg, steps] of pieces)
    for (let k = 0; k < steps; k++)
      gate.push({
        flexionRad: deg * RAD_PER_DEG,
        sideBendRad: side * RAD_PER_DEG,
        rollRad: deg * RAD_PER_DEG,
      });
  return gate;
}

describe('a posture kept through a hold', () => {
  it('counts the time inside, and short ways out with it', () => {
    const gate = held(LEAN, [
      [2, 30],
      [12, 14],
      [-3, 36],
    ]);
    expect(gate.insideS).toBeCloseTo(8, 9);
    expect(gate.insideShare).toBeCloseTo(1, 9);
    expect(gate.hasLeft).toBe(false);
  });

  it('does not count a long way out, and knows that it lasts', () => {
    const gate = held(LEAN, [
      [2, 30],
      [12, 20],
    ]);
    expect(gate.hasLeft).toBe(true);
    expect(gate.outsideS).toBeCloseTo(2, 9);
    expect(gate.insideShare).toBeCloseTo(0.6, 9);
    const back = held(LEAN, [
      [2, 30],
      [12, 20],
      [2, 10],
    ]);
    expect(back.hasLeft).toBe(false);
    expect(back.insideS).toBeCloseTo(4, 9);
  });

  it('looks to the side only where the window does', () => {
    expect(held(LEAN, [[0, 30]], 7).insideShare).toBe(0);
    expect(held({ ...LEAN, sideBendDeg: null }, [[0, 30]], 7).insideShare).toBeCloseTo(1, 9);
  });

  it('looks at the roll alone on hands and knees, and states how much it shook', () => {
    const roll: PostureWindow = { signal: 'roll', rollDeg: 10, leastShare: 0.8, forgivenS: 1.5 };
    const gate = held(roll, [
      [5, 50],
      [-5, 50],
    ]);
    expect(gate.insideShare).toBeCloseTo(1, 9);
    expect(gate.spreadRad / RAD_PER_DEG).toBeCloseTo(5, 6);
    expect(held(roll, []).spreadRad).toBeNaN();
  });
});
