import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  knownMaxima,
  needsFreeRepetitions,
  type RecordedSession,
} from '../../../src/core/exercise/known-maxima.ts';
import type { RepetitionResult } from '../../../src/core/exercise/repetition-result.ts';

const RAD = Math.PI / 180;

const peak = (deg: number, side: 'left' | 'right'): RepetitionResult => ({
  exerciseId: 'E01',
  index: 0,
  side,
  startMs: 0,
  peakMs: 2000,
  endMs: 6000,
  peakRad: deg * RAD,
  peakHalfWidth95Rad: 0.05,
  targetRad: null,
  holdS: 2,
  peakSpeedRadPerS: 0.5,
  returnResidualRad: 0,
  verdict: 'full',
  counted: true,
  drift: 'accepted',
  quality: 95,
  reasons: [],
});

const session = (
  day: number,
  test: boolean,
  leftDeg: readonly number[],
  rightDeg: readonly number[] = leftDeg,
  measure: 'upperBackRelativeToLowerBack' | 'upperBackTwist' = 'upperBackRelativeToLowerBack',
): RecordedSession => ({
  day,
  sets: [
    {
      exerciseId: 'E01',
      measure,
      test,
      side: null,
      repetitions: [...leftDeg.map((deg) => peak(deg, 'left')), ...rightDeg.map((deg) => peak(deg, 'right'))],
    },
  ],
});

const turn = (sessions: readonly RecordedSession[]) => knownMaxima(sessions).get('E01')!;

describe('what sessions know of a range', () => {
  it('is the median of the first free ones, each direction by itself', () => {
    const known = turn([session(1, true, [30, 44, 38], [50, 52, 54])]);
    expect(known.positiveRad! / RAD).toBeCloseTo(38);
    expect(known.negativeRad! / RAD).toBeCloseTo(52);
  });

  it('is never lowered by sets towards a target, and never raised by more than a tenth a session', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 5, max: 90, noNaN: true }), { minLength: 1, maxLength: 6 }), {
          minLength: 1,
          maxLength: 12,
        }),
        (sessionsDeg) => {
          const history: RecordedSession[] = [session(0, true, [40, 40, 40])];
          let before = 40;
          for (const [i, degs] of sessionsDeg.entries()) {
            history.push(session(i + 1, false, degs));
            const now = turn(history).positiveRad! / RAD;
            expect(now).toBeGreaterThanOrEqual(before - 1e-9);
            expect(now).toBeLessThanOrEqual(1.1 * before + 1e-9);
            before = now;
          }
        },
      ),
    );
  });

  it('begins anew with another way of measuring', () => {
    const known = turn([session(1, true, [40]), session(2, true, [70], [70], 'upperBackTwist')]);
    expect(known).toMatchObject({ measure: 'upperBackTwist' });
    expect(known.positiveRad! / RAD).toBeCloseTo(70);
  });

  it('is looked for again after four sessions with a target, or a week', () => {
    expect(needsFreeRepetitions(undefined, 1)).toBe(true);
    const history = [session(1, true, [40])];
    expect(needsFreeRepetitions(turn(history), 2)).toBe(false);
    for (let day = 2; day <= 5; day++) history.push(session(day, false, [32]));
    expect(needsFreeRepetitions(turn(history), 6)).toBe(true);
    history.push(session(6, true, [40]));
    expect(needsFreeRepetitions(turn(history), 7)).toBe(false);
    expect(needsFreeRepetitions(turn(history), 13)).toBe(true);
  });
});
