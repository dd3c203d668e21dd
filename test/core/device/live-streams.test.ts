import { describe, expect, it } from 'vitest';
import { createLiveDecoder } from '../../../src/core/device/live-decoder.ts';
import { METAMOTION } from '../../../src/core/device/metamotion/metamotion.ts';
import { POLAR_VERITY } from '../../../src/core/device/polar-verity/polar-verity.ts';
import { ARDUINO_AI } from '../../../src/core/device/arduino-ai/arduino-ai.ts';
import { deviceFamilies, deviceFamily } from '../../../src/core/device/registry.ts';
import { createSampleBatch } from '../../../src/core/packet/sample-batch.ts';
import type { DeviceFamilyName } from '../../../src/core/packet/device-family-name.ts';
import { packetsOf } from '../../support/family-packets.ts';
import {
  bytesOfHex,
  expectRow,
  packetOfFloats,
  readerOf,
  rowOf,
  viewOf,
} from '../../support/notifications.ts';

const names = deviceFamilies().map(({ name }) => name);
const floats = (head: number, ...values: number[]): Uint8Array => packetOfFloats(Uint8Array.of(head), values);

function liveReader(name: DeviceFamilyName) {
  const family = deviceFamily(name);
  const decoder = createLiveDecoder(family, family.liveStreams[0].stream);
  const batch = createSampleBatch(64);
  return { family, batch, read: (bytes: Uint8Array) => decoder.decode(viewOf(bytes), batch) };
}

describe('what the app subscribes to', () => {
  it.each(names)('gives samples that can be fused, in SI: %s', (name) => {
    const { family, batch, read } = liveReader(name);
    const outcomes = packetsOf(name, 0, 5000).map((bytes) => read(bytes));
    expect(outcomes.at(-1)).toBe('samples');
    expect(outcomes).not.toContain('rejected');
    expectRow(rowOf(batch.accMetersPerS2, 0), [0, 0, 9.80665], 4);
    const tiltOnly = family.cautions.includes('tiltOnly');
    expectRow(rowOf(batch.gyroRadPerS, 0), tiltOnly ? [NaN, NaN, NaN] : [0, 0, Math.PI / 2], 2);
    expect(Number.isFinite(batch.firstDeviceTicks)).toBe(family.clock !== null);
    // The vendor's orientation is recorded beside the sensors where it is sent.
    const sendsOrientation = ['nicla', 'movella-dot', 'metamotion', 'thingy52'].includes(name);
    expect(Number.isFinite(batch.vendorQuaternion[0])).toBe(sendsOrientation);
    expect(family.gyroFullScaleRadPerS).toBeGreaterThan(Math.PI);
    expect(family.accFullScaleMetersPerS2).toBeGreaterThan(15);
  });

  it('is turned right-handed for those that mirror an axis, and left alone for decode', () => {
    const acc = floats(0, 0.5, -1, 0.25);
    const gyro = floats(1, 10, 20, 30);
    const raw = readerOf(ARDUINO_AI, 'all');
    raw.read(acc);
    expect(raw.read(gyro)).toBe('samples');
    const live = liveReader('arduino-ai');
    live.read(acc);
    expect(live.read(gyro)).toBe('samples');
    for (const values of ['accMetersPerS2', 'gyroRadPerS'] as const) {
      const [x, y, z] = rowOf(raw.batch[values], 0);
      expect(rowOf(live.batch[values], 0)).toEqual([-x!, y, z]);
    }
    expect(live.batch.accMetersPerS2[0]).toBeCloseTo(-0.5 * 9.80665, 6);
  });
});

describe('quantities in packets of their own', () => {
  it('are joined at the turn rate; each value counts once', () => {
    const { batch, decoder, read } = readerOf(ARDUINO_AI, 'all');
    expect(read(floats(0, 0, 0, 1))).toBe('partial');
    expect(decoder.waiting).toBe(true);
    expect(read(floats(2, 20, 30, 40))).toBe('partial');
    expect(read(floats(1, 1, 2, 3))).toBe('samples');
    expectRow(rowOf(batch.magMicroTesla, 0), [20, 30, 40]);
    expect(decoder.waiting).toBe(false);
    expect(read(floats(1, 1, 2, 3))).toBe('samples');
    expectRow(rowOf(batch.accMetersPerS2, 0), [NaN, NaN, NaN]);
    expectRow(rowOf(batch.magMicroTesla, 0), [NaN, NaN, NaN]);
  });

  it('say when a turn rate did not come, and forget what waits when the link is new', () => {
    const { batch, decoder, read } = readerOf(ARDUINO_AI, 'all');
    read(floats(0, 0, 0, 1));
    read(floats(0, 0, 1, 0));
    expect(decoder.givenUp).toBe('an acceleration whose turn rate never came');
    decoder.reset();
    expect(decoder.waiting).toBe(false);
    read(floats(1, 1, 2, 3));
    expect(batch.accMetersPerS2[0]).toBeNaN();
  });

  it('are refused when their characteristic or length is not known', () => {
    const { decoder, read } = readerOf(ARDUINO_AI, 'all');
    expect(read(floats(3, 0, 0, 1))).toBe('rejected');
    expect(decoder.rejection).toBe('byte 0: there is no characteristic 3');
    expect(read(floats(0, 0, 1))).toBe('rejected');
    expect(decoder.rejection).toBe('packet cut: an acceleration value is 13 bytes, 9 arrived');
  });

  it('leave out what a sample does not hold', () => {
    const { read, batch } = readerOf(METAMOTION, 'joined');
    // A gravity frame of the vendor's own tests.
    expect(read('1909ee20d33eb29301410459b0c0')).toBe('samples');
    expect(batch.count).toBe(0);
    expect(read('19057a569142b46260c27334044400')).toBe('samples');
    expect(batch.count).toBe(1);
  });
});

describe('polar-verity, both sensors', () => {
  const ns = (timeMs: number): string => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(Math.round(timeMs * 1e6)));
    return bytes.toString('hex');
  };
  const i16 = (...values: number[]): string => {
    const bytes = Buffer.alloc(2 * values.length);
    values.forEach((value, i) => bytes.writeInt16LE(value, 2 * i));
    return bytes.toString('hex');
  };
  const acc = (timeMs: number, ...milliG: number[]) => `02${ns(timeMs)}01${i16(...milliG)}`;
  const gyro = (timeMs: number, ...degPerS: number[]) => `05${ns(timeMs)}80${i16(...degPerS)}`;
  const PERIOD_MS = 1000 / 52;

  it('hands a turn rate over once the acceleration of its time is known, between the two around it', () => {
    const { batch, decoder, read } = readerOf(POLAR_VERITY, 'motion');
    // Two samples: at 1000 less a period and at 1000.
    expect(read(acc(1000, 0, 0, 1000, 100, 0, 1000))).toBe('partial');
    expect(read(gyro(1000 + PERIOD_MS / 2, 90, 0, 0))).toBe('partial');
    expect(decoder.waiting).toBe(true);
    expect(read(acc(1000 + PERIOD_MS, 200, 0, 1000))).toBe('samples');
    expect(batch.count).toBe(1);
    expect(batch.firstDeviceTicks).toBeCloseTo(1000 + PERIOD_MS / 2, 3);
    expectRow(rowOf(batch.accMetersPerS2, 0), [0.15 * 9.80665, 0, 9.80665], 4);
    expect(batch.gyroRadPerS[0]).toBeCloseTo(Math.PI / 2, 9);
    expect(decoder.waiting).toBe(false);
  });

  it('takes no acceleration from across a lost frame, or from before the first', () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'motion');
    read(gyro(990, 1, 0, 0));
    expect(read(acc(1000, 0, 0, 1000))).toBe('samples');
    expect(batch.accMetersPerS2[0]).toBeNaN();
    read(gyro(1500, 1, 0, 0));
    expect(read(acc(2000, 0, 0, 1000))).toBe('samples');
    expect(batch.accMetersPerS2[0]).toBeNaN();
    read(gyro(2000, 1, 0, 0));
    expect(batch.accMetersPerS2[2]).toBeCloseTo(9.80665, 6);
  });

  it('gives up turn rates that wait in vain, and begins anew with a new link', () => {
    const { decoder, read } = readerOf(POLAR_VERITY, 'motion');
    let givenUp = '';
    for (let i = 0; i < 600; i++) {
      expect(read(gyro(1000 + i * PERIOD_MS, 1, 0, 0))).toBe('partial');
      givenUp ||= decoder.givenUp ?? '';
    }
    expect(givenUp).toBe('1 turn rates whose acceleration never came');
    decoder.reset();
    expect(decoder.waiting).toBe(false);
  });

  it('reads factors of both from the answers to their starts', () => {
    const { batch, read } = readerOf(POLAR_VERITY, 'motion');
    expect(read('f0020500 00 0501 0000003f')).toBe('reply');
    expect(read('f0020200 00 0501 0000803f')).toBe('reply');
    read(acc(1000, 0, 0, 1000));
    expect(read(gyro(1000, 90, 0, 0))).toBe('samples');
    expect(batch.gyroRadPerS[0]).toBeCloseTo(Math.PI / 4, 9);
    expect(read('03')).toBe('rejected');
  });

  it('is started one measurement after the other, and says what was refused', () => {
    const dialogue = POLAR_VERITY.bluetooth.createDialogue();
    const hex = (turn: ReturnType<typeof dialogue.start>): string[] =>
      turn.next === 'failed' ? [] : turn.commands.map((bytes) => Buffer.from(bytes).toString('hex'));
    expect(hex(dialogue.start(POLAR_VERITY.liveStreams[0]))).toEqual(['020500013400010110000201d007040103']);
    expect(dialogue.hear(viewOf(bytesOfHex('f0020200')))).toBeNull();
    expect(dialogue.hear(viewOf(bytesOfHex('f0')))).toBeNull();
    const second = dialogue.hear(viewOf(bytesOfHex('f002050000')))!;
    // Published as used on real units.
    expect(hex(second)).toEqual(['0202000134000101100002010800040103']);
    expect(dialogue.hear(viewOf(bytesOfHex('f002020600')))?.next).toBe('done');
    dialogue.start(POLAR_VERITY.liveStreams[0]);
    expect(dialogue.hear(viewOf(bytesOfHex('f002050100')))).toMatchObject({ code: 'streamRefused' });
    expect(dialogue.unanswered()).toMatchObject({ code: 'streamRefused' });
  });
});
