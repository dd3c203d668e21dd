import { commandName, encodeCommand } from '../../../../firmware-protocol/typescript/command.ts';
import {
  COMMAND_CHARACTERISTIC_UUID,
  SAMPLE_CHARACTERISTIC_UUID,
  THORA_SERVICE_UUID,
} from '../../../../firmware-protocol/typescript/gatt-table.ts';
import {
  ACC_FULL_SCALE_METERS_PER_S2,
  GYRO_FULL_SCALE_RAD_PER_S,
} from '../../../../firmware-protocol/typescript/scale.ts';
import { decodeReply, HEALTH, type BoardHealth } from '../../../../firmware-protocol/typescript/reply.ts';
import { BATTERY_SERVICE, type DeviceFamily, type DeviceReply } from '../device-family.ts';
import type { DeviceHealth } from '../device-health.ts';
import { NOTHING_TO_SAY, type Dialogue } from '../dialogue.ts';
import { createSampleDecoder } from './sample-decoder.ts';

const IDENTIFY_S = 5;
const ECHO_REFERENCE = 6;
const BATTERY_REFERENCE = 7;
const HELLO_REFERENCE = 8;
const HEALTH_REFERENCE = 9;
const HELLO_PATIENCE_MS = 1500;
/** 26 packets a second at 104 Hz: about 40 ms of waiting, and 89 bytes that nearly every negotiated MTU carries. */
const SAMPLES_PER_PACKET = 4;
/** Packets of one six-axis sample, 20 bytes, for links that cut longer ones. */
const SINGLE_STREAM = 'single';

/**
 * Arduino Nano 33 BLE and its kin with the sketch of `firmware-protocol/`. The board answers `configure` with the
 * nearest rate that its chip runs at (119 Hz on the first revision, 100 Hz on Rev2) and every packet states it.
 */
export const THORA_NANO33: DeviceFamily = {
  name: 'thora-nano33',
  summary: "Thora's own sketch on Arduino Nano 33 BLE and its kin; own specification with test vectors",
  evidence: 'ownSpecification',
  cautions: [],
  mirroredAxis: null,
  clock: { ticksPerMs: 1000, wrapTicks: 2 ** 32 },
  streams: ['samples', SINGLE_STREAM],
  liveStreams: [
    { stream: '', rateHz: 104 },
    { stream: '', rateHz: 52 },
  ],
  // ArduinoBLE does not tell the board its MTU and cuts what is longer: the board must be asked for shorter packets.
  narrowStream: { stream: SINGLE_STREAM, rateHz: 52 },
  gyroFullScaleRadPerS: GYRO_FULL_SCALE_RAD_PER_S,
  accFullScaleMetersPerS2: ACC_FULL_SCALE_METERS_PER_S2,
  createDecoder: () => createSampleDecoder(),
  bluetooth: {
    filters: [{ services: [THORA_SERVICE_UUID] }],
    serviceUuid: THORA_SERVICE_UUID,
    namePrefixes: [],
    dataCharacteristicUuids: [SAMPLE_CHARACTERISTIC_UUID],
    commandCharacteristicUuid: COMMAND_CHARACTERISTIC_UUID,
    repliesOn: 'command',
    recordsReplies: false,
    batteryValue: BATTERY_SERVICE,
    foreignCharacteristicUuids: [],
    createDialogue,
    stopCommands: () => [encodeCommand({ name: 'stop', reference: 4 })],
    identify: {
      characteristic: null,
      value: encodeCommand({ name: 'identify', reference: 5, durationS: IDENTIFY_S }),
    },
    resetHeading: null,
    sync: null,
    clockEcho: {
      tokenModulus: 2 ** 32,
      mostUnanswered: 8,
      command: (token) => encodeCommand({ name: 'clockEcho', reference: ECHO_REFERENCE, token }),
    },
    batteryCommand: () => encodeCommand({ name: 'battery', reference: BATTERY_REFERENCE }),
    healthCommand: () => encodeCommand({ name: 'health', reference: HEALTH_REFERENCE }),
    readReply,
  },
};

/** Asks which firmware it is, as far as it says so; to stream it only has to be told. */
function createDialogue(): Dialogue {
  let firmware: string | null = null;
  return {
    get firmware() {
      return firmware;
    },
    batteryPercent: null,
    answersQuestions: true,
    greet: () => ({
      next: 'listen',
      commands: [encodeCommand({ name: 'hello', reference: HELLO_REFERENCE })],
      patienceMs: HELLO_PATIENCE_MS,
    }),
    start: ({ rateHz, stream }) => ({
      next: 'done',
      commands: startCommands(rateHz, stream === SINGLE_STREAM),
    }),
    hear(view) {
      const reply = decodeReply(view);
      if (typeof reply === 'string' || reply.name !== 'hello') return null;
      const { firmwareMajor, firmwareMinor, firmwarePatch } = reply.info;
      firmware = `${firmwareMajor}.${firmwareMinor}.${firmwarePatch}`;
      return NOTHING_TO_SAY;
    },
    unanswered: () => NOTHING_TO_SAY,
  };
}

/** A board that still streams for a page that vanished refuses `configure`: it is stopped first. */
function startCommands(rateHz: number, singleSample: boolean): readonly Uint8Array[] {
  return [
    encodeCommand({ name: 'stop', reference: 1 }),
    encodeCommand({
      name: 'configure',
      reference: 2,
      configuration: {
        rateCentiHz: Math.round(rateHz * 100),
        hasMagnetometer: !singleSample,
        singleSample,
        samplesPerPacket: singleSample ? 1 : SAMPLES_PER_PACKET,
      },
    }),
    encodeCommand({ name: 'start', reference: 3 }),
  ];
}

function readReply(view: DataView): DeviceReply | null {
  const reply = decodeReply(view);
  if (typeof reply === 'string') return null;
  if (reply.name === 'error')
    return { kind: 'refused', command: commandName(reply.opcode) ?? '', reason: reply.status };
  if (reply.name === 'battery') return { kind: 'battery', percent: reply.percent };
  if (reply.name === 'health') return { kind: 'health', health: healthOf(reply.health) };
  if (reply.name !== 'clockEcho') return { kind: 'done', command: reply.name };
  return {
    kind: 'clockEcho',
    token: reply.token,
    receivedTicks: reply.receivedUs,
    sentTicks: reply.sentUs,
  };
}

function healthOf({ flags, chipRestarts, bufferLost, chipLost, radioRefusals }: BoardHealth): DeviceHealth {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  return {
    isChipSilent: has(HEALTH.chipSilent),
    calibration: has(HEALTH.calibrated) ? 'used' : has(HEALTH.calibrationRefused) ? 'refused' : 'none',
    wasHung: has(HEALTH.watchdogRestart),
    chipRestarts,
    bufferLost,
    chipLost,
    radioRefusals,
  };
}
