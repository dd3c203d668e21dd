/** Rotations of the figure that three does not offer: from the app's angles, a share of one, a frame from two directions. */
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { Triple } from './figure-posture.ts';

export const FORWARD = new Vector3(1, 0, 0);
export const UP = new Vector3(0, 1, 0);
export const RIGHT = new Vector3(0, 0, 1);
const RAD = Math.PI / 180;

const part = new Quaternion();
const twist = new Quaternion();
const swing = new Quaternion();
const basis = new Matrix4();
const xAxis = new Vector3();
const yAxis = new Vector3();
const zAxis = new Vector3();

/**
 * Turn first (left positive), then flexion (about -z), then bend to the right (about +x) in the moved frame; degrees.
 * `mirror` -1 exchanges left and right.
 */
export function turnInto(out: Quaternion, [flexion, bend, turn]: Triple, mirror: 1 | -1 = 1): Quaternion {
  out.setFromAxisAngle(UP, turn * mirror * RAD);
  out.multiply(part.setFromAxisAngle(RIGHT, -flexion * RAD));
  return out.multiply(part.setFromAxisAngle(FORWARD, bend * mirror * RAD));
}

/** Replaces q by a share of it: `bending` of its swing, `turning` of its twist about y. */
export function turnPortionInto(q: Quaternion, bending: number, turning: number): Quaternion {
  twist.copy(q);
  twist.x = 0;
  twist.z = 0;
  if (twist.lengthSq() < 1e-8) twist.identity();
  else twist.normalize();
  swing.copy(q).multiply(part.copy(twist).conjugate());
  q.identity().slerp(swing, bending);
  return q.multiply(part.identity().slerp(twist, turning));
}

/** Frame with y along `up` (any length) and x as near as possible to `front`. */
export function frameInto(out: Quaternion, up: Vector3, front: Vector3): Quaternion {
  yAxis.copy(up).normalize();
  xAxis.copy(front).addScaledVector(yAxis, -front.dot(yAxis)).normalize();
  zAxis.crossVectors(xAxis, yAxis);
  return out.setFromRotationMatrix(basis.makeBasis(xAxis, yAxis, zAxis));
}
