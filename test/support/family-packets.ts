import { encodeSamplePacket } from '../../firmware-protocol/typescript/sample-packet.ts';
import type { DeviceFamilyName } from '../../src/core/packet/device-family-name.ts';
import { packetOfFloats } from './notifications.ts';

/** A unit that lies flat and turns about its upward axis with 90 deg/s. */
const ACC_G = [0, 0, 1] as const;
const GYRO_DEG_PER_S = [0, 0, 90] as const;
const ACC_SI = ACC_G.map((value) => 9.80665 * value);
const MAG_MICRO_TESLA = [20, -10, -40] as const;

const floats = (head: readonly number[], ...values: (readonly number[])[]): Uint8Array =>
  packetOfFloats(Uint8Array.from(head), values.flat());
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const u32 = (value: number): number[] => [0, 8, 16, 24].map((bit) => Math.floor(value / 2 ** bit) & 0xff);

function int16s(head: readonly number[], ...values: number[]): Uint8Array {
  return Uint8Array.of(...head, ...values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]));
}

function polarFrame(type: number, timeNs: bigint, frameType: number, ...values: number[]): Uint8Array {
  const time = Array.from({ length: 8 }, (_, i) => Number((timeNs >> BigInt(8 * i)) & 0xffn));
  return int16s([type, ...time, frameType], ...values);
}

/**
 * Packets `i` of the stream that the app subscribes to, as a unit sends them at `timeMs` of its own clock: together
 * they hold at least one whole sample. Behind the byte of its characteristic where the app puts one.
 */
const PACKETS: Record<DeviceFamilyName, (i: number, timeMs: number) => Uint8Array[]> = {
  movesense: (_, timeMs) => [
    floats(
      [2, 2, ...u32(timeMs)],
      ...times(4, ACC_SI),
      ...times(4, GYRO_DEG_PER_S),
      ...times(4, MAG_MICRO_TESLA),
    ),
  ],
  'thora-nano33': (i, timeMs) => [
    encodeSamplePacket(
      {
        form: 'block',
        hasMagnetometer: false,
        sequence: i,
        rateCentiHz: 10400,
        deviceTimeUs: Math.round(1000 * timeMs),
        sampleCounter: i,
        count: 1,
      },
      GYRO_DEG_PER_S.map((value) => (value * Math.PI) / 180),
      ACC_SI,
      null,
    ),
  ],
  'arduino-ai': () => [
    floats([0], ACC_G),
    floats([2], MAG_MICRO_TESLA),
    floats([1], [0, 0, (90 * 2000) / 32768 / 0.07]),
  ],
  nicla: () => [floats([0], ACC_G), floats([2], [0, 0, 0, 1]), floats([1], GYRO_DEG_PER_S)],
  'tiny-motion-trainer': () => [floats([], [0, 0, 0.25], [0, 0, 0.045])],
  'movella-dot': (_, timeMs) => [floats(u32(1000 * timeMs), [1, 0, 0, 0], ACC_SI, GYRO_DEG_PER_S)],
  metamotion: () => [
    Uint8Array.of(...floats([0x19, 4], [0, 0, 1000]), 0),
    floats([0x19, 7], [1, 0, 0, 0]),
    Uint8Array.of(...floats([0x19, 5], GYRO_DEG_PER_S), 0),
  ],
  witmotion: () => [int16s([0x55, 0x61], 0, 0, 2048, 0, 0, 1475, 0, 0, 0)],
  thingy52: () => [
    Uint8Array.of(0, ...u32(2 ** 30), ...u32(0), ...u32(0), ...u32(0)),
    int16s([1], 0, 0, 1024, 0, 0, 2880, 320, -160, -640),
  ],
  'polar-verity': (_, timeMs) => {
    const timeNs = 760_000_000_000_000_000n + BigInt(Math.round(timeMs * 1e6));
    return [polarFrame(2, timeNs, 1, 0, 0, 1000), polarFrame(5, timeNs - 1n, 0x80, 0, 0, 90)];
  },
  microbit: () => [int16s([], 0, 0, 1000)],
};

export function packetsOf(family: DeviceFamilyName, i: number, timeMs: number): readonly Uint8Array[] {
  return PACKETS[family](i, timeMs);
}
