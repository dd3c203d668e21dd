import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';
import { multiplyVectorInto } from '../math/matrix3.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  multiplyInto,
  rotateInto,
  rotateInverseInto,
  toRotationVectorInto,
  type Quaternion,
} from '../math/quaternion.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import { BenchHand, type BenchAction } from './bench-hand.ts';
import { USUAL_CONDITIONS, type SimulationConditions } from './conditions.ts';
import { createPacketWriter, type SimulatedFamily } from './packet-writer.ts';
import { Random } from './random.ts';
import { VirtualRadio, type ReadableChip } from './virtual-radio.ts';
import { LOW_GYRO_SHARE, type VirtualSensorTruth } from './virtual-sensor.ts';

/** What a chip makes of the truth: reading = matrix truth + offset + noise. Matrices row-major, 9 numbers. */
export interface ChipTruth {
  readonly gyroMatrix: readonly number[];
  readonly gyroBiasRadPerS: readonly number[];
  readonly accMatrix: readonly number[];
  readonly accOffsetMetersPerS2: readonly number[];
  readonly magMatrix: readonly number[];
  readonly magOffsetMicroTesla: readonly number[];
  readonly isLeftHanded: boolean;
}

/** Faults that a kit at the bench can have; the first unit suffers them. */
export const BENCH_FAULTS = [
  'none',
  'lowGyro',
  'scale',
  'leftHanded',
  'magnet',
  'loss',
  'emptyBattery',
] as const;
export type BenchFault = (typeof BENCH_FAULTS)[number];

export interface VirtualBenchOptions {
  readonly unitCount: number;
  readonly seed: number;
  readonly fault?: BenchFault;
  readonly conditions?: Partial<SimulationConditions>;
  readonly family?: SimulatedFamily;
  readonly rateHz?: number;
  /** Instead of chips drawn from the seed. */
  readonly chips?: readonly ChipTruth[];
  /** Whether the units send a magnetometer; default true. */
  readonly hasMagnetometer?: boolean;
  readonly startHostTimeMs?: number;
}

const HALF_SPAN_S = 0.008;
const MAG_NOISE_MICRO_TESLA = 0.4;
/** 48 uT in all, dipping by 60 deg; east, north, up. */
const EARTH_FIELD_MICRO_TESLA = [0, 24, -41.6] as const;

/** Chips as they come: scale within a percent or two, axes within a degree, a small zero. */
export function drawChip(random: Random, fault: BenchFault = 'none'): ChipTruth {
  const matrix = (scaleSd: number, skewSd: number): number[] =>
    Array.from({ length: 9 }, (_, i) =>
      i % 4 === 0 ? 1 + scaleSd * random.gaussian() : skewSd * random.gaussian(),
    );
  const three = (sd: number): number[] => [0, 1, 2].map(() => sd * random.gaussian());
  const gyro = matrix(0.01, 0.006);
  const scale = fault === 'lowGyro' ? LOW_GYRO_SHARE : 1;
  if (fault === 'scale') gyro[8] = 1.035;
  return {
    gyroMatrix: gyro.map((value) => (fault === 'lowGyro' ? value * scale : value)),
    gyroBiasRadPerS: three(0.5 * RAD_PER_DEG),
    accMatrix: matrix(0.008, 0.006),
    accOffsetMetersPerS2: three(fault === 'scale' ? 0.35 : 0.08),
    magMatrix: matrix(0.04, 0.02),
    magOffsetMicroTesla: three(fault === 'magnet' ? 60 : 8),
    isLeftHanded: fault === 'leftHanded',
  };
}

/** The chip of a sensor that a virtual person wears, to be checked at the bench before. */
export function chipOfWorn(truth: VirtualSensorTruth, isLow: boolean): ChipTruth {
  const share = isLow ? LOW_GYRO_SHARE : 1;
  const diagonal = (values: ArrayLike<number>): number[] =>
    Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? values[i / 4]! : 0));
  return {
    gyroMatrix: diagonal(truth.gyroScale.map((scale) => scale * share)),
    gyroBiasRadPerS: [...truth.gyroBiasRadPerS].map((bias) => bias * share),
    accMatrix: diagonal([1, 1, 1]),
    accOffsetMetersPerS2: [...truth.accOffsetMetersPerS2],
    magMatrix: diagonal([1, 1, 1]),
    magOffsetMicroTesla: [0, 0, 0],
    isLeftHanded: false,
  };
}

/** Units on one board that a hand lays, turns and swings; seeded, driven by the caller's clock alone. */
export class VirtualBench {
  readonly sensors: readonly SensorDescription[];
  readonly chips: readonly ChipTruth[];
  readonly batteryPercents: readonly number[];
  private readonly hand = new BenchHand();
  private readonly radios: readonly VirtualRadio[];
  private readonly startHostTimeMs: number;
  private nowS = 0;

  constructor(options: VirtualBenchOptions) {
    const { unitCount, seed, fault = 'none', family = 'thora-nano33', rateHz = 104 } = options;
    const hasMagnetometer = options.hasMagnetometer ?? true;
    this.startHostTimeMs = options.startHostTimeMs ?? 0;
    const writer = createPacketWriter(family, rateHz, hasMagnetometer, null);
    const indexes = Array.from({ length: unitCount }, (_, i) => i);
    const faultOf = (i: number): BenchFault => (i === 0 ? fault : 'none');
    this.chips = options.chips ?? indexes.map((i) => drawChip(new Random(seed, 40 + i), faultOf(i)));
    this.batteryPercents = indexes.map((i) => (faultOf(i) === 'emptyBattery' ? 12 : 90));
    this.radios = this.chips.map((chip, i) => {
      const conditions: SimulationConditions = {
        ...USUAL_CONDITIONS,
        ...options.conditions,
        ...(faultOf(i) === 'loss' && { lossPercent: 4 }),
        // Only whether it sends a magnetometer is read from this.
        magnetMicroTesla: hasMagnetometer ? 1 : 0,
      };
      const worn = new BenchChip(this.hand, chip, i, conditions, new Random(seed, 60 + i));
      return new VirtualRadio(worn, conditions, { rateHz, writer }, new Random(seed, 80 + i), i);
    });
    this.sensors = indexes.map((i) => ({
      sensorIndex: i,
      sensorId: `virtual-bench-${seed}-${i + 1}`,
      family,
      stream: writer.stream,
      name: `Virtual unit ${i + 1}`,
      firmware: 'simulated',
      nominalRateHz: rateHz,
      simulated: true,
    }));
  }

  /** Begins after what was told before. @returns host time at which it is over, ms */
  perform(action: BenchAction): number {
    return this.startHostTimeMs + 1000 * this.hand.add(action, this.nowS);
  }

  /** Hands over every packet that arrives until this time, in order of arrival. Time never runs back. */
  advanceTo(hostTimeMs: number, onPacket: (packet: SensorPacket) => void): void {
    const untilS = (hostTimeMs - this.startHostTimeMs) / 1000;
    if (untilS <= this.nowS) return;
    for (const radio of this.radios) radio.runUntil(untilS);
    this.nowS = untilS;
    for (;;) {
      let next = 0;
      for (let i = 1; i < this.radios.length; i++)
        if (this.radios[i]!.nextArrivalS < this.radios[next]!.nextArrivalS) next = i;
      const radio = this.radios[next];
      if (radio === undefined || radio.nextArrivalS > untilS) return;
      const packet = radio.takeNext(next, this.startHostTimeMs + 1000 * radio.nextArrivalS);
      if (packet !== null) onPacket(packet);
    }
  }
}

/** One unit on the board: each lies a quarter turn further about its own z than the one before. */
class BenchChip implements ReadableChip {
  private readonly hand: BenchHand;
  private readonly chip: ChipTruth;
  private readonly conditions: SimulationConditions;
  private readonly random: Random;
  private readonly qBoardFromSensor: Quaternion;
  private readonly leverM: Float64Array;
  private readonly before = createQuaternion();
  private readonly now = createQuaternion();
  private readonly after = createQuaternion();

  constructor(
    hand: BenchHand,
    chip: ChipTruth,
    index: number,
    conditions: SimulationConditions,
    random: Random,
  ) {
    this.hand = hand;
    this.chip = chip;
    this.conditions = conditions;
    this.random = random;
    this.qBoardFromSensor = fromAxisAngleInto(createQuaternion(), 0, 0, 1, (index * Math.PI) / 2);
    this.leverM = Float64Array.of(0.03 * index, 0.02, 0);
  }

  readInto(gyroRadPerS: Float64Array, accMetersPerS2: Float64Array, timeS: number): void {
    const { chip, random, conditions, leverM } = this;
    this.orientationInto(this.before, timeS - HALF_SPAN_S);
    this.orientationInto(this.now, timeS);
    this.orientationInto(this.after, timeS + HALF_SPAN_S);
    toRotationVectorInto(vector, conjugateMultiplyInto(turn, this.before, this.after));
    const { gyroNoiseDegPerS, accNoiseMetersPerS2 } = conditions;
    for (let i = 0; i < 3; i++) vector[i] /= 2 * HALF_SPAN_S;
    multiplyVectorInto(gyroRadPerS, 0, chip.gyroMatrix, vector[0], vector[1], vector[2]);
    vector.fill(0);
    for (const [q, weight] of [
      [this.before, 1],
      [this.now, -2],
      [this.after, 1],
    ] as const) {
      rotateInto(place, q, leverM);
      for (let i = 0; i < 3; i++) vector[i] += (weight * place[i]) / HALF_SPAN_S ** 2;
    }
    vector[2] += GRAVITY_METERS_PER_S2;
    rotateInverseInto(vector, this.now, vector);
    multiplyVectorInto(accMetersPerS2, 0, chip.accMatrix, vector[0], vector[1], vector[2]);
    for (let i = 0; i < 3; i++) {
      gyroRadPerS[i] += chip.gyroBiasRadPerS[i]! + gyroNoiseDegPerS * RAD_PER_DEG * random.gaussian();
      accMetersPerS2[i] += chip.accOffsetMetersPerS2[i]! + accNoiseMetersPerS2 * random.gaussian();
    }
    if (!chip.isLeftHanded) return;
    gyroRadPerS[0] = -gyroRadPerS[0];
    accMetersPerS2[0] = -accMetersPerS2[0];
  }

  readMagnetometerInto(magMicroTesla: Float64Array): void {
    const { chip, random } = this;
    rotateInverseInto(vector, this.now, EARTH_FIELD_MICRO_TESLA);
    multiplyVectorInto(magMicroTesla, 0, chip.magMatrix, vector[0], vector[1], vector[2]);
    for (let i = 0; i < 3; i++)
      magMicroTesla[i] += chip.magOffsetMicroTesla[i]! + MAG_NOISE_MICRO_TESLA * random.gaussian();
  }

  private orientationInto(out: Quaternion, timeS: number): void {
    this.hand.orientationInto(out, timeS);
    multiplyInto(out, out, this.qBoardFromSensor);
  }
}

const turn = createQuaternion();
const vector = new Float64Array(3);
const place = new Float64Array(3);
