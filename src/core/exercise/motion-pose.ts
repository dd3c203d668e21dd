import { fromArmElevationInto, fromTrunkAnglesInto } from '../body/angles.ts';
import { postureOrientationInto } from '../body/posture.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../body/segment-role.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, multiplyInto, type Quaternion } from '../math/quaternion.ts';
import type { MotionDefinition, SegmentCoupling, Side } from './motion-definition.ts';

/**
 * Where the whole body is when a movement stands at a primary angle: each segment's start posture, turned in its own
 * axes by its share.
 *
 * @param out 5 x (w, x, y, z), qFacingFromSegment in SEGMENT_ROLES order
 * @param primaryRad signed as in the definition's directions; rad
 * @param side the arm that moves in an arm movement; null is the right one. Trunk movements ignore it
 */
export function segmentPoseInto(
  out: Float64Array,
  definition: MotionDefinition,
  primaryRad: number,
  side: Side | null = null,
): Float64Array {
  const restingArm: SegmentRole = side === 'left' ? 'upperArmRight' : 'upperArmLeft';
  for (let i = 0; i < SEGMENT_ROLES.length; i++) {
    const role = SEGMENT_ROLES[i];
    postureOrientationInto(pose, definition.posture, role);
    const coupling = couplingOf(definition, role);
    if (coupling !== null) {
      const raises = definition.quantity !== 'armElevation' || role !== restingArm;
      applyCouplingInto(pose, coupling, primaryRad, raises);
    }
    out[4 * i] = pose[0];
    out[4 * i + 1] = pose[1];
    out[4 * i + 2] = pose[2];
    out[4 * i + 3] = pose[3];
  }
  return out;
}

function couplingOf(definition: MotionDefinition, role: SegmentRole): SegmentCoupling | null {
  for (let i = 0; i < definition.couplings.length; i++)
    if (definition.couplings[i].segment === role) return definition.couplings[i];
  return null;
}

function applyCouplingInto(
  out: Quaternion,
  coupling: SegmentCoupling,
  primaryRad: number,
  raises: boolean,
): void {
  const towards = coupling.onlyTowards;
  if (towards !== undefined && primaryRad * towards <= 0) return;
  multiplyInto(
    out,
    out,
    fromTrunkAnglesInto(
      turn,
      coupling.flexion * primaryRad,
      coupling.sideBend * primaryRad,
      coupling.rotation * primaryRad,
    ),
  );
  if (!raises || coupling.elevation === 0) return;
  multiplyInto(
    out,
    out,
    fromArmElevationInto(
      turn,
      coupling.elevation * primaryRad,
      coupling.elevationPlaneDeg * RAD_PER_DEG,
      coupling.segment === 'upperArmLeft' ? -1 : 1,
    ),
  );
}

const pose = createQuaternion();
const turn = createQuaternion();
