import { SAMPLE } from '../fusion/orientation-filter.ts';
import { DEG_PER_RAD, GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';
import type { AxisCorrection } from '../packet/sensor-calibration.ts';
import { AxisAgreement } from '../quality/axis-agreement.ts';
import {
  ACCEPTED_GRAVITY_ERROR,
  LARGEST_ACC_SKEW_RAD,
  LARGEST_FACE_ERROR,
  LARGEST_FACE_MISFIT,
} from './bench-limits.ts';
import {
  areInside,
  AXES,
  figure,
  type BenchHint,
  type BenchRefusal,
  type Collector,
  type CollectorState,
  type StepResult,
} from './bench-step.ts';
import { FACE_COUNT, fitFaces, type FaceFit } from './face-fit.ts';
import { GravityGain, type GainFit } from './gravity-gain.ts';
import { Stillness } from './stillness.ts';

/** A face is taken once the unit has lain on it so long. */
const HOLD_S = 3;
/** It counts as lying on a face when gravity is this close to an axis; what is further is a tilted case. */
const FACE_COSINE = Math.cos(12 * RAD_PER_DEG);
const SATURATED_SHARE = 0.98;
const LARGEST_CONTRADICTION = -0.5;
const LEAST_AGREEMENT = 0.5;

/**
 * The unit is laid on each of its six faces, in any order; gravity says which one it is. On the way from face to face gravity
 * tells of the gyroscope too: whether both turn the same way round, and by about how much.
 */
export class FaceCollector implements Collector {
  private readonly stillness = new Stillness();
  private readonly axes = new AxisAgreement();
  private readonly gain = new GravityGain();
  private readonly zero: readonly number[];
  private readonly limit: number;
  private readonly rate = new Float64Array(3);
  private readonly means = new Float64Array(3 * FACE_COUNT).fill(NaN);
  private face = -1;
  private taken = false;
  private refusal: BenchRefusal | null = null;

  /** @param zeroRadPerS what the gyroscope shows where nothing turns. @param accFullScaleMetersPerS2 of the family */
  constructor(zeroRadPerS: readonly number[], accFullScaleMetersPerS2: number) {
    this.zero = zeroRadPerS;
    this.limit = SATURATED_SHARE * accFullScaleMetersPerS2;
  }

  push(sample: Float64Array): void {
    if (this.refusal !== null || this.isComplete) return;
    const { zero, rate } = this;
    const stepS = sample[SAMPLE.stepS];
    const at = SAMPLE.accMetersPerS2;
    for (let i = 0; i < 3; i++) {
      rate[i] = sample[SAMPLE.gyroRadPerS + i] - zero[i]!;
      if (Math.abs(sample[at + i]) >= this.limit) this.refusal = { code: 'saturated' };
    }
    this.axes.push(rate, sample, at, stepS);
    if (stepS > 0.2) this.gain.interrupt();
    else this.gain.move(rate, stepS);
    const said = this.stillness.push(sample);
    if (said === 'moved') this.taken = false;
    if (said === 'still') this.rest();
  }

  state(): CollectorState {
    if (this.refusal !== null) return { kind: 'refused', refusal: this.refusal };
    if (this.isComplete) return { kind: 'done' };
    return { kind: 'collecting', fraction: this.facesSeen / FACE_COUNT, hint: this.hint() };
  }

  /** Of the six, in the order of {@link fitFaces}, which were taken. */
  seen(): readonly boolean[] {
    return Array.from({ length: FACE_COUNT }, (_, face) => this.means[3 * face] === this.means[3 * face]);
  }

  correction(): AxisCorrection {
    return this.fit().correction;
  }

  /** What gravity says of the gyroscope's scale. */
  gravityScale(): GainFit | null {
    return this.gain.scale(this.correction());
  }

  result(): StepResult {
    const { correction, scale, skewRad, errorBefore, errorAfter } = this.fit();
    const figures = [
      figure('accOffsetXMetersPerS2', correction.offset[0]),
      figure('accOffsetYMetersPerS2', correction.offset[1]),
      figure('accOffsetZMetersPerS2', correction.offset[2]),
      figure('accScaleX', scale[0]),
      figure('accScaleY', scale[1]),
      figure('accScaleZ', scale[2]),
      figure('accSkewDeg', skewRad * DEG_PER_RAD, null, LARGEST_ACC_SKEW_RAD * DEG_PER_RAD),
      figure('faceErrorBeforeMetersPerS2', errorBefore, null, ACCEPTED_GRAVITY_ERROR),
      figure('faceErrorAfterMetersPerS2', errorAfter, null, LARGEST_FACE_ERROR),
    ];
    const verdict = !areInside(figures) ? 'fail' : errorBefore > LARGEST_FACE_ERROR ? 'corrected' : 'pass';
    return { step: 'faces', verdict, figures };
  }

  handedness(): StepResult {
    const { correlation } = this.axes;
    const figures = [figure('axisAgreement', correlation, LEAST_AGREEMENT, null)];
    return { step: 'handedness', verdict: areInside(figures) ? 'pass' : 'fail', figures };
  }

  /** A mean more of the same. */
  private rest(): void {
    const { mean, heldS } = this.stillness;
    const x = mean[3],
      y = mean[4],
      z = mean[5];
    const size = Math.sqrt(x * x + y * y + z * z);
    this.face = faceOf(x, y, z, size);
    if (heldS < HOLD_S) return;
    if (Math.abs(size - GRAVITY_METERS_PER_S2) > ACCEPTED_GRAVITY_ERROR) {
      this.refusal = { code: 'notGravity', metersPerS2: size };
      return;
    }
    this.gain.arrive(mean.subarray(3));
    if (this.taken || this.face < 0) return;
    this.taken = true;
    this.means.set(mean.subarray(3), 3 * this.face);
    if (this.isComplete) this.judge();
  }

  private get facesSeen(): number {
    let seen = 0;
    for (let face = 0; face < FACE_COUNT; face++) if (this.means[3 * face] === this.means[3 * face]) seen++;
    return seen;
  }

  private get isComplete(): boolean {
    return this.facesSeen === FACE_COUNT;
  }

  private fit(): FaceFit {
    return fitFaces(this.means);
  }

  private judge(): void {
    const { misfit, worstAxis } = this.fit();
    // Axes of another hand make every way from face to face contradict itself, and no face is to blame.
    if (misfit > LARGEST_FACE_MISFIT && !(this.axes.correlation < LARGEST_CONTRADICTION))
      this.refusal = { code: 'tiltedFace', axis: AXES[worstAxis] ?? 'x', metersPerS2: misfit };
  }

  private hint(): BenchHint {
    if (this.stillness.heldS < HOLD_S)
      return this.face < 0 && this.stillness.heldS > 1 ? 'straighten' : 'holdStill';
    if (this.face < 0) return 'straighten';
    return 'otherFace';
  }
}

/** 0 to 5 in the order of {@link fitFaces}; -1 where no axis is upright. */
function faceOf(x: number, y: number, z: number, size: number): number {
  const limit = FACE_COSINE * size;
  if (Math.abs(x) >= limit) return x > 0 ? 0 : 1;
  if (Math.abs(y) >= limit) return y > 0 ? 2 : 3;
  if (Math.abs(z) >= limit) return z > 0 ? 4 : 5;
  return -1;
}
