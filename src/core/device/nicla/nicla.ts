import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createFixedDecoder } from '../fixed-layout.ts';
import type { FixedLayout } from '../fixed-layout.ts';
import { createChannelDecoder, createJoinedDecoder } from '../joined-decoder.ts';

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

const uuid = (short: string): string => `19b10000-${short}-537e-4f6c-d104768a1214`;
/** The sketch sends as fast as its loop runs; this is a guess for the picture only, times come from arrivals. */
const ASSUMED_RATE_HZ = 50;
const JOINED = 'all';

/** Arduino's dashboard sketch for Nicla Sense ME. No time and no count. */
export const NICLA: DeviceFamily = {
  name: 'nicla',
  summary:
    'Arduino dashboard sketch, Nicla Sense ME; checked with the published sketch only, units as its text says',
  evidence: 'publishedLayout',
  cautions: ['noTime', 'scaleUnconfirmed', 'axesUnpublished'],
  mirroredAxis: null,
  clock: null,
  streams: ['quaternion', 'acc', 'gyro', JOINED],
  aliases: { '7001': 'quaternion', '5001': 'acc', '6001': 'gyro' },
  liveStreams: [{ stream: JOINED, rateHz: ASSUMED_RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 16 * GRAVITY_METERS_PER_S2,
  createDecoder(stream) {
    if (stream === JOINED) return createJoinedDecoder(createChannelDecoder([ACC, GYRO, QUATERNION]));
    return createFixedDecoder(stream === 'acc' ? ACC : stream === 'gyro' ? GYRO : QUATERNION);
  },
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ services: [uuid('0000')] }, { namePrefix: 'BLESense' }],
    serviceUuid: uuid('0000'),
    dataCharacteristicUuids: [uuid('5001'), uuid('6001'), uuid('7001')],
    createDialogue: () => tellOnly([]),
  },
};
