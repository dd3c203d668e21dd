import type { ImuSeries, OrientationSeries } from '../../core/fusion/imu-series.ts';
import { AnalysisError, type AnalysisSensor } from '../../core/pipeline/analysis-input.ts';
import { sensorFlags, sensorStatistics } from '../../core/pipeline/analysis-quality.ts';
import { checkSignals } from '../../core/pipeline/analysis-signals.ts';

/** One broken clock makes a gap of every sample: more lines than this say nothing more. */
const MOST_FLAGS = 8;
const MOSTLY = 0.9;
/** Size of the field where people live, uT, and by how much a number in another unit differs. */
const EARTH_LEAST_UT = 20,
  EARTH_MOST_UT = 70;
const FIELD_UNITS = [
  ['gauss', 100],
  ['mG', 0.1],
  ['nT', 0.001],
  ['T', 1e6],
] as const;

/** What the signals say against themselves. A score tells what comes of it, so nothing is refused here. */
export function signalDoubts(
  series: ImuSeries,
  orientation: OrientationSeries,
  prefix: string,
  rateHz: number,
): string[] {
  const sensor: AnalysisSensor = {
    role: 'upperBack',
    prefix: prefix === '' ? 'the sensor' : prefix,
    series,
    rateHz,
    qSegmentFromSensor: null,
  };
  const flags = sensorFlags(sensor, sensorStatistics(sensor));
  const doubts: string[] = [];
  try {
    flags.push(...checkSignals(sensor).flags);
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    doubts.push(`${error.subject}: ${error.message}`);
  }
  if (!orientation.resting.includes(1)) doubts.push('NO_REST: no second in which the sensor rests');
  if (series.magMicroTesla !== null) doubts.push(...fieldDoubts(series.magMicroTesla));
  const seconds = (timeS: number): string => timeS.toFixed(1);
  for (const { flag, startS, endS, detail } of flags.slice(0, MOST_FLAGS))
    doubts.push(`${flag} ${seconds(startS)} to ${seconds(endS)} s: ${detail}`);
  if (flags.length > MOST_FLAGS) doubts.push(`and ${flags.length - MOST_FLAGS} more of these`);
  return doubts;
}

/** Whether any row of three columns is whole. */
export function hasField(mag: Float64Array): boolean {
  for (let at = 0; at < mag.length; at += 3) if (Number.isFinite(fieldSize(mag, at))) return true;
  return false;
}

function fieldSize(mag: Float64Array, at: number): number {
  return Math.hypot(mag[at] ?? NaN, mag[at + 1] ?? NaN, mag[at + 2] ?? NaN);
}

/** A magnetometer that is off, frozen or in another unit turns the heading, and no flag of a worn kit tells. */
function fieldDoubts(mag: Float64Array): string[] {
  const sizes: number[] = [];
  let repeats = 0;
  for (let at = 0; at < mag.length; at += 3) {
    const size = fieldSize(mag, at);
    if (Number.isFinite(size)) sizes.push(size);
    if (at > 0 && mag[at] === mag[at - 3] && mag[at + 1] === mag[at - 2] && mag[at + 2] === mag[at - 1])
      repeats++;
  }
  sizes.sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] ?? NaN;
  if (repeats > (MOSTLY * mag.length) / 3)
    return [
      'MAGNETOMETER repeats the same values nearly throughout; leave it out with --magnetometer off, or record again',
    ];
  if (usual >= EARTH_LEAST_UT && usual <= EARTH_MOST_UT) return [];
  const unit = FIELD_UNITS.find(
    ([, factor]) => usual * factor >= EARTH_LEAST_UT && usual * factor <= EARTH_MOST_UT,
  );
  return [
    `MAGNETOMETER usually reads ${usual.toPrecision(2)} where the earth's field is 25 to 65 uT; ${
      unit === undefined
        ? 'give it in uT, or leave it out with --magnetometer off'
        : `it is in ${unit[0]}: multiply mx, my and mz by ${unit[1]}`
    }`,
  ];
}
