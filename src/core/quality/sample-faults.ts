import { RAD_PER_DEG } from '../math/angle.ts';

/** Faults that one sensor's samples show by themselves. One rule each, for the screen and for reports. */

/** Beyond what sensors of this kind can report (4,000 deg/s, 40 g). */
export const SENSOR_LIMIT = { rateRadPerS: 70, accMetersPerS2: 400 } as const;

export function describeImpossible(count: number): string {
  return `${count === 1 ? 'one value' : `${count} values`} that no sensor gives ${count === 1 ? 'is' : 'are'} left out`;
}

export function describeFastTrunk(count: number): string {
  return `faster than a trunk can turn in ${count} samples; check the gyroscope`;
}

/** Repeating itself for this long, a sensor is dead or its link is. */
const STALE_S = 0.5;
const LEAST_REPEATS = 5;

/** @param repeats samples after the first of a run that are the same; `lastedS` from the first to the last of them */
export function isStaleRun(repeats: number, lastedS: number): boolean {
  return repeats >= LEAST_REPEATS - 1 && lastedS >= STALE_S;
}

export function describeStale(count: number): string {
  return `the sensor repeated the same values in ${count} samples; they are left out`;
}

/** Whether two rows of three columns hold the same numbers. */
export function isSameRow(a: ArrayLike<number>, at: number, b: ArrayLike<number>, bt: number): boolean {
  return a[at] === b[bt] && a[at + 1] === b[bt + 1] && a[at + 2] === b[bt + 2];
}

/** A gyroscope that gates its noise to zero at rest says something; one that is off is found by gravity. */
export function isZeroRow(values: ArrayLike<number>, at: number): boolean {
  return values[at] === 0 && values[at + 1] === 0 && values[at + 2] === 0;
}

/** A value this large that repeats itself is a sensor at its limit. */
const SATURATION_RAD_PER_S = 200 * RAD_PER_DEG;
const SATURATION_METERS_PER_S2 = 15;
const SATURATED_REPEATS = 2;
/** Readings within 1 % of a known range are clipped. */
const CLIPPED_SHARE = 0.99;

/** Finds samples at the sensor's limit: of a range that is known, or that repeats the same large value. */
export class SaturationWatch {
  private readonly limits: Float64Array;
  /** Last value and length of its run, for each of the six axes. */
  private readonly last = new Float64Array(6).fill(NaN);
  private readonly repeats = new Float64Array(6);

  constructor(gyroFullScaleRadPerS = Infinity, accFullScaleMetersPerS2 = Infinity) {
    this.limits = Float64Array.of(
      CLIPPED_SHARE * gyroFullScaleRadPerS,
      CLIPPED_SHARE * accFullScaleMetersPerS2,
    );
  }

  /**
   * One sample. Returns how many samples, back from this one, are at a limit and were not reported before: a run is
   * known for one at its third value.
   */
  push(gyro: ArrayLike<number>, gyroAt: number, acc: ArrayLike<number>, accAt: number): number {
    let found = 0;
    for (let axis = 0; axis < 6; axis++) {
      const isGyro = axis < 3;
      const value = isGyro ? gyro[gyroAt + axis] : acc[accAt + axis - 3];
      const size = Math.abs(value);
      const isRepeat =
        value === this.last[axis] && size > (isGyro ? SATURATION_RAD_PER_S : SATURATION_METERS_PER_S2);
      this.repeats[axis] = isRepeat ? this.repeats[axis] + 1 : 0;
      this.last[axis] = value;
      if (size >= this.limits[isGyro ? 0 : 1] || this.repeats[axis] > SATURATED_REPEATS)
        found = Math.max(found, 1);
      else if (this.repeats[axis] === SATURATED_REPEATS) found = SATURATED_REPEATS + 1;
    }
    return found;
  }
}

export function describeSaturation(count: number): string {
  return `gyroscope or accelerometer was at its limit in ${count} samples`;
}

/** Silence that is a gap and no low rate. */
const LONGEST_STEP_S = 0.2;
const RATE_WINDOW_S = 10;
const LEAST_WINDOW_S = 5;
/** Fewer samples a second than this blur what people do; and fewer than this share of what was asked for is a fault. */
const LOW_RATE_HZ = 40;
const LOW_SHARE = 0.8;

/** Offsets into the state of a {@link RateWatch}. */
const RATE = { lastS: 0, startS: 1, activeS: 2, count: 3, length: 4 } as const;

/** Counts samples in windows of 10 s, gaps left out. */
export class RateWatch {
  /** Samples a second in the window that closed last, and when it began. */
  rateHz = NaN;
  windowStartS = NaN;
  private readonly nominalHz: number;
  private readonly state = new Float64Array(RATE.length).fill(NaN);

  constructor(nominalHz: number) {
    this.nominalHz = nominalHz;
  }

  /** The time of one complete sample; true when a window has just closed that held too few. */
  push(timeS: number): boolean {
    const { state } = this;
    const stepS = timeS - state[RATE.lastS];
    state[RATE.lastS] = timeS;
    if (!(state[RATE.startS] <= timeS)) {
      this.begin(timeS);
      return false;
    }
    if (stepS > LONGEST_STEP_S) return false;
    state[RATE.activeS] += stepS;
    state[RATE.count]++;
    if (state[RATE.activeS] < RATE_WINDOW_S) return false;
    return this.close();
  }

  /** Judges what there is of a window, and begins the next; a few seconds tell nothing. */
  close(): boolean {
    const { state } = this;
    if (!(state[RATE.activeS] >= LEAST_WINDOW_S)) return false;
    this.rateHz = state[RATE.count] / state[RATE.activeS];
    this.windowStartS = state[RATE.startS];
    this.begin(state[RATE.lastS]);
    return this.rateHz < LOW_RATE_HZ || this.rateHz < LOW_SHARE * this.nominalHz;
  }

  private begin(timeS: number): void {
    this.state[RATE.startS] = timeS;
    this.state[RATE.activeS] = this.state[RATE.count] = 0;
  }
}

export function describeLowRate(rateHz: number, nominalHz: number): string {
  return rateHz < LOW_RATE_HZ
    ? `${rateHz.toFixed(0)} samples a second; 50 or more are advised`
    : `${rateHz.toFixed(0)} of ${nominalHz.toFixed(0)} samples a second`;
}

/** Size of the earth's field, and how much of it may change before something disturbs it. */
const FIELD_LOW_MICRO_TESLA = 20,
  FIELD_HIGH_MICRO_TESLA = 80,
  FIELD_SPREAD = 0.3;
const LARGEST_FIELD_MICRO_TESLA = 400;

/** Keeps how large the magnetic field was and when, in steps of 1 uT. */
export class FieldWatch {
  private readonly counts = new Float64Array(LARGEST_FIELD_MICRO_TESLA + 1);
  private readonly firstS = new Float64Array(LARGEST_FIELD_MICRO_TESLA + 1);
  private readonly lastS = new Float64Array(LARGEST_FIELD_MICRO_TESLA + 1);
  private total = 0;

  push(mag: ArrayLike<number>, at: number, timeS: number): void {
    const size = Math.sqrt(mag[at] * mag[at] + mag[at + 1] * mag[at + 1] + mag[at + 2] * mag[at + 2]);
    if (!(size >= 0)) return;
    const bin = Math.min(LARGEST_FIELD_MICRO_TESLA, Math.floor(size));
    if (this.counts[bin]++ === 0) this.firstS[bin] = timeS;
    this.lastS[bin] = timeS;
    this.total++;
  }

  /** What the field says of itself; null while it is the earth's, or was never seen. */
  disturbance(): { readonly startS: number; readonly endS: number; readonly detail: string } | null {
    if (this.total === 0) return null;
    const median = this.quantile(0.5),
      spread = this.quantile(0.95) - this.quantile(0.05);
    const isWrong = median < FIELD_LOW_MICRO_TESLA || median > FIELD_HIGH_MICRO_TESLA;
    if (!isWrong && !(spread > FIELD_SPREAD * median)) return null;
    let startS = Infinity,
      endS = -Infinity;
    for (let bin = 0; bin < this.counts.length; bin++) {
      const isOff = isWrong || Math.abs(bin + 0.5 - median) > (FIELD_SPREAD / 2) * median;
      if (this.counts[bin] === 0 || !isOff) continue;
      startS = Math.min(startS, this.firstS[bin]);
      endS = Math.max(endS, this.lastS[bin]);
    }
    return {
      startS,
      endS,
      detail: `the magnetic field is ${median.toFixed(0)} uT and varies by ${spread.toFixed(0)} uT`,
    };
  }

  /** Middle of the bin below which this share of the samples lies, uT. */
  private quantile(share: number): number {
    let left = share * this.total,
      bin = 0;
    while (bin < this.counts.length - 1 && left > this.counts[bin]) left -= this.counts[bin++];
    return bin + 0.5;
  }
}
