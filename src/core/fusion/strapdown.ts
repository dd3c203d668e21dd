import { GRAVITY_METERS_PER_S2 } from '../math/angle.ts';
import { createQuaternion, fromRotationVectorInto, multiplyInto } from '../math/quaternion.ts';

/**
 * Integration of one sensor's rates, sample by sample, with real time steps and the two-sample coning term, and the
 * sums that the Kalman step needs once per batch. A sample stands for the mean over the interval that ends at its
 * time: the acceleration is turned with the attitude in the middle of that interval. Nothing here allocates.
 */
export interface Strapdown {
  /** w x y z, sensor to world. */
  readonly q: Float64Array;
  readonly gyroBiasRadPerS: Float64Array;
  /** Gain matrix minus identity, row-major: rate = (I + gain)(gyro - bias). */
  readonly gain: Float64Array;
  /** Horizontal velocity, m/s. */
  readonly velocity: Float64Array;
  /** Last rate x y z (rad/s) and the step it stood for (s; 0: none). */
  readonly previous: Float64Array;
  /** What is not in the sums of R yet, {@link PENDING}. */
  readonly pending: Float64Array;
  readonly sums: Float64Array;
  /** Step of the sample to come, s, and the part of it to bridge: here because numbers passed to a call are boxed. */
  readonly step: Float64Array;
}

/** Offsets into {@link Strapdown.pending}: rates without bias times dt, their time (s), the attitude they began with. */
const PENDING = { rate: 0, timeS: 3, q: 4, length: 8 } as const;

/**
 * R and its products with the rate only say how errors of bias and gain move the orientation: they are summed in
 * pieces of this length, s, each with the attitude in its middle. Within a piece R is taken as steady, which is off by
 * a hundredth when the sensor turns at 700 deg/s.
 */
const PIECE_S = 0.04;

/** Offsets into {@link Strapdown.sums}. */
export const SUM = {
  /** Sum of R dt, row-major 3 x 3; see {@link gatherPiece}. */
  rotation: 0,
  /** Sum of R u_c dt for the three components of the rate, 3 x (3 x 3). */
  rotationByRate: 9,
  /** Horizontal specific force in the world times dt. */
  force: 36,
  /** Sensor-frame gyro and acc times dt. */
  gyro: 38,
  acc: 41,
  /** Sensor-frame magnetic field times dt, and the same turned into the world. */
  magSensor: 44,
  magWorld: 47,
  /** Time covered by the batch, by its accelerometer, by its magnetometer, s. */
  timeS: 50,
  accTimeS: 51,
  magTimeS: 52,
  /** Integral of squared rate, rad^2/s. */
  rateSquared: 53,
  /** Sum of the squared coning terms, rad^2. */
  coningSquared: 57,
  /** Orientation variance that bad samples added, rad^2 per axis. */
  addedVariance: 54,
  /** 1 when a reading of the batch was clipped. */
  gyroClipped: 55,
  accClipped: 56,
  length: 58,
} as const;

export function createStrapdown(): Strapdown {
  return {
    q: Float64Array.of(1, 0, 0, 0),
    gyroBiasRadPerS: new Float64Array(3),
    gain: new Float64Array(9),
    velocity: new Float64Array(2),
    previous: new Float64Array(4),
    pending: new Float64Array(PENDING.length),
    sums: new Float64Array(SUM.length),
    step: new Float64Array(2),
  };
}

/**
 * Advances by one sample over `step`: its length, and the part of it for which no sample exists and which is filled
 * with the mean of the rates on both sides. `sample` holds gyro, acc (and mag) of finite numbers; `hasAcc` and
 * `hasMag` say which of the latter count.
 */
export function advance(s: Strapdown, sample: Float64Array, hasAcc: boolean, hasMag: boolean): void {
  const dtS = s.step[0],
    bridgedS = s.step[1];
  const { q, gyroBiasRadPerS: b, gain: m, previous, pending, sums } = s;
  const ux = sample[0] - b[0],
    uy = sample[1] - b[1],
    uz = sample[2] - b[2];
  let wx = ux + m[0] * ux + m[1] * uy + m[2] * uz,
    wy = uy + m[3] * ux + m[4] * uy + m[5] * uz,
    wz = uz + m[6] * ux + m[7] * uy + m[8] * uz;
  const px = previous[0],
    py = previous[1],
    pz = previous[2],
    previousS = previous[3];
  previous[0] = wx;
  previous[1] = wy;
  previous[2] = wz;
  previous[3] = dtS;
  if (bridgedS > 0) {
    const share = (0.5 * bridgedS) / dtS;
    wx += share * (px - wx);
    wy += share * (py - wy);
    wz += share * (pz - wz);
  }
  // Coning between two mean rates; without a predecessor (previousS = 0) px..pz are 0 and so is the term.
  const k = (dtS * (dtS + previousS)) / 24;
  const cx = k * (py * wz - pz * wy),
    cy = k * (pz * wx - px * wz),
    cz = k * (px * wy - py * wx);
  const dx = wx * dtS + cx,
    dy = wy * dtS + cy,
    dz = wz * dtS + cz;
  const square = wx * wx + wy * wy + wz * wz;

  // Quaternion of half the rotation: h is half of half the angle.
  const hh = (dx * dx + dy * dy + dz * dz) / 16;
  let ew, ek;
  if (hh < 0.0625) {
    ew = 1 - hh * (1 / 2 - hh * (1 / 24 - hh / 720));
    ek = 0.25 * (1 - hh * (1 / 6 - hh * (1 / 120 - hh / 5040)));
  } else {
    const h = Math.sqrt(hh);
    ew = Math.cos(h);
    ek = (0.25 * Math.sin(h)) / h;
  }
  const ex = dx * ek,
    ey = dy * ek,
    ez = dz * ek;
  const qw = q[0],
    qx = q[1],
    qy = q[2],
    qz = q[3];
  if (pending[PENDING.timeS] === 0) {
    pending[PENDING.q] = qw;
    pending[PENDING.q + 1] = qx;
    pending[PENDING.q + 2] = qy;
    pending[PENDING.q + 3] = qz;
  }
  pending[0] += ux * dtS;
  pending[1] += uy * dtS;
  pending[2] += uz * dtS;
  pending[PENDING.timeS] += dtS;
  const w = qw * ew - qx * ex - qy * ey - qz * ez,
    x = qw * ex + qx * ew + qy * ez - qz * ey,
    y = qw * ey - qx * ez + qy * ew + qz * ex,
    z = qw * ez + qx * ey - qy * ex + qz * ew;
  const nw = w * ew - x * ex - y * ey - z * ez,
    nx = w * ex + x * ew + y * ez - z * ey,
    ny = w * ey - x * ez + y * ew + z * ex,
    nz = w * ez + x * ey - y * ex + z * ew;
  const renormalise = 1.5 - 0.5 * (nw * nw + nx * nx + ny * ny + nz * nz);
  q[0] = nw * renormalise;
  q[1] = nx * renormalise;
  q[2] = ny * renormalise;
  q[3] = nz * renormalise;

  sums[SUM.timeS] += dtS;
  sums[SUM.rateSquared] += square * dtS;
  sums[SUM.coningSquared] += cx * cx + cy * cy + cz * cz;
  if (hasAcc) {
    const ax = sample[3] * dtS,
      ay = sample[4] * dtS,
      az = sample[5] * dtS;
    // Horizontal part of the force turned with the attitude in the middle of the step.
    const tx = 2 * (y * az - z * ay),
      ty = 2 * (z * ax - x * az),
      tz = 2 * (x * ay - y * ax);
    sums[SUM.force] += ax + w * tx + y * tz - z * ty;
    sums[SUM.force + 1] += ay + w * ty + z * tx - x * tz;
    sums[SUM.acc] += ax;
    sums[SUM.acc + 1] += ay;
    sums[SUM.acc + 2] += az;
    sums[SUM.accTimeS] += dtS;
  }
  if (hasMag) {
    const mx = sample[6] * dtS,
      my = sample[7] * dtS,
      mz = sample[8] * dtS;
    const tx = 2 * (y * mz - z * my),
      ty = 2 * (z * mx - x * mz),
      tz = 2 * (x * my - y * mx);
    sums[SUM.magWorld] += mx + w * tx + y * tz - z * ty;
    sums[SUM.magWorld + 1] += my + w * ty + z * tx - x * tz;
    sums[SUM.magWorld + 2] += mz + w * tz + x * ty - y * tx;
    sums[SUM.magSensor] += mx;
    sums[SUM.magSensor + 1] += my;
    sums[SUM.magSensor + 2] += mz;
    sums[SUM.magTimeS] += dtS;
  }
  if (pending[PENDING.timeS] >= PIECE_S - 0.5 * dtS) gatherPiece(s);
}

/** Brings what is pending into the sums of R; at the end of a batch nothing may be left. */
export function gatherPiece(s: Strapdown): void {
  const { q, gyroBiasRadPerS: b, pending, sums } = s;
  const timeS = pending[PENDING.timeS];
  if (timeS === 0) return;
  const px = pending[0],
    py = pending[1],
    pz = pending[2];
  sums[SUM.gyro] += px + b[0] * timeS;
  sums[SUM.gyro + 1] += py + b[1] * timeS;
  sums[SUM.gyro + 2] += pz + b[2] * timeS;
  // The attitude in the middle: the chord of first and last, stretched to unit length.
  const p0 = pending[PENDING.q],
    p1 = pending[PENDING.q + 1],
    p2 = pending[PENDING.q + 2],
    p3 = pending[PENDING.q + 3];
  const sign = p0 * q[0] + p1 * q[1] + p2 * q[2] + p3 * q[3] < 0 ? -1 : 1;
  const w = p0 + sign * q[0],
    x = p1 + sign * q[1],
    y = p2 + sign * q[2],
    z = p3 + sign * q[3];
  const k = (2 * timeS) / (w * w + x * x + y * y + z * z);
  const xx = k * x * x,
    yy = k * y * y,
    zz = k * z * z,
    xy = k * x * y,
    xz = k * x * z,
    yz = k * y * z,
    wx = k * w * x,
    wy = k * w * y,
    wz = k * w * z;
  const r0 = timeS - yy - zz,
    r1 = xy - wz,
    r2 = xz + wy,
    r3 = xy + wz,
    r4 = timeS - xx - zz,
    r5 = yz - wx,
    r6 = xz - wy,
    r7 = yz + wx,
    r8 = timeS - xx - yy;
  const ux = px / timeS,
    uy = py / timeS,
    uz = pz / timeS;
  sums[0] += r0;
  sums[1] += r1;
  sums[2] += r2;
  sums[3] += r3;
  sums[4] += r4;
  sums[5] += r5;
  sums[6] += r6;
  sums[7] += r7;
  sums[8] += r8;
  sums[9] += r0 * ux;
  sums[10] += r1 * ux;
  sums[11] += r2 * ux;
  sums[12] += r3 * ux;
  sums[13] += r4 * ux;
  sums[14] += r5 * ux;
  sums[15] += r6 * ux;
  sums[16] += r7 * ux;
  sums[17] += r8 * ux;
  sums[18] += r0 * uy;
  sums[19] += r1 * uy;
  sums[20] += r2 * uy;
  sums[21] += r3 * uy;
  sums[22] += r4 * uy;
  sums[23] += r5 * uy;
  sums[24] += r6 * uy;
  sums[25] += r7 * uy;
  sums[26] += r8 * uy;
  sums[27] += r0 * uz;
  sums[28] += r1 * uz;
  sums[29] += r2 * uz;
  sums[30] += r3 * uz;
  sums[31] += r4 * uz;
  sums[32] += r5 * uz;
  sums[33] += r6 * uz;
  sums[34] += r7 * uz;
  sums[35] += r8 * uz;
  pending[0] = 0;
  pending[1] = 0;
  pending[2] = 0;
  pending[PENDING.timeS] = 0;
}

/** Turns the attitude over a hole, s, by the mean of the last rate and that of the sample after it. */
export function turnByMeanRate(s: Strapdown, sample: Float64Array, holeS: number): void {
  const { q, previous, gyroBiasRadPerS: b, gain: m } = s;
  const ux = sample[0] - b[0],
    uy = sample[1] - b[1],
    uz = sample[2] - b[2];
  const half = 0.5 * holeS;
  fromRotationVectorInto(
    turn,
    half * (previous[0] + ux + m[0] * ux + m[1] * uy + m[2] * uz),
    half * (previous[1] + uy + m[3] * ux + m[4] * uy + m[5] * uz),
    half * (previous[2] + uz + m[6] * ux + m[7] * uy + m[8] * uz),
  );
  multiplyInto(q, q, turn);
}

const turn = createQuaternion();
const level = new Float64Array(3);
const HALF_TURN = Float64Array.of(Math.PI, 0, 0);

/** Turns the attitude by a rotation vector given in the world, `angle[at..]`: q = exp(angle) q. */
export function turnInWorld(q: Float64Array, angle: Float64Array, at: number): void {
  const x = angle[at],
    y = angle[at + 1],
    z = angle[at + 2];
  const square = x * x + y * y + z * z;
  const size = Math.sqrt(square);
  const ew = size < 0.25 ? 1 - square * (1 / 8 - square / 384) : Math.cos(size / 2);
  const ek = size < 0.25 ? 0.5 - square * (1 / 48 - square / 3840) : Math.sin(size / 2) / size;
  const ex = x * ek,
    ey = y * ek,
    ez = z * ek;
  const qw = q[0],
    qx = q[1],
    qy = q[2],
    qz = q[3];
  const nw = ew * qw - ex * qx - ey * qy - ez * qz,
    nx = ew * qx + ex * qw + ey * qz - ez * qy,
    ny = ew * qy - ex * qz + ey * qw + ez * qx,
    nz = ew * qz + ex * qy - ey * qx + ez * qw;
  const scale = 1 / Math.sqrt(nw * nw + nx * nx + ny * ny + nz * nz);
  q[0] = nw * scale;
  q[1] = nx * scale;
  q[2] = ny * scale;
  q[3] = nz * scale;
}

/**
 * Turns the attitude by the shortest rotation that brings the sensor-frame acceleration to the world's vertical; the
 * heading stays as near as it can. Returns false (and changes nothing) for an acceleration of no direction.
 */
export function levelTo(q: Float64Array, ax: number, ay: number, az: number): boolean {
  const norm = Math.sqrt(ax * ax + ay * ay + az * az);
  if (!(norm > 0.1 * GRAVITY_METERS_PER_S2)) return false;
  const w = q[0],
    x = q[1],
    y = q[2],
    z = q[3];
  const ux = ((1 - 2 * (y * y + z * z)) * ax + 2 * (x * y - w * z) * ay + 2 * (x * z + w * y) * az) / norm,
    uy = (2 * (x * y + w * z) * ax + (1 - 2 * (x * x + z * z)) * ay + 2 * (y * z - w * x) * az) / norm,
    uz = (2 * (x * z - w * y) * ax + 2 * (y * z + w * x) * ay + (1 - 2 * (x * x + y * y)) * az) / norm;
  const horizontal = Math.sqrt(ux * ux + uy * uy);
  if (horizontal < 1e-12) {
    if (uz < 0) turnInWorld(q, HALF_TURN, 0);
    return true;
  }
  const angle = Math.atan2(horizontal, uz) / horizontal;
  level[0] = uy * angle;
  level[1] = -ux * angle;
  turnInWorld(q, level, 0);
  return true;
}
