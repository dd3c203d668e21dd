/**
 * The samples of one packet in SI units on the sensor's own right-handed axes, in buffers that are reused: copy
 * what must outlive the next decode. A missing value is NaN, never 0.
 */
export interface SampleBatch {
  readonly capacity: number;
  count: number;
  /** Raw device clock of the first sample, as sent (may wrap); NaN without a device clock. */
  firstDeviceTicks: number;
  /** First sample's number in the device's own sample count (may wrap); NaN when the device does not count. */
  firstSampleNumber: number;
  /** Nominal time between samples as the packet or its stream states it. */
  nominalPeriodMs: number;
  /** Row-major, 3 x capacity. Specific force: +9.81 m/s^2 on the axis that points up at rest. */
  readonly gyroRadPerS: Float64Array;
  readonly accMetersPerS2: Float64Array;
  /** NaN where the device has no magnetometer. */
  readonly magMicroTesla: Float64Array;
}

export function createSampleBatch(capacity: number): SampleBatch {
  return {
    capacity,
    count: 0,
    firstDeviceTicks: NaN,
    firstSampleNumber: NaN,
    nominalPeriodMs: NaN,
    gyroRadPerS: new Float64Array(3 * capacity),
    accMetersPerS2: new Float64Array(3 * capacity),
    magMicroTesla: new Float64Array(3 * capacity),
  };
}
