import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { conjugateMultiplyInto, createQuaternion } from '../../core/math/quaternion.ts';
import { fitRelative, refineFit, type PairRows } from './relative-fit.ts';
import { interpolate, SHIFT_LIMIT_MS } from './scoring.ts';

/** Two sensors and their references row by row; quaternions row-major 4 x count, w x y z, sensor to world. */
export interface PairTrack {
  readonly count: number;
  readonly timeAS: Float64Array;
  readonly timeBS: Float64Array;
  readonly qEarthFromA: Float64Array;
  readonly qEarthFromB: Float64Array;
  readonly referenceA: Float64Array;
  readonly referenceB: Float64Array;
  /** 1 for rows that count. */
  readonly counts: Uint8Array;
}

export interface RelativeScore {
  readonly rmseDeg: number;
  /** Positive: the estimate is late. */
  readonly bestShiftMs: number;
  readonly rmseDegBestShift: number;
  readonly scoredRows: number;
}

/** Steps of the first look at shifts, ms; the neighbourhood of the best is then tried by single ms. */
const COARSE_STEP_MS = 5;

/**
 * Root mean square angle between estimated and true relative orientation, after the constants that are free are fitted
 * (see {@link fitRelative}), as it is and at the best constant shift. Null when there is no row to score.
 */
export function scoreRelative(track: PairTrack): RelativeScore | null {
  const rows = selectRows(track, 0);
  if (rows.count === 0) return null;
  const fit = fitRelative(rows);
  let shiftMs = 0,
    best = fit;
  const attempt = (ms: number): void => {
    if (ms === 0 || Math.abs(ms) > SHIFT_LIMIT_MS) return;
    const shifted = refineFit(selectRows(track, ms / 1000), best);
    if (!(shifted.rmseRad < best.rmseRad)) return;
    best = shifted;
    shiftMs = ms;
  };
  for (let ms = -SHIFT_LIMIT_MS; ms <= SHIFT_LIMIT_MS; ms += COARSE_STEP_MS) attempt(ms);
  const middle = shiftMs;
  for (let ms = middle - COARSE_STEP_MS + 1; ms < middle + COARSE_STEP_MS; ms++)
    if (ms !== middle) attempt(ms);
  return {
    rmseDeg: fit.rmseRad * DEG_PER_RAD,
    bestShiftMs: shiftMs,
    rmseDegBestShift: best.rmseRad * DEG_PER_RAD,
    scoredRows: rows.count,
  };
}

/** The rows that count and where all four orientations are known, the estimates taken at time + shift. */
function selectRows(track: PairTrack, shiftS: number): PairRows {
  const a = new Float64Array(4 * track.count),
    b = new Float64Array(4 * track.count),
    reference = new Float64Array(4 * track.count);
  const qA = createQuaternion(),
    qB = createQuaternion(),
    r = createQuaternion();
  const estimatedA = { timeS: track.timeAS, estimated: track.qEarthFromA },
    estimatedB = { timeS: track.timeBS, estimated: track.qEarthFromB };
  let count = 0,
    cursorA = 0,
    cursorB = 0;
  for (let row = 0; row < track.count; row++) {
    if (track.counts[row] !== 1) continue;
    const at = 4 * row;
    cursorA = interpolate(estimatedA, (track.timeAS[row] ?? Number.NaN) + shiftS, cursorA, qA);
    cursorB = interpolate(estimatedB, (track.timeBS[row] ?? Number.NaN) + shiftS, cursorB, qB);
    conjugateMultiplyInto(r, track.referenceA.subarray(at, at + 4), track.referenceB.subarray(at, at + 4));
    if (!normalized(qA) || !normalized(qB) || !normalized(r)) continue;
    a.set(qA, 4 * count);
    b.set(qB, 4 * count);
    reference.set(r, 4 * count);
    count++;
  }
  const part = (values: Float64Array): Float64Array => values.subarray(0, 4 * count);
  return { count, qEarthFromA: part(a), qEarthFromB: part(b), qAFromB: part(reference) };
}

/** Scales to unit length; false for what is no rotation. */
function normalized(q: Float64Array): boolean {
  const norm = Math.hypot(q[0] ?? Number.NaN, q[1] ?? Number.NaN, q[2] ?? Number.NaN, q[3] ?? Number.NaN);
  if (!(norm > 0.1) || !Number.isFinite(norm)) return false;
  for (let i = 0; i < 4; i++) q[i] = (q[i] ?? 0) / norm;
  return true;
}
