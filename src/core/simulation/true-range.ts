import {
  armElevationRad,
  gravityPhaseRad,
  gravityRotationRad,
  tiltRad,
  trunkAnglesInto,
  upInSegmentInto,
} from '../body/angles.ts';
import { meanOrientationInto } from '../body/mounting.ts';
import { poseOrientationInto, type NeutralPose } from '../body/posture.ts';
import { SEGMENT_ROLES, segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import { medianAround, type MovementPlane } from '../exercise/cycle-detector.ts';
import { conjugateInto, conjugateMultiplyInto, createQuaternion, multiplyInto } from '../math/quaternion.ts';
import { POSE_LENGTH } from './body-motion.ts';
import type { SessionTruth, TrueRepetition } from './simulate-session.ts';

/** The bones as a report defines them: in its neutral window every segment stands as the pose says. */
export interface TrueSegments {
  readonly timeMs: Float64Array;
  /** One row of 5 x (w, x, y, z) per time. */
  readonly segments: Float64Array;
}

/** How long round the extreme a peak is taken from, to each side, ms. */
const PEAK_HALF_WINDOW_MS = 100;

/** @param pose of the trunk in the neutral window; arms hang */
export function trueSegmentsSince(
  truth: SessionTruth,
  neutralStartMs: number,
  neutralEndMs: number,
  pose: NeutralPose,
): TrueSegments {
  const first = truth.timeMs.findIndex((t) => t >= neutralStartMs);
  let last = first;
  while (last + 1 < truth.timeMs.length && truth.timeMs[last + 1] <= neutralEndMs) last++;
  const segments = new Float64Array(truth.segments.length);
  const q = createQuaternion(),
    change = createQuaternion();
  SEGMENT_ROLES.forEach((role, k) => {
    const rows = new Float64Array(4 * (last - first + 1));
    for (let i = first; i <= last; i++) rows.set(rowOf(truth.segments, i, k), 4 * (i - first));
    const isArm = role === 'upperArmLeft' || role === 'upperArmRight';
    const neutral = conjugateInto(q, meanOrientationInto(q, rows, 0, last - first));
    // What a segment has turned since neutral, put on top of the pose.
    multiplyInto(change, neutral, poseOrientationInto(createQuaternion(), isArm ? 'upright' : pose));
    for (let i = 0; i < truth.timeMs.length; i++)
      segments.set(multiplyInto(createQuaternion(), rowOf(truth.segments, i, k), change), at(i, k));
  });
  return { timeMs: truth.timeMs, segments };
}

/** True peak of one repetition in a plane of a report, median round the extreme, rad; positive towards `sign`. */
export function truePeakRad(
  body: TrueSegments,
  plane: MovementPlane,
  sign: 1 | -1,
  worn: readonly SegmentRole[],
  pose: NeutralPose,
  repetition: TrueRepetition,
): number {
  const { timeMs } = body;
  const first = timeMs.findIndex((t) => t >= repetition.startMs);
  const angles: number[] = [];
  for (let i = first; i < timeMs.length && timeMs[i] <= repetition.endMs; i++)
    angles.push(sign * planeAngleRad(body, i, plane, worn, pose));
  const peak = angles.indexOf(Math.max(...angles));
  const stepMs = timeMs[1] - timeMs[0];
  return medianAround(Float64Array.from(angles), peak, Math.round(PEAK_HALF_WINDOW_MS / stepMs));
}

function planeAngleRad(
  body: TrueSegments,
  i: number,
  plane: MovementPlane,
  worn: readonly SegmentRole[],
  pose: NeutralPose,
): number {
  const segment = (role: SegmentRole): Float64Array => rowOf(body.segments, i, segmentRoleIndex(role));
  if (plane === 'armElevationLeft' || plane === 'armElevationRight') {
    const arm = segment(plane === 'armElevationLeft' ? 'upperArmLeft' : 'upperArmRight');
    if (worn.includes('upperBack'))
      return armElevationRad(conjugateMultiplyInto(relative, segment('upperBack'), arm));
    return tiltRad(upInSegmentInto(up, arm));
  }
  const reference = (['lowerBack', 'pelvis'] as const).find((role) => worn.includes(role));
  if (reference !== undefined) {
    trunkAnglesInto(triple, conjugateMultiplyInto(relative, segment(reference), segment('upperBack')));
    return triple[plane === 'flexionExtension' ? 0 : plane === 'lateral' ? 1 : 2];
  }
  if (plane === 'rotation') {
    const startPhaseRad = gravityPhaseRad(upInSegmentInto(up, poseOrientationInto(relative, pose)));
    return gravityRotationRad(upInSegmentInto(up, segment('upperBack')), startPhaseRad);
  }
  upInSegmentInto(up, segment('upperBack'));
  if (pose === 'prone') return -Math.asin(Math.max(-1, Math.min(1, up[1])));
  return plane === 'flexionExtension' ? Math.atan2(-up[0], up[1]) : Math.atan2(-up[2], up[1]);
}

function at(i: number, segment: number): number {
  return POSE_LENGTH * i + 4 * segment;
}

function rowOf(segments: Float64Array, i: number, segment: number): Float64Array {
  return segments.subarray(at(i, segment), at(i, segment) + 4);
}

const relative = createQuaternion();
const triple = new Float64Array(3);
const up = new Float64Array(3);
