import { describe, expect, it } from 'vitest';
import { ARDUINO_AI } from '../../../src/core/device/arduino-ai/arduino-ai.ts';
import { MICROBIT } from '../../../src/core/device/microbit/microbit.ts';
import { NICLA } from '../../../src/core/device/nicla/nicla.ts';
import { TINY_MOTION_TRAINER } from '../../../src/core/device/tiny-motion-trainer/tiny-motion-trainer.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  packetOfFloats,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';

/** All packets here are built by the published sketches and layouts: no capture of a board is public. */
const floats = (...values: number[]) => packetOfFloats(new Uint8Array(0), values);
const radians = (values: readonly number[]) => values.map((value) => (value * Math.PI) / 180);
const inG = (values: readonly number[]) => values.map((value) => value * 9.80665);
const NOTHING = [NaN, NaN, NaN];

describe('arduino-ai', () => {
  it('reads one quantity a stream and corrects the scale that the library gets wrong', () => {
    const acc = readerOf(ARDUINO_AI);
    expect(acc.read(floats(0.5, -1, 0.25))).toBe('samples');
    expectRow(rowOf(acc.batch.accMetersPerS2, 0), inG([0.5, -1, 0.25]));
    expect(rowOf(acc.batch.gyroRadPerS, 0)).toEqual(NOTHING);
    expect(acc.batch.firstDeviceTicks).toBeNaN();
    // 1000 counts: 61.035 deg/s by the library, 70 by the data sheet.
    const gyro = readerOf(ARDUINO_AI, 'gyro');
    expect(gyro.read(floats(61.03515625, -122.0703125, 0))).toBe('samples');
    expectRow(rowOf(gyro.batch.gyroRadPerS, 0), radians([70, -140, 0]));
    const mag = readerOf(ARDUINO_AI, 'mag');
    expect(mag.read(floats(20, -30, 40))).toBe('samples');
    expectRow(rowOf(mag.batch.magMicroTesla, 0), [20, -30, 40]);
    expect(mag.read(floats(20, -30))).toBe('rejected');
    expect(mag.decoder.rejection).toBe('packet cut: a magnetometer value is 12 bytes, 8 arrived');
  });
});

describe('nicla', () => {
  it('turns its quaternion from x y z w to w x y z', () => {
    const { batch, read } = readerOf(NICLA);
    expect(read(floats(0.1, 0.2, 0.3, 0.9))).toBe('samples');
    expectRow(rowOf(batch.vendorQuaternion, 0, 4), [0.9, 0.1, 0.2, 0.3]);
    expect(read(floats(0.1, 0.2, 0.3))).toBe('rejected');
  });

  it('takes g and deg/s, and refuses what must be bare counts', () => {
    const acc = readerOf(NICLA, 'acc');
    expect(acc.read(floats(0.5, -1, 0.25))).toBe('samples');
    expectRow(rowOf(acc.batch.accMetersPerS2, 0), inG([0.5, -1, 0.25]));
    expect(acc.read(floats(12, 4096, -30))).toBe('rejected');
    expect(acc.decoder.rejection).toBe('byte 4: 4096 is out of the range of an acceleration in g');
    const gyro = readerOf(NICLA, 'gyro');
    expect(gyro.read(floats(90, -45, 2000))).toBe('samples');
    expectRow(rowOf(gyro.batch.gyroRadPerS, 0), radians([90, -45, 2000]));
    expect(gyro.read(floats(9000, 0, 0))).toBe('rejected');
  });
});

describe('tiny-motion-trainer', () => {
  it('undoes the normalisation of six and nine axes', () => {
    const { batch, decoder, read } = readerOf(TINY_MOTION_TRAINER);
    expect(read(floats(0.25, -0.5, 0, 0.5, -0.25, 0.005))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), inG([1, -2, 0]));
    expectRow(rowOf(batch.gyroRadPerS, 0), radians([1000, -500, 10]));
    expect(rowOf(batch.magMicroTesla, 0)).toEqual(NOTHING);
    expect(read(floats(0.25, 0, 0, 0, 0, 0, 0.5, -1, 0.1))).toBe('samples');
    expectRow(rowOf(batch.magMicroTesla, 0), [25, -50, 5]);
    expect(read(floats(0.25, 0, 0, 0, 0))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: a packet of six axes is 24 bytes, 20 arrived');
    expect(read(floats(0.25, 0, 0, 0, 0, 0, 0))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: a packet of nine axes is 36 bytes, 28 arrived');
    expect(read(floats(0.25, 0, 0, 120, 0, 0))).toBe('rejected');
  });
});

describe('microbit', () => {
  it('reads thousandths of g and nothing else', () => {
    const { batch, decoder, read } = readerOf(MICROBIT);
    expect(read('e803 0cfe 0000')).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), inG([1, -0.5, 0]));
    expect(rowOf(batch.gyroRadPerS, 0)).toEqual(NOTHING);
    expect(read('e8030cfe00')).toBe('rejected');
    expect(read('e8030cfe000000')).toBe('rejected');
    expect(decoder.rejection).toBe('7 bytes, but an accelerometer value is 6 bytes: another stream?');
  });
});

describe('small sketches on any bytes', () => {
  it.each([
    [ARDUINO_AI, 'gyro', floats(1, 2, 3)],
    [NICLA, 'quaternion', floats(0, 0, 0, 1)],
    [NICLA, 'acc', floats(0, 0, 1)],
    [TINY_MOTION_TRAINER, 'imu', floats(0, 0, 0, 0, 0, 0)],
    [MICROBIT, 'accelerometer', bytesOfHex('e8030cfe0000')],
  ])('survives them: %#', (family, stream, packet) => {
    expectToSurviveAnyBytes(family, stream, [packet]);
  });
});
