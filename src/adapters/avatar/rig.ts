/**
 * The skeleton of the figure: bone names, bind places and limb lengths (m, for a figure 1.73 m tall).
 *
 * Every bone frame is anatomical: x forward, y up or towards the trunk, z to the person's right; standing with the
 * arms hanging is the identity for all. The scene has the same axes, so a measured segment rotation is a bone's
 * rotation as it is. The list is flat: the solver places each bone in the scene, no parent is undone. "Half" bones
 * (shoulder, elbow, hip, knee) carry the mean rotation of their neighbours and keep the bulk of a bent joint.
 */
import { Quaternion, Vector3 } from 'three';

export const CENTRE_BONES = [
  'pelvis',
  'lumbar1',
  'lumbar2',
  'thorax1',
  'thorax2',
  'thorax3',
  'thorax4',
  'neck',
  'head',
] as const;
export const SIDE_BONES = [
  'clavicle',
  'shoulder',
  'upperArm',
  'upperArmTwist',
  'elbow',
  'forearm',
  'hand',
  'hip',
  'thigh',
  'knee',
  'shank',
  'foot',
] as const;
export type CentreBone = (typeof CENTRE_BONES)[number];
export type SideBone = (typeof SIDE_BONES)[number];
export type BodySide = 'left' | 'right';
export const BODY_SIDES = ['left', 'right'] as const;
export const BONE_COUNT = CENTRE_BONES.length + 2 * SIDE_BONES.length;

/** Angles of the limbs away from the trunk in the bind pose, rad: half way to their extremes, so that both deform little. */
export const ARM_SPREAD_RAD = (62 * Math.PI) / 180;
export const LEG_SPREAD_RAD = (9 * Math.PI) / 180;

export const UPPER_ARM = 0.285;
export const FOREARM = 0.245;
export const THIGH = 0.42;
export const SHANK = 0.395;

/** Bind places of the right side; the left is the mirror image. */
export const CLAVICLE = new Vector3(-0.025, 1.395, 0.035);
export const SHOULDER = new Vector3(-0.022, 1.392, 0.172);
export const HIP = new Vector3(0, 0.9, 0.088);

/** Bind places of the centre line (x, y): the natural curves of the spine. */
const CENTRE_PLACES: Readonly<Record<CentreBone, readonly [number, number]>> = {
  pelvis: [0, 0.92],
  lumbar1: [-0.028, 1.0],
  lumbar2: [-0.022, 1.06],
  thorax1: [-0.028, 1.12],
  thorax2: [-0.04, 1.19],
  thorax3: [-0.05, 1.26],
  thorax4: [-0.055, 1.33],
  neck: [-0.045, 1.455],
  head: [-0.012, 1.53],
};

/** Place and rotation of one bone in the scene. */
export interface BonePlace {
  readonly position: Vector3;
  readonly turn: Quaternion;
}
export type SideRig = Readonly<Record<SideBone, BonePlace>>;
export interface Rig {
  readonly centre: Readonly<Record<CentreBone, BonePlace>>;
  readonly left: SideRig;
  readonly right: SideRig;
  /** All bones in the order of the skin's bone numbers. */
  readonly all: readonly BonePlace[];
}

/** Bone number of a centre bone. */
export function centreBone(name: CentreBone): number {
  return CENTRE_BONES.indexOf(name);
}

/** Bone number of a side bone. */
export function sideBone(name: SideBone, side: BodySide): number {
  return CENTRE_BONES.length + (side === 'left' ? 0 : SIDE_BONES.length) + SIDE_BONES.indexOf(name);
}

/** Sign of z on a side: the person's right is positive. */
export function sideSign(side: BodySide): 1 | -1 {
  return side === 'left' ? -1 : 1;
}

/** A new rig in the bind pose. No two bones share an object: the solver writes in place. */
export function createRig(): Rig {
  const centre = record(CENTRE_BONES, (name) => {
    const [x, y] = CENTRE_PLACES[name];
    return { position: new Vector3(x, y, 0), turn: new Quaternion() };
  });
  const left = createSide('left');
  const right = createSide('right');
  const all = [
    ...CENTRE_BONES.map((name) => centre[name]),
    ...SIDE_BONES.map((name) => left[name]),
    ...SIDE_BONES.map((name) => right[name]),
  ];
  return { centre, left, right, all };
}

function createSide(side: BodySide): SideRig {
  const sign = sideSign(side);
  const forward = new Vector3(1, 0, 0);
  const arm = new Quaternion().setFromAxisAngle(forward, -ARM_SPREAD_RAD * sign);
  const leg = new Quaternion().setFromAxisAngle(forward, -LEG_SPREAD_RAD * sign);
  const mirrored = (place: Vector3) => new Vector3(place.x, place.y, place.z * sign);
  const below = (place: Vector3, turn: Quaternion, length: number) =>
    new Vector3(0, -length, 0).applyQuaternion(turn).add(place);
  const shoulder = mirrored(SHOULDER);
  const elbow = below(shoulder, arm, UPPER_ARM);
  const wrist = below(elbow, arm, FOREARM);
  const hip = mirrored(HIP);
  const knee = below(hip, leg, THIGH);
  const ankle = below(knee, leg, SHANK);
  const upright = new Quaternion();
  const place = (position: Vector3, turn: Quaternion): BonePlace => ({
    position: position.clone(),
    turn: turn.clone(),
  });
  return {
    clavicle: place(mirrored(CLAVICLE), upright),
    shoulder: place(shoulder, arm),
    upperArm: place(shoulder, arm),
    upperArmTwist: place(shoulder, arm),
    elbow: place(elbow, arm),
    forearm: place(elbow, arm),
    hand: place(wrist, arm),
    hip: place(hip, leg),
    thigh: place(hip, leg),
    knee: place(knee, leg),
    shank: place(knee, leg),
    foot: place(ankle, upright),
  };
}

function record<K extends string, V>(names: readonly K[], make: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, V>;
}
