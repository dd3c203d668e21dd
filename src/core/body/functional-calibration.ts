import { RAD_PER_DEG } from '../math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  rotateInto,
  toRotationVectorInto,
  upChangeRad,
} from '../math/quaternion.ts';
import type { SegmentRole } from './segment-role.ts';

/** Rotation slower than this says nothing about an axis. */
const MOVING_RAD_PER_S = 15 * RAD_PER_DEG;
const GESTURE_STARTS_RAD = 15 * RAD_PER_DEG;
const GESTURE_ENDS_RAD = 10 * RAD_PER_DEG;
const GESTURE_ENDS_SHARE = 0.35;
const MOST_GESTURES = 12;

export const LEAST_BOW_RAD = 30 * RAD_PER_DEG;
export const LEAST_ARM_RAISE_RAD = 60 * RAD_PER_DEG;
/** Lower back and pelvis bow less than the upper back; from here on their axis can still be read. */
export const LEAST_LOWER_BOW_RAD = 12 * RAD_PER_DEG;
export const BOW_PLANARITY = 0.85;
export const ARM_RAISE_PLANARITY = 0.8;
export const LARGEST_AXIS_TILT_RAD = 15 * RAD_PER_DEG;
export const LARGEST_AXIS_SPREAD_RAD = 10 * RAD_PER_DEG;

/** What one gesture, repeated, showed of a sensor's axis. */
export interface GestureAxis {
  /** Unit axis in sensor coordinates, signed along the outward rotation of the gesture. */
  readonly axisInSensor: Float64Array;
  /** Share of the rotation that happened about this one axis, 0 to 1. */
  readonly planarity: number;
  /** Largest angle between the axis of one gesture and their mean, rad. */
  readonly spreadRad: number;
}

/** Follows one sensor through a repeated gesture (bow, arm raise) and finds the axis it turned about. */
export class GestureTracker {
  /** Gestures that came back, and the peaks of each, rad. */
  gestureCount = 0;
  readonly peaksRad = new Float64Array(MOST_GESTURES);
  /** Lean from where the step began, rad. */
  angleRad = 0;
  largestRad = 0;

  private readonly qStart = createQuaternion();
  private readonly turn = createQuaternion();
  private readonly vector = new Float64Array(3);
  private readonly outward = new Float64Array(3 * MOST_GESTURES);
  private readonly sums = new Float64Array(6 * MOST_GESTURES);
  private hasStart = false;
  private isOut = false;
  private peakRad = 0;

  /** One sample. `gyroRadPerS` without bias, on the sensor's axes. Allocates nothing. */
  push(dtS: number, qEarthFromSensor: ArrayLike<number>, x: number, y: number, z: number): void {
    if (!this.hasStart) {
      for (let i = 0; i < 4; i++) this.qStart[i] = qEarthFromSensor[i];
      this.hasStart = true;
    }
    conjugateMultiplyInto(this.turn, this.qStart, qEarthFromSensor);
    // How far up has moved in the sensor: a bow and a raised arm are leans, and a drifting heading is none.
    this.angleRad = upChangeRad(this.qStart, qEarthFromSensor);
    if (this.angleRad > this.largestRad) this.largestRad = this.angleRad;
    const at = this.gestureCount;
    if (at >= MOST_GESTURES) return;
    if (x * x + y * y + z * z > MOVING_RAD_PER_S * MOVING_RAD_PER_S) {
      const s = 6 * at;
      this.sums[s] += x * x * dtS;
      this.sums[s + 1] += x * y * dtS;
      this.sums[s + 2] += x * z * dtS;
      this.sums[s + 3] += y * y * dtS;
      this.sums[s + 4] += y * z * dtS;
      this.sums[s + 5] += z * z * dtS;
    }
    if (!this.isOut && this.angleRad > GESTURE_STARTS_RAD) {
      this.isOut = true;
      this.peakRad = 0;
    }
    if (!this.isOut) return;
    if (this.angleRad > this.peakRad) {
      this.peakRad = this.angleRad;
      toRotationVectorInto(this.vector, this.turn);
      for (let i = 0; i < 3; i++) this.outward[3 * at + i] = this.vector[i];
    }
    if (this.angleRad < Math.max(GESTURE_ENDS_RAD, GESTURE_ENDS_SHARE * this.peakRad)) {
      this.isOut = false;
      this.peaksRad[at] = this.peakRad;
      this.gestureCount++;
    }
  }

  /** True from the way out until the way back has ended. */
  get isUnderWay(): boolean {
    return this.isOut;
  }

  /** Gestures that went at least this far. */
  countReaching(leastRad: number): number {
    let count = 0;
    for (let i = 0; i < this.gestureCount; i++) if (this.peaksRad[i] >= leastRad) count++;
    return count;
  }

  /** Axis over all gestures that went at least this far; null when none did. */
  axis(leastRad: number): GestureAxis | null {
    const total = new Float64Array(6),
      axes: Float64Array[] = [];
    const reference = new Float64Array(3);
    for (let g = 0; g < this.gestureCount; g++) {
      if (this.peaksRad[g] < leastRad) continue;
      const sums = this.sums.subarray(6 * g, 6 * g + 6);
      for (let i = 0; i < 6; i++) total[i] += sums[i];
      const outward = this.outward.subarray(3 * g, 3 * g + 3);
      axes.push(pointAlong(principalAxis(sums).axis, outward));
      for (let i = 0; i < 3; i++) reference[i] += outward[i];
    }
    if (axes.length === 0) return null;
    const { axis, share } = principalAxis(total);
    pointAlong(axis, reference);
    let spreadRad = 0;
    for (const one of axes) spreadRad = Math.max(spreadRad, angleBetween(one, axis));
    return { axisInSensor: axis, planarity: share, spreadRad };
  }
}

function pointAlong(axis: Float64Array, direction: ArrayLike<number>): Float64Array {
  if (axis[0] * direction[0] + axis[1] * direction[1] + axis[2] * direction[2] < 0)
    for (let i = 0; i < 3; i++) axis[i] = -axis[i];
  return axis;
}

function angleBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
}

/**
 * First eigenvector of a symmetric 3 x 3 matrix (xx, xy, xz, yy, yz, zz) and its share of the trace, by squaring the
 * matrix: each square doubles the distance between the eigenvalues.
 */
function principalAxis(m: ArrayLike<number>): { axis: Float64Array; share: number } {
  const trace = m[0] + m[3] + m[5];
  const axis = new Float64Array(3);
  if (!(trace > 0)) return { axis, share: 0 };
  let [a, b, c, d, e, f] = [
    m[0] / trace,
    m[1] / trace,
    m[2] / trace,
    m[3] / trace,
    m[4] / trace,
    m[5] / trace,
  ];
  for (let i = 0; i < 12; i++) {
    const aa = a * a + b * b + c * c,
      ab = a * b + b * d + c * e,
      ac = a * c + b * e + c * f,
      dd = b * b + d * d + e * e,
      de = b * c + d * e + e * f,
      ff = c * c + e * e + f * f;
    const t = aa + dd + ff;
    [a, b, c, d, e, f] = [aa / t, ab / t, ac / t, dd / t, de / t, ff / t];
  }
  const [x, y, z] = a >= d && a >= f ? [a, b, c] : d >= f ? [b, d, e] : [c, e, f];
  const n = Math.hypot(x, y, z);
  axis[0] = x / n;
  axis[1] = y / n;
  axis[2] = z / n;
  const along =
    m[0] * axis[0] * axis[0] +
    m[3] * axis[1] * axis[1] +
    m[5] * axis[2] * axis[2] +
    2 * (m[1] * axis[0] * axis[1] + m[2] * axis[0] * axis[2] + m[4] * axis[1] * axis[2]);
  return { axis, share: along / trace };
}

/**
 * Heading of forward in the sensor's earth frame, from the segment's own right-pointing axis in sensor coordinates
 * and the orientation at neutral: forward is up x right.
 *
 * @returns heading (rad, counter-clockwise) and how far the axis was from level (rad)
 */
export function forwardFromRightAxis(
  rightInSensor: ArrayLike<number>,
  qEarthFromSensorNeutral: ArrayLike<number>,
): { headingRad: number; axisTiltRad: number } {
  const right = rotateInto(new Float64Array(3), qEarthFromSensorNeutral, rightInSensor);
  return {
    headingRad: Math.atan2(right[0], -right[1]),
    axisTiltRad: Math.asin(Math.max(-1, Math.min(1, right[2]))),
  };
}

/**
 * The usual way a unit is worn: its printed face (+z) away from the body, its +y up. Used where no movement told.
 * Only the face decides the heading, so a unit that hangs upside down is read right.
 *
 * @returns heading of forward and how level the face's direction was, 0 to 1 (below 0.5 the heading is a guess)
 */
export function forwardFromUsualMounting(
  role: SegmentRole,
  qEarthFromSensorNeutral: ArrayLike<number>,
): { headingRad: number; certainty: number } {
  const face = rotateInto(new Float64Array(3), qEarthFromSensorNeutral, FACE);
  const faceHeadingRad = Math.atan2(face[1], face[0]);
  return {
    headingRad: faceHeadingRad + FORWARD_FROM_FACE_RAD[role],
    certainty: Math.hypot(face[0], face[1]),
  };
}

const FACE = [0, 0, 1] as const;

/** A face on the back looks backward; on the right arm to the right, so forward lies a quarter turn to its left. */
const FORWARD_FROM_FACE_RAD: Readonly<Record<SegmentRole, number>> = {
  upperBack: Math.PI,
  lowerBack: Math.PI,
  pelvis: Math.PI,
  upperArmLeft: -Math.PI / 2,
  upperArmRight: Math.PI / 2,
};

/** How a unit sits against the usual way. 'turned': by a quarter turn on its face, or with the face elsewhere. */
export function describeMounting(
  role: SegmentRole,
  forwardHeadingRad: number,
  qEarthFromSensorNeutral: ArrayLike<number>,
): 'inPlace' | 'upsideDown' | 'turned' {
  const up = rotateInto(new Float64Array(3), qEarthFromSensorNeutral, [0, 1, 0]);
  const usual = forwardFromUsualMounting(role, qEarthFromSensorNeutral);
  const offRad = Math.abs(
    Math.atan2(
      Math.sin(forwardHeadingRad - usual.headingRad),
      Math.cos(forwardHeadingRad - usual.headingRad),
    ),
  );
  if (offRad > Math.PI / 4 || Math.abs(up[2]) < Math.SQRT1_2) return 'turned';
  return up[2] < 0 ? 'upsideDown' : 'inPlace';
}
