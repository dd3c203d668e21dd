import { GRAVITY_METERS_PER_S2 } from '../math/angle.ts';
import { invert3, multiplyVectorInto } from '../math/matrix3.ts';
import type { AxisCorrection } from '../packet/sensor-calibration.ts';

/** Faces in this order: +x up, -x up, +y up, -y up, +z up, -z up. */
export const FACE_COUNT = 6;

export interface FaceFit {
  readonly correction: AxisCorrection;
  /** Of each axis: what it reads of a true 1. */
  readonly scale: readonly [number, number, number];
  /** Largest angle by which an axis leans against the case, rad. */
  readonly skewRad: number;
  /** How far |acc| is from gravity on the worst face, m/s^2, as read and corrected. */
  readonly errorBefore: number;
  readonly errorAfter: number;
  /** The axis (0 to 2) whose two faces fit the others worst, and by how much, m/s^2. */
  readonly worstAxis: number;
  readonly misfit: number;
}

/**
 * Least squares of reading = M gravity + offset over six faces of a square case: twelve unknowns from eighteen readings.
 * The faces are even in all directions, so the solution is closed: the offset is the mean of all, each column of M half
 * the difference of two opposite faces.
 *
 * @param means 6 x 3, m/s^2, one row for each face
 */
export function fitFaces(means: ArrayLike<number>): FaceFit {
  const offset = new Float64Array(3),
    m = new Float64Array(9);
  for (let face = 0; face < FACE_COUNT; face++)
    for (let i = 0; i < 3; i++) offset[i] += means[3 * face + i] / FACE_COUNT;
  for (let axis = 0; axis < 3; axis++)
    for (let i = 0; i < 3; i++)
      m[3 * i + axis] = (means[6 * axis + i] - means[6 * axis + 3 + i]) / (2 * GRAVITY_METERS_PER_S2);
  const matrix = invert3(m);
  // What the middle of two opposite faces leaves of the common offset is all that can be left over.
  let worstAxis = 0,
    misfit = 0,
    skewRad = 0,
    errorBefore = 0,
    errorAfter = 0;
  const corrected = new Float64Array(3);
  for (let axis = 0; axis < 3; axis++) {
    let squares = 0;
    for (let i = 0; i < 3; i++) {
      const middle = (means[6 * axis + i] + means[6 * axis + 3 + i]) / 2;
      squares += (middle - offset[i]) ** 2;
      if (i !== axis) skewRad = Math.max(skewRad, Math.abs(Math.atan2(m[3 * i + axis], m[4 * axis])));
    }
    if (Math.sqrt(squares) > misfit) {
      misfit = Math.sqrt(squares);
      worstAxis = axis;
    }
  }
  for (let face = 0; face < FACE_COUNT; face++) {
    const x = means[3 * face],
      y = means[3 * face + 1],
      z = means[3 * face + 2];
    errorBefore = Math.max(errorBefore, Math.abs(Math.hypot(x, y, z) - GRAVITY_METERS_PER_S2));
    multiplyVectorInto(corrected, 0, matrix, x - offset[0], y - offset[1], z - offset[2]);
    const size = Math.hypot(corrected[0], corrected[1], corrected[2]);
    errorAfter = Math.max(errorAfter, Math.abs(size - GRAVITY_METERS_PER_S2));
  }
  return {
    correction: { matrix: [...matrix], offset: [offset[0], offset[1], offset[2]] },
    scale: [m[0], m[4], m[8]],
    skewRad,
    errorBefore,
    errorAfter,
    worstAxis,
    misfit,
  };
}
