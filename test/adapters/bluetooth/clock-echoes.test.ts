import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BluetoothConnector } from '../../../src/adapters/sources/bluetooth/bluetooth-connector.ts';
import { THORA_NANO33 } from '../../../src/core/device/thora-nano33/thora-nano33.ts';
import { ECHO_SCHEDULE, type ClockEcho } from '../../../src/core/packet/clock-echo.ts';
import { OPCODE } from '../../../firmware-protocol/typescript/command.ts';
import { encodeReply } from '../../../firmware-protocol/typescript/reply.ts';
import {
  FakeAir,
  FakeBluetooth,
  FakeDevice,
  START_COMMANDS,
  STOP_COMMAND,
  TEST_FAMILY,
} from './fake-bluetooth.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function streaming(clock: FakeDevice['clock'], listens = true) {
  const bluetooth = new FakeBluetooth();
  const device = new FakeDevice(new FakeAir(), 'A');
  device.clock = clock;
  bluetooth.choice = device;
  const connector = new BluetoothConnector({ bluetooth: bluetooth.asBluetooth(), families: [TEST_FAMILY] });
  const connecting = connector.connect(2);
  await vi.advanceTimersByTimeAsync(500);
  const sensor = await connecting;
  const echoes: ClockEcho[] = [];
  const starting = sensor.source.start(() => undefined, listens ? (echo) => echoes.push(echo) : undefined);
  await vi.advanceTimersByTimeAsync(50);
  await starting;
  return { device, sensor, echoes };
}

/** Packets keep coming, so that nobody takes the sensor for dead. */
async function pass(device: FakeDevice, durationMs: number): Promise<void> {
  for (let t = 0; t < durationMs; t += 100) {
    device.notify();
    await vi.advanceTimersByTimeAsync(100);
  }
}

const questions = (device: FakeDevice): number =>
  device.written.filter(([, opcode]) => opcode === OPCODE.clockEcho).length;

describe('clock echoes', () => {
  it('are asked for once samples flow, and hold what both clocks showed', async () => {
    const { device, echoes } = await streaming('offered');
    expect(device.written).toEqual(START_COMMANDS.map((command) => [...command]));
    await pass(device, ECHO_SCHEDULE.firstCount * ECHO_SCHEDULE.longestWaitMs + 1000);
    expect(echoes).toHaveLength(ECHO_SCHEDULE.firstCount);
    for (const echo of echoes) {
      expect(echo.sensorIndex).toBe(2);
      // The fake radio takes 5 ms to deliver a write, the fake board 2 ms to answer.
      expect(echo.receivedHostTimeMs - echo.sentHostTimeMs).toBeCloseTo(7, 6);
      expect(echo.deviceReceivedTicks / 1000 - 1_000_000).toBeCloseTo(echo.sentHostTimeMs + 5, 2);
      expect(echo.deviceSentTicks - echo.deviceReceivedTicks).toBe(2000);
    }
    const waits = echoes.slice(1).map((echo, i) => echo.sentHostTimeMs - echoes[i]!.sentHostTimeMs);
    expect(new Set(waits.map(Math.round)).size).toBeGreaterThan(5);
  });

  it('are asked for again every 30 s', async () => {
    const { device, echoes } = await streaming('offered');
    await pass(device, 45_000);
    expect(echoes).toHaveLength(ECHO_SCHEDULE.firstCount + ECHO_SCHEDULE.laterCount);
  });

  it('end with the stream, and begin anew after a drop', async () => {
    const { device, sensor, echoes } = await streaming('offered');
    await pass(device, 1000);
    device.drop();
    await pass(device, 2000);
    const before = echoes.length;
    await pass(device, 2000);
    expect(echoes.length).toBeGreaterThan(before);
    const stopping = sensor.source.stop();
    await vi.advanceTimersByTimeAsync(100);
    await stopping;
    expect(device.written.at(-1)).toEqual([...STOP_COMMAND]);
    const { length } = echoes;
    await pass(device, 60_000);
    expect(echoes).toHaveLength(length);
  });

  it.each([
    ['refused', 1],
    ['silent', 8],
  ] as const)('are given up where the device is %s', async (clock, most) => {
    const { device, echoes } = await streaming(clock);
    await pass(device, 60_000);
    expect(echoes).toEqual([]);
    expect(questions(device)).toBe(most);
    expect(device.gatt.connected).toBe(true);
  });

  it('are not asked for where nobody listens', async () => {
    const { device } = await streaming('offered', false);
    await pass(device, 5000);
    expect(questions(device)).toBe(0);
  });
});

describe('replies of a Nano 33', () => {
  const read = (bytes: Uint8Array<ArrayBuffer>) =>
    THORA_NANO33.bluetooth.readReply(new DataView(bytes.buffer));

  it('are read by kind', () => {
    expect(
      read(encodeReply({ name: 'clockEcho', reference: 6, token: 7, receivedUs: 100, sentUs: 2 ** 32 - 1 })),
    ).toEqual({ kind: 'clockEcho', token: 7, receivedTicks: 100, sentTicks: 2 ** 32 - 1 });
    expect(read(encodeReply({ name: 'identify', reference: 5 }))).toEqual({
      kind: 'done',
      command: 'identify',
    });
    expect(
      read(
        encodeReply({
          name: 'error',
          reference: 2,
          opcode: OPCODE.configure,
          status: 'notNow',
          faultyByte: 1,
        }),
      ),
    ).toEqual({ kind: 'refused', command: 'configure', reason: 'notNow' });
    expect(read(Uint8Array.of(1, 2, 3))).toBeNull();
  });
});
