import { describe, expect, it } from 'vitest';
import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import { hasDone, hasExercised } from '../../../src/core/report/done-in-session.ts';

const measured = (test: boolean, moves: number) =>
  ({ plan: { test }, repetitions: Array.from({ length: moves }, () => ({ counted: false })) }) as never;
const timed = (test: boolean, repetitions: number, seconds: number) =>
  ({ ...(test && { test }), repetitions, seconds }) as never;
const said = (sets: SessionResult['sets'], unmeasuredSets: SessionResult['unmeasuredSets']) => {
  const of = unmeasuredSets === undefined ? { sets } : { sets, unmeasuredSets };
  return [hasDone(of), hasExercised(of)];
};

describe('what was done in a session', () => {
  it('is a move, counted or not, a breath or a second of a hold', () => {
    expect(said([measured(false, 1)], undefined)).toEqual([true, true]);
    expect(said([], [timed(false, 3, 30)])).toEqual([true, true]);
    expect(said([], [timed(false, 0, 4)])).toEqual([true, true]);
  });

  it('is nothing where a set was only begun, or none was', () => {
    expect(said([], undefined)).toEqual([false, false]);
    expect(said([measured(false, 0), measured(true, 0)], [timed(false, 0, 0)])).toEqual([false, false]);
  });

  it('is no exercise where it was a test', () => {
    expect(said([measured(true, 3), measured(false, 0)], [])).toEqual([true, false]);
    expect(said([], [timed(true, 1, 60), timed(false, 0, 0)])).toEqual([true, false]);
  });
});
