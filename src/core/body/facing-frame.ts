import { multiplyInto, type Quaternion } from '../math/quaternion.ts';

/**
 * The Facing frame: x the way the person faced at neutral, y up, z to their right. Earth frames have z up, so
 * Facing is Earth turned about the vertical until x points forward, followed by one fixed turn of -90 deg about x:
 * (x, y, z) in that turned Earth is (x, z, -y) in Facing. A person upright at neutral has every
 * `qFacingFromSegment` equal to the identity.
 */
export const Q_FACING_FROM_FORWARD_EARTH: Readonly<Float64Array> = Float64Array.of(
  Math.SQRT1_2,
  -Math.SQRT1_2,
  0,
  0,
);

/** The way from an Earth frame in which forward lies at `headingRad` (counter-clockwise from x, seen from above). */
export function facingFromEarthInto(out: Quaternion, headingRad: number): Quaternion {
  const half = headingRad / 2;
  headingTurn[0] = Math.cos(half);
  headingTurn[1] = 0;
  headingTurn[2] = 0;
  headingTurn[3] = -Math.sin(half);
  return multiplyInto(out, Q_FACING_FROM_FORWARD_EARTH, headingTurn);
}

const headingTurn = new Float64Array(4);
