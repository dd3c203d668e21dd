import { describe, expect, it } from 'vitest';
import type { RepetitionResult } from '../../src/core/exercise/repetition-result.ts';
import { bestBySide } from '../../src/core/pipeline/set-best.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import {
  bestMoves,
  headlineSets,
  isStoppedEarly,
  largestDifferenceRad,
  leftOutBecause,
  meanForm,
  movesBehind,
} from '../../src/ui/session-summary.ts';

const repetition = (side: 'left' | 'right', peakRad: number, more: Partial<RepetitionResult> = {}) =>
  ({
    exerciseId: 'E01',
    index: 0,
    side,
    startMs: 0,
    peakMs: 0,
    endMs: 0,
    peakRad,
    peakHalfWidth95Rad: 0.05,
    targetRad: null,
    holdS: 2,
    peakSpeedRadPerS: 0.4,
    returnResidualRad: 0,
    verdict: 'full',
    counted: true,
    drift: 'accepted',
    quality: 90,
    reasons: [],
    ...more,
  }) satisfies RepetitionResult;

describe('the moves behind a best value', () => {
  const flag = { name: 'IMPLAUSIBLE', sensorIndex: 0, startMs: 50, endMs: 60, detail: '' } as const;
  const moves = [
    repetition('left', 0.5),
    repetition('left', 0.7),
    repetition('left', 0.2),
    repetition('left', 0.6),
    repetition('left', 0.9, { drift: 'rejected', reasons: ['driftTooLarge'] }),
    repetition('left', 2.5, { peakMs: 55 }),
    repetition('right', 0.8),
  ];

  it('are those that its mean was made from', () => {
    const best = bestMoves({ repetitions: moves }, 'left', [flag]);
    expect(best.map(({ peakRad }) => peakRad)).toEqual([0.7, 0.6, 0.5]);
    // As the set itself does it, without what no body reaches.
    const [side] = bestBySide(moves.filter((one) => one.peakMs !== 55));
    expect(side?.meanBest3Rad).toBeCloseTo(0.6, 12);
    expect(bestMoves({ repetitions: moves }, 'right', [flag])).toEqual([moves[6]]);
  });

  it('leave the others out because they are smaller, or for a reason that is said', () => {
    expect(leftOutBecause(repetition('left', 0.2), [])).toEqual([]);
    expect(leftOutBecause(moves[4]!, [])).toEqual(['driftTooLarge']);
    expect(leftOutBecause(moves[5]!, [flag])).toEqual(['implausible']);
    const hurried = repetition('left', 0.9, { verdict: 'tooFast', reasons: ['tooFast'] });
    expect(leftOutBecause(hurried, [])).toEqual(['tooFast']);
    const small = repetition('left', 0.1, { counted: false, reasons: ['shortOfTarget'] });
    expect(leftOutBecause(small, [])).toEqual(['shortOfTarget']);
  });
});

describe('what a mean was taken from', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 2],
    [5, 3, 3],
    [2, 3, null],
  ])('%i to the left and %i to the right: %s', (left, right, count) => {
    const moves = [
      ...Array.from({ length: left }, () => repetition('left', 0.5)),
      ...Array.from({ length: right }, () => repetition('right', 0.5)),
      repetition('left', 0.9, { drift: 'rejected' }),
    ];
    expect(movesBehind(bestBySide(moves), moves)).toBe(count);
  });
});

describe('how far two computations of a session lie apart', () => {
  const resultOf = (...peaks: number[]) =>
    ({
      sets: [{ best: bestBySide(peaks.map((peak) => repetition('left', peak))) }],
    }) as unknown as SessionResult;

  it('is the largest difference of a best value that both hold', () => {
    expect(largestDifferenceRad(resultOf(0.6), resultOf(0.63))).toBeCloseTo(0.03, 12);
    expect(largestDifferenceRad(resultOf(0.6), resultOf())).toBeNull();
  });
});

describe('the form of several moves', () => {
  it('is their mean, without what nothing shows', () => {
    const form = (smoothness: number | null) => ({ purity: null, smoothness, ownShare: 0.8 });
    const moves = [1, 0.5, null].map((smoothness) => repetition('left', 0.6, { form: form(smoothness) }));
    expect(meanForm([...moves, repetition('left', 0.6)])).toEqual({
      purity: null,
      smoothness: 0.75,
      ownShare: expect.closeTo(0.8, 12) as number,
    });
  });
});

describe('what a session of several exercises is summed up by', () => {
  it('is the test of each, its first set where there was none, and nothing where nothing was measured', () => {
    const set = (exerciseId: string, test: boolean, best: boolean) => ({
      exerciseId,
      plan: { test },
      best: best ? [{ side: 'left', meanBest3Rad: 0.5 }] : [],
    });
    const sets = [
      set('E01', true, true),
      set('E01', false, true),
      set('E05', false, true),
      set('E05', false, true),
      set('E08', true, false),
    ];
    expect(headlineSets({ sets } as unknown as SessionResult)).toEqual([sets[0], sets[2]]);
  });
});

describe('a set by the clock', () => {
  it('was stopped early where less was done than it began with, and of earlier versions nobody knows', () => {
    const set = {
      exerciseId: 'E22',
      side: null,
      mode: 'breaths',
      repetitions: 18,
      seconds: 180,
      allDone: null,
    } as const;
    const planned = { repetitions: 30, seconds: 300 };
    expect(isStoppedEarly({ ...set, planned })).toBe(true);
    expect(isStoppedEarly({ ...set, ...planned, planned })).toBe(false);
    // One long hold that was let go: its number is whole, its time is not.
    const hold = { ...set, mode: 'timer', repetitions: 1, seconds: 40 } as const;
    expect(isStoppedEarly({ ...hold, planned: { repetitions: 1, seconds: 60 } })).toBe(true);
    expect(isStoppedEarly(set)).toBe(false);
  });
});
