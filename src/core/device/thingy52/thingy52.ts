import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import type { DecodableFamily } from '../device-family.ts';
import { createFixedDecoder } from '../fixed-layout.ts';
import type { FixedLayout } from '../fixed-layout.ts';

const RAW: FixedLayout = {
  title: 'a raw motion packet',
  bytes: 18,
  nominalPeriodMs: NaN,
  fields: [
    { quantity: 'acc', offset: 0, format: 'i16', scale: GRAVITY_METERS_PER_S2 / 1024, limit: Infinity },
    { quantity: 'gyro', offset: 6, format: 'i16', scale: RAD_PER_DEG / 32, limit: Infinity },
    { quantity: 'mag', offset: 12, format: 'i16', scale: 1 / 16, limit: Infinity },
  ],
};

const ONE = 2 ** 30;

const QUATERNION: FixedLayout = {
  title: 'a quaternion packet',
  bytes: 16,
  nominalPeriodMs: NaN,
  fields: [
    // A hair above one: rounding on the device.
    { quantity: 'quaternion', offset: 0, format: 'i32', scale: 1 / ONE, limit: 1.001 * ONE },
  ],
};

/** Nordic Thingy:52, motion service. No device time. The "raw" field is said to be calibrated on the device. */
export const THINGY52: DecodableFamily = {
  name: 'thingy52',
  summary: 'Nordic Thingy:52, raw motion or quaternion; checked with the published layout only',
  clock: null,
  streams: ['raw', 'quaternion'],
  aliases: { '0406': 'raw', ef680406: 'raw', '0404': 'quaternion', ef680404: 'quaternion' },
  createDecoder: (stream) => createFixedDecoder(stream === 'quaternion' ? QUATERNION : RAW),
};
