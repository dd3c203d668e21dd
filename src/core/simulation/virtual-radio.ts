import type { SensorPacket } from '../packet/packet.ts';
import type { SimulationConditions } from './conditions.ts';
import type { PacketWriter } from './packet-writer.ts';
import type { Random } from './random.ts';

/** A chip that can be asked at rising times, s. */
export interface ReadableChip {
  /** SI on its own axes. */
  readInto(gyroRadPerS: Float64Array, accMetersPerS2: Float64Array, timeS: number): void;
  /** At the time asked for last, uT. */
  readMagnetometerInto(magMicroTesla: Float64Array, timeS: number): void;
}

export interface RadioOptions {
  readonly rateHz: number;
  readonly writer: PacketWriter;
}

/** A notification on its way. Times in s of the simulation. */
interface Flying {
  readonly arrivalS: number;
  readonly bytes: Uint8Array;
}

/**
 * The firmware and the air between one virtual sensor and the host: samples on the device's own clock, packed as its
 * family does, delivered late, in bunches, cut or not at all.
 */
export class VirtualRadio {
  /** Packets that would be sent in these spans are lost, s. */
  readonly silences: (readonly [number, number])[] = [];
  /** The unit starts anew at this time: its clock and its counters begin at zero. */
  restartAtS = Infinity;
  private readonly sensor: ReadableChip;
  private readonly conditions: SimulationConditions;
  private readonly random: Random;
  private readonly options: RadioOptions;
  private readonly periodS: number;
  private readonly firstSampleS: number;
  private firstDeviceUs: number;
  private readonly leastLatencyS: number;
  private readonly bunchPhase: number;
  private readonly gyro: Float64Array;
  private readonly acc: Float64Array;
  private readonly mag: Float64Array | null;
  private readonly losesEverySecond: boolean;
  /** Samples taken before the unit last started. */
  private firstSample = 0;
  private sampleCount = 0;
  private pending = 0;
  private sequence = 0;
  private lastArrivalS = -Infinity;
  private readonly queue: Flying[] = [];

  constructor(
    sensor: ReadableChip,
    conditions: SimulationConditions,
    options: RadioOptions,
    random: Random,
    index: number,
  ) {
    this.losesEverySecond = index < conditions.halfRate;
    this.sensor = sensor;
    this.conditions = conditions;
    this.options = options;
    this.random = random;
    const skew = (conditions.skewPercent / 100) * random.between(-1, 1);
    this.periodS = 1 / (options.rateHz * (1 + skew));
    this.firstSampleS = random.uniform() * this.periodS;
    this.firstDeviceUs = Math.floor(random.uniform() * 2 ** 32);
    this.leastLatencyS = 0.008;
    this.bunchPhase = random.uniform();
    const { samplesPerPacket } = options.writer;
    this.gyro = new Float64Array(3 * samplesPerPacket);
    this.acc = new Float64Array(3 * samplesPerPacket);
    this.mag = conditions.magnetMicroTesla > 0 ? new Float64Array(3 * samplesPerPacket) : null;
  }

  /** Takes the samples due until a time and sends the packets that fill. */
  runUntil(timeS: number): void {
    for (;;) {
      const sampleS = this.firstSampleS + this.sampleCount * this.periodS;
      if (sampleS > timeS) return;
      if (sampleS >= this.restartAtS) this.startAnew();
      const at = 3 * this.pending;
      this.sensor.readInto(this.gyro.subarray(at, at + 3), this.acc.subarray(at, at + 3), sampleS);
      if (this.mag !== null) this.sensor.readMagnetometerInto(this.mag.subarray(at, at + 3), sampleS);
      this.sampleCount++;
      if (++this.pending === this.options.writer.samplesPerPacket) this.send(sampleS);
    }
  }

  private startAnew(): void {
    this.restartAtS = Infinity;
    this.firstSample = this.sampleCount;
    this.firstDeviceUs = 0;
    this.sequence = 0;
    this.pending = 0;
  }

  /** Arrival of the next packet on its way, s; Infinity without one. */
  get nextArrivalS(): number {
    return this.queue.length > 0 ? this.queue[0].arrivalS : Infinity;
  }

  takeNext(sensorIndex: number, hostTimeMs: number): SensorPacket | null {
    const flying = this.queue.shift();
    return flying === undefined ? null : { sensorIndex, hostTimeMs, bytes: flying.bytes };
  }

  private send(sentS: number): void {
    const { conditions, random } = this;
    const sequence = this.sequence++;
    const place = {
      sequence,
      firstSample: this.sampleCount - this.firstSample - this.pending,
      count: this.pending,
      startUs: this.firstDeviceUs,
    };
    const notifications = [...this.options.writer.write(place, this.gyro, this.acc, this.mag)];
    const last = notifications[notifications.length - 1];
    this.pending = 0;
    // Drawn for every packet, used or not: one fault more does not change the rest of the recording.
    const lossDraw = 100 * random.uniform();
    const cutDraw = 100 * random.uniform();
    const cutLength = Math.floor(random.uniform() * last.length);
    const delayS = Math.min(0.25, (conditions.jitterMs / 1000) * random.exponential());
    if (lossDraw < conditions.lossPercent) return;
    if (this.losesEverySecond && sequence % 2 === 1) return;
    if (this.silences.some(([fromS, untilS]) => sentS >= fromS && sentS < untilS)) return;
    if (cutDraw < conditions.truncatedPercent)
      notifications[notifications.length - 1] = last.slice(0, cutLength);
    let arrivalS = sentS + this.leastLatencyS + delayS;
    const bunchS = conditions.bunchMs / 1000;
    if (bunchS > 0) arrivalS = (Math.ceil(arrivalS / bunchS - this.bunchPhase) + this.bunchPhase) * bunchS;
    for (const bytes of notifications) {
      this.lastArrivalS = Math.max(arrivalS, this.lastArrivalS + 0.0001);
      this.queue.push({ arrivalS: this.lastArrivalS, bytes });
    }
  }
}
