import { describe, expect, it } from 'vitest';
import { MOVELLA_DOT } from '../../../src/core/device/movella-dot/movella-dot.ts';
import {
  bytesOfHex,
  expectRow,
  expectToSurviveAnyBytes,
  packetOfFloats,
  readerOf,
  rowOf,
} from '../../support/notifications.ts';

const CLOCK = bytesOfHex('40420f00');
const QUATERNION = [0.5, -0.5, 0.25, 0.75];
const FREE_ACC = [0.5, -1.25, 2];
const ACC = [0.125, -9.75, 1.5];
const GYRO_DEG = [90, -45, 12.5];
const GYRO = GYRO_DEG.map((value) => (value * Math.PI) / 180);
const EULER = [10, 20, 30];
const NOTHING = [NaN, NaN, NaN];

/** One packet of each mode by the published layout, built here: no capture of a unit is public. */
const MODES: Record<string, { values: number[]; tail?: number[]; padded: number }> = {
  '3': { values: [...QUATERNION, ...FREE_ACC], padded: 40 },
  '2': { values: [...QUATERNION, ...FREE_ACC], tail: [0x41, 0x02, 3, 4], padded: 40 },
  '5': { values: QUATERNION, padded: 20 },
  '16': { values: [...EULER, ...FREE_ACC], padded: 40 },
  '20': { values: [...ACC, ...GYRO_DEG], tail: [7, 0x10, 0, 0xf0, 1, 0], padded: 40 },
  '21': { values: [...ACC, ...GYRO_DEG], padded: 40 },
  '22': { values: [...EULER, ...FREE_ACC, ...GYRO_DEG], padded: 40 },
  '23': { values: [...EULER, ...FREE_ACC], tail: [7, 0x10, 0, 0xf0, 1, 0], padded: 40 },
  '24': { values: [...QUATERNION, ...GYRO_DEG], padded: 40 },
  '26': { values: [...QUATERNION, ...ACC, ...GYRO_DEG], padded: 63 },
};

function packetOf(mode: string, padded: boolean): Uint8Array {
  const { values, tail, padded: size } = MODES[mode]!;
  const packet = packetOfFloats(CLOCK, values, tail);
  return padded ? Uint8Array.of(...packet, ...Array.from({ length: size - packet.length }, () => 0)) : packet;
}

describe('movella-dot', () => {
  it('knows every mode whose layout is published', () => {
    expect([...MOVELLA_DOT.streams].sort()).toEqual(Object.keys(MODES).sort());
    expect(MOVELLA_DOT.streams[0]).toBe('3');
  });

  it.each(Object.keys(MODES))('reads mode %s, short or filled up with zeros', (mode) => {
    const { values } = MODES[mode]!;
    const holds = (row: number[]) => values.join().includes(row.join());
    for (const padded of [false, true]) {
      const { batch, read } = readerOf(MOVELLA_DOT, mode);
      expect(read(packetOf(mode, padded))).toBe('samples');
      expect(batch.count).toBe(1);
      expect(batch.firstDeviceTicks).toBe(1_000_000);
      expectRow(rowOf(batch.vendorQuaternion, 0, 4), holds(QUATERNION) ? QUATERNION : [...NOTHING, NaN]);
      expectRow(rowOf(batch.freeAccMetersPerS2, 0), holds(FREE_ACC) ? FREE_ACC : NOTHING);
      expectRow(rowOf(batch.accMetersPerS2, 0), holds(ACC) ? ACC : NOTHING);
      expectRow(rowOf(batch.gyroRadPerS, 0), holds(GYRO_DEG) ? GYRO : NOTHING);
      // Sent in arbitrary units.
      expect(rowOf(batch.magMicroTesla, 0)).toEqual(NOTHING);
    }
  });

  it('refuses what is cut, too long, filled with something else or absurd', () => {
    const { decoder, read } = readerOf(MOVELLA_DOT);
    expect(read(packetOf('3', true).subarray(0, 20))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: mode 3 (complete quaternion) is 32 bytes, 20 arrived');
    expect(read(packetOf('26', true))).toBe('rejected');
    expect(decoder.rejection).toMatch(/^63 bytes, .* another stream/);
    expect(read(packetOf('20', true))).toBe('rejected');
    expect(decoder.rejection).toMatch(/^byte 32: not zero/);
    expect(read(packetOfFloats(CLOCK, [1, 0, 0, Infinity, 0, 0, 0]))).toBe('rejected');
    expect(decoder.rejection).toMatch(/^byte 16: Infinity/);
    expect(read('')).toBe('rejected');
  });

  it('takes answers of the message service for replies', () => {
    const { read } = readerOf(MOVELLA_DOT);
    for (const reply of ['02025109a2', '02025104a7', '02020300f9', '02025000ac'])
      expect(read(reply)).toBe('reply');
    expect(read('02025109a3')).toBe('rejected');
    // A payload whose time and sum look like a message.
    const payload = packetOf('5', false);
    payload[1] = payload.length - 3;
    payload[0] = 0;
    payload[0] = 256 - (payload.reduce((sum, byte) => sum + byte) % 256);
    expect(payload.reduce((sum, byte) => sum + byte) % 256).toBe(0);
    expect(readerOf(MOVELLA_DOT, '5').read(payload)).toBe('samples');
  });

  it.each(['3', '26'])('survives any bytes in mode %s', (mode) => {
    expectToSurviveAnyBytes(MOVELLA_DOT, mode, [packetOf(mode, true), packetOf('20', true)]);
  });
});
