import type { OrientationSeries } from '../../core/fusion/imu-series.ts';
import { statedBound95Rad } from '../../core/fusion/stated-sigma.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { prefixedColumn, type TableTrial } from '../../core/recording/table-trial.ts';
import { checkMode, FILTERS, MODES, orient, type FilterName, type Mode } from './chosen-filter.ts';
import { CommandFailure } from './command-failure.ts';
import { oneOf, onlyPath, parseCommand, positive } from './command-options.ts';
import { referenceDoubts } from './reference-check.ts';
import { findBestShift, scoreOrientation, type RowErrors } from './scoring.ts';
import { hasField, signalDoubts } from './signal-doubts.ts';
import {
  choosePrefix,
  noScoredRow,
  readReferencedTrial,
  readTables,
  type ReferencedTrial,
} from './trial-input.ts';

export const ORIENTATION_HELP = `Orientation accuracy against a reference.

  npm run -s evaluate -- orientation DIR [options] [--json]

DIR holds table trials (NAME.json with NAME.bin) whose q columns are the reference. Errors are RMSE in degrees over
the rows with movement_flag = 1: as they are with a magnetometer, after one constant heading per trial without.

  --filter thora|ahrs-madgwick|ahrs-mahony   default thora
  --magnetometer on|off                      default on where the trial has one
  --mode live|refined                        default live; refined knows the whole recording (thora only)
  --rate HZ                                  averages the signals to the nearest whole fraction of their rate
  --rest S                                   keeps only S seconds before the first scored row
  --prefix P                                 one sensor of a table with several
  --gyro-scale F                             multiplies the gyroscope by F
  --json                                     the figures as JSON on standard output
  --help                                     this text

Trials that cannot be used are named on standard error and left out; signals that contradict themselves (units, axes,
frozen values, gaps, no rest) or the reference (its convention, its turns, its vertical) are named there too, and
scored all the same. Exit code 1: none was left, or bad usage.
`;

const PRESET = 'free';

/** How one trial is evaluated. */
export interface TrialOptions {
  readonly filter: FilterName;
  readonly magnetometer: 'on' | 'off' | null;
  readonly mode: Mode;
  readonly rateHz: number | null;
  readonly restS: number | null;
  readonly prefix: string | null;
  readonly gyroScale: number;
}

interface Options extends TrialOptions {
  readonly path: string;
  readonly json: boolean;
}

export interface TrialReport {
  readonly name: string;
  readonly magnetometer: 'on' | 'off';
  readonly total_rmse_deg: number;
  readonly heading_rmse_deg: number;
  readonly inclination_rmse_deg: number;
  readonly best_shift_ms: number;
  readonly total_rmse_deg_best_shift: number;
  readonly ns_per_sample: number;
  readonly sigma_coverage95: number | null;
  readonly half_width95_median_deg: number | null;
  readonly scored_rows: number;
  /** Rows that should be scored but for which the filter gave no orientation. */
  readonly lost_rows: number;
}

/** Runs the command; returns the exit code. */
export function evaluateOrientation(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === null) {
    process.stdout.write(ORIENTATION_HELP);
    return 0;
  }
  const reports: TrialReport[] = [];
  const leaveOut = (message: string): void => {
    process.stderr.write(`Left out: ${message}\n`);
  };
  let inside = 0,
    scored = 0;
  for (const table of readTables(options.path, leaveOut)) {
    try {
      const { report, insideRows, doubts } = evaluateTrial(table, options);
      for (const doubt of doubts) process.stderr.write(`Doubtful: ${report.name}: ${doubt}\n`);
      reports.push(report);
      inside += insideRows;
      scored += report.scored_rows;
      process.stderr.write(`${report.name}: ${report.total_rmse_deg.toFixed(2)} deg\n`);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      leaveOut(error.message);
    }
  }
  if (reports.length === 0) throw new CommandFailure(`${options.path}: no trial could be evaluated`);
  const used = new Set(reports.map((report) => report.magnetometer));
  const statesBound = reports.every((report) => report.sigma_coverage95 !== null);
  const result = {
    filter: options.filter,
    mode: options.mode,
    magnetometer: used.size === 1 ? reports[0]?.magnetometer : 'mixed',
    preset: options.filter === 'thora' ? PRESET : null,
    trials: reports,
    mean: { ...meanOf(reports), sigma_coverage95_pooled: statesBound ? inside / scored : null },
  };
  if (options.json) process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
  else process.stdout.write(describe(result.filter, result.mode, reports, result.mean));
  return 0;
}

/** Throws a {@link RecordingError} where the trial cannot be used so. */
export function evaluateTrial(
  table: TableTrial,
  options: TrialOptions,
): { readonly report: TrialReport; readonly insideRows: number; readonly doubts: readonly string[] } {
  const prefix = choosePrefix(table, options.prefix);
  const trial = readReferencedTrial(table, prefix, options);
  const mag = trial.series.magMicroTesla;
  const hasMagnetometer = mag !== null && hasField(mag);
  if (options.magnetometer === 'on' && !hasMagnetometer)
    throw new RecordingError(
      'fieldInvalid',
      mag === null
        ? { file: `${table.file}.json`, field: 'columns' }
        : { file: `${table.file}.bin`, field: prefixedColumn(prefix, 'mx') },
      mag === null
        ? 'no magnetometer for --magnetometer on'
        : 'not one value of the magnetometer for --magnetometer on',
    );
  const useMagnetometer = hasMagnetometer && options.magnetometer !== 'off';
  const series = useMagnetometer ? trial.series : { ...trial.series, magMicroTesla: null };
  const start = process.hrtime.bigint();
  const orientation = orient(series, {
    filter: options.filter,
    mode: options.mode,
    preset: PRESET,
    useMagnetometer,
    initialBias: null,
  });
  const nsPerSample = Number(process.hrtime.bigint() - start) / series.count;
  const { report, insideRows } = reportTrial(table, prefix, trial, orientation, useMagnetometer);
  return {
    report: { ...report, ns_per_sample: Math.round(nsPerSample) },
    insideRows,
    doubts: [
      ...(mag !== null && !hasMagnetometer
        ? ['MAGNETOMETER has columns, but not one value in them; scored without it']
        : []),
      ...signalDoubts(series, orientation, prefix, trial.rateHz),
      ...referenceDoubts(trial, trial.rateHz, true),
    ],
  };
}

function reportTrial(
  table: TableTrial,
  prefix: string,
  trial: ReferencedTrial,
  orientation: OrientationSeries,
  useMagnetometer: boolean,
): { readonly report: TrialReport; readonly insideRows: number } {
  const track = {
    timeS: trial.series.timeS,
    estimated: orientation.qEarthFromSensor,
    reference: trial.reference,
    counts: trial.counts,
  };
  const rows: RowErrors = {
    totalRad: new Float64Array(trial.series.count).fill(Number.NaN),
    inclinationRad: new Float64Array(trial.series.count).fill(Number.NaN),
  };
  const score = scoreOrientation(track, !useMagnetometer, 0, rows);
  if (score.scoredRows === 0) throw noScoredRow(table.file, prefix, trial);
  const shift = findBestShift(track, !useMagnetometer);
  const errors = useMagnetometer ? rows.totalRad : rows.inclinationRad;
  const bounds: number[] = [];
  let inside = 0,
    lost = 0;
  for (let row = 0; row < errors.length; row++) {
    const error = errors[row] ?? Number.NaN;
    if (Number.isNaN(error)) {
      const isWanted = trial.counts[row] === 1 && Number.isFinite(trial.reference[4 * row]);
      if (isWanted) lost++;
      continue;
    }
    const bound = statedBound95Rad(
      orientation.inclinationSigmaRad[row] ?? Number.NaN,
      useMagnetometer ? (orientation.headingSigmaRad[row] ?? Number.NaN) : null,
    );
    if (Number.isNaN(bound)) continue;
    bounds.push(bound * DEG_PER_RAD);
    if (error <= bound) inside++;
  }
  const statesBound = bounds.length > 0;
  bounds.sort((a, b) => a - b);
  return {
    insideRows: inside,
    report: {
      name: trial.name,
      magnetometer: useMagnetometer ? 'on' : 'off',
      total_rmse_deg: score.totalRmseDeg,
      heading_rmse_deg: score.headingRmseDeg,
      inclination_rmse_deg: score.inclinationRmseDeg,
      best_shift_ms: shift.shiftMs,
      total_rmse_deg_best_shift: shift.totalRmseDeg,
      ns_per_sample: 0,
      sigma_coverage95: statesBound ? inside / score.scoredRows : null,
      half_width95_median_deg: statesBound ? (bounds[bounds.length >> 1] ?? null) : null,
      scored_rows: score.scoredRows,
      lost_rows: lost,
    },
  };
}

const MEAN_FIELDS = [
  'total_rmse_deg',
  'heading_rmse_deg',
  'inclination_rmse_deg',
  'best_shift_ms',
  'total_rmse_deg_best_shift',
  'ns_per_sample',
  'sigma_coverage95',
  'half_width95_median_deg',
] as const;
type MeanReport = Record<(typeof MEAN_FIELDS)[number], number | null>;

function meanOf(reports: readonly TrialReport[]): MeanReport {
  const mean = (field: (typeof MEAN_FIELDS)[number]): number | null => {
    const values = reports.map((report) => report[field]).filter((value) => value !== null);
    return values.length === reports.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
  };
  return Object.fromEntries(MEAN_FIELDS.map((field) => [field, mean(field)])) as MeanReport;
}

function describe(filter: string, mode: Mode, reports: readonly TrialReport[], mean: MeanReport): string {
  const width = Math.max(...reports.map((report) => report.name.length), 4);
  const cell = (value: number | null, digits = 2): string =>
    (value === null ? '-' : value.toFixed(digits)).padStart(8);
  const line = (name: string, r: MeanReport): string =>
    `${name.padEnd(width)}${cell(r.total_rmse_deg)}${cell(r.heading_rmse_deg)}${cell(r.inclination_rmse_deg)}` +
    `${cell(r.best_shift_ms, 0)}${cell(r.total_rmse_deg_best_shift)}${cell(r.sigma_coverage95)}` +
    `${cell(r.half_width95_median_deg)}${cell(r.ns_per_sample, 0)}\n`;
  const head = ['total', 'heading', 'inclin.', 'shift', 'shifted', 'covers', '+-95 %', 'ns'];
  return (
    `${filter}, ${mode}: RMSE in deg, best shift in ms, share inside the stated 95 % bound and its half-width\n` +
    `${' '.repeat(width)}${head.map((text) => text.padStart(8)).join('')}\n` +
    reports.map((report) => line(report.name, report)).join('') +
    line('mean', mean)
  );
}

function readOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parseCommand(args, {
    filter: { type: 'string' },
    magnetometer: { type: 'string' },
    mode: { type: 'string' },
    rate: { type: 'string' },
    rest: { type: 'string' },
    prefix: { type: 'string' },
    'gyro-scale': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) return null;
  const options: Options = {
    path: onlyPath('orientation', positionals),
    filter: oneOf('--filter', values.filter ?? 'thora', FILTERS),
    magnetometer:
      values.magnetometer === undefined
        ? null
        : oneOf('--magnetometer', values.magnetometer, ['on', 'off'] as const),
    mode: oneOf('--mode', values.mode ?? 'live', MODES),
    rateHz: values.rate === undefined ? null : positive('--rate', values.rate),
    restS: values.rest === undefined ? null : positive('--rest', values.rest),
    prefix: values.prefix ?? null,
    gyroScale: values['gyro-scale'] === undefined ? 1 : positive('--gyro-scale', values['gyro-scale']),
    json: values.json === true,
  };
  checkMode(options.filter, options.mode);
  return options;
}
