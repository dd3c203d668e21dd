import {
  GRAVITY_ROTATION_CLASS_A,
  GRAVITY_ROTATION_CLASS_C,
  armElevationRad,
  gravityPhaseRad,
  gravityRotationQuality,
  gravityRotationRad,
  tiltRad,
  trunkAnglesInto,
  twistRad,
  upInSegmentInto,
} from '../body/angles.ts';
import type { NeutralPose } from '../body/posture.ts';
import type { MovementPlane } from '../exercise/cycle-detector.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  toRotationVectorInto,
  type Quaternion,
} from '../math/quaternion.ts';
import { segmentOrientationInto, type SegmentTrack } from './analysis-track.ts';

/** Errors to try out: what the angle would be if these were so. Lists hold one entry per track of the plane. */
export interface WhatIf {
  readonly headingErrorsRad: readonly number[];
  readonly driftErrorRad: number;
  /** What if a segment had really turned this many times as far since neutral. */
  readonly stretches: readonly number[];
  /** Turn about the vertical that is the whole body's and that nothing stretches, rad. */
  readonly bodyTurnsRad: readonly number[];
  /** What if a sensor's samples belonged so many steps of the grid later. */
  readonly stepsLate: readonly number[];
}

export const NO_ERROR: WhatIf = {
  headingErrorsRad: [],
  driftErrorRad: 0,
  stretches: [],
  bodyTurnsRad: [],
  stepsLate: [],
};

/** One plane of a measurement: its angle through the recording, and how to ask for it again with an error put in. */
export interface AnglePlane {
  readonly plane: MovementPlane;
  readonly angleRad: Float64Array;
  readonly weighedRad?: Float64Array;
  /** Segments that the angle is made of, the moving one first. */
  readonly tracks: readonly SegmentTrack[];
  angleWith(i: number, whatIf: WhatIf): number;
}

const q0 = createQuaternion(),
  q1 = createQuaternion(),
  back = createQuaternion(),
  bodyTurn = createQuaternion(),
  vector = new Float64Array(3),
  up = new Float64Array(3),
  angles = new Float64Array(3);

/** Flexion, side bend and rotation of one trunk segment against another. */
export function relativePlanes(moving: SegmentTrack, reference: SegmentTrack): AnglePlane[] {
  const tracks = [moving, reference];
  const count = moving.driftRad.length;
  const planes: readonly MovementPlane[] = ['flexionExtension', 'lateral', 'rotation'];
  return planes.map((plane, index) => {
    const angleWith = (i: number, whatIf: WhatIf): number => {
      orientationInto(q0, moving, i, whatIf, 0, whatIf.driftErrorRad);
      orientationInto(q1, reference, i, whatIf, 1, 0);
      return trunkAnglesInto(angles, conjugateMultiplyInto(q0, q1, q0))[index];
    };
    return { plane, tracks, angleWith, angleRad: sample(count, angleWith) };
  });
}

/** Beyond this tilt, gravity's side bend is mostly turning and is hidden. */
const LARGEST_LEAN_RAD = Math.PI / 3;

/**
 * What one upper-back sensor can say by gravity alone: flexion and side bend where the pose lets gravity see them,
 * rotation while the trunk is far from vertical.
 */
export function leanPlanes(track: SegmentTrack, pose: NeutralPose): AnglePlane[] {
  const count = track.driftRad.length;
  upInSegmentInto(up, track.qFacingFromSegmentNeutral);
  const startPhaseRad = gravityPhaseRad(up);
  const plane = (name: MovementPlane, read: (up: Float64Array) => number): AnglePlane => {
    const angleWith = (i: number, whatIf: WhatIf): number => {
      upInSegmentInto(up, orientationInto(q0, track, i, whatIf, 0, 0));
      return read(up);
    };
    return { plane: name, tracks: [track], angleWith, angleRad: sample(count, angleWith) };
  };
  const rotation = plane('rotation', (u) =>
    gravityRotationQuality(u) >= GRAVITY_ROTATION_CLASS_C ? gravityRotationRad(u, startPhaseRad) : NaN,
  );
  switch (pose) {
    case 'upright':
      return [
        plane('flexionExtension', (u) => Math.atan2(-u[0], u[1])),
        plane('lateral', (u) => (tiltRad(u) < LARGEST_LEAN_RAD ? Math.atan2(-u[2], u[1]) : NaN)),
        // Chest down after an upright neutral: on hands and knees, on the heels, prone.
        plane('rotation', (u) =>
          gravityRotationQuality(u) >= GRAVITY_ROTATION_CLASS_A ? gravityRotationRad(u, Math.PI) : NaN,
        ),
      ];
    case 'prone':
      // Lifting the chest turns the head end up; a side bend turns about the vertical, which gravity cannot see.
      return [plane('flexionExtension', (u) => -Math.asin(clamp(u[1]))), rotation];
    case 'sideLyingLeft':
      return [plane('lateral', (u) => Math.asin(clamp(u[1]))), rotation];
    case 'sideLyingRight':
      return [plane('lateral', (u) => -Math.asin(clamp(u[1]))), rotation];
  }
}

/** Share of vertical in the lean of a segment: 0 upright, 1 horizontal. NaN in a gap. */
export function horizontality(track: SegmentTrack, i: number): number {
  return gravityRotationQuality(upInSegmentInto(up, segmentOrientationInto(q0, track, i)));
}

/** Elevation of an arm against the upper back, or against gravity when there is none. */
export function armPlane(arm: SegmentTrack, upperBack: SegmentTrack | null): AnglePlane {
  const count = arm.driftRad.length;
  const gravity = (i: number, whatIf: WhatIf): number => {
    upInSegmentInto(up, orientationInto(q0, arm, i, whatIf, 0, 0));
    return tiltRad(up);
  };
  const plane = arm.role === 'upperArmLeft' ? 'armElevationLeft' : 'armElevationRight';
  if (upperBack === null)
    return { plane, tracks: [arm], angleWith: gravity, angleRad: sample(count, gravity) };
  const angleWith = (i: number, whatIf: WhatIf): number => {
    orientationInto(q0, arm, i, whatIf, 0, whatIf.driftErrorRad);
    orientationInto(q1, upperBack, i, whatIf, 1, 0);
    return armElevationRad(conjugateMultiplyInto(q0, q1, q0));
  };
  return {
    plane,
    tracks: [arm, upperBack],
    angleWith,
    angleRad: sample(count, angleWith),
    weighedRad: sample(count, gravity),
  };
}

/** qFacingFromSegment of the plane's k-th track at grid index i with the errors put in. */
function orientationInto(
  out: Quaternion,
  track: SegmentTrack,
  i: number,
  whatIf: WhatIf,
  k: number,
  driftErrorRad: number,
): Quaternion {
  const at = i - (whatIf.stepsLate[k] ?? 0);
  segmentOrientationInto(out, track, at, whatIf.headingErrorsRad[k], driftErrorRad);
  const stretch = whatIf.stretches[k] ?? 1;
  if (stretch === 1) return out;
  const halfTurn = (whatIf.bodyTurnsRad[k] ?? 0) / 2;
  bodyTurn[0] = Math.cos(halfTurn);
  bodyTurn[2] = Math.sin(halfTurn);
  sinceNeutralInto(out, track, out);
  multiplyInto(out, out, conjugateInto(back, bodyTurn));
  toRotationVectorInto(vector, out);
  fromRotationVectorInto(out, stretch * vector[0], stretch * vector[1], stretch * vector[2]);
  multiplyInto(out, out, bodyTurn);
  return multiplyInto(out, out, track.qFacingFromSegmentNeutral);
}

/** How far a segment has turned about the vertical since neutral, rad; NaN in a gap. */
export function turnSinceNeutralRad(track: SegmentTrack, i: number): number {
  return twistRad(sinceNeutralInto(q0, track, segmentOrientationInto(q0, track, i)), 0, 1, 0);
}

/** Rotation since neutral in the Facing frame. */
function sinceNeutralInto(out: Quaternion, track: SegmentTrack, q: Quaternion): Quaternion {
  return multiplyInto(out, q, conjugateInto(back, track.qFacingFromSegmentNeutral));
}

function sample(count: number, angleWith: (i: number, whatIf: WhatIf) => number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = angleWith(i, NO_ERROR);
  unwrapAboutNeutral(out);
  return out;
}

/**
 * Takes out jumps of a whole turn, such as at +-180 deg of flexion or of a turn on the floor. Of all whole turns that a
 * stretch could be off by, the one that keeps most of it near neutral is right: whatever the sensor did on its way to
 * the body has turned it round any number of times.
 */
export function unwrapAboutNeutral(values: Float64Array): void {
  for (let start = 0; start < values.length;) {
    if (values[start] !== values[start]) {
      start++;
      continue;
    }
    let end = start + 1,
      turns = 0;
    for (; end < values.length && values[end] === values[end]; end++) {
      const jump = values[end] + turns - values[end - 1];
      if (jump > Math.PI) turns -= 2 * Math.PI;
      else if (jump < -Math.PI) turns += 2 * Math.PI;
      values[end] += turns;
    }
    const sorted = values.slice(start, end).sort();
    const offset = 2 * Math.PI * Math.round(sorted[sorted.length >> 1] / (2 * Math.PI));
    if (offset !== 0) for (let i = start; i < end; i++) values[i] -= offset;
    start = end;
  }
}

function clamp(value: number): number {
  return value > 1 ? 1 : value < -1 ? -1 : value;
}
