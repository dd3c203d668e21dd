/** A whole recording of one sensor, SI units on the sensor's axes. NaN is a missing sample, never 0. */
export interface ImuSeries {
  readonly count: number;
  /** Session time of each sample in seconds, strictly rising; may be irregular. */
  readonly timeS: Float64Array;
  /** Row-major, 3 x count. */
  readonly gyroRadPerS: Float64Array;
  readonly accMetersPerS2: Float64Array;
  /** Null where the device has no magnetometer. */
  readonly magMicroTesla: Float64Array | null;
}

/** The samples from `startS` to `endS`, session time; without their magnetometer. */
export function cutSeries(series: ImuSeries, startS: number, endS: number): ImuSeries {
  const first = series.timeS.findIndex((t) => t >= startS);
  let last = first;
  while (last < series.count && series.timeS[last] <= endS) last++;
  return {
    count: last - first,
    timeS: series.timeS.slice(first, last),
    gyroRadPerS: series.gyroRadPerS.slice(3 * first, 3 * last),
    accMetersPerS2: series.accMetersPerS2.slice(3 * first, 3 * last),
    magMicroTesla: null,
  };
}

/** Orientation of one sensor at every sample of its {@link ImuSeries}, with what it is worth. */
export interface OrientationSeries {
  readonly count: number;
  readonly timeS: Float64Array;
  /** Row-major, 4 x count, w x y z: sensor to its own local earth (z up, heading arbitrary per sensor unless 9D). NaN in a gap. */
  readonly qEarthFromSensor: Float64Array;
  /** One standard deviation of the tilt error (both axes together), rad. */
  readonly inclinationSigmaRad: Float64Array;
  /** One standard deviation of the heading error, rad, growing from 0 at the start in 6D. */
  readonly headingSigmaRad: Float64Array;
  /** 1 where the sensor rests (bias is being learned), else 0. */
  readonly resting: Uint8Array;
  /** Bias at the end (live) or smoothed mean (refined), rad/s, and its standard deviation per axis. */
  readonly gyroBiasRadPerS: Float64Array;
  readonly gyroBiasSigmaRadPerS: Float64Array;
}
