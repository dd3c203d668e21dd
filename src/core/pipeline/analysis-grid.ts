import { slerpInto } from '../math/quaternion.ts';
import type { OrientationSeries } from '../fusion/imu-series.ts';
import { AnalysisError, type AnalysisSensor } from './analysis-input.ts';

/** All sensors of a recording on one uniform time grid. NaN where a sensor has nothing to say. */
export interface AnalysisGrid {
  readonly count: number;
  readonly stepS: number;
  readonly timeS: Float64Array;
  readonly sensors: readonly GridSensor[];
}

export interface GridSensor {
  /** 4 x count, sensor to its own earth. */
  readonly qEarthFromSensor: Float64Array;
  /** 3 x count, bias removed. */
  readonly gyroRadPerS: Float64Array;
  /** 3 x count. */
  readonly accMetersPerS2: Float64Array;
  readonly inclinationSigmaRad: Float64Array;
  readonly headingSigmaRad: Float64Array;
  readonly resting: Uint8Array;
}

/** A sensor that is silent for longer than this has a gap; shorter ones are bridged. */
export const GAP_S = 0.2;
const HIGHEST_GRID_RATE_HZ = 120;
const LONGEST_GRID = 4_000_000;

/** Uniform grid over the time that all sensors share. */
export function createAnalysisGrid(
  sensors: readonly AnalysisSensor[],
  orientations: readonly OrientationSeries[],
  fromS = -Infinity,
): AnalysisGrid {
  let startS = fromS,
    endS = Infinity,
    rateHz = 0;
  for (const sensor of sensors) {
    const { timeS, count } = sensor.series;
    if (count < 2) throw new AnalysisError(sensor.prefix, 'has fewer than two samples.');
    startS = Math.max(startS, timeS[0]);
    endS = Math.min(endS, timeS[count - 1]);
    rateHz = Math.max(rateHz, sensor.rateHz);
  }
  const stepS = 1 / Math.min(rateHz, HIGHEST_GRID_RATE_HZ);
  if (!(endS - startS > 1))
    throw new AnalysisError(
      sensors.map((sensor) => sensor.prefix).join(', '),
      'share less than 1 s of time; record all sensors together.',
    );
  const count = Math.floor((endS - startS) / stepS + 1e-6) + 1;
  if (count > LONGEST_GRID) throw new AnalysisError('', 'the recording is longer than can be analysed.');
  const timeS = Float64Array.from({ length: count }, (_, i) => startS + i * stepS);
  return {
    count,
    stepS,
    timeS,
    sensors: sensors.map((sensor, i) => resample(sensor, orientations[i], timeS)),
  };
}

function resample(sensor: AnalysisSensor, orientation: OrientationSeries, timeS: Float64Array): GridSensor {
  const { series } = sensor;
  const count = timeS.length;
  const out: GridSensor = {
    qEarthFromSensor: new Float64Array(4 * count).fill(NaN),
    gyroRadPerS: new Float64Array(3 * count).fill(NaN),
    accMetersPerS2: new Float64Array(3 * count).fill(NaN),
    inclinationSigmaRad: new Float64Array(count).fill(NaN),
    headingSigmaRad: new Float64Array(count).fill(NaN),
    resting: new Uint8Array(count),
  };
  const usable = (k: number): boolean => {
    for (let i = 3 * k; i < 3 * k + 3; i++)
      if (!Number.isFinite(series.gyroRadPerS[i]) || !Number.isFinite(series.accMetersPerS2[i])) return false;
    return Number.isFinite(orientation.qEarthFromSensor[4 * k]);
  };
  const a = new Float64Array(4),
    b = new Float64Array(4);
  let before = -1,
    after = -1,
    next = 0;
  for (let i = 0; i < count; i++) {
    while (next < series.count && (after < 0 || series.timeS[after] < timeS[i])) {
      if (usable(next)) {
        before = after;
        after = next;
      }
      next++;
    }
    if (after < 0) continue;
    const isPast = series.timeS[after] < timeS[i] - 1e-9;
    const left = isPast ? after : before < 0 ? after : before;
    const right = after;
    const t0 = series.timeS[left],
      t1 = series.timeS[right];
    const nearest = Math.min(Math.abs(timeS[i] - t0), Math.abs(t1 - timeS[i]));
    if (t1 - t0 > GAP_S + 1e-9 ? nearest > 1e-6 : nearest > GAP_S) continue;
    const fraction = t1 > t0 ? Math.max(0, Math.min(1, (timeS[i] - t0) / (t1 - t0))) : 0;
    for (let k = 0; k < 4; k++) {
      a[k] = orientation.qEarthFromSensor[4 * left + k];
      b[k] = orientation.qEarthFromSensor[4 * right + k];
    }
    slerpInto(a, a, b, fraction);
    out.qEarthFromSensor.set(a, 4 * i);
    for (let k = 0; k < 3; k++) {
      out.gyroRadPerS[3 * i + k] =
        mix(series.gyroRadPerS[3 * left + k], series.gyroRadPerS[3 * right + k], fraction) -
        orientation.gyroBiasRadPerS[k];
      out.accMetersPerS2[3 * i + k] = mix(
        series.accMetersPerS2[3 * left + k],
        series.accMetersPerS2[3 * right + k],
        fraction,
      );
    }
    const nearer = fraction < 0.5 ? left : right;
    out.inclinationSigmaRad[i] = orientation.inclinationSigmaRad[nearer];
    out.headingSigmaRad[i] = orientation.headingSigmaRad[nearer];
    out.resting[i] = orientation.resting[nearer];
  }
  return out;
}

function mix(a: number, b: number, fraction: number): number {
  return a + fraction * (b - a);
}
