import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import type { DecodableFamily, DeviceDecoder } from '../device-family.ts';
import { readFixed } from '../fixed-layout.ts';
import type { Field, FixedLayout } from '../fixed-layout.ts';
import { Refusal } from '../packet-values.ts';

/** The sketch divides by these for its learning model: g, deg/s, uT. */
const ACC_UNIT = 4;
const GYRO_UNIT = 2000;
const MAG_UNIT = 50;

/** Of a value that should lie within one; leaves room for boards with other ranges. */
const NORMALISED_LIMIT = 8;
const MAG_LIMIT = 100;

const ACC: Field = {
  quantity: 'acc',
  offset: 0,
  format: 'f32',
  scale: ACC_UNIT * GRAVITY_METERS_PER_S2,
  limit: NORMALISED_LIMIT,
};
const GYRO: Field = {
  quantity: 'gyro',
  offset: 12,
  format: 'f32',
  scale: GYRO_UNIT * RAD_PER_DEG,
  limit: NORMALISED_LIMIT,
};
const MAG: Field = { quantity: 'mag', offset: 24, format: 'f32', scale: MAG_UNIT, limit: MAG_LIMIT };

const SIX_AXES: FixedLayout = {
  title: 'a packet of six axes',
  bytes: 24,
  nominalPeriodMs: NaN,
  fields: [ACC, GYRO],
};
const NINE_AXES: FixedLayout = {
  title: 'a packet of nine axes',
  bytes: 36,
  nominalPeriodMs: NaN,
  fields: [ACC, GYRO, MAG],
};

/** Six axes, or nine when the magnetometer is on: the length tells. */
function createTinyMotionDecoder(): DeviceDecoder {
  const refusal = new Refusal();
  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      return readFixed(view, view.byteLength > SIX_AXES.bytes ? NINE_AXES : SIX_AXES, out, refusal);
    },
    reset() {
      refusal.reason = '';
    },
  };
}

/** Google's TF4Micro motion kit, used by Tiny Motion Trainer. No time and no count. */
export const TINY_MOTION_TRAINER: DecodableFamily = {
  name: 'tiny-motion-trainer',
  summary:
    'Tiny Motion Trainer sketch; checked with the published source only, scale of its normalisation undone',
  clock: null,
  streams: ['imu'],
  aliases: { '1001': 'imu' },
  createDecoder: createTinyMotionDecoder,
};
