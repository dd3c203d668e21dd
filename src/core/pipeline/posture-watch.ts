import { upInSegmentInto } from '../body/angles.ts';
import { postureUpInto } from '../body/posture.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { MotionDefinition } from '../exercise/motion-definition.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion } from '../math/quaternion.ts';
import type { LiveBody } from './live-body.ts';
import type { SetMeasure } from './set-measure.ts';

const LEFT_AFTER_MS = 2000;
const BACK_AFTER_MS = 1000;
/** A trunk segment that leans by so much more than the movement makes it lean is in another posture, rad. */
const BEYOND_MOVEMENT_RAD = 45 * RAD_PER_DEG;
/** No repetition goes further than so many times the usual end of the movement. */
const LARGEST_REACH = 1.5;
/** Back in the posture, whoever left it is nearer than this share of the way at which they had left. */
const BACK_SHARE = 0.6;

/** Who stands up or sits up leaves the start posture; back in it they go on. Driven at every instant with a signal. */
export class PostureWatch {
  private readonly body: LiveBody;
  private readonly measure: SetMeasure;
  /** Per segment: change of lean, or of pitch where it does not start upright, that is another posture; NaN for arms. */
  private readonly leftRad: readonly number[];
  private readonly startsUpright: readonly boolean[];
  private readonly start = createQuaternion();
  private readonly before = new Float64Array(3);
  private readonly now = new Float64Array(3);
  private elsewhereSinceMs = NaN;
  private backSinceMs = NaN;

  constructor(body: LiveBody, motion: MotionDefinition, measure: SetMeasure) {
    this.body = body;
    this.measure = measure;
    this.leftRad = body.segments.map(({ role }) => largestLeanRad(motion, role));
    this.startsUpright = body.segments.map(
      ({ role }) => postureUpInto(this.now, motion.posture, role)[1] > 0.7,
    );
  }

  /** True now: a trunk segment leans as no repetition of this movement makes it lean. */
  get isElsewhere(): boolean {
    return this.isBeyond(1);
  }

  /** True once the trunk has been in another posture for two seconds. */
  hasLeft(timeMs: number): boolean {
    if (!this.isBeyond(1)) this.elsewhereSinceMs = NaN;
    else if (!Number.isFinite(this.elsewhereSinceMs)) this.elsewhereSinceMs = timeMs;
    return timeMs - this.elsewhereSinceMs >= LEFT_AFTER_MS;
  }

  /** True once it has been near the start posture again for a second. */
  isBack(timeMs: number): boolean {
    if (this.isBeyond(BACK_SHARE)) this.backSinceMs = NaN;
    else if (!Number.isFinite(this.backSinceMs)) this.backSinceMs = timeMs;
    return timeMs - this.backSinceMs >= BACK_AFTER_MS;
  }

  restart(): void {
    this.elsewhereSinceMs = this.backSinceMs = NaN;
  }

  private isBeyond(share: number): boolean {
    const { before, now } = this;
    const { segments } = this.body;
    for (let i = 0; i < segments.length; i++) {
      if (!segments[i].isValid) continue;
      upInSegmentInto(before, this.measure.startOrientationInto(this.start, segments[i]));
      upInSegmentInto(now, segments[i].qFacingFromSegment);
      // Turning about the trunk's own axis moves up in a lying segment, but not the pitch of its long axis.
      const away = this.startsUpright[i]
        ? Math.acos(before[0] * now[0] + before[1] * now[1] + before[2] * now[2])
        : Math.abs(Math.asin(now[1]) - Math.asin(before[1]));
      if (away > share * this.leftRad[i]) return true;
    }
    return false;
  }
}

function largestLeanRad(motion: MotionDefinition, role: SegmentRole): number {
  if (role === 'upperArmLeft' || role === 'upperArmRight') return NaN;
  const coupling = motion.couplings.find((one) => one.segment === role);
  const share = coupling === undefined ? 0 : Math.hypot(coupling.flexion, coupling.sideBend);
  return BEYOND_MOVEMENT_RAD + LARGEST_REACH * share * motion.usualMaximumDeg * RAD_PER_DEG;
}
