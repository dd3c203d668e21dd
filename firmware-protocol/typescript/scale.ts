/**
 * What one count of a 16-bit value is worth. Gyroscope and accelerometer counts equal those of a chip set to
 * +-2000 deg/s and +-8 g with 16 bits, so such a chip's readings pass through without a second rounding.
 */
export const GYRO_FULL_SCALE_RAD_PER_S = 2000 * (Math.PI / 180);
export const ACC_FULL_SCALE_METERS_PER_S2 = 8 * 9.80665;
export const MAG_FULL_SCALE_MICRO_TESLA = 2048;

export const GYRO_RAD_PER_S_PER_COUNT = GYRO_FULL_SCALE_RAD_PER_S / 32768;
export const ACC_METERS_PER_S2_PER_COUNT = ACC_FULL_SCALE_METERS_PER_S2 / 32768;
export const MAG_MICRO_TESLA_PER_COUNT = MAG_FULL_SCALE_MICRO_TESLA / 32768;

/** Sent for a value that was not measured; -32768 is never a reading. */
export const MISSING_COUNT = -32768;
/** Readings beyond the range are sent as the largest count of their sign. */
export const LARGEST_COUNT = 32767;

/** SI value to counts: nearest, halves away from zero, held at +-32767; NaN becomes {@link MISSING_COUNT}. */
export function toCount(value: number, unitsPerCount: number): number {
  if (Number.isNaN(value)) return MISSING_COUNT;
  const magnitude = Math.abs(value) / unitsPerCount;
  const count = magnitude >= LARGEST_COUNT ? LARGEST_COUNT : Math.floor(magnitude + 0.5);
  return value < 0 && count !== 0 ? -count : count;
}

/** Counts to the SI value; {@link MISSING_COUNT} becomes NaN. */
export function fromCount(count: number, unitsPerCount: number): number {
  return count === MISSING_COUNT ? NaN : count * unitsPerCount;
}
