import { describe, expect, it } from 'vitest';
import { METAMOTION } from '../../../src/core/device/metamotion/metamotion.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  packetOfFloats,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';

/** Frames of the vendor's unit tests. */
const QUATERNION = '19071b9b703f8c5e4dbd077f1dbe78029abe';
const GYRO = '19057a569142b46260c27334044400';
const GRAVITY = '1909ee20d33eb29301410459b0c0';
const NOTHING = [NaN, NaN, NaN];

describe('metamotion', () => {
  it("reads the vendor's frames, one quantity each, without a time", () => {
    const { batch, read } = readerOf(METAMOTION);
    expect(read(QUATERNION)).toBe('samples');
    expectRow(rowOf(batch.vendorQuaternion, 0, 4), [0.93987, -0.05014, -0.1538, -0.3008]);
    expect(rowOf(batch.gyroRadPerS, 0)).toEqual(NOTHING);
    expect(batch.firstDeviceTicks).toBeNaN();
    expect(read(GYRO)).toBe('samples');
    expectRow(
      rowOf(batch.gyroRadPerS, 0),
      [72.669, -56.096, 528.82].map((v) => (v * Math.PI) / 180),
      4,
    );
    expect(rowOf(batch.vendorQuaternion, 0, 4)).toEqual([...NOTHING, NaN]);
    expect(batch.count).toBe(1);
  });

  it('knows gravity as a frame that holds no sample', () => {
    const { batch, decoder, read } = readerOf(METAMOTION);
    expect(read(GRAVITY)).toBe('samples');
    expect(batch.count).toBe(0);
    expect(read(GRAVITY.slice(0, 20))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: a gravity frame is 14 bytes, 10 arrived');
  });

  it('reads acceleration in thousandths of g, the field and linear acceleration as sent', () => {
    const { batch, read } = readerOf(METAMOTION);
    expect(read(packetOfFloats(bytesOfHex('1904'), [1000, -500, 250], [3]))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), [9.80665, -4.903325, 2.4516625]);
    expect(read(packetOfFloats(bytesOfHex('1906'), [20, -30, 40], [3]))).toBe('samples');
    expectRow(rowOf(batch.magMicroTesla, 0), [20, -30, 40]);
    expect(read(packetOfFloats(bytesOfHex('190a'), [0.5, 0, -2]))).toBe('samples');
    expectRow(rowOf(batch.freeAccMetersPerS2, 0), [0.5, 0, -2]);
  });

  it('refuses other modules, registers, streams and lengths; reads are replies', () => {
    const { decoder, read } = readerOf(METAMOTION, 'quaternion');
    expect(read(QUATERNION)).toBe('samples');
    expect(read(GYRO)).toBe('rejected');
    expect(decoder.rejection).toBe('byte 1: a gyroscope frame, but the stream is quaternion');
    expect(read('0304010203040506')).toBe('rejected');
    expect(decoder.rejection).toBe('byte 0: module 3 is not sensor fusion (25)');
    expect(read('19030f00')).toBe('rejected');
    expect(read(`${QUATERNION}00`)).toBe('rejected');
    expect(read('19')).toBe('rejected');
    expect(read('0b84150000000000')).toBe('reply');
  });

  it('survives any bytes', () => {
    expectToSurviveAnyBytes(METAMOTION, '', [QUATERNION, GYRO, GRAVITY].map(bytesOfHex));
  });
});
