import { RAD_PER_DEG } from '../../math/angle.ts';
import { BATTERY_SERVICE } from '../device-family.ts';
import type { DeviceFamily, DeviceReply } from '../device-family.ts';
import type { LiveStream } from '../live-stream.ts';
import {
  BATTERY_PATH,
  ECHO_REFERENCES,
  getCommand,
  REFERENCE,
  TIME_PATH,
  unsubscribeCommand,
} from './command.ts';
import { createMovesenseDecoder } from './movesense-decoder.ts';
import { createMovesenseDialogue } from './movesense-dialogue.ts';
import { createOtherDecoder, OTHER_PATHS } from './other-stream.ts';
import { readBattery, readRelativeTimeMs, readStatus, referenceOf, RESPONSE } from './reply.ts';
import { STREAM_LAYOUTS } from './stream-layout.ts';
import type { StreamLayout } from './stream-layout.ts';

const USUAL_PATH = '/Meas/IMU9/52';
const BY_PATH = new Map(STREAM_LAYOUTS.map((layout) => [layout.path, layout]));
const USUAL = BY_PATH.get(USUAL_PATH) as StreamLayout;

const SERVICE_UUID = '34802252-7185-4d5d-b431-630e7050e8f0';
const COMMAND_UUID = '34800001-7185-4d5d-b431-630e7050e8f0';
const DATA_UUID = '34800002-7185-4d5d-b431-630e7050e8f0';
/** Only a fork that numbers its commands in another way has these. */
const FORK_UUIDS = ['34800003-7185-4d5d-b431-630e7050e8f0', '34800004-7185-4d5d-b431-630e7050e8f0'];
/** The service itself is not advertised: its UUID and the name do not fit one advertisement. */
const ADVERTISED_UUID = '0000fdf3-0000-1000-8000-00805f9b34fb';
const NAME_PREFIX = 'Movesense';

const live = (path: string): LiveStream => ({
  stream: path,
  rateHz: (BY_PATH.get(path) as StreamLayout).rateHz,
});

/**
 * Movesense sensors by the GATT SensorData Protocol. Acceleration m/s^2 with gravity, rate deg/s, field uT; one
 * millisecond clock since boot for all streams of a unit. The directions of the axes on the case are not published.
 */
export const MOVESENSE: DeviceFamily = {
  name: 'movesense',
  summary: 'Movesense, GATT SensorData Protocol; checked with published packets of real units',
  evidence: 'realPackets',
  cautions: ['axesUnpublished'],
  mirroredAxis: null,
  clock: { ticksPerMs: 1, wrapTicks: 2 ** 32 },
  streams: [
    USUAL_PATH,
    ...STREAM_LAYOUTS.map((layout) => layout.path).filter((path) => path !== USUAL_PATH),
    ...OTHER_PATHS,
  ],
  liveStreams: [live(USUAL_PATH), live('/Meas/IMU9/104'), live('/Meas/IMU9/26'), live('/Meas/IMU9/13')],
  narrowStream: live('/Meas/IMU9/26'),
  // Every value of the published packets is a multiple of what these ranges resolve; they cannot be set over this protocol.
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 8 * 9.80665,
  createDecoder: (stream) =>
    OTHER_PATHS.includes(stream)
      ? createOtherDecoder(stream)
      : createMovesenseDecoder(BY_PATH.get(stream) ?? USUAL),
  bluetooth: {
    filters: [{ namePrefix: NAME_PREFIX }, { services: [ADVERTISED_UUID] }],
    serviceUuid: SERVICE_UUID,
    namePrefixes: [NAME_PREFIX],
    dataCharacteristicUuids: [DATA_UUID],
    commandCharacteristicUuid: COMMAND_UUID,
    repliesOn: 'data',
    recordsReplies: false,
    batteryValue: BATTERY_SERVICE,
    foreignCharacteristicUuids: FORK_UUIDS,
    createDialogue: () => createMovesenseDialogue(({ stream }) => BY_PATH.get(stream) ?? USUAL),
    stopCommands: () => [unsubscribeCommand()],
    identify: null,
    resetHeading: null,
    sync: null,
    clockEcho: {
      tokenModulus: ECHO_REFERENCES,
      // A lost answer may have cost the unit one of its few requests: no second is risked on a silent one.
      mostUnanswered: 1,
      command: (token) => getCommand(TIME_PATH, REFERENCE.firstEcho + token),
    },
    batteryCommand: () => getCommand(BATTERY_PATH, REFERENCE.battery),
    healthCommand: () => null,
    readReply,
  },
};

function readReply(view: DataView): DeviceReply | null {
  const { code, reference } = referenceOf(view);
  if (code !== RESPONSE.reply) return null;
  if (reference === REFERENCE.battery) return { kind: 'battery', percent: readBattery(view) };
  const token = reference - REFERENCE.firstEcho;
  if (token < 0 || token >= ECHO_REFERENCES) return null;
  const timeMs = readRelativeTimeMs(view);
  return timeMs === null
    ? { kind: 'refused', command: 'clockEcho', reason: `status ${readStatus(view) ?? 'cut'}` }
    : { kind: 'clockEcho', token, receivedTicks: timeMs, sentTicks: timeMs };
}
