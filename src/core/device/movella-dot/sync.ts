import type { FamilySync } from '../device-family.ts';

const uuid = (short: string): string => `1517${short}-4947-11e9-8646-d663bd873d93`;
const MESSAGE_SERVICE = uuid('7000');

/** Identifier of every message of the sync, what it asks for, and what the answer to a start begins with. */
const SYNC = 0x02;
const START = 0x01;
const STARTED = 0x03;
const DONE = 0;
/** The maker's part of every unit's address, as it is written. */
const MAKER = [0xd4, 0x22, 0xcd] as const;
const ADDRESS_BYTES = 6;
/** The maker's procedure: all units disconnected, for about so long. */
const ALONE_MS = 14_000;

const RESULTS: Readonly<Record<number, string>> = {
  5: 'too few samples',
  7: 'the clocks are too far apart',
  8: 'it could not begin in time',
  9: 'it did not begin',
};

/** Identifier, length, data, and a checksum that brings the sum of all bytes to 0 modulo 256. */
function messageOf(data: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = [SYNC, data.length, ...data];
  return Uint8Array.of(...bytes, -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff);
}

/** The data of a whole message of the sync; null where it is none. */
function dataOf(view: DataView): readonly number[] | null {
  const bytes = Array.from({ length: view.byteLength }, (_, i) => view.getUint8(i));
  const [identifier, length = NaN] = bytes;
  if (identifier !== SYNC || bytes.length < length + 3) return null;
  // The characteristic may be longer than the message in it.
  const message = bytes.slice(0, length + 3);
  return message.reduce((sum, byte) => sum + byte, 0) % 256 === 0 ? message.slice(2, -1) : null;
}

/** Movella DOT: units that are told the address of one of them, and left alone, take their samples by its clock. */
export const MOVELLA_DOT_SYNC: FamilySync = {
  address: { serviceUuid: uuid('1000'), characteristicUuid: uuid('1001') },
  request: { serviceUuid: MESSAGE_SERVICE, characteristicUuid: uuid('7001') },
  outcome: { serviceUuid: MESSAGE_SERVICE, characteristicUuid: uuid('7002') },
  aloneMs: ALONE_MS,
  requestOf(view) {
    if (view.byteLength < ADDRESS_BYTES) return null;
    const sent = Array.from({ length: ADDRESS_BYTES }, (_, i) => view.getUint8(i));
    const reversed = sent.toReversed();
    const isWritten = (bytes: readonly number[]): boolean => MAKER.every((byte, i) => bytes[i] === byte);
    // In which order a unit states its address is not published; the maker's part of it tells.
    const written = [sent, reversed].find(isWritten);
    return written === undefined ? null : messageOf([START, ...written.toReversed()]);
  },
  outcomeOf(view) {
    const data = dataOf(view);
    if (data?.[0] !== STARTED) return 'no answer to the start';
    const [, result = NaN] = data;
    return result === DONE ? null : (RESULTS[result] ?? `result ${result}`);
  },
};
