import { sharedMotionOffset } from '../clock/shared-motion-offset.ts';
import { SAMPLE, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { createThoraFilter } from '../fusion/thora-filter.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import { conjugateMultiplyInto, createQuaternion, multiplyInto, slerpInto } from '../math/quaternion.ts';
import { largestEigenvector } from '../math/symmetric-matrix.ts';
import { LARGEST_RULER_RAD, LARGEST_RULER_RMS_RAD, LARGEST_TIME_OFFSET_S, RULER_S } from './bench-limits.ts';
import { areInside, figure, type Collector, type CollectorState, type StepResult } from './bench-step.ts';

/** Room for the fastest unit, and a little more time than is asked for. */
const CAPACITY = 8192;
/** Rests before, in which the filter learns its zero, s of the step. */
const SETTLE_S = 3;
const HEADINGS = 360;

/** What one unit on the ruler did. */
export class RulerCollector implements Collector {
  private readonly filter: OrientationFilter = createThoraFilter('worn');
  private readonly sample = new Float64Array(SAMPLE.length).fill(NaN);
  readonly timeS = new Float64Array(CAPACITY);
  readonly rateRadPerS = new Float64Array(CAPACITY);
  /** w, x, y, z. */
  readonly qEarthFromSensor = new Float64Array(4 * CAPACITY);
  count = 0;
  private heldS = 0;

  /** @param sample corrected by what the steps before found */
  push(sample: Float64Array, timeS: number): void {
    if (this.heldS >= RULER_S || this.count === CAPACITY) return;
    for (let i = 0; i < SAMPLE.magMicroTesla; i++) this.sample[i] = sample[i];
    this.sample[SAMPLE.stepS] = sample[SAMPLE.stepS];
    this.filter.update(this.sample);
    this.heldS += sample[SAMPLE.stepS];
    if (this.heldS < SETTLE_S) return;
    const i = this.count++;
    this.timeS[i] = timeS;
    this.rateRadPerS[i] = Math.hypot(sample[0], sample[1], sample[2]);
    this.qEarthFromSensor.set(this.filter.qEarthFromSensor, 4 * i);
  }

  state(): CollectorState {
    if (this.heldS >= RULER_S || this.count === CAPACITY) return { kind: 'done' };
    return {
      kind: 'collecting',
      fraction: this.heldS / RULER_S,
      hint: this.heldS < SETTLE_S ? 'holdStill' : 'moveOn',
    };
  }
}

/**
 * Two units on one ruler: the angle between them stays the same however it is swung. Each filter has a heading of its
 * own; the one that makes the angle most constant is taken out.
 *
 * @returns null where the two did not move as one, or too little to tell
 */
export function compareOnRuler(a: RulerCollector, b: RulerCollector): StepResult | null {
  const { timeS, count } = a;
  const track = (of: RulerCollector) => ({
    timeS: of.timeS.subarray(0, of.count),
    rateRadPerS: of.rateRadPerS.subarray(0, of.count),
  });
  if (count < 2 || b.count < 2) return null;
  const offset = sharedMotionOffset(track(a), track(b), timeS[0], timeS[count - 1]);
  if (offset === null) return null;
  const pairs = pairTracks(a, b, offset.offsetS);
  const { rmsRad, maxRad } = steadiness(pairs);
  const figures = [
    figure('rulerRmsDeg', rmsRad * DEG_PER_RAD, null, LARGEST_RULER_RMS_RAD * DEG_PER_RAD),
    figure('rulerMaxDeg', maxRad * DEG_PER_RAD, null, LARGEST_RULER_RAD * DEG_PER_RAD),
    figure(
      'timeOffsetMs',
      1000 * offset.offsetS,
      -1000 * LARGEST_TIME_OFFSET_S,
      1000 * LARGEST_TIME_OFFSET_S,
    ),
  ];
  return { step: 'ruler', verdict: areInside(figures) ? 'pass' : 'fail', figures };
}

/** a* b and a* k b at the moments of a: any heading between the two makes their turn a mixture of these. */
function pairTracks(a: RulerCollector, b: RulerCollector, offsetS: number): readonly Float64Array[] {
  const straight: number[] = [],
    turned: number[] = [];
  const before = createQuaternion(),
    after = createQuaternion(),
    at = createQuaternion(),
    mine = createQuaternion();
  const up = createQuaternion(0, 0, 0, 1);
  let k = 0;
  for (let i = 0; i < a.count; i++) {
    const timeS = a.timeS[i] + offsetS;
    while (k + 2 < b.count && b.timeS[k + 1] <= timeS) k++;
    const span = b.timeS[k + 1] - b.timeS[k];
    const share = (timeS - b.timeS[k]) / span;
    if (!(share >= 0 && share <= 1) || span > 0.1) continue;
    for (let j = 0; j < 4; j++) {
      before[j] = b.qEarthFromSensor[4 * k + j];
      after[j] = b.qEarthFromSensor[4 * k + 4 + j];
      mine[j] = a.qEarthFromSensor[4 * i + j];
    }
    slerpInto(at, before, after, share);
    straight.push(...conjugateMultiplyInto(createQuaternion(), mine, at));
    multiplyInto(at, up, at);
    turned.push(...conjugateMultiplyInto(createQuaternion(), mine, at));
  }
  return [Float64Array.from(straight), Float64Array.from(turned)];
}

function steadiness([straight, turned]: readonly Float64Array[]): { rmsRad: number; maxRad: number } {
  if (straight === undefined || turned === undefined) return { rmsRad: NaN, maxRad: NaN };
  const count = straight.length / 4;
  const errors = (heading: number): { rmsRad: number; maxRad: number } => {
    const c = Math.cos(heading / 2),
      s = Math.sin(heading / 2);
    const spread = new Float64Array(16),
      q = new Float64Array(4);
    const take = (i: number): void => {
      for (let j = 0; j < 4; j++) q[j] = c * straight[4 * i + j] + s * turned[4 * i + j];
    };
    for (let i = 0; i < count; i++) {
      take(i);
      for (let j = 0; j < 4; j++) for (let l = 0; l < 4; l++) spread[4 * j + l] += q[j] * q[l];
    }
    const mean = largestEigenvector(spread, 4);
    let squares = 0,
      maxRad = 0;
    for (let i = 0; i < count; i++) {
      take(i);
      const dot = Math.abs(q[0] * mean[0] + q[1] * mean[1] + q[2] * mean[2] + q[3] * mean[3]);
      const rad = 2 * Math.acos(Math.min(1, dot));
      squares += rad * rad;
      maxRad = Math.max(maxRad, rad);
    }
    return { rmsRad: Math.sqrt(squares / count), maxRad };
  };
  let best = 0;
  for (let step = (2 * Math.PI) / 24, around = 0; step > Math.PI / HEADINGS; around = best, step /= 6) {
    const centre = around;
    let least = errors(best).rmsRad;
    for (let k = -12; k <= 12; k++) {
      const heading = centre + k * step;
      const { rmsRad } = errors(heading);
      if (rmsRad < least) {
        least = rmsRad;
        best = heading;
      }
    }
  }
  return errors(best);
}
