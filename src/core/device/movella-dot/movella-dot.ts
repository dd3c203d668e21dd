import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createFixedDecoder, NO_KNOWN_LIMIT } from '../fixed-layout.ts';
import type { Field, FixedLayout } from '../fixed-layout.ts';
import { MOVELLA_DOT_SYNC } from './sync.ts';

/** Sizes of the three measurement characteristics; what a mode does not use of them is zero. */
const LONG_BYTES = 63;
const MEDIUM_BYTES = 40;
const SHORT_BYTES = 20;
/** The usual output rate; each packet holds one sample and its own time. */
const PERIOD_MS = 1000 / 60;

const quaternion = (offset: number): Field => ({
  quantity: 'quaternion',
  offset,
  format: 'f32',
  scale: 1,
  limit: NO_KNOWN_LIMIT,
});
const freeAcc = (offset: number): Field => ({
  quantity: 'freeAcc',
  offset,
  format: 'f32',
  scale: 1,
  limit: NO_KNOWN_LIMIT,
});
const acc = (offset: number): Field => ({
  quantity: 'acc',
  offset,
  format: 'f32',
  scale: 1,
  limit: NO_KNOWN_LIMIT,
});
const gyro = (offset: number): Field => ({
  quantity: 'gyro',
  offset,
  format: 'f32',
  scale: RAD_PER_DEG,
  limit: NO_KNOWN_LIMIT,
});

function mode(name: string, bytes: number, paddedBytes: number, fields: readonly Field[]): FixedLayout {
  return { title: name, bytes, paddedBytes, clockOffset: 0, nominalPeriodMs: PERIOD_MS, fields };
}

/**
 * Payload modes by their number. The magnetometer of modes 20 and 23 is sent in arbitrary units and left out, and so are
 * Euler angles. Modes 1, 17 and 25 are packed in a way that only the vendor's library reads.
 */
const MODES: ReadonlyMap<string, FixedLayout> = new Map([
  ['3', mode('mode 3 (complete quaternion)', 32, MEDIUM_BYTES, [quaternion(4), freeAcc(20)])],
  ['2', mode('mode 2 (extended quaternion)', 36, MEDIUM_BYTES, [quaternion(4), freeAcc(20)])],
  ['5', mode('mode 5 (orientation quaternion)', 20, SHORT_BYTES, [quaternion(4)])],
  ['16', mode('mode 16 (complete Euler)', 28, MEDIUM_BYTES, [freeAcc(16)])],
  ['20', mode('mode 20 (rate quantities with magnetometer)', 34, MEDIUM_BYTES, [acc(4), gyro(16)])],
  ['21', mode('mode 21 (rate quantities)', 28, MEDIUM_BYTES, [acc(4), gyro(16)])],
  ['22', mode('mode 22 (custom 1)', 40, MEDIUM_BYTES, [freeAcc(16), gyro(28)])],
  ['23', mode('mode 23 (custom 2)', 34, MEDIUM_BYTES, [freeAcc(16)])],
  ['24', mode('mode 24 (custom 3)', 32, MEDIUM_BYTES, [quaternion(4), gyro(20)])],
  ['26', mode('mode 26 (custom 5)', 44, LONG_BYTES, [quaternion(4), acc(20), gyro(32)])],
]);
const USUAL = MODES.get('3') as FixedLayout;

/**
 * Message service: identifier, length, data, and a checksum that brings the sum of all bytes to 0 modulo 256. Shorter than
 * any payload: now and then a payload meets both by chance.
 */
function isMessage(view: DataView): boolean {
  if (view.byteLength < 4 || view.byteLength >= SHORT_BYTES || view.byteLength !== view.getUint8(1) + 3)
    return false;
  let sum = 0;
  for (let i = 0; i < view.byteLength; i++) sum += view.getUint8(i);
  return sum % 256 === 0;
}

const uuid = (short: string): string => `1517${short}-4947-11e9-8646-d663bd873d93`;
/** Quaternion, acceleration and turn rate together: the vendor's orientation can be compared with ours. */
const LIVE_MODE = 26;
const RATE_HZ = 60;
const CONTROL = { type: 1, start: 1, stop: 0 } as const;
/** Device control: a mask that says which of its fields are meant, the field, and zeros for the others. */
const IDENTIFY = Uint8Array.of(1, 1, ...new Uint8Array(30));
const HEADING = { reset: 1, revert: 7 } as const;
const control = (action: number): Uint8Array => Uint8Array.of(CONTROL.type, action, LIVE_MODE);

/** Movella (Xsens) DOT. One sample a packet, u32 microseconds; free acceleration on the sensor's local earth axes. */
export const MOVELLA_DOT: DeviceFamily = {
  name: 'movella-dot',
  summary: 'Movella (Xsens) DOT, streams by payload mode number; checked with the published layout only',
  evidence: 'publishedLayout',
  cautions: [],
  mirroredAxis: null,
  clock: { ticksPerMs: 1000, wrapTicks: 2 ** 32 },
  streams: [...MODES.keys()],
  aliases: {
    'complete quaternion': '3',
    'extended quaternion': '2',
    'orientation quaternion': '5',
    'complete euler': '16',
    'rate quantities with mag': '20',
    'rate quantities': '21',
    'custom mode 1': '22',
    'custom mode 2': '23',
    'custom mode 3': '24',
    'custom mode 5': '26',
  },
  liveStreams: [{ stream: String(LIVE_MODE), rateHz: RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 16 * GRAVITY_METERS_PER_S2,
  createDecoder: (stream) => createFixedDecoder(MODES.get(stream) ?? USUAL, isMessage),
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ namePrefix: 'Xsens DOT' }, { namePrefix: 'Movella' }],
    serviceUuid: uuid('2000'),
    dataCharacteristicUuids: [uuid('2002')],
    commandCharacteristicUuid: uuid('2001'),
    batteryValue: { serviceUuid: uuid('3000'), characteristicUuid: uuid('3001') },
    createDialogue: () => tellOnly([control(CONTROL.start)]),
    identify: {
      characteristic: { serviceUuid: uuid('1000'), characteristicUuid: uuid('1002') },
      value: IDENTIFY,
    },
    // Only while it measures, and a second time only after the first was taken back.
    resetHeading: [HEADING.revert, HEADING.reset].map((action) => ({
      characteristic: { serviceUuid: uuid('2000'), characteristicUuid: uuid('2006') },
      value: Uint8Array.of(action, 0),
    })),
    stopCommands: () => [control(CONTROL.stop)],
    sync: MOVELLA_DOT_SYNC,
  },
};
