import {
  createSampleHeader,
  encodeSamplePacket,
} from '../../../firmware-protocol/typescript/sample-packet.ts';
import type { SensorPacket } from '../packet/packet.ts';
import type { SimulationConditions } from './conditions.ts';
import type { Random } from './random.ts';
import type { VirtualSensor } from './virtual-sensor.ts';

export interface RadioOptions {
  readonly rateHz: number;
  readonly samplesPerPacket: number;
}

/** A packet on its way. Times in s of the simulation. */
interface Flying {
  readonly arrivalS: number;
  readonly bytes: Uint8Array;
}

/**
 * The firmware and the air between one virtual sensor and the host: samples on the device's own clock, packed as the
 * protocol says, delivered late, in bunches, cut or not at all.
 */
export class VirtualRadio {
  /** Silence: packets that would be sent in this span are lost. */
  silenceS: readonly [number, number] = [Infinity, Infinity];
  /** The unit starts anew at this time: its clock and its counters begin at zero. */
  restartAtS = Infinity;
  private readonly sensor: VirtualSensor;
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
  private readonly header = createSampleHeader();
  private sampleCount = 0;
  private pending = 0;
  private sequence = 0;
  private lastArrivalS = -Infinity;
  private readonly queue: Flying[] = [];

  constructor(
    sensor: VirtualSensor,
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
    this.gyro = new Float64Array(3 * options.samplesPerPacket);
    this.acc = new Float64Array(3 * options.samplesPerPacket);
    this.mag = conditions.magnetMicroTesla > 0 ? new Float64Array(3 * options.samplesPerPacket) : null;
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
      if (++this.pending === this.options.samplesPerPacket) this.send(sampleS);
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
    const first = this.sampleCount - this.firstSample - this.pending;
    const { header, conditions, random } = this;
    header.form = 'block';
    header.hasMagnetometer = this.mag !== null;
    header.sequence = this.sequence++ % 65536;
    header.rateCentiHz = Math.round(this.options.rateHz * 100);
    header.deviceTimeUs = Math.round(this.firstDeviceUs + (first * 1e8) / header.rateCentiHz) % 2 ** 32;
    header.sampleCounter = first % 2 ** 32;
    header.count = this.pending;
    let bytes: Uint8Array = encodeSamplePacket(header, this.gyro, this.acc, this.mag);
    this.pending = 0;
    // Drawn for every packet, used or not: one fault more does not change the rest of the recording.
    const lossDraw = 100 * random.uniform();
    const cutDraw = 100 * random.uniform();
    const cutLength = Math.floor(random.uniform() * bytes.length);
    const delayS = Math.min(0.25, (conditions.jitterMs / 1000) * random.exponential());
    if (lossDraw < conditions.lossPercent) return;
    if (this.losesEverySecond && header.sequence % 2 === 1) return;
    if (sentS >= this.silenceS[0] && sentS < this.silenceS[1]) return;
    if (cutDraw < conditions.truncatedPercent) bytes = bytes.slice(0, cutLength);
    let arrivalS = sentS + this.leastLatencyS + delayS;
    const bunchS = conditions.bunchMs / 1000;
    if (bunchS > 0) arrivalS = (Math.ceil(arrivalS / bunchS - this.bunchPhase) + this.bunchPhase) * bunchS;
    this.lastArrivalS = Math.max(arrivalS, this.lastArrivalS + 0.0001);
    this.queue.push({ arrivalS: this.lastArrivalS, bytes });
  }
}
