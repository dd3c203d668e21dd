import { fromArmElevationInto, fromTrunkAnglesInto } from '../body/angles.ts';
import { postureOrientationInto } from '../body/posture.ts';
import type { PostureName } from '../body/posture-name.ts';
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
  const start = startPose(definition.posture);
  for (let i = 0; i < SEGMENT_ROLES.length; i++) {
    const role = SEGMENT_ROLES[i];
    for (let k = 0; k < 4; k++) pose[k] = start[4 * i + k];
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

/** All segments of a start posture, worked out once each. */
function startPose(posture: PostureName): Float64Array {
  let start = START_POSES.get(posture);
  if (start === undefined) {
    start = new Float64Array(4 * SEGMENT_ROLES.length);
    for (let i = 0; i < SEGMENT_ROLES.length; i++)
      start.set(postureOrientationInto(pose, posture, SEGMENT_ROLES[i]), 4 * i);
    START_POSES.set(posture, start);
  }
  return start;
}

const START_POSES = new Map<PostureName, Float64Array>();

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
