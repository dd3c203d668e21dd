import { SAMPLE, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { createThoraFilter } from '../fusion/thora-filter.ts';
import { DEG_PER_RAD, wrapRad } from '../math/angle.ts';
import { createQuaternion, multiplyInto, upChangeRad } from '../math/quaternion.ts';
import { DRIFT_S, LARGEST_TILT_DRIFT_RAD, LARGEST_YAW_DRIFT_RAD } from './bench-limits.ts';
import { areInside, figure, type Collector, type CollectorState, type StepResult } from './bench-step.ts';
import { Stillness } from './stillness.ts';

/** The filter settles first, s. */
const SETTLE_S = 5;
/** Five minutes on the table: how far the orientation wanders that the app would show, magnetometer off as when worn. */
export class DriftCollector implements Collector {
  private readonly filter: OrientationFilter = createThoraFilter('worn');
  private readonly sample = new Float64Array(SAMPLE.length).fill(NaN);
  private readonly stillness = new Stillness();
  private readonly start = createQuaternion();
  private heldS = 0;
  private hasStarted = false;
  private isMoved = false;

  /** @param sample corrected by what the steps before found */
  push(sample: Float64Array): void {
    if (this.isMoved || this.heldS >= DRIFT_S) return;
    if (this.stillness.push(sample) === 'moved') {
      this.isMoved = true;
      return;
    }
    for (let i = 0; i < SAMPLE.magMicroTesla; i++) this.sample[i] = sample[i];
    this.sample[SAMPLE.stepS] = sample[SAMPLE.stepS];
    this.filter.update(this.sample);
    this.heldS += sample[SAMPLE.stepS];
    if (this.hasStarted || this.heldS < SETTLE_S) return;
    this.hasStarted = true;
    this.start.set(this.filter.qEarthFromSensor);
  }

  state(): CollectorState {
    if (this.isMoved) return { kind: 'refused', refusal: { code: 'moved' } };
    if (this.heldS >= DRIFT_S) return { kind: 'done' };
    return { kind: 'collecting', fraction: this.heldS / DRIFT_S, hint: null };
  }

  result(): StepResult {
    const now = this.filter.qEarthFromSensor;
    const { start } = this;
    // From the start's orientation to the present one, in the earth: its vertical part is the yaw.
    const turn = createQuaternion();
    multiplyInto(turn, now, [start[0], -start[1], -start[2], -start[3]]);
    const yawRad = Math.abs(wrapRad(2 * Math.atan2(turn[3], turn[0])));
    const figures = [
      figure('yawDriftDeg', yawRad * DEG_PER_RAD, null, LARGEST_YAW_DRIFT_RAD * DEG_PER_RAD),
      figure(
        'tiltDriftDeg',
        upChangeRad(start, now) * DEG_PER_RAD,
        null,
        LARGEST_TILT_DRIFT_RAD * DEG_PER_RAD,
      ),
    ];
    return { step: 'drift', verdict: areInside(figures) ? 'pass' : 'fail', figures };
  }
}
