import * as z from 'zod/mini';

/** No chip that can be worn needs more; what is larger was not measured. */
const LARGEST_SCALE = 3;

function correction(largestOffset: number) {
  const offset = z.number().check(z.gte(-largestOffset), z.lte(largestOffset));
  const entry = z.number().check(z.gte(-LARGEST_SCALE), z.lte(LARGEST_SCALE));
  return z.nullable(
    z.strictObject({
      matrix: z.array(entry).check(z.length(9)),
      offset: z.tuple([offset, offset, offset]),
    }),
  );
}

/** A SensorCalibration out of a file: offsets in m/s^2, rad/s and uT. */
export const sensorCalibration = z.strictObject({
  acc: correction(20),
  gyro: correction(2),
  mag: correction(2000),
});
