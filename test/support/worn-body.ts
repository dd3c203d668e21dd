import { fromTrunkAnglesInto } from '../../src/core/body/angles.ts';
import { facingFromEarthInto } from '../../src/core/body/facing-frame.ts';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import type { ImuSeries } from '../../src/core/fusion/imu-series.ts';
import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../src/core/math/angle.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotateInto,
  rotateInverseInto,
  slerpInto,
  toRotationVectorInto,
} from '../../src/core/math/quaternion.ts';

/**
 * A jointed trunk with sensors on it, for tests of the analysis alone: written independently of the simulator that
 * ships, so that both can be checked against each other.
 */
export type Triple = readonly [number, number, number];

/** Flexion, side bend, rotation in degrees at one time: pelvis in the Facing frame, the others against the one below. */
export interface BodyPose {
  readonly pelvis: Triple;
  readonly lumbar: Triple;
  readonly thorax: Triple;
}

export interface WornSensor {
  readonly role: SegmentRole;
  /** qSegmentFromSensor as it really is. */
  readonly qSegmentFromSensor: Float64Array;
  readonly gyroBiasRadPerS: Triple;
  /** Share by which skin lags the segment's rotation since the start. */
  readonly softTissue: number;
}

export interface BodyConditions {
  readonly rateHz: number;
  readonly headingRad: number;
  readonly gyroNoiseRadPerS: number;
  readonly accNoiseMetersPerS2: number;
  readonly random: () => number;
}

export function createRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const OVERSAMPLING = 4;
const VERTICAL = [0, 0, 1] as const;

/** Signals of one sensor over `durationS`, for a body that moves as `poseAt` says. */
export function wearSensor(
  sensor: WornSensor,
  poseAt: (timeS: number) => BodyPose,
  durationS: number,
  conditions: BodyConditions,
): ImuSeries {
  const { rateHz, random } = conditions;
  const count = Math.floor(durationS * rateHz);
  const stepS = 1 / (rateHz * OVERSAMPLING);
  const fine = count * OVERSAMPLING;
  const orientations = new Float64Array(4 * (fine + 2));
  const positions = new Float64Array(3 * (fine + 2));
  const q = createQuaternion(),
    p = new Float64Array(3);
  for (let k = 0; k < fine + 2; k++) {
    segmentInto(q, p, sensor.role, poseAt((k - 1) * stepS), conditions.headingRad);
    orientations.set(q, 4 * k);
    positions.set(p, 3 * k);
  }
  lagSkin(orientations, sensor.softTissue);
  for (let k = 0; k < fine + 2; k++) {
    for (let i = 0; i < 4; i++) q[i] = orientations[4 * k + i] ?? NaN;
    orientations.set(multiplyInto(q, q, sensor.qSegmentFromSensor), 4 * k);
  }
  const series: ImuSeries = {
    count,
    timeS: Float64Array.from({ length: count }, (_, i) => i / rateHz),
    gyroRadPerS: new Float64Array(3 * count),
    accMetersPerS2: new Float64Array(3 * count),
    magMicroTesla: null,
  };
  const a = createQuaternion(),
    b = createQuaternion(),
    v = new Float64Array(3);
  for (let i = 0; i < count; i++) {
    const sum = [0, 0, 0, 0, 0, 0];
    for (let k = i * OVERSAMPLING + 1; k <= (i + 1) * OVERSAMPLING; k++) {
      for (let n = 0; n < 4; n++) {
        a[n] = orientations[4 * (k - 1) + n] ?? NaN;
        b[n] = orientations[4 * k + n] ?? NaN;
      }
      toRotationVectorInto(v, conjugateMultiplyInto(createQuaternion(), a, b));
      for (let n = 0; n < 3; n++) sum[n] = (sum[n] ?? 0) + (v[n] ?? 0) / stepS;
      for (let n = 0; n < 3; n++) {
        const at = 3 * k + n;
        v[n] =
          ((positions[at + 3] ?? 0) - 2 * (positions[at] ?? 0) + (positions[at - 3] ?? 0)) / (stepS * stepS) +
          GRAVITY_METERS_PER_S2 * (VERTICAL[n] ?? 0);
      }
      rotateInverseInto(v, b, v);
      for (let n = 0; n < 3; n++) sum[3 + n] = (sum[3 + n] ?? 0) + (v[n] ?? 0);
    }
    for (let n = 0; n < 3; n++) {
      series.gyroRadPerS[3 * i + n] =
        (sum[n] ?? 0) / OVERSAMPLING +
        (sensor.gyroBiasRadPerS[n] ?? 0) +
        conditions.gyroNoiseRadPerS * gaussian(random);
      series.accMetersPerS2[3 * i + n] =
        (sum[3 + n] ?? 0) / OVERSAMPLING + conditions.accNoiseMetersPerS2 * gaussian(random);
    }
  }
  return series;
}

/** Orientation in earth and place of a sensor's segment; the body turns about the hips. */
function segmentInto(
  q: Float64Array,
  position: Float64Array,
  role: SegmentRole,
  pose: BodyPose,
  headingRad: number,
): void {
  const toEarth = conjugateInto(createQuaternion(), facingFromEarthInto(createQuaternion(), headingRad));
  const pelvis = multiplyInto(createQuaternion(), toEarth, triple(pose.pelvis));
  const lower = multiplyInto(createQuaternion(), pelvis, triple(pose.lumbar));
  const upper = multiplyInto(createQuaternion(), lower, triple(pose.thorax));
  const add = (out: Float64Array, frame: Float64Array, x: number, y: number): void => {
    const offset = rotateInto(new Float64Array(3), frame, [x, y, 0]);
    for (let i = 0; i < 3; i++) out[i] = (out[i] ?? 0) + (offset[i] ?? 0);
  };
  position.fill(0);
  if (role === 'pelvis') {
    q.set(pelvis);
    add(position, pelvis, -0.1, 0.08);
  } else if (role === 'lowerBack') {
    q.set(lower);
    add(position, pelvis, 0, 0.12);
    add(position, lower, -0.08, 0.12);
  } else {
    q.set(upper);
    add(position, pelvis, 0, 0.12);
    add(position, lower, 0, 0.15);
    add(position, upper, -0.1, 0.2);
  }
}

function triple(angles: Triple): Float64Array {
  return fromTrunkAnglesInto(
    createQuaternion(),
    angles[0] * RAD_PER_DEG,
    angles[1] * RAD_PER_DEG,
    angles[2] * RAD_PER_DEG,
  );
}

/** Skin follows only part of the rotation since the start. */
function lagSkin(orientations: Float64Array, share: number): void {
  if (share === 0) return;
  const start = orientations.slice(0, 4),
    now = createQuaternion();
  for (let at = 0; at < orientations.length; at += 4) {
    for (let i = 0; i < 4; i++) now[i] = orientations[at + i] ?? NaN;
    orientations.set(slerpInto(now, now, start, share), at);
  }
}

/** A stated mounting and the real one, `errorRad` apart about a random axis. */
export function misplaced(
  qSegmentFromSensor: ArrayLike<number>,
  errorRad: number,
  random: () => number,
): Float64Array {
  const axis = [gaussian(random), gaussian(random), gaussian(random)];
  const size = Math.hypot(...axis) / errorRad;
  const turn = fromRotationVectorInto(
    createQuaternion(),
    (axis[0] ?? 0) / size,
    (axis[1] ?? 0) / size,
    (axis[2] ?? 0) / size,
  );
  return multiplyInto(createQuaternion(), turn, qSegmentFromSensor);
}
