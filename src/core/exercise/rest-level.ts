import { RAD_PER_DEG } from '../math/angle.ts';

/**
 * Where a plane rests while the recording goes on. Zero at neutral; a slump, a shifted seat or drift move it, and
 * it moves back when the person does, so no such thing shifts neutral for good.
 */

/** Slower than the slowest movement that is to be counted: 12 deg out and back in 7 s. */
const STILL_RAD_PER_S = 2.5 * RAD_PER_DEG;
const STILL_REACH_S = 0.3;
/** A breath or a sway this small and short does not end a dwell. */
const SWAY_RAD = 2 * RAD_PER_DEG;
const SWAY_S = 2;
/** A dwell this short may be the hold at the end of a movement: it only corrects small offsets. */
const SHORT_DWELL_S = 0.5;
/** A dwell this long away from the far end of the range is a posture, not a repetition. */
const POSTURE_DWELL_S = 4;
/** Left straight back to where the person came from, it was a hold after all, unless it was longer than this. */
const LONGEST_HOLD_S = 10;
const SMALL_OFFSET_RAD = 4 * RAD_PER_DEG;
/** Beyond this share of the plane's range a dwell, however long, is a held repetition. */
const HELD_SHARE = 0.6;
const TRANSITION_MARGIN_RAD = 3 * RAD_PER_DEG;
const SMOOTHING_S = 0.06;

/** Two passes of a centred mean of +-0.06 s (about 3 Hz), without delay. NaN stays NaN and does not spread. */
export function smoothAngle(values: Float64Array, stepS: number): Float64Array {
  const half = Math.max(1, Math.round(SMOOTHING_S / stepS));
  return centredMean(centredMean(values, half), half);
}

function centredMean(values: Float64Array, half: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let sum = 0,
      count = 0;
    for (let k = Math.max(0, i - half); k <= i + half && k < values.length; k++) {
      const value = values[k];
      if (value !== value) continue;
      sum += value;
      count++;
    }
    out[i] = values[i] === values[i] ? sum / count : NaN;
  }
  return out;
}

/**
 * @param values smoothed angle of the plane, rad
 * @param together smoothed angles that must all be still for a dwell (the plane's own among them)
 * @returns level to measure excursions from, at every sample, rad
 */
export function estimateRestLevel(
  values: Float64Array,
  together: readonly Float64Array[],
  stepS: number,
): Float64Array {
  const level = new Float64Array(values.length);
  const heldRad = HELD_SHARE * halfRange(values);
  let rest = 0;
  let from = 0;
  let i = 0;
  while (i < values.length) {
    if (!isStill(together, i, stepS)) {
      i++;
      continue;
    }
    const end = endOfDwell(together, i, stepS);
    const durationS = (end - i) * stepS;
    const dwell = meanOf(values, i, end);
    const offset = Math.abs(dwell - rest);
    const isPosture =
      durationS >= POSTURE_DWELL_S &&
      offset < Math.max(heldRad, 2 * SMALL_OFFSET_RAD) &&
      (durationS > LONGEST_HOLD_S || offset < SMALL_OFFSET_RAD || !goesBack(values, end, dwell, rest, stepS));
    const isShort = durationS >= SHORT_DWELL_S;
    if (isPosture || (isShort && offset >= SMALL_OFFSET_RAD && Math.abs(dwell) < SMALL_OFFSET_RAD)) {
      // Another posture, or back from one: the way there is no excursion.
      level.fill(rest, from, i);
      followTransition(level, values, i, rest, dwell);
      rest = dwell;
      from = i;
    } else if (isShort && offset < SMALL_OFFSET_RAD) {
      const middle = (i + end) >> 1,
        next = (rest + dwell) / 2;
      interpolate(level, from, middle, rest, next);
      rest = next;
      from = middle;
    }
    i = end + 1;
  }
  level.fill(rest, from);
  return level;
}

/** Whether the signal, after a dwell, returns to the former rest and stays, before it goes anywhere else. */
function goesBack(
  values: Float64Array,
  dwellEnd: number,
  dwell: number,
  formerRest: number,
  stepS: number,
): boolean {
  const sign = dwell > formerRest ? 1 : -1;
  let i = dwellEnd;
  while (i < values.length && (values[i] - formerRest) * sign >= SMALL_OFFSET_RAD) {
    if ((values[i] - dwell) * sign > SMALL_OFFSET_RAD) return false;
    i++;
  }
  const end = Math.min(values.length, i + Math.round(SHORT_DWELL_S / stepS));
  if (i >= end) return false;
  for (; i < end; i++) if (Math.abs(values[i] - formerRest) > SMALL_OFFSET_RAD) return false;
  return true;
}

/** Last index of the dwell that begins at `first`. */
function endOfDwell(signals: readonly Float64Array[], first: number, stepS: number): number {
  const count = signals[0].length;
  let end = first;
  for (;;) {
    while (end + 1 < count && isStill(signals, end + 1, stepS)) end++;
    const means = signals.map((signal) => meanOf(signal, first, end));
    let next = end + 1;
    while (
      next < count &&
      (next - end) * stepS <= SWAY_S &&
      signals.every((signal, k) => Math.abs(signal[next] - means[k]) < SWAY_RAD) &&
      !isStill(signals, next, stepS)
    )
      next++;
    if (
      next >= count ||
      !isStill(signals, next, stepS) ||
      signals.some((signal, k) => !(Math.abs(signal[next] - means[k]) < SWAY_RAD))
    )
      return end;
    end = next;
  }
}

function isStill(signals: readonly Float64Array[], i: number, stepS: number): boolean {
  const reach = Math.max(1, Math.round(STILL_REACH_S / stepS));
  for (const signal of signals) {
    const a = Math.max(0, i - reach),
      b = Math.min(signal.length - 1, i + reach);
    const change = Math.abs(signal[b] - signal[a]);
    if (!(change <= STILL_RAD_PER_S * (b - a) * stepS)) return false;
  }
  return true;
}

/** Lets the level follow the values backwards from a dwell for as long as they lie between the two rest levels. */
function followTransition(
  level: Float64Array,
  values: Float64Array,
  dwellStart: number,
  formerRest: number,
  dwell: number,
): void {
  const low = Math.min(formerRest, dwell) - TRANSITION_MARGIN_RAD,
    high = Math.max(formerRest, dwell) + TRANSITION_MARGIN_RAD;
  for (let i = dwellStart - 1; i >= 0; i--) {
    const value = values[i];
    if (!(value >= low && value <= high)) return;
    if (Math.abs(value - formerRest) < TRANSITION_MARGIN_RAD / 2) return;
    level[i] = value;
  }
}

function meanOf(values: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let i = first; i <= last; i++) sum += values[i];
  return sum / (last - first + 1);
}

function interpolate(out: Float64Array, from: number, to: number, a: number, b: number): void {
  for (let i = from; i < to; i++) out[i] = a + ((b - a) * (i - from)) / (to - from);
}

/** Half of the distance between the 2nd and the 98th percentile, or the larger side of it, whichever is more. */
function halfRange(values: Float64Array): number {
  const sorted = values.filter((value) => value === value).sort();
  if (sorted.length === 0) return 0;
  const low = sorted[Math.floor(0.02 * (sorted.length - 1))],
    high = sorted[Math.ceil(0.98 * (sorted.length - 1))];
  return Math.max((high - low) / 2, Math.abs(high), Math.abs(low));
}
