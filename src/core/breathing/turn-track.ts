import {
  conjugateMultiplyInto,
  createQuaternion,
  normalizeInto,
  toRotationVectorInto,
} from '../math/quaternion.ts';
import { RAD_PER_DEG } from '../math/angle.ts';

/** Steps of the common time grid: fast enough for breath and heart, slow enough to average noise. */
export const STEP_S = 0.1;
/** Faster than this is movement, not breath: a deep fast breath reaches some 6 deg/s. */
const MOVEMENT_RAD_PER_S = 8 * RAD_PER_DEG;
/** A turn is also movement when it is this many times faster than what is usual around it, and not slow in itself. */
const UNUSUAL_FACTOR = 6;
const UNUSUAL_LEAST_RAD_PER_S = 1 * RAD_PER_DEG;
const USUAL_WITHIN_S = 30;
/** Speeds are means over this; movement is widened by this on both sides. */
const SPEED_OVER_S = 0.6;
const WIDEN_S = 0.3;

/** How a sensor turned, on a uniform grid from `startS`. */
export interface TurnTrack {
  readonly count: number;
  readonly startS: number;
  /** 3 x count: rotation since the step before, rad on the sensor's axes; 0 where movement or a hole hides it. */
  readonly turnRad: Float64Array;
  /** 1 where the step counts: known and without movement. */
  readonly isQuiet: Uint8Array;
}

/**
 * Brings an orientation stream to the grid. What is posture or other movement is cut out of the turns, so that the
 * breath before and after stands on one level.
 * @param timeS rising; may be irregular
 * @param qEarthFromSensor row-major 4 x count, NaN where unknown; either sign
 */
export function createTurnTrack(timeS: ArrayLike<number>, qEarthFromSensor: ArrayLike<number>): TurnTrack {
  const startS = timeS.length > 0 ? timeS[0] : 0;
  const endS = timeS.length > 0 ? timeS[timeS.length - 1] : 0;
  const count = Math.max(0, Math.floor((endS - startS) / STEP_S + 1e-6) + 1);
  const grid = averageOnGrid(timeS, qEarthFromSensor, startS, count);
  const turnRad = new Float64Array(3 * count);
  const isKnown = new Uint8Array(count);
  const a = createQuaternion(),
    b = createQuaternion(),
    v = new Float64Array(3);
  for (let i = 1; i < count; i++) {
    load(a, grid, i - 1);
    load(b, grid, i);
    if (!Number.isFinite(a[0] + b[0])) continue;
    toRotationVectorInto(v, conjugateMultiplyInto(a, a, b));
    turnRad.set(v, 3 * i);
    isKnown[i] = 1;
  }
  if (count > 1) isKnown[0] = isKnown[1];
  const isQuiet = findQuiet(turnRad, isKnown);
  for (let i = 0; i < count; i++) if (isQuiet[i] === 0) turnRad.fill(0, 3 * i, 3 * i + 3);
  return { count, startS, turnRad, isQuiet };
}

/** Mean orientation round each grid time, weighted by a triangle as wide as the grid or the samples are apart. */
function averageOnGrid(
  timeS: ArrayLike<number>,
  q: ArrayLike<number>,
  startS: number,
  count: number,
): Float64Array {
  const sums = new Float64Array(4 * count);
  const weights = new Float64Array(count);
  const period = timeS.length > 1 ? (timeS[timeS.length - 1] - timeS[0]) / (timeS.length - 1) : STEP_S;
  const width = Math.max(STEP_S, 1.05 * period);
  for (let row = 0; row < timeS.length; row++) {
    const w = q[4 * row],
      x = q[4 * row + 1],
      y = q[4 * row + 2],
      z = q[4 * row + 3];
    const norm = Math.sqrt(w * w + x * x + y * y + z * z);
    if (!(norm > 0.5 && norm < 2)) continue;
    const at = (timeS[row] - startS) / STEP_S;
    const reach = width / STEP_S;
    for (let i = Math.max(0, Math.ceil(at - reach)); i <= Math.min(count - 1, at + reach); i++) {
      const weight = 1 - Math.abs(i - at) / reach;
      if (!(weight > 0)) continue;
      const o = 4 * i;
      const sign = sums[o] * w + sums[o + 1] * x + sums[o + 2] * y + sums[o + 3] * z < 0 ? -1 : 1;
      const k = (sign * weight) / norm;
      sums[o] += k * w;
      sums[o + 1] += k * x;
      sums[o + 2] += k * y;
      sums[o + 3] += k * z;
      weights[i] += weight;
    }
  }
  for (let i = 0; i < count; i++) {
    const part = sums.subarray(4 * i, 4 * i + 4);
    if (weights[i] > 0.2) normalizeInto(part, part);
    else part.fill(Number.NaN);
  }
  return sums;
}

function load(out: Float64Array, from: Float64Array, row: number): void {
  for (let i = 0; i < 4; i++) out[i] = from[4 * row + i];
}

function findQuiet(turnRad: Float64Array, isKnown: Uint8Array): Uint8Array {
  const count = isKnown.length;
  const speed = new Float64Array(count);
  const half = Math.round(SPEED_OVER_S / STEP_S / 2);
  for (let i = 0; i < count; i++) {
    let x = 0,
      y = 0,
      z = 0,
      known = 0;
    for (let k = Math.max(0, i - half); k <= Math.min(count - 1, i + half); k++) {
      if (isKnown[k] === 0) continue;
      x += turnRad[3 * k];
      y += turnRad[3 * k + 1];
      z += turnRad[3 * k + 2];
      known++;
    }
    speed[i] = known > 0 ? Math.sqrt(x * x + y * y + z * z) / (known * STEP_S) : Number.NaN;
  }
  const isQuiet = Uint8Array.from(isKnown);
  const widen = Math.round(WIDEN_S / STEP_S);
  const block = Math.round(USUAL_WITHIN_S / STEP_S);
  for (let from = 0; from < count; from += block / 3) {
    const to = Math.min(count, from + block / 3);
    const around = speed
      .slice(Math.max(0, from - block / 3), Math.min(count, to + block / 3))
      .filter((value) => Number.isFinite(value))
      .sort();
    const usual = around.length > 0 ? around[around.length >> 1] : 0;
    const limit = Math.min(MOVEMENT_RAD_PER_S, Math.max(UNUSUAL_LEAST_RAD_PER_S, UNUSUAL_FACTOR * usual));
    for (let i = from; i < to; i++)
      if (speed[i] > limit) isQuiet.fill(0, Math.max(0, i - widen), Math.min(count, i + widen + 1));
  }
  return isQuiet;
}
