import { multiply3, invert3, multiplyVectorInto } from '../math/matrix3.ts';
import { eigenvectors, solvePositive } from '../math/symmetric-matrix.ts';
import type { AxisCorrection } from '../packet/sensor-calibration.ts';

export interface MagnetFit {
  readonly correction: AxisCorrection;
  /** Mean size of the corrected field, uT. */
  readonly fieldMicroTesla: number;
  /** Standard deviation of the size over its mean, as read and corrected. */
  readonly scatterBefore: number;
  readonly scatterAfter: number;
}

/** Longest over shortest axis of an ellipsoid that metal on a board makes; beyond it is no such thing. */
const LARGEST_STRETCH = 2;

/**
 * Ellipsoid of the points by least squares (x Q x + 2 b x = 1, nine unknowns), turned into the sphere of the same volume:
 * hard iron is its centre, soft iron its shape.
 *
 * @param points row-major, 3 columns, uT; @param count rows
 * @returns null where the points lie on no ellipsoid
 */
export function fitMagnet(points: ArrayLike<number>, count: number): MagnetFit | null {
  const centre = [0, 0, 0];
  for (let i = 0; i < count; i++) for (let k = 0; k < 3; k++) centre[k] += points[3 * i + k] / count;
  let spread = 0;
  for (let i = 0; i < count; i++)
    for (let k = 0; k < 3; k++) spread += (points[3 * i + k] - centre[k]) ** 2 / count;
  const unit = Math.sqrt(spread);
  const normal = new Float64Array(81),
    right = new Float64Array(9),
    row = new Float64Array(9);
  for (let i = 0; i < count; i++) {
    const x = (points[3 * i] - centre[0]) / unit,
      y = (points[3 * i + 1] - centre[1]) / unit,
      z = (points[3 * i + 2] - centre[2]) / unit;
    row.set([x * x, y * y, z * z, 2 * x * y, 2 * x * z, 2 * y * z, 2 * x, 2 * y, 2 * z]);
    for (let a = 0; a < 9; a++) {
      right[a] += row[a];
      for (let b = 0; b < 9; b++) normal[9 * a + b] += row[a] * row[b];
    }
  }
  const p = solvePositive(normal, right, 9);
  if (p === null) return null;
  const q = [p[0], p[3], p[4], p[3], p[1], p[5], p[4], p[5], p[2]];
  const shift = new Float64Array(3);
  multiplyVectorInto(shift, 0, invert3(q), -p[6], -p[7], -p[8]);
  // At the centre the equation reads (x-c) Q (x-c) = 1 + c Q c.
  const level = 1 - (shift[0] * p[6] + shift[1] * p[7] + shift[2] * p[8]);
  const { values, vectors } = eigenvectors(
    q.map((value) => value / level),
    3,
  );
  const least = Math.min(...values),
    most = Math.max(...values);
  if (!(least > 0) || most / least > LARGEST_STRETCH ** 2) return null;
  // Root of Q, scaled so that the volume stays.
  const mean = Math.cbrt(Math.sqrt(values[0] * values[1] * values[2]));
  const roots = new Float64Array(9);
  for (let i = 0; i < 3; i++) roots[4 * i] = Math.sqrt(values[i]) / mean;
  const transposed = Float64Array.from({ length: 9 }, (_, i) => vectors[3 * (i % 3) + Math.floor(i / 3)]);
  const matrix = multiply3(multiply3(vectors, roots), transposed);
  const offset = [0, 1, 2].map((k) => centre[k] + unit * shift[k]);
  const sizes = new Float64Array(count),
    raw = new Float64Array(count),
    corrected = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    const x = points[3 * i],
      y = points[3 * i + 1],
      z = points[3 * i + 2];
    raw[i] = Math.hypot(x, y, z);
    multiplyVectorInto(corrected, 0, matrix, x - offset[0], y - offset[1], z - offset[2]);
    sizes[i] = Math.hypot(corrected[0], corrected[1], corrected[2]);
  }
  const after = meanAndScatter(sizes);
  return {
    correction: { matrix: [...matrix], offset: [offset[0], offset[1], offset[2]] },
    fieldMicroTesla: after.mean,
    scatterBefore: meanAndScatter(raw).scatter,
    scatterAfter: after.scatter,
  };
}

function meanAndScatter(values: Float64Array): { readonly mean: number; readonly scatter: number } {
  let mean = 0,
    squares = 0;
  for (const value of values) mean += value / values.length;
  for (const value of values) squares += (value - mean) ** 2 / values.length;
  return { mean, scatter: Math.sqrt(squares) / mean };
}
