import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { DecodableFamily, DecodeOutcome, DeviceDecoder } from '../../src/core/device/device-family.ts';
import { createSampleBatch } from '../../src/core/packet/sample-batch.ts';
import type { SampleBatch } from '../../src/core/packet/sample-batch.ts';

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

/** A view that starts in the middle of a larger buffer, as notifications may. */
export function viewOf(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(bytes.length + 11).fill(0xa5);
  padded.set(bytes, 7);
  return new DataView(padded.buffer, 7, bytes.length);
}

export interface Reader {
  readonly batch: SampleBatch;
  readonly decoder: DeviceDecoder;
  read(hex: string | Uint8Array): DecodeOutcome;
}

export function readerOf(family: DecodableFamily, stream = ''): Reader {
  const batch = createSampleBatch(64);
  const decoder = family.createDecoder(stream);
  return {
    batch,
    decoder,
    read: (packet) => decoder.decode(viewOf(typeof packet === 'string' ? bytesOfHex(packet) : packet), batch),
  };
}

/** Row `i` of one of a batch's arrays. */
export function rowOf(values: Float64Array, i: number, width = 3): number[] {
  return [...values.subarray(width * i, width * (i + 1))];
}

export function expectRow(actual: number[], expected: readonly number[], digits = 5): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, axis) => {
    if (Number.isNaN(value)) expect(actual[axis]).toBeNaN();
    else expect(actual[axis]).toBeCloseTo(value, digits);
  });
}

/** Little-endian floats behind the bytes of `head`. */
export function packetOfFloats(
  head: Uint8Array,
  values: readonly number[],
  tail: readonly number[] = [],
): Uint8Array {
  const bytes = new Uint8Array(head.length + 4 * values.length + tail.length);
  bytes.set(head);
  values.forEach((value, i) => new DataView(bytes.buffer).setFloat32(head.length + 4 * i, value, true));
  bytes.set(tail, head.length + 4 * values.length);
  return bytes;
}

/** Random bytes, and real packets that were cut, lengthened or changed in places. */
function mutatedPackets(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changed = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(511), fc.nat(255)), { maxLength: 4 }),
      fc.nat(300),
      fc.uint8Array({ maxLength: 12 }),
    )
    .map(([seed, changes, cut, tail]) => {
      const bytes = Uint8Array.of(...seed.subarray(0, cut < 150 ? seed.length : cut - 150), ...tail);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
  return fc.oneof(fc.uint8Array({ maxLength: 260 }), changed);
}

/** Nothing is thrown, every refusal has its reason, and what is handed over is in range. */
export function expectToSurviveAnyBytes(
  family: DecodableFamily,
  stream: string,
  seeds: readonly Uint8Array[],
): void {
  const { batch, decoder, read } = readerOf(family, stream);
  const seen = new Set<DecodeOutcome>();
  fc.assert(
    fc.property(mutatedPackets(seeds), (bytes) => {
      const outcome = read(bytes);
      seen.add(outcome);
      expect(decoder.rejection !== '').toBe(outcome === 'rejected');
      if (outcome !== 'samples') return;
      expect(batch.count).toBeGreaterThanOrEqual(0);
      expect(batch.count).toBeLessThanOrEqual(batch.capacity);
      expect(Number.isInteger(batch.count)).toBe(true);
      for (const values of [
        batch.gyroRadPerS,
        batch.accMetersPerS2,
        batch.magMicroTesla,
        batch.freeAccMetersPerS2,
      ])
        expect(values.subarray(0, 3 * batch.count).some((value) => Math.abs(value) === Infinity)).toBe(false);
      expect(Math.abs(batch.firstDeviceTicks)).not.toBe(Infinity);
    }),
    { numRuns: process.env['THORA_LONG'] ? 20_000 : 300 },
  );
  // Two parts that belong together seldom follow each other among random bytes.
  for (const seed of seeds) seen.add(read(seed));
  expect(seen).toContain('rejected');
  expect(seen).toContain('samples');
}
