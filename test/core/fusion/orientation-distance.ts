import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';

/** Angle between row `row` of two arrays of quaternions, deg. */
export function angleBetweenDeg(a: Float64Array, b: Float64Array, row: number): number {
  let dot = 0;
  for (let i = 0; i < 4; i++) dot += a[4 * row + i] * b[4 * row + i];
  return 2 * Math.acos(Math.min(1, Math.abs(dot))) * DEG_PER_RAD;
}

/** Angle between the verticals that row `row` of two arrays of sensor-to-world quaternions claim, deg. */
export function tiltBetweenDeg(a: Float64Array, b: Float64Array, row: number): number {
  const up = (q: Float64Array): readonly [number, number, number] => {
    const [w, x, y, z] = q.subarray(4 * row, 4 * row + 4);
    return [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)];
  };
  const u = up(a),
    v = up(b);
  return Math.acos(Math.max(-1, Math.min(1, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]))) * DEG_PER_RAD;
}
