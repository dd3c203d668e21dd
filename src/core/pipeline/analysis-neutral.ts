import { RAD_PER_DEG } from '../math/angle.ts';
import type { AnalysisGrid, GridSensor } from './analysis-grid.ts';
import { measurePostureRange, type PostureRange } from './analysis-posture-range.ts';

/** A stretch of the grid in which the person kept a pose. Indices, last inclusive. */
export interface StillWindow {
  readonly first: number;
  readonly last: number;
  /** 1 is the limit of rest; the largest over all sensors. */
  readonly restlessness: number;
}

const WINDOW_S = 1;
const LONGEST_NEUTRAL_S = 3;
const HOP_S = 0.1;
/** A worn sensor at rest still breathes and sways: spread within 1 s, and change of tilt between its halves. */
const GYRO_SPREAD_RAD_PER_S = 3 * RAD_PER_DEG;
/** A steady turn spreads as little as a rest: no bias that is left, no breath is as fast. */
const GYRO_MEAN_RAD_PER_S = 8 * RAD_PER_DEG;
const ACC_SPREAD_METERS_PER_S2 = 0.35;
const TILT_CHANGE_RAD = 1.5 * RAD_PER_DEG;

/** Restlessness of one sensor over a window: below 1 it rests. Infinity where samples are missing. */
export function restlessnessOf(sensor: GridSensor, first: number, last: number): number {
  const count = last - first + 1;
  const half = first + (count >> 1);
  let gyroSpread = 0,
    gyroMean = 0,
    accSpread = 0,
    tilt = 0,
    gravity = 0;
  for (let axis = 0; axis < 3; axis++) {
    let gyroSum = 0,
      gyroSquares = 0,
      accSum = 0,
      accSquares = 0,
      early = 0;
    for (let i = first; i <= last; i++) {
      const gyro = sensor.gyroRadPerS[3 * i + axis],
        acc = sensor.accMetersPerS2[3 * i + axis];
      gyroSum += gyro;
      gyroSquares += gyro * gyro;
      accSum += acc;
      accSquares += acc * acc;
      if (i < half) early += acc;
    }
    gyroMean += (gyroSum / count) ** 2;
    gyroSpread += gyroSquares / count - (gyroSum / count) ** 2;
    accSpread += accSquares / count - (accSum / count) ** 2;
    tilt += (early / (half - first) - (accSum - early) / (last - half + 1)) ** 2;
    gravity += (accSum / count) ** 2;
  }
  const worst = Math.max(
    Math.sqrt(Math.max(0, gyroSpread)) / GYRO_SPREAD_RAD_PER_S,
    Math.sqrt(gyroMean) / GYRO_MEAN_RAD_PER_S,
    Math.sqrt(Math.max(0, accSpread)) / ACC_SPREAD_METERS_PER_S2,
    Math.sqrt(tilt / gravity) / TILT_CHANGE_RAD,
  );
  return Number.isFinite(gyroSpread + accSpread + tilt) && gravity > 0 ? worst : Infinity;
}

/** Restlessness of all sensors in windows of 1 s, one every 0.1 s; entry k begins at grid index k * hop. */
export function scanRestlessness(grid: AnalysisGrid): {
  readonly hop: number;
  readonly values: Float64Array;
} {
  const window = Math.max(4, Math.round(WINDOW_S / grid.stepS));
  const hop = Math.max(1, Math.round(HOP_S / grid.stepS));
  const entries = Math.max(0, Math.floor((grid.count - window) / hop) + 1);
  const values = new Float64Array(entries);
  for (let k = 0; k < entries; k++)
    for (const sensor of grid.sensors)
      values[k] = Math.max(values[k], restlessnessOf(sensor, k * hop, k * hop + window - 1));
  return { hop, values };
}

/** A rest this close to one end of a movement, as a share of its range, may be the hold of that movement, */
const END_SHARE = 0.1;
/** if there is a rest well inside the range, this far from it. */
const INSIDE_SHARE = 0.15;
const END_DISTANCE_SHARE = 0.2;
const BEGINS_WITHIN_S = 0.5;

/**
 * The first second or more in which every sensor rests, at most 3 s of it; else the quietest second. A rest at the
 * far end of a movement is passed over when there is another from which the person moves to both sides. Null when no
 * second is complete.
 */
export function findNeutralWindow(grid: AnalysisGrid): StillWindow | null {
  const { hop, values } = scanRestlessness(grid);
  const window = Math.max(4, Math.round(WINDOW_S / grid.stepS));
  const range = measurePostureRange(grid, 0);
  const sharesAt = (k: number): Float64Array => range.sharesAt(k * hop, k * hop + window - 1);

  const rests: StillWindow[] = [];
  const more = Math.round((LONGEST_NEUTRAL_S - WINDOW_S) / grid.stepS / hop);
  for (let from = 0; from < values.length; from++) {
    if (!(values[from] < 1)) continue;
    let to = from,
      restlessness = values[from];
    while (to + 1 < values.length && values[to + 1] < 1) {
      to++;
      if (to - from <= more) restlessness = Math.max(restlessness, values[to]);
    }
    rests.push({
      first: from * hop,
      last: Math.min(to, from + more) * hop + window - 1,
      restlessness,
    });
    from = to;
  }
  if (rests.length > 0) {
    // A recording that begins at rest begins at neutral.
    if (rests[0].first * grid.stepS < BEGINS_WITHIN_S) return rests[0];
    // The rest that the first hold is passed over for may be a hold itself.
    let chosen = rests[0];
    for (let passed = 0; passed < rests.length; passed++) {
      const own = range.sharesAt(chosen.first, chosen.last);
      const inside = rests.find((rest) => isFurtherInside(range, range.sharesAt(rest.first, rest.last), own));
      if (inside === undefined) break;
      chosen = inside;
    }
    return chosen;
  }
  let quietest = -1,
    inside = -1;
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k]) && (quietest < 0 || values[k] < values[quietest])) quietest = k;
  if (quietest < 0) return null;
  const shares = sharesAt(quietest);
  for (let k = 0; k < values.length; k++)
    if (
      Number.isFinite(values[k]) &&
      (inside < 0 || values[k] < values[inside]) &&
      isFurtherInside(range, sharesAt(k), shares)
    )
      inside = k;
  const chosen = inside >= 0 ? inside : quietest;
  return { first: chosen * hop, last: chosen * hop + window - 1, restlessness: values[chosen] };
}

/** Whether `first` lies at the end of a movement that has `other` well inside, and `other` is no end where `first` is none. */
function isFurtherInside(range: PostureRange, other: Float64Array, first: Float64Array): boolean {
  let isInside = false;
  for (let d = 0; d < first.length; d++) {
    if (!range.isMoved[d]) continue;
    const own = lesserSide(first[d]),
      others = lesserSide(other[d]);
    if (others < Math.min(own - END_SHARE, INSIDE_SHARE)) return false;
    if (own < END_SHARE && others >= INSIDE_SHARE && Math.abs(first[d] - other[d]) >= END_DISTANCE_SHARE)
      isInside = true;
  }
  return isInside;
}

function lesserSide(share: number): number {
  return Math.min(share, 1 - share);
}

/** A window that was named by time, clipped to the grid; null when it lies outside. */
export function namedWindow(grid: AnalysisGrid, startS: number, endS: number): StillWindow | null {
  const first = Math.max(0, Math.ceil((startS - grid.timeS[0]) / grid.stepS - 1e-6));
  const last = Math.min(grid.count - 1, Math.floor((endS - grid.timeS[0]) / grid.stepS + 1e-6));
  if (last - first < 2) return null;
  let restlessness = 0;
  for (const sensor of grid.sensors)
    restlessness = Math.max(restlessness, restlessnessOf(sensor, first, last));
  return { first, last, restlessness };
}
