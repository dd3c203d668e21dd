import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseMountTriple } from '../../core/body/mount-triple.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { orientLive, orientRefined } from '../../core/pipeline/analysis-orientation.ts';
import { PLANE_DIRECTIONS } from '../../core/pipeline/analysis-rom.ts';
import { analyseSeries, type RecordingAnalysis } from '../../core/pipeline/recording-analysis.ts';
import { imuSeriesFromTable, parseTableTrial } from '../../core/recording/table-trial.ts';
import { SEATED_NUISANCES, type SeatedNuisance } from '../../core/simulation/seated-person.ts';
import { createSeatedTrial, type SeatedTrial } from '../../core/simulation/seated-trial.ts';
import { parseComplaint } from '../parse-error.ts';
import { CommandFailure } from './command-failure.ts';

const CYCLES_HELP = `Counting of movement cycles on simulated seated recordings.

  npm run -s evaluate -- cycles [options] [--json]

Each run is a table of two or three sensors on a simulated back, drawn from its seed: flexion-extension, side bends and
turns, with what real recordings suffer from. A run is exact when every plane's count is; runs with long gaps are
judged apart: they must be flagged and never counted over.

  --runs N          default 200
  --seed S          of the first run, default 1
  --with NAME       a difficulty that every run has (repeatable); --without NAME one that none has
  --mode live|refined   default refined
  --write DIR       also writes each run's table there, to be used with measure
  --json            the figures as JSON on standard output
  --help            this text

Difficulties: ${SEATED_NUISANCES.join(', ')}
`;

const PLANES = ['flexionExtension', 'lateral', 'rotation'] as const;

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly forced: readonly SeatedNuisance[];
  readonly excluded: readonly SeatedNuisance[];
  readonly mode: 'live' | 'refined';
  readonly folder: string | null;
  readonly json: boolean;
}

interface RunResult {
  readonly trial: SeatedTrial;
  readonly counted: readonly number[];
  readonly isExact: boolean;
  readonly isOver: boolean;
  readonly flags: ReadonlySet<string>;
  /** Error of the mean of the three best, deg, and whether the stated interval holds the truth. */
  readonly rom: readonly {
    readonly direction: string;
    readonly errorDeg: number;
    readonly isInside: boolean;
  }[];
}

/** A tally of how many of some runs were exact. */
interface Share {
  readonly runs: number;
  readonly exact: number;
}

/** Runs the command; returns the exit code. */
export function evaluateCycles(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === null) {
    process.stdout.write(CYCLES_HELP);
    return 0;
  }
  const results: RunResult[] = [];
  for (let i = 0; i < options.runs; i++) {
    const trial = createSeatedTrial(options.seed + i, options.forced, options.excluded);
    if (options.folder !== null) writeTrial(options.folder, trial);
    const result = judge(trial, options.mode);
    results.push(result);
    if (!result.isExact && !(trial.nuisances.has('longGap') && !result.isOver))
      process.stderr.write(
        `${trial.name}: ${result.counted.join(' ')} instead of ${trial.truth.cycles.join(' ')} (${[...trial.nuisances].join(', ')})\n`,
      );
  }
  const report = summarise(options, results);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 1)}\n` : describe(report));
  return 0;
}

function judge(trial: SeatedTrial, mode: 'live' | 'refined'): RunResult {
  const { truth } = trial;
  const analysis = analyseTrial(trial, mode);
  const counted = PLANES.map(
    (plane) => analysis.cycles.filter((cycle) => cycle.plane === plane && cycle.valid).length,
  );
  const rom = PLANES.flatMap((plane, p) =>
    PLANE_DIRECTIONS[plane].flatMap((direction, side) => {
      const range = direction === null ? undefined : analysis.rom[direction];
      const best = [...(truth.peaksDeg[p]?.[side] ?? [])]
        .map((peak) => Math.abs(peak))
        .sort((a, b) => b - a)
        .slice(0, 3);
      if (range === undefined || direction === null || best.length === 0) return [];
      const trueDeg = best.reduce((sum, peak) => sum + peak, 0) / best.length;
      return [
        {
          direction,
          errorDeg: range.meanBest3Rad * DEG_PER_RAD - trueDeg,
          isInside: Math.abs(trueDeg - range.centreRad * DEG_PER_RAD) <= range.halfWidth95Rad * DEG_PER_RAD,
        },
      ];
    }),
  );
  return {
    trial,
    counted,
    isExact: counted.every((count, i) => count === truth.cycles[i]),
    isOver: counted.some((count, i) => count > (truth.cycles[i] ?? 0)),
    flags: new Set(analysis.flags.map((flag) => flag.flag)),
    rom,
  };
}

function analyseTrial(trial: SeatedTrial, mode: 'live' | 'refined'): RecordingAnalysis {
  const { buffer, byteOffset, byteLength } = trial.values;
  const table = parseTableTrial(
    JSON.stringify(trial.description),
    new Uint8Array(buffer, byteOffset, byteLength),
    trial.name,
  );
  return analyseSeries(
    trial.sensors.map(({ role, prefix, mount }) => ({
      role,
      prefix,
      series: imuSeriesFromTable(table, prefix),
      rateHz: table.rateHz,
      qSegmentFromSensor: mount === null ? null : parseMountTriple(mount),
    })),
    { mode, neutral: null, pose: 'upright' },
    mode === 'live' ? orientLive : orientRefined,
  );
}

function writeTrial(folder: string, trial: SeatedTrial): void {
  const stem = join(folder, trial.name);
  const { sensors, truth, nuisances } = trial;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${stem}.bin`, trial.values);
    writeFileSync(`${stem}.json`, `${JSON.stringify(trial.description)}\n`);
    writeFileSync(
      `${stem}.truth.txt`,
      `${JSON.stringify({ sensors, truth, nuisances: [...nuisances] }, null, 1)}\n`,
    );
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandFailure(
      `--write: ${folder} cannot be written to (${code ?? 'error'}); name another folder`,
    );
  }
}

function summarise(options: Options, results: readonly RunResult[]) {
  const whole = results.filter((result) => !result.trial.nuisances.has('longGap')),
    holed = results.filter((result) => result.trial.nuisances.has('longGap'));
  const share = (list: readonly RunResult[], isExact = (r: RunResult) => r.isExact): Share => ({
    runs: list.length,
    exact: list.filter(isExact).length,
  });
  const errors = whole.flatMap((result) => result.rom);
  return {
    simulated: true,
    mode: options.mode,
    seeds: [options.seed, options.seed + options.runs - 1],
    all: share(whole),
    planes: Object.fromEntries(
      PLANES.map((plane, p) => [
        plane,
        share(
          whole.filter((result) => (result.trial.truth.cycles[p] ?? 0) > 0),
          (result) => result.counted[p] === result.trial.truth.cycles[p],
        ),
      ]),
    ),
    difficulties: Object.fromEntries(
      SEATED_NUISANCES.filter((name) => name !== 'longGap').map((name) => [
        name,
        share(whole.filter((result) => result.trial.nuisances.has(name))),
      ]),
    ),
    long_gaps: {
      runs: holed.length,
      flagged: holed.filter((result) => result.flags.has('GAP')).length,
      exact: holed.filter((result) => result.isExact).length,
      counted_over: holed.filter((result) => result.isOver).length,
    },
    rom: {
      values: errors.length,
      p95_error_deg: percentile(
        errors.map((error) => Math.abs(error.errorDeg)),
        0.95,
      ),
      inside_interval: errors.filter((error) => error.isInside).length,
    },
  };
}

function describe(report: ReturnType<typeof summarise>): string {
  const line = (name: string, { runs, exact }: Share): string =>
    `  ${name.padEnd(20)} ${String(exact).padStart(5)} of ${String(runs).padStart(5)}  ${runs > 0 ? ((100 * exact) / runs).toFixed(1) : '-'} %`;
  const { long_gaps: gaps, rom } = report;
  return `${[
    `Simulated seated recordings, seeds ${report.seeds.join(' to ')}, ${report.mode}: counted exactly`,
    line('all', report.all),
    '',
    ...Object.entries(report.planes).map(([name, one]) => line(name, one)),
    '',
    ...Object.entries(report.difficulties).map(([name, one]) => line(name, one)),
    '',
    `With long gaps: ${gaps.runs} runs, ${gaps.flagged} flagged, ${gaps.exact} exact, ${gaps.counted_over} counted over`,
    `Range: ${rom.values} values, error below ${rom.p95_error_deg.toFixed(1)} deg in 95 %, ${((100 * rom.inside_interval) / rom.values).toFixed(1)} % inside the stated interval`,
  ].join('\n')}\n`;
}

function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(fraction * (sorted.length - 1))] ?? NaN;
}

function readOptions(args: readonly string[]): Options | null {
  const values = parse(args);
  if (values.help === true) return null;
  const whole = (name: string, text: string | undefined, usual: number, least: number): number => {
    const value = text === undefined ? usual : Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new CommandFailure(`--${name}: "${text ?? ''}" is not a whole number from ${least}`);
    return value;
  };
  const names = (option: string, texts: readonly string[]): SeatedNuisance[] =>
    texts.map((text) => {
      const known = SEATED_NUISANCES.find((name) => name === text);
      if (known === undefined) throw new CommandFailure(`--${option}: "${text}" is not listed in --help`);
      return known;
    });
  const mode = values.mode ?? 'refined';
  if (mode !== 'live' && mode !== 'refined')
    throw new CommandFailure(`--mode: "${mode}" is neither live nor refined`);
  return {
    runs: whole('runs', values.runs, 200, 1),
    seed: whole('seed', values.seed, 1, 0),
    forced: names('with', values.with ?? []),
    excluded: names('without', values.without ?? []),
    mode,
    folder: values.write ?? null,
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string' },
        seed: { type: 'string' },
        with: { type: 'string', multiple: true },
        without: { type: 'string', multiple: true },
        mode: { type: 'string' },
        write: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new CommandFailure(parseComplaint(error));
  }
}
