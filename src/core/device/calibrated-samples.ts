import { multiplyVectorInto } from '../math/matrix3.ts';
import type { AxisCorrection, SensorCalibration } from '../packet/sensor-calibration.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';

/** A reading this close to the end of its range is the end of its range. */
const FULL_SHARE = 0.98;

export interface FullScales {
  readonly gyroFullScaleRadPerS: number;
  readonly accFullScaleMetersPerS2: number;
}

/**
 * Corrects the samples of a batch where they are. A reading at the end of its range is not a measurement: it stays as it
 * is, so that what watches for it further on still finds it. Allocates nothing.
 */
export function calibrateBatch(
  batch: SampleBatch,
  { acc, gyro, mag }: SensorCalibration,
  { gyroFullScaleRadPerS, accFullScaleMetersPerS2 }: FullScales,
): void {
  if (acc !== null) correct(batch.accMetersPerS2, batch.count, acc, FULL_SHARE * accFullScaleMetersPerS2);
  if (gyro !== null) correct(batch.gyroRadPerS, batch.count, gyro, FULL_SHARE * gyroFullScaleRadPerS);
  if (mag !== null) correct(batch.magMicroTesla, batch.count, mag, Infinity);
}

/** Corrects the three numbers from `at` on, where they are. */
export function correctVector(values: Float64Array, at: number, { matrix, offset }: AxisCorrection): void {
  multiplyVectorInto(
    values,
    at,
    matrix,
    values[at] - offset[0],
    values[at + 1] - offset[1],
    values[at + 2] - offset[2],
  );
}

function correct(values: Float64Array, count: number, correction: AxisCorrection, limit: number): void {
  for (let at = 0; at < 3 * count; at += 3) {
    const isFull =
      Math.abs(values[at]) >= limit || Math.abs(values[at + 1]) >= limit || Math.abs(values[at + 2]) >= limit;
    if (!isFull) correctVector(values, at, correction);
  }
}
