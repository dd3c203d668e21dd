import {
  alignmentErrorsMs,
  CLOCK_CONDITIONS,
  insideBoundShare,
  quantile,
  SETTLING_MS,
} from './clock-alignment.ts';
import { CommandFailure } from './command-failure.ts';
import { parseCommand } from './command-options.ts';

const CLOCKS_HELP = `How well two sensors' clocks are brought together, on simulated links.

  npm run -s evaluate -- clocks [options] [--json]

Each run is one minute of two sensors with the same least latency and each its own trouble, drawn from the seed. Judged is
the difference between the time errors of their samples, and where the devices offer their clocks also how
often a sensor's own error lies within the stated bound (2 ms allowed for the fit), from ${SETTLING_MS / 1000} s after the start (and after a restart) on.

  --runs N      of each condition, default 50
  --seed S      of the first run, default 1
  --json        the figures as JSON on standard output
  --help        this text
`;

const MODES = ['live', 'refined'] as const;

/** Runs the command; returns the exit code. */
export function evaluateClocks(args: readonly string[]): number {
  const { values, positionals } = parseCommand(args, {
    runs: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) {
    process.stdout.write(CLOCKS_HELP);
    return 0;
  }
  if (positionals.length > 0)
    throw new CommandFailure(`"${positionals[0]}" is one argument too many (see --help)`);
  const runs = readWhole('runs', values.runs, 50, 1);
  const seed = readWhole('seed', values.seed, 1, 0);
  const conditions = CLOCK_CONDITIONS.map((condition) => ({
    name: condition.name,
    ...Object.fromEntries(
      MODES.map((mode) => {
        const pooled: number[] = [];
        const runP95: number[] = [];
        let inside = 0;
        for (let i = 0; i < runs; i++) {
          const errors = alignmentErrorsMs(condition, seed + i, mode).sort((a, b) => a - b);
          runP95.push(quantile(errors, 0.95));
          for (const error of errors) pooled.push(error);
          inside += insideBoundShare(condition, seed + i, mode) / runs;
        }
        return [
          mode,
          {
            p95_ms: rounded(quantile(Float64Array.from(pooled).sort(), 0.95)),
            worst_run_p95_ms: rounded(Math.max(...runP95)),
            inside_bound: Number.isNaN(inside) ? null : rounded(inside),
          },
        ];
      }),
    ),
  })) as unknown as readonly ConditionReport[];
  const report = { simulated: true, seeds: [seed, seed + runs - 1], conditions };
  process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 1)}\n` : describe(report));
  return 0;
}

interface ModeReport {
  readonly p95_ms: number;
  readonly worst_run_p95_ms: number;
  /** Null where no device offered its clock. */
  readonly inside_bound: number | null;
}

interface ConditionReport {
  readonly name: string;
  readonly live: ModeReport;
  readonly refined: ModeReport;
}

function describe(report: {
  readonly seeds: readonly number[];
  readonly conditions: readonly ConditionReport[];
}): string {
  const cells = ({ p95_ms, worst_run_p95_ms, inside_bound }: ModeReport): string =>
    `${p95_ms.toFixed(2).padStart(8)} ${worst_run_p95_ms.toFixed(2).padStart(9)} ${(inside_bound === null ? '-' : `${(100 * inside_bound).toFixed(1)} %`).padStart(9)}`;
  return `${[
    `Alignment error of two simulated sensors, ms, seeds ${report.seeds.join(' to ')}`,
    `${''.padEnd(26)}      live                       whole recording`,
    `${'links have'.padEnd(26)}     p95 worst run  in bound      p95 worst run  in bound`,
    ...report.conditions.map(
      ({ name, live, refined }) => `${name.padEnd(26)} ${cells(live)} ${cells(refined)}`,
    ),
  ].join('\n')}\n`;
}

function readWhole(name: string, text: string | undefined, usual: number, least: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new CommandFailure(`--${name}: "${text ?? ''}" is not a whole number from ${least}`);
  return value;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
