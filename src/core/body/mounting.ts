import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  multiplyInto,
  normalizeInto,
  rotateInto,
  rotateInverseInto,
  type Quaternion,
} from '../math/quaternion.ts';
import { facingFromEarthInto } from './facing-frame.ts';

/**
 * How a sensor sits on its segment. In the neutral window the segment's orientation in the Facing frame is known,
 * so of the whole mounting only one number is open: the heading of "forward" in the sensor's own earth frame.
 */

/** Smallest rotation that turns unit vector a onto unit vector b. */
export function shortestRotationInto(
  out: Quaternion,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): Quaternion {
  const w = 1 + a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  if (w < 1e-9) {
    // Opposite: half a turn about any axis across.
    const useX = Math.abs(a[0]) < 0.8;
    out[0] = 0;
    out[1] = useX ? 0 : -a[1];
    out[2] = useX ? -a[2] : a[0];
    out[3] = useX ? a[1] : 0;
    return normalizeInto(out, out);
  }
  out[0] = w;
  out[1] = a[1] * b[2] - a[2] * b[1];
  out[2] = a[2] * b[0] - a[0] * b[2];
  out[3] = a[0] * b[1] - a[1] * b[0];
  return normalizeInto(out, out);
}

export interface NominalHeading {
  /** Heading of forward in the sensor's earth frame at neutral, rad, counter-clockwise. */
  readonly forwardHeadingRad: number;
  /** How far gravity had to turn the stated mounting, rad. */
  readonly correctionRad: number;
}

/**
 * Refines a stated mounting by gravity: the smallest turn that makes the pose's up axis point up.
 *
 * @param qSegmentFromSensor as stated, true within {@link MOUNT_TOLERANCE_RAD}
 * @param qEarthFromSensorNeutral mean orientation in the neutral window
 * @param qFacingFromSegmentNeutral what the pose says
 */
export function headingFromStatedMount(
  qSegmentFromSensor: ArrayLike<number>,
  qEarthFromSensorNeutral: ArrayLike<number>,
  qFacingFromSegmentNeutral: ArrayLike<number>,
): NominalHeading {
  const vector = new Float64Array(3);
  const upStated = rotateInverseInto(vector, qEarthFromSensorNeutral, [0, 0, 1]);
  rotateInto(upStated, qSegmentFromSensor, upStated);
  const upPose = rotateInverseInto(new Float64Array(3), qFacingFromSegmentNeutral, [0, 1, 0]);
  const correctionRad = Math.acos(
    Math.max(-1, Math.min(1, upStated[0] * upPose[0] + upStated[1] * upPose[1] + upStated[2] * upPose[2])),
  );
  const q = shortestRotationInto(createQuaternion(), upStated, upPose);
  multiplyInto(q, q, qSegmentFromSensor);
  // qEarthFromFacing = qEarthFromSensor (qFacingFromSegment qSegmentFromSensor)*; forward is its x axis.
  multiplyInto(q, qFacingFromSegmentNeutral, q);
  conjugateInto(q, q);
  multiplyInto(q, qEarthFromSensorNeutral, q);
  const forward = rotateInto(new Float64Array(3), q, [1, 0, 0]);
  return { forwardHeadingRad: Math.atan2(forward[1], forward[0]), correctionRad };
}

/**
 * The mounting that makes the segment take its neutral orientation in the neutral window.
 * qSensorFromSegment = qEarthFromSensor* qEarthFromFacing qFacingFromSegment.
 */
export function sensorFromSegmentInto(
  out: Quaternion,
  forwardHeadingRad: number,
  qEarthFromSensorNeutral: ArrayLike<number>,
  qFacingFromSegmentNeutral: ArrayLike<number>,
): Quaternion {
  const qFacingFromEarth = facingFromEarthInto(createQuaternion(), forwardHeadingRad);
  conjugateMultiplyInto(out, qFacingFromEarth, qFacingFromSegmentNeutral);
  return conjugateMultiplyInto(out, qEarthFromSensorNeutral, out);
}

/** Mean of quaternions that lie close together, over rows first to last (inclusive) of a 4-column array; NaN rows are left out. */
export function meanOrientationInto(
  out: Quaternion,
  orientations: ArrayLike<number>,
  first: number,
  last: number,
): Quaternion {
  let w = 0,
    x = 0,
    y = 0,
    z = 0;
  for (let i = first; i <= last; i++) {
    const at = 4 * i;
    const qw = orientations[at];
    if (qw !== qw) continue;
    const sign =
      w * qw + x * orientations[at + 1] + y * orientations[at + 2] + z * orientations[at + 3] < 0 ? -1 : 1;
    w += sign * qw;
    x += sign * orientations[at + 1];
    y += sign * orientations[at + 2];
    z += sign * orientations[at + 3];
  }
  out[0] = w;
  out[1] = x;
  out[2] = y;
  out[3] = z;
  return normalizeInto(out, out);
}
