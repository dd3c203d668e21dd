import { BoxGeometry, Vector3, type BufferGeometry } from 'three';
import { clamp } from './field-shape.ts';

/** Segments along each edge: the two outermost on each side make the round. */
const SEGMENTS = 9;
/** Share of the radius at each of the five inner lines, from the middle to the rim. */
const ROUND = 4;

/** Box with rounded edges of radius `r`, metres. */
export function createRoundedBox(w: number, h: number, d: number, r: number): BufferGeometry {
  const box = new BoxGeometry(w, h, d, SEGMENTS, SEGMENTS, SEGMENTS);
  const positions = box.getAttribute('position');
  const normals = box.getAttribute('normal');
  const inner = new Vector3();
  const v = new Vector3();
  for (let i = 0; i < positions.count; i++) {
    v.set(
      crowd(positions.getX(i), w / 2, r),
      crowd(positions.getY(i), h / 2, r),
      crowd(positions.getZ(i), d / 2, r),
    );
    inner.set(
      clamp(v.x, r - w / 2, w / 2 - r),
      clamp(v.y, r - h / 2, h / 2 - r),
      clamp(v.z, r - d / 2, d / 2 - r),
    );
    v.sub(inner);
    if (v.lengthSq() < 1e-12) v.fromBufferAttribute(normals, i);
    v.normalize();
    normals.setXYZ(i, v.x, v.y, v.z);
    inner.addScaledVector(v, r);
    positions.setXYZ(i, inner.x, inner.y, inner.z);
  }
  return box;
}

/** Crowds the inner lines of an edge into its rounded ends, so that few segments make a round edge. */
function crowd(value: number, half: number, r: number): number {
  const line = Math.round((Math.abs(value) / half) * SEGMENTS); // 1, 3, 5, 7, 9 from the middle to the rim
  if (line >= SEGMENTS) return Math.sign(value) * half;
  const share = Math.max(0, (line - 1) / 2 / ROUND) ** 0.8;
  return Math.sign(value) * (half - r + r * share);
}
