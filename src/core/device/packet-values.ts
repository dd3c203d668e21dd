import type { SampleBatch } from '../packet/sample-batch.ts';
import type { DecodeOutcome } from './device-family.ts';

/** In the unit as sent. No sensor here states such a value in any of its units: bytes of something else do. */
const LARGEST_VALUE = 1e5;

/** Offset of the first of `count` floats from `offset` that no sensor sends; -1 when all are plausible. */
export function implausibleFloat(view: DataView, offset: number, count: number): number {
  for (let i = 0; i < count; i++) {
    const value = view.getFloat32(offset + 4 * i, true);
    if (!(Math.abs(value) <= LARGEST_VALUE)) return offset + 4 * i;
  }
  return -1;
}

export function describeImplausible(view: DataView, offset: number): string {
  return `byte ${offset}: ${view.getFloat32(offset, true)} is no value that a sensor sends`;
}

/** `count` little-endian floats times `scale` to `values`, from its place `to`. */
export function readFloats(
  view: DataView,
  offset: number,
  count: number,
  scale: number,
  values: Float64Array,
  to: number,
): void {
  for (let i = 0; i < count; i++) values[to + i] = view.getFloat32(offset + 4 * i, true) * scale;
}

/** `count` little-endian 16-bit integers times `scale` to `values`, from its place `to`. */
export function readInt16s(
  view: DataView,
  offset: number,
  count: number,
  scale: number,
  values: Float64Array,
  to: number,
): void {
  for (let i = 0; i < count; i++) values[to + i] = view.getInt16(offset + 2 * i, true) * scale;
}

/** Keeps why the last packet was refused, for decoders whose packets stand alone. */
export class Refusal {
  reason = '';

  of(reason: string, out: SampleBatch): DecodeOutcome {
    this.reason = reason;
    out.count = 0;
    return 'rejected';
  }
}

export function bytesOf(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}
