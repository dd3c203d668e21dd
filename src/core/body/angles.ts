import { wrapRad } from '../math/angle.ts';
import type { Quaternion, Vector3 } from '../math/quaternion.ts';

/**
 * Anatomical angles from segment orientations. Segment axes are x forward, y up, z right. Signs are the app's:
 * flexion, right side bend, left turn and elevation are positive.
 */

/**
 * Trunk angles by the Cardan sequence z-x'-y'' (Wu 2002, 2005): R = Rz(-flexion) Rx(sideBend) Ry(rotation).
 *
 * @param out flexion, sideBend (-pi/2 to pi/2), rotation; rad
 * @param qReferenceFromUpperBack moving segment in the frame of its reference; q and -q give the same angles
 */
export function trunkAnglesInto(out: Float64Array, qReferenceFromUpperBack: ArrayLike<number>): Float64Array {
  const w = qReferenceFromUpperBack[0],
    x = qReferenceFromUpperBack[1],
    y = qReferenceFromUpperBack[2],
    z = qReferenceFromUpperBack[3];
  const r01 = 2 * (x * y - w * z),
    r11 = 1 - 2 * (x * x + z * z),
    r21 = 2 * (y * z + w * x),
    r20 = 2 * (x * z - w * y),
    r22 = 1 - 2 * (x * x + y * y);
  out[0] = Math.atan2(r01, r11);
  out[1] = Math.asin(r21 > 1 ? 1 : r21 < -1 ? -1 : r21);
  out[2] = Math.atan2(-r20, r22);
  return out;
}

/** The rotation that has these trunk angles: the inverse of {@link trunkAnglesInto}. */
export function fromTrunkAnglesInto(
  out: Quaternion,
  flexionRad: number,
  sideBendRad: number,
  rotationRad: number,
): Quaternion {
  const ca = Math.cos(flexionRad / 2),
    sa = -Math.sin(flexionRad / 2),
    cb = Math.cos(sideBendRad / 2),
    sb = Math.sin(sideBendRad / 2),
    cg = Math.cos(rotationRad / 2),
    sg = Math.sin(rotationRad / 2);
  // Rz(a) Rx(b) = (ca cb, ca sb, sa sb, sa cb), then times Ry(g).
  const w = ca * cb,
    x = ca * sb,
    y = sa * sb,
    z = sa * cb;
  out[0] = w * cg - y * sg;
  out[1] = x * cg - z * sg;
  out[2] = y * cg + w * sg;
  out[3] = z * cg + x * sg;
  return out;
}

/** Up direction in the segment's own axes, from its orientation in the Facing frame (y up). */
export function upInSegmentInto(out: Vector3, qFacingFromSegment: ArrayLike<number>): Vector3 {
  const w = qFacingFromSegment[0],
    x = qFacingFromSegment[1],
    y = qFacingFromSegment[2],
    z = qFacingFromSegment[3];
  out[0] = 2 * (x * y + w * z);
  out[1] = 1 - 2 * (x * x + z * z);
  out[2] = 2 * (y * z - w * x);
  return out;
}

/** Flexion against gravity alone, rad. `up` is the unit up direction in the segment's axes. Meant for tilt < 60 deg. */
export function gravityFlexionRad(up: ArrayLike<number>): number {
  return Math.atan2(-up[0], up[1]);
}

/** Side bend against gravity alone, right positive, rad. Meant for tilt < 60 deg. */
export function gravitySideBendRad(up: ArrayLike<number>): number {
  return Math.atan2(-up[2], up[1]);
}

/** Angle of the segment's long axis from vertical, 0 to pi rad, without a side. */
export function tiltRad(up: ArrayLike<number>): number {
  return Math.atan2(Math.sqrt(up[0] * up[0] + up[2] * up[2]), up[1]);
}

/** Rise of the segment's long axis above level, -pi/2 to pi/2 rad; turning about it changes nothing. */
export function pitchRad(up: ArrayLike<number>): number {
  return Math.asin(Math.max(-1, Math.min(1, up[1])));
}

/** Sine of the trunk's angle from vertical, 0 to 1: how well gravity shows a turn about the long axis. */
export function gravityRotationQuality(up: ArrayLike<number>): number {
  return Math.sqrt(up[0] * up[0] + up[2] * up[2]);
}

/** From this {@link gravityRotationQuality} on (60 deg from vertical), rotation from gravity is a primary outcome. */
export const GRAVITY_ROTATION_CLASS_A = 0.87;
/** Below this (30 deg from vertical) gravity says nothing useful about rotation. */
export const GRAVITY_ROTATION_CLASS_C = 0.5;

/** Raw angle of up about the segment's long axis, -pi to pi rad. */
export function gravityPhaseRad(up: ArrayLike<number>): number {
  return Math.atan2(up[2], up[0]);
}

/** Turn since the start position by gravity, left positive, rad in (-pi, pi]. Works lying, kneeling, prone. */
export function gravityRotationRad(up: ArrayLike<number>, startPhaseRad: number): number {
  return wrapRad(gravityPhaseRad(up) - startPhaseRad);
}

/** +1 for the right arm, -1 for the left: segment frames are never mirrored. */
export type ArmSideSign = 1 | -1;

/** Elevation of an upper arm, 0 (hanging) to pi rad, from its orientation in the upper back's frame (Wu 2005). */
export function armElevationRad(qUpperBackFromArm: ArrayLike<number>): number {
  const w = qUpperBackFromArm[0],
    x = qUpperBackFromArm[1],
    y = qUpperBackFromArm[2],
    z = qUpperBackFromArm[3];
  const dx = -2 * (x * y - w * z),
    dy = 2 * (x * x + z * z) - 1,
    dz = -2 * (y * z + w * x);
  return Math.atan2(Math.sqrt(dx * dx + dz * dz), -dy);
}

/** Plane that the arm is raised in: 0 sideways, +pi/2 forward. Meaningless near 0 and pi elevation, see {@link isArmPlaneDefined}. */
export function armPlaneRad(qUpperBackFromArm: ArrayLike<number>, sideSign: ArmSideSign): number {
  const w = qUpperBackFromArm[0],
    x = qUpperBackFromArm[1],
    y = qUpperBackFromArm[2],
    z = qUpperBackFromArm[3];
  const dx = -2 * (x * y - w * z),
    dz = -2 * (y * z + w * x);
  return Math.atan2(dx, sideSign * dz);
}

/**
 * How far an upper arm points forward of hanging, seen from the side, rad in (-pi, pi]; behind the trunk negative. From
 * its orientation in the upper back's frame, or in the Facing frame.
 */
export function armSagittalRad(qUpperBackFromArm: ArrayLike<number>): number {
  const w = qUpperBackFromArm[0],
    x = qUpperBackFromArm[1],
    y = qUpperBackFromArm[2],
    z = qUpperBackFromArm[3];
  return Math.atan2(-2 * (x * y - w * z), 1 - 2 * (x * x + z * z));
}

/** Where round the chest an upper arm points: 0 forward, left positive, rad in (-pi, pi]. Meaningless along the trunk. */
export function armAzimuthRad(qUpperBackFromArm: ArrayLike<number>): number {
  const w = qUpperBackFromArm[0],
    x = qUpperBackFromArm[1],
    y = qUpperBackFromArm[2],
    z = qUpperBackFromArm[3];
  return Math.atan2(2 * (y * z + w * x), -2 * (x * y - w * z));
}

/** The plane of elevation may be shown between 20 and 160 deg of elevation. */
export function isArmPlaneDefined(elevationRad: number): boolean {
  return elevationRad >= Math.PI / 9 && elevationRad <= (8 * Math.PI) / 9;
}

/** Orientation in the upper back's frame of an arm that went from hanging to this elevation and plane without axial turn. */
export function fromArmElevationInto(
  out: Quaternion,
  elevationRad: number,
  planeRad: number,
  sideSign: ArmSideSign,
): Quaternion {
  // The arm's direction (0,-1,0) turns towards (cos p * s along z, sin p along x): axis = down x that direction.
  const axisX = -sideSign * Math.cos(planeRad),
    axisZ = Math.sin(planeRad);
  const s = Math.sin(elevationRad / 2);
  out[0] = Math.cos(elevationRad / 2);
  out[1] = axisX * s;
  out[2] = 0;
  out[3] = axisZ * s;
  return out;
}

/** Twist of a rotation about a unit axis, rad in (-pi, pi]. For turns from any start pose: q = conj(qStart) qNow. */
export function twistRad(q: ArrayLike<number>, axisX: number, axisY: number, axisZ: number): number {
  return wrapRad(2 * Math.atan2(q[1] * axisX + q[2] * axisY + q[3] * axisZ, q[0]));
}

/** What remains of a rotation when its twist about a unit axis is taken out, rad, 0 to pi. */
export function swingRad(q: ArrayLike<number>, axisX: number, axisY: number, axisZ: number): number {
  const along = q[1] * axisX + q[2] * axisY + q[3] * axisZ;
  const across = Math.sqrt(Math.max(0, q[1] * q[1] + q[2] * q[2] + q[3] * q[3] - along * along));
  return 2 * Math.atan2(across, Math.sqrt(q[0] * q[0] + along * along));
}
