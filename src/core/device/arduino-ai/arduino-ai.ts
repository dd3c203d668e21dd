import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createFixedDecoder, NO_KNOWN_LIMIT } from '../fixed-layout.ts';
import type { Field, FixedLayout } from '../fixed-layout.ts';
import { createChannelDecoder, createJoinedDecoder } from '../joined-decoder.ts';

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

const uuid = (short: string): string => `6fbe1da7-${short}-44de-92c4-bb6e04fb0212`;
/** The library states this rate of the chip; how many of its values the sketch passes on, nobody published. */
const CHIP_RATE_HZ = 119;
const JOINED = 'all';

/** Arduino's BLESense test dashboard sketch, Nano 33 BLE Sense of the first revision. No time, no count, left-handed. */
export const ARDUINO_AI: DeviceFamily = {
  name: 'arduino-ai',
  summary:
    'Arduino AI test dashboard sketch, Nano 33 BLE Sense rev 1; checked with the published sketch only',
  evidence: 'publishedLayout',
  cautions: ['noTime'],
  mirroredAxis: 0,
  clock: null,
  streams: ['acc', 'gyro', 'mag', JOINED],
  aliases: { '3001': 'acc', '3002': 'gyro', '3003': 'mag' },
  liveStreams: [{ stream: JOINED, rateHz: CHIP_RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * GYRO_CORRECTION * RAD_PER_DEG,
  accFullScaleMetersPerS2: 4 * GRAVITY_METERS_PER_S2,
  createDecoder(stream) {
    if (stream === JOINED) return createJoinedDecoder(createChannelDecoder([ACC, GYRO, MAG]));
    return createFixedDecoder(stream === 'gyro' ? GYRO : stream === 'mag' ? MAG : ACC);
  },
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ services: [uuid('0000')] }, { namePrefix: 'BLESense' }],
    serviceUuid: uuid('0000'),
    dataCharacteristicUuids: [uuid('3001'), uuid('3002'), uuid('3003')],
    createDialogue: () => tellOnly([]),
  },
};
