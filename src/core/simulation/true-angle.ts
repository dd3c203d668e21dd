import {
  armElevationRad,
  armSagittalRad,
  gravityFlexionRad,
  gravityPhaseRad,
  gravityRotationRad,
  gravitySideBendRad,
  pitchRad,
  tiltRad,
  trunkAnglesInto,
  twistRad,
  upInSegmentInto,
} from '../body/angles.ts';
import { segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import { armRole } from '../exercise/motion-definitions.ts';
import type { AngleQuantity, MeasureName, Side } from '../exercise/motion-definition.ts';
import { conjugateMultiplyInto, createQuaternion } from '../math/quaternion.ts';

/**
 * The true primary angle of a set by the measure that its sensors allow, relative to the set's start pose, from
 * bones instead of sensors. Trunk angles count from the start pose, arms from hanging.
 *
 * @param pose and `start`: 5 x (w, x, y, z), qFacingFromSegment
 * @param side the arm that moves; trunk movements ignore it
 */
export function trueAngleRad(
  measure: MeasureName,
  quantity: AngleQuantity,
  side: Side,
  pose: Float64Array,
  start: Float64Array,
): number {
  switch (measure) {
    case 'upperBackRelativeToLowerBack':
      return relativeRad(quantity, 'lowerBack', pose) - relativeRad(quantity, 'lowerBack', start);
    case 'trunkRelativeToPelvis':
      return relativeRad(quantity, 'pelvis', pose) - relativeRad(quantity, 'pelvis', start);
    case 'upperBackLean':
      return leanRad(quantity, pose) - leanRad(quantity, start);
    case 'upperBackTwist':
      return twistRad(
        conjugateMultiplyInto(relative, rowOf(start, 'upperBack'), rowOf(pose, 'upperBack')),
        0,
        1,
        0,
      );
    case 'gravityRotation': {
      const startPhaseRad = gravityPhaseRad(upInSegmentInto(up, rowOf(start, 'upperBack')));
      return gravityRotationRad(upInSegmentInto(up, rowOf(pose, 'upperBack')), startPhaseRad);
    }
    case 'armRelativeToUpperBack':
    case 'armFromGravity':
      return armRad(measure, quantity, side, pose, start);
    case 'upperBackPitch':
      return (
        pitchRad(upInSegmentInto(up, rowOf(start, 'upperBack'))) -
        pitchRad(upInSegmentInto(up, rowOf(pose, 'upperBack')))
      );
    case 'upperBackTilt':
      return (
        tiltRad(upInSegmentInto(up, rowOf(pose, 'upperBack'))) -
        tiltRad(upInSegmentInto(up, rowOf(start, 'upperBack')))
      );
    case 'armLiftFromGravity':
      return (
        pitchRad(upInSegmentInto(up, rowOf(start, armRole(side)))) -
        pitchRad(upInSegmentInto(up, rowOf(pose, armRole(side))))
      );
  }
}

function relativeRad(quantity: AngleQuantity, reference: SegmentRole, pose: Float64Array): number {
  conjugateMultiplyInto(relative, rowOf(pose, reference), rowOf(pose, 'upperBack'));
  trunkAnglesInto(angles, relative);
  return quantity === 'flexion' ? angles[0] : quantity === 'sideBend' ? angles[1] : angles[2];
}

function armRad(
  measure: 'armRelativeToUpperBack' | 'armFromGravity',
  quantity: AngleQuantity,
  side: Side,
  pose: Float64Array,
  start: Float64Array,
): number {
  const against = (from: Float64Array): Float64Array =>
    measure === 'armFromGravity'
      ? rowOf(from, armRole(side))
      : conjugateMultiplyInto(relative, rowOf(from, 'upperBack'), rowOf(from, armRole(side)));
  if (quantity === 'armPull') return armSagittalRad(against(start)) - armSagittalRad(against(pose));
  const elevation = armElevationRad(against(pose));
  return quantity === 'armRise' ? elevation - armElevationRad(against(start)) : elevation;
}

function leanRad(quantity: AngleQuantity, pose: Float64Array): number {
  upInSegmentInto(up, rowOf(pose, 'upperBack'));
  return quantity === 'flexion' ? gravityFlexionRad(up) : gravitySideBendRad(up);
}

function rowOf(pose: Float64Array, role: SegmentRole): Float64Array {
  const at = 4 * segmentRoleIndex(role);
  return pose.subarray(at, at + 4);
}

const relative = createQuaternion();
const angles = new Float64Array(3);
const up = new Float64Array(3);
