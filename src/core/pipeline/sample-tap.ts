import type { ImuSeries } from '../fusion/imu-series.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from '../fusion/orientation-filter.ts';

/** A live filter that keeps what it was fed and what it stated: for a second pass over the same samples. */
export class SampleTap implements OrientationFilter {
  readonly name: string;
  readonly qEarthFromSensor: Float64Array;
  readonly gyroBiasRadPerS: Float64Array;
  readonly sigma: Float64Array;
  readonly flags: Uint8Array;

  private readonly filter: OrientationFilter;
  private count = 0;
  private nowS = 0;
  private timeS = new Float64Array(4096);
  private samples = new Float64Array(4096 * SAMPLE.length);
  private headingWalk = new Float64Array(4096);
  private rest = new Uint8Array(4096);

  constructor(filter: OrientationFilter) {
    this.filter = filter;
    this.name = filter.name;
    this.qEarthFromSensor = filter.qEarthFromSensor;
    this.gyroBiasRadPerS = filter.gyroBiasRadPerS;
    this.sigma = filter.sigma;
    this.flags = filter.flags;
  }

  update(sample: Float64Array): void {
    this.filter.update(sample);
    if (this.count === this.timeS.length) this.grow();
    const stepS = sample[SAMPLE.stepS];
    if (stepS > 0) this.nowS += stepS;
    this.timeS[this.count] = this.nowS;
    this.samples.set(sample, this.count * SAMPLE.length);
    this.headingWalk[this.count] = this.sigma[SIGMA_OFFSET.headingWalkRad2];
    this.rest[this.count] = this.flags[0];
    this.count++;
  }

  reset(): void {
    this.filter.reset();
    this.count = this.nowS = 0;
  }

  takeGuidedRest(meanGyroRadPerS: ArrayLike<number>): void {
    this.filter.takeGuidedRest(meanGyroRadPerS);
  }

  restartHeading(): void {
    this.filter.restartHeading();
  }

  /** Every sample so far; time counts from the first step, s. Without a magnetometer where none ever came. */
  series(): ImuSeries {
    const column = (offset: number): Float64Array => {
      const out = new Float64Array(3 * this.count);
      for (let i = 0; i < this.count; i++)
        for (let k = 0; k < 3; k++) out[3 * i + k] = this.samples[i * SAMPLE.length + offset + k];
      return out;
    };
    const mag = column(SAMPLE.magMicroTesla);
    return {
      count: this.count,
      timeS: this.timeS.slice(0, this.count),
      gyroRadPerS: column(SAMPLE.gyroRadPerS),
      accMetersPerS2: column(SAMPLE.accMetersPerS2),
      magMicroTesla: mag.some(Number.isFinite) ? mag : null,
    };
  }

  /** What noise and holes had added to the heading's variance at each sample, rad^2. */
  headingWalkRad2(): Float64Array {
    return this.headingWalk.slice(0, this.count);
  }

  /** 1 where the live filter saw rest. */
  resting(): Uint8Array {
    return this.rest.slice(0, this.count);
  }

  private grow(): void {
    const doubled = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const out = new Float64Array(2 * values.length);
      out.set(values);
      return out;
    };
    this.timeS = doubled(this.timeS);
    this.samples = doubled(this.samples);
    this.headingWalk = doubled(this.headingWalk);
    const rest = new Uint8Array(2 * this.rest.length);
    rest.set(this.rest);
    this.rest = rest;
  }
}
