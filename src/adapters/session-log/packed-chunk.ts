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
    this.#length = 0;
    this.#count = 0;
    return chunk;
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
  readonly crc: number;
}

export interface UnpackedPacket {
  readonly order: number;
  readonly hostTimeMs: number;
  /** A view into the chunk. */
  readonly bytes: Uint8Array;
}

/** The packets of a chunk, or null when its bytes do not match its check sum or its own counts. */
export function unpackChunk(chunk: PackedChunk): UnpackedPacket[] | null {
  const { bytes } = chunk;
  if (crc32(bytes) !== chunk.crc) return null;
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
