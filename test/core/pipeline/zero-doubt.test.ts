import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { DOUBT, ZeroDoubt } from '../../../src/core/pipeline/zero-doubt.ts';

const DRIFT = (1.5 * RAD_PER_DEG) ** 2;

/** Standard deviation of the zero 5 s after the last of these rests, rad. */
function sigmaAfter(restsRad: readonly number[], unseen = 0): number {
  const doubt = new ZeroDoubt();
  const grow = (): void => {
    doubt.recall();
    doubt.now[DOUBT.drift] += DRIFT;
  };
  for (const seenRad of restsRad) {
    grow();
    doubt.confirm(seenRad);
  }
  grow();
  doubt.now[DOUBT.unseen] += unseen;
  return Math.sqrt(doubt.variance);
}

describe('how far the zero of a turn may be off', () => {
  it('is believed less where every rest finds it in place, and more where it wanders', () => {
    const steady = sigmaAfter([0.2, -0.3, 0.1, 0.2, -0.1].map((deg) => deg * RAD_PER_DEG)),
      usual = sigmaAfter([3, -3.5, 3, 3.5, -3].map((deg) => deg * RAD_PER_DEG)),
      wandering = sigmaAfter([8, 9, 8, 9, 8].map((deg) => deg * RAD_PER_DEG));
    expect(steady).toBeLessThan(0.7 * usual);
    expect(wandering).toBeGreaterThan(2 * usual);
  });

  it('is not ruled by one careless return', () => {
    const careful = sigmaAfter([1, 1, 1, 1].map((deg) => deg * RAD_PER_DEG)),
      once = sigmaAfter([1, 60, 1, 1].map((deg) => deg * RAD_PER_DEG));
    expect(once).toBeGreaterThan(careful);
    expect(once).toBeLessThan(3 * careful);
  });

  it('counts what a hole may hide in full, whatever the rests said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rests, unseen) => {
          expect(sigmaAfter(rests, unseen) ** 2).toBeCloseTo(sigmaAfter(rests) ** 2 + unseen, 10);
        },
      ),
    );
  });

  it('begins anew with what is known then', () => {
    const doubt = new ZeroDoubt();
    doubt.recall();
    doubt.now[DOUBT.drift] = 1;
    doubt.confirm(0);
    doubt.restart(0.05);
    doubt.recall();
    expect(doubt.variance).toBeCloseTo(0.0025, 12);
  });
});
