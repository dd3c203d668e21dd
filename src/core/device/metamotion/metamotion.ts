import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createJoinedDecoder } from '../joined-decoder.ts';
import { createMetamotionDecoder, EVERY_OUTPUT, FUSION_STREAMS } from './metamotion-decoder.ts';

const uuid = (short: string): string => `326a${short}-85cb-9195-d9dd-464cfbbae75a`;
const RATE_HZ = 100;
const JOINED = 'joined';

const MODULE = { acc: 0x03, gyro: 0x13, mag: 0x15, fusion: 0x19 } as const;
/** Nine axes, acceleration up to 16 g, turn rate up to 2000 deg/s. */
const FUSION_MODE = 1;
const FUSION_RANGES = 0x13;
/** Acceleration, turn rate, field and quaternion: one bit for each register from 4 on. */
const OUTPUTS = 0x0f;

/** The sensors below the fusion are configured by it, but have to be started one by one. */
const START_COMMANDS: readonly (readonly number[])[] = [
  [MODULE.fusion, 2, FUSION_MODE, FUSION_RANGES],
  [MODULE.fusion, 4, 1],
  [MODULE.fusion, 5, 1],
  [MODULE.fusion, 6, 1],
  [MODULE.fusion, 7, 1],
  [MODULE.acc, 2, 1, 0],
  [MODULE.gyro, 2, 1, 0],
  [MODULE.mag, 2, 1, 0],
  [MODULE.acc, 1, 1],
  [MODULE.gyro, 1, 1],
  [MODULE.mag, 1, 1],
  [MODULE.fusion, 3, OUTPUTS, 0],
  [MODULE.fusion, 1, 1],
];
const STOP_COMMANDS: readonly (readonly number[])[] = [
  [MODULE.fusion, 1, 0],
  [MODULE.fusion, 3, 0, 0x7f],
];
const bytes = (commands: readonly (readonly number[])[]): readonly Uint8Array[] =>
  commands.map((command) => Uint8Array.from(command));

/** MbientLab MetaMotion, outputs of its on-board fusion. No device time; every frame holds one quantity. */
export const METAMOTION: DeviceFamily = {
  name: 'metamotion',
  summary: "MbientLab MetaMotion, sensor fusion outputs; checked with frames of the vendor's own tests",
  evidence: 'vendorTests',
  cautions: ['noTime'],
  mirroredAxis: null,
  clock: null,
  streams: [...FUSION_STREAMS, JOINED],
  aliases: {
    'linear acceleration': 'linear-acc',
    acceleration: 'acc',
    gyroscope: 'gyro',
    magnetometer: 'mag',
  },
  liveStreams: [{ stream: JOINED, rateHz: RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 16 * GRAVITY_METERS_PER_S2,
  createDecoder: (stream) =>
    stream === JOINED
      ? createJoinedDecoder(createMetamotionDecoder(EVERY_OUTPUT))
      : createMetamotionDecoder(stream === '' ? EVERY_OUTPUT : stream),
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ namePrefix: 'MetaWear' }, { services: [uuid('9000')] }],
    serviceUuid: uuid('9000'),
    dataCharacteristicUuids: [uuid('9006')],
    commandCharacteristicUuid: uuid('9001'),
    createDialogue: () => tellOnly(bytes(START_COMMANDS)),
    stopCommands: () => bytes(STOP_COMMANDS),
  },
};
