import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, multiplyInto, type Quaternion, type Vector3 } from '../math/quaternion.ts';
import { fromTrunkAnglesInto, upInSegmentInto } from './angles.ts';
import type { PostureName } from './posture-name.ts';
import type { SegmentRole } from './segment-role.ts';

/** Flexion, side bend to the right, turn to the left, degrees: content that people read and edit. */
export type TrunkTripleDeg = readonly [number, number, number];

/** Where the trunk is before a movement starts. Figure, simulator and measurement all read it here. */
export interface PostureAngles {
  /** In the Facing frame. */
  readonly pelvis: TrunkTripleDeg;
  /** Lower back relative to the pelvis. */
  readonly lumbar: TrunkTripleDeg;
  /** Upper back relative to the lower back. */
  readonly thorax: TrunkTripleDeg;
  /** Upper arms: 'hanging' by gravity, or lying 'alongside' the upper back. */
  readonly arms: 'hanging' | 'alongside';
}

const STRAIGHT: TrunkTripleDeg = [0, 0, 0];

export const POSTURE_ANGLES: Readonly<Record<PostureName, PostureAngles>> = {
  standing: { pelvis: STRAIGHT, lumbar: STRAIGHT, thorax: STRAIGHT, arms: 'hanging' },
  wallLean: { pelvis: [10, 0, 0], lumbar: STRAIGHT, thorax: STRAIGHT, arms: 'hanging' },
  sitting: { pelvis: [-4, 0, 0], lumbar: [6, 0, 0], thorax: STRAIGHT, arms: 'hanging' },
  sittingArmsCrossed: { pelvis: [-4, 0, 0], lumbar: [6, 0, 0], thorax: STRAIGHT, arms: 'hanging' },
  heelSit: { pelvis: [62, 0, 0], lumbar: [14, 0, 0], thorax: [12, 0, 0], arms: 'hanging' },
  quadruped: { pelvis: [79, 0, 0], lumbar: [4, 0, 0], thorax: [6, 0, 0], arms: 'hanging' },
  sideLyingLeft: { pelvis: [0, -90, 0], lumbar: [6, 0, 0], thorax: [10, 0, 0], arms: 'alongside' },
  sideLyingRight: { pelvis: [0, 90, 0], lumbar: [6, 0, 0], thorax: [10, 0, 0], arms: 'alongside' },
  supine: { pelvis: [-88, 0, 0], lumbar: [-2, 0, 0], thorax: STRAIGHT, arms: 'alongside' },
  prone: { pelvis: [88, 0, 0], lumbar: STRAIGHT, thorax: STRAIGHT, arms: 'alongside' },
};

/** Orientation of a segment at the start of a posture; the identity when upright. */
export function postureOrientationInto(
  out: Quaternion,
  posture: PostureName,
  segment: SegmentRole,
): Quaternion {
  const angles = POSTURE_ANGLES[posture];
  const isArm = segment === 'upperArmLeft' || segment === 'upperArmRight';
  if (isArm && angles.arms === 'hanging') return fromTrunkAnglesInto(out, 0, 0, 0);
  tripleInto(out, angles.pelvis);
  if (segment === 'pelvis') return out;
  multiplyInto(out, out, tripleInto(part, angles.lumbar));
  if (segment === 'lowerBack') return out;
  return multiplyInto(out, out, tripleInto(part, angles.thorax));
}

/** Direction that points up in the segment's own axes in this posture. */
export function postureUpInto(out: Vector3, posture: PostureName, segment: SegmentRole): Vector3 {
  return upInSegmentInto(out, postureOrientationInto(whole, posture, segment));
}

/**
 * What a trunk at zero does in a measurement's neutral window. Prone stands for chest down in general: lying, on
 * hands and knees, or on the heels.
 */
export type NeutralPose = 'upright' | 'prone' | 'sideLyingLeft' | 'sideLyingRight';
export const NEUTRAL_POSES: readonly NeutralPose[] = ['upright', 'prone', 'sideLyingLeft', 'sideLyingRight'];

const POSE_UP: Readonly<Record<NeutralPose, readonly [number, number, number]>> = {
  upright: [0, 1, 0],
  prone: [-1, 0, 0],
  sideLyingLeft: [0, 0, 1],
  sideLyingRight: [0, 0, -1],
};

/** The trunk's own axis that points up in the pose: y upright, -x prone, z on the left side, -z on the right. */
export function poseUpAxis(pose: NeutralPose): readonly [number, number, number] {
  return POSE_UP[pose];
}

/** Orientation in the Facing frame of every trunk segment at zero in this pose. */
export function poseOrientationInto(out: Quaternion, pose: NeutralPose): Quaternion {
  const quarter = Math.PI / 2;
  switch (pose) {
    case 'upright':
      return fromTrunkAnglesInto(out, 0, 0, 0);
    case 'prone':
      return fromTrunkAnglesInto(out, quarter, 0, 0);
    case 'sideLyingLeft':
      return fromTrunkAnglesInto(out, 0, -quarter, 0);
    case 'sideLyingRight':
      return fromTrunkAnglesInto(out, 0, quarter, 0);
  }
}

/** The pose that a measurement would call this start posture by; null where measurements do not start from it. */
export function neutralPoseOf(posture: PostureName): NeutralPose | null {
  switch (posture) {
    case 'standing':
    case 'sitting':
    case 'sittingArmsCrossed':
      return 'upright';
    case 'heelSit':
    case 'quadruped':
    case 'prone':
      return 'prone';
    case 'sideLyingLeft':
      return 'sideLyingLeft';
    case 'sideLyingRight':
      return 'sideLyingRight';
    case 'wallLean':
    case 'supine':
      return null;
  }
}

function tripleInto(out: Quaternion, triple: TrunkTripleDeg): Quaternion {
  return fromTrunkAnglesInto(out, triple[0] * RAD_PER_DEG, triple[1] * RAD_PER_DEG, triple[2] * RAD_PER_DEG);
}

const part = createQuaternion();
const whole = createQuaternion();
