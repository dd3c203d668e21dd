import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';

/**
 * Bluetooth peripherals behind a real Chromium's own Bluetooth stack, by its debugging protocol (domain
 * BluetoothEmulation): the page meets `navigator.bluetooth`, discovery, GATT and disconnections as the browser makes
 * them. The domain cannot push notifications, so {@link turnSubscriptionsIntoReads} lets a subscribed characteristic keep reading
 * itself, and each read is answered with what waits: the page gets true `characteristicvaluechanged` events.
 */
export const RADIO_LAUNCH_ARGS = [
  '--enable-features=WebBluetooth',
  '--enable-experimental-web-platform-features',
];

/** Without this descriptor Chromium refuses to subscribe. */
const CLIENT_CONFIGURATION_UUID = '00002902-0000-1000-8000-00805f9b34fb';
/** "Connection lost" to a pending read. */
const READ_FAILED = 14;
/** How long a read may be on its way from the page. */
const READ_PATIENCE_MS = 4000;

export interface EmulatedCharacteristic {
  readonly uuid: string;
  readonly properties: { readonly read?: boolean; readonly write?: boolean; readonly notify?: boolean };
  readonly onRead?: () => Uint8Array;
  readonly onWrite?: (bytes: Uint8Array) => void;
  readonly onSubscribe?: (subscribed: boolean) => void;
}

export interface EmulatedPeripheral {
  /** Six hex pairs, upper case: the chooser knows the device by it. */
  readonly address: string;
  readonly name: string;
  readonly advertisedServices: readonly string[];
  readonly gatt: readonly {
    readonly uuid: string;
    readonly characteristics: readonly EmulatedCharacteristic[];
  }[];
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
}

/** The page's own; the types know it as a type only. */
declare const BluetoothRemoteGATTCharacteristic: { readonly prototype: BluetoothRemoteGATTCharacteristic };
declare const BluetoothRemoteGATTServer: { readonly prototype: BluetoothRemoteGATTServer };
declare global {
  interface Window {
    /** The emulation says that the device's link is about to fall: the page begins nothing more on it. */
    radioFalling?: (deviceName: string) => void;
    /** Reads of the device that the page has begun and whose answer it has not got. */
    radioReads?: (deviceName: string) => number;
  }
}
/** Tells the emulation that the page is about to disconnect the device of that name. */
declare const radioLetGo: (deviceName: string) => Promise<void>;

/**
 * One read takes tens of ms on a busy computer, so it carries all packets that wait, each behind its length (u16), and the
 * page's listener is called once for each: packets bunch, as those of one connection interval do.
 */
const BATCH_BYTES = 500;

/** Runs in the page before anything else. */
export function turnSubscriptionsIntoReads(): void {
  if (typeof BluetoothRemoteGATTCharacteristic === 'undefined') return;
  const prototype = BluetoothRemoteGATTCharacteristic.prototype;
  const start = prototype.startNotifications;
  const stop = prototype.stopNotifications;
  const live = new Set<BluetoothRemoteGATTCharacteristic>();
  /** Of devices whose link is about to fall: an operation that is under way then would stall the emulation. */
  const falling = new Set<string>();
  /** Reads that are under way, by device. */
  const reads = new Map<string, number>();
  const readsOf = (name: string): number => reads.get(name) ?? 0;
  window.radioFalling = (name) => void falling.add(name);
  window.radioReads = readsOf;
  /** What a real link makes of an operation while it falls: nothing, and then an error. */
  const fallen = ({ device }: BluetoothRemoteGATTService): Promise<never> =>
    new Promise((_, reject) => {
      const error = new DOMException('GATT Server is disconnected.', 'NetworkError');
      device.addEventListener('gattserverdisconnected', () => reject(error), { once: true });
    });
  const isFalling = ({ device }: BluetoothRemoteGATTService): boolean => falling.has(device.name ?? '');
  const watched = new WeakSet<BluetoothDevice>();
  const watch = (device: BluetoothDevice): void => {
    if (watched.has(device)) return;
    watched.add(device);
    device.addEventListener('gattserverdisconnected', () => {
      falling.delete(device.name ?? '');
      for (const one of live) if (one.service.device === device) live.delete(one);
    });
  };
  const keepReading = async (characteristic: BluetoothRemoteGATTCharacteristic): Promise<void> => {
    const name = characteristic.service.device.name ?? '';
    while (live.has(characteristic) && !isFalling(characteristic.service)) {
      reads.set(name, readsOf(name) + 1);
      const read = characteristic.readValue().finally(() => reads.set(name, readsOf(name) - 1));
      try {
        await read;
      } catch {
        if (!characteristic.service.device.gatt?.connected) live.delete(characteristic);
        else await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const write = prototype.writeValueWithResponse;
  prototype.writeValueWithResponse = function (this: BluetoothRemoteGATTCharacteristic, value: BufferSource) {
    return isFalling(this.service) ? fallen(this.service) : write.call(this, value);
  };
  const subscribed = new WeakSet<BluetoothRemoteGATTCharacteristic>();
  const wholeValue = Object.getOwnPropertyDescriptor(prototype, 'value')?.get;
  const wrappers = new WeakMap<object, EventListener>();
  const wrapperOf = (listener: EventListener): EventListener => {
    const wrapper =
      wrappers.get(listener) ??
      function (this: BluetoothRemoteGATTCharacteristic, event: Event) {
        const whole = wholeValue?.call(this) as DataView | undefined;
        if (!whole || !subscribed.has(this)) return listener.call(this, event);
        for (let at = 0; at + 2 <= whole.byteLength;) {
          const length = whole.getUint16(at, true);
          const packet = new DataView(whole.buffer, whole.byteOffset + at + 2, length);
          Object.defineProperty(this, 'value', { configurable: true, get: () => packet });
          listener.call(this, event);
          at += 2 + length;
        }
      };
    wrappers.set(listener, wrapper);
    return wrapper;
  };
  for (const name of ['addEventListener', 'removeEventListener'] as const) {
    const native = prototype[name] as (type: string, listener: unknown, options?: unknown) => void;
    Object.defineProperty(prototype, name, {
      value(type: string, listener: unknown, options?: unknown) {
        const split = type === 'characteristicvaluechanged' && typeof listener === 'function';
        native.call(this, type, split ? wrapperOf(listener as EventListener) : listener, options);
      },
    });
  }
  prototype.startNotifications = async function (this: BluetoothRemoteGATTCharacteristic) {
    watch(this.service.device);
    if (isFalling(this.service)) return fallen(this.service);
    const result = await start.call(this);
    subscribed.add(this);
    if (!live.has(this)) {
      live.add(this);
      void keepReading(this);
    }
    return result;
  };
  prototype.stopNotifications = function (this: BluetoothRemoteGATTCharacteristic) {
    live.delete(this);
    return stop.call(this);
  };
  // The domain does not report a disconnection by the page, and one under a pending read crashes the browser.
  const server = BluetoothRemoteGATTServer.prototype;
  const { connect, disconnect } = server;
  const closing = new WeakMap<BluetoothRemoteGATTServer, Promise<void>>();
  server.disconnect = function (this: BluetoothRemoteGATTServer) {
    if (!this.connected) return disconnect.call(this);
    for (const characteristic of live)
      if (characteristic.service.device === this.device) live.delete(characteristic);
    closing.set(
      this,
      radioLetGo(this.device.name ?? '').then(() => disconnect.call(this)),
    );
  };
  server.connect = async function (this: BluetoothRemoteGATTServer) {
    await closing.get(this);
    return connect.call(this);
  };
}

/**
 * Waits until each read that the page has begun waits for its answer here: on a busy computer some arrive late. The page is
 * asked again and again, as a read whose answer was on its way back does not arrive any more.
 *
 * @param patienceMs a read that the page gave up never comes
 */
export async function untilReadsArrived(
  arrived: () => number,
  begun: () => Promise<number>,
  patienceMs: number,
): Promise<void> {
  const patientUntilMs = performance.now() + patienceMs;
  while (arrived() < (await begun()) && performance.now() < patientUntilMs)
    await new Promise((ok) => setTimeout(ok, 2));
}

interface Notification {
  readonly bytes: Uint8Array;
  /** Called once the browser has it. */
  readonly onDelivered: () => void;
}

/** Where in the app's own work a link is made to fall. */
export type DropMoment = 'discovery' | 'write' | 'subscribe';

interface LiveCharacteristic {
  readonly address: string;
  readonly spec: EmulatedCharacteristic;
  readonly queue: Notification[];
  reading: boolean;
  subscribed: boolean;
}

export class EmulatedRadio {
  readonly #browser: CDPSession;
  readonly #page: CDPSession;
  readonly #window: Page;
  readonly #peripherals = new Map<string, EmulatedPeripheral>();
  readonly #characteristics = new Map<string, LiveCharacteristic>();
  #isClosing = false;
  readonly #answeredPrompts = new Set<string>();
  readonly #awayUntilMs = new Map<string, number>();
  readonly #drops = new Map<string, Promise<void>>();
  readonly #dropMoments = new Map<string, DropMoment>();
  #answer: { readonly choose: string } | 'dismiss' | null = null;

  private constructor(browser: CDPSession, page: CDPSession, window: Page) {
    this.#browser = browser;
    this.#page = page;
    this.#window = window;
  }

  /** Call before the page is opened. The browser must run with {@link RADIO_LAUNCH_ARGS}; one radio per browser. */
  static async attach(browser: Browser, context: BrowserContext, page: Page): Promise<EmulatedRadio> {
    await context.addInitScript(turnSubscriptionsIntoReads);
    const radio = new EmulatedRadio(
      await browser.newBrowserCDPSession(),
      await context.newCDPSession(page),
      page,
    );
    await context.exposeFunction('radioLetGo', (name: string) => radio.#letGo(name));
    await radio.#listen();
    return radio;
  }

  async add(peripheral: EmulatedPeripheral): Promise<void> {
    this.#peripherals.set(peripheral.address, peripheral);
    await this.#browser.send('BluetoothEmulation.simulatePreconnectedPeripheral', {
      address: peripheral.address,
      name: peripheral.name,
      manufacturerData: [],
      knownServiceUuids: [...peripheral.advertisedServices],
    });
  }

  /** The next choosers pick this device once it shows. */
  choose(address: string): void {
    this.#answer = { choose: address };
  }

  /** The next choosers are closed without a choice. */
  dismissChooser(): void {
    this.#answer = 'dismiss';
  }

  /** A missing adapter is how an unplugged one looks; at a switched-off one Chromium itself asks to switch it on. */
  async setAdapter(state: 'powered-on' | 'powered-off' | 'absent'): Promise<void> {
    await this.#browser.send('BluetoothEmulation.setSimulatedCentralState', { state });
  }

  /** Queues one notification; false when nobody is subscribed, and then the packet is gone as on a real radio. */
  notify(address: string, uuid: string, bytes: Uint8Array, onDelivered: () => void = () => {}): boolean {
    for (const [id, characteristic] of this.#characteristics) {
      if (characteristic.address !== address || characteristic.spec.uuid !== uuid) continue;
      if (!characteristic.subscribed) continue;
      characteristic.queue.push({ bytes, onDelivered });
      this.#feed(id, characteristic);
      return true;
    }
    return false;
  }

  /** Notifications that the page has not fetched yet. */
  waitingCount(address: string): number {
    let count = 0;
    for (const characteristic of this.#characteristics.values())
      if (characteristic.address === address) count += characteristic.queue.length;
    return count;
  }

  /**
   * The link falls. A disconnection under a pending read stalls or crashes the emulation, so the read is awaited and
   * failed first. For `awayMs` the device is out of reach: a connection waits that long.
   */
  drop(address: string, awayMs = 0): Promise<void> {
    // A second fall in the middle of the first would be one too many for the emulation.
    const running = this.#drops.get(address);
    if (running) return running;
    const drop = this.#fall(address, awayMs).finally(() => this.#drops.delete(address));
    this.#drops.set(address, drop);
    return drop;
  }

  async #fall(address: string, awayMs: number): Promise<void> {
    this.#awayUntilMs.set(address, performance.now() + awayMs);
    const name = this.#peripherals.get(address)?.name ?? '';
    // A page that closes meanwhile has no link any more.
    await this.#window.evaluate((device) => window.radioFalling?.(device), name).catch(() => {});
    await this.#failReads(address);
    for (const [id, characteristic] of this.#characteristics)
      if (characteristic.address === address) this.#characteristics.delete(id);
    await this.#browser.send('BluetoothEmulation.simulateGATTDisconnection', { address });
    this.#peripherals.get(address)?.onDisconnect?.();
  }

  /** The link falls when the app next does that with the device, once. */
  dropAt(address: string, moment: DropMoment): void {
    this.#dropMoments.set(address, moment);
  }

  /** Whether a drop that was announced is still to come. */
  isDropDue(address: string): boolean {
    return this.#dropMoments.has(address);
  }

  #takesDrop(address: string, moment: DropMoment): boolean {
    return this.#dropMoments.get(address) === moment && this.#dropMoments.delete(address);
  }

  /** The page disconnects: its reads end first. Chromium keeps handles and subscriptions for the next time. */
  async #letGo(name: string): Promise<void> {
    for (const { name: own, address } of this.#peripherals.values())
      if (own === name) await (this.#drops.get(address) ?? this.#failReads(address));
  }

  /** Fails the reads that are under way. */
  async #failReads(address: string): Promise<void> {
    const name = this.#peripherals.get(address)?.name ?? '';
    const mine = [...this.#characteristics].filter(([, c]) => c.address === address);
    for (const [, characteristic] of mine) characteristic.queue.length = 0;
    await untilReadsArrived(
      () => mine.filter(([, { reading }]) => reading).length,
      () => this.#window.evaluate((device) => window.radioReads?.(device) ?? 0, name).catch(() => 0),
      READ_PATIENCE_MS,
    );
    for (const [id, characteristic] of mine) {
      if (!characteristic.reading) continue;
      characteristic.reading = false;
      await this.#respond(id, 'read', { code: READ_FAILED });
    }
  }

  /** At the end of a test; a reload of the page may have ended the emulation before. */
  async detach(): Promise<void> {
    this.#isClosing = true;
    const send = async (work: Promise<unknown>): Promise<void> => {
      await work.catch((error: unknown) => {
        if (!String(error).includes('not enabled')) throw error;
      });
    };
    for (const address of this.#peripherals.keys())
      if ([...this.#characteristics.values()].some((c) => c.address === address))
        await send(this.drop(address));
    await send(this.#browser.send('BluetoothEmulation.disable'));
    await this.#browser.detach();
  }

  /** A page that connects anew while the radio goes away asks in vain, and that is no fault. */
  async #unlessClosing(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      if (!this.#isClosing) throw error;
    });
  }

  async #listen(): Promise<void> {
    await this.#browser.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
    this.#browser.on('BluetoothEmulation.gattOperationReceived', (event) => {
      void this.#unlessClosing(this.#answerGatt(event.address, event.type));
    });
    this.#browser.on('BluetoothEmulation.characteristicOperationReceived', (event) => {
      void this.#unlessClosing(this.#answerCharacteristic(event.characteristicId, event.type, event.data));
    });
    this.#browser.on('BluetoothEmulation.descriptorOperationReceived', (event) => {
      void this.#browser.send('BluetoothEmulation.simulateDescriptorOperationResponse', {
        descriptorId: event.descriptorId,
        type: event.type,
        code: 0,
      });
    });
    await this.#page.send('DeviceAccess.enable');
    this.#page.on('DeviceAccess.deviceRequestPrompted', (event) => {
      void this.#answerChooser(event.id, event.devices);
    });
  }

  /** The event repeats with the same id as its list grows; a second answer would crash the browser. */
  async #answerChooser(id: string, devices: readonly { readonly id: string }[]): Promise<void> {
    const answer = this.#answer;
    if (answer === null || this.#answeredPrompts.has(id)) return;
    if (answer === 'dismiss') {
      this.#answeredPrompts.add(id);
      await this.#page.send('DeviceAccess.cancelPrompt', { id });
    } else if (devices.some((device) => device.id === answer.choose)) {
      this.#answeredPrompts.add(id);
      await this.#page.send('DeviceAccess.selectPrompt', { id, deviceId: answer.choose });
    }
  }

  async #answerGatt(address: string, type: 'connection' | 'discovery'): Promise<void> {
    const peripheral = this.#peripherals.get(address);
    if (!peripheral) return;
    if (type === 'connection') {
      const awayMs = (this.#awayUntilMs.get(address) ?? 0) - performance.now();
      if (awayMs > 0) await new Promise((resolve) => setTimeout(resolve, awayMs));
      // Services are forgotten at each disconnection, and discovery follows the answer at once: add them first.
      await this.#addServices(peripheral);
      peripheral.onConnect?.();
    }
    await this.#browser.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: 0 });
    // With its discovery unanswered the emulation would never discover the device again.
    if (type === 'discovery' && this.#takesDrop(address, 'discovery')) await this.drop(address);
  }

  async #addServices(peripheral: EmulatedPeripheral): Promise<void> {
    const { address } = peripheral;
    for (const [id, { address: owner }] of this.#characteristics)
      if (owner === address) this.#characteristics.delete(id);
    // All that does not wait for an id goes out at once: each answer takes long on a busy computer.
    await Promise.all(
      peripheral.gatt.map(async ({ uuid, characteristics }) => {
        const { serviceId } = await this.#browser.send('BluetoothEmulation.addService', {
          address,
          serviceUuid: uuid,
        });
        await Promise.all(characteristics.map((spec) => this.#addCharacteristic(address, serviceId, spec)));
      }),
    );
  }

  async #addCharacteristic(address: string, serviceId: string, spec: EmulatedCharacteristic): Promise<void> {
    const notify = spec.properties.notify ?? false;
    const { characteristicId } = await this.#browser.send('BluetoothEmulation.addCharacteristic', {
      serviceId,
      characteristicUuid: spec.uuid,
      properties: { ...spec.properties, read: notify || (spec.properties.read ?? false) },
    });
    if (notify)
      await this.#browser.send('BluetoothEmulation.addDescriptor', {
        characteristicId,
        descriptorUuid: CLIENT_CONFIGURATION_UUID,
      });
    this.#characteristics.set(characteristicId, {
      address,
      spec,
      queue: [],
      reading: false,
      subscribed: false,
    });
  }

  async #answerCharacteristic(
    id: string,
    type: 'read' | 'write' | 'subscribe-to-notifications' | 'unsubscribe-from-notifications',
    data: string | undefined,
  ): Promise<void> {
    const characteristic = this.#characteristics.get(id);
    if (!characteristic) {
      // It came while the link fell: an operation that is never answered would hold up the next connection.
      await this.#respond(id, type, { code: READ_FAILED }).catch(() => {});
      return;
    }
    const { spec } = characteristic;
    if (type === 'read') {
      if (spec.properties.notify) {
        characteristic.reading = true;
        this.#feed(id, characteristic);
      } else {
        await this.#respond(id, type, { code: 0, data: base64(spec.onRead?.() ?? new Uint8Array()) });
      }
      return;
    }
    const { address } = characteristic;
    const moment = type === 'write' ? 'write' : 'subscribe';
    if (type !== 'unsubscribe-from-notifications' && this.#takesDrop(address, moment)) {
      await this.#respond(id, type, { code: READ_FAILED });
      await this.drop(address);
      return;
    }
    await this.#respond(id, type, { code: 0 });
    if (type === 'write') {
      spec.onWrite?.(Uint8Array.from(Buffer.from(data ?? '', 'base64')));
    } else {
      characteristic.subscribed = type === 'subscribe-to-notifications';
      spec.onSubscribe?.(characteristic.subscribed);
    }
  }

  #feed(id: string, characteristic: LiveCharacteristic): void {
    const { queue } = characteristic;
    if (!characteristic.reading || queue.length === 0) return;
    characteristic.reading = false;
    const parts: Uint8Array[] = [];
    let size = 0;
    for (
      let next = queue[0];
      next && (size === 0 || size + 2 + next.bytes.length <= BATCH_BYTES);
      next = queue[0]
    ) {
      const { bytes, onDelivered } = next;
      queue.shift();
      onDelivered();
      parts.push(Uint8Array.of(bytes.length & 0xff, bytes.length >> 8), bytes);
      size += 2 + bytes.length;
    }
    // A page that closes meanwhile takes its read with it.
    this.#respond(id, 'read', { code: 0, data: base64(Buffer.concat(parts)) }).catch(() => {});
  }

  async #respond(
    characteristicId: string,
    type: 'read' | 'write' | 'subscribe-to-notifications' | 'unsubscribe-from-notifications',
    more: { readonly code: number; readonly data?: string },
  ): Promise<void> {
    await unrecorded(this.#browser, () =>
      this.#browser.send('BluetoothEmulation.simulateCharacteristicOperationResponse', {
        characteristicId,
        type,
        ...more,
      }),
    );
  }
}

/**
 * Playwright keeps every call of a test as a step and walks through all of them at the next call: with a hundred answers a
 * second each takes longer than the one before, until the radio is slower than its units. It counts its own internal calls not.
 */
async function unrecorded<T>(session: CDPSession, call: () => Promise<T>): Promise<T> {
  type Internal = { _wrapApiCall(call: () => Promise<T>, options: { readonly internal: true }): Promise<T> };
  return (session as unknown as Internal)._wrapApiCall(call, { internal: true });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
