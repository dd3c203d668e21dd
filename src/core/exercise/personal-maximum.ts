import { RAD_PER_DEG } from '../math/angle.ts';
import type { RepetitionResult } from './repetition-result.ts';

const RAISE_SHARE = 0.3;
const LARGEST_RAISE = 1.1;
const LARGEST_DROP_RAD = 5 * RAD_PER_DEG;
const LARGEST_DROP_SHARE = 0.15;
const DEAD_ZONE_RAD = RAD_PER_DEG;
const DEAD_ZONE_SHARE = 0.05;
const LEAST_QUALITY = 70;

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
    .filter((repetition) => isRangeRecord(repetition) && repetition.quality >= LEAST_QUALITY)
    .map((repetition) => repetition.peakRad)
    .sort((a, b) => b - a)
    .slice(0, 3);
  if (peaks.length === 0) return currentRad;
  const meanRad = peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
  if (meanRad <= currentRad) return currentRad;
  return Math.min(currentRad + RAISE_SHARE * (meanRad - currentRad), LARGEST_RAISE * currentRad);
}

/** Personal maximum after repetitions without a target ("as far as feels fine"): up or down, in bounded steps. */
export function retestedPersonalMaximumRad(
  currentRad: number,
  repetitions: readonly RepetitionResult[],
): number {
  const medianRad = medianPeakRad(repetitions.filter(isRangeRecord));
  if (medianRad === null) return currentRad;
  if (medianRad > currentRad) return Math.min(medianRad, LARGEST_RAISE * currentRad);
  if (medianRad < currentRad - Math.max(DEAD_ZONE_RAD, DEAD_ZONE_SHARE * currentRad))
    return Math.max(medianRad, currentRad - Math.min(LARGEST_DROP_RAD, LARGEST_DROP_SHARE * currentRad));
  return currentRad;
}

function medianPeakRad(repetitions: readonly RepetitionResult[]): number | null {
  if (repetitions.length === 0) return null;
  const peaks = repetitions.map((repetition) => repetition.peakRad).sort((a, b) => a - b);
  const middle = peaks.length >> 1;
  return peaks.length % 2 === 1 ? peaks[middle] : (peaks[middle - 1] + peaks[middle]) / 2;
}
