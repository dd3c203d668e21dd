import { invert3 } from '../math/matrix3.ts';

/**
 * Whether gyroscope and accelerometer tell of the same turns. While a sensor turns, gravity turns the other way in its
 * axes: d(a)/dt = -w x a. Each gyroscope axis gets a gain that fits this best: 1 as it should be, -1 where the axis
 * runs backwards, pi/180 where it is in deg/s. Turning about the vertical shows nothing.
 */
export interface GravityAgreement {
  /** Gain of the gyroscope's x, y and z. */
  readonly gain: Float64Array;
  /** Standard deviation of each gain; 1 where the recording does not show it. */
  readonly gainSigma: Float64Array;
  /** Share of gravity's turning that the gyroscope explains with these gains. */
  readonly explained: number;
  /** How far gravity turned in all, rad: the way of the accelerometer's direction, smoothed. */
  readonly gravityTurnedRad: number;
  /** How far the gyroscope turned gravity, rad, as it reads; and of it each axis' part. */
  readonly gyroTurnedRad: number;
  readonly axisTurnedRad: Float64Array;
}

const SMOOTHING_S = 0.25;
const SPAN_S = 0.3;
/** Longer steps are gaps. */
const LONGEST_STEP_S = 0.1;
/** Stretches in which the force differs from its median by more than this share are movement, not gravity. */
const LARGEST_FORCE_CHANGE = 0.06;
/** Of the residuals, those this close in time are one. */
const CORRELATION_S = 0.6;

/**
 * @param timeS of each sample
 * @param gyroRadPerS row-major, 3 columns, NaN where missing
 * @param accMetersPerS2 the same
 */
export function compareWithGravity(
  timeS: ArrayLike<number>,
  gyroRadPerS: ArrayLike<number>,
  accMetersPerS2: ArrayLike<number>,
): GravityAgreement {
  const count = timeS.length;
  const { direction, broken } = smoothDirection(timeS, accMetersPerS2);
  // What each axis would have turned gravity by since the start: 9 columns, axis by axis.
  const turned = new Float64Array(9 * count);
  for (let i = 1; i < count; i++) {
    const stepS = timeS[i] - timeS[i - 1];
    for (let axis = 0; axis < 3; axis++) {
      const rate = (gyroRadPerS[3 * i + axis] + gyroRadPerS[3 * i - 3 + axis]) / 2;
      // -w (e x a) for the unit vector e of this axis.
      const p = (axis + 1) % 3,
        q = (axis + 2) % 3;
      const isGap =
        !(stepS > 0 && stepS < LONGEST_STEP_S) || rate !== rate || direction[3 * i] !== direction[3 * i];
      if (isGap) broken[i] = 1;
      const angle = isGap ? 0 : rate * stepS;
      const at = 9 * i + 3 * axis;
      turned[at + p] = turned[at - 9 + p] + angle * (isGap ? 0 : direction[3 * i + q]);
      turned[at + q] = turned[at - 9 + q] - angle * (isGap ? 0 : direction[3 * i + p]);
      turned[at + axis] = turned[at - 9 + axis];
    }
  }
  return solveGains(timeS, direction, turned, broken);
}

function solveGains(
  timeS: ArrayLike<number>,
  direction: Float64Array,
  turned: Float64Array,
  broken: Uint8Array,
): GravityAgreement {
  const count = timeS.length;
  const stepS = count > 1 ? (timeS[count - 1] - timeS[0]) / (count - 1) : 1;
  const span = Math.max(2, Math.round(SPAN_S / stepS)),
    hop = Math.max(1, span >> 1);
  const normal = new Float64Array(9),
    right = new Float64Array(3);
  let total = 0,
    rows = 0,
    gravityTurnedRad = 0,
    gyroTurnedRad = 0;
  const axisTurnedRad = new Float64Array(3),
    axisSquares = new Float64Array(3);
  let lastBreak = -1;
  for (let i = 0, next = span; next < count; i += hop, next += hop) {
    for (let k = Math.max(i, next - hop) + 1; k <= next; k++) if (broken[k] === 1) lastBreak = k;
    if (lastBreak > i || direction[3 * i] !== direction[3 * i] || direction[3 * next] !== direction[3 * next])
      continue;
    rows++;
    let moved = 0,
      predicted = 0;
    axisSquares.fill(0);
    for (let c = 0; c < 3; c++) {
      const y = direction[3 * next + c] - direction[3 * i + c];
      moved += y * y;
      let sum = 0;
      for (let a = 0; a < 3; a++) {
        const pa = turned[9 * next + 3 * a + c] - turned[9 * i + 3 * a + c];
        sum += pa;
        axisSquares[a] += pa * pa;
        right[a] += pa * y;
        for (let b = 0; b < 3; b++)
          normal[3 * a + b] += pa * (turned[9 * next + 3 * b + c] - turned[9 * i + 3 * b + c]);
      }
      predicted += sum * sum;
    }
    total += moved;
    gravityTurnedRad += (Math.sqrt(moved) * hop) / span;
    gyroTurnedRad += (Math.sqrt(predicted) * hop) / span;
    for (let a = 0; a < 3; a++) axisTurnedRad[a] += (Math.sqrt(axisSquares[a]) * hop) / span;
  }
  // A prior of 1 +- 1 keeps the axes that did not turn; its weight follows from how well the rest fits.
  let gain: Float64Array = Float64Array.of(1, 1, 1),
    inverse: Float64Array = new Float64Array(9),
    residual = total;
  const degrees = Math.max(1, (rows * 3 * hop * stepS) / CORRELATION_S);
  for (let iteration = 0; iteration < 3; iteration++) {
    const weight = Math.max(1e-9, residual / degrees);
    const padded = normal.slice();
    for (let a = 0; a < 3; a++) padded[4 * a] += weight;
    inverse = invert3(padded);
    const next = new Float64Array(3);
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++) next[a] += inverse[3 * a + b] * (right[b] + weight);
    gain = next;
    residual = total;
    for (let a = 0; a < 3; a++) {
      residual -= 2 * gain[a] * right[a];
      for (let b = 0; b < 3; b++) residual += gain[a] * gain[b] * normal[3 * a + b];
    }
    residual = Math.max(0, residual);
  }
  const variance = Math.max(1e-9, residual / degrees);
  return {
    gain,
    gainSigma: gain.map((_, a) => Math.sqrt(variance * inverse[4 * a])),
    explained: total > 0 ? 1 - residual / total : 0,
    gravityTurnedRad,
    gyroTurnedRad,
    axisTurnedRad,
  };
}

/**
 * Unit vector of the specific force, averaged over {@link SMOOTHING_S}, NaN where samples are missing; and 1 where its
 * size is not that of gravity.
 */
function smoothDirection(
  timeS: ArrayLike<number>,
  acc: ArrayLike<number>,
): { readonly direction: Float64Array; readonly broken: Uint8Array } {
  const count = timeS.length;
  const stepS = count > 1 ? (timeS[count - 1] - timeS[0]) / (count - 1) : 1;
  const half = Math.max(1, Math.round(SMOOTHING_S / 2 / stepS));
  const direction = new Float64Array(3 * count).fill(NaN),
    broken = new Uint8Array(count),
    sizes = new Float64Array(count).fill(NaN);
  for (let i = 0; i < count; i++) {
    let x = 0,
      y = 0,
      z = 0,
      used = 0;
    for (let k = Math.max(0, i - half); k <= i + half && k < count; k++) {
      if (acc[3 * k] !== acc[3 * k]) continue;
      x += acc[3 * k];
      y += acc[3 * k + 1];
      z += acc[3 * k + 2];
      used++;
    }
    const size = Math.sqrt(x * x + y * y + z * z);
    if (!(size > 0)) continue;
    sizes[i] = size / used;
    direction[3 * i] = x / size;
    direction[3 * i + 1] = y / size;
    direction[3 * i + 2] = z / size;
  }
  const sorted = sizes.filter((size) => size === size).sort();
  const median = sorted[sorted.length >> 1] ?? NaN;
  for (let i = 0; i < count; i++)
    if (!(Math.abs(sizes[i] - median) < LARGEST_FORCE_CHANGE * median)) broken[i] = 1;
  return { direction, broken };
}
