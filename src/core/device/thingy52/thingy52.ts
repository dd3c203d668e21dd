import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createFixedDecoder } from '../fixed-layout.ts';
import type { FixedLayout } from '../fixed-layout.ts';
import { createChannelDecoder, createJoinedDecoder } from '../joined-decoder.ts';

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

const uuid = (short: string): string => `ef68${short}-9b35-4933-9b10-52ffa9740042`;
const RATE_HZ = 50;
const JOINED = 'all';
/** Step interval, temperature and magnetometer compensation in ms, motion processing in Hz, wake on motion. */
const CONFIGURATION = Uint8Array.from(
  [500, 500, 500, RATE_HZ].flatMap((value) => [value & 0xff, value >> 8]).concat(1),
);

/** Nordic Thingy:52, motion service. No device time. The "raw" field is said to be calibrated on the device. */
export const THINGY52: DeviceFamily = {
  name: 'thingy52',
  summary: 'Nordic Thingy:52, raw motion or quaternion; checked with the published layout only',
  evidence: 'publishedLayout',
  cautions: ['noTime', 'axesUnpublished'],
  mirroredAxis: null,
  clock: null,
  streams: ['raw', 'quaternion', JOINED],
  aliases: { '0406': 'raw', ef680406: 'raw', '0404': 'quaternion', ef680404: 'quaternion' },
  liveStreams: [{ stream: JOINED, rateHz: RATE_HZ }],
  narrowStream: null,
  // What the numbers can hold; the chip's own ranges are not published.
  gyroFullScaleRadPerS: (32768 / 32) * RAD_PER_DEG,
  accFullScaleMetersPerS2: (32768 / 1024) * GRAVITY_METERS_PER_S2,
  createDecoder(stream) {
    if (stream === JOINED) return createJoinedDecoder(createChannelDecoder([QUATERNION, RAW]));
    return createFixedDecoder(stream === 'quaternion' ? QUATERNION : RAW);
  },
  bluetooth: {
    ...SILENT_RADIO,
    // The configuration service is the one that is advertised.
    filters: [{ services: [uuid('0100')] }],
    serviceUuid: uuid('0400'),
    // By report some units send no raw motion before the quaternion is subscribed to.
    dataCharacteristicUuids: [uuid('0404'), uuid('0406')],
    commandCharacteristicUuid: uuid('0401'),
    createDialogue: () => tellOnly([CONFIGURATION]),
  },
};
