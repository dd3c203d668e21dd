import { createSampleDecoder } from '../../src/core/device/thora-nano33/sample-decoder.ts';
import { createSampleBatch } from '../../src/core/packet/sample-batch.ts';
import type { SensorPacket } from '../../src/core/packet/packet.ts';
import type { BoardReading } from './virtual-nano.ts';
import { viewOf } from './shared-vectors.ts';

const RAD = Math.PI / 180;
export const GRAVITY = [0, 0, 9.80665] as const;
/** A field that dips into the ground, uT. */
export const FIELD = [20, 5, -43] as const;

/** Turns about one board axis each, out and back, between rests; the last one all the way round on the table. */
const TURNS = [
  { startS: 5, durationS: 2.5, axis: 0, angleRad: 90 * RAD },
  { startS: 9, durationS: 2.5, axis: 0, angleRad: -90 * RAD },
  { startS: 13, durationS: 2, axis: 1, angleRad: 70 * RAD },
  { startS: 16.5, durationS: 2, axis: 1, angleRad: -70 * RAD },
  { startS: 20, durationS: 6, axis: 2, angleRad: 360 * RAD },
] as const;
export const DESK_DURATION_S = 28;

/** Angles about x, y, z and their rates; no two at once. */
function deskPose(timeS: number): {
  readonly axis: number;
  readonly angleRad: number;
  readonly rateRadPerS: number;
} {
  const angles = [0, 0, 0];
  let axis = 0;
  let rateRadPerS = 0;
  for (const turn of TURNS) {
    const s = Math.min(1, Math.max(0, (timeS - turn.startS) / turn.durationS));
    if (s === 0) continue;
    angles[turn.axis] += turn.angleRad * s ** 3 * (10 - 15 * s + 6 * s * s);
    axis = turn.axis;
    rateRadPerS = (turn.angleRad / turn.durationS) * 30 * s * s * (1 - s) ** 2;
  }
  return { axis, angleRad: angles[axis], rateRadPerS };
}

/** A vector of the earth in board axes that are turned about one of them. */
function inBoardAxes(v: readonly number[], axis: number, angleRad: number): number[] {
  const [i, j] = [(axis + 1) % 3, (axis + 2) % 3];
  const out = [...v];
  out[i] = Math.cos(angleRad) * v[i] + Math.sin(angleRad) * v[j];
  out[j] = Math.cos(angleRad) * v[j] - Math.sin(angleRad) * v[i];
  return out;
}

/** What a board on the desk measures while it is turned as {@link TURNS} says. */
export function deskReading(timeS: number): BoardReading {
  const { axis, angleRad, rateRadPerS } = deskPose(timeS);
  const gyroRadPerS = [0, 0, 0];
  gyroRadPerS[axis] = rateRadPerS;
  return {
    gyroRadPerS,
    accMetersPerS2: inBoardAxes(GRAVITY, axis, angleRad),
    magMicroTesla: inBoardAxes(FIELD, axis, angleRad),
  };
}

export interface DecodedSample {
  readonly number: number;
  /** Board clock, ms since the first packet's first sample; spread by the nominal period within a packet. */
  readonly timeMs: number;
  readonly gyro: readonly number[];
  readonly acc: readonly number[];
  readonly mag: readonly number[];
}

/** Every sample of the packets, as the app's decoder reads them. Throws where one is rejected. */
export function decodeSamples(packets: readonly Pick<SensorPacket, 'bytes'>[]): DecodedSample[] {
  const decoder = createSampleDecoder();
  const batch = createSampleBatch(40);
  const samples: DecodedSample[] = [];
  let firstTicks = NaN;
  for (const { bytes } of packets) {
    if (decoder.decode(viewOf(bytes), batch) !== 'samples') throw new Error(decoder.rejection);
    if (Number.isNaN(firstTicks)) firstTicks = batch.firstDeviceTicks;
    const atMs = ((batch.firstDeviceTicks - firstTicks + 2 ** 32) % 2 ** 32) / 1000;
    for (let i = 0; i < batch.count; i++)
      samples.push({
        number: batch.firstSampleNumber + i,
        timeMs: atMs + i * batch.nominalPeriodMs,
        gyro: [...batch.gyroRadPerS.subarray(3 * i, 3 * i + 3)],
        acc: [...batch.accMetersPerS2.subarray(3 * i, 3 * i + 3)],
        mag: [...batch.magMicroTesla.subarray(3 * i, 3 * i + 3)],
      });
  }
  return samples;
}

/** Slope of the rate of change of the up direction on (angular rate) x (up): -1 right-handed, +1 mirrored. */
export function handednessSlope(samples: readonly DecodedSample[]): number {
  const unit = (v: readonly number[]) => v.map((value) => value / Math.hypot(...v));
  let product = 0;
  let square = 0;
  for (let k = 2; k < samples.length - 2; k++) {
    const stepS = (samples[k + 2].timeMs - samples[k - 2].timeMs) / 1000;
    const [before, now, after] = [k - 2, k, k + 2].map((i) => unit(samples[i].acc));
    const w = samples[k].gyro;
    const cross = [
      w[1] * now[2] - w[2] * now[1],
      w[2] * now[0] - w[0] * now[2],
      w[0] * now[1] - w[1] * now[0],
    ];
    for (let i = 0; i < 3; i++) {
      product += ((after[i] - before[i]) / stepS) * cross[i];
      square += cross[i] * cross[i];
    }
  }
  return product / square;
}

/** Turning about one axis added up over the samples, degrees. */
export function turnedDeg(samples: readonly DecodedSample[], axis: number): number {
  let sum = 0;
  for (let k = 1; k < samples.length; k++)
    sum += (samples[k].gyro[axis] * (samples[k].timeMs - samples[k - 1].timeMs)) / 1000;
  return sum / RAD;
}
