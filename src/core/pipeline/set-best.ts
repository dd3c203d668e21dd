import { isRangeRecord } from '../exercise/personal-maximum.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import type { SideBest } from './session-result.ts';

/** Best of each side that occurred, from the repetitions whose peak may stand as a range. */
export function bestBySide(repetitions: readonly RepetitionResult[]): SideBest[] {
  const sides = [...new Set(repetitions.filter((one) => one.counted).map((one) => one.side))];
  return sides.flatMap((side) => {
    const records = repetitions
      .filter((one) => one.side === side && isRangeRecord(one))
      .sort((a, b) => b.peakRad - a.peakRad);
    if (records.length === 0) return [];
    const best = records.slice(0, 3);
    const meanBest3Rad = best.reduce((sum, one) => sum + one.peakRad, 0) / best.length;
    // What repetitions share (mounting, skin) does not average out, so neither does the interval.
    const halfWidth95Rad = best.reduce((sum, one) => sum + one.peakHalfWidth95Rad, 0) / best.length;
    return [
      {
        side,
        maximumRad: records[0].peakRad,
        meanBest3Rad,
        halfWidth95Rad,
        countedRepetitions: repetitions.filter((one) => one.side === side && one.counted).length,
      },
    ];
  });
}
