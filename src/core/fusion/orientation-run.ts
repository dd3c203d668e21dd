import type { ImuSeries, OrientationSeries } from './imu-series.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from './orientation-filter.ts';

/** No movement, in whatever unit, makes a number this large: a bit fell over on the way. */
const BROKEN_VALUE = 1e4;

/**
 * Copies sample `row` of the series with its step into `sample`; a series without magnetometer gives NaN there, and so
 * does a value that cannot be.
 */
export function readSample(series: ImuSeries, row: number, sample: Float64Array): void {
  const mag = series.magMicroTesla;
  for (let i = 0; i < 3; i++) {
    sample[i] = series.gyroRadPerS[3 * row + i];
    sample[3 + i] = series.accMetersPerS2[3 * row + i];
    sample[6 + i] = mag === null ? Number.NaN : mag[3 * row + i];
  }
  for (let i = 0; i < 9; i++) if (!(Math.abs(sample[i]) < BROKEN_VALUE)) sample[i] = Number.NaN;
  sample[SAMPLE.stepS] = stepSeconds(series, row);
}

/** Step before sample `row`, s. The first sample takes the step after it. */
function stepSeconds(series: ImuSeries, row: number): number {
  if (row > 0) return series.timeS[row] - series.timeS[row - 1];
  return series.count > 1 ? series.timeS[1] - series.timeS[0] : 0;
}

export function createOrientationSeries(series: ImuSeries): OrientationSeries {
  return {
    count: series.count,
    timeS: series.timeS,
    qEarthFromSensor: new Float64Array(4 * series.count),
    inclinationSigmaRad: new Float64Array(series.count),
    headingSigmaRad: new Float64Array(series.count),
    resting: new Uint8Array(series.count),
    gyroBiasRadPerS: new Float64Array(3),
    gyroBiasSigmaRadPerS: new Float64Array(3),
  };
}

/** Runs a filter over a whole recording as if it came in now. Rows where the orientation is lost are NaN. */
export function runLiveOrientation(filter: OrientationFilter, series: ImuSeries): OrientationSeries {
  const out = createOrientationSeries(series);
  const sample = new Float64Array(SAMPLE.length);
  const q = filter.qEarthFromSensor,
    sigma = filter.sigma;
  for (let row = 0; row < series.count; row++) {
    readSample(series, row, sample);
    filter.update(sample);
    const lost = filter.flags[1] === 1;
    for (let i = 0; i < 4; i++) out.qEarthFromSensor[4 * row + i] = lost ? Number.NaN : q[i];
    out.inclinationSigmaRad[row] = lost ? Number.NaN : sigma[SIGMA_OFFSET.inclinationRad];
    out.headingSigmaRad[row] = lost ? Number.NaN : sigma[SIGMA_OFFSET.headingRad];
    out.resting[row] = filter.flags[0];
  }
  for (let i = 0; i < 3; i++) {
    out.gyroBiasRadPerS[i] = filter.gyroBiasRadPerS[i];
    out.gyroBiasSigmaRadPerS[i] = sigma[SIGMA_OFFSET.gyroBiasRadPerS + i];
  }
  return out;
}
