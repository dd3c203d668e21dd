import { describe, expect, it } from 'vitest';
import {
  firstPersonalMaximumRad,
  raisedPersonalMaximumRad,
  retestedPersonalMaximumRad,
} from '../../../src/core/exercise/personal-maximum.ts';
import type { RepetitionResult } from '../../../src/core/exercise/repetition-result.ts';

const RAD = Math.PI / 180;

function peak(deg: number, changes: Partial<RepetitionResult> = {}): RepetitionResult {
  return {
    exerciseId: 'E01',
    index: 0,
    side: 'left',
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
    ...changes,
  };
}

describe('personal maximum', () => {
  it('begins as the median of practice', () => {
    expect(firstPersonalMaximumRad([peak(30), peak(44), peak(38)])! / RAD).toBeCloseTo(38);
    expect(firstPersonalMaximumRad([peak(30, { drift: 'rejected' })])).toBeNull();
  });

  it('rises by part of what the best three showed, at most a tenth', () => {
    expect(raisedPersonalMaximumRad(40 * RAD, [peak(46), peak(44), peak(45), peak(20)]) / RAD).toBeCloseTo(
      41.5,
    );
    expect(raisedPersonalMaximumRad(20 * RAD, [peak(60)]) / RAD).toBeCloseTo(22);
    expect(raisedPersonalMaximumRad(40 * RAD, [peak(60, { quality: 50 })]) / RAD).toBeCloseTo(40);
  });

  it('never falls to a session that obeyed its target', () => {
    expect(raisedPersonalMaximumRad(40 * RAD, [peak(32), peak(32), peak(32)]) / RAD).toBeCloseTo(40);
  });

  it('falls only from free repetitions, in bounded steps, outside a dead zone', () => {
    expect(retestedPersonalMaximumRad(40 * RAD, [peak(39)]) / RAD).toBeCloseTo(40);
    expect(retestedPersonalMaximumRad(40 * RAD, [peak(37)]) / RAD).toBeCloseTo(37);
    expect(retestedPersonalMaximumRad(40 * RAD, [peak(20)]) / RAD).toBeCloseTo(35);
    expect(retestedPersonalMaximumRad(10 * RAD, [peak(2)]) / RAD).toBeCloseTo(8.5);
    expect(retestedPersonalMaximumRad(40 * RAD, [peak(43)]) / RAD).toBeCloseTo(43);
  });
});
