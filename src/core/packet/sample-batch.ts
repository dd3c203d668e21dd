/**
 * The samples of one packet in SI units on the sensor's own right-handed axes, in buffers that are reused: copy
 * what must outlive the next decode. A missing value is NaN, never 0.
 */
export interface SampleBatch {
  readonly capacity: number;
  count: number;
  /**
   * Device clock of the first sample, as sent (may wrap); counted back by the nominal period where the family stamps its
   * last one. NaN without a device clock.
   */
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
  /** The vendor's own orientation, w x y z, 4 x capacity; NaN where none is sent. */
  readonly vendorQuaternion: Float64Array;
  /** The vendor's acceleration without gravity, on the axes that it states, 3 x capacity; NaN where none is sent. */
  readonly freeAccMetersPerS2: Float64Array;
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
    vendorQuaternion: new Float64Array(4 * capacity).fill(NaN),
    freeAccMetersPerS2: new Float64Array(3 * capacity).fill(NaN),
  };
}

/** Makes room for `count` samples of which nothing is known yet: the decoder then writes what its packet holds. */
export function beginSamples(out: SampleBatch, count: number): void {
  out.count = count;
  out.firstDeviceTicks = NaN;
  out.firstSampleNumber = NaN;
  out.nominalPeriodMs = NaN;
  out.gyroRadPerS.fill(NaN, 0, 3 * count);
  out.accMetersPerS2.fill(NaN, 0, 3 * count);
  out.magMicroTesla.fill(NaN, 0, 3 * count);
  out.vendorQuaternion.fill(NaN, 0, 4 * count);
  out.freeAccMetersPerS2.fill(NaN, 0, 3 * count);
}
