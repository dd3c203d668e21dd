import { Delivered } from './delivered.ts';
import type { BoardMotion } from './emulated-nano33.ts';
import type { EmulatedPeripheral, EmulatedRadio } from './emulated-radio.ts';

export interface MovesenseOptions {
  readonly address: string;
  /** Twelve digits behind the name "Movesense". */
  readonly serial: string;
  readonly source: BoardMotion;
  readonly firmware?: 'default' | 'sample';
  /** ATT MTU of the link: longer notifications lose their end, as on a real one. */
  readonly mtu?: number;
  readonly batteryPercent?: number;
  /** Has the characteristics of a fork that numbers its commands in another way. */
  readonly fork?: boolean;
  /** A firmware from before the service. */
  readonly tooOld?: boolean;
  /** Answers every request with this status instead of doing it. */
  readonly refuseWith?: number;
}

const SERVICE = '34802252-7185-4d5d-b431-630e7050e8f0';
const COMMAND = '34800001-7185-4d5d-b431-630e7050e8f0';
const DATA = '34800002-7185-4d5d-b431-630e7050e8f0';
const FORK = ['34800003-7185-4d5d-b431-630e7050e8f0', '34800004-7185-4d5d-b431-630e7050e8f0'];
const ADVERTISED = '0000fdf3-0000-1000-8000-00805f9b34fb';
const HEART_RATE = '0000180d-0000-1000-8000-00805f9b34fb';
const FIRST_PART = 150;
const TICK_MS = 20;
const DEG_PER_RAD = 180 / Math.PI;

interface Subscription {
  readonly reference: number;
  readonly sensors: readonly ('acc' | 'gyro' | 'mag')[];
  readonly rateHz: number;
  readonly samplesPerPacket: number;
  sampleCount: number;
  readonly startedMs: number;
}

/**
 * A unit that speaks the GATT SensorData Protocol, seen from the radio; built from the published description, not from
 * the app's own decoder. Its millisecond clock runs on over disconnections, its subscriptions do not.
 */
export class EmulatedMovesense {
  readonly address: string;
  /** Command codes in the order in which they came; for tests. */
  readonly commands: number[] = [];
  readonly #radio: EmulatedRadio;
  readonly #options: Required<Omit<MovesenseOptions, 'refuseWith'>>;
  readonly #bootMs = performance.now() - 10_000;
  readonly #values = new Float64Array(9);
  #subscription: Subscription | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  readonly delivered = new Delivered();
  refuseWith: number | null;

  private constructor(radio: EmulatedRadio, options: MovesenseOptions) {
    this.address = options.address;
    this.#radio = radio;
    this.refuseWith = options.refuseWith ?? null;
    this.#options = {
      firmware: 'default',
      mtu: 247,
      batteryPercent: 80,
      fork: false,
      tooOld: false,
      ...options,
    };
  }

  static async powerOn(radio: EmulatedRadio, options: MovesenseOptions): Promise<EmulatedMovesense> {
    const unit = new EmulatedMovesense(radio, options);
    await radio.add(unit.#peripheral());
    return unit;
  }

  get streaming(): boolean {
    return this.#subscription !== null;
  }

  async drop(awayMs = 0): Promise<void> {
    this.#endSubscription();
    await this.#radio.drop(this.address, awayMs);
  }

  powerOff(): void {
    this.#endSubscription();
  }

  #peripheral(): EmulatedPeripheral {
    const { address, serial, fork, tooOld } = this.#options;
    const characteristics = [
      { uuid: COMMAND, properties: { write: true }, onWrite: (bytes: Uint8Array) => this.#obey(bytes) },
      { uuid: DATA, properties: { notify: true } },
      ...(fork ? FORK.map((uuid) => ({ uuid, properties: { notify: true } })) : []),
    ];
    return {
      address,
      name: `Movesense ${serial}`,
      advertisedServices: [ADVERTISED, HEART_RATE],
      gatt: tooOld ? [{ uuid: HEART_RATE, characteristics: [] }] : [{ uuid: SERVICE, characteristics }],
      onConnect: () => this.#endSubscription(),
      onDisconnect: () => this.#endSubscription(),
    };
  }

  #nowMs(): number {
    return performance.now() - this.#bootMs;
  }

  #obey(bytes: Uint8Array): void {
    const [code = -1, reference = 0] = bytes;
    const argument = Buffer.from(bytes.subarray(2)).toString('latin1').replace(/\0.*$/, '');
    const { firmware, serial, batteryPercent } = this.#options;
    const isDefault = firmware === 'default';
    this.commands.push(code);
    if (code === 0) {
      const words = [serial, 'Movesense Flash', '0C8CDC000000', 'default', '2.3.1'].map(
        (word) => `${word}\0`,
      );
      this.#reply(
        reference,
        isDefault ? Buffer.from(`\u0001${words.join('')}`, 'latin1') : Buffer.from('Hello'),
      );
    } else if (code > 3 && !isDefault) return;
    else if (this.refuseWith !== null) this.#status(reference, this.refuseWith);
    else if (code === 1) this.#subscribe(reference, argument, isDefault);
    else if (code === 2) {
      this.#endSubscription();
      if (isDefault) this.#status(reference, 200);
    } else if (code === 4 && argument === '/System/Energy/Level')
      this.#status(reference, 200, Uint8Array.of(batteryPercent));
    else if (code === 4 && argument === '/Time/Detailed') {
      const body = Buffer.alloc(20);
      body.writeBigUInt64LE(1_420_070_400_000_000n, 0);
      body.writeUInt32LE(Math.floor(this.#nowMs()), 8);
      body.writeUInt32LE(1024, 12);
      body.writeUInt32LE(20, 16);
      this.#status(reference, 200, body);
    } else this.#status(reference, 404);
  }

  #subscribe(reference: number, path: string, isDefault: boolean): void {
    const match = /^\/Meas\/(Acc|Gyro|Magn|IMU6|IMU9)\/(13|26|52|104)$/.exec(path);
    const sensors = {
      Acc: ['acc'],
      Gyro: ['gyro'],
      Magn: ['mag'],
      IMU6: ['acc', 'gyro'],
      IMU9: ['acc', 'gyro', 'mag'],
    };
    if (!match) {
      if (isDefault) this.#status(reference, 404);
      return;
    }
    if (isDefault) this.#status(reference, 200);
    this.#endSubscription();
    const rateHz = Number(match[2]);
    this.#subscription = {
      reference,
      sensors: sensors[match[1] as keyof typeof sensors] as Subscription['sensors'],
      rateHz,
      samplesPerPacket: rateHz / 13,
      sampleCount: 0,
      startedMs: this.#nowMs(),
    };
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #endSubscription(): void {
    this.#subscription = null;
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    const subscription = this.#subscription;
    if (!subscription) return;
    const taken = Math.floor(((this.#nowMs() - subscription.startedMs) / 1000) * subscription.rateHz);
    while (subscription.sampleCount + subscription.samplesPerPacket <= taken) this.#sendPacket(subscription);
  }

  #sendPacket(subscription: Subscription): void {
    const { sensors, samplesPerPacket, rateHz, startedMs, reference } = subscription;
    const payload = Buffer.alloc(4 + 12 * samplesPerPacket * sensors.length);
    const firstMs = startedMs + (1000 * subscription.sampleCount) / rateHz;
    payload.writeUInt32LE(Math.floor(firstMs), 0);
    for (let i = 0; i < samplesPerPacket; i++) {
      this.#options.source.sampleInto(this.#values, (firstMs + (1000 * i) / rateHz) / 1000);
      for (const [place, sensor] of sensors.entries()) {
        const from = { gyro: 0, acc: 3, mag: 6 }[sensor];
        const scale = sensor === 'gyro' ? DEG_PER_RAD : 1;
        for (let axis = 0; axis < 3; axis++)
          payload.writeFloatLE(
            this.#values[from + axis]! * scale,
            4 + 12 * (place * samplesPerPacket + i) + 4 * axis,
          );
      }
    }
    subscription.sampleCount += samplesPerPacket;
    const lastMs = firstMs + (1000 * (samplesPerPacket - 1)) / rateHz;
    const isSplit = payload.length > FIRST_PART;
    this.#notify(Uint8Array.of(2, reference, ...payload.subarray(0, FIRST_PART)), () =>
      this.delivered.note(firstMs, isSplit ? NaN : lastMs),
    );
    if (isSplit)
      this.#notify(Uint8Array.of(3, reference, ...payload.subarray(FIRST_PART)), () =>
        this.delivered.note(firstMs, lastMs),
      );
  }

  #reply(reference: number, body: Uint8Array): void {
    this.#notify(Uint8Array.of(1, reference, ...body));
  }

  #status(reference: number, status: number, body: Uint8Array = new Uint8Array()): void {
    this.#reply(reference, Uint8Array.of(status & 0xff, status >> 8, ...body));
  }

  #notify(bytes: Uint8Array, onDelivered: () => void = () => {}): void {
    this.#radio.notify(this.address, DATA, bytes.subarray(0, this.#options.mtu - 3), onDelivered);
  }
}
