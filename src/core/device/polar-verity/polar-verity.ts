import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { createPolarMotionDecoder } from './motion-decoder.ts';
import { createPolarDialogue, POLAR_STOP_COMMANDS } from './polar-dialogue.ts';
import { createPolarDecoder } from './polar-decoder.ts';
import type { PolarStream } from './polar-decoder.ts';

const USUAL_RATE_HZ = 52;
/** The magnetometer is set to one of these; its frames do not tell which, the answer to its start may. */
const MAGNETOMETER_RATES_HZ = [50, 10, 20, 100];

const ACC: PolarStream = { name: 'acc', quantity: 'acc', measurement: 2, rateHz: USUAL_RATE_HZ };
const GYRO: PolarStream = { name: 'gyro', quantity: 'gyro', measurement: 5, rateHz: USUAL_RATE_HZ };
const MAG = { quantity: 'mag', measurement: 6 } as const;
const STREAMS: readonly PolarStream[] = [
  ACC,
  GYRO,
  { ...MAG, name: 'mag', rateHz: MAGNETOMETER_RATES_HZ[0]! },
  ...MAGNETOMETER_RATES_HZ.map((rateHz) => ({ ...MAG, name: `mag/${rateHz}`, rateHz })),
];

const JOINED = 'motion';
const uuid = (short: string): string => `fb005c${short}-02e7-f387-1cad-8acd2d8df0c8`;

/** Polar Verity Sense, measurement data service; its clock counts from 2000, in milliseconds here. */
export const POLAR_VERITY: DeviceFamily = {
  name: 'polar-verity',
  summary: "Polar Verity Sense, measurement data; checked with frame bodies of the vendor's own tests",
  evidence: 'vendorTests',
  cautions: ['axesUnpublished'],
  mirroredAxis: null,
  clock: { ticksPerMs: 1, wrapTicks: 2 ** 64 / 1e6 },
  streams: [...STREAMS.map(({ name }) => name), JOINED],
  aliases: { gyr: 'gyro', magnetometer: 'mag', gyroscope: 'gyro', accelerometer: 'acc' },
  liveStreams: [{ stream: JOINED, rateHz: USUAL_RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 8 * GRAVITY_METERS_PER_S2,
  createDecoder: (stream) =>
    stream === JOINED
      ? createPolarMotionDecoder(createPolarDecoder(ACC), createPolarDecoder(GYRO))
      : createPolarDecoder(STREAMS.find(({ name }) => name === stream) ?? ACC),
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ namePrefix: 'Polar Sense' }, { namePrefix: 'Polar Verity' }],
    serviceUuid: uuid('80'),
    dataCharacteristicUuids: [uuid('82')],
    commandCharacteristicUuid: uuid('81'),
    repliesOn: 'command',
    // They hold the factors of the frames.
    recordsReplies: true,
    createDialogue: createPolarDialogue,
    stopCommands: () => POLAR_STOP_COMMANDS,
  },
};
