import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ENGINE_VERSION } from '../../core/pipeline/engine-version.ts';
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
  --keep FILE what is found of each body is added to FILE, and bodies that stand in it already are not simulated
              again: a long run may be stopped and taken up, or made in parts whose files are joined
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
  const { runs, seed, keep } = options;
  const kept = keep === null ? new Map<number, readonly Outcome[]>() : readKept(keep);
  const outcomes: Outcome[] = [];
  const startMs = Date.now();
  let saidMs = startMs,
    simulated = 0;
  for (let i = 0; i < runs; i++) {
    const known = kept.get(seed + i);
    const found = known ?? evaluateBody(seed + i);
    outcomes.push(...found);
    if (known !== undefined) continue;
    if (keep !== null) appendFileSync(keep, keptLine(seed + i, found));
    simulated++;
    const nowMs = Date.now();
    if (nowMs - saidMs < PROGRESS_EVERY_MS) continue;
    saidMs = nowMs;
    const leftS = ((nowMs - startMs) / 1000 / simulated) * (runs - i - 1);
    process.stderr.write(`${i + 1} of ${runs} bodies, about ${Math.ceil(leftS / 60)} min left\n`);
  }
  const report = summarise(outcomes, runs, seed);
  if (options.docs) writeDocs(report);
  process.stdout.write(
    options.json ? `${JSON.stringify(report, null, 1)}\n` : formatSimulationReport(report),
  );
  return 0;
}

/** One body in a kept file: a line of JSON. */
interface KeptBody {
  readonly engine: string;
  readonly seed: number;
  readonly outcomes: readonly Outcome[];
}

function keptLine(seed: number, outcomes: readonly Outcome[]): string {
  return `${JSON.stringify({ engine: ENGINE_VERSION, seed, outcomes } satisfies KeptBody)}\n`;
}

/** Bodies of this engine; a line that was cut off when a run was stopped is none. */
function readKept(file: string): Map<number, readonly Outcome[]> {
  const kept = new Map<number, readonly Outcome[]>();
  if (!existsSync(file)) return kept;
  for (const [i, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const body = parseKept(line);
    if (body === null) continue;
    if (body.engine !== ENGINE_VERSION)
      throw new CommandFailure(
        `${file}, line ${i + 1}: made by engine ${body.engine}, and this is ${ENGINE_VERSION}; take a new file`,
      );
    kept.set(body.seed, body.outcomes);
  }
  return kept;
}

function parseKept(line: string): KeptBody | null {
  try {
    return line === '' ? null : (JSON.parse(line) as KeptBody);
  } catch {
    return null;
  }
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

function readOptions(args: readonly string[]): {
  readonly runs: number;
  readonly seed: number;
  readonly keep: string | null;
  readonly json: boolean;
  readonly docs: boolean;
} | null {
  const { values, positionals } = parse(args);
  if (values.help === true) return null;
  const [extra] = positionals;
  if (extra !== undefined) throw new CommandFailure(`"${extra}" is one argument too many (see --help)`);
  return {
    runs: wholeNumber('--runs', values.runs ?? String(DEFAULT_RUNS), 1),
    seed: wholeNumber('--seed', values.seed ?? '1', 0),
    keep: values.keep ?? null,
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
        keep: { type: 'string' },
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
