import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WITMOTION } from '../../../src/core/device/witmotion/witmotion.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';
import type { Reader } from '../../support/notifications.ts';

/** The one frame that is published. */
const FRAME = '55617702a8fe92fe060230fecdfff8f053fcabc4';

/** A frame with `number` as its first axis, 1/2048 g each. */
function numbered(number: number): Uint8Array {
  const bytes = bytesOfHex(FRAME);
  new DataView(bytes.buffer).setInt16(2, number, true);
  return bytes;
}

/** Numbers of the frames in what was read last. */
const numbersIn = ({ batch }: Reader) =>
  Array.from({ length: batch.count }, (_, i) => Math.round((batch.accMetersPerS2[3 * i]! / 9.80665) * 2048));

describe('witmotion', () => {
  it('reads the published frame', () => {
    const { batch, read } = readerOf(WITMOTION);
    expect(read(FRAME)).toBe('samples');
    expect(batch.count).toBe(1);
    expectRow(
      rowOf(batch.accMetersPerS2, 0),
      [0.308, -0.168, -0.179].map((v) => v * 9.80665),
      1,
    );
    expect(batch.accMetersPerS2[0]).toBeCloseTo((631 / 2048) * 9.80665, 9);
    expectRow(
      rowOf(batch.gyroRadPerS, 0),
      [31.6, -28.3, -3.1].map((v) => (v * Math.PI) / 180),
      2,
    );
    expect(batch.gyroRadPerS[0]).toBeCloseTo(((518 * 2000) / 32768) * (Math.PI / 180), 9);
    expect(rowOf(batch.magMicroTesla, 0)).toEqual([NaN, NaN, NaN]);
    expect(batch.firstDeviceTicks).toBeNaN();
  });

  it('finds every frame wherever the stream is cut', () => {
    const stream = Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((n) => [...numbered(n)]));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 3, maxLength: 20 }), (sizes) => {
        const reader = readerOf(WITMOTION);
        const numbers: number[] = [];
        for (let from = 0, turn = 0; from < stream.length; turn++) {
          const to = from + sizes[turn % sizes.length]!;
          const outcome = reader.read(stream.subarray(from, to));
          expect(['samples', 'partial']).toContain(outcome);
          expect(reader.decoder.givenUp).toBe('');
          if (outcome === 'samples') numbers.push(...numbersIn(reader));
          from = to;
        }
        expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
      }),
      { numRuns: 100 },
    );
  });

  it('is not led astray by the head of a frame inside data', () => {
    const tricky = bytesOfHex('55610100 55615571 5561 060230fecdfff8f05561');
    const reader = readerOf(WITMOTION);
    expect(reader.read(Uint8Array.of(...tricky, ...numbered(2)))).toBe('samples');
    expect(numbersIn(reader)).toEqual([1, 2]);
    // Cut where the second notification begins with such a head.
    expect(reader.read(tricky.subarray(0, 4))).toBe('partial');
    expect(reader.read(tricky.subarray(4))).toBe('samples');
    expect(numbersIn(reader)).toEqual([1]);
  });

  it('finds its way back after lost and foreign bytes', () => {
    const reader = readerOf(WITMOTION);
    expect(reader.read(Uint8Array.of(9, 9, 9, ...numbered(1), 7, ...numbered(2)))).toBe('samples');
    expect(numbersIn(reader)).toEqual([1, 2]);
    expect(reader.read(numbered(3).subarray(0, 12))).toBe('partial');
    expect(reader.read(numbered(4))).toBe('samples');
    expect(numbersIn(reader)).toEqual([4]);
    expect(reader.decoder.givenUp).toBe('12 bytes of a frame whose rest never came');
    expect(reader.read(numbered(5).subarray(0, 12))).toBe('partial');
    expect(reader.read('00112233445566778899aabbccddeeff00112233')).toBe('rejected');
    expect(reader.decoder.rejection).toBe('no frame (55 61 or 55 71) begins in these 20 bytes');
    expect(reader.decoder.givenUp).not.toBe('');
    expect(reader.read(numbered(6).subarray(8))).toBe('rejected');
    expect(reader.read(numbered(7))).toBe('samples');
    expect(numbersIn(reader)).toEqual([7]);
  });

  it('takes answers to register reads for replies, or for quaternions where those are the stream', () => {
    const quaternion = '55715100 00400040 00c0 0000 000000000000 0000';
    const motion = readerOf(WITMOTION);
    expect(motion.read(quaternion)).toBe('reply');
    expect(motion.read(`${quaternion}${FRAME}`)).toBe('samples');
    expect(motion.batch.count).toBe(1);
    const polled = readerOf(WITMOTION, 'quaternion');
    expect(polled.read(quaternion)).toBe('samples');
    expectRow(rowOf(polled.batch.vendorQuaternion, 0, 4), [0.5, 0.5, -0.5, 0]);
    expect(polled.read('55713a00010002000300000000000000000000')).toBe('partial');
  });

  it('forgets what it kept on a reset', () => {
    const { decoder, read } = readerOf(WITMOTION);
    read(FRAME.slice(0, 20));
    expect(decoder.waiting).toBe(true);
    decoder.reset();
    expect(decoder.waiting).toBe(false);
    expect(read(FRAME.slice(20))).toBe('rejected');
  });

  it.each(['motion', 'quaternion'])('survives any bytes of %s', (stream) => {
    const register = bytesOfHex('5571510000400040000000000000000000000000');
    expectToSurviveAnyBytes(WITMOTION, stream, [bytesOfHex(FRAME), register]);
  });
});
