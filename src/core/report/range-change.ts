import { confirmedVerdict, personalDetectable, type Trend } from '../care/outcomes/change-verdict.ts';
import { motionDefinition } from '../exercise/motion-definitions.ts';
import type { AngleQuantity, MeasureName } from '../exercise/motion-definition.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import type { SessionResult, SetResult, SideBest } from '../pipeline/session-result.ts';

/** What may be said of the difference between two measurements of one range. */
export type ChangeVerdict =
  /** Larger than days, straps and bands make by themselves. */
  | 'real'
  | 'withinNoise'
  /** Too few repetitions, or a difference that the bands could still explain. */
  | 'cannotTellYet';

/** One side's range now against an earlier one, rad. */
export interface RangeChange {
  readonly side: SideBest['side'];
  readonly beforeRad: number;
  readonly afterRad: number;
  readonly verdict: ChangeVerdict;
  /** Smallest difference that would be real. */
  readonly neededRad: number;
}

/** The person's other side is the nearest comparison: a difference counts from the detectable change on. */
export type SideDifference = 'symmetric' | 'small' | 'marked';

/**
 * Smallest change between days that is more than measurement, deg (95 %). Defaults of clinical practice with skin-worn
 * inclinometers and motion sensors until a test-retest study of this kit exists: published 2.8 to 6.3 deg for
 * inclinometer rotation (Johnson 2012), rounded up for straps that people put on themselves.
 */
const DETECTABLE_CHANGE_DEG: Readonly<Record<MeasureName, Partial<Record<AngleQuantity, number>>>> = {
  gravityRotation: { lockedRotation: 7, rotation: 7 },
  upperBackRelativeToLowerBack: { flexion: 7, sideBend: 8, rotation: 12, lockedRotation: 7 },
  trunkRelativeToPelvis: { flexion: 10, sideBend: 10, rotation: 12 },
  upperBackLean: { flexion: 10, sideBend: 10 },
  armRelativeToUpperBack: { armElevation: 10 },
  // Within one session only: nothing holds the zero from day to day.
  armFromGravity: {},
  upperBackTwist: {},
  // Whole-body moves and moves of a few degrees: they guide, and are no range of a joint.
  upperBackPitch: {},
  upperBackTilt: {},
  armLiftFromGravity: {},
};

/** Without the check by movement the axes are known less well. */
const NEUTRAL_POSE_FACTOR = 1.25;
const NEUTRAL_POSE_QUALITY = 60;
const LEAST_REPETITIONS = 3;
const MARKED_SHARE = 0.15;

/** @returns rad; null where the measure allows no comparison between days */
export function detectableChangeRad(measure: MeasureName, quantity: AngleQuantity): number | null {
  const deg = DETECTABLE_CHANGE_DEG[measure][quantity];
  return deg === undefined ? null : deg * RAD_PER_DEG;
}

/** A test as it is compared: the set, and whether its axes were checked by movement. */
export interface ComparedTest {
  readonly set: SetResult;
  readonly calibrationQuality: number | null;
}

/** The test that stands for a session; null where it made none. */
export function comparedTest(result: SessionResult): ComparedTest | null {
  const set = result.sets.find((one) => one.plan.test && one.best.length > 0);
  return set === undefined ? null : { set, calibrationQuality: result.calibrationQuality };
}

/**
 * Whether two tests measured the same thing well enough to compare days: ranges are never joined across movements or
 * places of the sensors, and feedback (class C) is no measurement.
 */
export function isComparable(a: ComparedTest, b: ComparedTest): boolean {
  return (
    a.set.exerciseId === b.set.exerciseId &&
    a.set.measure === b.set.measure &&
    a.set.plan.side === b.set.plan.side &&
    a.set.qualityClass !== 'C' &&
    b.set.qualityClass !== 'C'
  );
}

/** Why nothing may be said of two sessions side by side. */
export type ComparisonRefusal =
  /** One of them made no test: ranges of guided sets stop at a target. */
  | 'noTest'
  | 'otherMovement'
  | 'otherSide'
  /** The sensors sat in other places, so another thing was measured. */
  | 'otherMeasure'
  /** Class C is feedback, no measurement. */
  | 'feedbackOnly'
  /** Nothing holds this measure's zero from day to day. */
  | 'oneDayOnly'
  /** They reached no side in common. */
  | 'noCommonSide';

/** @returns null where {@link compareTests} has something to say */
export function comparisonRefusal(a: ComparedTest | null, b: ComparedTest | null): ComparisonRefusal | null {
  if (a === null || b === null) return 'noTest';
  if (a.set.exerciseId !== b.set.exerciseId) return 'otherMovement';
  if (a.set.plan.side !== b.set.plan.side) return 'otherSide';
  if (a.set.measure !== b.set.measure) return 'otherMeasure';
  if (a.set.qualityClass === 'C' || b.set.qualityClass === 'C') return 'feedbackOnly';
  const { quantity } = motionDefinition(b.set.exerciseId);
  if (detectableChangeRad(b.set.measure, quantity) === null) return 'oneDayOnly';
  return compareTests(a, b).length === 0 ? 'noCommonSide' : null;
}

/**
 * Every side that both tests reached; empty where they cannot be compared.
 *
 * @param repeats tests of the same thing in pairs at most a week apart: how far this person's own tests scatter
 */
export function compareTests(
  before: ComparedTest,
  after: ComparedTest,
  repeats: readonly (readonly [ComparedTest, ComparedTest])[] = [],
): RangeChange[] {
  const ofMeasure = detectableChangeRad(after.set.measure, motionDefinition(after.set.exerciseId).quantity);
  if (ofMeasure === null || !isComparable(before, after)) return [];
  const factor = Math.max(calibrationFactor(before), calibrationFactor(after));
  return after.set.best.flatMap((now) => {
    const then = bestOf(before, now.side);
    if (then === undefined) return [];
    const scatter = repeats.flatMap(([a, b]) => {
      const first = bestOf(a, now.side),
        second = bestOf(b, now.side);
      return first && second ? [second.meanBest3Rad - first.meanBest3Rad] : [];
    });
    const detectableRad = factor * personalDetectable(ofMeasure, scatter);
    const neededRad = Math.max(detectableRad, Math.hypot(then.halfWidth95Rad, now.halfWidth95Rad));
    const sizeRad = Math.abs(now.meanBest3Rad - then.meanBest3Rad);
    const isFull = Math.min(then.countedRepetitions, now.countedRepetitions) >= LEAST_REPETITIONS;
    let verdict: ChangeVerdict = 'withinNoise';
    if (!isFull) verdict = 'cannotTellYet';
    else if (sizeRad >= neededRad) verdict = 'real';
    else if (sizeRad >= detectableRad) verdict = 'cannotTellYet';
    return [{ side: now.side, beforeRad: then.meanBest3Rad, afterRad: now.meanBest3Rad, verdict, neededRad }];
  });
}

/**
 * Trend of one side against the first test: one real change is possible, two in a row are a change.
 *
 * @param tests oldest first, all comparable with the first
 */
export function rangeTrend(tests: readonly ComparedTest[], side: SideBest['side']): Trend {
  const [first, ...later] = tests;
  if (first === undefined) return 'tooEarly';
  return confirmedVerdict(
    later.map((test) => {
      const change = compareTests(first, test).find((one) => one.side === side);
      return change?.verdict === 'real' ? Math.sign(change.afterRad - change.beforeRad) : 0;
    }),
  );
}

/** Left against right of one test; null with one side, or where the measure cannot compare. */
export function sideDifference({ set }: ComparedTest): SideDifference | null {
  const left = set.best.find(({ side }) => side === 'left'),
    right = set.best.find(({ side }) => side === 'right');
  const detectableRad = detectableChangeRad(set.measure, motionDefinition(set.exerciseId).quantity);
  if (left === undefined || right === undefined || detectableRad === null) return null;
  const neededRad = Math.max(detectableRad, Math.hypot(left.halfWidth95Rad, right.halfWidth95Rad));
  return judgeSides(left.meanBest3Rad, right.meanBest3Rad, neededRad);
}

/** @param left, right, needed in one unit; below `needed` the two may as well be the same */
export function judgeSides(left: number, right: number, needed: number): SideDifference {
  const difference = Math.abs(left - right);
  if (difference < needed) return 'symmetric';
  return difference / Math.max(left, right) >= MARKED_SHARE ? 'marked' : 'small';
}

function bestOf(test: ComparedTest, side: SideBest['side']): SideBest | undefined {
  return test.set.best.find((one) => one.side === side);
}

function calibrationFactor(test: ComparedTest): number {
  return (test.calibrationQuality ?? 0) > NEUTRAL_POSE_QUALITY ? 1 : NEUTRAL_POSE_FACTOR;
}
