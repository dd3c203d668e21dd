import { describe, expect, it } from 'vitest';
import { THINGY52 } from '../../../src/core/device/thingy52/thingy52.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';

/** Built by the published layout: acc (1, -0.5, 0.25) g, gyro (32, -1, 0.5) deg/s, field (20, -30.5, 0) uT. */
const RAW = '000400fe0001 0004e0ff1000 400118fe0000';
/** w 0.5, x -0.5, y 1, z 0. */
const QUATERNION = '00000020 000000e0 00000040 00000000';

describe('thingy52', () => {
  it('reads nine raw axes', () => {
    const { batch, read } = readerOf(THINGY52);
    expect(read(RAW)).toBe('samples');
    expect(batch.count).toBe(1);
    expectRow(rowOf(batch.accMetersPerS2, 0), [9.80665, -4.903325, 2.4516625]);
    expectRow(
      rowOf(batch.gyroRadPerS, 0),
      [32, -1, 0.5].map((v) => (v * Math.PI) / 180),
    );
    expectRow(rowOf(batch.magMicroTesla, 0), [20, -30.5, 0]);
    expect(batch.firstDeviceTicks).toBeNaN();
  });

  it('reads its quaternion', () => {
    const { batch, decoder, read } = readerOf(THINGY52, 'quaternion');
    expect(read(QUATERNION)).toBe('samples');
    expectRow(rowOf(batch.vendorQuaternion, 0, 4), [0.5, -0.5, 1, 0]);
    expect(rowOf(batch.accMetersPerS2, 0)).toEqual([NaN, NaN, NaN]);
    expect(read(QUATERNION.replace('00000040', '00000060'))).toBe('rejected');
    expect(decoder.rejection).toBe('byte 8: 1610612736 is out of the range of a quaternion packet');
    expect(read(RAW)).toBe('rejected');
  });

  it('refuses other lengths', () => {
    const { decoder, read } = readerOf(THINGY52);
    expect(read(QUATERNION)).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: a raw motion packet is 18 bytes, 16 arrived');
    expect(read(`${RAW}00`)).toBe('rejected');
    expect(read('')).toBe('rejected');
  });

  it.each([
    ['raw', RAW],
    ['quaternion', QUATERNION],
  ])('survives any bytes of %s', (stream, hex) => {
    expectToSurviveAnyBytes(THINGY52, stream, [bytesOfHex(hex)]);
  });
});
