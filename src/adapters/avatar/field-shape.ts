/** Signed-distance shapes that the body is melted together from. Negative is inside; metres. */

export type Field = (x: number, y: number, z: number) => number;

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Length of a vector; several times faster than Math.hypot, which guards against overflow. */
function length(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z);
}

/** Smooth step from 0 at `a` to 1 at `b`; `a` may lie above `b`. */
export function smoothStep(a: number, b: number, value: number): number {
  const t = clamp((value - a) / (b - a), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Smooth minimum: two surfaces melt together over the width `k`. */
export function melt(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0);
  return Math.min(a, b) - (h * h) / (4 * k);
}

/** One cross-section of a loft: distance along the axis; radius to the front, to the back, to the side; shift of its centre forward. */
export type Station = readonly [number, number, number, number, number?];

const ROWS = 80;
const COLUMNS = 4;

/**
 * A row of oval cross-sections along a straight axis in the y-z plane, smooth between the stations.
 * `power` 2 gives ellipses, more gives squarer ovals.
 */
export function loft(
  origin: { readonly x: number; readonly y: number; readonly z: number },
  axisY: number,
  axisZ: number,
  stations: readonly Station[],
  power = 2,
): Field {
  const first = stations[0]![0];
  const extent = stations[stations.length - 1]![0] - first;
  const table = sampleStations(stations, first, extent);
  return (x, y, z) => {
    const ry = y - origin.y;
    const rz = z - origin.z;
    const along = ry * axisY + rz * axisZ - first;
    const inside = clamp(along, 0, extent);
    const row = (inside / extent) * ROWS;
    const k = (row | 0) * COLUMNS;
    const t = row - (row | 0);
    const value = (j: number) => table[k + j]! + t * (table[k + j + COLUMNS]! - table[k + j]!);
    const a = x - origin.x - value(3);
    const b = rz * -axisY + ry * axisZ; // sideways in the frame of the limb
    const rx = a > 0 ? value(0) : value(1);
    const rs = value(2);
    const u = a / rx;
    const v = b / rs;
    const round = length(u, v);
    const shaped = power === 2 ? round : (Math.abs(u) ** power + Math.abs(v) ** power) ** (1 / power);
    const d = round < 1e-4 ? -Math.min(rx, rs) : ((shaped - 1) * round) / length(u / rx, v / rs);
    const beyond = along - inside;
    if (beyond === 0) return d;
    return d > 0 ? length(d, beyond) : Math.abs(beyond) + d * 0.2;
  };
}

/** Hermite interpolation with finite-difference slopes: smooth outlines from few stations. */
function sampleStations(stations: readonly Station[], first: number, extent: number): Float32Array {
  const table = new Float32Array((ROWS + 2) * COLUMNS);
  const at = (k: number, j: number) => stations[clamp(k, 0, stations.length - 1)]![j] ?? 0;
  let s = 0;
  for (let i = 0; i <= ROWS + 1; i++) {
    const u = first + (extent * Math.min(i, ROWS)) / ROWS;
    while (s < stations.length - 2 && u > at(s + 1, 0)) s++;
    const step = at(s + 1, 0) - at(s, 0);
    const t = (u - at(s, 0)) / step;
    for (let j = 1; j <= COLUMNS; j++) {
      const slope = (k: number) => ((at(k + 1, j) - at(k - 1, j)) / (at(k + 1, 0) - at(k - 1, 0))) * step;
      const a = at(s, j);
      const m = slope(s);
      const n = slope(s + 1);
      const c = at(s + 1, j) - a;
      table[i * COLUMNS + j - 1] = a + t * (m + t * (3 * c - 2 * m - n + t * (m + n - 2 * c)));
    }
  }
  return table;
}

/** Ellipsoid at a centre with three radii, turned by `roll` rad about x. */
export function ellipsoid(
  centre: readonly [number, number, number],
  radii: readonly [number, number, number],
  roll = 0,
): Field {
  const c = Math.cos(roll);
  const s = Math.sin(roll);
  const [cx, cy, cz] = centre;
  const [rx, ry, rz] = radii;
  return (x, y, z) => {
    const dy = y - cy;
    const dz = z - cz;
    const a = (x - cx) / rx;
    const b = (dy * c + dz * s) / ry;
    const e = (dz * c - dy * s) / rz;
    const k = length(a, b, e);
    return k < 1e-4 ? -Math.min(rx, ry, rz) : (k * (k - 1)) / length(a / rx, b / ry, e / rz);
  };
}

/** Capsule from `a` to `b` with radius `ra` at a and `rb` at b. */
export function capsule(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  ra: number,
  rb: number,
): Field {
  const [ax, ay, az] = a;
  const dx = b[0] - ax;
  const dy = b[1] - ay;
  const dz = b[2] - az;
  const n = 1 / (dx * dx + dy * dy + dz * dz);
  return (x, y, z) => {
    const px = x - ax;
    const py = y - ay;
    const pz = z - az;
    const t = clamp((px * dx + py * dy + pz * dz) * n, 0, 1);
    return length(px - dx * t, py - dy * t, pz - dz * t) - (ra + (rb - ra) * t);
  };
}
