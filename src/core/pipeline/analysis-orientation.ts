import type { ImuSeries, OrientationSeries } from '../fusion/imu-series.ts';
import { SIGMA_OFFSET, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { createThoraFilter } from '../fusion/thora-filter.ts';
import { THORA_PRESETS } from '../fusion/thora-parameters.ts';

/** Orientations as the screen would have shown them: causal, the worn preset, no magnetometer. */
export function orientLive(series: ImuSeries): OrientationSeries {
  return runFilter(createThoraFilter(THORA_PRESETS.worn), series);
}

/** Runs a live filter through a series and keeps what it says at every sample. */
export function runFilter(filter: OrientationFilter, series: ImuSeries): OrientationSeries {
  const { count, timeS } = series;
  const out: OrientationSeries = {
    count,
    timeS,
    qEarthFromSensor: new Float64Array(4 * count),
    inclinationSigmaRad: new Float64Array(count),
    headingSigmaRad: new Float64Array(count),
    resting: new Uint8Array(count),
    gyroBiasRadPerS: new Float64Array(3),
    gyroBiasSigmaRadPerS: new Float64Array(3),
  };
  const sample = new Float64Array(9);
  let last = -1;
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) {
      sample[axis] = series.gyroRadPerS[3 * i + axis];
      sample[3 + axis] = series.accMetersPerS2[3 * i + axis];
      sample[6 + axis] = NaN;
    }
    const dtS = last >= 0 ? timeS[i] - timeS[last] : count > 1 ? timeS[1] - timeS[0] : 0.01;
    filter.update(dtS, sample);
    last = i;
    const isSkipped = filter.flags[1] === 1;
    for (let k = 0; k < 4; k++)
      out.qEarthFromSensor[4 * i + k] = isSkipped ? NaN : filter.qEarthFromSensor[k];
    out.inclinationSigmaRad[i] = filter.sigma[SIGMA_OFFSET.inclinationRad];
    out.headingSigmaRad[i] = filter.sigma[SIGMA_OFFSET.headingRad];
    out.resting[i] = filter.flags[0];
  }
  for (let axis = 0; axis < 3; axis++) {
    out.gyroBiasRadPerS[axis] = filter.gyroBiasRadPerS[axis];
    out.gyroBiasSigmaRadPerS[axis] = filter.sigma[SIGMA_OFFSET.gyroBiasRadPerS + axis];
  }
  return out;
}
