/** Turns the distance field into one indexed, smooth, skinned mesh (surface nets), once per page. */
import { bodyDistance, bodyNormalInto } from './body-field.ts';
import { skinInto } from './body-skin.ts';
import { clamp } from './field-shape.ts';

/** Plain arrays, shared by every figure; each figure wraps them in its own geometry. */
export interface BodyMesh {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Openness 0 (crease) to 1 (free), per vertex. */
  readonly shade: Float32Array;
  readonly bones: Uint16Array;
  readonly weights: Float32Array;
  readonly indices: Uint16Array;
}

/** Edge of a grid cell, m: about 11 400 triangles. 0.026 gives about 7 000. */
const CELL = 0.0205;
const X0 = -0.19;
const Y0 = -0.03;
const NX = Math.ceil(0.41 / CELL);
const NY = Math.ceil(1.8 / CELL);
const HALF = Math.ceil(0.86 / CELL);
const NZ = 2 * HALF + 1;
const STEPS = [1, NX, NX * NY] as const;
const BLOCK = 4;

const cell = (i: number, j: number, k: number) => (k * NY + j) * NX + i;
/** z runs through the middle of a cell column, so that the mesh is symmetrical. */
const zAt = (k: number) => (k - HALF) * CELL;

let built: BodyMesh | undefined;

/** The body's mesh; built at the first call (about a tenth of a second), then kept. */
export function bodyMesh(): BodyMesh {
  return (built ??= buildBodyMesh());
}

function buildBodyMesh(): BodyMesh {
  const grid = sampleField();
  const { points, vertexOfCell } = placeVertices(grid);
  const indices = new Uint16Array(joinQuads(grid, points, vertexOfCell));
  const positions = new Float32Array(points);
  const count = positions.length / 3;
  const normals = new Float32Array(count * 3);
  const shade = new Float32Array(count);
  const bones = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let v = 0; v < count; v++) settleVertex(v, positions, normals, shade, bones, weights);
  return { positions, normals, shade, bones, weights, indices };
}

/** Samples the right half and mirrors it. A coarse pass skips the blocks that the surface cannot reach. */
function sampleField(): Float32Array {
  const grid = new Float32Array(NX * NY * NZ).fill(1);
  const reach = BLOCK * CELL * 0.95 + 0.03;
  const middle = (BLOCK - 1) / 2;
  for (let k0 = HALF; k0 < NZ; k0 += BLOCK)
    for (let j0 = 0; j0 < NY; j0 += BLOCK)
      for (let i0 = 0; i0 < NX; i0 += BLOCK) {
        const d = bodyDistance(X0 + (i0 + middle) * CELL, Y0 + (j0 + middle) * CELL, zAt(k0 + middle));
        const far = Math.abs(d) > reach;
        for (let k = k0; k < Math.min(k0 + BLOCK, NZ); k++)
          for (let j = j0; j < Math.min(j0 + BLOCK, NY); j++)
            for (let i = i0; i < Math.min(i0 + BLOCK, NX); i++) {
              const value = far ? d : bodyDistance(X0 + i * CELL, Y0 + j * CELL, zAt(k));
              grid[cell(i, j, k)] = value;
              grid[cell(i, j, 2 * HALF - k)] = value;
            }
      }
  return grid;
}

/** One vertex in every cell that the surface crosses, at the mean of its edge crossings. */
function placeVertices(grid: Float32Array): { points: number[]; vertexOfCell: Int32Array } {
  const vertexOfCell = new Int32Array(NX * NY * NZ).fill(-1);
  const points: number[] = [];
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map(
    (c) => (c & 1) * STEPS[0] + ((c >> 1) & 1) * STEPS[1] + (c >> 2) * STEPS[2],
  );
  for (let k = 0; k < NZ - 1; k++)
    for (let j = 0; j < NY - 1; j++)
      for (let i = 0; i < NX - 1; i++) {
        const base = cell(i, j, k);
        let mask = 0;
        for (let c = 0; c < 8; c++) if (grid[base + corners[c]!]! < 0) mask |= 1 << c;
        if (mask === 0 || mask === 255) continue;
        let n = 0;
        let sx = 0;
        let sy = 0;
        let sz = 0;
        for (let c = 0; c < 8; c++)
          for (let axis = 0; axis < 3; axis++) {
            const e = c | (1 << axis);
            if (e === c || ((mask >> c) & 1) === ((mask >> e) & 1)) continue;
            const g = grid[base + corners[c]!]!;
            const t = g / (g - grid[base + corners[e]!]!);
            sx += (c & 1) + (axis === 0 ? t : 0);
            sy += ((c >> 1) & 1) + (axis === 1 ? t : 0);
            sz += (c >> 2) + (axis === 2 ? t : 0);
            n++;
          }
        vertexOfCell[base] = points.length / 3;
        points.push(X0 + (i + sx / n) * CELL, Y0 + (j + sy / n) * CELL, zAt(k) + (sz / n) * CELL);
      }
  return { points, vertexOfCell };
}

/** One quad for every grid edge that the surface crosses, cut along its shorter diagonal. */
function joinQuads(grid: Float32Array, points: readonly number[], vertexOfCell: Int32Array): number[] {
  const indices: number[] = [];
  const gap = (m: number, n: number) =>
    Math.hypot(
      points[3 * m]! - points[3 * n]!,
      points[3 * m + 1]! - points[3 * n + 1]!,
      points[3 * m + 2]! - points[3 * n + 2]!,
    );
  for (let k = 1; k < NZ - 1; k++)
    for (let j = 1; j < NY - 1; j++)
      for (let i = 1; i < NX - 1; i++) {
        const base = cell(i, j, k);
        const inside = grid[base]! < 0;
        for (let axis = 0; axis < 3; axis++) {
          if (inside === grid[base + STEPS[axis]!]! < 0) continue;
          const u = STEPS[(axis + 1) % 3]!;
          const v = STEPS[(axis + 2) % 3]!;
          const a = vertexOfCell[base]!;
          const c = vertexOfCell[base - u - v]!;
          // the winding follows which end lies inside
          const b = vertexOfCell[inside ? base - u : base - v]!;
          const d = vertexOfCell[inside ? base - v : base - u]!;
          if (gap(a, c) < gap(b, d)) indices.push(a, b, c, a, c, d);
          else indices.push(a, b, d, b, c, d);
        }
      }
  return indices;
}

/** Pulls a vertex onto the true surface and takes normal, soft occlusion and bones from the field. */
function settleVertex(
  v: number,
  positions: Float32Array,
  normals: Float32Array,
  shade: Float32Array,
  bones: Uint16Array,
  weights: Float32Array,
): void {
  const o = v * 3;
  let x = positions[o]!;
  let y = positions[o + 1]!;
  let z = positions[o + 2]!;
  bodyNormalInto(normals, o, x, y, z);
  for (let n = 0; n < 2; n++) {
    const d = clamp(bodyDistance(x, y, z), -CELL / 2, CELL / 2);
    x -= normals[o]! * d;
    y -= normals[o + 1]! * d;
    z -= normals[o + 2]! * d;
  }
  bodyNormalInto(normals, o, x, y, z);
  positions[o] = x;
  positions[o + 1] = y;
  positions[o + 2] = z;
  let open = 0;
  for (const h of [0.02, 0.05, 0.1]) {
    const d = bodyDistance(x + normals[o]! * h, y + normals[o + 1]! * h, z + normals[o + 2]! * h);
    open += clamp(d / h, 0, 1);
  }
  shade[v] = open / 3;
  skinInto(bones, weights, v * 4, x, y, z);
}
