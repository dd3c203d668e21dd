import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO } from '../device-family.ts';
import type { DeviceDecoder, DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
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

const uuid = (short: string): string => `81c30e5c-${short}-4f7d-a886-de3e90749161`;
const CHIP_RATE_HZ = 119;
/** State of the sketch in which it streams its sensors. */
const STREAM_STATE = 4;

/** Google's TF4Micro motion kit, used by Tiny Motion Trainer. No time and no count. */
export const TINY_MOTION_TRAINER: DeviceFamily = {
  name: 'tiny-motion-trainer',
  summary:
    'Tiny Motion Trainer sketch; checked with the published source only, scale of its normalisation undone',
  evidence: 'publishedLayout',
  cautions: ['noTime', 'scaleUnconfirmed'],
  // It reads the chip through the library that mirrors x.
  mirroredAxis: 0,
  clock: null,
  streams: ['imu'],
  aliases: { '1001': 'imu' },
  liveStreams: [{ stream: '', rateHz: CHIP_RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: GYRO_UNIT * RAD_PER_DEG,
  accFullScaleMetersPerS2: ACC_UNIT * GRAVITY_METERS_PER_S2,
  createDecoder: createTinyMotionDecoder,
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ services: [uuid('0000')] }],
    serviceUuid: uuid('0000'),
    dataCharacteristicUuids: [uuid('1001')],
    commandCharacteristicUuid: uuid('3001'),
    createDialogue: () => tellOnly([Uint8Array.of(STREAM_STATE)]),
  },
};
