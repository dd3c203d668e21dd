import type { SegmentRole } from '../body/segment-role.ts';
import type { MotionSensorSet, SegmentCoupling } from './motion-definition.ts';

/** What motion definitions are written with. */

/** One segment's share of a movement; whatever is not named stays at 0. */
export function follow(segment: SegmentRole, share: Partial<SegmentCoupling>): SegmentCoupling {
  return { flexion: 0, sideBend: 0, rotation: 0, elevation: 0, elevationPlaneDeg: 0, ...share, segment };
}

/** The same share for both upper arms. */
export function armsFollow(share: Partial<SegmentCoupling>): readonly SegmentCoupling[] {
  return [follow('upperArmLeft', share), follow('upperArmRight', share)];
}

/** Sets that measure an arm: against the upper back where it is worn too, else against gravity. */
export const ARM_SETS_CLASS_A: readonly MotionSensorSet[] = [
  { roles: ['upperBack', 'upperArmRight'], qualityClass: 'A', measure: 'armRelativeToUpperBack' },
  { roles: ['upperBack', 'upperArmLeft'], qualityClass: 'A', measure: 'armRelativeToUpperBack' },
  { roles: ['upperArmRight'], qualityClass: 'C', measure: 'armFromGravity' },
  { roles: ['upperArmLeft'], qualityClass: 'C', measure: 'armFromGravity' },
];

/** Arms that are measured but no primary outcome. */
export const ARM_SETS_CLASS_B: readonly MotionSensorSet[] = ARM_SETS_CLASS_A.map((set) =>
  set.qualityClass === 'A' ? { ...set, qualityClass: 'B' } : set,
);

/** How far the arms of somebody lying face down are off the floor, by gravity; the upper back shows whether the chest rose. */
export const ARM_LIFT_SETS: readonly MotionSensorSet[] = [
  { roles: ['upperBack', 'upperArmRight'], qualityClass: 'B', measure: 'armLiftFromGravity' },
  { roles: ['upperBack', 'upperArmLeft'], qualityClass: 'B', measure: 'armLiftFromGravity' },
];
