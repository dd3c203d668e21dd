import { GRAVITY_METERS_PER_S2 } from '../math/angle.ts';

/**
 * Covariance of the 17 error states and its two Kalman steps, written out for their structure: bias and gain do not
 * move by themselves, orientation is driven by them, velocity by orientation. Rows and columns, in this order:
 * gyro bias (3), gain matrix row-major (9), orientation as a small rotation in the world (3), horizontal velocity (2).
 * The matrix is full size, row-major; only its lower half is kept, but for the block of bias and gain, whose upper
 * half is mirrored after each round of observations. Nothing here allocates.
 */
export const STATE_COUNT = 17;
export const BIAS = 0;
export const GAIN = 3;
export const ANGLE = 12;
export const VELOCITY = 15;
/** Bias and gain together: what drives the orientation. */
export const DRIVER_COUNT = 12;

const N = STATE_COUNT;
const D = DRIVER_COUNT;

export interface ErrorState {
  /** STATE_COUNT x STATE_COUNT, row-major, lower half. */
  readonly covariance: Float64Array;
  /** Correction gathered by the observations of this round, to be moved into the nominal state. */
  readonly correction: Float64Array;
  /** 3 x DRIVER_COUNT: change of the orientation error over the batch by a unit of each bias and gain error. */
  readonly angleFromDriver: Float64Array;
  readonly scratch: Float64Array;
}

export function createErrorState(): ErrorState {
  return {
    covariance: new Float64Array(N * N),
    correction: new Float64Array(N),
    angleFromDriver: new Float64Array(3 * D),
    scratch: new Float64Array(3 * D + N),
  };
}

/**
 * Carries the covariance over one batch. `angleFromDriver` must hold the batch's sums. The velocity takes half of
 * its tilt before and half after the orientation moved (trapezoid).
 * @param couplesVelocity false when there was no accelerometer to integrate
 */
export function propagate(state: ErrorState, batchS: number, couplesVelocity: boolean): void {
  const half = couplesVelocity ? 0.5 * GRAVITY_METERS_PER_S2 * batchS : 0;
  if (couplesVelocity) driveVelocity(state.covariance, half);
  driveAngle(state.covariance, state.angleFromDriver, state.scratch);
  if (couplesVelocity) driveVelocity(state.covariance, half);
}

/** v_x += c psi_y, v_y -= c psi_x. */
function driveVelocity(p: Float64Array, c: number): void {
  const vx = VELOCITY * N,
    vy = vx + N,
    ax = ANGLE * N,
    ay = ax + N,
    az = ay + N;
  const crossXx = p[vx + ANGLE],
    crossXy = p[vx + ANGLE + 1],
    crossYx = p[vy + ANGLE],
    crossYy = p[vy + ANGLE + 1];
  const pxx = p[ax + ANGLE],
    pxy = p[ay + ANGLE],
    pyy = p[ay + ANGLE + 1];
  p[vx + VELOCITY] += c * (2 * crossXy + c * pyy);
  p[vy + VELOCITY] += c * (crossYy - crossXx - c * pxy);
  p[vy + VELOCITY + 1] += c * (c * pxx - 2 * crossYx);
  for (let j = 0; j < D; j++) {
    p[vx + j] += c * p[ay + j];
    p[vy + j] -= c * p[ax + j];
  }
  p[vx + ANGLE] += c * pxy;
  p[vx + ANGLE + 1] += c * pyy;
  p[vx + ANGLE + 2] += c * p[az + ANGLE + 1];
  p[vy + ANGLE] -= c * pxx;
  p[vy + ANGLE + 1] -= c * pxy;
  p[vy + ANGLE + 2] -= c * p[az + ANGLE];
}

function driveAngle(p: Float64Array, h: Float64Array, t: Float64Array): void {
  // t = P_angle,driver + H P_driver,driver: the new cross block.
  for (let i = 0; i < 3; i++) {
    const row = (ANGLE + i) * N,
      hi = i * D;
    for (let j = 0; j < D; j++) {
      const pj = j * N;
      let sum = p[row + j];
      for (let k = 0; k < D; k++) sum += h[hi + k] * p[pj + k];
      t[hi + j] = sum;
    }
  }
  for (let i = 0; i < 3; i++) {
    const row = (ANGLE + i) * N,
      hi = i * D;
    for (let j = 0; j <= i; j++) {
      const hj = j * D,
        rowJ = (ANGLE + j) * N;
      let sum = p[row + ANGLE + j];
      for (let k = 0; k < D; k++) sum += h[hi + k] * p[rowJ + k] + t[hi + k] * h[hj + k];
      p[row + ANGLE + j] = sum;
    }
  }
  for (let m = VELOCITY; m < N; m++) {
    const row = m * N;
    for (let i = 0; i < 3; i++) {
      const hi = i * D;
      let sum = p[row + ANGLE + i];
      for (let k = 0; k < D; k++) sum += h[hi + k] * p[row + k];
      p[row + ANGLE + i] = sum;
    }
  }
  for (let i = 0; i < 3; i++) {
    const row = (ANGLE + i) * N,
      hi = i * D;
    for (let j = 0; j < D; j++) p[row + j] = t[hi + j];
  }
}

/**
 * Observes state `index` directly: adds to the correction and shrinks the covariance (Joseph's form is not needed:
 * the result is symmetric by construction). Call {@link mirrorDrivers} after the last observation of a round.
 * @param innovation observed minus nominal value, before this round's corrections
 */
export function observe(state: ErrorState, index: number, innovation: number, variance: number): void {
  const p = state.covariance,
    dx = state.correction,
    column = state.scratch;
  const C = 3 * D;
  const own = index * N;
  for (let j = 0; j <= index; j++) column[C + j] = p[own + j];
  for (let j = index + 1; j < N; j++) column[C + j] = p[j * N + index];
  const inverse = 1 / (column[C + index] + variance);
  const gain = (innovation - dx[index]) * inverse;
  for (let r = 0; r < N; r++) {
    const c = column[C + r];
    dx[r] += c * gain;
    const k = c * inverse,
      row = r * N;
    for (let j = 0; j <= r; j++) p[row + j] -= k * column[C + j];
  }
}

/** True when the innovation lies within `sigmas` of what covariance and observation allow. */
export function isPlausible(
  state: ErrorState,
  index: number,
  innovation: number,
  variance: number,
  sigmas: number,
): boolean {
  const left = innovation - state.correction[index];
  return left * left <= sigmas * sigmas * (state.covariance[index * N + index] + variance);
}

/** Copies the lower half of the bias and gain block to its upper half. */
export function mirrorDrivers(p: Float64Array): void {
  for (let r = 1; r < D; r++) for (let c = 0; c < r; c++) p[c * N + r] = p[r * N + c];
}

/** Makes one state independent of all others with the given variance. */
export function resetVariance(p: Float64Array, index: number, variance: number): void {
  for (let j = 0; j < N; j++) {
    p[index * N + j] = 0;
    p[j * N + index] = 0;
  }
  p[index * N + index] = variance;
}

/**
 * Like {@link observe}, but corrects nothing except the observed state itself (Schmidt's considered update): the
 * others keep their values and variances, and only their correlation with it shrinks.
 */
export function observeAlone(state: ErrorState, index: number, innovation: number, variance: number): void {
  const p = state.covariance,
    dx = state.correction;
  const gain = p[index * N + index] / (p[index * N + index] + variance);
  dx[index] += gain * (innovation - dx[index]);
  const keep = 1 - gain;
  for (let j = 0; j <= index; j++) p[index * N + j] *= keep;
  for (let j = index + 1; j < N; j++) p[j * N + index] *= keep;
}

/** Turns the world's horizontal axes of orientation and velocity errors by the angle with this cosine and sine. */
export function rotateHorizontal(state: ErrorState, cos: number, sin: number): void {
  const p = state.covariance,
    dx = state.correction;
  for (let r = 0; r < N; r++) for (let c = 0; c < r; c++) p[c * N + r] = p[r * N + c];
  for (const x of [ANGLE, VELOCITY]) {
    const y = x + 1;
    const dxx = dx[x],
      dxy = dx[y];
    dx[x] = cos * dxx - sin * dxy;
    dx[y] = sin * dxx + cos * dxy;
    for (let j = 0; j < N; j++) {
      const a = p[x * N + j],
        b = p[y * N + j];
      p[x * N + j] = cos * a - sin * b;
      p[y * N + j] = sin * a + cos * b;
    }
    for (let i = 0; i < N; i++) {
      const a = p[i * N + x],
        b = p[i * N + y];
      p[i * N + x] = cos * a - sin * b;
      p[i * N + y] = sin * a + cos * b;
    }
  }
}
