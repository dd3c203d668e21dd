import { decodeCommand, OPCODE } from '../../firmware-protocol/typescript/command.ts';
import type { Command, StreamConfiguration } from '../../firmware-protocol/typescript/command.ts';
import {
  COMMAND_CHARACTERISTIC_UUID,
  SAMPLE_CHARACTERISTIC_UUID,
  THORA_SERVICE_UUID,
} from '../../firmware-protocol/typescript/gatt-table.ts';
import { BOARD, encodeReply, FEATURE } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import {
  blockCapacity,
  createSampleHeader,
  encodeSamplePacket,
  readSampleHeader,
} from '../../firmware-protocol/typescript/sample-packet.ts';
import { Delivered } from './delivered.ts';
import type { EmulatedPeripheral, EmulatedRadio } from './emulated-radio.ts';

/** What the board's chip measures. */
export interface BoardMotion {
  /** Writes gyro (rad/s), acc (m/s^2) and mag (uT), x y z each, as they are `timeS` seconds after power-on. */
  sampleInto(out: Float64Array, timeS: number): void;
}

/** Or: packets as they were recorded, `dueMs` after `start`. */
export interface BoardPackets {
  readonly packets: readonly { readonly dueMs: number; readonly bytes: Uint8Array }[];
}

/** Or: another source of this protocol's packets, such as a virtual sensor, in its own time. */
export interface BoardRelay {
  relay(send: (bytes: Uint8Array) => void): void;
  stopRelay(): void;
}

export interface BoardOptions {
  readonly address: string;
  /** Last two bytes of the address, as the sketch names itself. */
  readonly name: string;
  readonly source: BoardMotion | BoardPackets | BoardRelay;
  /** ATT MTU of the link; 23 forces single-sample packets. */
  readonly mtu?: number;
  /** Rate at which the chip runs, unless it is asked for one that is nearer to the other. */
  readonly chipRateHz?: number;
  readonly otherRateHz?: number;
  readonly batteryPercent?: number;
  /** Advertises like a Thora board but lacks its service. */
  readonly foreign?: boolean;
}

const BATTERY_SERVICE = '0000180f-0000-1000-8000-00805f9b34fb';
const BATTERY_LEVEL = '00002a19-0000-1000-8000-00805f9b34fb';
const TICK_MS = 20;

/** A board with the sketch of SPEC.md, seen from the radio: obeys commands and streams samples by its own clock. */
export class EmulatedNano33 {
  readonly address: string;
  /** Every command that was understood, in order; for tests. */
  readonly commands: Command[] = [];
  readonly #radio: EmulatedRadio;
  readonly #options: Required<Omit<BoardOptions, 'name' | 'foreign' | 'otherRateHz'>> & BoardOptions;
  readonly #poweredOnMs = performance.now();
  readonly #values = new Float64Array(9);
  #configuration: StreamConfiguration;
  #timer: ReturnType<typeof setInterval> | null = null;
  #streaming = false;
  #startedMs = 0;
  #sequence = 0;
  #sampleCount = 0;
  #paused = false;
  #relayed: { readonly deviceTimeMs: number; readonly atMs: number } | null = null;
  readonly #header = createSampleHeader();
  packetCount = 0;
  /** At a higher rate than this the radio lets only every second packet through. */
  starvedAboveHz = Infinity;
  /** Of a {@link BoardMotion} as its source. */
  readonly delivered = new Delivered();
  identifyCount = 0;

  private constructor(radio: EmulatedRadio, options: BoardOptions) {
    this.address = options.address;
    this.#radio = radio;
    this.#options = { mtu: 247, chipRateHz: 104, batteryPercent: 87, ...options };
    this.#configuration = this.#nearest({
      rateCentiHz: 10400,
      hasMagnetometer: true,
      singleSample: false,
      samplesPerPacket: 0,
    });
  }

  static async powerOn(radio: EmulatedRadio, options: BoardOptions): Promise<EmulatedNano33> {
    const board = new EmulatedNano33(radio, options);
    await radio.add(board.#peripheral(options));
    return board;
  }

  /** Samples a second as configured. */
  get #rateHz(): number {
    return this.#configuration.rateCentiHz / 100;
  }

  get streaming(): boolean {
    return this.#streaming;
  }

  /** The radio stays connected but nothing comes any more, until {@link resume}. Samples meanwhile are lost. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  /** The link falls, as when the person walks away; after `awayMs` the board can be reached again. */
  async drop(awayMs = 0): Promise<void> {
    this.#stopStreaming();
    await this.#radio.drop(this.address, awayMs);
  }

  powerOff(): void {
    this.#stopStreaming();
  }

  #peripheral(options: BoardOptions): EmulatedPeripheral {
    const battery = {
      uuid: BATTERY_SERVICE,
      characteristics: [
        {
          uuid: BATTERY_LEVEL,
          properties: { read: true },
          onRead: () => Uint8Array.of(this.#options.batteryPercent),
        },
      ],
    };
    const thora = {
      uuid: THORA_SERVICE_UUID,
      characteristics: [
        { uuid: SAMPLE_CHARACTERISTIC_UUID, properties: { notify: true } },
        {
          uuid: COMMAND_CHARACTERISTIC_UUID,
          properties: { write: true, notify: true },
          onWrite: (bytes: Uint8Array) => this.#obey(bytes),
        },
      ],
    };
    return {
      address: options.address,
      name: options.name,
      advertisedServices: [THORA_SERVICE_UUID],
      gatt: options.foreign ? [battery] : [thora, battery],
      onDisconnect: () => this.#stopStreaming(),
    };
  }

  /** The clock that stamps the samples, as on a real board; of relayed packets it is their maker's. */
  #clockUs(): number {
    const now = performance.now();
    const us =
      this.#relayed === null
        ? now - this.#poweredOnMs
        : this.#relayed.deviceTimeMs + now - this.#relayed.atMs;
    return Math.floor(us * 1000) >>> 0;
  }

  #obey(bytes: Uint8Array): void {
    const receivedUs = this.#clockUs();
    const reading = decodeCommand(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!reading.ok) {
      this.#reply({ name: 'error', ...reading });
      return;
    }
    const { command } = reading;
    this.commands.push(command);
    const { reference } = command;
    switch (command.name) {
      case 'hello':
        this.#reply({
          name: 'hello',
          reference,
          info: {
            firmwareMajor: 1,
            firmwareMinor: 0,
            firmwarePatch: 0,
            boardCode: BOARD.other,
            features: FEATURE.magnetometer | FEATURE.battery | FEATURE.identifyLight,
            mtu: this.#options.mtu,
            nativeRateCentiHz: Math.round(this.#options.chipRateHz * 100),
            unitId: Number.parseInt(this.address.replaceAll(':', '').slice(-8), 16),
          },
        });
        return;
      case 'configure':
        if (this.streaming) {
          this.#reply({ name: 'error', reference, opcode: 2, status: 'notNow', faultyByte: 1 });
          return;
        }
        this.#configuration = this.#nearest(command.configuration);
        this.#reply({ name: 'configure', reference, configuration: this.#configuration });
        return;
      case 'start':
        if (!this.streaming) this.#startStreaming();
        this.#reply({ name: 'start', reference });
        return;
      case 'stop':
        this.#stopStreaming();
        this.#reply({ name: 'stop', reference });
        return;
      case 'identify':
        this.identifyCount++;
        this.#reply({ name: 'identify', reference });
        return;
      case 'clockEcho': {
        const { token } = command;
        this.#reply({ name: 'clockEcho', reference, token, receivedUs, sentUs: this.#clockUs() });
        return;
      }
      case 'battery':
        this.#reply({ name: 'battery', reference, percent: this.#options.batteryPercent, millivolts: 3700 });
        return;
      // A firmware from before these commands.
      case 'health':
      case 'readCalibration':
      case 'writeCalibration':
      case 'storeCalibration':
        this.#reply({
          name: 'error',
          reference,
          opcode: OPCODE[command.name],
          status: 'unknownCommand',
          faultyByte: 1,
        });
        return;
    }
  }

  #reply(reply: Reply): void {
    this.#radio.notify(this.address, COMMAND_CHARACTERISTIC_UUID, encodeReply(reply));
  }

  /** What the board can do that is nearest to what was asked for, by the MTU rule. */
  #nearest(wanted: StreamConfiguration): StreamConfiguration {
    const { chipRateHz, otherRateHz = chipRateHz } = this.#options;
    const askedHz = wanted.rateCentiHz / 100;
    const isOther = Math.abs(askedHz - otherRateHz) < Math.abs(askedHz - chipRateHz);
    const rateCentiHz = Math.round((isOther ? otherRateHz : chipRateHz) * 100);
    const capacity = blockCapacity(this.#options.mtu, wanted.hasMagnetometer);
    if (wanted.singleSample || capacity === 0)
      return { rateCentiHz, hasMagnetometer: false, singleSample: true, samplesPerPacket: 1 };
    const samplesPerPacket = Math.min(capacity, wanted.samplesPerPacket || 4);
    return { rateCentiHz, hasMagnetometer: wanted.hasMagnetometer, singleSample: false, samplesPerPacket };
  }

  #startStreaming(): void {
    this.#startedMs = performance.now();
    this.#sequence = 0;
    this.#sampleCount = 0;
    this.#streaming = true;
    const { source } = this.#options;
    if ('relay' in source)
      source.relay((bytes) => {
        this.#noteClock(bytes);
        this.#send(bytes);
      });
    else this.#timer = setInterval(() => this.#tick(source), TICK_MS);
  }

  #stopStreaming(): void {
    if (!this.#streaming) return;
    this.#streaming = false;
    const { source } = this.#options;
    if ('relay' in source) source.stopRelay();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(source: BoardMotion | BoardPackets): void {
    const elapsedMs = performance.now() - this.#startedMs;
    if ('packets' in source) {
      for (let next = source.packets[this.#sequence]; next && next.dueMs <= elapsedMs;) {
        this.#send(next.bytes);
        next = source.packets[++this.#sequence];
      }
      return;
    }
    const { samplesPerPacket } = this.#configuration;
    const taken = Math.floor((elapsedMs / 1000) * this.#rateHz);
    while (this.#sampleCount + samplesPerPacket <= taken) this.#sendSamples(source, samplesPerPacket);
  }

  #sendSamples(source: BoardMotion, count: number): void {
    const { rateCentiHz, hasMagnetometer, singleSample } = this.#configuration;
    const gyro: number[] = [];
    const acc: number[] = [];
    const mag: number[] = [];
    const startS = (this.#startedMs - this.#poweredOnMs) / 1000;
    for (let i = 0; i < count; i++) {
      source.sampleInto(this.#values, startS + (this.#sampleCount + i) / this.#rateHz);
      gyro.push(...this.#values.subarray(0, 3));
      acc.push(...this.#values.subarray(3, 6));
      mag.push(...this.#values.subarray(6, 9));
    }
    const bytes = encodeSamplePacket(
      {
        form: singleSample ? 'single' : 'block',
        hasMagnetometer,
        sequence: this.#sequence,
        rateCentiHz,
        deviceTimeUs: Math.round((startS + this.#sampleCount / this.#rateHz) * 1e6),
        sampleCounter: this.#sampleCount,
        count,
      },
      gyro,
      acc,
      hasMagnetometer ? mag : null,
    );
    const firstMs = 1000 * (startS + this.#sampleCount / this.#rateHz);
    const lastMs = firstMs + (1000 * (count - 1)) / this.#rateHz;
    this.#sampleCount += count;
    this.#sequence++;
    if (this.#rateHz > this.starvedAboveHz && this.#sequence % 2 === 0) return;
    this.#send(bytes, () => this.delivered.note(firstMs, lastMs));
  }

  #noteClock(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (readSampleHeader(view, this.#header) !== '') return;
    const { deviceTimeUs, rateCentiHz, count } = this.#header;
    // A packet leaves with its last sample.
    const deviceTimeMs = deviceTimeUs / 1000 + ((count - 1) * 100_000) / rateCentiHz;
    this.#relayed = { deviceTimeMs, atMs: performance.now() };
  }

  #send(bytes: Uint8Array, onDelivered?: () => void): void {
    if (this.#paused) return;
    if (this.#radio.notify(this.address, SAMPLE_CHARACTERISTIC_UUID, bytes, onDelivered)) this.packetCount++;
  }
}
