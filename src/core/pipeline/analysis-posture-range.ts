import { conjugateInto, createQuaternion, multiplyInto, toRotationVectorInto } from '../math/quaternion.ts';
import { meanOrientationInto } from '../body/mounting.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import type { AnalysisGrid } from './analysis-grid.ts';

/**
 * Where a posture lies between the ends of all movement. A rest at the far end of a movement looks as quiet as
 * neutral, but a person moves from neutral to both sides of it, and from an end to one side only.
 */
export interface PostureRange {
  /** Where this stretch lies between the ends of each direction of turning: 0 at one end, 1 at the other. */
  sharesAt(first: number, last: number): Float64Array;
  /** Which directions were moved along enough to speak of ends. */
  readonly isMoved: readonly boolean[];
}

/** Turns about horizontal axes this far apart, and about the vertical. */
const HORIZONTAL_DIRECTIONS = 12;
const SAMPLE_S = 0.1;
const LEAST_RANGE_RAD = 14 * RAD_PER_DEG;
const END_FRACTION = 0.02;

/** @param sensorIndex of the segment that moves most */
export function measurePostureRange(grid: AnalysisGrid, sensorIndex: number): PostureRange {
  const orientations = grid.sensors[sensorIndex].qEarthFromSensor;
  const step = Math.max(1, Math.round(SAMPLE_S / grid.stepS));
  const back = createQuaternion(),
    now = createQuaternion(),
    turn = new Float64Array(3);
  const middle = meanOrientationInto(createQuaternion(), orientations, 0, grid.count - 1);
  conjugateInto(back, middle);
  const alongInto = (out: Float64Array, q: ArrayLike<number>): Float64Array => {
    // In the earth's axes, from the mean posture.
    multiplyInto(now, q, back);
    toRotationVectorInto(turn, now);
    for (let d = 0; d < HORIZONTAL_DIRECTIONS; d++) {
      const heading = (Math.PI * d) / HORIZONTAL_DIRECTIONS;
      out[d] = turn[0] * Math.cos(heading) + turn[1] * Math.sin(heading);
    }
    out[HORIZONTAL_DIRECTIONS] = turn[2];
    return out;
  };
  const along = new Float64Array(HORIZONTAL_DIRECTIONS + 1);
  const columns: number[][] = Array.from(along, () => []);
  for (let i = 0; i < grid.count; i += step) {
    if (orientations[4 * i] !== orientations[4 * i]) continue;
    alongInto(along, orientations.subarray(4 * i, 4 * i + 4));
    columns.forEach((column, d) => column.push(along[d]));
  }
  const ends = columns.map((column) => {
    const sorted = Float64Array.from(column).sort();
    const at = (fraction: number): number => sorted[Math.round(fraction * (sorted.length - 1))] ?? NaN;
    return [at(END_FRACTION), at(1 - END_FRACTION)] as const;
  });
  return {
    isMoved: ends.map(([low, high]) => high - low > LEAST_RANGE_RAD),
    sharesAt: (first, last) =>
      alongInto(
        new Float64Array(along.length),
        meanOrientationInto(createQuaternion(), orientations, first, last),
      ).map((value, d) => (value - ends[d][0]) / (ends[d][1] - ends[d][0])),
  };
}
