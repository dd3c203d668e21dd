import { twistRad, swingRad } from '../body/angles.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { conjugateInto, createQuaternion, multiplyInto } from '../math/quaternion.ts';
import type { AnalysisGrid, GridSensor } from './analysis-grid.ts';
import { segmentOrientationInto, type SegmentTrack } from './analysis-track.ts';

/**
 * Heading between two worn sensors. Without a magnetometer it drifts by what is left of both gyroscope biases, and a
 * hole in the samples may hide a turn. It is frozen while both rest, measured again whenever the person is verifiably
 * back at neutral, and otherwise bounded by the bias uncertainty and by what the filters say of the holes.
 */

/** A neutral is verified when the lean of both segments, and of one against the other, is this close to the first one, */
const NEUTRAL_LEAN_RAD = 4 * RAD_PER_DEG;
/** nobody moves for this long, */
const NEUTRAL_DWELL_S = 0.6;
const NEUTRAL_RATE_RAD_PER_S = 5 * RAD_PER_DEG;
/** and the heading is no further off than drift explains: this plus two sigma. */
const NEUTRAL_TURN_RAD = 5 * RAD_PER_DEG;
/**
 * Rest is judged over some time and said late: a movement that has just begun is none, whatever the filter still says, or
 * its first degrees would be taken for drift.
 */
const FROZEN_RATE_RAD_PER_S = 1.5 * RAD_PER_DEG;
/**
 * A drift in more doubt than this, after a gap, makes the far end of a turn look like neutral: both are rests with every lean in
 * place. Then neutral is only what lies this far, of all that is turned through, from either end; or what lasts longer than
 * any hold, by this much, or if none was seen yet, this long.
 */
const LOST_RAD = 10 * RAD_PER_DEG;
const INSIDE_SHARE = 0.25;
const LEAST_RANGE_RAD = 16 * RAD_PER_DEG;
const HOLD_TURN_RAD = 12 * RAD_PER_DEG;
const BEYOND_HOLD_S = 0.6;
const LONGER_THAN_HOLDS_S = 5;
/** How exactly people face the same way again. */
const NEUTRAL_REPEAT_RAD = 2.5 * RAD_PER_DEG;
/** Bias error keeps its sign for about this long. */
const BIAS_MEMORY_S = 20;
const LEAST_BIAS_SIGMA_RAD_PER_S = 0.03 * RAD_PER_DEG;
/**
 * A filter's heading that becomes this much less sure from one instant to the next has crossed a hole; a sudden fast
 * turn counts for this many seconds of its rate, since the stated error grows with it and falls again.
 */
const HOLE_SIGMA_RAD = 0.2 * RAD_PER_DEG;
const HOLE_SIGMA_S = 0.004;
/** Filters state their errors in steps of this length at most. */
const STATED_STEP_S = 0.25;

/**
 * Writes the drift of `moving` against `reference` and its uncertainty into `moving`.
 *
 * @param biasSigmaRadPerS of both gyroscopes together, about the vertical
 * @param smooth whether later neutrals may correct earlier times (refined), or not (live)
 */
export function estimateHeadingDrift(
  grid: AnalysisGrid,
  moving: SegmentTrack,
  reference: SegmentTrack,
  neutralIndex: number,
  biasSigmaRadPerS: number,
  smooth: boolean,
): void {
  const { count, stepS } = grid;
  moving.driftRad.fill(0);
  const turn = new Float64Array(count),
    lean = new Float64Array(count);
  const a = createQuaternion(),
    b = createQuaternion(),
    neutralA = conjugateInto(createQuaternion(), moving.qFacingFromSegmentNeutral),
    neutralB = conjugateInto(createQuaternion(), reference.qFacingFromSegmentNeutral);
  for (let i = 0; i < count; i++) {
    // Rotation of each segment since neutral, in the Facing frame (y up).
    multiplyInto(a, segmentOrientationInto(a, moving, i), neutralA);
    multiplyInto(b, segmentOrientationInto(b, reference, i), neutralB);
    const leanA = swingRad(a, 0, 1, 0),
      leanB = swingRad(b, 0, 1, 0);
    multiplyInto(a, a, conjugateInto(b, b));
    turn[i] = twistRad(a, 0, 1, 0);
    lean[i] = Math.max(leanA, leanB, swingRad(a, 0, 1, 0));
  }

  const sensorA = grid.sensors[moving.sensorIndex],
    sensorB = grid.sensors[reference.sensorIndex];
  const turnSlowerThan = (limitRadPerS: number, i: number): boolean =>
    rateOf(sensorA.gyroRadPerS, i) < limitRadPerS && rateOf(sensorB.gyroRadPerS, i) < limitRadPerS;
  const noise = Math.max(biasSigmaRadPerS, LEAST_BIAS_SIGMA_RAD_PER_S) ** 2 * BIAS_MEMORY_S;
  const holes = new Float64Array(count);
  addHoleVariances(holes, sensorA, stepS);
  addHoleVariances(holes, sensorB, stepS);
  // Scalar Kalman filter over the drift, forward from the neutral window; before it, backward in the same way.
  const state = new Float64Array(count),
    variance = new Float64Array(count);
  const run = (from: number, to: number, step: 1 | -1): void => {
    let x = 0,
      p = 0,
      dwell = 0,
      dwellTurn = 0,
      stillS = 0,
      longestHoldS = NaN;
    const sinceLost = new TurnedThrough(turn, holes, step, smooth);
    for (let i = from; i !== to + step; i += step) {
      const isKnown = turn[i] === turn[i];
      if (i !== from) {
        const before = i - step;
        const frozen =
          sensorA.resting[i] === 1 &&
          sensorB.resting[i] === 1 &&
          turnSlowerThan(FROZEN_RATE_RAD_PER_S, i) &&
          turn[before] === turn[before];
        if (frozen && isKnown) x += turn[i] - turn[before];
        else p += noise * stepS;
        const hole = holes[Math.max(i, before)];
        p += hole;
        if (hole > 0 && p > LOST_RAD ** 2) sinceLost.begin(i);
      }
      sinceLost.pass(i);
      if (isKnown && lean[i] < NEUTRAL_LEAN_RAD && turnSlowerThan(NEUTRAL_RATE_RAD_PER_S, i)) {
        dwell += stepS;
        stillS += stepS;
        dwellTurn += turn[i] * stepS;
        if (dwell >= NEUTRAL_DWELL_S) {
          const innovation = dwellTurn / dwell - x;
          const isLost = p > LOST_RAD ** 2;
          if (!isLost && Math.abs(innovation) > HOLD_TURN_RAD)
            longestHoldS = Math.max(Number.isNaN(longestHoldS) ? 0 : longestHoldS, stillS);
          const proofS = Number.isNaN(longestHoldS) ? LONGER_THAN_HOLDS_S : longestHoldS + BEYOND_HOLD_S;
          const isNeutral = !isLost || stillS >= proofS || sinceLost.isInside(dwellTurn / dwell);
          if (isNeutral && Math.abs(innovation) < NEUTRAL_TURN_RAD + 2 * Math.sqrt(p)) {
            const gain = p / (p + NEUTRAL_REPEAT_RAD ** 2);
            x += gain * innovation;
            p *= 1 - gain;
          }
          dwell = dwellTurn = 0;
        }
      } else dwell = dwellTurn = stillS = 0;
      state[i] = x;
      variance[i] = p;
    }
  };
  run(neutralIndex, count - 1, 1);
  if (neutralIndex > 0) run(neutralIndex, 0, -1);
  if (smooth) smoothBackwards(state, variance, neutralIndex, noise * stepS, holes);
  for (let i = 0; i < count; i++) {
    // turn = twist of the moving segment beyond the reference; taking it out turns the moving segment back.
    moving.driftRad[i] = state[i];
    moving.driftSigmaRad[i] = Math.sqrt(variance[i]);
  }
}

/** What has been turned through since the heading was lost; where later instants may be known, until it is lost anew. */
class TurnedThrough {
  private lowest = Infinity;
  private highest = -Infinity;
  private readonly turn: Float64Array;
  private readonly holes: Float64Array;
  private readonly step: 1 | -1;
  private readonly seesAhead: boolean;

  constructor(turn: Float64Array, holes: Float64Array, step: 1 | -1, seesAhead: boolean) {
    this.turn = turn;
    this.holes = holes;
    this.step = step;
    this.seesAhead = seesAhead;
  }

  begin(index: number): void {
    this.lowest = Infinity;
    this.highest = -Infinity;
    if (!this.seesAhead) return;
    for (let i = index; i >= 0 && i < this.turn.length; i += this.step) {
      if (i !== index && this.holes[Math.max(i, i - this.step)] > LOST_RAD ** 2) return;
      this.pass(i);
    }
  }

  pass(index: number): void {
    const turnRad = this.turn[index];
    if (turnRad < this.lowest) this.lowest = turnRad;
    if (turnRad > this.highest) this.highest = turnRad;
  }

  isInside(turnRad: number): boolean {
    const rangeRad = this.highest - this.lowest;
    const least = INSIDE_SHARE * rangeRad;
    return rangeRad > LEAST_RANGE_RAD && turnRad - this.lowest > least && this.highest - turnRad > least;
  }
}

/** What holes before each instant add to the variance of a sensor's heading, rad^2. */
function addHoleVariances(out: Float64Array, sensor: GridSensor, stepS: number): void {
  const { headingSigmaRad: sigma, gyroRadPerS } = sensor;
  const reach = Math.round(STATED_STEP_S / stepS);
  let before = NaN;
  for (let i = 0; i < out.length; i++) {
    if (sigma[i] !== sigma[i]) continue;
    const growth = sigma[i] * sigma[i] - before * before;
    before = sigma[i];
    if (!(growth > HOLE_SIGMA_RAD ** 2)) continue;
    let fastest = 0;
    for (let k = Math.max(0, i - reach); k < out.length && k <= i + reach; k++)
      fastest = Math.max(fastest, finite(rateOf(gyroRadPerS, k)));
    if (growth > HOLE_SIGMA_RAD ** 2 + (HOLE_SIGMA_S * fastest) ** 2) out[i] += growth;
  }
}

/** Rauch-Tung-Striebel pass for a random walk, on both sides of the neutral window. */
function smoothBackwards(
  state: Float64Array,
  variance: Float64Array,
  neutralIndex: number,
  stepVariance: number,
  holes: Float64Array,
): void {
  for (const [last, first, step] of [
    [state.length - 1, neutralIndex, -1],
    [0, neutralIndex, 1],
  ]) {
    for (let i = last + step; step < 0 ? i >= first : i <= first; i += step) {
      const predicted = variance[i] + stepVariance + holes[Math.max(i, i - step)];
      const gain = variance[i] / predicted;
      state[i] += gain * (state[i - step] - state[i]);
      variance[i] += gain * gain * (variance[i - step] - predicted);
    }
  }
}

function rateOf(gyroRadPerS: Float64Array, i: number): number {
  return Math.hypot(gyroRadPerS[3 * i], gyroRadPerS[3 * i + 1], gyroRadPerS[3 * i + 2]);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
