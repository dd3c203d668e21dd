import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import type { DecodableFamily } from '../device-family.ts';
import { createFixedDecoder, NO_KNOWN_LIMIT } from '../fixed-layout.ts';
import type { Field, FixedLayout } from '../fixed-layout.ts';

/**
 * The library that the sketch reads the LSM9DS1 through takes 2000/32768 deg/s for a count; by the chip's data sheet it
 * is 0.07 deg/s. The magnetometer's like error of 13 % is left: nobody has confirmed it on a board.
 */
const GYRO_CORRECTION = 0.07 / (2000 / 32768);

function layout(title: string, quantity: Field['quantity'], scale: number): FixedLayout {
  return {
    title,
    bytes: 12,
    nominalPeriodMs: NaN,
    fields: [{ quantity, offset: 0, format: 'f32', scale, limit: NO_KNOWN_LIMIT }],
  };
}

const ACC = layout('an acceleration value', 'acc', GRAVITY_METERS_PER_S2);
const GYRO = layout('a gyroscope value', 'gyro', RAD_PER_DEG * GYRO_CORRECTION);
const MAG = layout('a magnetometer value', 'mag', 1);

/** Arduino's BLESense test dashboard sketch, Nano 33 BLE Sense of the first revision. No time, no count, left-handed. */
export const ARDUINO_AI: DecodableFamily = {
  name: 'arduino-ai',
  summary:
    'Arduino AI test dashboard sketch, Nano 33 BLE Sense rev 1; checked with the published sketch only',
  clock: null,
  streams: ['acc', 'gyro', 'mag'],
  aliases: { '3001': 'acc', '3002': 'gyro', '3003': 'mag' },
  createDecoder: (stream) => createFixedDecoder(stream === 'gyro' ? GYRO : stream === 'mag' ? MAG : ACC),
};
