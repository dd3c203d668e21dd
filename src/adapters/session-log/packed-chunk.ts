import { deflateSync, inflateSync } from 'fflate';
import { crc32 } from '../../core/recording/crc32.ts';

/**
 * Packets of one sensor in one block of bytes, little-endian: per packet u32 order, f64 hostTimeMs, u32 length,
 * then the bytes as they arrived. The block is guarded by one CRC-32.
 */
const PACKET_HEADER_BYTES = 16;
const FIRST_CAPACITY_BYTES = 2048;

/** Grows while a chunk is open; empty again after {@link PackedChunkBuilder.seal}. */
export class PackedChunkBuilder {
  #bytes = new Uint8Array(FIRST_CAPACITY_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #count = 0;
  #firstOrder = 0;

  get count(): number {
    return this.#count;
  }

  /** Of the open block, headers too. */
  get byteCount(): number {
    return this.#length;
  }

  append(order: number, hostTimeMs: number, packet: Uint8Array): void {
    this.#reserve(PACKET_HEADER_BYTES + packet.byteLength);
    if (this.#count === 0) this.#firstOrder = order;
    this.#view.setUint32(this.#length, order, true);
    this.#view.setFloat64(this.#length + 4, hostTimeMs, true);
    this.#view.setUint32(this.#length + 12, packet.byteLength, true);
    this.#bytes.set(packet, this.#length + PACKET_HEADER_BYTES);
    this.#length += PACKET_HEADER_BYTES + packet.byteLength;
    this.#count++;
  }

  /** Hands over a copy of the block and starts anew. */
  seal(): PackedChunk {
    const bytes = this.#bytes.slice(0, this.#length);
    const chunk = { firstOrder: this.#firstOrder, count: this.#count, bytes, crc: crc32(bytes) };
    this.clear();
    return chunk;
  }

  clear(): void {
    this.#length = 0;
    this.#count = 0;
  }

  #reserve(byteCount: number): void {
    if (this.#length + byteCount <= this.#bytes.byteLength) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.byteLength, this.#length + byteCount));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

export interface PackedChunk {
  readonly firstOrder: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Of `bytes` as they are here. */
  readonly crc: number;
  /** How `bytes` were made smaller, see {@link squeezeChunk}; missing where they lie as they came. */
  readonly squeezed?: Squeezed;
}

interface Squeezed {
  /** Bytes of one packet with its header where all have the same; else 1. */
  readonly stride: number;
  /** Length of the block before. */
  readonly byteCount: number;
}

/** A block of a few seconds is 500 times smaller; no damaged row may ask for more memory. */
const LARGEST_BLOCK_BYTES = 16 * 2 ** 20;

/**
 * The same packets in fewer bytes, exactly: what stands at one place of every packet changes little from one to the next, so
 * the block is turned to columns and deflated. Comes back as it was where that does not help.
 */
export function squeezeChunk(chunk: PackedChunk): PackedChunk {
  const { byteLength: byteCount } = chunk.bytes;
  if (byteCount > LARGEST_BLOCK_BYTES) return chunk;
  const stride = strideOf(chunk.bytes);
  const bytes = deflateSync(turned(chunk.bytes, byteCount / stride, stride), { level: 6 });
  if (bytes.byteLength >= byteCount) return chunk;
  return { ...chunk, bytes, crc: crc32(bytes), squeezed: { stride, byteCount } };
}

/** The block as it was; null where it does not hold what it says. */
function blockOf({ bytes, squeezed }: PackedChunk): Uint8Array | null {
  if (squeezed === undefined) return bytes;
  const { stride, byteCount } = squeezed;
  if (!(byteCount <= LARGEST_BLOCK_BYTES && stride >= 1 && byteCount % stride === 0)) return null;
  try {
    const block = inflateSync(bytes, { out: new Uint8Array(byteCount) });
    return block.byteLength === byteCount ? turned(block, stride, byteCount / stride) : null;
  } catch {
    return null;
  }
}

/** Rows to columns: `bytes` hold `rows` of `columns` each. */
function turned(bytes: Uint8Array, rows: number, columns: number): Uint8Array {
  if (rows === 1 || columns === 1) return bytes;
  const out = new Uint8Array(bytes.byteLength);
  let at = 0;
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) out[at++] = bytes[row * columns + column]!;
  return out;
}

function strideOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stride = PACKET_HEADER_BYTES + view.getUint32(12, true);
  if (bytes.byteLength % stride !== 0) return 1;
  for (let offset = 0; offset < bytes.byteLength; offset += stride)
    if (view.getUint32(offset + 12, true) + PACKET_HEADER_BYTES !== stride) return 1;
  return stride;
}

export interface UnpackedPacket {
  readonly order: number;
  readonly hostTimeMs: number;
  /** A view into the chunk. */
  readonly bytes: Uint8Array;
}

/** The packets of a chunk, or null when its bytes do not match its check sum or its own counts. */
export function unpackChunk(chunk: PackedChunk): UnpackedPacket[] | null {
  if (crc32(chunk.bytes) !== chunk.crc) return null;
  const bytes = blockOf(chunk);
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: UnpackedPacket[] = [];
  let offset = 0;
  while (offset < bytes.byteLength) {
    if (offset + PACKET_HEADER_BYTES > bytes.byteLength) return null;
    const end = offset + PACKET_HEADER_BYTES + view.getUint32(offset + 12, true);
    if (end > bytes.byteLength) return null;
    packets.push({
      order: view.getUint32(offset, true),
      hostTimeMs: view.getFloat64(offset + 4, true),
      bytes: bytes.subarray(offset + PACKET_HEADER_BYTES, end),
    });
    offset = end;
  }
  return packets.length === chunk.count ? packets : null;
}
