import { GRAVITY_METERS_PER_S2 } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createFixedDecoder } from '../fixed-layout.ts';
import type { FixedLayout } from '../fixed-layout.ts';

const ACCELEROMETER: FixedLayout = {
  title: 'an accelerometer value',
  bytes: 6,
  nominalPeriodMs: NaN,
  fields: [
    { quantity: 'acc', offset: 0, format: 'i16', scale: GRAVITY_METERS_PER_S2 / 1000, limit: Infinity },
  ],
};

const uuid = (short: string): string => `e95d${short}-251d-470a-a062-fa1922dfa9a8`;
const PERIOD_MS = 20;

/** BBC micro:bit, accelerometer service. It has no gyroscope: tilt only. */
export const MICROBIT: DeviceFamily = {
  name: 'microbit',
  summary: 'BBC micro:bit, acceleration only and so tilt only; checked with the published layout only',
  evidence: 'publishedLayout',
  cautions: ['tiltOnly', 'noTime', 'axesUnpublished'],
  mirroredAxis: null,
  clock: null,
  streams: ['accelerometer'],
  aliases: { acc: 'accelerometer', ca4b: 'accelerometer', e95dca4b: 'accelerometer' },
  liveStreams: [{ stream: '', rateHz: 1000 / PERIOD_MS }],
  narrowStream: null,
  // It has none: no value of it can be clipped.
  gyroFullScaleRadPerS: Infinity,
  accFullScaleMetersPerS2: 2 * GRAVITY_METERS_PER_S2,
  createDecoder: () => createFixedDecoder(ACCELEROMETER),
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ namePrefix: 'BBC micro:bit' }],
    serviceUuid: uuid('0753'),
    dataCharacteristicUuids: [uuid('ca4b')],
    commandCharacteristicUuid: uuid('fb24'),
    createDialogue: () => tellOnly([Uint8Array.of(PERIOD_MS, 0)]),
  },
};
