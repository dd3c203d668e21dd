/**
 * Unit quaternions, Hamilton, order w, x, y, z. `qAFromB` turns coordinates in B into coordinates in A:
 * v_A = q v_B q*. Products read like dominoes: qAFromC = qAFromB qBFromC. Results go into `out`, which may be
 * one of the inputs. Nothing here allocates except the `create` functions.
 */
export type Quaternion = Float64Array;
export type Vector3 = Float64Array;

export function createQuaternion(w = 1, x = 0, y = 0, z = 0): Quaternion {
  return Float64Array.of(w, x, y, z);
}

/** out = a b. `out` may alias a or b. */
export function multiplyInto(out: Quaternion, a: ArrayLike<number>, b: ArrayLike<number>): Quaternion {
  const aw = a[0],
    ax = a[1],
    ay = a[2],
    az = a[3];
  const bw = b[0],
    bx = b[1],
    by = b[2],
    bz = b[3];
  out[0] = aw * bw - ax * bx - ay * by - az * bz;
  out[1] = aw * bx + ax * bw + ay * bz - az * by;
  out[2] = aw * by - ax * bz + ay * bw + az * bx;
  out[3] = aw * bz + ax * by - ay * bx + az * bw;
  return out;
}

/** out = conj(a) b: from two quaternions with a common outer frame to the inner-to-inner one. */
export function conjugateMultiplyInto(
  out: Quaternion,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): Quaternion {
  const aw = a[0],
    ax = -a[1],
    ay = -a[2],
    az = -a[3];
  const bw = b[0],
    bx = b[1],
    by = b[2],
    bz = b[3];
  out[0] = aw * bw - ax * bx - ay * by - az * bz;
  out[1] = aw * bx + ax * bw + ay * bz - az * by;
  out[2] = aw * by - ax * bz + ay * bw + az * bx;
  out[3] = aw * bz + ax * by - ay * bx + az * bw;
  return out;
}

export function conjugateInto(out: Quaternion, q: ArrayLike<number>): Quaternion {
  out[0] = q[0];
  out[1] = -q[1];
  out[2] = -q[2];
  out[3] = -q[3];
  return out;
}

/** Scales to unit length; a zero or non-finite quaternion becomes the identity. */
export function normalizeInto(out: Quaternion, q: ArrayLike<number>): Quaternion {
  const norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  if (!(norm > 0) || !Number.isFinite(norm)) {
    out[0] = 1;
    out[1] = out[2] = out[3] = 0;
    return out;
  }
  out[0] = q[0] / norm;
  out[1] = q[1] / norm;
  out[2] = q[2] / norm;
  out[3] = q[3] / norm;
  return out;
}

/** v_A = qAFromB v_B. `out` may alias v. */
export function rotateInto(out: Vector3, qAFromB: ArrayLike<number>, v: ArrayLike<number>): Vector3 {
  const w = qAFromB[0],
    x = qAFromB[1],
    y = qAFromB[2],
    z = qAFromB[3];
  const vx = v[0],
    vy = v[1],
    vz = v[2];
  const tx = 2 * (y * vz - z * vy),
    ty = 2 * (z * vx - x * vz),
    tz = 2 * (x * vy - y * vx);
  out[0] = vx + w * tx + y * tz - z * ty;
  out[1] = vy + w * ty + z * tx - x * tz;
  out[2] = vz + w * tz + x * ty - y * tx;
  return out;
}

/** v_B = conj(qAFromB) v_A. `out` may alias v. */
export function rotateInverseInto(out: Vector3, qAFromB: ArrayLike<number>, v: ArrayLike<number>): Vector3 {
  const w = qAFromB[0],
    x = -qAFromB[1],
    y = -qAFromB[2],
    z = -qAFromB[3];
  const vx = v[0],
    vy = v[1],
    vz = v[2];
  const tx = 2 * (y * vz - z * vy),
    ty = 2 * (z * vx - x * vz),
    tz = 2 * (x * vy - y * vx);
  out[0] = vx + w * tx + y * tz - z * ty;
  out[1] = vy + w * ty + z * tx - x * tz;
  out[2] = vz + w * tz + x * ty - y * tx;
  return out;
}

/** Rotation by `angleRad` about a unit axis. */
export function fromAxisAngleInto(
  out: Quaternion,
  axisX: number,
  axisY: number,
  axisZ: number,
  angleRad: number,
): Quaternion {
  const s = Math.sin(angleRad / 2);
  out[0] = Math.cos(angleRad / 2);
  out[1] = axisX * s;
  out[2] = axisY * s;
  out[3] = axisZ * s;
  return out;
}

/** Exponential map: rotation vector (rad) to quaternion. */
export function fromRotationVectorInto(out: Quaternion, x: number, y: number, z: number): Quaternion {
  const angle = Math.sqrt(x * x + y * y + z * z);
  const k = angle > 1e-8 ? Math.sin(angle / 2) / angle : 0.5;
  out[0] = Math.cos(angle / 2);
  out[1] = x * k;
  out[2] = y * k;
  out[3] = z * k;
  return out;
}

/** Logarithm: the shortest rotation vector (rad, length 0 to pi) of q; q and -q give the same vector. */
export function toRotationVectorInto(out: Vector3, q: ArrayLike<number>): Vector3 {
  const sign = q[0] < 0 ? -1 : 1;
  const x = q[1] * sign,
    y = q[2] * sign,
    z = q[3] * sign;
  const s = Math.sqrt(x * x + y * y + z * z);
  const k = s > 1e-9 ? (2 * Math.atan2(s, q[0] * sign)) / s : 2;
  out[0] = x * k;
  out[1] = y * k;
  out[2] = z * k;
  return out;
}

/** Angle of the rotation, 0 to pi rad. */
export function rotationAngleRad(q: ArrayLike<number>): number {
  return 2 * Math.atan2(Math.sqrt(q[1] * q[1] + q[2] * q[2] + q[3] * q[3]), Math.abs(q[0]));
}

/** Spherical interpolation along the shorter arc, fraction 0 (a) to 1 (b). `out` may alias a or b. */
export function slerpInto(
  out: Quaternion,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  fraction: number,
): Quaternion {
  let bw = b[0],
    bx = b[1],
    by = b[2],
    bz = b[3];
  const aw = a[0],
    ax = a[1],
    ay = a[2],
    az = a[3];
  let dot = aw * bw + ax * bx + ay * by + az * bz;
  if (dot < 0) {
    dot = -dot;
    bw = -bw;
    bx = -bx;
    by = -by;
    bz = -bz;
  }
  let ka = 1 - fraction,
    kb = fraction;
  if (dot < 0.9995) {
    const theta = Math.acos(dot),
      s = Math.sin(theta);
    ka = Math.sin(ka * theta) / s;
    kb = Math.sin(kb * theta) / s;
  }
  out[0] = ka * aw + kb * bw;
  out[1] = ka * ax + kb * bx;
  out[2] = ka * ay + kb * by;
  out[3] = ka * az + kb * bz;
  return normalizeInto(out, out);
}

/** Quaternion of a proper row-major rotation matrix (Shepperd's method). */
export function fromMatrixInto(out: Quaternion, m: ArrayLike<number>): Quaternion {
  const trace = m[0] + m[4] + m[8];
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    out[0] = s / 4;
    out[1] = (m[7] - m[5]) / s;
    out[2] = (m[2] - m[6]) / s;
    out[3] = (m[3] - m[1]) / s;
  } else if (m[0] > m[4] && m[0] > m[8]) {
    const s = Math.sqrt(1 + m[0] - m[4] - m[8]) * 2;
    out[0] = (m[7] - m[5]) / s;
    out[1] = s / 4;
    out[2] = (m[1] + m[3]) / s;
    out[3] = (m[2] + m[6]) / s;
  } else if (m[4] > m[8]) {
    const s = Math.sqrt(1 + m[4] - m[0] - m[8]) * 2;
    out[0] = (m[2] - m[6]) / s;
    out[1] = (m[1] + m[3]) / s;
    out[2] = s / 4;
    out[3] = (m[5] + m[7]) / s;
  } else {
    const s = Math.sqrt(1 + m[8] - m[0] - m[4]) * 2;
    out[0] = (m[3] - m[1]) / s;
    out[1] = (m[2] + m[6]) / s;
    out[2] = (m[5] + m[7]) / s;
    out[3] = s / 4;
  }
  return normalizeInto(out, out);
}

/** Angle between the up directions of two orientations `qEarthFromSensor`, seen by the sensor: no heading enters, rad. */
export function upChangeRad(qA: ArrayLike<number>, qB: ArrayLike<number>): number {
  const dot = upX(qA) * upX(qB) + upY(qA) * upY(qB) + upZ(qA) * upZ(qB);
  return Math.acos(Math.max(-1, Math.min(1, dot)));
}

function upX(q: ArrayLike<number>): number {
  return 2 * (q[1] * q[3] - q[0] * q[2]);
}
function upY(q: ArrayLike<number>): number {
  return 2 * (q[2] * q[3] + q[0] * q[1]);
}
function upZ(q: ArrayLike<number>): number {
  return 1 - 2 * (q[1] * q[1] + q[2] * q[2]);
}
