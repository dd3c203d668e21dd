import { describe, expect, it } from 'vitest';
import { POLAR_VERITY } from '../../../src/core/device/polar-verity/polar-verity.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';

/** Bodies of the vendor's unit tests; the header before them is built here: type, time of the last sample, frame type. */
const GYRO_BODY = 'EAFF08000D000301DF00';
const MAG_BODY = 'E2E6FA15490A06017F20FC';
const ACC_BODY =
  '7107F06A9E8D0A38BE5CBEBA2F96B3EE4BE5ADFB42B9EBBE4CFEBA2F92BFEE4BE4B1FB12B9ECBD3C3EBB2F8FD3DE4BE3B5F7D2B8EDBD' +
  '307E7B2F8BE3CE8BE2BAF7A2B8EEBC20BE7B2F88F3CECBE1BDEF52F8EFBC18FE3B2F8403BFCBE0C2EF32B8F0BB044EBC2E8113AF0BE0' +
  'C6EFF2F7F1B9FC7DBC2E7D279F4BDFCAEBC2F7F2B8ECCD7C2E7B378F4BDECEE392F7F3B8E00DFD2D774B7FCBDDD2DF6237F5B7D44DBD' +
  '2D745B6FCBDCD7D73237F6B5C88D7D2D716B4F4BDCDCD3F236F7B4BCDDFD2C6F7B3F4BDBE0CFD236F8B2B02DBE2C6C8F1FCBDAE3C7A2' +
  '76F9';

function frame(measurement: number, frameType: number, body: string, timeNs = 2_000_000_000n): Uint8Array {
  const bytes = Uint8Array.of(measurement, 0, 0, 0, 0, 0, 0, 0, 0, frameType, ...bytesOfHex(body));
  new DataView(bytes.buffer).setBigUint64(1, timeNs, true);
  return bytes;
}

const radians = (values: readonly number[]) => values.map((value) => (value * Math.PI) / 180);
const milliG = (values: readonly number[]) => values.map((value) => value * 0.00980665);

/** Packs signed differences of `bits` bits from the lowest bit on. */
function pack(bits: number, differences: readonly number[]): string {
  const bytes = new Uint8Array(Math.ceil((bits * differences.length) / 8));
  differences.forEach((value, i) => {
    for (let bit = 0; bit < bits; bit++) {
      const place = i * bits + bit;
      bytes[place >> 3]! |= ((value >> bit) & 1) << (place & 7);
    }
  });
  return Buffer.from(bytes).toString('hex');
}

describe('polar-verity, frames', () => {
  it("reads the vendor's compressed gyroscope body, timed from its last sample back", () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'gyro');
    expect(read(frame(5, 0x80, GYRO_BODY))).toBe('samples');
    expect(batch.count).toBe(2);
    expectRow(rowOf(batch.gyroRadPerS, 0), radians([-22, 8, 13]));
    expectRow(rowOf(batch.gyroRadPerS, 1), radians([-23, 11, 16]));
    expect(batch.nominalPeriodMs).toBeCloseTo(1000 / 52, 9);
    expect(batch.firstDeviceTicks).toBeCloseTo(2000 - 1000 / 52, 9);
    expect(rowOf(batch.accMetersPerS2, 0)).toEqual([NaN, NaN, NaN]);
  });

  it("reads the vendor's compressed magnetometer body in gauss, and milligauss with its fourth channel", () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'mag');
    expect(read(frame(6, 0x80, MAG_BODY))).toBe('samples');
    expectRow(rowOf(batch.magMicroTesla, 0), [-643000, 562600, 263300]);
    expectRow(rowOf(batch.magMicroTesla, 1), [-643100, 562700, 263500]);
    expect(read(frame(6, 0x81, `c800 38ff 9001 0300 0401 ${pack(4, [1, -2, 3, 0])}`))).toBe('samples');
    expectRow(rowOf(batch.magMicroTesla, 0), [20, -20, 40]);
    expectRow(rowOf(batch.magMicroTesla, 1), [20.1, -20.2, 40.3]);
  });

  it('reads uncompressed acceleration of every width in thousandths of g', () => {
    const { batch, read } = readerOf(POLAR_VERITY);
    expect(read(frame(2, 1, 'e803 0cfe 0000 e703 0dfe 0100'))).toBe('samples');
    expect(batch.count).toBe(2);
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([1000, -500, 0]));
    expectRow(rowOf(batch.accMetersPerS2, 1), milliG([999, -499, 1]));
    expect(read(frame(2, 0, '7f80ff'))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([127, -128, -1]));
    expect(read(frame(2, 2, 'e80300 0cfeff a08601'))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([1000, -500, 100000]));
  });

  it('follows several blocks of differences of any width, none and 17 bits included', () => {
    const { batch, decoder, read } = readerOf(POLAR_VERITY, 'acc');
    const blocks = `0202${pack(2, [1, -1, 0, -2, 1, 1])}0003 1101${pack(17, [-65535, 65535, 7])}`;
    expect(read(frame(2, 0x81, `e803 0cfe 0000 ${blocks}`))).toBe('samples');
    expect(decoder.rejection).toBe('');
    expect(batch.count).toBe(7);
    const rows = Array.from({ length: 7 }, (_, i) => rowOf(batch.accMetersPerS2, i));
    expectRow(rows[1]!, milliG([1001, -501, 0]));
    for (const row of rows.slice(2, 6)) expectRow(row, milliG([999, -500, 1]));
    expectRow(rows[6]!, milliG([999 - 65535, -500 + 65535, 8]));
  });

  it('keeps the time of today to a microsecond', () => {
    const { batch, read } = readerOf(POLAR_VERITY);
    expect(read(frame(2, 1, 'e8030cfe0000', 760_000_000_123_456_789n))).toBe('samples');
    expect(Math.abs(batch.firstDeviceTicks - 760_000_000_123.4568)).toBeLessThan(1e-3);
  });
});

describe('polar-verity, answers on the control point', () => {
  it('takes rate and factor from the answer to the start of its own measurement', () => {
    const { batch, decoder, read } = readerOf(POLAR_VERITY, 'gyro');
    // Factor 0.0625, rate 26 Hz, between settings of other widths.
    expect(read('f0020500 00 0001 1a00 0101 1000 0501 0000803d')).toBe('reply');
    expect(read('f0020200 00 0501 00000041')).toBe('reply');
    expect(read(frame(5, 0x80, GYRO_BODY))).toBe('samples');
    expectRow(rowOf(batch.gyroRadPerS, 0), radians([-22 / 16, 0.5, 13 / 16]));
    expect(batch.nominalPeriodMs).toBeCloseTo(1000 / 26, 9);
    decoder.reset();
    read(frame(5, 0x80, GYRO_BODY));
    expectRow(rowOf(batch.gyroRadPerS, 0), radians([-22, 8, 13]));
  });

  it("reads the vendor's compressed acceleration body of 57 samples", () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'acc');
    // The factor of its test, 2.44e-4: 16 bits over 8 g.
    const factor = Buffer.alloc(4);
    factor.writeFloatLE(2.44e-4);
    expect(read(`f0020200 00 0501 ${factor.toString('hex')}`)).toBe('reply');
    expect(read(frame(2, 0x80, ACC_BODY))).toBe('samples');
    expect(batch.count).toBe(57);
    const inG = (values: number[]) => values.map((value) => value * 2.44e-4 * 9.80665);
    expectRow(rowOf(batch.accMetersPerS2, 0), inG([1905, 27376, -29282]));
    expectRow(rowOf(batch.accMetersPerS2, 1), inG([2095, 27271, -29367]));
    expectRow(rowOf(batch.accMetersPerS2, 56), inG([12274, 20173, -32449]));
    expect(batch.firstDeviceTicks).toBeCloseTo(2000 - (56 * 1000) / 52, 9);
  });

  it('takes a factor of 1 where none is told, and applies one to compressed frames alone', () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'acc');
    const body = '0100 feff 0000';
    expect(read(frame(2, 0x80, body))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([1000, -2000, 0]));
    read('f0020200 00 0501 0000003f');
    read(frame(2, 0x80, body));
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([500, -1000, 0]));
    read(frame(2, 1, body));
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([1, -2, 0]));
  });

  it('leaves refusals and other answers alone', () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'acc');
    for (const reply of ['f002020000', 'f00202060000', 'f0', 'f00102000000013400', 'f002020000050100'])
      expect(read(reply)).toBe('reply');
    expect(read(frame(2, 1, 'e8030cfe0000'))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), milliG([1000, -500, 0]));
  });
});

describe('polar-verity, what is no frame of the stream', () => {
  it('says what arrived instead', () => {
    const { decoder, read } = readerOf(POLAR_VERITY, 'acc');
    const reasonOf = (packet: Uint8Array) => (read(packet) === 'rejected' ? decoder.rejection : 'taken');
    expect(reasonOf(frame(5, 0x80, GYRO_BODY))).toBe('byte 0: measurement 5 (gyro), but the stream is acc');
    expect(reasonOf(frame(2, 0x85, GYRO_BODY))).toBe('byte 9: compressed frame type 5 is not known for acc');
    expect(reasonOf(frame(2, 1, 'e8030cfe'))).toMatch(/no whole samples/);
    expect(reasonOf(frame(2, 1, ''))).toMatch(/header alone/);
    expect(reasonOf(frame(2, 0x81, 'e8030cfe00'))).toMatch(/within a sample or block/);
    expect(reasonOf(frame(2, 0x81, GYRO_BODY.slice(0, -2)))).toMatch(/within a sample or block/);
    expect(reasonOf(frame(2, 0x81, 'e8030cfe0000ff00'))).toMatch(/more bits/);
    expect(reasonOf(frame(2, 0x81, 'e8030cfe000000ff'))).toMatch(/room for \(64\)/);
    expect(read('')).toBe('rejected');
  });

  it.each([
    ['gyro', frame(5, 0x80, GYRO_BODY)],
    ['mag', frame(6, 0x80, MAG_BODY)],
    ['acc', frame(2, 1, 'e8030cfe0000')],
  ])('survives any bytes of %s', (stream, packet) => {
    expectToSurviveAnyBytes(POLAR_VERITY, stream, [packet, bytesOfHex('f002050000050100008 03d')]);
  });
});
