/** The points that the picture must hold: the resting body, the body at the ends of its movement, the arc. */
import { Vector3 } from 'three';
import { CameraRig } from './camera-rig.ts';
import type { CameraView, Held } from './camera-view.ts';
import type { PoseSolver } from './pose-solver.ts';
import { BODY_SIDES, type BonePlace } from './rig.ts';

/** Adds the outline of a solved body; see {@link Held}. */
export function addBodyPoints(points: Vector3[], { rig }: PoseSolver, holds: Held): void {
  const { pelvis, thorax4, head } = rig.centre;
  addTip(points, head, 0.02, 0.21, 0);
  addTip(points, head, 0.1, 0.1, 0);
  addTip(points, thorax4, -0.07, 0, 0);
  for (const side of BODY_SIDES) {
    const sign = side === 'left' ? -1 : 1;
    const bones = rig[side];
    addTip(points, head, 0, 0.11, 0.08 * sign);
    addTip(points, pelvis, -0.1, holds !== 'whole' ? 0.02 : -0.05, 0.17 * sign);
    addTip(points, bones.shoulder, 0, 0.05, 0.05 * sign);
    addTip(points, bones.elbow, 0, 0, 0.05 * sign);
    if (holds !== 'upper') addTip(points, bones.hand, 0, -0.17, 0);
    if (holds !== 'whole') continue;
    addTip(points, bones.knee, 0.05, 0, 0.04 * sign);
    addTip(points, bones.foot, 0.19, -0.07, 0.03 * sign);
    addTip(points, bones.foot, -0.06, -0.06, 0.03 * sign);
  }
}

/** Adds points of the arc: those on a circle about a centre in the picture plane, at clock angles in rad. */
export function addArcPoints(
  points: Vector3[],
  centre: Vector3,
  radiusM: number,
  clocksRad: readonly number[],
  view: CameraView,
): void {
  CameraRig.axesInto(view, right, up, out);
  for (const clock of clocksRad)
    points.push(
      centre
        .clone()
        .addScaledVector(right, Math.sin(clock) * radiusM)
        .addScaledVector(up, Math.cos(clock) * radiusM),
    );
}

/** Clock angles spread over a range, its ends included. */
export function spreadClocks([from, to]: readonly [number, number]): number[] {
  return Array.from({ length: 13 }, (_, i) => from + ((to - from) * i) / 12);
}

const right = new Vector3();
const up = new Vector3();
const out = new Vector3();

function addTip(points: Vector3[], bone: BonePlace, x: number, y: number, z: number): void {
  points.push(new Vector3(x, y, z).applyQuaternion(bone.turn).add(bone.position));
}
