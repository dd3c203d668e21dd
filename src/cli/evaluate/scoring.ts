import { DEG_PER_RAD } from '../../core/math/angle.ts';

/** Orientations to compare, on one time axis. */
export interface ScoredTrack {
  readonly timeS: Float64Array;
  /** Row-major, 4 x count, w x y z, sensor to world; NaN where unknown. */
  readonly estimated: Float64Array;
  readonly reference: Float64Array;
  /** 1 for rows that count. */
  readonly counts: Uint8Array;
}

export interface OrientationScore {
  readonly totalRmseDeg: number;
  readonly headingRmseDeg: number;
  readonly inclinationRmseDeg: number;
  readonly scoredRows: number;
}

/** Errors of single rows, rad; NaN for rows that were not scored. */
export interface RowErrors {
  readonly totalRad: Float64Array;
  readonly inclinationRad: Float64Array;
}

/** The best shift is looked for within this, to both sides. */
export const SHIFT_LIMIT_MS = 50;

/**
 * BROAD's own score (Laidig et al. 2021): error quaternion e = estimated conj(reference), split into a turn about the
 * vertical and an inclination. RMSE over the rows that count and where both orientations are known.
 * @param alignsHeading takes out one constant heading, the circular mean of the signed heading error (6 axes)
 * @param shiftS compares the estimate of time t + shiftS with the reference of time t
 */
export function scoreOrientation(
  track: ScoredTrack,
  alignsHeading: boolean,
  shiftS = 0,
  rows?: RowErrors,
): OrientationScore {
  const count = track.timeS.length;
  // Per row: w and z of the error, and x^2 + y^2.
  const errors = new Float64Array(3 * count).fill(Number.NaN);
  const q = new Float64Array(4);
  let sin = 0,
    cos = 0,
    scoredRows = 0,
    cursor = 0;
  for (let row = 0; row < count; row++) {
    if (track.counts[row] !== 1) continue;
    if (shiftS === 0) for (let i = 0; i < 4; i++) q[i] = track.estimated[4 * row + i] ?? Number.NaN;
    else cursor = interpolate(track, (track.timeS[row] ?? Number.NaN) + shiftS, cursor, q);
    const [aw = 0, ax = 0, ay = 0, az = 0] = q;
    const bw = track.reference[4 * row] ?? Number.NaN,
      bx = -(track.reference[4 * row + 1] ?? Number.NaN),
      by = -(track.reference[4 * row + 2] ?? Number.NaN),
      bz = -(track.reference[4 * row + 3] ?? Number.NaN);
    const norm = Math.hypot(bw, bx, by, bz) * Math.hypot(aw, ax, ay, az);
    const ew = (aw * bw - ax * bx - ay * by - az * bz) / norm,
      ex = (aw * bx + ax * bw + ay * bz - az * by) / norm,
      ey = (aw * by - ax * bz + ay * bw + az * bx) / norm,
      ez = (aw * bz + ax * by - ay * bx + az * bw) / norm;
    if (!Number.isFinite(ew + ex + ey + ez)) continue;
    errors[3 * row] = ew;
    errors[3 * row + 1] = ez;
    errors[3 * row + 2] = ex * ex + ey * ey;
    // cos and sin of 2 atan2(ez, ew), without the angle.
    const plane = ew * ew + ez * ez;
    if (plane > 0) {
      cos += (ew * ew - ez * ez) / plane;
      sin += (2 * ew * ez) / plane;
    }
    scoredRows++;
  }
  const heading = alignsHeading ? Math.atan2(sin, cos) : 0;
  const c = Math.cos(heading / 2),
    s = Math.sin(heading / 2);
  let total = 0,
    headings = 0,
    inclinations = 0;
  for (let row = 0; row < count; row++) {
    const ew = errors[3 * row] ?? Number.NaN;
    if (Number.isNaN(ew)) continue;
    const ez = errors[3 * row + 1] ?? Number.NaN,
      xy = errors[3 * row + 2] ?? Number.NaN;
    const w = Math.abs(c * ew + s * ez),
      z = Math.abs(c * ez - s * ew);
    const headingRad = 2 * Math.atan2(z, w),
      inclinationRad = 2 * Math.atan2(Math.sqrt(xy), Math.hypot(w, z)),
      totalRad = 2 * Math.atan2(Math.sqrt(xy + z * z), w);
    total += totalRad * totalRad;
    headings += headingRad * headingRad;
    inclinations += inclinationRad * inclinationRad;
    if (rows) {
      rows.totalRad[row] = totalRad;
      rows.inclinationRad[row] = inclinationRad;
    }
  }
  const rmse = (sum: number): number => Math.sqrt(sum / scoredRows) * DEG_PER_RAD;
  return {
    totalRmseDeg: rmse(total),
    headingRmseDeg: rmse(headings),
    inclinationRmseDeg: rmse(inclinations),
    scoredRows,
  };
}

/** The constant shift within +-50 ms, in steps of 1 ms, with the least total RMSE; positive: the estimate is late. */
export function findBestShift(
  track: ScoredTrack,
  alignsHeading: boolean,
): { readonly shiftMs: number; readonly totalRmseDeg: number } {
  let shiftMs = 0,
    totalRmseDeg = scoreOrientation(track, alignsHeading).totalRmseDeg;
  for (let ms = -SHIFT_LIMIT_MS; ms <= SHIFT_LIMIT_MS; ms++) {
    if (ms === 0) continue;
    const score = scoreOrientation(track, alignsHeading, ms / 1000).totalRmseDeg;
    if (score < totalRmseDeg) {
      totalRmseDeg = score;
      shiftMs = ms;
    }
  }
  return { shiftMs, totalRmseDeg };
}

/**
 * Estimate at `timeS` into q, held at both ends. Chords replace arcs: between two samples the difference is far below
 * what is scored. `cursor` is the last row found and only a place to begin.
 */
export function interpolate(
  track: Pick<ScoredTrack, 'timeS' | 'estimated'>,
  timeS: number,
  cursor: number,
  q: Float64Array,
): number {
  const { timeS: times, estimated } = track;
  const last = times.length - 1;
  let row = cursor;
  while (row > 0 && (times[row] ?? 0) > timeS) row--;
  while (row < last && (times[row + 1] ?? 0) <= timeS) row++;
  const from = times[row] ?? 0,
    to = times[Math.min(row + 1, last)] ?? 0;
  const fraction = to > from ? Math.min(1, Math.max(0, (timeS - from) / (to - from))) : 0;
  const next = Math.min(row + 1, last);
  let dot = 0;
  for (let i = 0; i < 4; i++) dot += (estimated[4 * row + i] ?? 0) * (estimated[4 * next + i] ?? 0);
  const sign = dot < 0 ? -1 : 1;
  for (let i = 0; i < 4; i++) {
    const a = estimated[4 * row + i] ?? Number.NaN,
      b = estimated[4 * next + i] ?? Number.NaN;
    q[i] = fraction === 0 ? a : a + fraction * (sign * b - a);
  }
  return row;
}
