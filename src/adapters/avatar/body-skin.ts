/** The rule that ties each point of the body to bones: which part it belongs to, then where along that part. */
import {
  ARM_COS,
  ARM_LENGTH,
  ARM_SIN,
  LEG_COS,
  LEG_LENGTH,
  LEG_SIN,
  bodyDistance,
  partDistance,
} from './body-field.ts';
import { smoothStep } from './field-shape.ts';
import { BONE_COUNT, HIP, SHOULDER, THIGH, UPPER_ARM, centreBone, sideBone, type BodySide } from './rig.ts';

/** Knots along a part: at a knot the point belongs wholly to its bone, between two knots it blends. */
type Knot = readonly [positionM: number, bone: number];

const SPINE: readonly Knot[] = [
  [0.965, centreBone('pelvis')],
  [1.025, centreBone('lumbar1')],
  [1.085, centreBone('lumbar2')],
  [1.15, centreBone('thorax1')],
  [1.22, centreBone('thorax2')],
  [1.29, centreBone('thorax3')],
  [1.36, centreBone('thorax4')],
  [1.43, centreBone('thorax4')],
  [1.495, centreBone('neck')],
  [1.565, centreBone('head')],
];

function armKnots(side: BodySide): readonly Knot[] {
  return [
    [-0.045, sideBone('clavicle', side)],
    [0.015, sideBone('shoulder', side)],
    [0.085, sideBone('upperArm', side)],
    [0.12, sideBone('upperArm', side)],
    [0.21, sideBone('upperArmTwist', side)],
    [0.235, sideBone('upperArmTwist', side)],
    [UPPER_ARM, sideBone('elbow', side)],
    [0.335, sideBone('forearm', side)],
    [ARM_LENGTH - 0.03, sideBone('forearm', side)],
    [ARM_LENGTH + 0.03, sideBone('hand', side)],
  ];
}

function legKnots(side: BodySide): readonly Knot[] {
  return [
    [-0.09, centreBone('pelvis')],
    [0.01, sideBone('hip', side)],
    [0.11, sideBone('thigh', side)],
    [THIGH - 0.085, sideBone('thigh', side)],
    [THIGH - 0.02, sideBone('knee', side)],
    [THIGH + 0.02, sideBone('knee', side)],
    [THIGH + 0.08, sideBone('shank', side)],
    [LEG_LENGTH - 0.04, sideBone('shank', side)],
    [LEG_LENGTH + 0.03, sideBone('foot', side)],
  ];
}

const ARMS = { left: armKnots('left'), right: armKnots('right') };
const LEGS = { left: legKnots('left'), right: legKnots('right') };
const share = new Float32Array(BONE_COUNT);

function spread(knots: readonly Knot[], position: number, amount: number): void {
  let i = 0;
  while (i < knots.length - 1 && position > knots[i + 1]![0]) i++;
  const [from, bone] = knots[i]!;
  const next = knots[i + 1];
  const t = next === undefined ? 0 : smoothStep(from, next[0], position);
  share[bone]! += amount * (1 - t);
  if (next !== undefined && t > 0) share[next[1]]! += amount * t;
}

/** The four strongest bones and their weights (sum 1) for a point near the surface, written from `o` on. */
export function skinInto(
  bones: Uint16Array,
  weights: Float32Array,
  o: number,
  x: number,
  y: number,
  z: number,
): void {
  bodyDistance(x, y, z);
  const az = Math.abs(z);
  const side: BodySide = z < 0 ? 'left' : 'right';
  const onArm = smoothStep(-0.04, 0.04, partDistance.trunk - partDistance.arm);
  const onLeg = smoothStep(-0.035, 0.045, partDistance.trunk - partDistance.leg) * (1 - onArm);
  const onTrunk = 1 - onArm - onLeg;
  share.fill(0);
  if (onArm > 0) spread(ARMS[side], (y - SHOULDER.y) * -ARM_COS + (az - SHOULDER.z) * ARM_SIN, onArm);
  if (onLeg > 0) {
    const right = smoothStep(-0.03, 0.03, z); // the inner thighs meet at the middle: hand over gently
    const along = (y - HIP.y) * -LEG_COS + (az - HIP.z) * LEG_SIN;
    spread(LEGS.right, along, onLeg * right);
    spread(LEGS.left, along, onLeg * (1 - right));
  }
  if (onTrunk > 0) {
    // the shoulder blade and the outer collar bone ride on the clavicle
    const away = Math.max(Math.abs(y - 1.35) - 0.05, 0);
    const blade = smoothStep(0.035, 0.14, az) * smoothStep(0.09, 0.02, away) * 0.85;
    spread(SPINE, y + (y > 1.46 ? 0.55 * Math.max(x + 0.02, 0) : 0), onTrunk * (1 - blade));
    share[sideBone('clavicle', side)]! += onTrunk * blade;
  }
  let total = 0;
  for (let k = 0; k < 4; k++) {
    let best = 0;
    for (let b = 1; b < BONE_COUNT; b++) if (share[b]! > share[best]!) best = b;
    bones[o + k] = best;
    weights[o + k] = share[best]!;
    total += share[best]!;
    share[best] = 0;
  }
  for (let k = 0; k < 4; k++) weights[o + k]! /= total;
}
