import { RAD_PER_DEG } from '../math/angle.ts';
import { eigenvectors } from '../math/symmetric-matrix.ts';
import { followPhaseHz, findRepeat, findSpectralLine } from './rhythm.ts';
import { STEP_S, type TurnTrack } from './turn-track.ts';

export const WINDOW_S = 30;

/** What a window says about breathing. */
export interface BreathingEstimate {
  /** Breaths per minute; null where the window cannot tell. */
  readonly ratePerMin: number | null;
  readonly valid: boolean;
}

const CANNOT_TELL: BreathingEstimate = { ratePerMin: null, valid: false };

/** Slower and faster than this is not claimed to be breath, per minute. */
const SLOWEST_PER_MIN = 4.5;
const FASTEST_PER_MIN = 32;
/** Low-pass that keeps breath and weakens the heartbeat: standard deviation of the Gaussian, s. */
const SMOOTH_S = 0.25;
/** A window with less of it known and without movement says nothing. */
const LEAST_QUIET = 0.75;
/** Turning slower than this (root mean square) is rounding, not breath. */
const LEAST_RATE_RAD_PER_S = 0.01 * RAD_PER_DEG;
/** Turning further than this about its middle is no breath but a slow exercise, rad. */
const LARGEST_AMPLITUDE_RAD = 3.5 * RAD_PER_DEG;
/** A direction with less of the movement than this is not looked at. */
const LEAST_SHARE = 0.3;
/** Three ways to the rate must agree: the counted cycles with the repetition, and with the strongest line, per minute. */
const REPEAT_AGREES_PER_MIN = 2;
const LINE_AGREES_PER_MIN = 3;
/** How well the signal repeats, how much of its spectrum is the line with its double, and both with the share. */
const LEAST_REPEAT = 0.35;
const LEAST_CONCENTRATION = 0.4;
const LEAST_EVIDENCE = 0.16;

/**
 * Breathing rate of the 30 s that begin at step `first` of the track. Looked at is how fast the trunk turns, not how
 * far: sway is slow and strong and would look like slow breath, and its rates are nearly white. Breath turns the sensor
 * mostly about one axis, found as the principal axis of the rates.
 */
export function estimateBreathing(track: TurnTrack, first: number): BreathingEstimate {
  const count = Math.round(WINDOW_S / STEP_S);
  let quiet = 0;
  for (let i = first; i < first + count; i++) quiet += track.isQuiet[i] ?? 0;
  if (quiet < LEAST_QUIET * count) return CANNOT_TELL;
  const rates = smoothRates(track, first, count);
  const { values, vectors } = eigenvectors(covariance(rates, count), 3);
  const total = values[0] + values[1] + values[2];
  if (!(total > LEAST_RATE_RAD_PER_S ** 2)) return CANNOT_TELL;
  let best = CANNOT_TELL,
    bestEvidence = LEAST_EVIDENCE;
  const signal = new Float64Array(count);
  for (let k = 0; k < 3; k++) {
    const share = values[k] / total;
    if (share < LEAST_SHARE) continue;
    for (let i = 0; i < count; i++)
      signal[i] =
        vectors[k] * rates[i] + vectors[3 + k] * rates[count + i] + vectors[6 + k] * rates[2 * count + i];
    const { repeatHz, likeness } = findRepeat(signal, STEP_S);
    if (!(likeness >= LEAST_REPEAT)) continue;
    const line = findSpectralLine(signal, STEP_S, repeatHz);
    const perMin = 60 * followPhaseHz(signal, STEP_S, repeatHz);
    const amplitudeRad = Math.sqrt(2 * values[k]) / ((2 * Math.PI * perMin) / 60);
    const evidence = share * likeness * line.concentration;
    if (
      line.concentration >= LEAST_CONCENTRATION &&
      Math.abs(perMin - 60 * repeatHz) <= REPEAT_AGREES_PER_MIN &&
      Math.abs(perMin - 60 * line.strongestHz) <= LINE_AGREES_PER_MIN &&
      amplitudeRad <= LARGEST_AMPLITUDE_RAD &&
      perMin >= SLOWEST_PER_MIN &&
      perMin <= FASTEST_PER_MIN &&
      evidence >= bestEvidence
    ) {
      bestEvidence = evidence;
      best = { ratePerMin: perMin, valid: true };
    }
  }
  return best;
}

/** Turning rates of the window without what is slower than any breath, rad/s; 3 x count, one axis after the other. */
function smoothRates(track: TurnTrack, first: number, count: number): Float64Array {
  const out = new Float64Array(3 * count);
  const margin = Math.ceil((3 * SMOOTH_S) / STEP_S);
  const kernel = Float64Array.from({ length: 2 * margin + 1 }, (_, i) =>
    Math.exp(-0.5 * (((i - margin) * STEP_S) / SMOOTH_S) ** 2),
  );
  const scale = 1 / (STEP_S * kernel.reduce((sum, weight) => sum + weight, 0));
  for (let axis = 0; axis < 3; axis++) {
    const rates = out.subarray(axis * count, (axis + 1) * count);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) {
        const at = first + i + k - margin;
        if (at >= 0 && at < track.count) sum += kernel[k] * track.turnRad[3 * at + axis];
      }
      rates[i] = sum * scale;
    }
    removeSlow(rates);
  }
  return out;
}

/** Takes out a straight line and the two slowest cosines of the window (periods of 60 and 30 s). */
function removeSlow(values: Float64Array): void {
  const n = values.length;
  const basis: Float64Array[] = [];
  for (let k = 0; k < 4; k++) {
    const vector = Float64Array.from({ length: n }, (_, i) =>
      k === 0 ? 1 : k === 1 ? i / n - 0.5 : Math.cos((Math.PI * (k - 1) * (i + 0.5)) / n),
    );
    for (const other of basis) subtract(vector, other, inner(vector, other));
    const norm = Math.sqrt(inner(vector, vector));
    for (let i = 0; i < n; i++) vector[i] /= norm;
    subtract(values, vector, inner(values, vector));
    basis.push(vector);
  }
}

function subtract(from: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i++) from[i] -= factor * vector[i];
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function covariance(columns: Float64Array, count: number): Float64Array {
  const out = new Float64Array(9);
  const column = (axis: number): Float64Array => columns.subarray(axis * count, (axis + 1) * count);
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++) out[3 * a + b] = inner(column(a), column(b)) / count;
  return out;
}
