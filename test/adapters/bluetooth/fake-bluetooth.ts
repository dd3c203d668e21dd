import { decodeCommand, OPCODE } from '../../../firmware-protocol/typescript/command.ts';
import { encodeReply, type Reply } from '../../../firmware-protocol/typescript/reply.ts';
import type { DeviceFamily } from '../../../src/core/device/device-family.ts';
import { THORA_NANO33 } from '../../../src/core/device/thora-nano33/thora-nano33.ts';

/** Version and kind of a command. */
const CLOCK_ECHO_HEAD = 0x13;
/** How long one radio operation takes, ms of the test's clock. */
const OPERATION_MS = 5;

export const START_COMMANDS = [Uint8Array.of(1), Uint8Array.of(2, 2)];
export const STOP_COMMAND = Uint8Array.of(9);
export const IDENTIFY_COMMAND = Uint8Array.of(5);

/** The kit's own family with commands that are easy to tell apart. */
export const TEST_FAMILY: DeviceFamily = {
  ...THORA_NANO33,
  bluetooth: {
    ...THORA_NANO33.bluetooth,
    startCommands: () => START_COMMANDS,
    stopCommands: () => [STOP_COMMAND],
    identifyCommand: () => IDENTIFY_COMMAND,
  },
};

export type ConnectOutcome = 'ok' | 'fail' | 'hang' | 'noService';

/** The radio as a page sees it: real events, scripted outcomes, and the browser's complaint when operations overlap. */
export class FakeDevice extends EventTarget {
  readonly id: string;
  readonly name: string;
  readonly gatt: FakeServer;
  /** Outcomes of the next connections; 'ok' when the script has ended. */
  readonly connectOutcomes: ConnectOutcome[] = [];
  readonly written: number[][] = [];
  readonly air: FakeAir;
  /** What the device does once its start commands have come. */
  streams = true;
  batteryPercent: number | null = null;
  operationRunning = false;
  characteristic: FakeCharacteristic | null = null;
  /** Whether it answers on its command characteristic: with its clock, with a refusal, or not at all. */
  clock: 'offered' | 'refused' | 'silent' = 'silent';
  commandCharacteristic: FakeCharacteristic | null = null;
  #packetNumber = 0;

  constructor(air: FakeAir, id: string) {
    super();
    this.air = air;
    this.id = id;
    this.name = `Thora ${id}`;
    this.gatt = new FakeServer(this);
  }

  /** The link falls. */
  drop(): void {
    if (!this.gatt.connected) return;
    this.gatt.connected = false;
    this.characteristic = null;
    this.dispatchEvent(new Event('gattserverdisconnected'));
  }

  /** One packet with its number, inside a larger buffer as browsers may hand it over. */
  notify(): void {
    const number = this.#packetNumber++;
    const buffer = Uint8Array.of(0xee, 0xee, number & 0xff, number >> 8, 0xee).buffer;
    this.characteristic?.deliver(new DataView(buffer, 2, 2));
  }

  receive(command: Uint8Array): void {
    this.written.push([...command]);
    if (command[0] === CLOCK_ECHO_HEAD && command[1] === OPCODE.clockEcho) this.#answerEcho(command);
    if (command[0] === START_COMMANDS.at(-1)![0] && this.streams) this.notify();
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
    setTimeout(() => {
      this.commandCharacteristic?.deliver(new DataView(encodeReply(reply).buffer));
    }, 2);
  }

  async operate<T>(operation: () => T): Promise<T> {
    if (!this.gatt.connected) throw new DOMException('GATT Server is disconnected.', 'NetworkError');
    if (this.operationRunning) throw new DOMException('GATT operation already in progress.', 'NetworkError');
    this.operationRunning = true;
    try {
      await delay(OPERATION_MS);
      if (!this.gatt.connected) throw new DOMException('GATT Server is disconnected.', 'NetworkError');
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
}

class FakeServer {
  connected = false;
  readonly #device: FakeDevice;
  #outcome: ConnectOutcome = 'ok';

  constructor(device: FakeDevice) {
    this.#device = device;
  }

  async connect(): Promise<this> {
    const { air } = this.#device;
    air.mostConnecting = Math.max(air.mostConnecting, ++air.connecting);
    this.#outcome = this.#device.connectOutcomes.shift() ?? 'ok';
    try {
      await delay(100);
      if (this.#outcome === 'hang') await new Promise(() => undefined);
      if (this.#outcome === 'fail') throw new DOMException('Connection attempt failed.', 'NetworkError');
      this.connected = true;
      return this;
    } finally {
      air.connecting--;
    }
  }

  disconnect(): void {
    this.#device.drop();
  }

  getPrimaryService(uuid: string): Promise<FakeService> {
    return this.#device.operate(() => {
      if (uuid === TEST_FAMILY.bluetooth.serviceUuid && this.#outcome !== 'noService') {
        return new FakeService(this.#device, null);
      }
      if (uuid.startsWith('0000180f') && this.#device.batteryPercent !== null) {
        return new FakeService(this.#device, this.#device.batteryPercent);
      }
      throw new DOMException(`No Services matching UUID ${uuid} found in Device.`, 'NotFoundError');
    });
  }
}

class FakeService {
  readonly #device: FakeDevice;
  readonly #value: number | null;

  constructor(device: FakeDevice, value: number | null) {
    this.#device = device;
    this.#value = value;
  }

  getCharacteristic(uuid: string): Promise<FakeCharacteristic> {
    return this.#device.operate(() => {
      const characteristic = new FakeCharacteristic(this.#device, this.#value);
      if (uuid === TEST_FAMILY.bluetooth.dataCharacteristicUuid) this.#device.characteristic = characteristic;
      if (uuid === TEST_FAMILY.bluetooth.commandCharacteristicUuid)
        this.#device.commandCharacteristic = characteristic;
      return characteristic;
    });
  }
}

class FakeCharacteristic extends EventTarget {
  readonly properties = { write: true };
  value: DataView | null = null;
  readonly #device: FakeDevice;
  readonly #readable: number | null;
  #notifying = false;

  constructor(device: FakeDevice, readable: number | null) {
    super();
    this.#device = device;
    this.#readable = readable;
  }

  deliver(view: DataView): void {
    if (!this.#notifying) return;
    this.value = view;
    this.dispatchEvent(new Event('characteristicvaluechanged'));
  }

  startNotifications(): Promise<this> {
    return this.#device.operate(() => {
      this.#notifying = true;
      return this;
    });
  }

  stopNotifications(): Promise<this> {
    return this.#device.operate(() => {
      this.#notifying = false;
      return this;
    });
  }

  readValue(): Promise<DataView> {
    return this.#device.operate(() => new DataView(Uint8Array.of(this.#readable ?? 0).buffer));
  }

  writeValueWithResponse(value: Uint8Array): Promise<void> {
    return this.#device.operate(() => this.#device.receive(value));
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
  lastOptions: RequestDeviceOptions | undefined;

  getAvailability(): Promise<boolean> {
    return Promise.resolve(this.available);
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

function delay(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
