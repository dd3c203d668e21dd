import { swingRad, twistRad } from '../body/angles.ts';
import { meanOrientationInto } from '../body/mounting.ts';
import { conjugateInto, createQuaternion, multiplyInto, rotationAngleRad } from '../math/quaternion.ts';
import type { AnalysisGrid } from './analysis-grid.ts';
import { scanRestlessness, type StillWindow } from './analysis-neutral.ts';
import { segmentOrientationInto, type SegmentTrack } from './analysis-track.ts';

/** How well the recording comes back to where it began. */
export interface NeutralClosure {
  /** Angle between the first and the last neutral pose, drift left in, rad. */
  readonly angleRad: number;
  /** Its part about the vertical and its part across it, rad. */
  readonly turnRad: number;
  readonly leanRad: number;
  readonly startS: number;
  readonly endS: number;
}

/** A last rest that leans more than this against the first is another posture. */
const SAME_POSTURE_RAD = 0.3;
const LEAST_APART_S = 3;

/**
 * Compares the last neutral with the first: of the moving segment against its reference, or, with gravity as the
 * reference, of the lean alone. Null when the recording does not end at rest near neutral.
 */
export function findNeutralClosure(
  grid: AnalysisGrid,
  tracks: readonly SegmentTrack[],
  neutral: StillWindow,
): NeutralClosure | null {
  const { hop, values } = scanRestlessness(grid);
  const window = Math.max(4, Math.round(1 / grid.stepS));
  const earliest = neutral.last + LEAST_APART_S / grid.stepS;
  for (let k = values.length - 1; k >= 0 && k * hop > earliest; k--) {
    if (!(values[k] < 1)) continue;
    const first = k * hop,
      last = first + window - 1;
    const poses = tracks.map((track) => meanSinceNeutral(track, first, last));
    if (poses.some((pose) => !(swingRad(pose, 0, 1, 0) < SAME_POSTURE_RAD))) continue;
    const [moving, reference] = poses;
    const isRelative = reference !== undefined;
    if (isRelative) multiplyInto(moving, conjugateInto(reference, reference), moving);
    const leanRad = swingRad(moving, 0, 1, 0);
    return {
      angleRad: isRelative ? rotationAngleRad(moving) : leanRad,
      turnRad: isRelative ? Math.abs(twistRad(moving, 0, 1, 0)) : 0,
      leanRad,
      startS: grid.timeS[first],
      endS: grid.timeS[last],
    };
  }
  return null;
}

/** Mean rotation since neutral over a stretch, in the Facing frame, without the drift correction. */
function meanSinceNeutral(track: SegmentTrack, first: number, last: number): Float64Array {
  const rows = new Float64Array(4 * (last - first + 1));
  const q = createQuaternion(),
    back = conjugateInto(createQuaternion(), track.qFacingFromSegmentNeutral);
  for (let i = first; i <= last; i++) {
    segmentOrientationInto(q, track, i, 0, -track.driftRad[i]);
    rows.set(multiplyInto(q, q, back), 4 * (i - first));
  }
  return meanOrientationInto(createQuaternion(), rows, 0, last - first);
}
