import { headKind, headVersion, PACKET_KIND, packetHead, PROTOCOL_VERSION } from './packet-head.ts';
import {
  ACC_METERS_PER_S2_PER_COUNT,
  GYRO_RAD_PER_S_PER_COUNT,
  MAG_MICRO_TESLA_PER_COUNT,
  MISSING_COUNT,
  toCount,
} from './scale.ts';

/** Bytes before the samples of a block. */
export const BLOCK_HEADER_BYTES = 17;
/** A single-sample packet is always this long: it fits the smallest ATT MTU (23). */
export const SINGLE_SAMPLE_BYTES = 20;
const SINGLE_HEADER_BYTES = 8;
/** No characteristic value is longer (Bluetooth Core, ATT). */
export const MAX_PACKET_BYTES = 512;
/** Of six axes, 497 bytes; of nine axes {@link MAX_PACKET_BYTES} ends it at 27. */
export const MAX_SAMPLES_PER_PACKET = 40;
export const SIX_AXIS_BYTES = 12;
export const NINE_AXIS_BYTES = 18;
/** Bit 0 of the layout byte: each sample carries the magnetometer too. All other bits are 0 in version 1. */
export const LAYOUT_MAGNETOMETER = 0x01;

/** What precedes the samples. One object is filled again and again. */
export interface SampleHeader {
  /** 'single' carries one sample of six axes in 20 bytes. */
  form: 'block' | 'single';
  hasMagnetometer: boolean;
  /** Packets since the start command, modulo 65536. */
  sequence: number;
  /** Nominal rate in hundredths of a hertz, 1 to 65535; whole hertz in a single-sample packet. */
  rateCentiHz: number;
  /** Device clock at the first sample, microseconds, modulo 2^32. */
  deviceTimeUs: number;
  /** Samples taken since the start command before this packet's first, modulo 2^32; in a single-sample packet modulo 65536. */
  sampleCounter: number;
  count: number;
}

export function createSampleHeader(): SampleHeader {
  return {
    form: 'block',
    hasMagnetometer: false,
    sequence: 0,
    rateCentiHz: 0,
    deviceTimeUs: 0,
    sampleCounter: 0,
    count: 0,
  };
}

/** Why bytes are not a sample packet; '' when they are. The names are shared with the C codec and the vectors. */
export type SampleFault =
  | ''
  | 'empty'
  | 'version'
  | 'kind'
  | 'headerCut'
  | 'layout'
  | 'length'
  | 'cut'
  | 'overLong'
  | 'rate'
  | 'count';

/** Reads and checks the header. On success returns '' and `out` is filled; allocates nothing. */
export function readSampleHeader(view: DataView, out: SampleHeader): SampleFault {
  const size = view.byteLength;
  if (size === 0) return 'empty';
  const head = view.getUint8(0);
  if (headVersion(head) !== PROTOCOL_VERSION) return 'version';
  if (headKind(head) === PACKET_KIND.sampleBlock) return readBlockHeader(view, size, out);
  if (headKind(head) === PACKET_KIND.singleSample) return readSingleHeader(view, size, out);
  return 'kind';
}

function readBlockHeader(view: DataView, size: number, out: SampleHeader): SampleFault {
  if (size < BLOCK_HEADER_BYTES) return 'headerCut';
  const layout = view.getUint8(1);
  if ((layout & ~LAYOUT_MAGNETOMETER) !== 0) return 'layout';
  const hasMagnetometer = (layout & LAYOUT_MAGNETOMETER) !== 0;
  const stated = view.getUint16(4, true);
  if (stated < BLOCK_HEADER_BYTES || stated > MAX_PACKET_BYTES) return 'length';
  if (size < stated) return 'cut';
  if (size > stated) return 'overLong';
  const rateCentiHz = view.getUint16(6, true);
  if (rateCentiHz === 0) return 'rate';
  const count = view.getUint8(16);
  if (count === 0 || count > MAX_SAMPLES_PER_PACKET || blockBytes(count, hasMagnetometer) !== stated)
    return 'count';
  out.form = 'block';
  out.hasMagnetometer = hasMagnetometer;
  out.sequence = view.getUint16(2, true);
  out.rateCentiHz = rateCentiHz;
  out.deviceTimeUs = view.getUint32(8, true);
  out.sampleCounter = view.getUint32(12, true);
  out.count = count;
  return '';
}

function readSingleHeader(view: DataView, size: number, out: SampleHeader): SampleFault {
  if (size < SINGLE_SAMPLE_BYTES) return 'cut';
  if (size > SINGLE_SAMPLE_BYTES) return 'overLong';
  const rateHz = view.getUint8(1);
  if (rateHz === 0) return 'rate';
  out.form = 'single';
  out.hasMagnetometer = false;
  out.sequence = view.getUint16(2, true);
  out.rateCentiHz = rateHz * 100;
  out.deviceTimeUs = view.getUint32(4, true);
  out.sampleCounter = out.sequence;
  out.count = 1;
  return '';
}

/** Plain words for a fault, naming the byte or field and what was found there. */
export function describeSampleFault(view: DataView, fault: SampleFault): string {
  const size = view.byteLength;
  switch (fault) {
    case '':
      return '';
    case 'empty':
      return 'byte 0 (version and kind) is missing: the packet is empty';
    case 'version':
      return `byte 0: protocol version ${headVersion(view.getUint8(0))}, this reader knows version ${PROTOCOL_VERSION}`;
    case 'kind':
      return `byte 0: kind ${headKind(view.getUint8(0))} is not a sample packet`;
    case 'headerCut':
      return `header cut: ${size} of ${BLOCK_HEADER_BYTES} bytes arrived`;
    case 'layout':
      return `byte 1: layout 0x${view.getUint8(1).toString(16).padStart(2, '0')} has bits that version 1 does not define`;
    case 'length':
      return `bytes 4-5: length ${view.getUint16(4, true)} is not ${BLOCK_HEADER_BYTES} to ${MAX_PACKET_BYTES}`;
    case 'cut':
    case 'overLong': {
      const single = headKind(view.getUint8(0)) === PACKET_KIND.singleSample;
      const expected = single
        ? `a single-sample packet has ${SINGLE_SAMPLE_BYTES} bytes`
        : `bytes 4-5 state a length of ${view.getUint16(4, true)}`;
      return fault === 'cut'
        ? `packet cut: ${expected}, ${size} arrived`
        : `packet too long: ${expected}, ${size} arrived`;
    }
    case 'rate':
      return headKind(view.getUint8(0)) === PACKET_KIND.singleSample
        ? 'byte 1: sample rate is 0'
        : 'bytes 6-7: sample rate is 0';
    case 'count': {
      const count = view.getUint8(16);
      const axes = (view.getUint8(1) & LAYOUT_MAGNETOMETER) === 0 ? 6 : 9;
      return count === 0 || count > MAX_SAMPLES_PER_PACKET
        ? `byte 16: sample count ${count} is not 1 to ${MAX_SAMPLES_PER_PACKET}`
        : `byte 16: ${count} samples of ${axes} axes need ${blockBytes(count, axes === 9)} bytes, bytes 4-5 state ${view.getUint16(4, true)}`;
    }
  }
}

/**
 * Reads the samples behind a header that was accepted, in SI: three values per sample into each array (which must
 * hold 3 x count). NaN where a value is missing; all of `magMicroTesla` without a magnetometer. Allocates nothing.
 */
export function readSamplesInto(
  view: DataView,
  header: SampleHeader,
  gyroRadPerS: Float64Array,
  accMetersPerS2: Float64Array,
  magMicroTesla: Float64Array,
): void {
  const stride = header.hasMagnetometer ? NINE_AXIS_BYTES : SIX_AXIS_BYTES;
  let at = header.form === 'single' ? SINGLE_HEADER_BYTES : BLOCK_HEADER_BYTES;
  for (let i = 0; i < 3 * header.count; i += 3, at += stride) {
    readTripleInto(gyroRadPerS, i, view, at, GYRO_RAD_PER_S_PER_COUNT);
    readTripleInto(accMetersPerS2, i, view, at + 6, ACC_METERS_PER_S2_PER_COUNT);
    if (header.hasMagnetometer) readTripleInto(magMicroTesla, i, view, at + 12, MAG_MICRO_TESLA_PER_COUNT);
    else magMicroTesla[i] = magMicroTesla[i + 1] = magMicroTesla[i + 2] = NaN;
  }
}

/** Two plain stores: V8 boxes the result of `missing ? NaN : product` on the heap, 16 bytes for every value. */
function readTripleInto(
  out: Float64Array,
  i: number,
  view: DataView,
  at: number,
  unitsPerCount: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    const count = view.getInt16(at + 2 * axis, true);
    if (count === MISSING_COUNT) out[i + axis] = NaN;
    else out[i + axis] = count * unitsPerCount;
  }
}

/** Length of a block of `count` samples. */
export function blockBytes(count: number, hasMagnetometer: boolean): number {
  return BLOCK_HEADER_BYTES + count * (hasMagnetometer ? NINE_AXIS_BYTES : SIX_AXIS_BYTES);
}

/** How many samples a block may hold when one notification carries `mtu - 3` bytes; 0: send single-sample packets. */
export function blockCapacity(mtu: number, hasMagnetometer: boolean): number {
  const room = Math.floor(
    (mtu - 3 - BLOCK_HEADER_BYTES) / (hasMagnetometer ? NINE_AXIS_BYTES : SIX_AXIS_BYTES),
  );
  return Math.max(0, Math.min(MAX_SAMPLES_PER_PACKET, room));
}

/**
 * Writes a sample packet. The arrays hold three SI values per sample (NaN: missing); `magMicroTesla` is read only when
 * the header says so. `deviceTimeUs`, `sampleCounter` and `sequence` are wrapped here, so running totals may be given.
 * Throws RangeError when the header cannot be sent: count, rate, or a single-sample packet with more than it holds.
 */
export function encodeSamplePacket(
  header: Readonly<SampleHeader>,
  gyroRadPerS: ArrayLike<number>,
  accMetersPerS2: ArrayLike<number>,
  magMicroTesla: ArrayLike<number> | null,
): Uint8Array<ArrayBuffer> {
  const single = header.form === 'single';
  checkSendable(header, magMicroTesla);
  const bytes = new Uint8Array(
    single ? SINGLE_SAMPLE_BYTES : blockBytes(header.count, header.hasMagnetometer),
  );
  const view = new DataView(bytes.buffer);
  view.setUint16(2, header.sequence % 65536, true);
  let at = BLOCK_HEADER_BYTES;
  if (single) {
    view.setUint8(0, packetHead(PACKET_KIND.singleSample));
    view.setUint8(1, Math.round(header.rateCentiHz / 100));
    view.setUint32(4, header.deviceTimeUs % 2 ** 32, true);
    at = SINGLE_HEADER_BYTES;
  } else {
    view.setUint8(0, packetHead(PACKET_KIND.sampleBlock));
    view.setUint8(1, header.hasMagnetometer ? LAYOUT_MAGNETOMETER : 0);
    view.setUint16(4, bytes.length, true);
    view.setUint16(6, header.rateCentiHz, true);
    view.setUint32(8, header.deviceTimeUs % 2 ** 32, true);
    view.setUint32(12, header.sampleCounter % 2 ** 32, true);
    view.setUint8(16, header.count);
  }
  for (let i = 0; i < 3 * header.count; i += 3) {
    for (let axis = 0; axis < 3; axis++, at += 2)
      view.setInt16(at, toCount(gyroRadPerS[i + axis], GYRO_RAD_PER_S_PER_COUNT), true);
    for (let axis = 0; axis < 3; axis++, at += 2)
      view.setInt16(at, toCount(accMetersPerS2[i + axis], ACC_METERS_PER_S2_PER_COUNT), true);
    if (!single && header.hasMagnetometer && magMicroTesla !== null)
      for (let axis = 0; axis < 3; axis++, at += 2)
        view.setInt16(at, toCount(magMicroTesla[i + axis], MAG_MICRO_TESLA_PER_COUNT), true);
  }
  return bytes;
}

function checkSendable(header: Readonly<SampleHeader>, magMicroTesla: ArrayLike<number> | null): void {
  const { form, count, rateCentiHz, hasMagnetometer } = header;
  if (!Number.isInteger(count) || count < 1 || count > MAX_SAMPLES_PER_PACKET)
    throw new RangeError(`count ${count} is not 1 to ${MAX_SAMPLES_PER_PACKET}`);
  if (!Number.isInteger(rateCentiHz) || rateCentiHz < 1 || rateCentiHz > 65535)
    throw new RangeError(`rateCentiHz ${rateCentiHz} is not 1 to 65535`);
  if (form === 'single' && (count !== 1 || hasMagnetometer))
    throw new RangeError('a single-sample packet holds one sample of six axes');
  if (form === 'single' && (rateCentiHz < 50 || rateCentiHz > 25549))
    throw new RangeError(`rateCentiHz ${rateCentiHz} does not fit a single-sample packet (1 to 255 Hz)`);
  if (form === 'block' && blockBytes(count, hasMagnetometer) > MAX_PACKET_BYTES)
    throw new RangeError(`${count} samples of nine axes are more than ${MAX_PACKET_BYTES} bytes`);
  if (hasMagnetometer && magMicroTesla === null) throw new RangeError('magnetometer values are missing');
}
