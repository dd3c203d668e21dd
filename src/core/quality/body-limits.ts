import { GRAVITY_ROTATION_CLASS_A } from '../body/angles.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';

/** What a trunk can do, and how its parts move together. One rule each, for the screen and for reports. */

export type TrunkPlane = 'flexionExtension' | 'lateral' | 'rotation';

/** Larger angles between neighbours on the spine are no human's, rad to the positive and the negative side. */
const LARGEST_ANGLE_RAD: Readonly<Record<TrunkPlane, readonly [number, number]>> = {
  flexionExtension: [130 * RAD_PER_DEG, 80 * RAD_PER_DEG],
  lateral: [75 * RAD_PER_DEG, 75 * RAD_PER_DEG],
  rotation: [90 * RAD_PER_DEG, 90 * RAD_PER_DEG],
};

export const FASTEST_TRUNK_RAD_PER_S = 900 * RAD_PER_DEG;

/** @param angleRad between neighbours on the spine, signed */
export function isBeyondSpine(plane: TrunkPlane, angleRad: number): boolean {
  const [positive, negative] = LARGEST_ANGLE_RAD[plane];
  return angleRad > positive || angleRad < -negative;
}

export function describeBeyondSpine(angleRad: number): string {
  return `${Math.abs(angleRad * DEG_PER_RAD).toFixed(0)} deg is more than a spine can do; check where the sensors sit and their units`;
}

/** Bends and turns of a spine go together to a good half; more is another movement. */
export const IMPURE_SHARE = 0.7;
/** The same of a purity, which is the share of the movement in its own plane: 1 / sqrt(1 + 0.7^2). */
export const LEAST_PURITY = 1 / Math.sqrt(1 + IMPURE_SHARE * IMPURE_SHARE);

/** A lower segment that moves this much more than the one above it does so only when they are exchanged. */
const SWAP_RATIO = 1.25;
const SWAP_SHARE = 0.75;
const SWAP_LEAST_MOVEMENTS = 2;
const SWAP_LEAST_RAD = 15 * RAD_PER_DEG;

/** Counts the movements that tell whether two neighbours on the trunk are exchanged. */
export class TrunkOrder {
  private clear = 0;
  private contradicting = 0;

  /** One movement: how far each of the two turned. Returns whether it speaks for an exchange. */
  push(lowerRad: number, upperRad: number): boolean {
    if (!(lowerRad > SWAP_LEAST_RAD)) return false;
    this.clear++;
    if (!(lowerRad > SWAP_RATIO * upperRad)) return false;
    this.contradicting++;
    return true;
  }

  get isContradicted(): boolean {
    return this.clear >= SWAP_LEAST_MOVEMENTS && this.contradicting >= SWAP_SHARE * this.clear;
  }
}

/** One bow asks for less than several moves of a set do: it only offers an exchange. */
const BOW_SWAP_RATIO = 1.15;
const BOW_SWAP_LEAST_RAD = 5 * RAD_PER_DEG;

/** Whether a segment bowed so much further than the one above it, on one spine, that they may be exchanged. */
export function looksExchanged(lowerRad: number, upperRad: number): boolean {
  return lowerRad > BOW_SWAP_RATIO * upperRad && lowerRad - upperRad > BOW_SWAP_LEAST_RAD;
}

/** @param lowerSensor what the person calls the sensor of the lower segment; `upperSensor` likewise */
export function describeSwappedNeighbours(
  lowerRole: string,
  upperRole: string,
  lowerSensor: string,
  upperSensor: string,
): string {
  return `${lowerRole} moves more than ${upperRole} above it; check whether ${lowerSensor} and ${upperSensor} are exchanged`;
}

/** Kneeling turns: how far hips and upper back may tip (clinical page, E02). */
export const LOCKED_TILT_RAD = 12 * RAD_PER_DEG;
const LOCKED_PITCH_RAD = 15 * RAD_PER_DEG;

/**
 * Why the posture of a kneeling turn was not kept, in words; none where it was.
 *
 * @param levelness least share of vertical missing in the upper back's long axis: 1 level, 0 upright
 * @param pitchRad how much the upper back's long axis rose or sank
 */
export function lockCauses(levelness: number, pitchRad: number): string[] {
  const causes: string[] = [];
  if (levelness < GRAVITY_ROTATION_CLASS_A) causes.push('the upper back was less than 60 deg from vertical');
  if (pitchRad > LOCKED_PITCH_RAD) causes.push('the upper back rose or sank');
  return causes;
}

export function describeTipped(segment: string, tippedRad: number): string {
  return `${segment} tipped by ${(tippedRad * DEG_PER_RAD).toFixed(0)} deg`;
}

/** Fewer repetitions than this make no mean of three. */
export const FEW_REPETITIONS = 3;
