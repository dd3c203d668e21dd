import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';

/**
 * Strap slip from the moves themselves. A move turns a segment about an axis of the body; a sensor that stays where it
 * is strapped feels that axis, and up at rest, from the same side each time. One that slipped sees both turned by one
 * and the same rotation, of which gravity alone shows a part: hardly any of a turn about the vertical. Small rotations
 * prove nothing: who sits 5 deg to the side and goes on bowing as the pelvis stands does the same to both. Who only
 * moves more diagonally leaves up where it was. An axis that points up (a seated turn) goes with up, whoever leans.
 */
export interface ObservedMove {
  /** Moves of one side are compared with each other. */
  readonly side: string;
  /** Axis of the turn from rest to the peak, unit vector on the sensor's axes. */
  readonly axis: ArrayLike<number>;
  /** Direction of up at the rest before, unit vector on the sensor's axes. */
  readonly up: ArrayLike<number>;
  readonly startMs: number;
  readonly endMs: number;
}

export interface AxisSlip {
  readonly slipRad: number;
  /** It lies between the end of one move and the start of a later one. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A move that turned the segment less shows its axis too roughly. */
export const LEAST_MOVE_RAD = 10 * RAD_PER_DEG;
const LEAST_MOVES = 2;
const LEAST_SLIP_RAD = 8 * RAD_PER_DEG;
const LEAST_UP_CHANGE_RAD = 3 * RAD_PER_DEG;
/** How much axes of one side differ from move to move at least, one standard deviation. */
const LEAST_SCATTER_RAD = 1.5 * RAD_PER_DEG;
const SURE_SIGMAS = 3;
/** Share of all change that one rotation must explain. */
const LEAST_EXPLAINED = 0.9;
/** An axis within some 25 deg of up turns with up, whoever leans. */
const LARGEST_ALONG_UP = 0.9;
/** Leaving a move out must explain this much more. */
const SKIPPED_COSTS = 0.02;
const RIDGE = 0.02;

/** The slip that splits the moves best, null where none is shown. Moves in order of time, of one kind. */
export function findAxisSlip(moves: readonly ObservedMove[]): AxisSlip | null {
  const seen = moves.filter(({ axis, up }) => Math.abs(dot(axis, up)) < LARGEST_ALONG_UP);
  let best: AxisSlip | null = null,
    bestExplained = LEAST_EXPLAINED;
  for (let split = LEAST_MOVES; split <= seen.length - LEAST_MOVES; split++)
    // The move in which it slipped shows neither axis.
    for (let skipped = 0; skipped <= 1; skipped++) {
      const before = seen.slice(0, split),
        after = seen.slice(split + skipped);
      const fit = fitSlip(before, after);
      if (fit === null || !(fit.explained - skipped * SKIPPED_COSTS > bestExplained)) continue;
      bestExplained = fit.explained;
      best = { slipRad: fit.slipRad, startMs: before[split - 1].endMs, endMs: after[0].startMs };
    }
  return best;
}

export function describeAxisSlip({ slipRad }: AxisSlip): string {
  return `up at rest and the axis of the moves turned together by ${(slipRad * DEG_PER_RAD).toFixed(0)} deg in the sensor`;
}

/** Least squares for the small rotation that turned the means of both parts into each other. */
function fitSlip(
  before: readonly ObservedMove[],
  after: readonly ObservedMove[],
): { readonly slipRad: number; readonly explained: number } | null {
  if (after.length < LEAST_MOVES) return null;
  const sides = [...new Set(before.map(({ side }) => side))].filter((side) =>
    after.some((move) => move.side === side),
  );
  if (sides.length === 0) return null;
  const sum = { matrix: new Float64Array(9), right: new Float64Array(3), total: 0 };
  const up = changeOf(
    before.map((move) => move.up),
    after.map((move) => move.up),
  );
  if (dot(up.by, up.by) < LEAST_UP_CHANGE_RAD ** 2) return null;
  add(sum, up, 1);
  let axisVariance = 0,
    scatter = 0,
    freedom = 0,
    axisSquares = 0;
  const axes = sides.map((side) => {
    const own = [before, after].map((part) =>
      part.filter((move) => move.side === side).map(({ axis }) => axis),
    );
    const change = changeOf(own[0], own[1]);
    for (const part of own) {
      scatter += squaresAboutMean(part);
      freedom += part.length - 1;
    }
    axisVariance += (1 / own[0].length + 1 / own[1].length) / sides.length ** 2;
    axisSquares += dot(change.by, change.by) / sides.length;
    add(sum, change, 1 / sides.length);
    return change;
  });
  axisVariance *= Math.max(LEAST_SCATTER_RAD ** 2, freedom > 0 ? scatter / freedom : 0);
  if (axisSquares < SURE_SIGMAS ** 2 * axisVariance) return null;
  for (let k = 0; k < 3; k++) sum.matrix[4 * k] += RIDGE;
  const slip = solve3(sum.matrix, sum.right);
  const slipRad = Math.hypot(...slip);
  if (slipRad < LEAST_SLIP_RAD) return null;
  let left = residual(up, slip);
  for (const change of axes) left += residual(change, slip) / sides.length;
  return { slipRad, explained: 1 - left / sum.total };
}

/** A unit vector and what it changed by. */
interface VectorChange {
  readonly from: Float64Array;
  readonly by: Float64Array;
}

function changeOf(before: readonly ArrayLike<number>[], after: readonly ArrayLike<number>[]): VectorChange {
  const from = meanOf(before);
  return { from, by: meanOf(after).map((value, k) => value - from[k]) };
}

/** A sensor turned by r sees a fixed vector v change by v x r. */
function add(
  sum: { readonly matrix: Float64Array; readonly right: Float64Array; total: number },
  { from: v, by: d }: VectorChange,
  weight: number,
): void {
  const torque = cross(d, v);
  for (let k = 0; k < 3; k++) {
    sum.right[k] += weight * torque[k];
    for (let j = 0; j < 3; j++) sum.matrix[3 * k + j] += weight * ((k === j ? 1 : 0) - v[k] * v[j]);
  }
  sum.total += weight * dot(d, d);
}

function residual({ from, by }: VectorChange, slip: Float64Array): number {
  const seen = cross(from, slip);
  return by.reduce((squares, value, k) => squares + (value - seen[k]) ** 2, 0);
}

function squaresAboutMean(vectors: readonly ArrayLike<number>[]): number {
  const mean = meanOf(vectors);
  let squares = 0;
  for (const vector of vectors) for (let k = 0; k < 3; k++) squares += (vector[k] - mean[k]) ** 2;
  return squares;
}

function meanOf(vectors: readonly ArrayLike<number>[]): Float64Array {
  const sum = new Float64Array(3);
  for (const vector of vectors) for (let k = 0; k < 3; k++) sum[k] += vector[k];
  const norm = Math.hypot(sum[0], sum[1], sum[2]);
  return sum.map((value) => value / norm);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.of(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
}

/** Cramer's rule; the ridge keeps it regular. */
function solve3(m: Float64Array, b: Float64Array): Float64Array {
  const x = cross(m.subarray(3, 6), m.subarray(6, 9));
  const determinant = dot(m, x);
  // The matrix is symmetric: its rows are its columns.
  const rows = [m.subarray(0, 3), m.subarray(3, 6), m.subarray(6, 9)];
  return Float64Array.from(rows, (_, k) => dot(b, cross(rows[(k + 1) % 3], rows[(k + 2) % 3])) / determinant);
}
