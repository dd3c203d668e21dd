import {
  armSagittalRad,
  GRAVITY_ROTATION_CLASS_A,
  GRAVITY_ROTATION_CLASS_C,
  gravityFlexionRad,
  gravityPhaseRad,
  gravityRotationQuality,
  gravitySideBendRad,
  pitchRad,
  tiltRad,
  trunkAnglesInto,
  twistRad,
  upInSegmentInto,
} from '../body/angles.ts';
import { SEGMENT_ROLES, segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import type { MeasureName, MotionDefinition, MotionSensorSet, Side } from '../exercise/motion-definition.ts';
import { armRole, isArmMovement } from '../exercise/motion-definitions.ts';
import { segmentPoseInto } from '../exercise/motion-pose.ts';
import { RAD_PER_DEG, wrapRad } from '../math/angle.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotationAngleRad,
  toRotationVectorInto,
} from '../math/quaternion.ts';
import { axisVarianceRad2 } from '../quality/error-sources.ts';
import { CompensationSignals } from './compensation-signals.ts';
import { axisSigmaRad, halfWidth95Rad, type LiveBody, type LiveSegment } from './live-body.ts';

/** Measures of one segment against another: both headings are needed. */
const IS_RELATIVE: Readonly<Record<MeasureName, boolean>> = {
  upperBackRelativeToLowerBack: true,
  trunkRelativeToPelvis: true,
  armRelativeToUpperBack: true,
  upperBackLean: false,
  upperBackTwist: false,
  upperBackPitch: false,
  upperBackTilt: false,
  gravityRotation: false,
  armFromGravity: false,
  armLiftFromGravity: false,
};

/** How far from the exercise's usual start posture a person may begin, rad. */
const POSTURE_TOLERANCE_RAD = 45 * RAD_PER_DEG;

/** Share that the skin is taken to stay behind by, to see what that does to a turn by gravity. */
const SKIN_PROBE = 0.05;
const LEAST_TURN_FOR_SHARE_RAD = 5 * RAD_PER_DEG;

/** The one quantity that a set is counted by, read from the body against the set's start. */
export class SetMeasure {
  readonly measure: MeasureName;
  /** The arm that moves, or the side asked for; null for both. */
  readonly side: Side | null;
  readonly needed: readonly LiveSegment[];
  /** True where the zero can wander: two headings, or one. */
  readonly drifts: boolean;
  /** Radians, valid after `read` returned true. */
  angleRad = NaN;
  halfWidth95Rad = NaN;

  private readonly body: LiveBody;
  private readonly motion: MotionDefinition;
  private readonly moving: LiveSegment;
  private readonly reference: LiveSegment | null;
  private readonly component: 0 | 1 | 2;
  /** Own turn of each segment for each degree of the measured angle. */
  private movingShare: number;
  /** Component of up that tells a lean across the plane, which a false forward reads along it; -1 where forward does not matter. */
  private readonly acrossAxis: -1 | 0 | 2;
  private readonly referenceShare: number;
  /** Pose of all segments at the start of the movement as it is defined, and as the person took it. */
  private readonly expected = new Float64Array(4 * SEGMENT_ROLES.length);
  private readonly starts = new Float64Array(4 * SEGMENT_ROLES.length);
  private readonly compensation: CompensationSignals;
  private readonly startTilts = new Float64Array(5);
  private readonly q = createQuaternion();
  private readonly q2 = createQuaternion();
  private readonly q3 = createQuaternion();
  private readonly triple = new Float64Array(3);
  private readonly up = new Float64Array(3);
  private startRad = 0;
  /** Raw turn by gravity at the start, had the skin stayed behind by {@link SKIN_PROBE}. */
  private startPhaseBehindRad = 0;
  private startQuality = 1;
  private tiltGain = 1;

  constructor(body: LiveBody, motion: MotionDefinition, set: MotionSensorSet, side: Side | null) {
    this.body = body;
    this.motion = motion;
    this.measure = set.measure;
    const isArm = isArmMovement(motion);
    const movingRole: SegmentRole = isArm
      ? (set.roles.find((role) => role === 'upperArmLeft' || role === 'upperArmRight') ??
        armRole(side ?? 'right'))
      : 'upperBack';
    this.side = movingRole === 'upperArmLeft' ? 'left' : movingRole === 'upperArmRight' ? 'right' : side;
    this.moving = body.segment(movingRole);
    segmentPoseInto(this.expected, motion, 0, this.side);
    this.compensation = new CompensationSignals(body, this.starts);
    this.needed = set.roles.map((role) => body.segment(role));
    this.reference = IS_RELATIVE[set.measure]
      ? (this.needed.find((segment) => segment !== this.moving) ?? null)
      : null;
    this.component = motion.quantity === 'flexion' ? 0 : motion.quantity === 'sideBend' ? 1 : 2;
    // Neither how far an arm is raised, nor a turn, nor how far a trunk rises above level depends on where forward is.
    const isLean = set.measure === 'upperBackLean' || (IS_RELATIVE[set.measure] && !isArm);
    this.acrossAxis = !isLean || this.component === 2 ? -1 : this.component === 0 ? 2 : 0;
    const share = (segment: LiveSegment | null): number =>
      segment === null ? 0 : shareOf(motion, segment.role);
    // Arms are raised against a chest that hardly moves; the trunk's angle is the difference of two turns.
    const angle = share(this.moving) - share(this.reference);
    this.movingShare = angle > 0 ? share(this.moving) / angle : 1;
    this.referenceShare = angle > 0 ? share(this.reference) / angle : 0;
    this.drifts =
      motion.quantity === 'rotation' &&
      (set.measure === 'upperBackRelativeToLowerBack' ||
        set.measure === 'trunkRelativeToPelvis' ||
        set.measure === 'upperBackTwist');
  }

  /** Movements beside the intended one, rad in COMPENSATION_SIGNALS order, valid after `read` returned true. */
  get signals(): Float64Array {
    return this.compensation.signals;
  }

  /** True where all sensors of the set give a fresh value (headings included where the measure needs them). */
  get isReady(): boolean {
    for (let i = 0; i < this.needed.length; i++) {
      const segment = this.needed[i];
      if (!segment.isValid || (this.needsHeading && !segment.hasHeading)) return false;
    }
    return true;
  }

  /** True while none of the needed sensors turns faster. */
  isStill(belowRadPerS: number): boolean {
    for (let i = 0; i < this.needed.length; i++) {
      const { sensor } = this.needed[i];
      if (sensor === null || !(sensor.speedRadPerS < belowRadPerS)) return false;
    }
    return true;
  }

  /** The relative heading is not known any more: nothing is measured until a rest in the start posture gives it back. */
  loseHeading(): void {
    for (let i = 0; i < this.needed.length; i++) this.needed[i].hasHeading = false;
  }

  get needsHeading(): boolean {
    return this.reference !== null || this.measure === 'upperBackTwist';
  }

  /** True while the trunk and the measured arm are where the exercise starts from. */
  isInStartPosture(): boolean {
    for (let i = 0; i < this.needed.length; i++) if (!this.isNearStart(this.needed[i])) return false;
    return true;
  }

  private isNearStart(segment: LiveSegment): boolean {
    upInSegmentInto(this.up, segment.qFacingFromSegment);
    upInSegmentInto(this.triple, this.expectedOrientationInto(this.q, segment));
    // How an arm is turned about its own length is left open, and so is how far a chest that faces down has sunk.
    if (segment.role === 'upperArmLeft' || segment.role === 'upperArmRight')
      return Math.abs(tiltRad(this.up) - tiltRad(this.triple)) < POSTURE_TOLERANCE_RAD;
    if (this.motion.quantity === 'lockedRotation' && this.motion.postureOfSide === undefined)
      return gravityRotationQuality(this.up) >= GRAVITY_ROTATION_CLASS_C;
    const dot = this.up[0] * this.triple[0] + this.up[1] * this.triple[1] + this.up[2] * this.triple[2];
    return Math.acos(Math.max(-1, Math.min(1, dot))) < POSTURE_TOLERANCE_RAD;
  }

  /** Takes the present pose as the set's start. */
  start(): void {
    for (let i = 0; i < this.body.segments.length; i++) {
      const segment = this.body.segments[i];
      for (let k = 0; k < 4; k++)
        this.starts[4 * i + k] = segment.isValid ? segment.qFacingFromSegment[k] : NaN;
      this.startTilts[i] = segment.isValid ? this.tiltOf(segment) : NaN;
    }
    upInSegmentInto(this.up, this.moving.qFacingFromSegment);
    this.startQuality = gravityRotationQuality(this.up);
    this.compensation.start(this.side);
    if (this.measure === 'gravityRotation') {
      this.body.startPhaseRad = gravityPhaseRad(this.up);
      this.readPhaseBehind();
      this.startPhaseBehindRad = gravityPhaseRad(this.up);
    }
    this.startRad = 0;
    this.readAngle();
    // An elevation from hanging is one whatever the set started at.
    this.startRad = this.motion.quantity === 'armElevation' ? 0 : this.angleRad;
  }

  /** True when gravity shows the turn well enough for a primary outcome at the start of the set. */
  get isPrimaryOutcome(): boolean {
    return this.measure !== 'gravityRotation' || this.startQuality >= GRAVITY_ROTATION_CLASS_A;
  }

  /** Orientation that a segment has at the start of the movement as it is defined. */
  expectedOrientationInto(out: Float64Array, segment: LiveSegment): Float64Array {
    const at = 4 * segmentRoleIndex(segment.role);
    for (let k = 0; k < 4; k++) out[k] = this.expected[at + k];
    return out;
  }

  /** Start orientation of a segment, as four numbers at an offset; NaN when it was not worn. */
  startOrientationInto(out: Float64Array, segment: LiveSegment): Float64Array {
    const at = 4 * segmentRoleIndex(segment.role);
    for (let k = 0; k < 4; k++) out[k] = this.starts[at + k];
    return out;
  }

  /**
   * Reads angle, interval and compensation signals; false where they cannot be had now.
   *
   * @param headingVariance of the relative heading since the zero was last confirmed, rad^2
   */
  read(headingVariance: number): boolean {
    if (!this.isReady) return false;
    this.readAngle();
    if (this.angleRad !== this.angleRad) return false;
    this.tiltGain = this.drifts ? 0 : 1;
    if (this.measure === 'gravityRotation') {
      upInSegmentInto(this.up, this.moving.qFacingFromSegment);
      const quality = Math.min(this.startQuality, gravityRotationQuality(this.up));
      if (quality < GRAVITY_ROTATION_CLASS_C) return false;
      // Away from level a tilt error reads as a larger turn.
      this.tiltGain = 1 / (quality * quality);
      this.readSkinShare();
    }
    this.halfWidth95Rad = halfWidth95Rad(
      this.angleRad,
      this.moving,
      this.reference,
      this.drifts ? headingVariance : this.axisVarianceRad2(),
      this.tiltGain,
      this.movingShare,
      this.referenceShare,
    );
    this.compensation.read();
    return true;
  }

  /**
   * A strap that stays behind the turn about the spine stays behind the lean too, and a chest that seems less level shows
   * its turn larger: gravity's turn feels the skin by so much less than the whole of it.
   */
  private readSkinShare(): void {
    if (!(Math.abs(this.angleRad) > LEAST_TURN_FOR_SHARE_RAD)) return;
    this.readPhaseBehind();
    const behindRad = wrapRad(gravityPhaseRad(this.up) - this.startPhaseBehindRad);
    this.movingShare = Math.max(0, Math.min(1, (behindRad / this.angleRad - 1) / SKIN_PROBE));
  }

  /** Up as the bone would feel it, had the skin stayed behind lean and turn by {@link SKIN_PROBE}, into `up`. */
  private readPhaseBehind(): void {
    const q = this.moving.qFacingFromSegment;
    const norm = Math.sqrt(q[0] * q[0] + q[2] * q[2]);
    this.q2.fill(0);
    this.q2[0] = norm > 0 ? q[0] / norm : 1;
    this.q2[2] = norm > 0 ? q[2] / norm : 0;
    // q = lean * turn about the long axis.
    conjugateInto(this.q3, this.q2);
    multiplyInto(this.q3, q, this.q3);
    stretchInto(this.q2, this.triple);
    stretchInto(this.q3, this.triple);
    upInSegmentInto(this.up, multiplyInto(this.q3, this.q3, this.q2));
  }

  private axisVarianceRad2(): number {
    if (this.acrossAxis < 0) return 0;
    let squares = this.acrossSince(this.moving) ** 2;
    if (this.reference !== null) squares += this.acrossSince(this.reference) ** 2;
    return axisVarianceRad2(axisSigmaRad(this.moving, this.reference), this.angleRad, squares);
  }

  /** Sine of what a segment has leaned across the plane since the start. */
  private acrossSince(segment: LiveSegment): number {
    upInSegmentInto(this.up, this.startOrientationInto(this.q, segment));
    const before = this.up[this.acrossAxis];
    upInSegmentInto(this.up, segment.qFacingFromSegment);
    return this.up[this.acrossAxis] - before;
  }

  /** Lean of the upper back across the plane of the movement since the start, rad; NaN where the movement has none. */
  acrossRad(): number {
    if (this.moving.role !== 'upperBack') return NaN;
    if (this.motion.quantity === 'flexion') return this.signals[1];
    return this.motion.quantity === 'sideBend' ? this.signals[0] : NaN;
  }

  /** Angle between the pose at the start and now: relative to the reference, or of the upper back's tilt alone. */
  closureRad(): number {
    if (this.reference === null)
      return Math.abs(this.tiltOf(this.moving) - this.startTilts[segmentRoleIndex(this.moving.role)]);
    conjugateMultiplyInto(this.q, this.reference.qFacingFromSegment, this.moving.qFacingFromSegment);
    this.startOrientationInto(this.q2, this.reference);
    const start = this.startOrientationInto(this.q3, this.moving);
    conjugateMultiplyInto(this.q2, this.q2, start);
    return rotationAngleRad(conjugateMultiplyInto(this.q, this.q2, this.q));
  }

  /** Change of a trunk segment's tilt since the start, rad; NaN when it is not worn. */
  tiltChangeRad(segment: LiveSegment): number {
    return segment.isValid ? this.tiltOf(segment) - this.startTilts[segmentRoleIndex(segment.role)] : NaN;
  }

  /**
   * Angle between the directions of up in a segment at the start and now, rad; NaN when it is not worn. At rest in the
   * start posture it shows a strap that slipped in any direction but about the vertical.
   */
  leanChangeRad(segment: LiveSegment): number {
    if (!segment.isValid) return NaN;
    upInSegmentInto(this.up, this.startOrientationInto(this.q, segment));
    upInSegmentInto(this.triple, segment.qFacingFromSegment);
    const dot = this.up[0] * this.triple[0] + this.up[1] * this.triple[1] + this.up[2] * this.triple[2];
    return Math.acos(Math.max(-1, Math.min(1, dot)));
  }

  /** Each case stores what it read: a number returned or chosen between would be garbage at every instant. */
  private readAngle(): void {
    const q = this.moving.qFacingFromSegment;
    this.angleRad = NaN;
    switch (this.measure) {
      case 'upperBackRelativeToLowerBack':
      case 'trunkRelativeToPelvis':
        if (this.reference === null) return;
        conjugateMultiplyInto(this.q, this.reference.qFacingFromSegment, q);
        trunkAnglesInto(this.triple, this.q);
        this.angleRad = wrapRad(this.triple[this.component] - this.startRad);
        return;
      case 'upperBackLean':
        upInSegmentInto(this.up, q);
        if (this.component === 0) this.angleRad = gravityFlexionRad(this.up) - this.startRad;
        else this.angleRad = gravitySideBendRad(this.up) - this.startRad;
        return;
      case 'gravityRotation':
        upInSegmentInto(this.up, q);
        this.angleRad = wrapRad(gravityPhaseRad(this.up) - this.body.startPhaseRad);
        return;
      case 'upperBackTwist':
        this.startOrientationInto(this.q, this.moving);
        conjugateMultiplyInto(this.q, this.q, q);
        this.angleRad = twistRad(this.q, 0, 1, 0);
        return;
      case 'armRelativeToUpperBack':
        if (this.motion.quantity !== 'armPull')
          this.angleRad = this.body.anglesRad[this.moving.role === 'upperArmLeft' ? 3 : 4] - this.startRad;
        else if (this.reference !== null) {
          conjugateMultiplyInto(this.q, this.reference.qFacingFromSegment, q);
          this.angleRad = -armSagittalRad(this.q) - this.startRad;
        }
        return;
      case 'armFromGravity':
        upInSegmentInto(this.up, q);
        if (this.motion.quantity === 'armPull')
          this.angleRad = -Math.atan2(this.up[0], this.up[1]) - this.startRad;
        else this.angleRad = tiltRad(this.up) - this.startRad;
        return;
      case 'upperBackTilt':
        upInSegmentInto(this.up, q);
        this.angleRad = tiltRad(this.up) - this.startRad;
        return;
      case 'upperBackPitch':
      case 'armLiftFromGravity':
        upInSegmentInto(this.up, q);
        this.angleRad = -pitchRad(this.up) - this.startRad;
        return;
    }
  }

  private tiltOf(segment: LiveSegment): number {
    upInSegmentInto(this.up, segment.qFacingFromSegment);
    return tiltRad(this.up);
  }
}

/** Lengthens a rotation by {@link SKIN_PROBE}. */
function stretchInto(q: Float64Array, scratch: Float64Array): void {
  toRotationVectorInto(scratch, q);
  const k = 1 + SKIN_PROBE;
  fromRotationVectorInto(q, k * scratch[0], k * scratch[1], k * scratch[2]);
}

/** Turn of a segment in the motion's own direction for each degree of its primary angle. */
function shareOf(motion: MotionDefinition, role: SegmentRole): number {
  const coupling = motion.couplings.find((one) => one.segment === role);
  if (coupling === undefined) return 0;
  switch (motion.quantity) {
    case 'flexion':
    case 'hinge':
    case 'armLift':
      return coupling.flexion;
    case 'sideBend':
      return coupling.sideBend;
    case 'rotation':
    case 'lockedRotation':
      return coupling.rotation;
    case 'armElevation':
    case 'armRise':
    case 'armPull':
      return Math.abs(coupling.elevation);
  }
}
