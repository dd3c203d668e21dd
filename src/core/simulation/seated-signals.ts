import { fromTrunkAnglesInto } from '../body/angles.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotateInto,
  rotateInverseInto,
  toRotationVectorInto,
  type Quaternion,
  type Vector3,
} from '../math/quaternion.ts';
import type { SeatedMovement } from './seated-movement.ts';
import type { SeatedPerson } from './seated-person.ts';
import type { Random } from './random.ts';

/** Motion is worked out this often, s; a reading is the mean of the steps round it. */
export const FINE_STEP_S = 0.005;
const STEPS_PER_READING = 4;
const SKIN_LAG_STEPS = 12;
/** The spine moves from below: the upper back a little later. */
const LUMBAR_LEAD_S = 0.08;

export const SPINE_ROLES = ['pelvis', 'lowerBack', 'upperBack'] as const;

/** Joints and sensor sites, m, in segment axes (x forward, y up, z right). */
const LUMBAR_M = [0, 0.16, 0];
const THORAX_M = [0, 0.26, 0];
const SITE_M = [
  [-0.1, 0.06, 0],
  [-0.1, 0.12, 0],
  [-0.1, 0.18, 0],
] as const;

/** The three segments on a fine grid, in the Facing frame. */
export interface SeatedBones {
  readonly count: number;
  /** 4 x count for each of {@link SPINE_ROLES}. */
  readonly orientations: readonly Float64Array[];
  /** 3 x count, m: where the sensor on each sits. */
  readonly places: readonly Float64Array[];
}

/** What one sensor gets wrong. */
export interface SeatedSensor {
  readonly role: SegmentRole;
  readonly qSegmentFromSensor: Quaternion;
  readonly gyroBiasRadPerS: Float64Array;
  readonly gyroScale: Float64Array;
  readonly accOffsetMetersPerS2: Float64Array;
  readonly gyroNoiseRadPerS: number;
  readonly accNoiseMetersPerS2: number;
  /** Share of the segment's rotation since the start that its skin does not follow. */
  readonly softTissueShare: number;
}

export function moveBones(movement: SeatedMovement, person: SeatedPerson, random: Random): SeatedBones {
  const count = Math.ceil(movement.durationS / FINE_STEP_S) + STEPS_PER_READING + 2;
  const orientations = SPINE_ROLES.map(() => new Float64Array(4 * count)),
    places = SPINE_ROLES.map(() => new Float64Array(3 * count));
  const phases = Array.from({ length: 7 }, () => random.between(0, 2 * Math.PI));
  const thorax = [0, 0, 0],
    lumbar = [0, 0, 0],
    pelvis = [0, 0, 0];
  const segments = SPINE_ROLES.map(() => createQuaternion()),
    joint = createQuaternion(),
    place = new Float64Array(3);
  for (let k = 0; k < count; k++) {
    const t = k * FINE_STEP_S;
    for (let i = 0; i < 3; i++) {
      const slow =
        Math.sin(2 * Math.PI * 0.13 * t + phases[i]) + Math.sin(2 * Math.PI * 0.41 * t + phases[i + 3]);
      const ahead = movement.exercise[i].at(t + LUMBAR_LEAD_S),
        posture = movement.posture[i].at(t);
      thorax[i] = movement.exercise[i].at(t) + 0.5 * posture;
      lumbar[i] = person.lumbarShare[i] * ahead + 0.5 * posture;
      pelvis[i] = person.pelvisShare[i] * ahead + 0.4 * posture + 0.5 * person.swayDeg * slow;
    }
    thorax[0] += person.breathDeg * Math.sin(2 * Math.PI * person.breathHz * t + phases[6]);
    pelvis[0] += movement.bow.at(t);
    anglesInto(segments[0], pelvis);
    multiplyInto(segments[1], segments[0], anglesInto(joint, lumbar));
    multiplyInto(segments[2], segments[1], anglesInto(joint, thorax));
    place.fill(0);
    place[1] = movement.rise.at(t);
    SPINE_ROLES.forEach((_, s) => {
      if (s === 1) addRotated(place, segments[0], LUMBAR_M);
      if (s === 2) addRotated(place, segments[1], THORAX_M);
      orientations[s].set(segments[s], 4 * k);
      places[s].set(place, 3 * k);
      addRotated(places[s].subarray(3 * k, 3 * k + 3), segments[s], SITE_M[s]);
    });
  }
  return { count, orientations, places };
}

/** Readings at the given times: gyroscope and accelerometer, 6 columns, SI. */
export function readSensor(
  bones: SeatedBones,
  sensor: SeatedSensor,
  timeS: ArrayLike<number>,
  random: Random,
): Float64Array {
  const { count } = bones;
  const segment = SPINE_ROLES.findIndex((role) => role === sensor.role);
  const place = bones.places[segment];
  const chip = wearOnSkin(bones.orientations[segment], sensor);
  const out = new Float64Array(6 * timeS.length);
  const a = createQuaternion(),
    v = new Float64Array(3);
  for (let row = 0; row < timeS.length; row++) {
    const centre = Math.round(timeS[row] / FINE_STEP_S);
    const first = Math.max(1, Math.min(count - STEPS_PER_READING - 2, centre - STEPS_PER_READING / 2));
    const at = 6 * row;
    for (let k = first; k < first + STEPS_PER_READING; k++) {
      const now = chip.subarray(4 * k, 4 * k + 4);
      toRotationVectorInto(v, conjugateMultiplyInto(a, now, chip.subarray(4 * k + 4, 4 * k + 8)));
      for (let i = 0; i < 3; i++) out[at + i] += v[i] / FINE_STEP_S / STEPS_PER_READING;
      for (let i = 0; i < 3; i++) {
        const here = 3 * k + i;
        v[i] = (place[here + 3] - 2 * place[here] + place[here - 3]) / FINE_STEP_S ** 2;
      }
      v[1] += GRAVITY_METERS_PER_S2;
      rotateInverseInto(v, now, v);
      for (let i = 0; i < 3; i++) out[at + 3 + i] += v[i] / STEPS_PER_READING;
    }
    for (let i = 0; i < 3; i++) {
      out[at + i] =
        out[at + i] * sensor.gyroScale[i] +
        sensor.gyroBiasRadPerS[i] +
        sensor.gyroNoiseRadPerS * random.gaussian();
      out[at + 3 + i] += sensor.accOffsetMetersPerS2[i] + sensor.accNoiseMetersPerS2 * random.gaussian();
    }
  }
  return out;
}

/** Orientation of the chip: skin stays behind by a share of the rotation since the start, and late. */
function wearOnSkin(orientations: Float64Array, sensor: SeatedSensor): Float64Array {
  const out = new Float64Array(orientations.length);
  const start = orientations.slice(0, 4),
    turned = createQuaternion(),
    now = createQuaternion(),
    v = new Float64Array(3);
  const count = orientations.length / 4;
  for (let k = 0; k < count; k++) {
    const late = Math.max(0, k - SKIN_LAG_STEPS);
    conjugateMultiplyInto(turned, start, orientations.subarray(4 * late, 4 * late + 4));
    toRotationVectorInto(v, turned);
    const share = -sensor.softTissueShare;
    fromRotationVectorInto(turned, share * v[0], share * v[1], share * v[2]);
    now.set(orientations.subarray(4 * k, 4 * k + 4));
    multiplyInto(now, now, turned);
    out.set(multiplyInto(now, now, sensor.qSegmentFromSensor), 4 * k);
  }
  return out;
}

function anglesInto(out: Quaternion, deg: readonly number[]): Quaternion {
  return fromTrunkAnglesInto(out, deg[0] * RAD_PER_DEG, deg[1] * RAD_PER_DEG, deg[2] * RAD_PER_DEG);
}

function addRotated(out: Vector3, q: Quaternion, offset: readonly number[]): void {
  rotateInto(vector, q, offset);
  for (let i = 0; i < 3; i++) out[i] += vector[i];
}

const vector = new Float64Array(3);
