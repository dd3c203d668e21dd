import { fromArmElevationInto, fromTrunkAnglesInto } from '../body/angles.ts';
import { postureOrientationInto } from '../body/posture.ts';
import type { PostureName } from '../body/posture-name.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../body/segment-role.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, multiplyInto, type Quaternion } from '../math/quaternion.ts';
import { startPosture } from './motion-definitions.ts';
import type { MotionDefinition, SegmentCoupling, Side } from './motion-definition.ts';

/**
 * Where the whole body is when a movement stands at a primary angle: each segment's start posture, turned in its own
 * axes by its share. Arms whose start the movement names are carried by the chest.
 *
 * @param out 5 x (w, x, y, z), qFacingFromSegment in SEGMENT_ROLES order
 * @param primaryRad signed as in the definition's directions; rad
 * @param side the side that the set is done to: the arm that moves, the posture it starts from. Null: the right arm, and
 *   the definition's first posture
 */
export function segmentPoseInto(
  out: Float64Array,
  definition: MotionDefinition,
  primaryRad: number,
  side: Side | null = null,
): Float64Array {
  const restingArm: SegmentRole = side === 'left' ? 'upperArmRight' : 'upperArmLeft';
  const start = startPose(startPosture(definition, side));
  for (let i = 0; i < SEGMENT_ROLES.length; i++) {
    const role = SEGMENT_ROLES[i];
    const isArm = role === 'upperArmLeft' || role === 'upperArmRight';
    // The upper back comes first: its pose is known when the arms need it.
    const coupling = couplingOf(definition, role);
    const rests = role === restingArm && definition.oneSideASet;
    const arms = isArm ? definition.startArms : undefined;
    // A planted arm stays where the chest was at the start.
    const from = arms === undefined || (rests && coupling?.movingArmOnly === true) ? start : out;
    const at = arms === undefined ? 4 * i : 0;
    for (let k = 0; k < 4; k++) pose[k] = from[at + k];
    if (arms !== undefined) startArmInto(pose, arms, role);
    if (coupling !== null) applyCouplingInto(pose, coupling, primaryRad, !rests);
    for (let k = 0; k < 4; k++) out[4 * i + k] = pose[k];
  }
  return out;
}

/** Adds where an arm is held at the start, in the upper back's frame. */
function startArmInto(
  out: Quaternion,
  { elevationDeg, planeDeg }: NonNullable<MotionDefinition['startArms']>,
  role: SegmentRole,
): void {
  const sideSign = role === 'upperArmLeft' ? -1 : 1;
  fromArmElevationInto(turn, elevationDeg * RAD_PER_DEG, planeDeg * RAD_PER_DEG, sideSign);
  multiplyInto(out, out, turn);
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
  moves: boolean,
): void {
  const towards = coupling.onlyTowards;
  if (towards !== undefined && primaryRad * towards <= 0) return;
  if (!moves && coupling.movingArmOnly === true) return;
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
  if (!moves || coupling.elevation === 0) return;
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
