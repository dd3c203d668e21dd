import type { DecodableFamily } from '../device-family.ts';
import { createPolarDecoder } from './polar-decoder.ts';
import type { PolarStream } from './polar-decoder.ts';

const USUAL_RATE_HZ = 52;
/** The magnetometer is set to one of these; its frames do not tell which, the answer to its start may. */
const MAGNETOMETER_RATES_HZ = [50, 10, 20, 100];

const ACC: PolarStream = { name: 'acc', quantity: 'acc', measurement: 2, rateHz: USUAL_RATE_HZ };
const MAG = { quantity: 'mag', measurement: 6 } as const;
const STREAMS: readonly PolarStream[] = [
  ACC,
  { name: 'gyro', quantity: 'gyro', measurement: 5, rateHz: USUAL_RATE_HZ },
  { ...MAG, name: 'mag', rateHz: MAGNETOMETER_RATES_HZ[0]! },
  ...MAGNETOMETER_RATES_HZ.map((rateHz) => ({ ...MAG, name: `mag/${rateHz}`, rateHz })),
];

/** Polar Verity Sense, measurement data service; its clock counts from 2000, in milliseconds here. */
export const POLAR_VERITY: DecodableFamily = {
  name: 'polar-verity',
  summary: "Polar Verity Sense, measurement data; checked with frame bodies of the vendor's own tests",
  clock: { ticksPerMs: 1, wrapTicks: 2 ** 64 / 1e6 },
  streams: STREAMS.map(({ name }) => name),
  aliases: { gyr: 'gyro', magnetometer: 'mag', gyroscope: 'gyro', accelerometer: 'acc' },
  createDecoder: (stream) => createPolarDecoder(STREAMS.find(({ name }) => name === stream) ?? ACC),
};
