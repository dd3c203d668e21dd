import {
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotateInverseInto,
} from '../../../src/core/math/quaternion.ts';
import { GRAVITY_METERS_PER_S2 } from '../../../src/core/math/angle.ts';
import type { ImuSeries } from '../../../src/core/fusion/imu-series.ts';

export interface SimulatedSensor {
  readonly series: ImuSeries;
  /** Row-major, 4 x count: the true orientation at each sample. */
  readonly truth: Float64Array;
}

export interface SimulationOptions {
  readonly timeS: Float64Array;
  /** True rate in the sensor's frame at a time, rad/s. */
  readonly rateAt: (timeS: number) => readonly [number, number, number];
  readonly gyroBiasRadPerS?: readonly [number, number, number];
  /** Row-major; reading = (I + error) rate + bias. */
  readonly gyroErrorMatrix?: readonly number[];
  readonly noise?: { readonly gyroRadPerS: number; readonly accMetersPerS2: number };
  readonly start?: Float64Array;
  readonly fieldMicroTesla?: readonly [number, number, number];
}

/** A sensor that turns in place under gravity; each sample is the mean over its interval, truth by fine steps. */
export function simulateSensor(options: SimulationOptions): SimulatedSensor {
  const { timeS, rateAt } = options;
  const count = timeS.length;
  const bias = options.gyroBiasRadPerS ?? [0, 0, 0];
  const random = seededNormal(1);
  const truth = new Float64Array(4 * count);
  const gyro = new Float64Array(3 * count),
    acc = new Float64Array(3 * count),
    mag = options.fieldMicroTesla === undefined ? null : new Float64Array(3 * count);
  const q = createQuaternion();
  if (options.start) q.set(options.start);
  const turn = createQuaternion(),
    v = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    const from = i === 0 ? timeS[0] : timeS[i - 1],
      length = timeS[i] - from;
    const pieces = i === 0 ? 1 : Math.max(8, Math.ceil(length / 0.0005));
    for (let k = 0; k < pieces; k++) {
      const rate = rateAt(from + ((k + 0.5) * length) / pieces);
      fromRotationVectorInto(turn, ...scaled(rate, length / pieces));
      multiplyInto(q, q, turn);
      rotateInverseInto(v, q, [0, 0, GRAVITY_METERS_PER_S2]);
      for (let a = 0; a < 3; a++) {
        gyro[3 * i + a] += rate[a] / pieces;
        acc[3 * i + a] += v[a] / pieces;
      }
      if (mag && options.fieldMicroTesla) {
        rotateInverseInto(v, q, options.fieldMicroTesla);
        for (let a = 0; a < 3; a++) mag[3 * i + a] += v[a] / pieces;
      }
    }
    const [x, y, z] = gyro.subarray(3 * i, 3 * i + 3);
    const m = options.gyroErrorMatrix ?? [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let a = 0; a < 3; a++) {
      gyro[3 * i + a] += m[3 * a] * x + m[3 * a + 1] * y + m[3 * a + 2] * z + bias[a];
      gyro[3 * i + a] += random() * (options.noise?.gyroRadPerS ?? 0);
      acc[3 * i + a] += random() * (options.noise?.accMetersPerS2 ?? 0);
    }
    truth.set(q, 4 * i);
  }
  return { truth, series: { count, timeS, gyroRadPerS: gyro, accMetersPerS2: acc, magMicroTesla: mag } };
}

function scaled(v: readonly [number, number, number], k: number): [number, number, number] {
  return [v[0] * k, v[1] * k, v[2] * k];
}

export function evenTimes(count: number, rateHz: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => i / rateHz);
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers from a seed. */
export function seededNormal(seed: number): () => number {
  const uniform = seededUniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
