import { describe, expect, it } from 'vitest';
import { readHello, readStatus } from '../../../src/core/device/movesense/reply.ts';
import { MOVESENSE } from '../../../src/core/device/movesense/movesense.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  packetOfFloats,
  readerOf,
  rowOf,
  viewOf,
} from '../../support/notifications.ts';

/** Payloads published with the values of the vendor's own converter; two bytes of header go before each. */
const ACC_52 =
  '03de010055ab8bbf69f78d4081dd0a412b1387bf975a8d4020840b41e79190bf076d8e401bf10a412b1387bf316e8d40b9660b41';
const GYRO_52 =
  '03de0100295c8f3f666606c03e0a57beae47a13f85eb01c0295c8fbeae47a13fc3f5e8bf295c8fbe295c8f3f85ebf1bf3e0a57be';
const MAGN_13 = 'aca10200de9cfe41708636c2a5026cc1';
const IMU6_52 =
  'aca1020094b578bf399b8840cdb20d4155ff7cbf6a60884092c70c4182627cbfa2e988405da00c418bf871bf71248940c38c0c41' +
  '48e17abf713daabf3333b3bec3f568bf713daabf3e0ad7beae4721bff628bcbf3e0ad7beae4721bf3333b3bf3e0ad7be';
const IMU9_52 =
  IMU6_52 +
  'de9cfe41708636c2a5026cc10a4a0a42750733c293a355c19bc8fd411b8938c287f75fc17cfef541ff742fc2475774c1';
const DATA = '0205';

const degrees = (values: readonly number[]) => values.map((value) => (value * Math.PI) / 180);

/** A packet of eight samples: value = 100 x sensor + 10 x axis + sample. */
function eightSamples(sensors: number): Uint8Array {
  const values: number[] = [];
  for (let sensor = 0; sensor < sensors; sensor++)
    for (let i = 0; i < 8; i++)
      for (let axis = 0; axis < 3; axis++) values.push(100 * sensor + 10 * axis + i);
  return packetOfFloats(bytesOfHex('10270000'), values);
}

function parts(payload: Uint8Array, reference = 5, cutAt = 150): [Uint8Array, Uint8Array] {
  return [
    Uint8Array.of(2, reference, ...payload.subarray(0, cutAt)),
    Uint8Array.of(3, reference, ...payload.subarray(cutAt)),
  ];
}

describe('movesense, packets of real units', () => {
  it('reads single streams in SI with the clock of the first sample', () => {
    const acc = readerOf(MOVESENSE, '/Meas/Acc/52');
    expect(acc.read(DATA + ACC_52)).toBe('samples');
    expect(acc.batch.count).toBe(4);
    expect(acc.batch.firstDeviceTicks).toBe(122371);
    expect(acc.batch.nominalPeriodMs).toBeCloseTo(1000 / 52, 9);
    expectRow(rowOf(acc.batch.accMetersPerS2, 0), [-1.0911661, 4.4364514, 8.6790781]);
    expectRow(rowOf(acc.batch.accMetersPerS2, 3), [-1.0552725, 4.4197011, 8.7125788]);
    expect(rowOf(acc.batch.gyroRadPerS, 0)).toEqual([NaN, NaN, NaN]);

    const gyro = readerOf(MOVESENSE, '/Meas/Gyro/52');
    expect(gyro.read(DATA + GYRO_52)).toBe('samples');
    expectRow(rowOf(gyro.batch.gyroRadPerS, 0), degrees([1.12, -2.1, -0.21]));
    expectRow(rowOf(gyro.batch.gyroRadPerS, 3), degrees([1.12, -1.89, -0.21]));

    const magn = readerOf(MOVESENSE, '/Meas/Magn/13');
    expect(magn.read(DATA + MAGN_13)).toBe('samples');
    expect(magn.batch.count).toBe(1);
    expect(magn.batch.firstDeviceTicks).toBe(172460);
    expectRow(rowOf(magn.batch.magMicroTesla, 0), [31.826595, -45.631287, -14.750646]);
  });

  it('reads the arrays one after the other, not sample by sample', () => {
    for (const [stream, hex] of [
      ['/Meas/IMU6/52', IMU6_52],
      ['', IMU9_52],
    ] as const) {
      const { batch, read } = readerOf(MOVESENSE, stream);
      expect(read(DATA + hex)).toBe('samples');
      expect(batch.count).toBe(4);
      expectRow(rowOf(batch.accMetersPerS2, 0), [-0.9715207, 4.2689481, 8.8561525]);
      expectRow(rowOf(batch.accMetersPerS2, 3), [-0.9451987, 4.2856984, 8.7843657]);
      expectRow(rowOf(batch.gyroRadPerS, 0), degrees([-0.98, -1.33, -0.35]));
      expectRow(rowOf(batch.gyroRadPerS, 3), degrees([-0.63, -1.4, -0.42]));
    }
    const { batch, read } = readerOf(MOVESENSE, '/Meas/IMU9/52');
    read(DATA + IMU9_52);
    expectRow(rowOf(batch.magMicroTesla, 0), [31.826595, -45.631287, -14.750646]);
    expectRow(rowOf(batch.magMicroTesla, 3), [30.74926, -43.864254, -15.271308]);
  });
});

describe('movesense, packets in two parts (built here)', () => {
  it.each([
    ['/Meas/IMU9/104', 3],
    ['/Meas/IMU6/104', 2],
  ])('joins %s across byte 150, in the middle of a number', (stream, sensors) => {
    const { batch, decoder, read } = readerOf(MOVESENSE, stream);
    const [first, second] = parts(eightSamples(sensors));
    expect(read(first)).toBe('partial');
    expect(decoder.waiting).toBe(true);
    expect(read(second)).toBe('samples');
    expect(decoder.waiting).toBe(false);
    expect(batch.count).toBe(8);
    expect(batch.firstDeviceTicks).toBe(10000);
    expect(rowOf(batch.accMetersPerS2, 7)).toEqual([7, 17, 27]);
    expectRow(rowOf(batch.gyroRadPerS, 5), degrees([105, 115, 125]));
    expect(rowOf(batch.magMicroTesla, 2)).toEqual(sensors === 3 ? [202, 212, 222] : [NaN, NaN, NaN]);
  });

  it('takes a whole packet in one notification, and parts cut elsewhere when they add up', () => {
    const { read } = readerOf(MOVESENSE, '/Meas/IMU9/104');
    expect(read(Uint8Array.of(2, 5, ...eightSamples(3)))).toBe('samples');
    const [first, second] = parts(eightSamples(3), 5, 100);
    expect(read(first)).toBe('partial');
    expect(read(second)).toBe('samples');
  });

  it('leaves a reply between the parts alone', () => {
    const { read } = readerOf(MOVESENSE, '/Meas/IMU9/104');
    const [first, second] = parts(eightSamples(3));
    expect(read(first)).toBe('partial');
    expect(read('0106c800')).toBe('reply');
    expect(read(second)).toBe('samples');
  });

  it('says which part is missing when one was lost', () => {
    const { decoder, read } = readerOf(MOVESENSE, '/Meas/IMU9/104');
    const [first, second] = parts(eightSamples(3));
    expect(read(second)).toBe('rejected');
    expect(decoder.rejection).toMatch(/first part never came/);
    expect(read(first)).toBe('partial');
    expect(read(first)).toBe('partial');
    expect(decoder.givenUp).toMatch(/second part never came/);
    expect(read(parts(eightSamples(3), 6)[1])).toBe('rejected');
    expect(read(second)).toBe('samples');
    expect(decoder.givenUp).toBe('');
    expect(read(first)).toBe('partial');
    expect(read(second.subarray(0, 80))).toBe('rejected');
    expect(decoder.rejection).toBe('both parts together hold 228 bytes, but /Meas/IMU9/104 sends 292');
    expect(decoder.waiting).toBe(false);
    read(first);
    decoder.reset();
    expect(read(second)).toBe('rejected');
  });
});

describe('movesense, what is no packet of the stream', () => {
  it('refuses cut and foreign packets with the length in words', () => {
    const { decoder, read } = readerOf(MOVESENSE, '/Meas/IMU9/52');
    expect(read((DATA + IMU9_52).slice(0, 40))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: /Meas/IMU9/52 sends 148 bytes behind the header, 18 arrived');
    // 112 bytes would be three whole samples: a cut packet must not pass for one.
    expect(read((DATA + IMU9_52).slice(0, 2 * 114))).toBe('rejected');
    const acc = readerOf(MOVESENSE, '/Meas/Acc/52');
    expect(acc.read(DATA + IMU9_52)).toBe('rejected');
    expect(acc.decoder.rejection).toMatch(/148 bytes .* another stream/);
    expect(read('')).toBe('rejected');
    expect(read('0405aabbccdd')).toBe('rejected');
    expect(decoder.rejection).toContain('response code 4');
    expect(read(DATA + IMU9_52.replace('94b578bf', '0000c07f'))).toBe('rejected');
    expect(decoder.rejection).toBe('byte 6: NaN is no value that a sensor sends');
  });

  it('takes other whole counts only at rates whose packet size was never seen', () => {
    const payload = packetOfFloats(
      bytesOfHex('00000000'),
      Array.from({ length: 36 }, () => 1),
    );
    const notification = Uint8Array.of(2, 5, ...payload);
    expect(readerOf(MOVESENSE, '/Meas/IMU9/26').read(notification)).toBe('samples');
    expect(readerOf(MOVESENSE, '/Meas/IMU9/208').read(notification)).toBe('samples');
    expect(readerOf(MOVESENSE, '/Meas/IMU6/52').read(notification)).toBe('rejected');
  });
});

describe('movesense replies', () => {
  const view = (hex: string) => viewOf(bytesOfHex(hex));
  const text = (...words: string[]) => Buffer.from(words.map((word) => `${word}\0`).join('')).toString('hex');

  it('tells the two firmwares apart by their answer to HELLO', () => {
    expect(readHello(view('010148656c6c6f'))).toEqual({ firmware: 'sample' });
    const hello = `010101${text('250230002214', 'Movesense Flash', '0C:8C:DC:00:00:01', 'Default', '2.3.0')}`;
    expect(readHello(view(hello))).toEqual({
      firmware: 'default',
      protocolVersion: 1,
      serialNumber: '250230002214',
      productName: 'Movesense Flash',
      dfuMac: '0C:8C:DC:00:00:01',
      appName: 'Default',
      appVersion: '2.3.0',
    });
    for (const other of ['0101c800', DATA + MAGN_13, '', '01010141ff00', `010101${text('one', 'two')}`])
      expect(readHello(view(other))).toBeNull();
  });

  it('reads statuses in both byte orders, and treats them as replies', () => {
    expect(readStatus(view('0105c800'))).toBe(200);
    expect(readStatus(view('01059401'))).toBe(404);
    expect(readStatus(view('010501fb'))).toBe(507);
    expect(readStatus(view('0105fb01'))).toBe(507);
    expect(readStatus(view(DATA + MAGN_13))).toBeNull();
    const { decoder, read } = readerOf(MOVESENSE);
    for (const reply of [
      '0105c800',
      '010501fb',
      '010148656c6c6f',
      '0105c80058d897e169590600d089240000040000',
    ])
      expect(read(reply)).toBe('reply');
    expect(read('0105c8')).toBe('rejected');
    expect(decoder.rejection).toBe('reply cut: 3 bytes');
  });
});

describe('movesense, streams without motion', () => {
  const PACKETS: readonly [stream: string, payload: string][] = [
    ['/Meas/Temp', '337399432f8c0300'],
    ['/Meas/HR', '4dbe84428803'],
    ['/Meas/Ecg/200/mV', 'eadc0100000000000000ffffeeff15004800fcfe66ff68047b02c9f514f8671fd856c76f'],
  ];

  it.each(PACKETS)('tells a whole packet of %s, which holds no sample, from others', (stream, payload) => {
    const { batch, decoder, read } = readerOf(MOVESENSE, stream);
    expect(read(DATA + payload)).toBe('samples');
    expect(batch.count).toBe(0);
    expect(read('0105c800')).toBe('reply');
    for (const cut of [payload.slice(0, -2), `${payload}00`, GYRO_52, '']) {
      expect(read(DATA + cut), cut).toBe('rejected');
      expect(decoder.rejection).not.toBe('');
    }
    expect(read(`03${DATA.slice(2)}${payload}`)).toBe('rejected');
  });
});

describe('movesense on any bytes', () => {
  it.each(['/Meas/IMU9/52', '/Meas/IMU6/104', '/Meas/Gyro/1666'])('keeps its promises for %s', (stream) => {
    const seeds =
      stream === '/Meas/IMU6/104'
        ? [...parts(eightSamples(2)), Uint8Array.of(2, 5, ...eightSamples(2))]
        : [bytesOfHex(DATA + IMU9_52), bytesOfHex(DATA + GYRO_52)];
    expectToSurviveAnyBytes(MOVESENSE, stream, seeds);
  });
});
