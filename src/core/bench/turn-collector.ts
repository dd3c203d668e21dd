import { SAMPLE } from '../fusion/orientation-filter.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import { invert3, multiply3, multiplyVectorInto } from '../math/matrix3.ts';
import type { AxisCorrection, AxisTriple } from '../packet/sensor-calibration.ts';
import {
  GOOD_GYRO_SCALE,
  LARGEST_GRAVITY_DISAGREEMENT,
  LARGEST_GYRO_SKEW_RAD,
  LARGEST_TURN_DISAGREEMENT,
  LOW_BOARD_SCALE,
  LOW_BOARD_WITHIN,
} from './bench-limits.ts';
import {
  areInside,
  AXES,
  figure,
  type Axis,
  type BenchHint,
  type BenchRefusal,
  type Collector,
  type CollectorState,
  type FigureName,
  type StepResult,
} from './bench-step.ts';
import type { GainFit } from './gravity-gain.ts';
import { Stillness } from './stillness.ts';

/** Whole turns asked for in one go, about each axis, both ways. */
export const WHOLE_TURNS = 3;
/** It begins and ends lying still for so long. */
const REST_S = 1.5;
/** Less than a quarter of a turn was no attempt. */
const LEAST_TURN_RAD = Math.PI / 2;
const LARGEST_TILT_RAD = 2 * RAD_PER_DEG;
const LONGEST_STEP_S = 0.2;
const SATURATED_SHARE = 0.98;
/** The axis that is up must be nearer to upright than this. */
const UPRIGHT_COSINE = Math.cos(12 * RAD_PER_DEG);
/** A count of turns other than the one asked for is recognised within this, in turns. */
const COUNT_WITHIN = 0.12;
/** Gravity's scale is stated, and held against the turns, where its standard deviation is no larger. */
const WORTH_STATING = 0.006;
const SCALE_FIGURES: readonly FigureName[] = ['gyroScaleX', 'gyroScaleY', 'gyroScaleZ'];
const GRAVITY_FIGURES: readonly FigureName[] = ['gravityScaleX', 'gravityScaleY', 'gravityScaleZ'];

/**
 * The unit lies flat and is turned about the vertical by whole turns, three each way about each of its three axes, from
 * rest to rest against a mark. What the gyroscope adds up to over what was truly turned is its scale; both ways together
 * take the zero out. Gravity says which axis is up.
 */
export class TurnCollector implements Collector {
  private readonly stillness = new Stillness();
  private readonly acc: AxisCorrection;
  private readonly gravity: GainFit | null;
  private readonly limit: number;
  private readonly turned = new Float64Array(3);
  private readonly up = new Float64Array(3);
  private readonly before = new Float64Array(3);
  private readonly zeroBefore = new Float64Array(3);
  private turnedS = 0;
  /** Of each axis, one way and the other: three sums (rad) and the upright direction, NaN until measured. */
  private readonly sums = new Float64Array(18).fill(NaN);
  private readonly ups = new Float64Array(18).fill(NaN);
  private hasRested = false;
  private isBroken = false;
  private refusal: BenchRefusal | null = null;

  /**
   * @param acc what the six faces found: it makes the upright direction
   * @param gravity what gravity says of the scale; null: not known
   * @param gyroFullScaleRadPerS of the family
   */
  constructor(acc: AxisCorrection, gravity: GainFit | null, gyroFullScaleRadPerS: number) {
    this.acc = acc;
    this.gravity = gravity;
    this.limit = SATURATED_SHARE * gyroFullScaleRadPerS;
  }

  push(sample: Float64Array): void {
    if (this.refusal !== null || this.isComplete) return;
    const stepS = sample[SAMPLE.stepS];
    if (!(stepS <= LONGEST_STEP_S)) this.isBroken = true;
    for (let i = 0; i < 3; i++) {
      const rate = sample[SAMPLE.gyroRadPerS + i];
      if (Math.abs(rate) >= this.limit) this.refusal = { code: 'saturated' };
      this.turned[i] += rate * stepS;
    }
    this.turnedS += stepS;
    if (this.stillness.push(sample) === 'still' && this.stillness.heldS >= REST_S) this.rest();
  }

  state(): CollectorState {
    if (this.refusal !== null) return { kind: 'refused', refusal: this.refusal };
    if (this.isComplete) return { kind: 'done' };
    const seen = this.seen().flat();
    return { kind: 'collecting', fraction: seen.filter(Boolean).length / 6, hint: this.hint() };
  }

  /** Of each axis, whether the turns with the rate above zero and those below were taken. */
  seen(): readonly (readonly [boolean, boolean])[] {
    return [0, 1, 2].map((axis) => [this.has(axis, 0), this.has(axis, 1)]);
  }

  /** Takes out what the scale and the axes get wrong, and the zero that was found at rest. */
  correction(zeroRadPerS: AxisTriple): AxisCorrection {
    return { matrix: [...invert3(this.reading())], offset: zeroRadPerS };
  }

  result(): StepResult {
    const reading = this.reading();
    const scales = [0, 1, 2].map((i) => reading[4 * i]);
    let skewRad = 0;
    for (let i = 0; i < 3; i++)
      for (let k = 0; k < 3; k++)
        if (i !== k) skewRad = Math.max(skewRad, Math.abs(Math.atan2(reading[3 * i + k], reading[4 * k])));
    const worst = Math.max(...[0, 1, 2].map((axis) => Math.abs(this.disagreement(axis))));
    const { gravity } = this;
    const figures = [
      ...scales.map((scale, i) => figure(SCALE_FIGURES[i]!, scale)),
      figure('gyroSkewDeg', skewRad * DEG_PER_RAD, null, LARGEST_GYRO_SKEW_RAD * DEG_PER_RAD),
      figure('turnDisagreementPercent', 100 * worst, null, 100 * LARGEST_TURN_DISAGREEMENT),
      ...(gravity === null
        ? []
        : GRAVITY_FIGURES.flatMap((name, i) =>
            this.isSeenByGravity(i) ? [figure(name, gravity.scale[i] ?? NaN)] : [],
          )),
    ];
    const isOff = scales.some((scale) => Math.abs(scale - 1) > GOOD_GYRO_SCALE);
    return { step: 'turns', verdict: !areInside(figures) ? 'fail' : isOff ? 'corrected' : 'pass', figures };
  }

  private get isComplete(): boolean {
    return [0, 1, 2].every((axis) => this.has(axis, 0) && this.has(axis, 1));
  }

  private has(axis: number, way: number): boolean {
    const at = 6 * axis + 3 * way;
    return this.sums[at] === this.sums[at];
  }

  private hint(): BenchHint {
    const { hasRested, stillness } = this;
    if (!hasRested) return 'holdStill';
    if (stillness.heldS < REST_S) return 'turnOn';
    const axis = this.uprightAxis();
    if (axis < 0) return 'straighten';
    const first = this.has(axis, 0),
      second = this.has(axis, 1);
    return first && second ? 'otherAxis' : first || second ? 'otherWay' : 'turnOn';
  }

  /** It lies: the turns since the last rest are judged, and the next ones begin here. */
  private rest(): void {
    const { mean } = this.stillness;
    const { acc, up } = this;
    const { matrix, offset } = acc;
    multiplyVectorInto(up, 0, matrix, mean[3] - offset[0], mean[4] - offset[1], mean[5] - offset[2]);
    const size = Math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]);
    for (let i = 0; i < 3; i++) up[i] /= size;
    if (this.hasRested && !this.isBroken) this.judge();
    this.before.set(up);
    for (let i = 0; i < 3; i++) this.zeroBefore[i] = mean[i];
    this.turned.fill(0);
    this.turnedS = 0;
    this.hasRested = true;
    this.isBroken = false;
  }

  private judge(): void {
    const { turned, up, before, zeroBefore, turnedS, stillness } = this;
    // The zero is what it showed before and after, in the middle.
    for (let i = 0; i < 3; i++) turned[i] -= (turnedS * (zeroBefore[i] + stillness.mean[i])) / 2;
    const about = turned[0] * up[0] + turned[1] * up[1] + turned[2] * up[2];
    const axis = this.uprightAxis();
    // Carried to another face in between, or hardly turned: no attempt at turns.
    const cosine = up[0] * before[0] + up[1] * before[1] + up[2] * before[2];
    const tiltRad = Math.acos(Math.min(1, cosine));
    if (axis < 0 || Math.abs(about) < LEAST_TURN_RAD || tiltRad > 4 * LARGEST_TILT_RAD) return;
    if (tiltRad > LARGEST_TILT_RAD) {
      this.refusal = { code: 'tiltedTurn', deg: tiltRad * DEG_PER_RAD };
      return;
    }
    const name = AXES[axis]!;
    const turns = Math.abs(about) / (2 * Math.PI);
    const scale = turns / WHOLE_TURNS;
    if (!isPossible(scale) && !this.saysGravity(axis, scale)) {
      const counted = Math.round(turns);
      const isCount = counted !== WHOLE_TURNS && counted > 0 && Math.abs(turns - counted) <= COUNT_WITHIN;
      this.refusal = isCount
        ? { code: 'otherTurnCount', turns: counted }
        : { code: 'notWholeTurns', axis: name, percent: 100 * (scale - 1) };
      return;
    }
    const at = 6 * axis + (turned[axis] > 0 ? 0 : 3);
    for (let i = 0; i < 3; i++) {
      this.sums[at + i] = turned[i];
      this.ups[at + i] = up[i];
    }
    if (this.has(axis, 0) && this.has(axis, 1)) this.compare(axis, name);
  }

  /** Both ways are there: they must agree with each other, and with gravity as far as it tells. */
  private compare(axis: number, name: Axis): void {
    const off = this.disagreement(axis);
    if (Math.abs(off) > LARGEST_TURN_DISAGREEMENT) {
      this.refusal = { code: 'turnsDisagree', axis: name, deg: Math.abs(off) * WHOLE_TURNS * 360 };
      this.forget(axis);
      return;
    }
    const { gravity } = this;
    const scale = (this.scaleOf(axis, 0) + this.scaleOf(axis, 1)) / 2;
    if (gravity !== null && this.isSeenByGravity(axis) && !this.saysGravity(axis, scale))
      this.refusal = {
        code: 'againstGravity',
        axis: name,
        percent: 100 * (scale - (gravity.scale[axis] ?? NaN)),
      };
  }

  private isSeenByGravity(axis: number): boolean {
    return (this.gravity?.sigma[axis] ?? Infinity) <= WORTH_STATING;
  }

  private saysGravity(axis: number, scale: number): boolean {
    const { gravity } = this;
    if (gravity === null || !this.isSeenByGravity(axis)) return false;
    const limit = LARGEST_GRAVITY_DISAGREEMENT + 3 * (gravity.sigma[axis] ?? NaN);
    return Math.abs(scale - (gravity.scale[axis] ?? NaN)) <= limit;
  }

  private forget(axis: number): void {
    this.sums.fill(NaN, 6 * axis, 6 * axis + 6);
  }

  private disagreement(axis: number): number {
    return this.scaleOf(axis, 0) - this.scaleOf(axis, 1);
  }

  private scaleOf(axis: number, way: number): number {
    const at = 6 * axis + 3 * way;
    const { sums, ups } = this;
    const about = sums[at] * ups[at] + sums[at + 1] * ups[at + 1] + sums[at + 2] * ups[at + 2];
    return Math.abs(about) / (2 * Math.PI * WHOLE_TURNS);
  }

  /** What the gyroscope reads of true turns: reading = M turn, from three turns that lie nearly across each other. */
  private reading(): Float64Array {
    const read = new Float64Array(9),
      truth = new Float64Array(9);
    for (let axis = 0; axis < 3; axis++) {
      const at = 6 * axis;
      // Which way round the upright direction was turned follows from the hand of the axes.
      const sign = this.ups[at + axis] > 0 ? 1 : -1;
      for (let i = 0; i < 3; i++) {
        read[3 * i + axis] = (this.sums[at + i] - this.sums[at + 3 + i]) / 2;
        truth[3 * i + axis] =
          Math.PI * WHOLE_TURNS * (sign * this.ups[at + i] + this.upSign(axis) * this.ups[at + 3 + i]);
      }
    }
    return multiply3(read, invert3(truth));
  }

  private upSign(axis: number): number {
    return this.ups[6 * axis + 3 + axis] > 0 ? 1 : -1;
  }

  private uprightAxis(): number {
    const { up } = this;
    for (let axis = 0; axis < 3; axis++) if (Math.abs(up[axis]) >= UPRIGHT_COSINE) return axis;
    return -1;
  }
}

function isPossible(scale: number): boolean {
  return Math.abs(scale - 1) <= GOOD_GYRO_SCALE || Math.abs(scale - LOW_BOARD_SCALE) <= LOW_BOARD_WITHIN;
}
