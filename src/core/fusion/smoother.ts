import { GRAVITY_METERS_PER_S2 } from '../math/angle.ts';
import { ANGLE, BIAS, DRIVER_COUNT, STATE_COUNT, VELOCITY } from './error-state.ts';
import type { BatchObserver, BatchTransition, ThoraFilter } from './thora-filter.ts';
import { SUM } from './strapdown.ts';

const N = STATE_COUNT;
const D = DRIVER_COUNT;
const PACKED = (N * (N + 1)) / 2;
const CORRECTION = 2 * PACKED;
const DRIVER = CORRECTION + N;
const NOMINAL_BIAS = DRIVER + 3 * D;
const STEP_LENGTH = NOMINAL_BIAS + 3;

/** What one Kalman step leaves for the way back. */
interface SmootherStep {
  readonly transition: BatchTransition;
  readonly timeS: number;
  /** Samples integrated up to the end of this step. */
  readonly integratedCount: number;
  /** Root mean square rate, rad/s. */
  readonly rateRadPerS: number;
  /** Covariances before and after the observations (packed lower halves), correction, driver matrix, nominal bias. */
  readonly data: Float64Array;
}

/** What is found on the way back, one entry per step and one for the start. */
export interface SmoothedSteps {
  readonly count: number;
  readonly integratedCount: Float64Array;
  readonly rateRadPerS: Float64Array;
  /** Orientation corrections just after step k - 1 and just before the correction of step k, 3 each, rad in the world. */
  readonly angleAfterPrevious: Float64Array;
  readonly angleBefore: Float64Array;
  /** Variance of tilt (both axes together) and of heading at the end of each step; entry 0 is the start. */
  readonly tiltVariance: Float64Array;
  readonly headingVariance: Float64Array;
  readonly gyroBiasRadPerS: Float64Array;
  readonly gyroBiasVariance: Float64Array;
}

/**
 * Fixed-interval smoother (Rauch, Tung and Striebel 1965) over the Kalman steps of a {@link ThoraFilter}: records
 * them while the filter runs forward, then goes back and says how each orientation would have been corrected had the
 * whole recording been known.
 */
export class Smoother implements BatchObserver {
  readonly #steps: SmootherStep[] = [];
  readonly #start = new Float64Array(PACKED);

  started(filter: ThoraFilter): void {
    pack(filter.errors.covariance, this.#start, 0);
  }

  predicted(filter: ThoraFilter, transition: BatchTransition): void {
    const data = new Float64Array(STEP_LENGTH);
    const sums = filter.strapdown.sums;
    const timeS = transition === 'restarted' ? 0 : sums[SUM.timeS];
    pack(filter.errors.covariance, data, 0);
    data.set(filter.errors.angleFromDriver, DRIVER);
    data.set(filter.strapdown.gyroBiasRadPerS, NOMINAL_BIAS);
    this.#steps.push({
      transition,
      timeS,
      integratedCount: filter.integratedCount[0],
      rateRadPerS: timeS > 0 ? Math.sqrt(sums[SUM.rateSquared] / timeS) : 0,
      data,
    });
  }

  corrected(filter: ThoraFilter): void {
    const step = this.#steps[this.#steps.length - 1];
    if (step === undefined) return;
    pack(filter.errors.covariance, step.data, PACKED);
    step.data.set(filter.errors.correction, CORRECTION);
  }

  /** Goes back over everything recorded. */
  smooth(): SmoothedSteps {
    const steps = this.#steps,
      count = steps.length;
    const out: SmoothedSteps = {
      count,
      integratedCount: Float64Array.from(steps, (step) => step.integratedCount),
      rateRadPerS: Float64Array.from(steps, (step) => step.rateRadPerS),
      angleAfterPrevious: new Float64Array(3 * count),
      angleBefore: new Float64Array(3 * count),
      tiltVariance: new Float64Array(count + 1),
      headingVariance: new Float64Array(count + 1),
      gyroBiasRadPerS: new Float64Array(3),
      gyroBiasVariance: new Float64Array(3),
    };
    const smoothed = new Float64Array(N * N),
      before = new Float64Array(N * N),
      after = new Float64Array(N * N),
      gain = new Float64Array(N * N),
      cholesky = new Float64Array(N * N),
      product = new Float64Array(N * N);
    const state = new Float64Array(N),
      next = new Float64Array(N);
    let weight = 0;
    const lastStep = steps[count - 1];
    if (lastStep === undefined) unpack(this.#start, 0, smoothed);
    else unpack(lastStep.data, PACKED, smoothed);

    for (let k = count - 1; k >= 0; k--) {
      const step = steps[k];
      const previous = steps[k - 1];
      this.#keepVariance(out, k + 1, smoothed);
      for (let i = 0; i < N; i++) state[i] += step.data[CORRECTION + i];
      for (let i = 0; i < 3; i++) {
        out.angleBefore[3 * k + i] = state[ANGLE + i];
        out.gyroBiasRadPerS[i] += step.timeS * (step.data[NOMINAL_BIAS + i] + state[BIAS + i]);
        out.gyroBiasVariance[i] += step.timeS * smoothed[(BIAS + i) * (N + 1)];
      }
      weight += step.timeS;
      unpack(step.data, 0, before);
      if (previous === undefined) unpack(this.#start, 0, after);
      else unpack(previous.data, PACKED, after);
      carryForward(step, after, gain);
      factor(before, cholesky);
      solveColumns(cholesky, gain);
      // gain now holds C' of the smoother gain C = P F' Ppred^-1.
      for (let i = 0; i < N; i++) {
        let sum = 0;
        for (let j = 0; j < N; j++) sum += gain[j * N + i] * state[j];
        next[i] = sum;
      }
      state.set(next);
      for (let i = 0; i < 3; i++) out.angleAfterPrevious[3 * k + i] = state[ANGLE + i];
      for (let i = 0; i < N * N; i++) smoothed[i] -= before[i];
      sandwich(gain, smoothed, product, after);
      smoothed.set(after);
    }
    this.#keepVariance(out, 0, smoothed);
    for (let i = 0; i < 3; i++) {
      out.gyroBiasRadPerS[i] = weight > 0 ? out.gyroBiasRadPerS[i] / weight : Number.NaN;
      out.gyroBiasVariance[i] = weight > 0 ? out.gyroBiasVariance[i] / weight : Number.NaN;
    }
    return out;
  }

  #keepVariance(out: SmoothedSteps, entry: number, p: Float64Array): void {
    out.tiltVariance[entry] = Math.max(0, p[ANGLE * (N + 1)] + p[(ANGLE + 1) * (N + 1)]);
    out.headingVariance[entry] = Math.max(0, p[(ANGLE + 2) * (N + 1)]);
  }
}

function pack(full: Float64Array, out: Float64Array, offset: number): void {
  for (let r = 0, at = offset; r < N; r++) for (let c = 0; c <= r; c++) out[at++] = full[r * N + c];
}

function unpack(packed: Float64Array, offset: number, full: Float64Array): void {
  for (let r = 0, at = offset; r < N; r++)
    for (let c = 0; c <= r; c++) {
      full[r * N + c] = packed[at];
      full[c * N + r] = packed[at++];
    }
}

/** out = F p for the transition of this step. */
function carryForward(step: SmootherStep, p: Float64Array, out: Float64Array): void {
  out.set(p);
  if (step.transition === 'restarted') {
    out.fill(0, ANGLE * N, (ANGLE + 2) * N);
    out.fill(0, VELOCITY * N);
    return;
  }
  const c = 0.5 * GRAVITY_METERS_PER_S2 * step.timeS;
  for (let j = 0; j < N; j++) {
    for (let i = 0; i < 3; i++) {
      let sum = p[(ANGLE + i) * N + j];
      for (let k = 0; k < D; k++) sum += step.data[DRIVER + i * D + k] * p[k * N + j];
      out[(ANGLE + i) * N + j] = sum;
    }
    if (step.transition === 'driven') {
      out[VELOCITY * N + j] += c * (p[(ANGLE + 1) * N + j] + out[(ANGLE + 1) * N + j]);
      out[(VELOCITY + 1) * N + j] -= c * (p[ANGLE * N + j] + out[ANGLE * N + j]);
    } else {
      out[VELOCITY * N + j] = 0;
      out[(VELOCITY + 1) * N + j] = 0;
    }
  }
}

/** Cholesky factor (lower) of a symmetric positive matrix; a pivot lost to rounding is lifted to a tiny positive one. */
function factor(a: Float64Array, lower: Float64Array): void {
  for (let i = 0; i < N; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * N + j];
      for (let k = 0; k < j; k++) sum -= lower[i * N + k] * lower[j * N + k];
      if (i === j) lower[i * N + i] = Math.sqrt(Math.max(sum, 1e-12 * a[i * N + i], 1e-30));
      else lower[i * N + j] = sum / lower[j * N + j];
    }
}

/** Solves (L L') x = b for every column of b, in place. */
function solveColumns(lower: Float64Array, b: Float64Array): void {
  for (let i = 0; i < N; i++) {
    for (let k = 0; k < i; k++) {
      const l = lower[i * N + k];
      for (let j = 0; j < N; j++) b[i * N + j] -= l * b[k * N + j];
    }
    const inverse = 1 / lower[i * N + i];
    for (let j = 0; j < N; j++) b[i * N + j] *= inverse;
  }
  for (let i = N - 1; i >= 0; i--) {
    for (let k = i + 1; k < N; k++) {
      const l = lower[k * N + i];
      for (let j = 0; j < N; j++) b[i * N + j] -= l * b[k * N + j];
    }
    const inverse = 1 / lower[i * N + i];
    for (let j = 0; j < N; j++) b[i * N + j] *= inverse;
  }
}

/** out += g' m g for symmetric m. */
function sandwich(g: Float64Array, m: Float64Array, scratch: Float64Array, out: Float64Array): void {
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++) {
      let sum = 0;
      for (let k = 0; k < N; k++) sum += m[i * N + k] * g[k * N + j];
      scratch[i * N + j] = sum;
    }
  for (let i = 0; i < N; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < N; k++) sum += g[k * N + i] * scratch[k * N + j];
      out[i * N + j] += sum;
      if (i !== j) out[j * N + i] += sum;
    }
}
