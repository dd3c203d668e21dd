import { RecordingError } from '../../core/recording/recording-error.ts';
import type { TableTrial } from '../../core/recording/table-trial.ts';
import { Random } from '../../core/simulation/random.ts';
import { CommandFailure } from './command-failure.ts';
import { onlyPath, parseCommand } from './command-options.ts';
import { evaluateTrial, type TrialOptions, type TrialReport } from './orientation.ts';
import { choosePrefix, readReferencedTrial, readTables } from './trial-input.ts';

const ROBUSTNESS_HELP = `Orientation accuracy under worse conditions, one parameter set for all of them.

  npm run -s evaluate -- robustness DIR [--json]

DIR holds table trials with a reference, as for "evaluate -- orientation". Prints a table that can be pasted into a page:
slower sensors, a gyroscope that is 1 % too strong or too weak, less rest before the movement, and how the mean of the
first line moves when a third of the trials is left out (5th to 95th percentile of 2,000 draws).

  --json   the figures as JSON on standard output
  --help   this text
`;

const USUAL: TrialOptions = {
  filter: 'thora',
  magnetometer: 'off',
  mode: 'live',
  rateHz: null,
  restS: null,
  prefix: null,
  gyroScale: 1,
};

/** `restShare`: part of the rest before the first scored row that is kept, where that differs from trial to trial. */
const CONDITIONS: readonly {
  readonly name: string;
  readonly options: Partial<TrialOptions>;
  readonly restShare?: number;
}[] = [
  { name: 'live, 6 axes', options: {} },
  { name: 'averaged to 48 Hz', options: { rateHz: 48 } },
  { name: 'averaged to 24 Hz', options: { rateHz: 24 } },
  { name: '30 % of the rest removed', options: {}, restShare: 0.7 },
  { name: '3 s of rest', options: { restS: 3 } },
  { name: '1 s of rest', options: { restS: 1 } },
  { name: 'gyroscope 1 % too strong', options: { gyroScale: 1.01 } },
  { name: 'gyroscope 1 % too weak', options: { gyroScale: 0.99 } },
  { name: 'live, 9 axes', options: { magnetometer: null } },
  { name: 'refined, 6 axes', options: { mode: 'refined' } },
  { name: 'refined, 6 axes, gyroscope 1 % too strong', options: { mode: 'refined', gyroScale: 1.01 } },
  { name: 'refined, 6 axes, 1 s of rest', options: { mode: 'refined', restS: 1 } },
  { name: 'refined, 9 axes', options: { mode: 'refined', magnetometer: null } },
  { name: 'ahrs Madgwick, 6 axes', options: { filter: 'ahrs-madgwick' } },
  { name: 'ahrs Mahony, 6 axes', options: { filter: 'ahrs-mahony' } },
];

interface ConditionReport {
  readonly condition: string;
  readonly trials: number;
  readonly total_rmse_deg: number;
  readonly inclination_rmse_deg: number;
  readonly worst_trial_deg: number;
  readonly total_rmse_deg_best_shift: number;
  /** Share of scored rows, all trials together, inside the stated bound; null for a filter that states none. */
  readonly sigma_coverage95_pooled: number | null;
}

/** Runs the command; returns the exit code. */
export function evaluateRobustness(args: readonly string[]): number {
  const { values, positionals } = parseCommand(args, {
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) {
    process.stdout.write(ROBUSTNESS_HELP);
    return 0;
  }
  const path = onlyPath('robustness', positionals);
  const tables = [...readTables(path, leaveOut)];
  const reports: ConditionReport[] = [];
  let leftOut: readonly [number, number] | null = null;
  for (const { name, options, restShare } of CONDITIONS) {
    process.stderr.write(`${name} …\n`);
    const trials = tables.flatMap((table) => evaluated(table, { ...USUAL, ...options }, restShare));
    if (trials.length === 0) throw new CommandFailure(`${path}: no trial could be evaluated`);
    reports.push(summary(name, trials));
    leftOut ??= spreadWithoutAThird(trials.map((trial) => trial.report.total_rmse_deg));
  }
  const result = { conditions: reports, total_rmse_deg_without_a_third: leftOut };
  process.stdout.write(
    values.json === true ? `${JSON.stringify(result, null, 1)}\n` : describe(reports, leftOut),
  );
  return 0;
}

function leaveOut(message: string): void {
  process.stderr.write(`Left out: ${message}\n`);
}

interface Evaluated {
  readonly report: TrialReport;
  readonly insideRows: number;
}

function evaluated(table: TableTrial, options: TrialOptions, restShare: number | undefined): Evaluated[] {
  try {
    const restS = restShare === undefined ? options.restS : restShare * restSeconds(table, options);
    return [evaluateTrial(table, { ...options, restS })];
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    leaveOut(error.message);
    return [];
  }
}

/** From the first row to the first that counts, s. */
function restSeconds(table: TableTrial, options: TrialOptions): number {
  const { series, counts } = readReferencedTrial(table, choosePrefix(table, options.prefix), options);
  return (series.timeS[Math.max(0, counts.indexOf(1))] ?? 0) - (series.timeS[0] ?? 0);
}

function summary(condition: string, trials: readonly Evaluated[]): ConditionReport {
  const mean = (field: 'total_rmse_deg' | 'inclination_rmse_deg' | 'total_rmse_deg_best_shift'): number =>
    trials.reduce((sum, { report }) => sum + report[field], 0) / trials.length;
  const rows = trials.reduce((sum, { report }) => sum + report.scored_rows, 0);
  const statesBound = trials.every(({ report }) => report.sigma_coverage95 !== null);
  return {
    condition,
    trials: trials.length,
    total_rmse_deg: mean('total_rmse_deg'),
    inclination_rmse_deg: mean('inclination_rmse_deg'),
    worst_trial_deg: Math.max(...trials.map(({ report }) => report.total_rmse_deg)),
    total_rmse_deg_best_shift: mean('total_rmse_deg_best_shift'),
    sigma_coverage95_pooled: statesBound
      ? trials.reduce((sum, { insideRows }) => sum + insideRows, 0) / rows
      : null,
  };
}

const DRAWS = 2000;

/** 5th and 95th percentile of the mean when a third of the trials, drawn anew each time, is left out. */
function spreadWithoutAThird(values: readonly number[]): readonly [number, number] | null {
  const kept = values.length - Math.floor(values.length / 3);
  if (kept === values.length) return null;
  const random = new Random(1);
  const means = Array.from({ length: DRAWS }, () => {
    const left = [...values];
    let sum = 0;
    for (let k = 0; k < kept; k++) sum += left.splice(Math.floor(random.uniform() * left.length), 1)[0] ?? 0;
    return sum / kept;
  }).sort((a, b) => a - b);
  return [means[Math.floor(0.05 * DRAWS)] ?? Number.NaN, means[Math.floor(0.95 * DRAWS)] ?? Number.NaN];
}

function describe(reports: readonly ConditionReport[], leftOut: readonly [number, number] | null): string {
  const [first] = reports;
  const lines = reports.map(
    (r) =>
      `| ${r.condition} | ${r.total_rmse_deg.toFixed(2)} | ${r.inclination_rmse_deg.toFixed(2)} | ` +
      `${r.worst_trial_deg.toFixed(1)} | ${r.total_rmse_deg_best_shift.toFixed(2)} | ` +
      `${r.sigma_coverage95_pooled === null ? '–' : `${(100 * r.sigma_coverage95_pooled).toFixed(0)} %`} |\n`,
  );
  const spread =
    leftOut === null
      ? ''
      : `\nMean of the first line with a third of the ${first?.trials ?? 0} trials left out: ${leftOut[0].toFixed(2)} to ${leftOut[1].toFixed(2)} deg.\n`;
  return (
    '| condition | total | inclination | worst trial | best shift | inside the 95 % bound |\n' +
    `|---|---|---|---|---|---|\n${lines.join('')}${spread}`
  );
}
