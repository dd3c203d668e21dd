/** Three numbers along the sensor's right-handed axes. */
export type AxisTriple = readonly [number, number, number];

/** A correction: true value = matrix (reading - offset). */
export interface AxisCorrection {
  /** Row-major 3 x 3, close to the identity; without unit. */
  readonly matrix: readonly number[];
  /** In the unit of what is corrected. */
  readonly offset: AxisTriple;
}

/**
 * What a bench check found one sensor to need, on right-handed axes: SI units in, SI units out. What was not
 * measured is null and stays as it is read.
 */
export interface SensorCalibration {
  /** Offset in m/s^2. */
  readonly acc: AxisCorrection | null;
  /** Offset in rad/s. */
  readonly gyro: AxisCorrection | null;
  /** Offset in uT. */
  readonly mag: AxisCorrection | null;
}

export function isCorrecting({ acc, gyro, mag }: SensorCalibration): boolean {
  return acc !== null || gyro !== null || mag !== null;
}
