/** Tile and straps of one worn sensor, cut from the body's field and skinned like the body below, so that they follow it. */
import { BoxGeometry, BufferAttribute, BufferGeometry, Matrix4, Vector3 } from 'three';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { ARM_COS, ARM_SIN, bodyDistance, bodyNormalInto } from './body-field.ts';
import { skinInto } from './body-skin.ts';
import { clamp } from './field-shape.ts';
import { SHOULDER } from './rig.ts';

export const TILE_HALF_WIDTH = 0.027;
export const TILE_HALF_HEIGHT = 0.0345;
const TILE_HALF_DEPTH = 0.008;
const TILE_CORNER = 0.012;
const TILE_BEVEL = 0.005;

const UP = new Vector3(0, 1, 0);
const BACK = new Vector3(-1, 0, 0);
const SIDE = new Vector3(0, 0, 1);

/** Rows across a strap: rim, face, face, rim. */
const STRAP_ROWS = [-1, -0.7, 0.7, 1] as const;

/**
 * Geometry of one role. The attribute `place` tells the shader where on the part a point lies: on a tile metres
 * right and up from its middle, on a strap metres along and -1 to 1 across; its third number is 1 on a tile.
 */
export function createSensorGeometry(role: SegmentRole): BufferGeometry {
  const builder = new SensorBuilder();
  switch (role) {
    case 'pelvis':
      builder.band(at(0, 0.975), BACK, SIDE, 0.026);
      builder.tile(at(0, 0.975), BACK, UP);
      break;
    case 'lowerBack':
      builder.band(at(-0.01, 1.125), BACK, SIDE, 0.026);
      builder.tile(at(-0.01, 1.125), BACK, UP);
      break;
    case 'upperBack':
      addHarness(builder);
      break;
    case 'upperArmLeft':
      addArmStrap(builder, -1);
      break;
    case 'upperArmRight':
      addArmStrap(builder, 1);
      break;
  }
  return builder.finish();
}

/** A band below the arms that rises to the tile, and a strap from the tile over each shoulder. */
function addHarness(builder: SensorBuilder): void {
  builder.band(at(-0.02, 1.252), new Vector3(-0.1, 0.095, 0).normalize(), SIDE, 0.02);
  for (const sign of [1, -1]) {
    const middle = at(-0.03, 1.355, 0.062 * sign);
    const towardsTile = at(-0.13, 1.362, 0.006 * sign)
      .sub(middle)
      .normalize();
    const over = at(-0.03, 1.45, 0.088 * sign).sub(middle);
    over.addScaledVector(towardsTile, -over.dot(towardsTile)).normalize();
    builder.band(middle, towardsTile, over, 0.02, -0.05, Math.PI * 1.1, 40);
  }
  builder.tile(at(-0.03, 1.365), BACK, UP);
}

/** Outer side of the upper arm, a little towards the back. */
function addArmStrap(builder: SensorBuilder, sign: 1 | -1): void {
  const along = 0.175;
  const middle = at(SHOULDER.x, SHOULDER.y - ARM_COS * along, (SHOULDER.z + ARM_SIN * along) * sign);
  const outwards = new Vector3(0, ARM_SIN, ARM_COS * sign);
  builder.band(middle, outwards, new Vector3(1, 0, 0), 0.024, 0, Math.PI * 2, 36);
  const facing = outwards.clone().addScaledVector(BACK, 0.55).normalize();
  builder.tile(middle, facing, new Vector3(0, ARM_COS, -ARM_SIN * sign));
}

function at(x: number, y: number, z = 0): Vector3 {
  return new Vector3(x, y, z);
}

/** Walks from inside the body outwards along a unit direction to its surface. */
function walkToSurface(from: Vector3, direction: Vector3, out: Vector3): Vector3 {
  let t = 0;
  for (let i = 0; i < 60; i++) {
    const d = bodyDistance(from.x + direction.x * t, from.y + direction.y * t, from.z + direction.z * t);
    if (d > -0.0004) break;
    t += Math.max(0.0008, -d * 0.7);
  }
  return out.copy(direction).multiplyScalar(t).add(from);
}

class SensorBuilder {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly places: number[] = [];
  private readonly indices: number[] = [];
  private readonly bones: number[] = [];
  private readonly weights: number[] = [];
  private readonly normal = new Float32Array(3);
  private readonly fourBones = new Uint16Array(4);
  private readonly fourWeights = new Float32Array(4);
  private readonly point = new Vector3();

  /** A band where a plane through `middle`, spanned by a and b, cuts the body, from angle `from` to `to` (rad, from a to b). */
  band(
    middle: Vector3,
    a: Vector3,
    b: Vector3,
    widthM: number,
    from = 0,
    to = Math.PI * 2,
    steps = 64,
  ): void {
    const across = new Vector3().crossVectors(b, a).normalize();
    const ray = new Vector3();
    const rowMiddle = new Vector3();
    const last = new Vector3();
    const start = this.positions.length / 3;
    let alongM = 0;
    for (let i = 0; i <= steps; i++) {
      const t = from + ((to - from) * i) / steps;
      ray.copy(a).multiplyScalar(Math.cos(t)).addScaledVector(b, Math.sin(t)).normalize();
      STRAP_ROWS.forEach((row, r) => {
        rowMiddle.copy(middle).addScaledVector(across, (row * widthM) / 2);
        const p = walkToSurface(rowMiddle, ray, this.point);
        if (r === 0) {
          if (i > 0) alongM += last.distanceTo(p);
          last.copy(p);
        }
        bodyNormalInto(this.normal, 0, p.x, p.y, p.z, 0.006);
        const [nx, ny, nz] = this.normal as unknown as [number, number, number];
        const lift = Math.abs(row) === 1 ? 0.001 : 0.0055;
        this.take(p);
        this.push(p.x + nx * lift, p.y + ny * lift, p.z + nz * lift, nx, ny, nz, alongM, row, 0);
        const k = start + i * STRAP_ROWS.length + r;
        if (i < steps && r < STRAP_ROWS.length - 1) this.indices.push(k, k + 1, k + 4, k + 1, k + 5, k + 4);
      });
    }
  }

  /** A rounded tile lying on the surface at the end of the ray. */
  tile(middle: Vector3, ray: Vector3, up: Vector3): void {
    const p = walkToSurface(middle, ray, this.point);
    bodyNormalInto(this.normal, 0, p.x, p.y, p.z, 0.02);
    const out = new Vector3().fromArray(this.normal);
    const right = new Vector3().crossVectors(up, out).normalize();
    const frame = new Matrix4().makeBasis(right, new Vector3().crossVectors(out, right), out);
    frame.setPosition(p.clone().addScaledVector(out, TILE_HALF_DEPTH * 0.84));
    this.take(p); // the whole tile moves with the point below its middle
    const start = this.positions.length / 3;
    const size = [TILE_HALF_WIDTH, TILE_HALF_HEIGHT, TILE_HALF_DEPTH] as const;
    const box = new BoxGeometry(2 * size[0], 2 * size[1], 2 * size[2], 7, 7, 4);
    const corners = box.getAttribute('position');
    const v = new Vector3();
    const n = new Vector3();
    for (let i = 0; i < corners.count; i++) {
      v.fromBufferAttribute(corners, i);
      roundCorner(v, n, size);
      const [u, w] = [v.x, v.y];
      v.applyMatrix4(frame);
      n.transformDirection(frame);
      this.push(v.x, v.y, v.z, n.x, n.y, n.z, u, w, 1);
    }
    for (const i of box.getIndex()!.array) this.indices.push(start + i);
    box.dispose();
  }

  finish(): BufferGeometry {
    const geometry = new BufferGeometry();
    const floats = (values: number[], size: number) => new BufferAttribute(new Float32Array(values), size);
    geometry.setAttribute('position', floats(this.positions, 3));
    geometry.setAttribute('normal', floats(this.normals, 3));
    geometry.setAttribute('place', floats(this.places, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(new Uint16Array(this.bones), 4));
    geometry.setAttribute('skinWeight', floats(this.weights, 4));
    geometry.setIndex(this.indices);
    return geometry;
  }

  /** Takes the bones below a point for what is pushed next. */
  private take(p: Vector3): void {
    skinInto(this.fourBones, this.fourWeights, 0, p.x, p.y, p.z);
  }

  private push(...v: [number, number, number, number, number, number, number, number, number]): void {
    this.positions.push(v[0], v[1], v[2]);
    this.normals.push(v[3], v[4], v[5]);
    this.places.push(v[6], v[7], v[8]);
    this.bones.push(...this.fourBones);
    this.weights.push(...this.fourWeights);
  }
}

/** Moves a point of a box onto the box with rounded edges, and gives its normal. */
function roundCorner(v: Vector3, normal: Vector3, [w, h, d]: readonly [number, number, number]): void {
  const x = clamp(v.x / (w - TILE_CORNER), -1, 1) * (w - TILE_CORNER);
  const y = clamp(v.y / (h - TILE_CORNER), -1, 1) * (h - TILE_CORNER);
  const z = clamp(v.z / (d - TILE_BEVEL), -1, 1) * (d - TILE_BEVEL);
  normal.set(v.x - x, v.y - y, (v.z - z) * (TILE_CORNER / TILE_BEVEL));
  if (normal.lengthSq() < 1e-12) normal.set(0, 0, 1);
  normal.normalize();
  v.set(x + normal.x * TILE_CORNER, y + normal.y * TILE_CORNER, z + normal.z * TILE_BEVEL);
}
