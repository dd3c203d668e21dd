/**
 * The shape of the body as a signed-distance field. The tables below are the figure: change them to change it.
 * Written for the right half and mirrored by |z|; bind pose of `rig.ts`, metres.
 */
import { capsule, ellipsoid, loft, melt, smoothStep } from './field-shape.ts';
import { ARM_SPREAD_RAD, FOREARM, HIP, LEG_SPREAD_RAD, SHANK, SHOULDER, THIGH, UPPER_ARM } from './rig.ts';

/** Cosine and sine of the limbs' spread in the bind pose. */
export const ARM_COS = Math.cos(ARM_SPREAD_RAD);
export const ARM_SIN = Math.sin(ARM_SPREAD_RAD);
export const LEG_COS = Math.cos(LEG_SPREAD_RAD);
export const LEG_SIN = Math.sin(LEG_SPREAD_RAD);
/** Distance from the shoulder to the wrist, and from the hip to the ankle. */
export const ARM_LENGTH = UPPER_ARM + FOREARM;
export const LEG_LENGTH = THIGH + SHANK;

const MIDDLE = { x: 0, y: 0, z: 0 };
const W = ARM_LENGTH;
const T = THIGH;
const S = LEG_LENGTH;

const trunk = loft(
  MIDDLE,
  1,
  0,
  [
    [0.815, 0.07, 0.07, 0.09, -0.005],
    [0.86, 0.092, 0.098, 0.146, -0.004],
    [0.91, 0.098, 0.104, 0.16, 0.0],
    [0.96, 0.097, 0.098, 0.157, 0.002],
    [1.01, 0.094, 0.087, 0.145, 0.004],
    [1.06, 0.092, 0.08, 0.136, 0.004],
    [1.11, 0.093, 0.08, 0.131, 0.0],
    [1.17, 0.1, 0.086, 0.137, -0.008],
    [1.24, 0.108, 0.093, 0.15, -0.018],
    [1.31, 0.108, 0.094, 0.16, -0.026],
    [1.37, 0.094, 0.088, 0.15, -0.032],
    [1.42, 0.066, 0.07, 0.11, -0.036],
    [1.46, 0.04, 0.045, 0.06, -0.036],
  ],
  2.35,
);
const girdle = capsule([-0.042, 1.447, 0.02], [-0.028, 1.4, 0.165], 0.047, 0.043);
const neck = loft(MIDDLE, 1, 0, [
  [1.38, 0.052, 0.06, 0.075, -0.04],
  [1.44, 0.052, 0.058, 0.064, -0.036],
  [1.5, 0.052, 0.052, 0.055, -0.02],
  [1.58, 0.052, 0.05, 0.053, -0.004],
]);
const skull = ellipsoid([-0.002, 1.635, 0], [0.096, 0.097, 0.077]);
const jaw = ellipsoid([0.036, 1.572, 0], [0.058, 0.07, 0.054]);
const ear = ellipsoid([-0.004, 1.612, 0.079], [0.019, 0.031, 0.013], -0.2);
const scapula = ellipsoid([-0.0925, 1.318, 0.084], [0.02, 0.086, 0.05], 0.3);
const glute = ellipsoid([-0.053, 0.89, 0.07], [0.06, 0.08, 0.078]);
const arm = loft(SHOULDER, -ARM_COS, ARM_SIN, [
  [-0.045, 0.03, 0.03, 0.03],
  [-0.02, 0.052, 0.054, 0.05],
  [0.03, 0.056, 0.058, 0.056],
  [0.09, 0.05, 0.053, 0.05],
  [0.16, 0.048, 0.05, 0.046],
  [0.24, 0.042, 0.044, 0.041],
  [0.29, 0.037, 0.04, 0.04],
  [0.34, 0.043, 0.04, 0.041],
  [0.4, 0.04, 0.037, 0.038],
  [0.48, 0.03, 0.029, 0.028],
  [W, 0.028, 0.026, 0.022],
  [W + 0.03, 0.027, 0.025, 0.019],
]);
const hand = loft(SHOULDER, -ARM_COS, ARM_SIN, [
  [W - 0.02, 0.021, 0.019, 0.015],
  [W + 0.035, 0.034, 0.032, 0.0205, 0.002],
  [W + 0.085, 0.042, 0.04, 0.02, 0.002],
  [W + 0.125, 0.039, 0.038, 0.019],
  [W + 0.155, 0.032, 0.032, 0.0165],
]);
const thumb = capsule(onArm(0.03, W + 0.035, -0.004), onArm(0.062, W + 0.098, -0.012), 0.018, 0.0135);
const leg = loft(HIP, -LEG_COS, LEG_SIN, [
  [-0.06, 0.06, 0.06, 0.06],
  [0.0, 0.084, 0.088, 0.08],
  [0.08, 0.086, 0.088, 0.08],
  [0.2, 0.076, 0.076, 0.07],
  [0.32, 0.062, 0.06, 0.057],
  [T - 0.02, 0.056, 0.049, 0.05, 0.002],
  [T + 0.04, 0.05, 0.048, 0.047],
  [T + 0.12, 0.042, 0.06, 0.051, -0.006],
  [T + 0.2, 0.037, 0.053, 0.045, -0.008],
  [T + 0.3, 0.032, 0.036, 0.032, -0.008],
  [S - 0.02, 0.034, 0.034, 0.03, -0.008],
  [S + 0.03, 0.036, 0.036, 0.032, -0.008],
]);
const ankleY = HIP.y - LEG_COS * S;
const ankleZ = HIP.z + LEG_SIN * S;
const foot = capsule([-0.032, ankleY - 0.034, ankleZ], [0.1, ankleY - 0.048, ankleZ + 0.008], 0.036, 0.036);
const toes = ellipsoid([0.128, ankleY - 0.056, ankleZ + 0.012], [0.062, 0.026, 0.044]);

/** A point of the arm's own frame (forward, along, sideways) in figure space. */
function onArm(forward: number, along: number, sideways: number): [number, number, number] {
  return [
    SHOULDER.x + forward,
    SHOULDER.y - ARM_COS * along + ARM_SIN * sideways,
    SHOULDER.z + ARM_SIN * along + ARM_COS * sideways,
  ];
}

/** Distances to the parts at the point asked last, for the skinning rule. */
export const partDistance = { trunk: 0, arm: 0, leg: 0 };

/** Parts that are further away than they can be felt are not asked. */
const FAR = 9;
const TRUNK_ENDS_AT_Z = 0.36;
const ARM_ENDS_AT_Y = 0.94;

/** Signed distance to the body, m. Fills {@link partDistance}. */
export function bodyDistance(x: number, y: number, signedZ: number): number {
  const z = Math.abs(signedZ);
  const d = z < TRUNK_ENDS_AT_Z ? trunkDistance(x, y, z) : FAR;
  let a = FAR;
  if (y > ARM_ENDS_AT_Y) {
    a = arm(x, y, z);
    if (z > 0.45) a = melt(melt(a, hand(x, y, z), 0.014), thumb(x, y, z), 0.022);
  }
  let l = FAR;
  if (y < 1.1 && z < TRUNK_ENDS_AT_Z) {
    l = leg(x, y, z);
    if (y < 0.25) l = melt(melt(l, foot(x, y, z), 0.04), toes(x, y, z), 0.04);
  }
  partDistance.trunk = d;
  partDistance.arm = a;
  partDistance.leg = l;
  return melt(melt(d, a, 0.05), l, 0.055);
}

function trunkDistance(x: number, y: number, z: number): number {
  let d = melt(trunk(x, y, z), girdle(x, y, z), 0.07);
  if (y > 1.3) {
    const head = melt(melt(skull(x, y, z), jaw(x, y, z), 0.05), ear(x, y, z), 0.012);
    d = melt(d, melt(neck(x, y, z), head, 0.035), 0.06);
  }
  if (x < 0.02) d = melt(melt(d, scapula(x, y, z), 0.026), glute(x, y, z), 0.05);
  if (x < -0.02) {
    // the furrow of the spine, fading out at the sacrum and the neck
    const along = smoothStep(0.93, 1.02, y) * (1 - smoothStep(1.34, 1.42, y));
    d += 0.01 * Math.exp(-((z / 0.02) ** 2)) * along * smoothStep(-0.02, -0.06, x);
  }
  return d;
}

/** Unit outward normal by central differences of half width `e`, written to out[o..o+2]. */
export function bodyNormalInto(
  out: Float32Array,
  o: number,
  x: number,
  y: number,
  z: number,
  e = 0.002,
): void {
  const a = bodyDistance(x + e, y, z) - bodyDistance(x - e, y, z);
  const b = bodyDistance(x, y + e, z) - bodyDistance(x, y - e, z);
  const c = bodyDistance(x, y, z + e) - bodyDistance(x, y, z - e);
  const n = 1 / (Math.hypot(a, b, c) || 1);
  out[o] = a * n;
  out[o + 1] = b * n;
  out[o + 2] = c * n;
}
