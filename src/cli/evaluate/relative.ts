import type { OrientationSeries } from '../../core/fusion/imu-series.ts';
import { choosePreset } from '../../core/fusion/preset-choice.ts';
import type { InitialGyroBias } from '../../core/fusion/thora-filter.ts';
import type { ThoraPreset } from '../../core/fusion/thora-parameters.ts';
import { RAD_PER_DEG } from '../../core/math/angle.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { prefixedColumn, type TableTrial } from '../../core/recording/table-trial.ts';
import { checkMode, FILTERS, MODES, orient, type FilterName, type Mode } from './chosen-filter.ts';
import { CommandFailure } from './command-failure.ts';
import { oneOf, onlyPath, parseCommand, positive } from './command-options.ts';
import { referenceDoubts } from './reference-check.ts';
import { scoreRelative, type PairTrack } from './relative-score.ts';
import { signalDoubts } from './signal-doubts.ts';
import { noScoredRow, readReferencedTrial, readTables, type ReferencedTrial } from './trial-input.ts';

export const RELATIVE_HELP = `Accuracy of the orientation between two sensors, without magnetometer, against a reference.

  npm run -s evaluate -- relative DIR --pairs A:B[,C:D] [options] [--json]

DIR holds table trials (NAME.json with NAME.bin). A and B stand before the columns of two sensors (A_gx ... A_az) and
of their references (A_qw A_qx A_qy A_qz). r = conj(q_A) Rz(d) q_B is the orientation of B seen from A, and the error
is the angle of L r R conj(r_reference). The heading d and the rotations L and R are constant over a trial and chosen
for the least RMSE: what is scored is movement, not how the sensors sit. Rows with movement_flag = 1, where the column
exists. Which parameters Thora's filter takes, for worn sensors or for free ones, follows from how they moved in the
trial, and is stated as preset.

  --pairs A:B[,C:D]                          which sensors; needed
  --bias-window S                            takes the mean gyroscope of the first S seconds as bias; default: the
                                             filter's own estimate
  --filter thora|ahrs-madgwick|ahrs-mahony   default thora
  --mode live|refined                        default live; refined knows the whole recording (thora only)
  --rate HZ                                  averages the signals to the nearest whole fraction of their rate
  --rest S                                   keeps only S seconds before the first scored row
  --gyro-scale F                             multiplies the gyroscopes by F
  --json                                     the figures as JSON on standard output
  --help                                     this text

Pairs and trials that cannot be used are named on standard error and left out; signals that contradict themselves or
the reference are named there too, and scored all the same. Exit code 1: none was left, or bad usage.
`;

/** What a mean rate is worth as bias at best, rad/s: quantisation and temperature. */
const LEAST_BIAS_SIGMA_RAD_PER_S = 0.02 * RAD_PER_DEG;
/** Pieces that the bias window is cut into, to see how well its mean is known, s. */
const BIAS_PIECE_S = 0.25;

interface Options {
  readonly path: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly biasWindowS: number | null;
  readonly filter: FilterName;
  readonly mode: Mode;
  readonly rateHz: number | null;
  readonly restS: number | null;
  readonly gyroScale: number;
  readonly json: boolean;
}

interface PairReport {
  readonly pair: string;
  readonly rmse_deg: number;
  readonly best_shift_ms: number;
  readonly rmse_deg_best_shift: number;
  readonly scored_rows: number;
}

interface TrialReport {
  readonly name: string;
  /** Parameters of Thora's filter, chosen by how the sensors of this trial moved; null for another filter. */
  readonly preset: ThoraPreset | null;
  readonly pairs: readonly PairReport[];
}

/** Runs the command; returns the exit code. */
export function evaluateRelative(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === null) {
    process.stdout.write(RELATIVE_HELP);
    return 0;
  }
  const leaveOut = (message: string): void => {
    process.stderr.write(`Left out: ${message}\n`);
  };
  const trials: TrialReport[] = [];
  for (const table of readTables(options.path, leaveOut)) {
    const trial = evaluateTrial(table, options, leaveOut);
    if (trial.pairs.length > 0) trials.push(trial);
  }
  const all = trials.flatMap((trial) => trial.pairs);
  if (all.length === 0)
    throw new CommandFailure(`${options.path}: no pair of --pairs could be evaluated in any trial`);
  const mean = (field: 'rmse_deg' | 'rmse_deg_best_shift'): number =>
    all.reduce((sum, pair) => sum + pair[field], 0) / all.length;
  const presets = new Set(trials.map((trial) => trial.preset));
  const result = {
    filter: options.filter,
    mode: options.mode,
    preset: presets.size === 1 ? (trials[0]?.preset ?? null) : 'mixed',
    bias_window_s: options.biasWindowS,
    trials,
    mean_rmse_deg: mean('rmse_deg'),
    mean_rmse_deg_best_shift: mean('rmse_deg_best_shift'),
  };
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 1)}\n` : describe(result));
  return 0;
}

/** Every pair of one trial that can be scored; orientations are made once a sensor. */
function evaluateTrial(
  table: TableTrial,
  options: Options,
  leaveOut: (message: string) => void,
): TrialReport {
  const signals = new Map<string, SensorSignals>();
  const pairs = options.pairs.filter(([a, b]) => {
    try {
      for (const prefix of [a, b])
        if (!signals.has(prefix)) signals.set(prefix, readSignals(table, prefix, `${a}:${b}`, options));
      return true;
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      leaveOut(`${a}:${b} of ${error.message}`);
      return false;
    }
  });
  const { preset, orientations } = orientAll(signals, options);
  for (const [prefix, { trial }] of signals) {
    const orientation = orientations.get(prefix);
    if (orientation === undefined || !pairs.some((pair) => pair.includes(prefix))) continue;
    for (const doubt of [
      ...signalDoubts({ ...trial.series, magMicroTesla: null }, orientation, prefix, trial.rateHz),
      ...referenceDoubts(trial, trial.rateHz, false),
    ])
      process.stderr.write(`Doubtful: ${table.name} ${prefix}: ${doubt}\n`);
  }
  const reports: PairReport[] = [];
  for (const [a, b] of pairs) {
    const pair = `${a}:${b}`;
    const of = (prefix: string): OrientedSensor | null => {
      const sensor = signals.get(prefix),
        orientation = orientations.get(prefix);
      return sensor && orientation ? { trial: sensor.trial, orientation } : null;
    };
    const sensorA = of(a),
      sensorB = of(b);
    const report = sensorA && sensorB ? scorePair(pair, sensorA, sensorB) : null;
    if (report === null) {
      leaveOut(`${pair} of ${whyNoRow(table, [a, b], signals)}`);
      continue;
    }
    reports.push(report);
    process.stderr.write(`${table.name} ${pair}: ${report.rmse_deg.toFixed(2)} deg\n`);
  }
  return { name: table.name, preset, pairs: reports };
}

/** Of the two sensors of a pair, the one that has nothing to score; else the first. */
function whyNoRow(
  table: TableTrial,
  pair: readonly [string, string],
  signals: ReadonlyMap<string, SensorSignals>,
): string {
  const reasons = pair.flatMap((prefix) => {
    const sensor = signals.get(prefix);
    return sensor === undefined ? [] : [noScoredRow(table.file, prefix, sensor.trial)];
  });
  const [first] = reasons;
  return (reasons.find(({ field }) => !field?.endsWith('gx')) ?? first)?.message ?? table.file;
}

interface SensorSignals {
  readonly trial: ReferencedTrial;
  readonly initialBias: InitialGyroBias | null;
}

interface OrientedSensor {
  readonly trial: ReferencedTrial;
  readonly orientation: OrientationSeries;
}

function readSignals(table: TableTrial, prefix: string, pair: string, options: Options): SensorSignals {
  if (!table.has(prefixedColumn(prefix, 'gx')))
    throw new RecordingError(
      'fieldInvalid',
      { file: `${table.file}.json`, field: prefixedColumn(prefix, 'gx') },
      `no sensor "${prefix}" for the pair ${pair} (has ${table.prefixes.map((p) => `"${p}"`).join(' ') || 'no gyroscope'})`,
    );
  const trial = readReferencedTrial(table, prefix, options);
  const { biasWindowS } = options;
  const initialBias =
    biasWindowS === null
      ? null
      : meanRate(readReferencedTrial(table, prefix, { ...options, restS: null }), biasWindowS, table);
  return { trial, initialBias };
}

/** Orientations of all sensors of a trial, with the parameters that fit how they moved. */
function orientAll(
  signals: ReadonlyMap<string, SensorSignals>,
  options: Options,
): { readonly preset: ThoraPreset | null; readonly orientations: ReadonlyMap<string, OrientationSeries> } {
  const orientWith = (preset: ThoraPreset): Map<string, OrientationSeries> =>
    new Map(
      [...signals].map(([prefix, { trial, initialBias }]) => [
        prefix,
        orient(
          { ...trial.series, magMicroTesla: null },
          { filter: options.filter, mode: options.mode, preset, useMagnetometer: false, initialBias },
        ),
      ]),
    );
  const worn = orientWith('worn');
  if (options.filter !== 'thora') return { preset: null, orientations: worn };
  const preset = choosePreset([...worn.values()]);
  return { preset, orientations: preset === 'worn' ? worn : orientWith(preset) };
}

/** Mean gyroscope of the first `windowS` seconds, and how far the means of its pieces scatter. */
function meanRate(trial: ReferencedTrial, windowS: number, table: TableTrial): InitialGyroBias {
  const { timeS, gyroRadPerS } = trial.series;
  const pieces = new Map<number, { readonly sum: Float64Array; count: number }>();
  const total = new Float64Array(3);
  let count = 0;
  for (let row = 0; row < timeS.length; row++) {
    const t = (timeS[row] ?? 0) - (timeS[0] ?? 0);
    if (t >= windowS) break;
    const rate = gyroRadPerS.subarray(3 * row, 3 * row + 3);
    if (!rate.every((value) => Number.isFinite(value))) continue;
    const index = Math.floor(t / BIAS_PIECE_S);
    const piece = pieces.get(index) ?? { sum: new Float64Array(3), count: 0 };
    pieces.set(index, piece);
    for (let i = 0; i < 3; i++) {
      piece.sum[i] = (piece.sum[i] ?? 0) + (rate[i] ?? 0);
      total[i] = (total[i] ?? 0) + (rate[i] ?? 0);
    }
    piece.count++;
    count++;
  }
  if (count === 0)
    throw new RecordingError(
      'fieldInvalid',
      { file: `${table.file}.bin`, field: 'gx' },
      `no gyroscope sample in the first ${windowS} s (--bias-window)`,
    );
  const mean = total.map((sum) => sum / count);
  let scatter = 0;
  for (const piece of pieces.values())
    for (let i = 0; i < 3; i++) scatter += ((piece.sum[i] ?? 0) / piece.count - (mean[i] ?? 0)) ** 2;
  const ofMean = Math.sqrt(scatter / (3 * pieces.size * Math.max(1, pieces.size - 1)));
  return { gyroBiasRadPerS: mean, sigmaRadPerS: Math.hypot(LEAST_BIAS_SIGMA_RAD_PER_S, ofMean) };
}

function scorePair(pair: string, a: OrientedSensor, b: OrientedSensor): PairReport | null {
  // With flags of their own the two may have kept more or less of the rest before; they end together.
  const count = Math.min(a.trial.series.count, b.trial.series.count);
  const skipA = a.trial.series.count - count,
    skipB = b.trial.series.count - count;
  const track: PairTrack = {
    count,
    timeAS: a.trial.series.timeS.subarray(skipA),
    timeBS: b.trial.series.timeS.subarray(skipB),
    qEarthFromA: a.orientation.qEarthFromSensor.subarray(4 * skipA),
    qEarthFromB: b.orientation.qEarthFromSensor.subarray(4 * skipB),
    referenceA: a.trial.reference.subarray(4 * skipA),
    referenceB: b.trial.reference.subarray(4 * skipB),
    counts: a.trial.counts.subarray(skipA).map((flag, row) => flag & (b.trial.counts[skipB + row] ?? 0)),
  };
  const score = scoreRelative(track);
  if (score === null) return null;
  return {
    pair,
    rmse_deg: score.rmseDeg,
    best_shift_ms: score.bestShiftMs,
    rmse_deg_best_shift: score.rmseDegBestShift,
    scored_rows: score.scoredRows,
  };
}

function describe(result: {
  readonly filter: string;
  readonly mode: string;
  readonly bias_window_s: number | null;
  readonly trials: readonly TrialReport[];
  readonly mean_rmse_deg: number;
  readonly mean_rmse_deg_best_shift: number;
}): string {
  const lines = result.trials.flatMap((trial) =>
    trial.pairs.map((pair) => ({ ...pair, name: `${trial.name} ${pair.pair}` })),
  );
  const width = Math.max(...lines.map((line) => line.name.length), 4);
  const row = (name: string, rmse: number, shift: string, shifted: number): string =>
    `${name.padEnd(width)}${rmse.toFixed(2).padStart(9)}${shift.padStart(9)}${shifted.toFixed(2).padStart(9)}\n`;
  const bias =
    result.bias_window_s === null ? 'own bias estimate' : `bias from the first ${result.bias_window_s} s`;
  return (
    `${result.filter}, ${result.mode}, ${bias}: RMSE in deg, best shift in ms\n` +
    `${' '.repeat(width)}${['RMSE', 'shift', 'shifted'].map((text) => text.padStart(9)).join('')}\n` +
    lines
      .map((line) => row(line.name, line.rmse_deg, String(line.best_shift_ms), line.rmse_deg_best_shift))
      .join('') +
    row('mean', result.mean_rmse_deg, '', result.mean_rmse_deg_best_shift)
  );
}

function readOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parseCommand(args, {
    pairs: { type: 'string' },
    'bias-window': { type: 'string' },
    filter: { type: 'string' },
    mode: { type: 'string' },
    magnetometer: { type: 'string' },
    rate: { type: 'string' },
    rest: { type: 'string' },
    'gyro-scale': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) return null;
  if (values.magnetometer !== undefined && values.magnetometer !== 'off')
    throw new CommandFailure(
      `--magnetometer: "${values.magnetometer}" is not off; pairs are scored without it`,
    );
  const options: Options = {
    path: onlyPath('relative', positionals),
    pairs: readPairs(values.pairs),
    biasWindowS:
      values['bias-window'] === undefined ? null : positive('--bias-window', values['bias-window']),
    filter: oneOf('--filter', values.filter ?? 'thora', FILTERS),
    mode: oneOf('--mode', values.mode ?? 'live', MODES),
    rateHz: values.rate === undefined ? null : positive('--rate', values.rate),
    restS: values.rest === undefined ? null : positive('--rest', values.rest),
    gyroScale: values['gyro-scale'] === undefined ? 1 : positive('--gyro-scale', values['gyro-scale']),
    json: values.json === true,
  };
  checkMode(options.filter, options.mode);
  return options;
}

function readPairs(text: string | undefined): readonly (readonly [string, string])[] {
  if (text === undefined)
    throw new CommandFailure('--pairs is missing: which sensors, for example --pairs ub:lb');
  return text.split(',').map((pair) => {
    const [a = '', b = '', more] = pair.trim().split(':');
    if (a === '' || b === '' || more !== undefined || a === b)
      throw new CommandFailure(`--pairs: "${pair}" is not A:B with two different sensors`);
    return [a, b] as const;
  });
}
