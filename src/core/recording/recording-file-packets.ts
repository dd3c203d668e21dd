import { RecordingError } from './recording-error.ts';
import type { PacketLog } from './session-recording.ts';

/** Beyond it a number is no clock, neither of a page nor of the wall. */
const LATEST_HOST_TIME_MS = 1e13;

/**
 * One sensor's packets as bytes, little-endian: count (u32); then the columns order (u32), host time (f64, ms) and
 * length (u16), each `count` long; then the notifications one after the other.
 */
const HEAD_BYTES = 4;
const ROW_BYTES = 4 + 8 + 2;
const LONGEST_NOTIFICATION = 0xffff;
const DAY_MS = 86_400_000;
/** The chain steps over a longer silence. */
const LONGEST_SILENCE_MS = 600_000;

export function encodePackets(log: PacketLog): Uint8Array {
  const { count } = log;
  const payload = log.bytes.subarray(log.offsets[0], log.offsets[count]);
  const bytes = new Uint8Array(HEAD_BYTES + ROW_BYTES * count + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  const timesAt = HEAD_BYTES + 4 * count;
  const lengthsAt = timesAt + 8 * count;
  for (let i = 0; i < count; i++) {
    const length = log.offsets[i + 1] - log.offsets[i];
    if (!(length >= 0 && length <= LONGEST_NOTIFICATION))
      throw new RangeError(
        `packet ${i} has ${length} bytes; a notification has at most ${LONGEST_NOTIFICATION}`,
      );
    view.setUint32(HEAD_BYTES + 4 * i, log.order[i], true);
    view.setFloat64(timesAt + 8 * i, log.hostTimeMs[i], true);
    view.setUint16(lengthsAt + 2 * i, length, true);
  }
  bytes.set(payload, lengthsAt + 2 * count);
  return bytes;
}

/** @param part name inside the file, for the error */
export function decodePackets(
  bytes: Uint8Array,
  expectedCount: number,
  file: string,
  part: string,
): PacketLog {
  const fail = (field: string, detail: string): RecordingError =>
    new RecordingError('fieldInvalid', { file, field: `${part}, ${field}` }, detail);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES) throw fail('count', 'is missing');
  const count = view.getUint32(0, true);
  if (count !== expectedCount) throw fail('count', `is ${count}, the manifest says ${expectedCount}`);
  // Bounded by the bytes at hand before anything is made room for.
  if (HEAD_BYTES + ROW_BYTES * count > bytes.length)
    throw fail('count', `${count} packets do not fit into ${bytes.length} bytes`);
  const order = new Uint32Array(count);
  const hostTimeMs = new Float64Array(count);
  const offsets = new Uint32Array(count + 1);
  const timesAt = HEAD_BYTES + 4 * count;
  const lengthsAt = timesAt + 8 * count;
  let heardMs = 0;
  for (let i = 0; i < count; i++) {
    order[i] = view.getUint32(HEAD_BYTES + 4 * i, true);
    hostTimeMs[i] = view.getFloat64(timesAt + 8 * i, true);
    offsets[i + 1] = offsets[i] + view.getUint16(lengthsAt + 2 * i, true);
    if (i > 0 && order[i] <= order[i - 1]) throw fail(`order[${i}]`, 'does not rise');
    if (!(Math.abs(hostTimeMs[i]) <= LATEST_HOST_TIME_MS)) throw fail(`hostTimeMs[${i}]`, 'is not a time');
    if (i > 0) heardMs += Math.min(Math.max(0, hostTimeMs[i] - hostTimeMs[i - 1]), LONGEST_SILENCE_MS);
  }
  // Every instant of it would be computed.
  if (heardMs > DAY_MS) throw fail('hostTimeMs', 'goes on for more than a day');
  const payloadBytes = bytes.length - lengthsAt - 2 * count;
  if (offsets[count] !== payloadBytes)
    throw fail('length', `packets add up to ${offsets[count]} bytes, ${payloadBytes} are there`);
  return { count, order, hostTimeMs, offsets, bytes: bytes.slice(lengthsAt + 2 * count) };
}
