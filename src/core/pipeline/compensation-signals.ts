import {
  armAzimuthRad,
  armElevationRad,
  armPlaneRad,
  gravityPhaseRad,
  gravityRotationQuality,
  GRAVITY_ROTATION_CLASS_C,
  isArmPlaneDefined,
  pitchRad,
  tiltRad,
  trunkAnglesInto,
  upInSegmentInto,
} from '../body/angles.ts';
import { segmentRoleIndex } from '../body/segment-role.ts';
import { COMPENSATION_SIGNALS, type CompensationSignal } from '../exercise/cue-rules.ts';
import type { Side } from '../exercise/motion-definition.ts';
import { armRole } from '../exercise/motion-definitions.ts';
import { wrapRad } from '../math/angle.ts';
import { conjugateMultiplyInto, createQuaternion } from '../math/quaternion.ts';
import type { LiveBody, LiveSegment } from './live-body.ts';

const AT = Object.fromEntries(COMPENSATION_SIGNALS.map((name, i) => [name, i])) as Record<
  CompensationSignal,
  number
>;

/**
 * Everything that a person may do beside the intended movement, since the start of a set. Read at every instant,
 * allocates nothing.
 */
export class CompensationSignals {
  /** rad in COMPENSATION_SIGNALS order, NaN where no worn sensor shows it. */
  readonly signals = new Float64Array(COMPENSATION_SIGNALS.length).fill(NaN);

  private readonly body: LiveBody;
  /** 5 x (w, x, y, z) at the start of the set, NaN where not worn. */
  private readonly starts: Float64Array;
  private readonly upper: LiveSegment;
  private readonly lower: LiveSegment;
  private readonly pelvis: LiveSegment;
  private readonly q = createQuaternion();
  private readonly q2 = createQuaternion();
  private readonly up = new Float64Array(3);
  private readonly triple = new Float64Array(3);
  private readonly startTriple = new Float64Array(3);
  private readonly turn = new Float64Array(1);
  /** The arm whose travel is watched: that of the side, else whichever is worn. */
  private arm: LiveSegment | null = null;
  private armStartAzimuthRad = NaN;

  constructor(body: LiveBody, starts: Float64Array) {
    this.body = body;
    this.starts = starts;
    this.upper = body.segment('upperBack');
    this.lower = body.segment('lowerBack');
    this.pelvis = body.segment('pelvis');
  }

  /** The set starts; `starts` holds the pose. */
  start(side: Side | null): void {
    const right = this.body.segment('upperArmRight'),
      left = this.body.segment('upperArmLeft');
    const asked = side === null ? right : this.body.segment(armRole(side));
    this.arm = asked.isValid ? asked : right.isValid ? right : left.isValid ? left : null;
    this.armStartAzimuthRad = NaN;
    if (this.arm === null || !this.upper.isValid) return;
    conjugateMultiplyInto(this.q, this.startOf(this.upper, this.q2), this.startOf(this.arm, this.q));
    this.armStartAzimuthRad = armAzimuthRad(this.q);
  }

  read(): void {
    const { signals, upper, lower, pelvis, triple, up } = this;
    signals.fill(NaN);
    if (upper.isValid) {
      this.sinceStart(upper);
      signals[AT.upperFlexion] = triple[0];
      signals[AT.upperSideBend] = triple[1];
      this.readTurn(upper);
      signals[AT.upperTurn] = this.turn[0];
      upInSegmentInto(up, upper.qFacingFromSegment);
      signals[AT.upperPitch] = pitchRad(up);
      signals[AT.upperTilt] = tiltRad(up);
      upInSegmentInto(up, this.startOf(upper, this.q));
      signals[AT.upperPitch] -= pitchRad(up);
      signals[AT.upperTilt] -= tiltRad(up);
    }
    if (lower.isValid) {
      this.sinceStart(lower);
      signals[AT.lowerFlexion] = triple[0];
      this.readTurn(lower);
      signals[AT.lowerTurn] = this.turn[0];
    }
    if (pelvis.isValid) {
      this.sinceStart(pelvis);
      signals[AT.pelvisFlexion] = triple[0];
      signals[AT.pelvisSideBend] = triple[1];
      this.readTurn(pelvis);
      signals[AT.pelvisTurn] = this.turn[0];
    }
    const lowest = pelvis.isValid ? pelvis : lower;
    if (lowest.isValid) {
      upInSegmentInto(up, lowest.qFacingFromSegment);
      signals[AT.lowerTilt] = tiltRad(up);
      upInSegmentInto(up, this.startOf(lowest, this.q));
      signals[AT.lowerTilt] -= tiltRad(up);
    }
    if (upper.isValid) this.readBetween();
    if (upper.isValid && upper.hasHeading) this.readArms();
  }

  /** Flexion, side bend and turn of a segment since the set's start, in its own start axes, into `triple`. */
  private sinceStart(segment: LiveSegment): void {
    conjugateMultiplyInto(this.q, this.startOf(segment, this.q), segment.qFacingFromSegment);
    trunkAnglesInto(this.triple, this.q);
  }

  /** Turn about a segment's length into `turn`: by gravity where it lies level, else as in `triple`, which needs the heading. */
  private readTurn(segment: LiveSegment): void {
    upInSegmentInto(this.up, this.startOf(segment, this.q));
    this.turn[0] = NaN;
    if (gravityRotationQuality(this.up) >= GRAVITY_ROTATION_CLASS_C) {
      const startPhase = gravityPhaseRad(this.up);
      upInSegmentInto(this.up, segment.qFacingFromSegment);
      if (gravityRotationQuality(this.up) >= GRAVITY_ROTATION_CLASS_C)
        this.turn[0] = wrapRad(gravityPhaseRad(this.up) - startPhase);
    } else if (segment.hasHeading) this.turn[0] = this.triple[2];
  }

  /** The upper back against what is worn below it. */
  private readBetween(): void {
    const { signals, upper, lower, pelvis, triple, startTriple } = this;
    const below = lower.isValid ? lower : pelvis;
    if (!below.isValid || !below.hasHeading || !upper.hasHeading) return;
    conjugateMultiplyInto(this.q, this.startOf(below, this.q2), this.startOf(upper, this.q));
    trunkAnglesInto(startTriple, this.q);
    conjugateMultiplyInto(this.q, below.qFacingFromSegment, upper.qFacingFromSegment);
    trunkAnglesInto(triple, this.q);
    if (below === lower) signals[AT.thoracicFlexion] = triple[0] - startTriple[0];
    signals[AT.trunkTwist] = wrapRad(triple[2] - startTriple[2]);
  }

  private readArms(): void {
    const { signals, upper, arm } = this;
    const right = this.body.segment('upperArmRight'),
      left = this.body.segment('upperArmLeft');
    if (right.isValid && left.isValid && right.hasHeading && left.hasHeading)
      signals[AT.armDifference] = this.body.anglesRad[4] - this.body.anglesRad[3];
    if (arm === null || !arm.isValid || !arm.hasHeading) return;
    conjugateMultiplyInto(this.q, upper.qFacingFromSegment, arm.qFacingFromSegment);
    const elevation = armElevationRad(this.q);
    signals[AT.armHeight] = elevation;
    if (!isArmPlaneDefined(elevation)) return;
    signals[AT.armPlane] = armPlaneRad(this.q, arm.role === 'upperArmLeft' ? -1 : 1);
    signals[AT.armTravel] = wrapRad(armAzimuthRad(this.q) - this.armStartAzimuthRad);
  }

  private startOf(segment: LiveSegment, out: Float64Array): Float64Array {
    const at = 4 * segmentRoleIndex(segment.role);
    for (let k = 0; k < 4; k++) out[k] = this.starts[at + k];
    return out;
  }
}
