import { RAD_PER_DEG } from '../math/angle.ts';
import { findExcursions, type Excursion } from './excursion.ts';
import { estimateRestLevel, smoothAngle } from './rest-level.ts';

/** Planes that cycles are counted in. */
export const MOVEMENT_PLANES = [
  'flexionExtension',
  'lateral',
  'rotation',
  'armElevationLeft',
  'armElevationRight',
] as const;
export type MovementPlane = (typeof MOVEMENT_PLANES)[number];

/** One plane's angle on a common uniform grid, rad from the neutral pose, NaN where not known. */
export interface PlaneSignal {
  readonly plane: MovementPlane;
  readonly angleRad: Float64Array;
  /**
   * What the plane brings to the question "which plane is this movement's own", where that is not its own angle:
   * an arm is weighed by its rise against gravity, since an arm that hangs while the trunk bows has not moved.
   */
  readonly weighedRad?: Float64Array;
}

export type CycleReason = 'startedOutsideNeutral' | 'didNotReturn' | 'gap' | 'implausible';

/**
 * One cycle: from neutral to the return to neutral, with at most one excursion to each side. Peaks are medians of
 * +-100 ms round the extreme, rad from neutral; null for a side that was not visited.
 */
export interface MovementCycle {
  readonly plane: MovementPlane;
  readonly startS: number;
  /** Of the larger excursion. */
  readonly peakS: number;
  readonly endS: number;
  readonly peakPositiveRad: number | null;
  readonly peakNegativeRad: number | null;
  /** Grid index of each extreme, -1 for a side not visited. */
  readonly positiveIndex: number;
  readonly negativeIndex: number;
  readonly valid: boolean;
  readonly reasons: readonly CycleReason[];
}

/** Smallest peak that can count. */
const MINIMUM_PEAK_RAD = 8 * RAD_PER_DEG;
/** A peak counts from this share of the plane's largest excursion. */
const MINIMUM_PEAK_SHARE = 0.25;
/** A rest at neutral longer than this ends a cycle. */
const PAUSE_S = 3;
/** Two planes that move this much alike both take the excursion for their own: whole cycles decide. */
const NEARLY_ALIKE = 1.2;
const CLEARLY_LARGER = 1.1;
/** Cycles of two planes that share this much of the shorter one are one movement. */
const SAME_MOVEMENT_SHARE = 0.5;
/** An arm that moves this many times as far takes the trunk's excursion for a part of its own. */
const ARM_DOMINANCE = 4;
const PEAK_HALF_WINDOW_S = 0.1;

/**
 * Counts movement cycles in recordings of trunk and arms. The whole signal is known, so thresholds follow the
 * plane's largest excursion, and a coupled excursion counts only in the plane that moved most.
 *
 * @param timeS uniform grid, s
 */
export function detectCycles(timeS: Float64Array, signals: readonly PlaneSignal[]): MovementCycle[] {
  if (timeS.length < 3) return [];
  const stepS = (timeS[timeS.length - 1] - timeS[0]) / (timeS.length - 1);
  const smooth = signals.map((signal) => smoothAngle(signal.angleRad, stepS));
  const weighed = signals.map((signal, i) =>
    signal.weighedRad === undefined ? smooth[i] : smoothAngle(signal.weighedRad, stepS),
  );
  const trunk = signals.map((signal) => !isArm(signal.plane));

  // An arm hangs in neutral and rises to one side only; trunk planes have two.
  const isPossible = (i: number, excursion: Excursion): boolean => trunk[i] || excursion.sign > 0;
  const own: Excursion[][] = signals.map((_, i) => {
    const rest = estimateRestLevel(
      smooth[i],
      smooth.filter((__, k) => (trunk[i] ? trunk[k] : k === i)),
      stepS,
    );
    // First with the smallest threshold, to learn how large this plane's own excursions are.
    const belongs = (excursion: Excursion): boolean =>
      isPossible(i, excursion) && isLargest(i, excursion, signals, weighed);
    const first = findExcursions(smooth[i], rest, MINIMUM_PEAK_RAD, stepS).filter(belongs);
    let largest = 0;
    for (const excursion of first) if (excursion.sizeRad > largest) largest = excursion.sizeRad;
    const threshold = Math.max(MINIMUM_PEAK_RAD, MINIMUM_PEAK_SHARE * largest);
    if (threshold === MINIMUM_PEAK_RAD) return first;
    return findExcursions(smooth[i], rest, threshold, stepS).filter(belongs);
  });

  const found: FoundCycle[] = [];
  signals.forEach((signal, i) => {
    const foreign = own.flatMap((list, k) => (k !== i && trunk[k] && trunk[i] ? list : []));
    const mine = own[i].filter(
      (excursion) =>
        // Found against where the person rests, counted by how far it is from neutral.
        Math.abs(signedPeak(signal.angleRad, excursion, stepS)) >= MINIMUM_PEAK_RAD &&
        !foreign.some((other) => isPartOf(excursion, other)),
    );
    for (const [first, second] of pairExcursions(mine, foreign, stepS))
      found.push({
        cycle: createCycle(signal, timeS, stepS, first, second),
        swingRad: rangeOf(smooth[i], { start: first.start, end: (second ?? first).end }),
      });
  });
  return withoutCoupled(found).sort((a, b) => a.startS - b.startS);
}

/** Whether an excursion goes along with a clearly larger one of another plane, out and back together. */
function isPartOf(excursion: Excursion, other: Excursion): boolean {
  if (other.brokenBefore || other.brokenAfter || other.sizeRad < CLEARLY_LARGER * excursion.sizeRad)
    return false;
  const shared = Math.min(excursion.leave, other.leave) - Math.max(excursion.enter, other.enter);
  const shorter = Math.min(excursion.leave - excursion.enter, other.leave - other.enter);
  return shared > SAME_MOVEMENT_SHARE * shorter;
}

interface FoundCycle {
  readonly cycle: MovementCycle;
  readonly swingRad: number;
}

/**
 * Of trunk cycles that are one movement, keeps that of the plane with the largest swing. What does not come back, such
 * as a slump, takes nothing from a whole cycle.
 */
function withoutCoupled(found: readonly FoundCycle[]): MovementCycle[] {
  const kept: MovementCycle[] = [];
  const rank = ({ cycle, swingRad }: FoundCycle): number => (cycle.valid ? 2 * Math.PI : 0) + swingRad;
  for (const { cycle } of [...found].sort((a, b) => rank(b) - rank(a))) {
    const isCoupled =
      !isArm(cycle.plane) &&
      kept.some((other) => {
        if (isArm(other.plane) || other.plane === cycle.plane) return false;
        const sharedS = Math.min(cycle.endS, other.endS) - Math.max(cycle.startS, other.startS);
        const shorterS = Math.min(cycle.endS - cycle.startS, other.endS - other.startS);
        return sharedS > SAME_MOVEMENT_SHARE * shorterS;
      });
    if (!isCoupled) kept.push(cycle);
  }
  return kept;
}

function isArm(plane: MovementPlane): boolean {
  return plane === 'armElevationLeft' || plane === 'armElevationRight';
}

/**
 * Whether this plane moved most while the excursion went out and came back. Arm and trunk are different joints: a
 * trunk movement is its own unless it is small beside the arm's, as the trunk's part in a raised arm is.
 */
function isLargest(
  own: number,
  excursion: Excursion,
  signals: readonly PlaneSignal[],
  weighed: readonly Float64Array[],
): boolean {
  const ownIsArm = isArm(signals[own].plane);
  const swing = ownIsArm ? rangeOf(weighed[own], excursion) : excursion.sizeRad;
  for (let k = 0; k < signals.length; k++) {
    const otherIsArm = isArm(signals[k].plane);
    if (k === own || (ownIsArm && otherIsArm)) continue;
    const allowance = ownIsArm ? 1 : otherIsArm ? ARM_DOMINANCE : NEARLY_ALIKE;
    if (rangeOf(weighed[k], excursion) > allowance * swing) return false;
  }
  return true;
}

function rangeOf(values: Float64Array, excursion: Pick<Excursion, 'start' | 'end'>): number {
  let low = Infinity,
    high = -Infinity;
  for (let i = excursion.start; i <= excursion.end; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? high - low : 0;
}

/**
 * Joins an excursion with the one to the other side that follows without a pause or another plane's movement. One
 * whose way out or back is missing stays alone: it is not complete, the other may be.
 */
function pairExcursions(
  own: readonly Excursion[],
  foreign: readonly Excursion[],
  stepS: number,
): [Excursion, Excursion | null][] {
  const pairs: [Excursion, Excursion | null][] = [];
  for (let i = 0; i < own.length; i++) {
    const first = own[i],
      next = own[i + 1];
    const joins =
      next !== undefined &&
      next.sign !== first.sign &&
      (next.start - first.end) * stepS <= PAUSE_S &&
      !first.brokenBefore &&
      !first.brokenAfter &&
      !next.brokenAfter &&
      !foreign.some((other) => other.peak > first.end && other.peak < next.start);
    pairs.push([first, joins ? next : null]);
    if (joins) i++;
  }
  return pairs;
}

function createCycle(
  signal: PlaneSignal,
  timeS: Float64Array,
  stepS: number,
  first: Excursion,
  second: Excursion | null,
): MovementCycle {
  const last = second ?? first;
  const positive = first.sign > 0 ? first : second;
  const negative = first.sign < 0 ? first : second;
  const larger = second !== null && second.sizeRad > first.sizeRad ? second : first;
  const reasons: CycleReason[] = [];
  if (first.brokenBefore && first.beforeGap) reasons.push('gap');
  else if (first.brokenBefore) reasons.push('startedOutsideNeutral');
  if (last.brokenAfter) reasons.push(last.afterGap ? 'gap' : 'didNotReturn');
  return {
    plane: signal.plane,
    startS: timeS[first.start],
    peakS: timeS[larger.peak],
    endS: timeS[last.end],
    peakPositiveRad: positive === null ? null : signedPeak(signal.angleRad, positive, stepS),
    peakNegativeRad: negative === null ? null : signedPeak(signal.angleRad, negative, stepS),
    positiveIndex: positive?.peak ?? -1,
    negativeIndex: negative?.peak ?? -1,
    valid: reasons.length === 0,
    reasons: [...new Set(reasons)],
  };
}

/**
 * Median round the extreme, from neutral. Where the whole excursion stays on the other side of neutral (a deep
 * slump), its size from where the person rested is all that can be said.
 */
function signedPeak(angleRad: Float64Array, excursion: Excursion, stepS: number): number {
  const peak = medianAround(angleRad, excursion.peak, Math.round(PEAK_HALF_WINDOW_S / stepS));
  return peak * excursion.sign > 0 ? peak : excursion.sign * excursion.sizeRad;
}

/** Median of the finite values within `halfWidth` entries of `centre`; NaN when there are none. */
export function medianAround(values: Float64Array, centre: number, halfWidth: number): number {
  const near = values
    .slice(Math.max(0, centre - halfWidth), centre + halfWidth + 1)
    .filter((value) => value === value)
    .sort();
  if (near.length === 0) return NaN;
  const middle = near.length >> 1;
  return near.length % 2 === 1 ? near[middle] : (near[middle - 1] + near[middle]) / 2;
}
