/** The only place where the project's w, x, y, z becomes three's x, y, z, w. Axes need no change: x forward, y up, z right in both. */
import type { Quaternion } from 'three';

/**
 * Reads one unit quaternion (w, x, y, z) that starts at `offset` of `wxyz` into a three quaternion, normalised.
 * Returns false and leaves `out` alone where the value is not known (NaN, infinite or of zero length).
 */
export function readQuaternionInto(out: Quaternion, wxyz: ArrayLike<number>, offset: number): boolean {
  const w = wxyz[offset] ?? NaN;
  const x = wxyz[offset + 1] ?? NaN;
  const y = wxyz[offset + 2] ?? NaN;
  const z = wxyz[offset + 3] ?? NaN;
  const length = Math.sqrt(w * w + x * x + y * y + z * z);
  if (!(length > 1e-6) || !Number.isFinite(length)) return false;
  out.set(x / length, y / length, z / length, w / length);
  return true;
}
