import { describe, expect, it } from 'vitest';
import { DEG_PER_RAD } from '../../src/core/math/angle.ts';
import { replayRefined } from '../../src/core/pipeline/refined-replay.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import { trueSet } from '../../src/core/simulation/simulate-session.ts';
import { planTests } from '../../src/ui/start-session.ts';
import { runByEar, type EarDrivenRun } from '../support/ear-driven-session.ts';

/** Straps sit as crooked on the other arm as they did on the first, and differently. */
const CROOKED = { mountingTiltDeg: 20 };
const MOST_WRONG_DEG = 4;

const run = (seed: number): EarDrivenRun => {
  const roles = ['upperBack', seed % 2 === 0 ? 'upperArmLeft' : 'upperArmRight'] as const;
  const plan = planTests({ kit: 'bluetooth', exerciseIds: ['E11'], roles });
  return runByEar(plan, seed, { conditions: CROOKED });
};

/** Of every repetition: its arm, and how far its peak is from the true one, deg and in half widths of its interval. */
function errorsOf({ person }: EarDrivenRun, result: SessionResult) {
  return result.sets.flatMap((set, i) => {
    const truth = trueSet(person, person.performedSets[i]!, 0);
    return set.repetitions
      .filter(({ counted }) => counted)
      .map(({ side, peakRad, peakHalfWidth95Rad }, k) => {
        const errorRad = Math.abs(peakRad - (truth.repetitions[k]?.peakRad ?? NaN));
        return { side, errorDeg: DEG_PER_RAD * errorRad, share: errorRad / peakHalfWidth95Rad };
      });
  });
}

describe('one arm sensor that is taken off, carried over and put on the other arm, from packets', () => {
  it.each([1, 8])('is right on both arms, and no strap has slipped (seed %i) @slow', (seed) => {
    const done = run(seed);
    expect(done.state.step).toBe('done');
    // The tap after the change of arms, and that after the check.
    expect(done.touches).toBe(2);
    const { live, refined } = replayRefined(done.recording);
    for (const { result } of [live, refined]) {
      const errors = errorsOf(done, result);
      const [first, second] = seed % 2 === 0 ? ['left', 'right'] : ['right', 'left'];
      expect(errors.map(({ side }) => side)).toEqual([first, first, first, second, second, second]);
      for (const { errorDeg, share } of errors) {
        expect(errorDeg).toBeLessThan(MOST_WRONG_DEG);
        expect(share).toBeLessThan(1);
      }
      expect(result.flags.filter(({ name }) => name === 'SLIP')).toEqual([]);
    }
    if (process.env['THORA_LONG'] !== undefined)
      console.log(
        seed,
        errorsOf(done, refined.result)
          .map(({ errorDeg }) => errorDeg.toFixed(1))
          .join(' '),
      );
  });
});
