import { RAD_PER_DEG } from '../math/angle.ts';
import { PERSONAL_MAXIMUM_LIMITS as LIMITS } from './coaching-thresholds.ts';
import type { RepetitionResult } from './repetition-result.ts';

const LARGEST_DROP_RAD = LIMITS.largestDropDeg * RAD_PER_DEG;
const DEAD_ZONE_RAD = LIMITS.deadZoneDeg * RAD_PER_DEG;

/** Repetitions whose peak says something about the range: counted, not hurried, with a trustworthy zero. */
export function isRangeRecord(repetition: RepetitionResult): boolean {
  return repetition.counted && repetition.verdict !== 'tooFast' && repetition.drift !== 'rejected';
}

/** First personal maximum of one direction: median peak of practice repetitions without a target; null without any. */
export function firstPersonalMaximumRad(practice: readonly RepetitionResult[]): number | null {
  return medianPeakRad(practice.filter(isRangeRecord));
}

/**
 * Personal maximum after repetitions towards a target: only ever up, by part of what the best three showed. Whoever
 * obeys a target shows nothing about the maximum.
 */
export function raisedPersonalMaximumRad(
  currentRad: number,
  repetitions: readonly RepetitionResult[],
): number {
  const peaks = repetitions
    .filter((repetition) => isRangeRecord(repetition) && repetition.quality >= LIMITS.leastQuality)
    .map((repetition) => repetition.peakRad)
    .sort((a, b) => b - a)
    .slice(0, 3);
  if (peaks.length === 0) return currentRad;
  const meanRad = peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
  if (meanRad <= currentRad) return currentRad;
  return Math.min(currentRad + LIMITS.raiseShare * (meanRad - currentRad), LIMITS.largestRaise * currentRad);
}

/** Personal maximum after repetitions without a target ("as far as feels fine"): up or down, in bounded steps. */
export function retestedPersonalMaximumRad(
  currentRad: number,
  repetitions: readonly RepetitionResult[],
): number {
  const medianRad = medianPeakRad(repetitions.filter(isRangeRecord));
  if (medianRad === null) return currentRad;
  if (medianRad > currentRad) return Math.min(medianRad, LIMITS.largestRaise * currentRad);
  if (medianRad < currentRad - Math.max(DEAD_ZONE_RAD, LIMITS.deadZoneShare * currentRad))
    return Math.max(medianRad, currentRad - Math.min(LARGEST_DROP_RAD, LIMITS.largestDropShare * currentRad));
  return currentRad;
}

function medianPeakRad(repetitions: readonly RepetitionResult[]): number | null {
  if (repetitions.length === 0) return null;
  const peaks = repetitions.map((repetition) => repetition.peakRad).sort((a, b) => a - b);
  const middle = peaks.length >> 1;
  return peaks.length % 2 === 1 ? peaks[middle] : (peaks[middle - 1] + peaks[middle]) / 2;
}
