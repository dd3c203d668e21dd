import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BluetoothConnector } from '../../../src/adapters/sources/bluetooth/bluetooth-connector.ts';
import { retryDelayMs } from '../../../src/adapters/sources/bluetooth/device-link.ts';
import { FAILURES_BEFORE_TEAR_DOWN } from '../../../src/adapters/sources/bluetooth/link-transitions.ts';
import type { SensorPacket } from '../../../src/core/packet/packet.ts';
import type { SensorError } from '../../../src/core/packet/sensor-error.ts';
import type { ConnectedSensor } from '../../../src/ui/services.ts';
import {
  FakeAir,
  FakeBluetooth,
  FakeDevice,
  IDENTIFY_COMMAND,
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

function createBench(deviceId = 'A') {
  const bluetooth = new FakeBluetooth();
  const air = new FakeAir();
  const device = new FakeDevice(air, deviceId);
  bluetooth.choice = device;
  const connector = new BluetoothConnector({ bluetooth: bluetooth.asBluetooth(), families: [TEST_FAMILY] });
  return { bluetooth, air, device, connector };
}

/** Runs the test's clock until the promise has settled. */
async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
  const state = { settled: false };
  const watched = promise.finally(() => (state.settled = true));
  watched.catch(() => undefined);
  for (let i = 0; i < 4000 && !state.settled; i++) await vi.advanceTimersByTimeAsync(10);
  return watched;
}

async function failureOf(promise: Promise<unknown>): Promise<SensorError> {
  return (await whileTimePasses(promise.then(() => null).catch((error: unknown) => error))) as SensorError;
}

async function streaming(): Promise<
  ReturnType<typeof createBench> & { sensor: ConnectedSensor; packets: SensorPacket[]; log: string[] }
> {
  const bench = createBench();
  const sensor = await whileTimePasses(bench.connector.connect(2));
  const packets: SensorPacket[] = [];
  const log: string[] = [];
  sensor.onLinkChange((connected) => log.push(connected ? 'up' : 'down'));
  await whileTimePasses(
    sensor.source.start((packet) => {
      packets.push(packet);
      log.push('packet');
    }),
  );
  return { ...bench, sensor, packets, log };
}

/** Packets every `periodMs` for `durationMs`. */
async function keepSending(device: FakeDevice, durationMs: number, periodMs = 20): Promise<void> {
  for (let t = 0; t < durationMs; t += periodMs) {
    device.notify();
    await vi.advanceTimersByTimeAsync(periodMs);
  }
}

describe('connecting', () => {
  it('asks for the families by their services and describes the sensor', async () => {
    const { bluetooth, device, connector } = createBench();
    device.batteryPercent = 71;
    const sensor = await whileTimePasses(connector.connect(2));
    expect(bluetooth.lastOptions).toMatchObject({
      filters: [{ services: [TEST_FAMILY.bluetooth.serviceUuid] }],
    });
    expect(sensor.batteryPercent).toBe(71);
    expect(sensor.description).toMatchObject({
      sensorIndex: 2,
      sensorId: 'A',
      family: 'thora-nano33',
      name: 'Thora A',
      firmware: null,
      simulated: false,
    });
  });

  it('says what stands in the way, by code, and keeps the cause', async () => {
    const none = new BluetoothConnector({ bluetooth: undefined, families: [TEST_FAMILY] });
    expect(await failureOf(none.connect(0))).toMatchObject({ code: 'bluetoothUnsupported' });
    expect(await none.availability()).toBe('unsupported');

    const off = createBench();
    off.bluetooth.available = false;
    off.bluetooth.choice = new DOMException('Bluetooth adapter not available.', 'NotFoundError');
    expect(await off.connector.availability()).toBe('off');
    expect(await failureOf(off.connector.connect(0))).toMatchObject({ code: 'bluetoothOff' });

    const dismissed = createBench();
    dismissed.bluetooth.choice = new DOMException('User cancelled the chooser.', 'NotFoundError');
    const error = await failureOf(dismissed.connector.connect(0));
    expect(error).toMatchObject({ code: 'chooserDismissed', subject: '' });
    expect(error.cause).toBe(dismissed.bluetooth.choice);

    const forbidden = createBench();
    forbidden.bluetooth.choice = new DOMException('No gesture.', 'SecurityError');
    expect(await failureOf(forbidden.connector.connect(0))).toMatchObject({ code: 'permissionDenied' });
  });

  it('names a device that is no sensor of ours, and lets it go', async () => {
    const { device, connector } = createBench();
    device.connectOutcomes.push('noService');
    expect(await failureOf(connector.connect(0))).toMatchObject({ code: 'wrongDevice', subject: 'Thora A' });
    expect(device.gatt.connected).toBe(false);
  });

  it.each([
    ['fail', 'connectFailed'],
    ['hang', 'notReached'],
  ] as const)('gives up a connection that does not come about (%s)', async (outcome, code) => {
    const { device, connector } = createBench();
    device.connectOutcomes.push(outcome);
    expect(await failureOf(connector.connect(0))).toMatchObject({ code, subject: 'Thora A' });
  });

  it("tells firmware that is too old, or somebody else's, from a wrong device", async () => {
    const old = createBench();
    old.device.name = 'Old 1';
    old.device.connectOutcomes.push('noService');
    expect(await failureOf(old.connector.connect(0))).toMatchObject({ code: 'firmwareTooOld' });

    const fork = createBench();
    fork.device.hasForeignCharacteristic = true;
    expect(await failureOf(fork.connector.connect(0))).toMatchObject({ code: 'foreignFirmware' });
    expect(fork.device.gatt.connected).toBe(false);
  });

  it('connects one device at a time', async () => {
    const { bluetooth, air, device, connector } = createBench();
    const first = connector.connect(0);
    await vi.advanceTimersByTimeAsync(1);
    bluetooth.choice = new FakeDevice(air, 'B');
    const second = connector.connect(1);
    await whileTimePasses(Promise.all([first, second]));
    expect(device.gatt.connected).toBe(true);
    expect(air.mostConnecting).toBe(1);
  });
});

describe('a sensor of before', () => {
  it('is connected without a chooser where the browser remembers it', async () => {
    const { bluetooth, device, connector } = createBench();
    bluetooth.allowed = [device];
    const sensor = await whileTimePasses(connector.reconnect(1, 'A'));
    expect(sensor?.description).toMatchObject({ sensorIndex: 1, sensorId: 'A' });
    expect(bluetooth.lastOptions).toBeUndefined();
  });

  it('waits for a sign of life where the browser can hear one, and tries without it as well', async () => {
    for (const isHeard of [true, false]) {
      const { bluetooth, device, connector } = createBench();
      bluetooth.allowed = [device];
      let signal: AbortSignal | null = null;
      const watchAdvertisements = (options: { signal: AbortSignal }): Promise<void> => {
        ({ signal } = options);
        if (isHeard) setTimeout(() => device.dispatchEvent(new Event('advertisementreceived')), 300);
        return Promise.resolve();
      };
      Object.assign(device, { watchAdvertisements });
      const startedMs = performance.now();
      expect(await whileTimePasses(connector.reconnect(0, 'A'))).not.toBeNull();
      expect(performance.now() - startedMs < 1500).toBe(isHeard);
      expect(signal!.aborted).toBe(true);
    }
  });

  it('is left to the chooser where it is forgotten, silent or something else by now', async () => {
    const { bluetooth, device, connector } = createBench();
    expect(await whileTimePasses(connector.reconnect(0, 'A'))).toBeNull();
    bluetooth.allowed = [device];
    device.connectOutcomes.push('hang', 'noService');
    expect(await whileTimePasses(connector.reconnect(0, 'A'))).toBeNull();
    expect(await whileTimePasses(connector.reconnect(0, 'A'))).toBeNull();
    expect(device.gatt.connected).toBe(false);
  });
});

describe('streaming', () => {
  it('hands over copies of exactly the packet, stamped on arrival', async () => {
    const { device, packets } = await streaming();
    await vi.advanceTimersByTimeAsync(100);
    const nowMs = performance.now();
    device.notify();
    expect(device.written).toEqual(START_COMMANDS.map((command) => [...command]));
    expect(packets.map(({ bytes }) => [...bytes])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(packets[1]).toMatchObject({ sensorIndex: 2, hostTimeMs: nowMs });
    expect(packets[1]!.bytes.buffer.byteLength).toBe(2);
  });

  it('says when no data comes', async () => {
    const { device, connector } = createBench();
    device.streams = false;
    const sensor = await whileTimePasses(connector.connect(0));
    const error = await failureOf(sensor.source.start(() => undefined));
    expect(error).toMatchObject({ code: 'noData', subject: 'Thora A' });
    device.streams = 'samples';
    await whileTimePasses(sensor.source.start(() => undefined));
  });

  it('says when what comes cannot be read, and asks for shorter packets the next time', async () => {
    const { device, connector } = createBench();
    device.streams = 'junk';
    const sensor = await whileTimePasses(connector.connect(0));
    expect(sensor.description.stream).toBe('');
    const error = await failureOf(sensor.source.start(() => undefined));
    expect(error).toMatchObject({ code: 'unreadable', cause: { message: '1 bytes' } });
    const again = await whileTimePasses(connector.connect(0));
    expect(again.description).toMatchObject({ stream: 'narrow', nominalRateHz: 26 });
  });

  it('asks for the rate that is wanted, where the family has it', async () => {
    const { connector } = createBench();
    expect((await whileTimePasses(connector.connect(0, 52))).description.nominalRateHz).toBe(52);
    expect((await whileTimePasses(connector.connect(0, 53))).description.nominalRateHz).toBe(104);
  });

  it('changes its rate while it streams, and keeps it over a drop', async () => {
    const { device, sensor, packets } = await streaming();
    expect(sensor.rates?.offeredHz).toEqual([104, 52]);
    await whileTimePasses(sensor.rates!.ask(52));
    expect(sensor.description).toMatchObject({ nominalRateHz: 52, sensorId: 'A' });
    expect(device.written.at(-1)).toEqual([...STOP_COMMAND]);
    device.notify();
    expect(packets).toHaveLength(1);
    device.written.length = 0;
    const heard: SensorPacket[] = [];
    await whileTimePasses(sensor.source.start((packet) => heard.push(packet)));
    expect(device.written).toEqual([[1], [2, 52]]);
    expect(heard).toHaveLength(1);
    device.written.length = 0;
    device.drop();
    await vi.advanceTimersByTimeAsync(3000);
    expect(device.written).toEqual([[1], [2, 52]]);
    expect(await failureOf(sensor.rates!.ask(53))).toMatchObject({ code: 'streamRefused' });
  });

  it("reads the battery now and then, in the device's own turn, until nobody listens", async () => {
    const { device, sensor } = await streaming();
    device.batteryPercent = 64;
    const heard: number[] = [];
    const stop = sensor.onBattery!((percent) => heard.push(percent));
    await keepSending(device, 250_000, 500);
    expect(heard).toEqual([64, 64]);
    stop();
    await keepSending(device, 250_000, 500);
    expect(heard).toHaveLength(2);
  });

  it('tells what its board says of itself, and nothing where that is not known, silent or gone', async () => {
    const { device, sensor } = await streaming();
    const health = { flags: 0b1010, chipRestarts: 2, bufferLost: 3, chipLost: 4, radioRefusals: 500 };
    device.health = { name: 'health', reference: 9, health };
    expect(await whileTimePasses(sensor.readHealth!())).toEqual({
      isChipSilent: false,
      calibration: 'used',
      wasHung: true,
      chipRestarts: 2,
      bufferLost: 3,
      chipLost: 4,
      radioRefusals: 500,
    });
    device.health = { name: 'error', reference: 9, opcode: 8, status: 'unknownCommand', faultyByte: 1 };
    const askedMs = performance.now();
    expect(await whileTimePasses(sensor.readHealth!())).toBeNull();
    expect(performance.now() - askedMs).toBeLessThan(100);
    device.health = 'silent';
    const unheard = sensor.readHealth!();
    await keepSending(device, 4000);
    expect(await unheard).toBeNull();
    device.drop();
    expect(await sensor.readHealth!()).toBeNull();
  });

  it('stops on demand, and identifies without disturbing the stream', async () => {
    const { device, sensor, packets } = await streaming();
    await whileTimePasses(Promise.all([sensor.identify!(), sensor.identify!()]));
    expect(device.written.slice(-2)).toEqual([[...IDENTIFY_COMMAND], [...IDENTIFY_COMMAND]]);
    await whileTimePasses(sensor.source.stop());
    expect(device.written.at(-1)).toEqual([...STOP_COMMAND]);
    device.notify();
    expect(packets).toHaveLength(1);
  });
});

describe('a device picked again', () => {
  it('is refused for a second place', async () => {
    const { connector } = await streaming();
    expect(await failureOf(connector.connect(3))).toMatchObject({ code: 'alreadyInUse', subject: 'Thora A' });
  });

  it('has one keeper: after a drop it is connected once', async () => {
    const { device, connector, packets } = await streaming();
    const again = await whileTimePasses(connector.connect(2));
    const heard: SensorPacket[] = [];
    await whileTimePasses(again.source.start((packet) => heard.push(packet)));
    expect(packets).toHaveLength(1);
    device.written.length = 0;
    device.drop();
    await vi.advanceTimersByTimeAsync(3000);
    expect(device.written).toEqual(START_COMMANDS.map((command) => [...command]));
    expect(heard).toHaveLength(2);
  });

  it('is told to stop before its link is let go', async () => {
    const { device, sensor } = await streaming();
    await whileTimePasses(Promise.all([sensor.source.stop(), sensor.disconnect()]));
    expect(device.written.at(-1)).toEqual([...STOP_COMMAND]);
    expect(device.gatt.connected).toBe(false);
  });
});

describe('a fallen link', () => {
  it('comes back by itself: new handles, start commands again, and "up" before the first packet', async () => {
    const { device, log, packets } = await streaming();
    const oldCharacteristic = device.characteristic!;
    device.written.length = 0;
    device.drop();
    expect(log).toEqual(['packet', 'down']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(log).toEqual(['packet', 'down', 'up', 'packet']);
    expect(device.written).toEqual(START_COMMANDS.map((command) => [...command]));

    oldCharacteristic.deliver(new DataView(new ArrayBuffer(2)));
    expect(packets).toHaveLength(2);
    device.notify();
    expect(packets).toHaveLength(3);
  });

  it('is tried again ever more slowly', async () => {
    const { device, log } = await streaming();
    device.connectOutcomes.push('fail', 'noService', 'fail');
    device.drop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(log).toEqual(['packet', 'down', 'up', 'packet']);
    expect(device.connectOutcomes).toEqual([]);
    expect([1, 2, 3, 4, 20].map(retryDelayMs)).toEqual([250, 500, 1000, 2000, 8000]);
  });

  it('is given up as after a reload when it does not come back, and is then made from a new device object', async () => {
    const { bluetooth, air, device, log } = await streaming();
    const reborn = new FakeDevice(air, 'A');
    bluetooth.allowed = [reborn];
    device.connectOutcomes.push(
      ...Array.from({ length: FAILURES_BEFORE_TEAR_DOWN - 1 }, () => 'fail' as const),
    );
    device.drop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(log).toEqual(['packet', 'down', 'up', 'packet']);
    expect(device.gatt.connected).toBe(false);
    expect(reborn.gatt.connected).toBe(true);
    // Nobody listens to the old object any more.
    device.dispatchEvent(new Event('gattserverdisconnected'));
    await vi.advanceTimersByTimeAsync(100);
    reborn.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(log).toEqual(['packet', 'down', 'up', 'packet', 'down', 'up', 'packet']);
  });

  it.each(['service', 'characteristic', 'subscribe', 'write', 'read'])(
    'may fall in the middle of any operation (%s)',
    async (what) => {
      const { device, log, sensor } = await streaming();
      device.batteryPercent = 50;
      let armed = true;
      device.onOperation = (running) => {
        if (!armed || !running.startsWith(what)) return;
        armed = false;
        queueMicrotask(() => device.drop());
      };
      if (what === 'read') {
        sensor.onBattery!(() => undefined);
        await keepSending(device, 120_100, 500);
      } else device.drop();
      await keepSending(device, 5000);
      expect(armed).toBe(false);
      expect(log.filter((entry) => entry !== 'packet')).toEqual(['down', 'up']);
      expect(log.at(-1)).toBe('packet');
    },
  );

  it('is not sought any more once the browser took the permission back, and that is told', async () => {
    const { device, sensor } = await streaming();
    const troubles: string[] = [];
    sensor.onTrouble(({ code }) => troubles.push(code));
    device.connectOutcomes.push('revoked');
    device.drop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(troubles).toEqual(['permissionRevoked']);
    expect(device.gatt.connected).toBe(false);
  });

  it('falls again while coming back, and still comes back', async () => {
    const { device, log } = await streaming();
    device.drop();
    await vi.advanceTimersByTimeAsync(365);
    expect(device.gatt.connected).toBe(true);
    device.drop();
    await vi.advanceTimersByTimeAsync(3000);
    expect(log).toEqual(['packet', 'down', 'up', 'packet']);
  });

  it('is let go when the person disconnects meanwhile', async () => {
    const { device, sensor } = await streaming();
    device.drop();
    await whileTimePasses(sensor.disconnect());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(device.gatt.connected).toBe(false);
    await expect(sensor.source.start(() => undefined)).rejects.toMatchObject({ code: 'linkLost' });
  });
});

describe('another order of connecting', () => {
  it('lets all links go and connects them again, the one that was starved first, with their samples', async () => {
    const { bluetooth, air, device, connector, log } = await streaming();
    const others = [new FakeDevice(air, 'B'), new FakeDevice(air, 'C')];
    for (const [i, other] of others.entries()) {
      bluetooth.choice = other;
      const sensor = await whileTimePasses(connector.connect(3 + i));
      await whileTimePasses(sensor.source.start(() => undefined));
    }
    air.connected.length = 0;
    connector.renew([4, 2, 3]);
    expect([device, ...others].map(({ gatt }) => gatt.connected)).toEqual([false, false, false]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(air.connected).toEqual(['C', 'A', 'B']);
    expect(air.mostConnecting).toBe(1);
    expect(log).toEqual(['packet', 'down', 'up', 'packet']);
  });
});

describe('a silent sensor', () => {
  it('is connected anew', async () => {
    const { device, log } = await streaming();
    await keepSending(device, 1000);
    await vi.advanceTimersByTimeAsync(2500);
    expect(log).not.toContain('down');
    await vi.advanceTimersByTimeAsync(3000);
    expect(log.slice(-3)).toEqual(['down', 'up', 'packet']);
  });

  it('is not suspected when the page itself was frozen', async () => {
    const { device, log } = await streaming();
    await keepSending(device, 1000);
    // Time passes without a timer, as in a frozen tab.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await vi.advanceTimersByTimeAsync(600);
    vi.restoreAllMocks();
    expect(log).not.toContain('down');
  });
});

describe('a starved sensor', () => {
  it('is told of once, and again only after it was fed', async () => {
    const { device, sensor } = await streaming();
    const troubles: string[] = [];
    sensor.onTrouble(({ code }) => troubles.push(code));
    await keepSending(device, 12_000, 20);
    expect(troubles).toEqual([]);
    await keepSending(device, 30_000, 40);
    expect(troubles).toEqual(['halfRate']);
    await keepSending(device, 25_000, 20);
    await keepSending(device, 25_000, 40);
    expect(troubles).toEqual(['halfRate', 'halfRate']);
  });
});
