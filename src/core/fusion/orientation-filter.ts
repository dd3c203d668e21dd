/**
 * What every live orientation filter offers: Thora's own and the `ahrs` baselines alike. State lives in typed
 * arrays that the caller may read after each update and must not write. An update allocates nothing.
 */
export interface OrientationFilter {
  readonly name: string;
  /** w, x, y, z: sensor to local earth (z up). Heading is arbitrary without a magnetometer. */
  readonly qEarthFromSensor: Float64Array;
  /** x, y, z on the sensor's axes. Zero for a filter that estimates none. */
  readonly gyroBiasRadPerS: Float64Array;
  /**
   * Standard deviations after the last update, see {@link SIGMA_OFFSET}. NaN for a filter that states none.
   */
  readonly sigma: Float64Array;
  /** [0] 1 while resting (bias is being learned); [1] 1 when the last sample was unusable and skipped. */
  readonly flags: Uint8Array;
  /** One sample, {@link SAMPLE}. The step is in the array because a number passed to a call may be boxed. */
  update(sample: Float64Array): void;
  reset(): void;
  /**
   * A person was told to keep still and did: their mean rate, bias left in, is the bias, as far as a body keeps still.
   * A filter that learns no bias ignores it.
   */
  takeGuidedRest(meanGyroRadPerS: ArrayLike<number>): void;
  /**
   * From now on the heading counts from here: what a better known bias says of the time before is not put right any more.
   * Without effect in a filter that does no such thing, or where a magnetometer gives the heading.
   */
  restartHeading(): void;
}

/** Offsets into the sample of {@link OrientationFilter.update}; x y z each, NaN where missing. */
export const SAMPLE = {
  gyroRadPerS: 0,
  accMetersPerS2: 3,
  magMicroTesla: 6,
  /** Time since the previous sample of this sensor, s (> 0; a gap shows as a large step). */
  stepS: 9,
  length: 10,
} as const;

/** Offsets into {@link OrientationFilter.sigma}. */
export const SIGMA_OFFSET = {
  /** Both tilt axes together, rad. */
  inclinationRad: 0,
  /** Heading since the start (6D) or absolute (9D), rad. */
  headingRad: 1,
  /** Gyroscope bias x, y, z, rad/s. */
  gyroBiasRadPerS: 2,
  /**
   * Variance that noise and holes have added to the heading since the start, rad^2. Between two moments the heading
   * errs by what this grew and by the bias times the time: less than the difference of the two sigmas says, because
   * both share the errors of before.
   */
  headingWalkRad2: 5,
  length: 6,
} as const;
