/** Arms and legs of the figure: two-bone reach, the rhythm of the shoulder blade, the helper bones of the joints. */
import { Quaternion, Vector3 } from 'three';
import type { ArmSpec, LegSpec, PlacedArm, Triple } from './figure-posture.ts';
import {
  CLAVICLE,
  FOREARM,
  HIP,
  SHANK,
  SHOULDER,
  THIGH,
  UPPER_ARM,
  createRig,
  sideSign,
  type BodySide,
  type BonePlace,
  type Rig,
} from './rig.ts';
import { FORWARD, RIGHT, UP, frameInto, turnInto, turnPortionInto } from './turn.ts';

const BIND = createRig();
/** Elbow bend of a measured arm whose posture names none. */
const RELAXED_ELBOW_DEG = 12;
const STRAIGHT_HAND: Triple = [0, 0, 0];

const hipPlace = new Vector3();
const target = new Vector3();
const pole = new Vector3();
const direction = new Vector3();
const bendTowards = new Vector3();
const along = new Vector3();
const shoulderPlace = new Vector3();
const armDirection = new Vector3();
const bindDirection = new Vector3();
const push = new Vector3();
const turnA = new Quaternion();
const turnB = new Quaternion();
const chestTurn = new Quaternion();

/** Places one leg from the pelvis to the planted foot. */
export function solveLeg(rig: Rig, side: BodySide, spec: LegSpec): void {
  const bones = rig[side];
  const pelvis = rig.centre.pelvis;
  hipPlace.set(HIP.x, HIP.y - BIND.centre.pelvis.position.y, HIP.z * sideSign(side));
  hipPlace.applyQuaternion(pelvis.turn).add(pelvis.position);
  bones.hip.position.copy(hipPlace);
  bones.thigh.position.copy(hipPlace);
  target.fromArray(spec.ankle);
  pole.fromArray(spec.knee);
  reach(hipPlace, THIGH, SHANK, 1, bones.thigh.turn, bones.shank, bones.foot.position);
  turnInto(bones.foot.turn, spec.foot);
  turnA.copy(pelvis.turn).multiply(BIND[side].hip.turn);
  bones.hip.turn.slerpQuaternions(turnA, bones.thigh.turn, 0.5);
  bendJoint(bones.knee, bones.thigh, bones.shank, 0.018, 1);
}

/** Places one arm from the chest to the hand; `measured` is the upper arm's rotation where it is known. */
export function solveArm(rig: Rig, side: BodySide, spec: ArmSpec, measured: Quaternion | null): void {
  const bones = rig[side];
  const sign = sideSign(side);
  const chest = rig.centre.thorax4;
  const { clavicle, upperArmTwist: upperArm, forearm, hand } = bones;
  clavicle.position.copy(BIND[side].clavicle.position).sub(BIND.centre.thorax4.position);
  clavicle.position.applyQuaternion(chest.turn).add(chest.position);
  shoulderPlace.copy(SHOULDER).sub(CLAVICLE);
  shoulderPlace.z *= sign;

  // where the arm points, before the shoulder blade moves
  const placed = measured === null && !('hang' in spec) ? spec : null;
  if (measured !== null) upperArm.turn.copy(measured);
  else if ('hang' in spec) {
    const [forwardDeg, awayDeg, inwardDeg] = spec.hang;
    // inwards is a turn to the left for the right arm
    upperArm.turn.setFromAxisAngle(UP, (inwardDeg * sign * Math.PI) / 180);
    turnA.setFromAxisAngle(RIGHT, (forwardDeg * Math.PI) / 180);
    turnA.multiply(turnB.setFromAxisAngle(FORWARD, (-awayDeg * sign * Math.PI) / 180));
    upperArm.turn.premultiply(turnA);
    upperArm.turn.premultiply(turnPortionInto(turnA.copy(chest.turn), 1 - spec.loose, 1));
  }
  if (placed !== null) {
    placeWrist(rig, placed);
    along.copy(shoulderPlace).applyQuaternion(chest.turn).add(clavicle.position);
    armDirection.copy(target).sub(along).normalize();
  } else armDirection.set(0, -1, 0).applyQuaternion(upperArm.turn);

  const raisedDeg = moveShoulderBlade(clavicle, chest, sign);
  shoulderPlace.applyQuaternion(clavicle.turn).add(clavicle.position);
  bones.shoulder.position.copy(shoulderPlace);
  bones.upperArm.position.copy(shoulderPlace);
  upperArm.position.copy(shoulderPlace);
  if (placed !== null) {
    reach(shoulderPlace, UPPER_ARM, FOREARM, -1, upperArm.turn, forearm, hand.position);
    turnInto(hand.turn, placed.hand);
    if (placed.flat !== true) hand.turn.premultiply(forearm.turn);
  } else {
    // a measured arm straightens as it rises; one that starts with its elbow bent, from shoulder height on
    const bend = 'hang' in spec ? spec.elbowDeg : RELAXED_ELBOW_DEG;
    const fixed = 'hang' in spec ? spec.fixedElbow : undefined;
    const straightened = fixed === undefined ? raisedDeg / 70 : Math.max(0, raisedDeg - 80) / 90;
    const elbowDeg = measured === null ? bend : bend * Math.max(0.2, 1 - straightened);
    forearm.position.set(0, -UPPER_ARM, 0).applyQuaternion(upperArm.turn).add(shoulderPlace);
    forearm.turn.copy(upperArm.turn);
    if (measured !== null && fixed !== undefined)
      forearm.turn.multiply(turnA.setFromAxisAngle(UP, (fixed.inwardDeg * sign * Math.PI) / 180));
    forearm.turn.multiply(turnA.setFromAxisAngle(RIGHT, (elbowDeg * Math.PI) / 180));
    hand.position.set(0, -FOREARM, 0).applyQuaternion(forearm.turn).add(forearm.position);
    turnInto(hand.turn, STRAIGHT_HAND).premultiply(forearm.turn);
  }

  // near the shoulder the skin follows the arm's direction, not its twist
  turnA.copy(clavicle.turn).multiply(BIND[side].upperArm.turn);
  bindDirection.set(0, -1, 0).applyQuaternion(turnA);
  armDirection.set(0, -1, 0).applyQuaternion(upperArm.turn);
  bones.upperArm.turn.setFromUnitVectors(bindDirection, armDirection).multiply(turnA);
  bones.shoulder.turn.slerpQuaternions(turnA, bones.upperArm.turn, 0.5);
  bendJoint(bones.elbow, upperArm, forearm, 0.014, -1);
}

/** Sets `target` and `pole` from a placed arm. */
function placeWrist(rig: Rig, spec: PlacedArm): void {
  const { pelvis, thorax4, neck, head } = rig.centre;
  target.fromArray(spec.wrist);
  pole.fromArray(spec.elbowTo);
  if (spec.of === 'chest') {
    target.applyQuaternion(thorax4.turn).add(neck.position);
    pole.applyQuaternion(thorax4.turn);
  } else if (spec.of === 'head') {
    target.applyQuaternion(head.turn).add(head.position);
    pole.applyQuaternion(thorax4.turn);
  } else if (spec.of === 'pelvis') {
    target.applyQuaternion(pelvis.turn).add(pelvis.position);
    pole.applyQuaternion(pelvis.turn);
  }
}

/**
 * The shoulder blade lifts with the arm (a fifth of what lies beyond 35 degrees) and slides forward with a reach.
 * Takes `armDirection` in the scene, returns the arm's elevation from the chest, degrees.
 */
function moveShoulderBlade(clavicle: BonePlace, chest: BonePlace, sign: 1 | -1): number {
  armDirection.applyQuaternion(chestTurn.copy(chest.turn).conjugate());
  const raisedDeg = (Math.acos(Math.max(-1, Math.min(1, -armDirection.y))) * 180) / Math.PI;
  const liftDeg = Math.max(0, raisedDeg - 35) * 0.2;
  const across = Math.max(0, -armDirection.z * sign);
  const slideDeg = (armDirection.x * 14 - across * 10) * (1 - 0.5 * Math.abs(armDirection.y));
  turnA.setFromAxisAngle(UP, (slideDeg * sign * Math.PI) / 180);
  turnA.multiply(turnB.setFromAxisAngle(FORWARD, (-liftDeg * sign * Math.PI) / 180));
  clavicle.turn.copy(chest.turn).multiply(turnA);
  return raisedDeg;
}

/**
 * Two-bone reach from `root` to `target`, the middle joint towards `pole`. `front` 1: the joint bends to the front
 * (knee), -1: to the back (elbow). Fills the upper bone's turn, the lower bone and the end's place.
 */
function reach(
  root: Vector3,
  upperLength: number,
  lowerLength: number,
  front: 1 | -1,
  upperTurn: Quaternion,
  lower: BonePlace,
  end: Vector3,
): void {
  direction.copy(target).sub(root);
  const far = direction.length();
  const shortest = Math.abs(upperLength - lowerLength) + 0.02;
  const longest = (upperLength + lowerLength) * 0.9985;
  const d = Math.min(Math.max(far, shortest), longest);
  if (far > 1e-9) direction.multiplyScalar(1 / far);
  else direction.set(0, -1, 0);
  bendTowards.copy(pole).addScaledVector(direction, -pole.dot(direction));
  if (bendTowards.lengthSq() < 1e-8) bendTowards.set(0, 0, 1);
  bendTowards.normalize();
  const c = (upperLength * upperLength + d * d - lowerLength * lowerLength) / (2 * upperLength * d);
  lower.position.copy(root).addScaledVector(direction, upperLength * c);
  lower.position.addScaledVector(bendTowards, upperLength * Math.sqrt(Math.max(0, 1 - c * c)));
  end.copy(root).addScaledVector(direction, d);
  bendTowards.multiplyScalar(front);
  frameInto(upperTurn, along.copy(root).sub(lower.position), bendTowards);
  frameInto(lower.turn, along.copy(lower.position).sub(end), bendTowards);
}

/** The helper bone of a hinge: mean rotation, pushed towards the tip of the bend, less again when folded. */
function bendJoint(joint: BonePlace, upper: BonePlace, lower: BonePlace, bulkM: number, front: 1 | -1): void {
  joint.turn.slerpQuaternions(upper.turn, lower.turn, 0.5);
  const sharp = 1 - Math.abs(upper.turn.dot(lower.turn)); // 0 straight, 0.29 at 90 degrees, 0.74 at 150
  const amount = 3.4 * sharp * Math.max(0, 1 - 1.2 * sharp) * bulkM;
  push.set(front, 0, 0).applyQuaternion(joint.turn);
  joint.position.copy(lower.position).addScaledVector(push, amount);
}
