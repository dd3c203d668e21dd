import {
  armElevationRad,
  gravityFlexionRad,
  gravityPhaseRad,
  gravityRotationQuality,
  gravitySideBendRad,
  GRAVITY_ROTATION_CLASS_C,
  tiltRad,
  trunkAnglesInto,
  upInSegmentInto,
} from '../body/angles.ts';
import { facingFromEarthInto } from '../body/facing-frame.ts';
import { sensorFromSegmentInto } from '../body/mounting.ts';
import { neutralPoseOf, poseOrientationInto, postureOrientationInto } from '../body/posture.ts';
import type { PostureName } from '../body/posture-name.ts';
import { SEGMENT_ROLES, segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import { RAD_PER_DEG, wrapRad } from '../math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  multiplyInto,
  type Quaternion,
} from '../math/quaternion.ts';
import {
  AXIS_SIGMA_RAD,
  axisVarianceRad2,
  GYRO_SCALE_SIGMA,
  halfWidth95Beside,
  SKIN_REACH,
  SKIN_SHIFT,
  ZERO_SIGMA_RAD,
} from '../quality/error-sources.ts';
import { HEADING_MARK, STATED, type LiveSensor } from './live-sensor.ts';

const UPPER_BACK = segmentRoleIndex('upperBack'),
  LOWER_BACK = segmentRoleIndex('lowerBack'),
  PELVIS = segmentRoleIndex('pelvis');
const FIRST_ARM = segmentRoleIndex('upperArmLeft');
const ROTATION = 2;
const UPRIGHT_LIMIT_RAD = 60 * RAD_PER_DEG;

/** How a mounting was found: by movement, or from the neutral pose alone. */
export type MountingSource = 'functional' | 'neutralPose';

/** One segment's live orientation, and what ties its sensor to it. */
export interface LiveSegment {
  readonly role: SegmentRole;
  sensor: LiveSensor | null;
  /** True once the sensor's mounting and heading are known. */
  isCalibrated: boolean;
  source: MountingSource;
  /** True in this instant: a fresh orientation with a heading that is known. */
  isValid: boolean;
  /** False after a gap until the heading was found again; gravity still holds. */
  hasHeading: boolean;
  /** {@link HEADING_MARK} and stretch of the sensor when the headings were made equal. */
  readonly zeroMark: Float64Array;
  zeroStretch: number;
  readonly qSensorFromSegment: Quaternion;
  readonly qFacingFromEarth: Quaternion;
  readonly qFacingFromSegment: Quaternion;
  /** {@link VARIANCE}, rad^2, at the last instant read; 0 without a sensor. */
  readonly variances: Float64Array;
}

/** Offsets into {@link LiveSegment.variances}. */
export const VARIANCE = {
  /** Of one tilt axis: the sensor states both together, an angle feels one. */
  tilt: 0,
  /** Growth of the heading's since the headings were made equal. */
  heading: 1,
  /** What the sensor turned while its clock may have been off. */
  clock: 2,
} as const;

/** Standard deviation with which a person comes back to the same heading when told to, rad. */
export const HEADING_AFTER_GAP_SIGMA_RAD = 3 * RAD_PER_DEG;

/** Segments and angles of the worn kit at one instant of the common axis. Allocates nothing per instant. */
export class LiveBody {
  readonly segments: readonly LiveSegment[] = SEGMENT_ROLES.map((role) => ({
    role,
    sensor: null,
    isCalibrated: false,
    source: 'neutralPose' as MountingSource,
    isValid: false,
    hasHeading: false,
    zeroMark: new Float64Array(HEADING_MARK.length),
    zeroStretch: 0,
    qSensorFromSegment: createQuaternion(),
    qFacingFromEarth: createQuaternion(),
    qFacingFromSegment: createQuaternion(),
    variances: new Float64Array(3),
  }));
  /** flexion, sideBend, rotation, armElevationLeft, armElevationRight, lockedRotation; NaN where not measured. */
  readonly anglesRad = new Float64Array(6).fill(NaN);
  readonly halfWidths95Rad = new Float64Array(6).fill(NaN);
  /** Start of the turn by gravity, rad; NaN while no set with such a turn runs. */
  startPhaseRad = NaN;
  /** Extra standard deviation of relative heading, rad: what a re-zeroing after a gap left open. */
  headingDoubtRad = 0;

  /** Which segments each of the angles was read from in this instant; meaningless where the angle is NaN. */
  private readonly movingOf: LiveSegment[] = Array.from(this.anglesRad, () => this.segments[UPPER_BACK]);
  private readonly referenceOf: (LiveSegment | null)[] = Array.from(this.anglesRad, () => null);
  private readonly relative = createQuaternion();
  private readonly triple = new Float64Array(3);
  private readonly up = new Float64Array(3);
  /** What the segments of the trunk's angle lean sideways (felt by flexion) and forward (felt by side bend): squared sines. */
  private readonly acrossSquares = new Float64Array(2);

  segment(role: SegmentRole): LiveSegment {
    return this.segments[segmentRoleIndex(role)];
  }

  /** Who wears what; a segment whose sensor changed must be calibrated again. */
  assign(sensors: readonly LiveSensor[]): void {
    for (const segment of this.segments) {
      const sensor = sensors.find((candidate) => candidate.role === segment.role) ?? null;
      if (sensor !== segment.sensor) segment.isCalibrated = segment.isValid = false;
      segment.sensor = sensor;
      if (sensor !== null && !segment.isCalibrated) sensor.watch.isWorn = sensor.watch.isOnTrunk = false;
      readVariances(segment);
    }
  }

  /**
   * Ties a sensor to its segment.
   *
   * @param forwardHeadingRad of forward in the sensor's own earth frame at neutral
   * @param headingMark {@link HEADING_MARK} of the sensor at neutral
   */
  calibrate(
    role: SegmentRole,
    posture: PostureName,
    forwardHeadingRad: number,
    qEarthFromSensorNeutral: ArrayLike<number>,
    headingMark: Float64Array,
    stretch: number,
    source: MountingSource,
  ): void {
    const segment = this.segment(role);
    if (segment.sensor === null) return;
    sensorFromSegmentInto(
      segment.qSensorFromSegment,
      forwardHeadingRad,
      qEarthFromSensorNeutral,
      neutralOrientationInto(this.relative, posture, role),
    );
    facingFromEarthInto(segment.qFacingFromEarth, forwardHeadingRad);
    segment.isCalibrated = true;
    segment.sensor.watch.isWorn = true;
    segment.sensor.watch.isOnTrunk = role !== 'upperArmLeft' && role !== 'upperArmRight';
    segment.source = source;
    segment.hasHeading = true;
    segment.zeroMark.set(headingMark);
    segment.zeroStretch = stretch;
    readVariances(segment);
  }

  /** Turns a segment about the vertical so that it faces as `qFacingFromSegmentKnown` does; its tilt stays. */
  restoreHeading(segment: LiveSegment, qFacingFromSegmentKnown: ArrayLike<number>): void {
    if (segment.sensor === null) return;
    // Turn about the vertical (y of Facing) that brings the present orientation nearest to the known one.
    const q = segment.qFacingFromSegment;
    const w =
      qFacingFromSegmentKnown[0] * q[0] +
      qFacingFromSegmentKnown[1] * q[1] +
      qFacingFromSegmentKnown[2] * q[2] +
      qFacingFromSegmentKnown[3] * q[3];
    // y component of known * conj(q).
    const y =
      -qFacingFromSegmentKnown[0] * q[2] +
      qFacingFromSegmentKnown[1] * q[3] +
      qFacingFromSegmentKnown[2] * q[0] -
      qFacingFromSegmentKnown[3] * q[1];
    const norm = Math.sqrt(w * w + y * y);
    if (!(norm > 0)) return;
    this.relative[0] = w / norm;
    this.relative[1] = 0;
    this.relative[2] = y / norm;
    this.relative[3] = 0;
    multiplyInto(segment.qFacingFromEarth, this.relative, segment.qFacingFromEarth);
    multiplyInto(segment.qFacingFromSegment, this.relative, segment.qFacingFromSegment);
    segment.hasHeading = true;
    segment.zeroStretch = segment.sensor.stretch;
    segment.sensor.markHeading(segment.zeroMark);
    readVariances(segment);
    this.headingDoubtRad = HEADING_AFTER_GAP_SIGMA_RAD;
  }

  /** Everything at this time of the session. */
  update(timeMs: number): void {
    for (let i = 0; i < this.segments.length; i++) {
      const segment = this.segments[i];
      const sensor = segment.sensor;
      segment.isValid = false;
      readVariances(segment);
      if (sensor === null || !sensor.orientationAt(timeMs) || !segment.isCalibrated) continue;
      if (segment.zeroStretch !== sensor.stretch) segment.hasHeading = false;
      const q = segment.qFacingFromSegment;
      multiplyInto(q, segment.qFacingFromEarth, sensor.qEarthFromSensor);
      multiplyInto(q, q, segment.qSensorFromSegment);
      segment.isValid = true;
    }
    this.updateAngles();
  }

  private updateAngles(): void {
    const { anglesRad, halfWidths95Rad } = this;
    anglesRad.fill(NaN);
    halfWidths95Rad.fill(NaN);
    const upper = this.segments[UPPER_BACK];
    if (upper.isValid) this.updateTrunkAngles(upper);
    for (let k = 0; k < 2; k++) {
      const arm = this.segments[FIRST_ARM + k];
      if (!arm.isValid) continue;
      if (upper.isValid && upper.hasHeading && arm.hasHeading) {
        conjugateMultiplyInto(this.relative, upper.qFacingFromSegment, arm.qFacingFromSegment);
        anglesRad[3 + k] = armElevationRad(this.relative);
        this.readFrom(3 + k, arm, upper);
      } else if (upper.sensor === null) {
        anglesRad[3 + k] = armElevationRad(arm.qFacingFromSegment);
        this.readFrom(3 + k, arm, null);
      }
    }
    for (let at = 0; at < anglesRad.length; at++) {
      if (anglesRad[at] !== anglesRad[at]) continue;
      const segment = this.movingOf[at],
        reference = this.referenceOf[at];
      let variance = 0;
      if (at === ROTATION) {
        variance = segment.variances[VARIANCE.heading] + this.headingDoubtRad * this.headingDoubtRad;
        if (reference !== null) variance += reference.variances[VARIANCE.heading];
      } else if (at < ROTATION)
        variance = axisVarianceRad2(axisSigmaRad(segment, reference), anglesRad[at], this.acrossSquares[at]);
      halfWidths95Rad[at] = halfWidth95Rad(
        anglesRad[at],
        segment,
        reference,
        variance,
        at === ROTATION ? 0 : 1,
      );
    }
  }

  private updateTrunkAngles(upper: LiveSegment): void {
    const { anglesRad, up, triple } = this;
    const reference =
      this.segments[LOWER_BACK].sensor !== null ? this.segments[LOWER_BACK] : this.segments[PELVIS];
    this.acrossSquares.fill(0);
    if (reference.sensor !== null) {
      upInSegmentInto(up, reference.qFacingFromSegment);
      addAcross(this.acrossSquares, up);
    }
    upInSegmentInto(up, upper.qFacingFromSegment);
    addAcross(this.acrossSquares, up);
    if (reference.sensor !== null) {
      if (reference.isValid && upper.hasHeading && reference.hasHeading) {
        conjugateMultiplyInto(this.relative, reference.qFacingFromSegment, upper.qFacingFromSegment);
        trunkAnglesInto(triple, this.relative);
        for (let k = 0; k < 3; k++) {
          anglesRad[k] = triple[k];
          this.readFrom(k, upper, reference);
        }
      }
    } else {
      anglesRad[0] = gravityFlexionRad(up);
      if (tiltRad(up) < UPRIGHT_LIMIT_RAD) anglesRad[1] = gravitySideBendRad(up);
      if (upper.hasHeading) {
        trunkAnglesInto(triple, upper.qFacingFromSegment);
        anglesRad[ROTATION] = triple[2];
      }
      for (let k = 0; k < 3; k++) this.readFrom(k, upper, null);
    }
    if (this.startPhaseRad === this.startPhaseRad && gravityRotationQuality(up) >= GRAVITY_ROTATION_CLASS_C) {
      anglesRad[5] = wrapRad(gravityPhaseRad(up) - this.startPhaseRad);
      this.readFrom(5, upper, null);
    }
  }

  private readFrom(at: number, moving: LiveSegment, reference: LiveSegment | null): void {
    this.movingOf[at] = moving;
    this.referenceOf[at] = reference;
  }
}

/** An angle is not placed further off in time than this could tell, rad^2: the first packets leave the clock open. */
const LARGEST_CLOCK_VARIANCE = (30 * RAD_PER_DEG) ** 2;

/** What the sensor of a segment states now. */
function readVariances(segment: LiveSegment): void {
  const variances = segment.variances,
    sensor = segment.sensor;
  if (sensor === null) {
    variances.fill(0);
    return;
  }
  const tilt = sensor.statedSigmaRad[STATED.inclination];
  variances[VARIANCE.tilt] = (tilt * tilt) / 2;
  variances[VARIANCE.heading] = 0;
  sensor.addHeadingDrift(variances, VARIANCE.heading, segment.zeroMark);
  sensor.addHeadingWalk(variances, VARIANCE.heading, segment.zeroMark);
  const turned = (sensor.speedRadPerS * sensor.clockSigmaMs) / 1000;
  variances[VARIANCE.clock] = turned > 0 ? Math.min(turned * turned, LARGEST_CLOCK_VARIANCE) : 0;
}

/** How well forward is known where the worse of two segments tells it, rad. */
export function axisSigmaRad(segment: LiveSegment, reference: LiveSegment | null): number {
  const isNominal = segment.source === 'neutralPose' || reference?.source === 'neutralPose';
  return isNominal ? AXIS_SIGMA_RAD.neutralPose : AXIS_SIGMA_RAD.functional;
}

function addAcross(squares: Float64Array, up: Float64Array): void {
  squares[0] += up[2] * up[2];
  squares[1] += up[0] * up[0];
}

/** How far segments turn for each degree of an angle between them, where no exercise says it. */
const USUAL_SHARES = { alone: 1, moving: 1.2, reference: 0.2 } as const;

/**
 * Half width of the 95 % interval of an angle: the filters' own sigmas, clocks, axes, scale and zero, and skin that does not
 * follow the bone.
 *
 * @param angleRad of a trunk or arm angle; `reference` null where gravity is the reference
 * @param axesVariance of the relative heading in a turn, of where forward is in a lean, rad^2; 0 where the angle feels neither
 * @param tiltGain squared share of a tilt error that shows in the angle: 0 for a turn about the vertical, 1 for a lean
 * @param movingShare of each segment's own turn in the angle; `referenceShare` likewise
 */
export function halfWidth95Rad(
  angleRad: number,
  segment: LiveSegment,
  reference: LiveSegment | null,
  axesVariance: number,
  tiltGain: number,
  movingShare: number = reference === null ? USUAL_SHARES.alone : USUAL_SHARES.moving,
  referenceShare: number = reference === null ? 0 : USUAL_SHARES.reference,
): number {
  const size = Math.abs(angleRad);
  let variance = axesVariance + ZERO_SIGMA_RAD * ZERO_SIGMA_RAD + segment.variances[VARIANCE.clock];
  variance += tiltGain * segment.variances[VARIANCE.tilt];
  if (reference !== null)
    variance += reference.variances[VARIANCE.clock] + tiltGain * reference.variances[VARIANCE.tilt];
  const moving = movingShare * size,
    still = referenceShare * size;
  const squares = moving * moving + still * still;
  const scale = tiltGain > 0 ? GYRO_SCALE_SIGMA.lean : GYRO_SCALE_SIGMA.turn;
  variance += scale * scale * squares;
  const even = SKIN_REACH * SKIN_REACH;
  return halfWidth95Beside(
    SKIN_SHIFT * (moving - still),
    variance,
    even * squares,
    even * even * (moving * moving * moving * moving + still * still * still * still),
  );
}

/** Zero of all angles: upright or lying straight whatever the fine posture, as the neutral pose defines it. */
export function neutralOrientationInto(out: Quaternion, posture: PostureName, role: SegmentRole): Quaternion {
  if (role === 'upperArmLeft' || role === 'upperArmRight') return postureOrientationInto(out, posture, role);
  const pose = neutralPoseOf(posture);
  return pose === 'upright' ? poseOrientationInto(out, pose) : postureOrientationInto(out, posture, role);
}
