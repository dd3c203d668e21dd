import { GRAVITY_METERS_PER_S2 } from '../../math/angle.ts';
import type { DecodableFamily } from '../device-family.ts';
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

/** BBC micro:bit, accelerometer service. It has no gyroscope: tilt only. */
export const MICROBIT: DecodableFamily = {
  name: 'microbit',
  summary: 'BBC micro:bit, acceleration only and so tilt only; checked with the published layout only',
  clock: null,
  streams: ['accelerometer'],
  aliases: { acc: 'accelerometer', ca4b: 'accelerometer', e95dca4b: 'accelerometer' },
  createDecoder: () => createFixedDecoder(ACCELEROMETER),
};
