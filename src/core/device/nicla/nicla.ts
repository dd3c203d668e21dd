import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import type { DecodableFamily } from '../device-family.ts';
import { createFixedDecoder } from '../fixed-layout.ts';
import type { FixedLayout } from '../fixed-layout.ts';

const QUATERNION: FixedLayout = {
  title: 'a quaternion',
  bytes: 16,
  nominalPeriodMs: NaN,
  // Sent as x, y, z, w.
  fields: [{ quantity: 'quaternion', offset: 0, format: 'f32', scale: 1, limit: 2, order: [3, 0, 1, 2] }],
};

/**
 * The sketch's text says g and deg/s, its code passes on what the chip's virtual sensor gives: bare counts would be far
 * beyond the chip's 16 g and 2000 deg/s and are refused rather than scaled by a guess.
 */
const ACC: FixedLayout = {
  title: 'an acceleration in g',
  bytes: 12,
  nominalPeriodMs: NaN,
  fields: [{ quantity: 'acc', offset: 0, format: 'f32', scale: GRAVITY_METERS_PER_S2, limit: 16.5 }],
};
const GYRO: FixedLayout = {
  title: 'a turn rate in deg/s',
  bytes: 12,
  nominalPeriodMs: NaN,
  fields: [{ quantity: 'gyro', offset: 0, format: 'f32', scale: RAD_PER_DEG, limit: 2050 }],
};

/** Arduino's dashboard sketch for Nicla Sense ME. No time and no count. */
export const NICLA: DecodableFamily = {
  name: 'nicla',
  summary:
    'Arduino dashboard sketch, Nicla Sense ME; checked with the published sketch only, units as its text says',
  clock: null,
  streams: ['quaternion', 'acc', 'gyro'],
  aliases: { '7001': 'quaternion', '5001': 'acc', '6001': 'gyro' },
  createDecoder: (stream) =>
    createFixedDecoder(stream === 'acc' ? ACC : stream === 'gyro' ? GYRO : QUATERNION),
};
