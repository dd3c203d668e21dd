import type { PacketLog } from '../recording/session-recording.ts';

/** Gathers one sensor's packets into the packed form of a recording. */
export class PacketLogBuilder {
  private readonly order: number[] = [];
  private readonly hostTimeMs: number[] = [];
  private readonly offsets: number[] = [0];
  private readonly parts: Uint8Array[] = [];

  add(order: number, hostTimeMs: number, bytes: Uint8Array): void {
    this.order.push(order);
    this.hostTimeMs.push(hostTimeMs);
    this.parts.push(bytes);
    this.offsets.push(this.offsets[this.offsets.length - 1] + bytes.length);
  }

  build(): PacketLog {
    const bytes = new Uint8Array(this.offsets[this.offsets.length - 1]);
    this.parts.forEach((part, i) => bytes.set(part, this.offsets[i]));
    return {
      count: this.order.length,
      order: Uint32Array.from(this.order),
      hostTimeMs: Float64Array.from(this.hostTimeMs),
      offsets: Uint32Array.from(this.offsets),
      bytes,
    };
  }
}
