import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BluetoothConnector } from '../../../src/adapters/sources/bluetooth/bluetooth-connector.ts';
import { deviceFamilies, deviceFamily } from '../../../src/core/device/registry.ts';
import type { DeviceFamilyName } from '../../../src/core/packet/device-family-name.ts';
import { Random } from '../../../src/core/simulation/random.ts';
import { packetsOf } from '../../support/family-packets.ts';
import { FakeAir, FakeBluetooth, FakeDevice } from './fake-bluetooth.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A unit of a family behind the fake radio: answers what the app asks, and sends packets while it is subscribed to. */
class FakeUnit {
  readonly device: FakeDevice;
  readonly written: number[][] = [];
  /** What was written on other characteristics than that of commands, behind the short form of its UUID. */
  readonly elsewhere: (string | number)[][] = [];
  readonly sent: number[][] = [];
  /** What its sync came to; it is in front of its address, as units state it. */
  syncOutcome = [2, 2, 3, 0, 0xf9];
  readonly #name: DeviceFamilyName;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(name: DeviceFamilyName, air = new FakeAir(), id: string = name) {
    this.#name = name;
    const { serviceUuid, dataCharacteristicUuids, commandCharacteristicUuid, batteryValue, ...radio } =
      deviceFamily(name).bluetooth;
    const { sync } = radio;
    const elsewhere = [radio.identify, ...(radio.resetHeading ?? [])].flatMap(
      (one) => one?.characteristic ?? [],
    );
    if (sync) elsewhere.push(sync.request);
    const told = sync
      ? [
          { at: sync.address, value: () => [0xd4, 0x22, 0xcd, 1, 2, 3] },
          { at: sync.outcome, value: () => this.syncOutcome },
        ]
      : [];
    const attributes = [
      ...elsewhere.map((at) => ({
        serviceUuid: at.serviceUuid,
        uuid: at.characteristicUuid,
        receive: (bytes: Uint8Array) =>
          void this.elsewhere.push([at.characteristicUuid.slice(4, 8), ...bytes]),
      })),
      ...told.map(({ at, value }) => ({ serviceUuid: at.serviceUuid, uuid: at.characteristicUuid, value })),
      ...dataCharacteristicUuids.map((uuid) => ({ serviceUuid, uuid })),
      { serviceUuid: batteryValue.serviceUuid, uuid: batteryValue.characteristicUuid, value: () => [77, 0] },
    ];
    const command = {
      serviceUuid,
      uuid: commandCharacteristicUuid ?? '',
      receive: (bytes: Uint8Array) => this.#answer(bytes),
    };
    this.device = new FakeDevice(air, id, commandCharacteristicUuid ? [...attributes, command] : attributes);
  }

  /** Packets of 20 ms of its time, whenever somebody is subscribed. */
  powerOn(): void {
    const started = performance.now();
    this.#timer = setInterval(() => {
      const i = this.sent.length;
      for (const bytes of packetsOf(this.#name, i, 5000 + performance.now() - started)) this.#send(bytes);
    }, 20);
  }

  powerOff(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** A packet as the app knows it; of several characteristics the byte that says which is the app's. */
  #send(bytes: Uint8Array): void {
    const uuids = deviceFamily(this.#name).bluetooth.dataCharacteristicUuids;
    const channel = uuids.length > 1 ? bytes[0]! : 0;
    const uuid = uuids[channel]!;
    if (!this.device.subscribed.has(uuid)) return;
    this.sent.push([...bytes]);
    this.device.send(uuid, uuids.length > 1 ? bytes.subarray(1) : bytes);
  }

  #answer(bytes: Uint8Array): void {
    this.written.push([...bytes]);
    const { dataCharacteristicUuids, commandCharacteristicUuid } = deviceFamily(this.#name).bluetooth;
    if (this.#name === 'polar-verity')
      this.device.send(commandCharacteristicUuid!, Uint8Array.of(0xf0, bytes[0]!, bytes[1]!, 0, 0));
    if (this.#name !== 'movesense') return;
    const reply =
      bytes[0] === 0
        ? [1, bytes[1]!, ...Buffer.from('Hello')]
        : [1, bytes[1]!, 200, 0, ...(bytes[0] === 4 ? [50] : [])];
    this.device.send(dataCharacteristicUuids[0], Uint8Array.from(reply));
  }
}

async function whileTimePasses<T>(promise: Promise<T>): Promise<T> {
  const state = { settled: false };
  const watched = promise.finally(() => (state.settled = true));
  watched.catch(() => undefined);
  for (let i = 0; i < 4000 && !state.settled; i++) await vi.advanceTimersByTimeAsync(10);
  return watched;
}

const names = deviceFamilies().map(({ name }) => name);

async function connect(unit: FakeUnit) {
  const bluetooth = new FakeBluetooth();
  bluetooth.choice = unit.device;
  const connector = new BluetoothConnector({
    bluetooth: bluetooth.asBluetooth(),
    families: deviceFamilies(),
  });
  return whileTimePasses(connector.connect(0));
}

describe('every family over the radio', () => {
  it.each(names)('connects, streams what it sent, comes back after a drop and stops: %s', async (name) => {
    const unit = new FakeUnit(name);
    unit.powerOn();
    const sensor = await connect(unit);
    const family = deviceFamily(name);
    expect(sensor.description).toMatchObject({ family: name, stream: family.liveStreams[0].stream });
    if (name !== 'thora-nano33') expect(sensor.batteryPercent).toBe(77);
    const got: number[][] = [];
    await whileTimePasses(sensor.source.start(({ bytes }) => got.push([...bytes])));
    await vi.advanceTimersByTimeAsync(1000);
    unit.device.drop();
    await vi.advanceTimersByTimeAsync(2000);
    const isSent = new Set(unit.sent.map(String));
    const data = got.filter((bytes) => isSent.has(String(bytes)));
    expect(data.length).toBeGreaterThan(100);
    // What is not data is an answer that belongs among the packets.
    for (const bytes of got) if (!isSent.has(String(bytes))) expect([1, 0xf0]).toContain(bytes[0]);
    await whileTimePasses(sensor.source.stop());
    await whileTimePasses(sensor.disconnect());
    const stops = family.bluetooth.stopCommands().map((bytes) => [...bytes]);
    expect(unit.written.slice(unit.written.length - stops.length)).toEqual(stops);
    expect(unit.device.subscribed.size).toBe(0);
    unit.powerOff();
  });
});

describe('a movella-dot', () => {
  it('shows itself and sets its own heading to zero, as its maker describes it', async () => {
    const unit = new FakeUnit('movella-dot');
    unit.powerOn();
    const sensor = await connect(unit);
    await whileTimePasses(sensor.source.start(() => undefined));
    await whileTimePasses(sensor.identify!());
    expect(unit.elsewhere).toEqual([['1002', 1, 1, ...Array.from({ length: 30 }, () => 0)]]);
    await whileTimePasses(sensor.resetHeading!());
    expect(unit.elsewhere.slice(1)).toEqual([
      ['2006', 7, 0],
      ['2006', 1, 0],
    ]);
    expect(sensor.readHealth).toBeNull();
    // Without a link the button says so instead of doing nothing.
    unit.device.drop();
    await expect(sensor.identify!()).rejects.toMatchObject({ code: 'linkLost' });
    await whileTimePasses(sensor.disconnect());
    unit.powerOff();
  });
});

describe('two movella-dots', () => {
  /** Both stream when their clocks are shared; says what came of it, and how long the links were gone. */
  async function shared(prepare: (units: readonly FakeUnit[]) => void) {
    const air = new FakeAir();
    const units = ['a', 'b'].map((id) => new FakeUnit('movella-dot', air, id));
    const bluetooth = new FakeBluetooth();
    const connector = new BluetoothConnector({
      bluetooth: bluetooth.asBluetooth(),
      families: deviceFamilies(),
    });
    const gone: number[] = [];
    let packets = 0;
    for (const [index, unit] of units.entries()) {
      unit.powerOn();
      bluetooth.choice = unit.device;
      const sensor = await whileTimePasses(connector.connect(index));
      expect(sensor.canShareClock).toBe(true);
      await whileTimePasses(sensor.source.start(() => packets++));
      let sinceMs = NaN;
      sensor.onLinkChange((isUp) => {
        if (isUp) gone.push(performance.now() - sinceMs);
        else sinceMs = performance.now();
      });
      unit.written.length = 0;
    }
    prepare(units);
    const work = connector.shareClock([0, 1]).then(
      () => 'shared',
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(30_000);
    const outcome = await whileTimePasses(work);
    const before = packets;
    await vi.advanceTimersByTimeAsync(1000);
    return { units, gone, outcome, packets: packets - before };
  }

  it('follow the clock of the first, left alone for 14 s, and stream again', async () => {
    const { units, gone, outcome, packets } = await shared(() => undefined);
    expect(outcome).toBe('shared');
    for (const unit of units) {
      expect(unit.elsewhere).toEqual([['7001', 2, 7, 1, 3, 2, 1, 0xcd, 0x22, 0xd4, 0x2d]]);
      // Stopped before, started after.
      expect(unit.written).toEqual([
        [1, 0, 26],
        [1, 1, 26],
      ]);
    }
    expect(gone).toHaveLength(2);
    for (const ms of gone) expect(ms).toBeGreaterThan(14_000);
    expect(packets).toBeGreaterThan(60);
    for (const unit of units) unit.powerOff();
  });

  it('are named where it did not work, and stream all the same', async () => {
    const { units, outcome, packets } = await shared(([, second]) => {
      second!.syncOutcome = [2, 2, 3, 7, 0xf2];
    });
    expect(outcome).toMatchObject({ code: 'clockNotShared', subject: 'Thora b' });
    expect(packets).toBeGreaterThan(60);
    for (const unit of units) unit.powerOff();
  });

  it('that do not come back are told as such', async () => {
    const { units, outcome } = await shared(([, second]) => {
      for (let i = 0; i < 20; i++) second!.device.connectOutcomes.push('hang');
    });
    expect(outcome).toMatchObject({ code: 'notReached' });
    for (const unit of units) unit.powerOff();
  });
});

describe('a radio where everything goes wrong', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'never leaves a link stuck: once it is good again, samples flow (seed %s)',
    async (seed) => {
      const random = new Random(seed);
      const name = names[seed % names.length]!;
      const unit = new FakeUnit(name);
      unit.powerOn();
      const sensor = await connect(unit);
      let packets = 0;
      await whileTimePasses(sensor.source.start(() => packets++));
      const { device } = unit;
      for (let i = 0; i < 60; i++) {
        const what = random.uniform();
        if (what < 0.3) device.drop();
        else if (what < 0.6) device.connectOutcomes.push(random.pick(['fail', 'hang', 'noService', 'ok']));
        else if (what < 0.8) {
          const at = random.pick(['service', 'characteristic', 'subscribe', 'write']);
          device.onOperation = (running) => {
            if (running.startsWith(at)) queueMicrotask(() => device.drop());
          };
        } else {
          const [uuid] = [...device.subscribed.keys()];
          const junk = Uint8Array.from({ length: Math.floor(40 * random.uniform()) }, () =>
            Math.floor(256 * random.uniform()),
          );
          if (uuid) device.send(uuid, junk);
        }
        await vi.advanceTimersByTimeAsync(3000 * random.uniform());
        device.onOperation = null;
      }
      device.connectOutcomes.length = 0;
      await vi.advanceTimersByTimeAsync(30_000);
      const before = packets;
      await vi.advanceTimersByTimeAsync(1000);
      expect(packets).toBeGreaterThan(before + 20);
      await whileTimePasses(sensor.disconnect());
      unit.powerOff();
    },
  );
});
