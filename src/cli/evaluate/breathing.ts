import { measureBreathing, type BreathingReport } from '../../core/breathing/breathing-rate.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { joinColumnsNamed, timeSecondsFromTable, type TableTrial } from '../../core/recording/table-trial.ts';
import { createBreathingTrial, SITTING_KINDS } from '../../core/simulation/breathing-person.ts';
import { CommandFailure } from './command-failure.ts';
import { onlyPath, parseCommand } from './command-options.ts';
import { readTables } from './trial-input.ts';

const BREATHING_HELP = `Breathing rate from the orientation of a sensor on the trunk.

  npm run -s evaluate -- breathing DIR --orientation PREFIX [--json]
  npm run -s evaluate -- breathing --simulated N [--json]

DIR holds table trials (NAME.json with NAME.bin). PREFIX stands before w x y z in the names of the orientation's
columns: q1 for q1w q1x q1y q1z, ub_e for ub_ew ... Windows of 30 s every 10 s; each says its breaths a minute, or that
it cannot tell. The rate of a trial is the median of its windows.

  --orientation PREFIX   which orientation; needed with DIR
  --simulated N          N simulated people of each kind (seeds 1 to N, 90 s each) instead of recordings: how often a
                         window claims to tell, and how often it is then within 2 breaths a minute of the truth
  --json                 the figures as JSON on standard output
  --help                 this text

Trials that cannot be used are named on standard error and left out. Exit code 1: none was left, or bad usage.
`;

/** Runs the command; returns the exit code. */
export function evaluateBreathing(args: readonly string[]): number {
  const { values, positionals } = parseCommand(args, {
    orientation: { type: 'string' },
    simulated: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) {
    process.stdout.write(BREATHING_HELP);
    return 0;
  }
  const isJson = values.json === true;
  if (values.simulated !== undefined) {
    if (positionals.length > 0 || values.orientation !== undefined)
      throw new CommandFailure('--simulated: takes no DIR and no --orientation (see --help)');
    evaluateSimulated(readCount(values.simulated), isJson);
    return 0;
  }
  const path = onlyPath('breathing', positionals);
  if (values.orientation === undefined)
    throw new CommandFailure(
      '--orientation is missing: what stands before w x y z, for example --orientation q',
    );
  evaluateTables(path, values.orientation, isJson);
  return 0;
}

function evaluateTables(path: string, prefix: string, isJson: boolean): void {
  const leaveOut = (message: string): void => {
    process.stderr.write(`Left out: ${message}\n`);
  };
  const trials: (BreathingReport & { readonly name: string })[] = [];
  for (const table of readTables(path, leaveOut)) {
    try {
      const { timeS, q } = readOrientation(table, prefix);
      trials.push({ name: table.name, ...measureBreathing(timeS, q) });
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      leaveOut(error.message);
    }
  }
  if (trials.length === 0) throw new CommandFailure(`${path}: no trial could be evaluated`);
  if (!isJson) {
    process.stdout.write(trials.map(describeTrial).join(''));
    return;
  }
  const result = {
    trials: trials.map(({ name, ratePerMin, valid, windows }) => ({
      name,
      rate_bpm: rounded(ratePerMin),
      valid,
      windows: windows.map((window) => ({
        t_s: [window.startS, window.endS],
        rate_bpm: rounded(window.ratePerMin),
        valid: window.valid,
      })),
    })),
  };
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
}

function readOrientation(
  table: TableTrial,
  prefix: string,
): { readonly timeS: Float64Array; readonly q: Float64Array } {
  const columns = ['w', 'x', 'y', 'z'].map((axis) => prefix + axis);
  const missing = columns.find((column) => !table.has(column));
  if (missing !== undefined)
    throw new RecordingError(
      'fieldInvalid',
      { file: `${table.file}.json`, field: 'columns' },
      `no column "${missing}" for --orientation ${prefix}`,
    );
  // ub_e belongs to the sensor ub, which may have a time of its own.
  const sensor = prefix.includes('_') ? prefix.slice(0, prefix.lastIndexOf('_')) : '';
  return { timeS: timeSecondsFromTable(table, sensor), q: joinColumnsNamed(table, columns) };
}

function describeTrial(trial: BreathingReport & { readonly name: string }): string {
  const rate = (perMin: number | null): string =>
    perMin === null ? 'cannot tell' : `${perMin.toFixed(1)} a minute`;
  if (trial.windows.length === 0) return `${trial.name}: shorter than 30 s, cannot tell\n`;
  return (
    `${trial.name}: ${rate(trial.ratePerMin)}\n` +
    trial.windows
      .map(
        (window) =>
          `  ${String(window.startS).padStart(5)} to ${String(window.endS).padStart(5)} s  ${rate(window.ratePerMin)}\n`,
      )
      .join('')
  );
}

/** How near counts as right, breaths a minute. */
const NEAR_PER_MIN = 2;
const SIMULATED_S = 90;

function evaluateSimulated(count: number, isJson: boolean): void {
  const kinds = SITTING_KINDS.map((kind) => {
    let windows = 0,
      claimed = 0,
      near = 0,
      error = 0;
    for (let seed = 1; seed <= count; seed++) {
      const person = createBreathingTrial(seed, kind, SIMULATED_S);
      for (const window of measureBreathing(person.timeS, person.qEarthFromSensor).windows) {
        windows++;
        if (window.ratePerMin === null) continue;
        claimed++;
        const off = Math.abs(window.ratePerMin - person.breathsPerMin(window.startS, window.endS));
        error += off;
        if (off <= NEAR_PER_MIN) near++;
      }
    }
    const hasBreath = kind !== 'breathless' && claimed > 0;
    return {
      kind,
      windows,
      claimed_share: rounded(claimed / windows, 4),
      within_2_share: hasBreath ? rounded(near / claimed, 4) : null,
      mean_abs_error_bpm: hasBreath ? rounded(error / claimed) : null,
    };
  });
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ simulated: true, people_per_kind: count, kinds }, null, 1)}\n`);
    return;
  }
  const percent = (share: number | null): string =>
    share === null ? '-'.padStart(8) : `${(100 * share).toFixed(1).padStart(6)} %`;
  process.stdout.write(
    `${count} simulated people of each kind\nsitting     windows   claims  within 2 a minute   mean error\n` +
      kinds
        .map(
          (kind) =>
            `${kind.kind.padEnd(11)} ${String(kind.windows).padStart(7)} ${percent(kind.claimed_share)} ` +
            `${percent(kind.within_2_share).padStart(18)} ${String(kind.mean_abs_error_bpm ?? '-').padStart(12)}\n`,
        )
        .join(''),
  );
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new CommandFailure(`--simulated: expected a whole number of people from 1, found "${text}"`);
  return count;
}

function rounded(value: number | null, digits = 2): number | null {
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
}
