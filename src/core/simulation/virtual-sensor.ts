import { segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  fromMatrixInto,
  fromRotationVectorInto,
  multiplyInto,
  rotateInto,
  rotateInverseInto,
  slerpInto,
  toRotationVectorInto,
  type Quaternion,
  type Vector3,
} from '../math/quaternion.ts';
import { POSE_LENGTH, type BodyMotion } from './body-motion.ts';
import type { SimulationConditions } from './conditions.ts';
import { minimumJerk } from './minimum-jerk.ts';
import type { Random } from './random.ts';

/** 2000/32768 deg/s for a count that is 0.07 deg/s by the chip's data sheet. */
export const LOW_GYRO_SHARE = 2000 / 32768 / 0.07;
/** Half the span over which rates and accelerations are taken from the motion, s. */
const HALF_SPAN_S = 0.008;
const SOFT_TISSUE_LAG_S = 0.06;
const SLIP_DURATION_S = 0.4;
/** The earth's field in the Facing frame, uT: 48 in all, dipping by 60 deg. */
const EARTH_FIELD_MICRO_TESLA = [24, -41.6, 0] as const;
/** Where the magnet's field points, and how fast it comes and goes. */
const MAGNET_DIRECTION = [0.36, 0.48, 0.8] as const;
const MAGNET_FADE_S = 0.5;
const MAG_NOISE_MICRO_TESLA = 0.4;

/** Rows: where the sensor's x, y, z point on the segment (x forward, y up, z right) when it is put on as the guide shows. */
const NOMINAL_AXES: Readonly<Record<'back' | 'left' | 'right', readonly number[]>> = {
  back: [0, 0, 1, 0, 1, 0, -1, 0, 0],
  left: [-1, 0, 0, 0, 1, 0, 0, 0, -1],
  right: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};

/** Bones between the joints and from joint to sensor, m, in segment axes. */
const LUMBAR_M = [0, 0.16, 0];
const THORAX_M = [0, 0.26, 0];
const SENSOR_OFFSET_M: Readonly<Record<SegmentRole, readonly number[]>> = {
  pelvis: [-0.1, 0.02, 0],
  lowerBack: [-0.1, 0, 0],
  upperBack: [-0.09, 0, 0],
  upperArmLeft: [0, -0.2, -0.05],
  upperArmRight: [0, -0.2, 0.05],
};
const SHOULDER_M = { left: [0.03, -0.02, -0.18], right: [0.03, -0.02, 0.18] } as const;

/** Where a worn sensor sits and what its chip gets wrong. Drawn from the seed; part of the truth. */
export interface VirtualSensorTruth {
  /** Where it is worn, whatever the person said. */
  readonly wornRole: SegmentRole;
  readonly qSegmentFromSensor: Quaternion;
  readonly gyroBiasRadPerS: Float64Array;
  /** What is added to it while the sensor is worn. */
  readonly wornGyroBiasRadPerS: Float64Array;
  readonly gyroScale: Float64Array;
  readonly accOffsetMetersPerS2: Float64Array;
}

/** A sensor that is taken off one segment and put on another: times in s since the person's beginning. */
interface Change {
  readonly startS: number;
  readonly durationS: number;
  readonly role: SegmentRole;
  readonly qSegmentFromSensor: Quaternion;
}

/** How far from the body hands hold a sensor that changes its place, m. */
const IN_HAND_M = 0.3;

/** One worn chip: the true motion of its segment becomes what its gyroscope and accelerometer read. */
export class VirtualSensor {
  readonly truth: VirtualSensorTruth;
  /** When the strap slips, s. */
  slipAtS = Infinity;
  /** While a magnet is near, s. */
  magnetS: readonly [number, number] = [Infinity, Infinity];
  private readonly body: BodyMotion;
  private readonly random: Random;
  private readonly conditions: SimulationConditions;
  private readonly qFacingFromTable: Quaternion;
  private readonly tablePlace: Vector3;
  private change: Change | null = null;
  private readonly qBeforeChange = createQuaternion();
  private readonly placeBeforeChange = new Float64Array(3);
  private readonly before = createQuaternion();
  private readonly now = createQuaternion();
  private readonly after = createQuaternion();
  private readonly placeBefore = new Float64Array(3);
  private readonly placeNow = new Float64Array(3);
  private readonly placeAfter = new Float64Array(3);
  private readonly isLeftHanded: boolean;
  /** Of a turn rate as stated to the one measured. */
  private readonly statedShare: number;

  constructor(
    wornRole: SegmentRole,
    index: number,
    body: BodyMotion,
    conditions: SimulationConditions,
    random: Random,
  ) {
    this.body = body;
    this.isLeftHanded = index < conditions.leftHanded;
    this.statedShare = index < conditions.lowGyro ? LOW_GYRO_SHARE : 1;
    this.conditions = conditions;
    this.random = random;
    const three = (mean: number, sd: number): Float64Array =>
      Float64Array.from([0, 0, 0], () => mean + sd * random.gaussian());
    this.truth = {
      wornRole,
      qSegmentFromSensor: drawMounting(wornRole, index < conditions.upsideDown, conditions, random),
      gyroBiasRadPerS: three(0, conditions.gyroBiasDegPerS * RAD_PER_DEG),
      gyroScale: three(1, conditions.gyroScalePercent / 100),
      accOffsetMetersPerS2: three(0, conditions.accOffsetMetersPerS2),
      wornGyroBiasRadPerS: new Float64Array(3),
    };
    // Flat on the table, light up: the chip's z points up, its heading is whatever it is.
    this.qFacingFromTable = createQuaternion(Math.SQRT1_2, -Math.SQRT1_2, 0, 0);
    const heading = fromAxisAngleInto(createQuaternion(), 0, 0, 1, random.between(-Math.PI, Math.PI));
    multiplyInto(this.qFacingFromTable, this.qFacingFromTable, heading);
    this.tablePlace = Float64Array.of(0.5, 0, 0.12 * index - 0.2);
    // Drawn only when asked for: the noise of all other recordings stays as it was.
    if (conditions.wornBiasDegPerS > 0)
      this.truth.wornGyroBiasRadPerS.set(three(0, conditions.wornBiasDegPerS * RAD_PER_DEG));
  }

  /** It is taken off, carried over and strapped on elsewhere, as crooked there as a new try makes it. Once. */
  wearElsewhere(role: SegmentRole, startS: number, durationS: number): void {
    const qSegmentFromSensor = drawMounting(role, false, this.conditions, this.random);
    this.change = { startS, durationS, role, qSegmentFromSensor };
  }

  /** What the chip reads at a time, SI on its own axes. */
  readInto(gyroRadPerS: Float64Array, accMetersPerS2: Float64Array, timeS: number): void {
    this.stateInto(this.before, this.placeBefore, timeS - HALF_SPAN_S);
    this.stateInto(this.now, this.placeNow, timeS);
    this.stateInto(this.after, this.placeAfter, timeS + HALF_SPAN_S);
    const worn = this.body.wornFraction(timeS);
    const { gyroScale, gyroBiasRadPerS, wornGyroBiasRadPerS, accOffsetMetersPerS2 } = this.truth;
    const { gyroNoiseDegPerS, accNoiseMetersPerS2 } = this.conditions;
    toRotationVectorInto(gyroRadPerS, conjugateMultiplyInto(turn, this.before, this.after));
    for (let i = 0; i < 3; i++) {
      accMetersPerS2[i] =
        (this.placeAfter[i] - 2 * this.placeNow[i] + this.placeBefore[i]) / (HALF_SPAN_S * HALF_SPAN_S);
    }
    accMetersPerS2[1] += GRAVITY_METERS_PER_S2;
    rotateInverseInto(accMetersPerS2, this.now, accMetersPerS2);
    for (let i = 0; i < 3; i++) {
      const rate = gyroRadPerS[i] / (2 * HALF_SPAN_S);
      const noise = gyroNoiseDegPerS * RAD_PER_DEG * this.random.gaussian();
      gyroRadPerS[i] =
        this.statedShare * (rate * gyroScale[i] + gyroBiasRadPerS[i] + worn * wornGyroBiasRadPerS[i] + noise);
      accMetersPerS2[i] += accOffsetMetersPerS2[i] + accNoiseMetersPerS2 * this.random.gaussian();
    }
    if (this.isLeftHanded) {
      gyroRadPerS[0] = -gyroRadPerS[0];
      accMetersPerS2[0] = -accMetersPerS2[0];
    }
  }

  /** What its magnetometer reads at the moment of the last {@link readInto}, uT on its own axes. */
  readMagnetometerInto(magMicroTesla: Float64Array, timeS: number): void {
    const [fromS, untilS] = this.magnetS;
    const near =
      minimumJerk((timeS - fromS) / MAGNET_FADE_S) * (1 - minimumJerk((timeS - untilS) / MAGNET_FADE_S));
    const magnet = near > 0 ? near * this.conditions.magnetMicroTesla : 0;
    rotateInverseInto(magMicroTesla, this.now, EARTH_FIELD_MICRO_TESLA);
    // The magnet moves with the sensor: its field is fixed to the housing.
    for (let i = 0; i < 3; i++)
      magMicroTesla[i] += magnet * MAGNET_DIRECTION[i] + MAG_NOISE_MICRO_TESLA * this.random.gaussian();
  }

  /** Orientation and place of the chip in the Facing frame. */
  private stateInto(out: Quaternion, place: Vector3, timeS: number): void {
    const worn = this.body.wornFraction(timeS);
    if (worn > 0) {
      this.wornInto(out, place, timeS);
    }
    if (worn >= 1) return;
    if (worn <= 0) {
      out.set(this.qFacingFromTable);
      place.set(this.tablePlace);
      return;
    }
    slerpInto(out, this.qFacingFromTable, out, worn);
    shakeInHand(out, worn, timeS);
    for (let i = 0; i < 3; i++) place[i] = this.tablePlace[i] + worn * (place[i] - this.tablePlace[i]);
  }

  /** On its segment; while it changes to another, on the way there. */
  private wornInto(out: Quaternion, place: Vector3, timeS: number): void {
    const { change } = this;
    const { wornRole, qSegmentFromSensor } = this.truth;
    const there = change === null ? 0 : minimumJerk((timeS - change.startS) / change.durationS);
    if (change === null || there <= 0) {
      this.onSegmentInto(out, place, timeS, wornRole, qSegmentFromSensor);
      return;
    }
    this.onSegmentInto(out, place, timeS, change.role, change.qSegmentFromSensor);
    if (there >= 1) return;
    const { qBeforeChange, placeBeforeChange } = this;
    this.onSegmentInto(qBeforeChange, placeBeforeChange, timeS, wornRole, qSegmentFromSensor);
    slerpInto(out, qBeforeChange, out, there);
    shakeInHand(out, there, timeS);
    for (let i = 0; i < 3; i++) place[i] = placeBeforeChange[i] + there * (place[i] - placeBeforeChange[i]);
    place[0] += IN_HAND_M * 4 * there * (1 - there);
  }

  private onSegmentInto(
    out: Quaternion,
    place: Vector3,
    timeS: number,
    role: SegmentRole,
    qSegmentFromSensor: Quaternion,
  ): void {
    const at = 4 * segmentRoleIndex(role);
    this.body.segmentsInto(pose, timeS);
    for (let i = 0; i < 4; i++) out[i] = pose[at + i];
    placeInto(place, pose, role);
    const share = this.conditions.softTissuePercent / 100;
    if (share > 0) {
      this.body.segmentsInto(pose, timeS - SOFT_TISSUE_LAG_S);
      skinFromBoneInto(turn, pose.subarray(at, at + 4), share);
      multiplyInto(out, out, turn);
    }
    multiplyInto(out, out, qSegmentFromSensor);
    if (timeS > this.slipAtS) {
      const slip = this.conditions.slipDeg * RAD_PER_DEG;
      fromAxisAngleInto(turn, 0.6, 0, 0.8, slip * minimumJerk((timeS - this.slipAtS) / SLIP_DURATION_S));
      multiplyInto(out, out, turn);
    }
  }
}

/** Hands turn a thing about while they put it on. */
function shakeInHand(out: Quaternion, share: number, timeS: number): void {
  const shake = 4 * share * (1 - share);
  fromRotationVectorInto(turn, 0.35 * shake * Math.sin(7 * timeS), 0.3 * shake * Math.sin(5.3 * timeS), 0);
  multiplyInto(out, out, turn);
}

/** qSegmentFromSensor of a sensor that sits exactly as the guide shows. */
export function nominalMounting(role: SegmentRole): Quaternion {
  const site = role === 'upperArmLeft' ? 'left' : role === 'upperArmRight' ? 'right' : 'back';
  // Columns of the matrix are the sensor's axes in segment coordinates: the rows above, turned over.
  const m = NOMINAL_AXES[site];
  return fromMatrixInto(createQuaternion(), [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]]);
}

function drawMounting(
  role: SegmentRole,
  isUpsideDown: boolean,
  conditions: SimulationConditions,
  random: Random,
): Quaternion {
  const q = nominalMounting(role);
  const axis = Float64Array.from([0, 0, 0], () => random.gaussian());
  const norm = Math.hypot(axis[0], axis[1], axis[2]);
  const tilt = random.between(0.2, 1) * conditions.mountingTiltDeg * RAD_PER_DEG;
  const tiltTurn = fromAxisAngleInto(
    createQuaternion(),
    axis[0] / norm,
    axis[1] / norm,
    axis[2] / norm,
    tilt,
  );
  multiplyInto(q, tiltTurn, q);
  if (isUpsideDown) multiplyInto(q, q, createQuaternion(0, 0, 0, 1));
  return q;
}

/**
 * Skin stays behind by a share of how far the segment leans from standing and by a share of how far it turned about its own
 * long axis. The two are taken apart: a person on hands and knees strains the skin by the turn, about the spine, whatever
 * the lean, and what the lean has strained is turned along.
 */
function skinFromBoneInto(out: Quaternion, qFacingFromSegment: ArrayLike<number>, share: number): void {
  const w = qFacingFromSegment[0],
    y = qFacingFromSegment[2];
  const norm = Math.hypot(w, y);
  if (norm > 1e-6) {
    about[0] = w / norm;
    about[2] = y / norm;
  } else {
    about[0] = 1;
    about[2] = 0;
  }
  // q = lean * about; bone to skin is about^-share * lean^-share.
  conjugateInto(out, about);
  multiplyInto(lean, qFacingFromSegment, out);
  toRotationVectorInto(vector, about);
  fromRotationVectorInto(out, 0, -share * vector[1], 0);
  toRotationVectorInto(vector, lean);
  fromRotationVectorInto(lean, -share * vector[0], -share * vector[1], -share * vector[2]);
  multiplyInto(out, out, lean);
}

/** Place of the sensor's site, m in the Facing frame, origin at the hips. */
function placeInto(out: Vector3, pose: Float64Array, role: SegmentRole): void {
  out.fill(0);
  if (role !== 'pelvis') {
    addRotated(out, pose, 'pelvis', LUMBAR_M);
    if (role !== 'lowerBack') {
      addRotated(out, pose, 'lowerBack', THORAX_M);
      if (role === 'upperArmLeft') addRotated(out, pose, 'upperBack', SHOULDER_M.left);
      if (role === 'upperArmRight') addRotated(out, pose, 'upperBack', SHOULDER_M.right);
    }
  }
  addRotated(out, pose, role, SENSOR_OFFSET_M[role]);
}

function addRotated(out: Vector3, pose: Float64Array, segment: SegmentRole, offset: readonly number[]): void {
  const at = 4 * segmentRoleIndex(segment);
  rotateInto(vector, pose.subarray(at, at + 4), offset);
  out[0] += vector[0];
  out[1] += vector[1];
  out[2] += vector[2];
}

const pose = new Float64Array(POSE_LENGTH);
const turn = createQuaternion();
const lean = createQuaternion();
const about = createQuaternion();
const vector = new Float64Array(3);
