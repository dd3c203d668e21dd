/**
 * Flat shapes of the arc, in the plane that faces the camera: x to the right, y up, angles in rad clockwise from the
 * top, as on a clock.
 */
import { BufferAttribute, BufferGeometry } from 'three';

const STEP_RAD = (1.5 * Math.PI) / 180;
const CAP_STEPS = 8;

/** Collects triangles; one geometry may hold several shapes. */
export class FlatShape {
  private readonly positions: number[] = [];
  private readonly indices: number[] = [];

  /** Ring sector between two angles; `round`: half-round ends beyond them. Returns the count of indices it took. */
  sector(inner: number, outer: number, from: number, to: number, round = false): number {
    const before = this.indices.length;
    const start = this.positions.length / 3;
    const middle = (inner + outer) / 2;
    const half = (outer - inner) / 2;
    const sign = Math.sign(to - from) || 1;
    const cap = (half / middle) * sign;
    if (round)
      for (let i = 0; i < CAP_STEPS; i++) {
        const t = ((i / CAP_STEPS) * Math.PI) / 2;
        this.pair(middle, half * Math.sin(t), from - cap * Math.cos(t));
      }
    const steps = Math.max(1, Math.ceil(Math.abs(to - from) / STEP_RAD));
    for (let i = 0; i <= steps; i++) this.pair(middle, half, from + ((to - from) * i) / steps);
    if (round)
      for (let i = CAP_STEPS - 1; i >= 0; i--) {
        const t = ((i / CAP_STEPS) * Math.PI) / 2;
        this.pair(middle, half * Math.sin(t), to + cap * Math.cos(t));
      }
    const pairs = this.positions.length / 6 - start / 2;
    for (let i = 0; i < pairs - 1; i++) {
      const k = start + 2 * i;
      this.indices.push(k, k + 1, k + 2, k + 1, k + 3, k + 2);
    }
    return this.indices.length - before;
  }

  /** Straight line along the radius at an angle. */
  spoke(inner: number, outer: number, angle: number, width: number): this {
    const start = this.positions.length / 3;
    const s = Math.sin(angle);
    const c = Math.cos(angle);
    for (const r of [inner, outer])
      for (const w of [-width / 2, width / 2]) this.positions.push(s * r + c * w, c * r - s * w, 0);
    this.indices.push(start, start + 1, start + 2, start + 1, start + 3, start + 2);
    return this;
  }

  /** Disc, or ring with an inner radius, about the origin. */
  disc(outer: number, inner = 0): this {
    this.sector(inner, outer, 0, 2 * Math.PI);
    return this;
  }

  /** Triangle about the origin whose tip points up. */
  triangle(size: number): this {
    const start = this.positions.length / 3;
    this.positions.push(0, size, 0, size * 0.95, -size * 0.7, 0, -size * 0.95, -size * 0.7, 0);
    this.indices.push(start, start + 1, start + 2);
    return this;
  }

  finish(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.positions), 3));
    geometry.setIndex(this.indices);
    return geometry;
  }

  private pair(middle: number, half: number, angle: number): void {
    const s = Math.sin(angle);
    const c = Math.cos(angle);
    this.positions.push(
      s * (middle - half),
      c * (middle - half),
      0,
      s * (middle + half),
      c * (middle + half),
      0,
    );
  }
}
