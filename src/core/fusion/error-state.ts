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
  /** {@link INPUT}: numbers for the next step; here because a number passed to a call may be boxed. */
  readonly input: Float64Array;
}

/** Offsets into {@link ErrorState.input}. */
export const INPUT = {
  /** Length of the batch, s. */
  batchS: 0,
  /** Of the next observation: its variance, and observed minus nominal value before this round's corrections. */
  variance: 1,
  innovation: 2,
  length: 3,
} as const;

export function createErrorState(): ErrorState {
  return {
    covariance: new Float64Array(N * N),
    correction: new Float64Array(N),
    angleFromDriver: new Float64Array(3 * D),
    scratch: new Float64Array(3 * D + N),
    input: new Float64Array(INPUT.length),
  };
}

/**
 * Carries the covariance over one batch of `input`'s length. `angleFromDriver` must hold the batch's sums. The velocity takes half of
 * its tilt before and half after the orientation moved (trapezoid).
 * @param couplesVelocity false when there was no accelerometer to integrate
 */
export function propagate(state: ErrorState, couplesVelocity: boolean): void {
  if (couplesVelocity) driveVelocity(state);
  driveAngle(state.covariance, state.angleFromDriver, state.scratch);
  if (couplesVelocity) driveVelocity(state);
}

/** v_x += c psi_y, v_y -= c psi_x over half a batch. */
function driveVelocity(state: ErrorState): void {
  const p = state.covariance,
    c = 0.5 * GRAVITY_METERS_PER_S2 * state.input[INPUT.batchS];
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

/**
 * Orientation driven by bias and gain. The sums over the twelve drivers are written out: this is where the filter
 * spends most of its batch, and the inner loop cost twice as much as the products.
 */
function driveAngle(p: Float64Array, h: Float64Array, t: Float64Array): void {
  for (let i = 0; i < 3; i++) {
    const row = (ANGLE + i) * N,
      o = i * D;
    const h0 = h[o],
      h1 = h[o + 1],
      h2 = h[o + 2],
      h3 = h[o + 3],
      h4 = h[o + 4],
      h5 = h[o + 5],
      h6 = h[o + 6],
      h7 = h[o + 7],
      h8 = h[o + 8],
      h9 = h[o + 9],
      h10 = h[o + 10],
      h11 = h[o + 11];
    // New cross block with the drivers: P_angle,driver + H P_driver,driver. It must not overwrite the old one yet.
    for (let j = 0, k = 0; j < D; j++, k += N)
      t[o + j] =
        p[row + j] +
        (h0 * p[k] + h1 * p[k + 1] + h2 * p[k + 2]) +
        (h3 * p[k + 3] + h4 * p[k + 4] + h5 * p[k + 5]) +
        (h6 * p[k + 6] + h7 * p[k + 7] + h8 * p[k + 8]) +
        (h9 * p[k + 9] + h10 * p[k + 10] + h11 * p[k + 11]);
    for (let m = VELOCITY * N; m < N * N; m += N)
      p[m + ANGLE + i] +=
        h0 * p[m] +
        h1 * p[m + 1] +
        h2 * p[m + 2] +
        (h3 * p[m + 3] + h4 * p[m + 4] + h5 * p[m + 5]) +
        (h6 * p[m + 6] + h7 * p[m + 7] + h8 * p[m + 8]) +
        (h9 * p[m + 9] + h10 * p[m + 10] + h11 * p[m + 11]);
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
  for (let i = 0; i < 3; i++) {
    const row = (ANGLE + i) * N,
      o = i * D;
    for (let j = 0; j < D; j++) p[row + j] = t[o + j];
  }
}

/**
 * Observes both velocities with the variance of `input`, as two calls of {@link observe} would, in one pass over the matrix.
 */
export function observeVelocity(state: ErrorState, velocity: Float64Array): void {
  const variance = state.input[INPUT.variance];
  const p = state.covariance,
    dx = state.correction,
    column = state.scratch;
  const X = VELOCITY * N,
    Y = X + N;
  // Columns of the covariance: x as it is, y as it is after x was observed.
  const pxy = p[Y + VELOCITY];
  const inverseX = 1 / (p[X + VELOCITY] + variance);
  const carried = pxy * inverseX;
  for (let j = 0; j < N; j++) {
    const x = j <= VELOCITY ? p[X + j] : pxy;
    column[j] = x;
    column[N + j] = p[Y + j] - carried * x;
  }
  const inverseY = 1 / (column[N + VELOCITY + 1] + variance);
  const gainX = (-velocity[0] - dx[VELOCITY]) * inverseX;
  const gainY = (-velocity[1] - dx[VELOCITY + 1] - pxy * gainX) * inverseY;
  for (let r = 0, row = 0; r < N; r++, row += N) {
    const x = column[r],
      y = column[N + r];
    dx[r] += x * gainX + y * gainY;
    const kx = x * inverseX,
      ky = y * inverseY;
    for (let j = 0; j <= r; j++) p[row + j] -= kx * column[j] + ky * column[N + j];
  }
}

/**
 * Observes state `index` directly with variance and innovation of `input`: adds to the correction and shrinks the covariance (Joseph's form is not needed:
 * the result is symmetric by construction). Call {@link mirrorDrivers} after the last observation of a round.
 */
export function observe(state: ErrorState, index: number): void {
  const variance = state.input[INPUT.variance],
    innovation = state.input[INPUT.innovation];
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
export function isPlausible(state: ErrorState, index: number, sigmas: number): boolean {
  const variance = state.input[INPUT.variance],
    innovation = state.input[INPUT.innovation];
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
 * Believes one state less, as if its variance had been this large from the start: what it drove since is doubted with it, so
 * that the next observation of it corrects that too. Call {@link mirrorDrivers} at the end of the round.
 */
export function widenVariance(state: ErrorState, index: number, variance: number): void {
  const p = state.covariance,
    column = state.scratch;
  const C = 3 * D;
  const own = index * N,
    former = p[own + index];
  if (!(former > 0) || !(variance > former)) return;
  for (let j = 0; j < N; j++) column[C + j] = (j <= index ? p[own + j] : p[j * N + index]) / former;
  for (let r = 0; r < N; r++) {
    const added = (variance - former) * column[C + r],
      row = r * N;
    for (let j = 0; j <= r; j++) p[row + j] += added * column[C + j];
  }
}

/**
 * Like {@link observe}, but corrects nothing except the observed state itself (Schmidt's considered update): the
 * others keep their values and variances, and only their correlation with it shrinks.
 */
export function observeAlone(state: ErrorState, index: number): void {
  const variance = state.input[INPUT.variance],
    innovation = state.input[INPUT.innovation];
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
