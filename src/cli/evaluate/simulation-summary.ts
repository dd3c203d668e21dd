import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { PATHS, type Outcome, type Path } from './simulated-body.ts';

/** What the numbers of many bodies were worth. Angles in degrees, shares 0 to 1, null where nothing was scored. */
export interface SimulationReport {
  readonly runs: number;
  readonly seed: number;
  readonly pooled: readonly PooledLine[];
  readonly lines: readonly SimulationLine[];
  /** The same with left and right together. */
  readonly movements: readonly MovementLine[];
  readonly slips: readonly SlipLine[];
}

/** One direction of one layout by one path. Bodies whose sensor slipped are not scored. */
export interface SimulationLine extends Scores {
  readonly layout: string;
  readonly path: Path;
  readonly direction: Outcome['direction'];
  readonly quality_class: Outcome['qualityClass'];
}

export interface MovementLine extends Scores {
  readonly layout: string;
  readonly path: Path;
  readonly movement: 'flexion' | 'extension' | 'lateral' | 'rotation' | 'lockedRotation' | 'armElevation';
  readonly quality_class: Outcome['qualityClass'];
}

export interface PooledLine extends Scores {
  readonly path: Path | 'all';
}

interface Scores {
  /** Bodies with a stated range. */
  readonly n: number;
  /** Of the stated mean of the best three against the bones. */
  readonly bias_deg: number | null;
  readonly rmse_deg: number | null;
  readonly p95_error_deg: number | null;
  /** The same of the middle of the stated interval. */
  readonly p95_centre_error_deg: number | null;
  readonly coverage95: number | null;
  readonly median_half_width_deg: number | null;
  /** Share of bodies for which the direction was left out. */
  readonly left_out: number;
  /** Share of stated ranges with more or fewer repetitions than there were. */
  readonly wrong_count: number;
}

/** How slipping sensors were noticed. */
export interface SlipLine {
  readonly layout: string;
  readonly path: Path;
  readonly slipped: number;
  readonly flagged: number;
  readonly slipped_over_8_deg: number;
  readonly flagged_over_8_deg: number;
  readonly not_slipped: number;
  readonly falsely_flagged: number;
}

/** A slip that a flag is expected for. */
const LARGE_SLIP_DEG = 8;

export function summarise(outcomes: readonly Outcome[], runs: number, seed: number): SimulationReport {
  const groups = groupBy(outcomes, (o) => `${o.layout} ${PATHS.indexOf(o.path)} ${o.direction}`);
  const lines = [...groups.values()].map(([one, ...others]): SimulationLine => ({
    layout: one.layout,
    path: one.path,
    direction: one.direction,
    quality_class: one.qualityClass,
    ...score([one, ...others]),
  }));
  const bothSides = groupBy(
    outcomes,
    (o) => `${o.layout} ${PATHS.indexOf(o.path)} ${movementOf(o.direction)}`,
  );
  const bodies = groupBy(outcomes, (o) => `${o.layout} ${PATHS.indexOf(o.path)}`);
  return {
    runs,
    seed,
    pooled: [
      { path: 'all', ...score(outcomes) },
      ...PATHS.map((path) => ({ path, ...score(outcomes.filter((o) => o.path === path)) })),
    ],
    lines,
    movements: [...bothSides.values()].map(([one, ...others]): MovementLine => ({
      layout: one.layout,
      path: one.path,
      movement: movementOf(one.direction),
      quality_class: one.qualityClass,
      ...score([one, ...others]),
    })),
    slips: [...bodies.values()].map(slipLine),
  };
}

function movementOf(direction: Outcome['direction']): MovementLine['movement'] {
  return direction.replace(/(Left|Right)$/, '') as MovementLine['movement'];
}

function score(group: readonly Outcome[]): Scores {
  const scored = group.filter((outcome) => outcome.slipDeg === 0);
  const stated = scored.filter((outcome) => outcome.estimate !== null);
  const errors = stated.map((o) => ((o.estimate?.meanBest3Rad ?? NaN) - o.trueRad) * DEG_PER_RAD);
  const centreErrors = stated.map(
    (o) => (((o.estimate?.lowRad ?? NaN) + (o.estimate?.highRad ?? NaN)) / 2 - o.trueRad) * DEG_PER_RAD,
  );
  const halves = stated.map(
    (o) => (((o.estimate?.highRad ?? NaN) - (o.estimate?.lowRad ?? NaN)) / 2) * DEG_PER_RAD,
  );
  const inside = stated.filter(
    (o) => o.estimate !== null && o.trueRad >= o.estimate.lowRad && o.trueRad <= o.estimate.highRad,
  );
  const n = stated.length;
  return {
    n,
    bias_deg: n === 0 ? null : rounded(errors.reduce((sum, e) => sum + e, 0) / n),
    rmse_deg: n === 0 ? null : rounded(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / n)),
    p95_error_deg: quantile(errors.map(Math.abs), 0.95),
    p95_centre_error_deg: quantile(centreErrors.map(Math.abs), 0.95),
    coverage95: n === 0 ? null : rounded(inside.length / n, 4),
    median_half_width_deg: quantile(halves, 0.5),
    left_out: share(scored.length - n, scored.length),
    wrong_count: share(stated.filter((o) => o.estimate?.count !== o.trueCount).length, n),
  };
}

function slipLine(group: readonly [Outcome, ...Outcome[]]): SlipLine {
  // A recording counts as flagged when any of its parts was.
  const bodies = [...groupBy(group, (outcome) => String(outcome.seed)).values()].map((body) => ({
    slipDeg: body[0].slipDeg,
    flagged: body.some((outcome) => outcome.slipFlagged),
  }));
  const slipped = bodies.filter((body) => body.slipDeg > 0);
  const large = slipped.filter((body) => body.slipDeg > LARGE_SLIP_DEG);
  const still = bodies.filter((body) => body.slipDeg === 0);
  const flagged = (list: readonly { readonly flagged: boolean }[]): number =>
    list.filter((body) => body.flagged).length;
  return {
    layout: group[0].layout,
    path: group[0].path,
    slipped: slipped.length,
    flagged: flagged(slipped),
    slipped_over_8_deg: large.length,
    flagged_over_8_deg: flagged(large),
    not_slipped: still.length,
    falsely_flagged: flagged(still),
  };
}

/** The report for people. */
export function formatSimulationReport(report: SimulationReport): string {
  const head = `${'direction'.padEnd(21)}class ${['n', 'bias', 'RMSE', 'p95', 'p95 mid', 'cover', '+-95', 'left out', 'miscount'].map((name) => name.padStart(8)).join(' ')}\n`;
  const row = (name: string, quality: string, scores: Scores): string =>
    `${name.padEnd(21)}${quality.padEnd(5)} ${[
      String(scores.n),
      degrees(scores.bias_deg),
      degrees(scores.rmse_deg),
      degrees(scores.p95_error_deg),
      degrees(scores.p95_centre_error_deg),
      percent(scores.coverage95),
      degrees(scores.median_half_width_deg),
      percent(scores.left_out),
      percent(scores.wrong_count),
    ]
      .map((text) => text.padStart(8))
      .join(' ')}\n`;
  const groups = groupBy(report.lines, (line) => `${line.layout}, ${line.path}`);
  const slips = report.slips.map(
    (line) =>
      `${`${line.layout}, ${line.path}`.padEnd(54)} ${String(line.flagged).padStart(4)} of ${String(line.slipped).padEnd(5)}` +
      ` ${String(line.flagged_over_8_deg).padStart(4)} of ${String(line.slipped_over_8_deg).padEnd(5)} ${String(line.falsely_flagged).padStart(4)} of ${line.not_slipped}\n`,
  );
  return (
    `${report.runs} simulated bodies from seed ${report.seed}; truth is the bone segment; degrees, bodies with a slip left out\n\n` +
    head +
    report.pooled
      .map((line) => row(line.path === 'all' ? 'pooled' : `pooled, ${line.path}`, '', line))
      .join('') +
    [...groups]
      .map(
        ([name, lines]) =>
          `\n${name}\n${lines.map((line) => row(`  ${words(line.direction)}`, line.quality_class, line)).join('')}`,
      )
      .join('') +
    `\n${'SLIP flagged'.padEnd(54)}  slipped      over 8 deg    falsely\n` +
    slips.join('')
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function quantile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : rounded(part / whole, 4);
}

function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

function degrees(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

/** 'rotationLeft' -> 'rotation left'. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
