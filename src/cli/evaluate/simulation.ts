import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CommandFailure } from './command-failure.ts';
import { evaluateBody, type Outcome } from './simulated-body.ts';
import { simulationMarkdown, simulationSvg, withBlock } from './simulation-docs.ts';
import { formatSimulationReport, summarise, type SimulationReport } from './simulation-summary.ts';

export const SIMULATION_HELP = `Error and coverage on simulated bodies, whose bones are known.

  npm run -s evaluate -- simulation [options] [--json]

Every body wears one of five kits, is measured by the screen of a guided session and by the report (mounting stated,
and found from the movement), and is compared with its bones. Severity is drawn from the seed: gyroscope bias
0.1 deg/s and scale 1 % (standard deviations), skin that does not follow 0 to 10 % of the rotation and is late,
mounting 0 to 20 deg, clocks +-3 %, loss 0 to 10 %, in one body of five a sensor that slips by 0 to 15 deg.

  --runs N    bodies, default 2000
  --seed S    seed of the first body, default 1; the others follow
  --docs      also writes table and picture into docs/measurement-validity.md and docs/images
  --json      the figures as JSON on standard output
  --help      this text
`;

const DEFAULT_RUNS = 2000;
const PROGRESS_EVERY_MS = 10_000;

/** Runs the command; returns the exit code. */
export function evaluateSimulation(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === null) {
    process.stdout.write(SIMULATION_HELP);
    return 0;
  }
  const { runs, seed } = options;
  const outcomes: Outcome[] = [];
  const startMs = Date.now();
  let saidMs = startMs;
  for (let i = 0; i < runs; i++) {
    outcomes.push(...evaluateBody(seed + i));
    const nowMs = Date.now();
    if (nowMs - saidMs < PROGRESS_EVERY_MS) continue;
    saidMs = nowMs;
    const leftS = ((nowMs - startMs) / 1000 / (i + 1)) * (runs - i - 1);
    process.stderr.write(`${i + 1} of ${runs} bodies, about ${Math.ceil(leftS / 60)} min left\n`);
  }
  const report = summarise(outcomes, runs, seed);
  if (options.docs) writeDocs(report);
  process.stdout.write(
    options.json ? `${JSON.stringify(report, null, 1)}\n` : formatSimulationReport(report),
  );
  return 0;
}

const PAGE = 'docs/measurement-validity.md';
const PICTURE = 'docs/images/simulated-bodies.svg';

function writeDocs(report: SimulationReport): void {
  const date = new Date().toISOString().slice(0, 10);
  const page = withBlock(readFileSync(PAGE, 'utf8'), 'simulation', simulationMarkdown(report, date));
  if (page === null) throw new CommandFailure(`${PAGE} has no place for the figures (see --docs)`);
  writeFileSync(PAGE, page);
  writeFileSync(PICTURE, simulationSvg(report, date));
}

function readOptions(
  args: readonly string[],
): { readonly runs: number; readonly seed: number; readonly json: boolean; readonly docs: boolean } | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const [extra] = positionals;
  if (extra !== undefined) throw new CommandFailure(`"${extra}" is one argument too many (see --help)`);
  return {
    runs: wholeNumber('--runs', values.runs ?? String(DEFAULT_RUNS), 1),
    seed: wholeNumber('--seed', values.seed ?? '1', 0),
    json: values.json === true,
    docs: values.docs === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        runs: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
        docs: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(message.split('\n')[0] ?? message);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new CommandFailure(`${option}: expected a whole number from ${least}, found "${text}"`);
  return value;
}
