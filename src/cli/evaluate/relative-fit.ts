import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  fromRotationVectorInto,
  multiplyInto,
  normalizeInto,
  rotateInto,
  rotateInverseInto,
  toRotationVectorInto,
  type Quaternion,
} from '../../core/math/quaternion.ts';
import { wrapRad } from '../../core/math/angle.ts';
import { largestEigenvector, solvePositive } from '../../core/math/symmetric-matrix.ts';

/** Orientations of two sensors and their true relative orientation, row-major 4 x count, w x y z, all finite. */
export interface PairRows {
  readonly count: number;
  readonly qEarthFromA: Float64Array;
  readonly qEarthFromB: Float64Array;
  /** Reference of A from B. */
  readonly qAFromB: Float64Array;
}

/** The constants that were free: e = left conj(qA) Rz(heading) qB right conj(reference). */
export interface RelativeFit {
  readonly headingRad: number;
  readonly left: Quaternion;
  readonly right: Quaternion;
  /** Root mean square of the angle of e. */
  readonly rmseRad: number;
}

/** Headings tried as a start, and the rows that are looked at while trying. */
const START_COUNT = 24;
const START_ROWS = 500;
const UNKNOWNS = 7;

/**
 * Left and right rotation and heading with the least root mean square of the angle of e. Each of many headings is a
 * start: the rotations follow from it in closed form (mean quaternions, then Davenport's solution of Wahba's problem).
 * The best is refined over all rows by Levenberg-Marquardt, which never takes a step that makes things worse.
 */
export function fitRelative(rows: PairRows): RelativeFit {
  const few = thinOut(rows);
  let best: RelativeFit | null = null;
  for (let i = 0; i < START_COUNT; i++) {
    const fit = refineFit(few, startAt(few, wrapRad((2 * Math.PI * i) / START_COUNT)));
    if (best === null || fit.rmseRad < best.rmseRad) best = fit;
  }
  return refineFit(rows, best ?? startAt(few, 0));
}

/** From a fit nearby to the least root mean square. */
export function refineFit(rows: PairRows, from: Omit<RelativeFit, 'rmseRad'>): RelativeFit {
  let fit = { ...from, rmseRad: rmse(rows, from) };
  let damping = 1e-6;
  const system = createSystem();
  for (let iteration = 0; iteration < 100; iteration++) {
    fillSystem(system, rows, fit);
    let gained = 0;
    while (damping < 1e8) {
      const next = step(system, fit, damping, rows);
      if (next !== null && next.rmseRad <= fit.rmseRad) {
        gained = fit.rmseRad - next.rmseRad;
        fit = next;
        damping = Math.max(1e-9, damping / 10);
        break;
      }
      damping *= 10;
    }
    if (!(gained > 1e-7 * fit.rmseRad) || fit.rmseRad < 1e-12) break;
  }
  return fit;
}

interface NormalSystem {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

function createSystem(): NormalSystem {
  return { matrix: new Float64Array(UNKNOWNS * UNKNOWNS), right: new Float64Array(UNKNOWNS) };
}

const relative = createQuaternion(),
  turned = createQuaternion(),
  error = createQuaternion(),
  headingTurn = createQuaternion();
const vector = new Float64Array(3),
  axis = new Float64Array(3);

/** e of one row; `turned` is left with left conj(qA) Rz qB. */
function errorInto(out: Quaternion, rows: PairRows, row: number, fit: Omit<RelativeFit, 'rmseRad'>): void {
  const at = 4 * row;
  fromAxisAngleInto(headingTurn, 0, 0, 1, fit.headingRad);
  load(relative, rows.qEarthFromA, at);
  load(out, rows.qEarthFromB, at);
  multiplyInto(out, headingTurn, out);
  conjugateMultiplyInto(turned, relative, out);
  multiplyInto(turned, fit.left, turned);
  multiplyInto(out, turned, fit.right);
  load(relative, rows.qAFromB, at);
  multiplyInto(out, out, conjugateInto(relative, relative));
}

function load(out: Quaternion, from: Float64Array, at: number): void {
  for (let i = 0; i < 4; i++) out[i] = from[at + i] ?? Number.NaN;
}

function rmse(rows: PairRows, fit: Omit<RelativeFit, 'rmseRad'>): number {
  let sum = 0;
  for (let row = 0; row < rows.count; row++) {
    errorInto(error, rows, row, fit);
    toRotationVectorInto(vector, error);
    const [x = 0, y = 0, z = 0] = vector;
    sum += x * x + y * y + z * z;
  }
  return Math.sqrt(sum / rows.count);
}

/**
 * Normal equations over the rotation vector of e, for small turns left of L, left of R, and of the heading. With the
 * identity in place of the logarithm's own derivative the gradient is still exact, only the steps are a little off.
 */
function fillSystem(system: NormalSystem, rows: PairRows, fit: RelativeFit): void {
  const { matrix, right } = system;
  matrix.fill(0);
  right.fill(0);
  const jacobian = new Float64Array(3 * UNKNOWNS);
  for (let row = 0; row < rows.count; row++) {
    errorInto(error, rows, row, fit);
    toRotationVectorInto(vector, error);
    for (let i = 0; i < 3; i++) {
      jacobian.fill(0, i * UNKNOWNS, i * UNKNOWNS + 3);
      jacobian[i * UNKNOWNS + i] = 1;
      axis.fill(0);
      axis[i] = 1;
      rotateInto(axis, turned, axis);
      for (let k = 0; k < 3; k++) jacobian[k * UNKNOWNS + 3 + i] = axis[k] ?? 0;
    }
    load(relative, rows.qEarthFromA, 4 * row);
    rotateInverseInto(axis, relative, [0, 0, 1]);
    rotateInto(axis, fit.left, axis);
    for (let k = 0; k < 3; k++) jacobian[k * UNKNOWNS + 6] = axis[k] ?? 0;
    for (let i = 0; i < UNKNOWNS; i++)
      for (let k = 0; k < 3; k++) {
        const j = jacobian[k * UNKNOWNS + i] ?? 0;
        right[i] = (right[i] ?? 0) - j * (vector[k] ?? 0);
        for (let m = 0; m < UNKNOWNS; m++)
          matrix[i * UNKNOWNS + m] = (matrix[i * UNKNOWNS + m] ?? 0) + j * (jacobian[k * UNKNOWNS + m] ?? 0);
      }
  }
}

function step(system: NormalSystem, fit: RelativeFit, damping: number, rows: PairRows): RelativeFit | null {
  const damped = Float64Array.from(system.matrix);
  // Added, not multiplied: a direction that nothing speaks for stays where it is.
  for (let i = 0; i < UNKNOWNS; i++)
    damped[i * (UNKNOWNS + 1)] = (damped[i * (UNKNOWNS + 1)] ?? 0) + damping * rows.count;
  const delta = solvePositive(damped, system.right, UNKNOWNS);
  if (delta === null) return null;
  const [lx = 0, ly = 0, lz = 0, rx = 0, ry = 0, rz = 0, heading = 0] = delta;
  const turn = createQuaternion();
  const left = multiplyInto(createQuaternion(), fromRotationVectorInto(turn, lx, ly, lz), fit.left);
  const right = multiplyInto(createQuaternion(), fromRotationVectorInto(turn, rx, ry, rz), fit.right);
  const next = {
    headingRad: wrapRad(fit.headingRad + heading),
    left: normalizeInto(left, left),
    right: normalizeInto(right, right),
  };
  return { ...next, rmseRad: rmse(rows, next) };
}

/** Rotations that fit best with this heading, in closed form: left from the turns about the mean, right from the rest. */
function startAt(rows: PairRows, headingRad: number): Omit<RelativeFit, 'rmseRad'> {
  const estimated = new Float64Array(4 * rows.count);
  const none = { headingRad, left: createQuaternion(), right: createQuaternion() };
  for (let row = 0; row < rows.count; row++) {
    errorInto(error, rows, row, none);
    estimated.set(turned, 4 * row);
  }
  const estimatedMean = conjugateInto(createQuaternion(), meanQuaternion(estimated));
  const referenceMean = conjugateInto(createQuaternion(), meanQuaternion(rows.qAFromB));
  // Attitude profile of the turns' vector parts: b = sum of reference vector times estimated vector.
  const b = new Float64Array(9);
  const s = createQuaternion(),
    r = createQuaternion();
  for (let row = 0; row < rows.count; row++) {
    load(s, estimated, 4 * row);
    load(r, rows.qAFromB, 4 * row);
    multiplyInto(s, s, estimatedMean);
    multiplyInto(r, r, referenceMean);
    const sign = (s[0] ?? 0) * (r[0] ?? 0) < 0 ? -1 : 1;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        b[3 * i + j] = (b[3 * i + j] ?? 0) + sign * (r[1 + i] ?? 0) * (s[1 + j] ?? 0);
  }
  const left = davenport(b);
  const rest = new Float64Array(4 * rows.count);
  for (let row = 0; row < rows.count; row++) {
    load(s, estimated, 4 * row);
    load(r, rows.qAFromB, 4 * row);
    multiplyInto(s, left, s);
    rest.set(conjugateMultiplyInto(s, s, r), 4 * row);
  }
  return { headingRad, left, right: meanQuaternion(rest) };
}

/** Rotation q with the largest sum of r . q s, from b = sum r s' (Davenport's q method). */
function davenport(b: Float64Array): Quaternion {
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = b;
  const k = [
    [xx + yy + zz, zy - yz, xz - zx, yx - xy],
    [zy - yz, xx - yy - zz, xy + yx, xz + zx],
    [xz - zx, xy + yx, yy - xx - zz, yz + zy],
    [yx - xy, xz + zx, yz + zy, zz - xx - yy],
  ].flat();
  return largestEigenvector(k, 4);
}

/** Mean rotation (Markley et al. 2007): the eigenvector of sum q q'. */
function meanQuaternion(quaternions: Float64Array): Quaternion {
  const m = new Float64Array(16);
  for (let at = 0; at < quaternions.length; at += 4)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++)
        m[4 * i + j] = (m[4 * i + j] ?? 0) + (quaternions[at + i] ?? 0) * (quaternions[at + j] ?? 0);
  return largestEigenvector(m, 4);
}

/** At most START_ROWS rows, evenly over the whole. */
function thinOut(rows: PairRows): PairRows {
  const count = Math.min(rows.count, START_ROWS);
  const pick = (from: Float64Array): Float64Array => {
    const out = new Float64Array(4 * count);
    for (let i = 0; i < count; i++) {
      const at = 4 * Math.floor(((i + 0.5) * rows.count) / count);
      out.set(from.subarray(at, at + 4), 4 * i);
    }
    return out;
  };
  return {
    count,
    qEarthFromA: pick(rows.qEarthFromA),
    qEarthFromB: pick(rows.qEarthFromB),
    qAFromB: pick(rows.qAFromB),
  };
}
