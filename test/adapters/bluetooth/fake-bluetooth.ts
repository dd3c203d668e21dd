import { decodeCommand, OPCODE } from '../../../firmware-protocol/typescript/command.ts';
import { encodeReply, type Reply } from '../../../firmware-protocol/typescript/reply.ts';
import type { DeviceDecoder, DeviceFamily } from '../../../src/core/device/device-family.ts';
import { tellOnly } from '../../../src/core/device/dialogue.ts';
import { THORA_NANO33 } from '../../../src/core/device/thora-nano33/thora-nano33.ts';
import { beginSamples } from '../../../src/core/packet/sample-batch.ts';

/** Version and kind of a command. */
const CLOCK_ECHO_HEAD = 0x13;
/** How long one radio operation takes, ms of the test's clock. */
const OPERATION_MS = 5;

export const START_COMMANDS = [Uint8Array.of(1), Uint8Array.of(2, 2)];
export const STOP_COMMAND = Uint8Array.of(9);
export const IDENTIFY_COMMAND = Uint8Array.of(5);
const USUAL_RATE_HZ = THORA_NANO33.liveStreams[0].rateHz;
const SAMPLE_PERIOD_MS = 20;
const FOREIGN_UUID = 'ffffffff-0000-4000-8000-000000000001';

/** Two bytes are one sample, anything else is refused. */
function createTestDecoder(): DeviceDecoder {
  const decoder = {
    rejection: '',
    decode(view: DataView, out: Parameters<DeviceDecoder['decode']>[1]) {
      const isSample = view.byteLength === 2;
      decoder.rejection = isSample ? '' : `${view.byteLength} bytes`;
      if (!isSample) return 'rejected' as const;
      beginSamples(out, 1);
      out.nominalPeriodMs = SAMPLE_PERIOD_MS;
      return 'samples' as const;
    },
    reset: () => undefined,
  };
  return decoder;
}

/** The kit's own family with commands and packets that are easy to tell apart. */
export const TEST_FAMILY: DeviceFamily = {
  ...THORA_NANO33,
  createDecoder: createTestDecoder,
  narrowStream: { stream: 'narrow', rateHz: 26 },
  bluetooth: {
    ...THORA_NANO33.bluetooth,
    namePrefixes: ['Old'],
    foreignCharacteristicUuids: [FOREIGN_UUID],
    createDialogue: () => ({
      ...tellOnly([]),
      start: ({ rateHz }) => ({
        next: 'done',
        commands: rateHz === USUAL_RATE_HZ ? START_COMMANDS : [Uint8Array.of(1), Uint8Array.of(2, rateHz)],
      }),
    }),
    stopCommands: () => [STOP_COMMAND],
    identify: { characteristic: null, value: IDENTIFY_COMMAND },
    batteryCommand: () => null,
  },
};

export type ConnectOutcome = 'ok' | 'fail' | 'hang' | 'noService' | 'revoked';

type Receiver = (bytes: Uint8Array) => void;

/** One characteristic of a peripheral, whatever handles the page holds on it. */
interface Attribute {
  readonly uuid: string;
  readonly serviceUuid: string;
  readonly value?: () => number[];
  readonly receive?: Receiver;
}

/**
 * The radio as a page sees it: real events, scripted outcomes, and the browser's complaints: when operations overlap,
 * when the link is down, and when a handle is from before the last disconnection.
 */
export class FakeDevice extends EventTarget {
  readonly id: string;
  name: string;
  readonly gatt: FakeServer;
  /** Outcomes of the next connections; 'ok' when the script has ended. */
  readonly connectOutcomes: ConnectOutcome[] = [];
  readonly written: number[][] = [];
  readonly air: FakeAir;
  /** What the device does once its start commands have come. */
  streams: 'samples' | 'junk' | false = 'samples';
  batteryPercent: number | null = null;
  hasForeignCharacteristic = false;
  operationRunning = false;
  /** Whether it answers on its command characteristic: with its clock, with a refusal, or not at all. */
  clock: 'offered' | 'refused' | 'silent' = 'silent';
  /** What it answers when it is asked for its health. */
  health: Reply | 'silent' = 'silent';
  /** Called before each operation; a test drops the link there. */
  onOperation: ((what: string) => void) | null = null;
  /** Counts connections: handles of an older one are void. */
  connection = 0;
  readonly subscribed = new Map<string, FakeCharacteristic>();
  #attributes: readonly Attribute[] | null = null;
  #packetNumber = 0;

  constructor(air: FakeAir, id: string, attributes: readonly Attribute[] | null = null) {
    super();
    this.air = air;
    this.id = id;
    this.name = `Thora ${id}`;
    this.gatt = new FakeServer(this);
    this.#attributes = attributes;
  }

  get attributes(): readonly Attribute[] {
    if (this.#attributes) return this.#attributes;
    const { serviceUuid, dataCharacteristicUuids, commandCharacteristicUuid } = TEST_FAMILY.bluetooth;
    const own: Attribute[] = [
      { serviceUuid, uuid: dataCharacteristicUuids[0] },
      { serviceUuid, uuid: commandCharacteristicUuid!, receive: (bytes) => this.#receive(bytes) },
    ];
    if (this.hasForeignCharacteristic) own.push({ serviceUuid, uuid: FOREIGN_UUID });
    const { batteryPercent } = this;
    if (batteryPercent !== null)
      own.push({ serviceUuid: longUuid('180f'), uuid: longUuid('2a19'), value: () => [batteryPercent] });
    return own;
  }

  /** The handle through which the page hears samples now. */
  get characteristic(): FakeCharacteristic | null {
    return this.subscribed.get(TEST_FAMILY.bluetooth.dataCharacteristicUuids[0]) ?? null;
  }

  /** The link falls. */
  drop(): void {
    if (!this.gatt.connected) return;
    this.gatt.connected = false;
    this.subscribed.clear();
    this.dispatchEvent(new Event('gattserverdisconnected'));
  }

  /** One packet with its number, inside a larger buffer as browsers may hand it over. */
  notify(): void {
    const number = this.#packetNumber++;
    const buffer = Uint8Array.of(0xee, 0xee, number & 0xff, number >> 8, 0xee).buffer;
    this.characteristic?.deliver(new DataView(buffer, 2, 2));
  }

  send(uuid: string, bytes: Uint8Array): void {
    this.subscribed.get(uuid)?.deliver(new DataView(bytes.slice().buffer));
  }

  #receive(command: Uint8Array): void {
    this.written.push([...command]);
    if (command[0] === CLOCK_ECHO_HEAD && command[1] === OPCODE.clockEcho) this.#answerEcho(command);
    if (command[0] === CLOCK_ECHO_HEAD && command[1] === OPCODE.health && this.health !== 'silent')
      this.send(TEST_FAMILY.bluetooth.commandCharacteristicUuid!, encodeReply(this.health));
    if (command[0] !== START_COMMANDS.at(-1)![0]) return;
    if (this.streams === 'samples') this.notify();
    if (this.streams === 'junk') this.characteristic?.deliver(new DataView(new ArrayBuffer(1)));
  }

  /** Reads the question when it comes and answers 2 ms later; its clock counts from 1000 s. */
  #answerEcho(command: Uint8Array): void {
    const reading = decodeCommand(new DataView(command.buffer, command.byteOffset, command.byteLength));
    if (!reading.ok || reading.command.name !== 'clockEcho' || this.clock === 'silent') return;
    const { reference, token } = reading.command;
    const receivedUs = 1_000_000_000 + 1000 * performance.now();
    const reply: Reply =
      this.clock === 'offered'
        ? { name: 'clockEcho', reference, token, receivedUs, sentUs: receivedUs + 2000 }
        : { name: 'error', reference, opcode: OPCODE.clockEcho, status: 'unknownCommand', faultyByte: 1 };
    setTimeout(() => this.send(TEST_FAMILY.bluetooth.commandCharacteristicUuid!, encodeReply(reply)), 2);
  }

  async operate<T>(what: string, connection: number, operation: () => T): Promise<T> {
    const check = (): void => {
      if (!this.gatt.connected)
        throw new DOMException(
          'GATT Server is disconnected. Cannot perform GATT operations. (Re)connect first with `device.gatt.connect`.',
          'NetworkError',
        );
      if (connection !== this.connection)
        throw new DOMException(
          'Characteristic is no longer valid. Remember to retrieve the characteristic again after reconnecting.',
          'InvalidStateError',
        );
    };
    check();
    if (this.operationRunning) throw new DOMException('GATT operation already in progress.', 'NetworkError');
    this.operationRunning = true;
    try {
      this.onOperation?.(what);
      await delay(OPERATION_MS);
      check();
      return operation();
    } finally {
      this.operationRunning = false;
    }
  }

  asDevice(): BluetoothDevice {
    return this as unknown as BluetoothDevice;
  }
}

/** What all devices share: how many connect at the same time. */
export class FakeAir {
  connecting = 0;
  mostConnecting = 0;
  /** Ids of the devices in the order in which they were connected. */
  readonly connected: string[] = [];
}

class FakeServer {
  connected = false;
  readonly device: FakeDevice;
  #outcome: ConnectOutcome = 'ok';

  constructor(device: FakeDevice) {
    this.device = device;
  }

  async connect(): Promise<this> {
    const { air } = this.device;
    air.mostConnecting = Math.max(air.mostConnecting, ++air.connecting);
    this.#outcome = this.device.connectOutcomes.shift() ?? 'ok';
    try {
      await delay(100);
      if (this.#outcome === 'hang') await new Promise(() => undefined);
      if (this.#outcome === 'fail') throw new DOMException('Connection attempt failed.', 'NetworkError');
      if (this.#outcome === 'revoked') throw new DOMException('The device is not allowed.', 'SecurityError');
      this.connected = true;
      air.connected.push(this.device.id);
      this.device.connection++;
      return this;
    } finally {
      air.connecting--;
    }
  }

  disconnect(): void {
    this.device.drop();
  }

  getPrimaryService(uuid: string): Promise<FakeService> {
    return this.device.operate(`service ${uuid}`, this.device.connection, () => {
      const isThere = this.device.attributes.some(({ serviceUuid }) => serviceUuid === uuid);
      if (isThere && this.#outcome !== 'noService') return new FakeService(this.device, uuid);
      throw new DOMException(`No Services matching UUID ${uuid} found in Device.`, 'NotFoundError');
    });
  }
}

class FakeService {
  readonly #device: FakeDevice;
  readonly #uuid: string;
  readonly #connection: number;

  constructor(device: FakeDevice, uuid: string) {
    this.#device = device;
    this.#uuid = uuid;
    this.#connection = device.connection;
  }

  getCharacteristic(uuid: string): Promise<FakeCharacteristic> {
    return this.#device.operate(`characteristic ${uuid}`, this.#connection, () => {
      const attribute = this.#own().find((one) => one.uuid === uuid);
      if (attribute) return new FakeCharacteristic(this.#device, attribute);
      throw new DOMException(`No Characteristics matching UUID ${uuid} found.`, 'NotFoundError');
    });
  }

  getCharacteristics(): Promise<FakeCharacteristic[]> {
    return this.#device.operate('characteristics', this.#connection, () =>
      this.#own().map((attribute) => new FakeCharacteristic(this.#device, attribute)),
    );
  }

  #own(): readonly Attribute[] {
    return this.#device.attributes.filter(({ serviceUuid }) => serviceUuid === this.#uuid);
  }
}

class FakeCharacteristic extends EventTarget {
  readonly uuid: string;
  readonly properties = { write: true };
  value: DataView | null = null;
  readonly #device: FakeDevice;
  readonly #attribute: Attribute;
  readonly #connection: number;

  constructor(device: FakeDevice, attribute: Attribute) {
    super();
    this.#device = device;
    this.#attribute = attribute;
    this.uuid = attribute.uuid;
    this.#connection = device.connection;
  }

  deliver(view: DataView): void {
    this.value = view;
    this.dispatchEvent(new Event('characteristicvaluechanged'));
  }

  startNotifications(): Promise<this> {
    return this.#operate('subscribe', () => {
      this.#device.subscribed.set(this.uuid, this);
      return this;
    });
  }

  stopNotifications(): Promise<this> {
    return this.#operate('unsubscribe', () => {
      this.#device.subscribed.delete(this.uuid);
      return this;
    });
  }

  readValue(): Promise<DataView> {
    return this.#operate(
      'read',
      () => new DataView(Uint8Array.from(this.#attribute.value?.() ?? [0]).buffer),
    );
  }

  writeValueWithResponse(value: Uint8Array): Promise<void> {
    return this.#operate('write', () => this.#attribute.receive?.(value));
  }

  #operate<T>(what: string, operation: () => T): Promise<T> {
    return this.#device.operate(what, this.#connection, operation);
  }
}

/** The chooser: hands out what the test has put there. */
export class FakeBluetooth {
  available = true;
  /** The device that the person picks, or how the chooser ends otherwise. */
  choice: FakeDevice | DOMException = new DOMException(
    'User cancelled the requestDevice() chooser.',
    'NotFoundError',
  );
  /** What the browser remembers that the page may use. */
  allowed: FakeDevice[] = [];
  lastOptions: RequestDeviceOptions | undefined;

  getAvailability(): Promise<boolean> {
    return Promise.resolve(this.available);
  }

  getDevices(): Promise<BluetoothDevice[]> {
    return Promise.resolve(this.allowed.map((device) => device.asDevice()));
  }

  requestDevice(options?: RequestDeviceOptions): Promise<BluetoothDevice> {
    this.lastOptions = options;
    if (this.choice instanceof FakeDevice) return Promise.resolve(this.choice.asDevice());
    return Promise.reject(this.choice);
  }

  asBluetooth(): Bluetooth {
    return this as unknown as Bluetooth;
  }
}

export function longUuid(short: string): string {
  return `0000${short}-0000-1000-8000-00805f9b34fb`;
}

function delay(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
