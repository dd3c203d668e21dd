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
import { decodeReply } from '../../../../firmware-protocol/typescript/reply.ts';
import type { DeviceFamily, DeviceReply } from '../device-family.ts';
import { createSampleDecoder } from './sample-decoder.ts';

const IDENTIFY_S = 5;
const ECHO_REFERENCE = 6;
/** 26 packets a second at 104 Hz: about 40 ms of waiting, and 89 bytes that nearly every negotiated MTU carries. */
const SAMPLES_PER_PACKET = 4;

/**
 * Arduino Nano 33 BLE and its kin with the sketch of `firmware-protocol/`. The board answers `configure` with the
 * nearest rate that its chip runs at (119 Hz on the first revision, 99.84 Hz on Rev2) and every packet states it.
 */
export const THORA_NANO33: DeviceFamily = {
  name: 'thora-nano33',
  clock: { ticksPerMs: 1000, wrapTicks: 2 ** 32 },
  defaultRateHz: 104,
  streams: ['samples'],
  gyroFullScaleRadPerS: GYRO_FULL_SCALE_RAD_PER_S,
  accFullScaleMetersPerS2: ACC_FULL_SCALE_METERS_PER_S2,
  createDecoder: () => createSampleDecoder(),
  bluetooth: {
    filters: [{ services: [THORA_SERVICE_UUID] }],
    serviceUuid: THORA_SERVICE_UUID,
    optionalServices: [],
    dataCharacteristicUuid: SAMPLE_CHARACTERISTIC_UUID,
    commandCharacteristicUuid: COMMAND_CHARACTERISTIC_UUID,
    // A board that still streams for a page that vanished refuses `configure`: stop it first.
    startCommands: (rateHz) => [
      encodeCommand({ name: 'stop', reference: 1 }),
      encodeCommand({
        name: 'configure',
        reference: 2,
        configuration: {
          rateCentiHz: Math.round(rateHz * 100),
          hasMagnetometer: true,
          singleSample: false,
          samplesPerPacket: SAMPLES_PER_PACKET,
        },
      }),
      encodeCommand({ name: 'start', reference: 3 }),
    ],
    stopCommands: () => [encodeCommand({ name: 'stop', reference: 4 })],
    identifyCommand: () => encodeCommand({ name: 'identify', reference: 5, durationS: IDENTIFY_S }),
    clockEchoCommand: (token) => encodeCommand({ name: 'clockEcho', reference: ECHO_REFERENCE, token }),
    readReply,
  },
};

function readReply(view: DataView): DeviceReply | null {
  const reply = decodeReply(view);
  if (typeof reply === 'string') return null;
  if (reply.name === 'error')
    return { kind: 'refused', command: commandName(reply.opcode) ?? '', reason: reply.status };
  if (reply.name !== 'clockEcho') return { kind: 'done', command: reply.name };
  return {
    kind: 'clockEcho',
    token: reply.token,
    receivedTicks: reply.receivedUs,
    sentTicks: reply.sentUs,
  };
}
