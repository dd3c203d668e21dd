import { RAD_PER_DEG } from '../math/angle.ts';

/** One way out from rest and back, to one side. Numbers without unit are grid indices. */
export interface Excursion {
  readonly sign: 1 | -1;
  /** Movement begins and ends here, about at rest. */
  readonly start: number;
  readonly end: number;
  /** Crossings of the return level. */
  readonly enter: number;
  readonly leave: number;
  readonly peak: number;
  /** Size of the peak from the rest level, rad, > 0. */
  readonly sizeRad: number;
  /** The way out, or the way back, is not in the signal: it starts, ends or has a gap there. */
  readonly brokenBefore: boolean;
  readonly brokenAfter: boolean;
  readonly beforeGap: boolean;
  readonly afterGap: boolean;
}

/** Back at rest: below this share of the threshold. */
const RETURN_SHARE = 0.4;
/** Two peaks on one side are two excursions when the valley between falls below this share of the smaller one, */
const VALLEY_SHARE = 0.35;
/** or below this share when the person stays there for a moment: they rest in another posture. */
const RESTED_VALLEY_SHARE = 0.55;
const RESTED_S = 0.4;
const RESTED_WITHIN_RAD = 2 * RAD_PER_DEG;
/** An end of the signal below this share of the peak is close enough to a return. */
const NEARLY_BACK_SHARE = 0.5;
const SETTLED_RAD = 1.5 * RAD_PER_DEG;
/** Missing stretches up to this long are bridged. */
const BRIDGED_GAP_S = 0.25;

/**
 * Excursions whose peak reaches the threshold, in order of time.
 *
 * @param values smoothed angle, rad; NaN is a gap
 * @param rest level at rest, rad
 */
export function findExcursions(
  values: Float64Array,
  rest: Float64Array,
  thresholdRad: number,
  stepS: number,
): Excursion[] {
  const offset = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) offset[i] = values[i] - rest[i];
  bridgeShortGaps(offset, Math.round(BRIDGED_GAP_S / stepS));
  const returnRad = RETURN_SHARE * thresholdRad;
  const excursions: Excursion[] = [];
  let i = 0;
  while (i < offset.length) {
    if (!(Math.abs(offset[i]) > returnRad)) {
      i++;
      continue;
    }
    const sign = offset[i] > 0 ? 1 : -1;
    let last = i;
    while (last + 1 < offset.length && offset[last + 1] * sign > returnRad) last++;
    splitAtValleys(excursions, offset, i, last, sign, thresholdRad, stepS);
    i = last + 1;
  }
  // Out from the first value to the last is a posture, not a movement.
  return excursions.filter(
    (excursion) =>
      !(excursion.brokenBefore && excursion.brokenAfter && !excursion.beforeGap && !excursion.afterGap),
  );
}

function splitAtValleys(
  out: Excursion[],
  offset: Float64Array,
  first: number,
  last: number,
  sign: 1 | -1,
  thresholdRad: number,
  stepS: number,
): void {
  const isReturn = (valleyIndex: number, sizeRad: number): boolean => {
    const depth = offset[valleyIndex] * sign;
    if (depth <= VALLEY_SHARE * sizeRad) return true;
    return depth <= RESTED_VALLEY_SHARE * sizeRad && restedS(offset, valleyIndex, stepS) >= RESTED_S;
  };
  let enter = first;
  let peak = -1;
  let valley = -1;
  for (let i = first; i <= last; i++) {
    const value = offset[i] * sign;
    if (peak < 0 || (valley < 0 && value > offset[peak] * sign)) {
      if (value >= thresholdRad) peak = i;
      continue;
    }
    if (value > offset[peak] * sign && !isReturn(valley, offset[peak] * sign)) {
      peak = i;
      valley = -1;
      continue;
    }
    if (valley < 0 || value < offset[valley] * sign) valley = i;
    const isNewPeak =
      value >= thresholdRad && i > valley && isReturn(valley, Math.min(value, offset[peak] * sign));
    if (isNewPeak) {
      out.push(createExcursion(offset, sign, enter, valley, peak));
      enter = valley;
      peak = i;
      valley = -1;
    }
  }
  if (peak >= 0) out.push(createExcursion(offset, sign, enter, last, peak));
}

/** How long the signal stays about as low as here, s. */
function restedS(offset: Float64Array, index: number, stepS: number): number {
  let first = index,
    last = index;
  while (first > 0 && Math.abs(offset[first - 1] - offset[index]) < RESTED_WITHIN_RAD) first--;
  while (last + 1 < offset.length && Math.abs(offset[last + 1] - offset[index]) < RESTED_WITHIN_RAD) last++;
  return (last - first) * stepS;
}

function createExcursion(
  offset: Float64Array,
  sign: 1 | -1,
  enter: number,
  leave: number,
  peak: number,
): Excursion {
  const size = offset[peak] * sign;
  const settled = Math.max(SETTLED_RAD, 0.05 * size);
  const start = walk(offset, enter, -1, sign, settled),
    end = walk(offset, leave, 1, sign, settled);
  const isOutside = (edge: number, beyond: number): boolean =>
    (beyond < 0 || beyond >= offset.length || offset[beyond] !== offset[beyond]) &&
    offset[edge] * sign > NEARLY_BACK_SHARE * size;
  const brokenBefore = isOutside(start, start - 1),
    brokenAfter = isOutside(end, end + 1);
  return {
    sign,
    start,
    end,
    enter,
    leave,
    peak,
    sizeRad: size,
    brokenBefore,
    brokenAfter,
    beforeGap: brokenBefore && start > 0 && hasValueBefore(offset, start),
    afterGap: brokenAfter && end < offset.length - 1 && hasValueAfter(offset, end),
  };
}

/** Follows the slope down to rest; stops where it settles, turns or crosses to the other side. */
function walk(offset: Float64Array, from: number, step: 1 | -1, sign: 1 | -1, settled: number): number {
  let i = from;
  while (offset[i] * sign > settled) {
    const next = i + step;
    if (next < 0 || next >= offset.length) break;
    if (!(offset[next] * sign < offset[i] * sign)) break;
    i = next;
  }
  return i;
}

function hasValueBefore(offset: Float64Array, index: number): boolean {
  for (let i = index - 1; i >= 0; i--) if (offset[i] === offset[i]) return true;
  return false;
}

function hasValueAfter(offset: Float64Array, index: number): boolean {
  for (let i = index + 1; i < offset.length; i++) if (offset[i] === offset[i]) return true;
  return false;
}

function bridgeShortGaps(values: Float64Array, longest: number): void {
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) continue;
    if (last >= 0 && i - last > 1 && i - last - 1 <= longest)
      for (let k = last + 1; k < i; k++)
        values[k] = values[last] + ((values[i] - values[last]) * (k - last)) / (i - last);
    last = i;
  }
}
