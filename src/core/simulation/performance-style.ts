import { fromArmElevationInto, fromTrunkAnglesInto } from '../body/angles.ts';
import { segmentRoleIndex, type SegmentRole } from '../body/segment-role.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { conjugateMultiplyInto, createQuaternion, multiplyInto } from '../math/quaternion.ts';

/** How a person does a set, where it differs from the usual way. */
export interface PerformanceStyle {
  /** Size of the movement, deg; usual: the exercise's own usual maximum. */
  readonly peakDeg?: number;
  /** 0: as slow as the tempo allows, 1: as fast; usual: between. */
  readonly pace?: number;
  readonly holdS?: number;
  /** The way back, s; usual: by the pace. */
  readonly backS?: number;
  /** Rest between two movements, s. */
  readonly pauseS?: number;
  /** What moves beside the intended movement, all of it at full movement. */
  readonly beside?: readonly BesideMovement[];
  /** The person coughs, twice in a row, every so many seconds, over all that is done. */
  readonly coughEveryS?: number;
  /** Silences of the first sensor, each in another movement, s. */
  readonly silencesS?: readonly number[];
}

/** Degrees of one segment at full movement, in its own axes; arms: on top of where they are. */
export interface BesideMovement {
  readonly segment: SegmentRole;
  readonly flexion?: number;
  readonly sideBend?: number;
  readonly rotation?: number;
  readonly elevation?: number;
  /** Plane of the elevation: 0 sideways, 90 forward. */
  readonly elevationPlaneDeg?: number;
  /** Round the chest, to the left positive; arms only. */
  readonly travel?: number;
  /** The segments above go along. */
  readonly carries?: boolean;
}

const ABOVE: Readonly<Record<SegmentRole, readonly SegmentRole[]>> = {
  pelvis: ['lowerBack', 'upperBack', 'upperArmLeft', 'upperArmRight'],
  lowerBack: ['upperBack', 'upperArmLeft', 'upperArmRight'],
  upperBack: ['upperArmLeft', 'upperArmRight'],
  upperArmLeft: [],
  upperArmRight: [],
};

/**
 * Adds movements beside the intended one to a pose.
 *
 * @param poses 5 x (w, x, y, z) in SEGMENT_ROLES order, changed in place
 * @param share of the full movement, 0 to 1
 */
export function addBesideInto(poses: Float64Array, beside: readonly BesideMovement[], share: number): void {
  for (const one of beside) {
    const before = own.slice();
    before.set(rowOf(poses, one.segment));
    const pose = rowOf(poses, one.segment);
    if (one.travel !== undefined) {
      const chest = rowOf(poses, 'upperBack');
      conjugateMultiplyInto(own, chest, pose);
      multiplyInto(own, fromTrunkAnglesInto(turn, 0, 0, share * one.travel * RAD_PER_DEG), own);
      multiplyInto(pose, chest, own);
    }
    const angle = (deg: number | undefined): number => share * (deg ?? 0) * RAD_PER_DEG;
    multiplyInto(
      pose,
      pose,
      fromTrunkAnglesInto(turn, angle(one.flexion), angle(one.sideBend), angle(one.rotation)),
    );
    if (one.elevation !== undefined)
      multiplyInto(
        pose,
        pose,
        fromArmElevationInto(
          turn,
          angle(one.elevation),
          (one.elevationPlaneDeg ?? 0) * RAD_PER_DEG,
          one.segment === 'upperArmLeft' ? -1 : 1,
        ),
      );
    if (one.carries !== true) continue;
    for (const role of ABOVE[one.segment]) {
      const carried = rowOf(poses, role);
      conjugateMultiplyInto(own, before, carried);
      multiplyInto(carried, pose, own);
    }
  }
}

/** A cough throws the trunk forward and lets it back within a third of a second. */
const COUGH: readonly BesideMovement[] = [
  { segment: 'lowerBack', flexion: 2, carries: true },
  { segment: 'upperBack', flexion: 3, carries: true },
];
const COUGH_S = 0.3;
const COUGHS_IN_A_ROW = 2;

/** Adds the jolts of somebody who coughs every so many seconds to a pose, in place. */
export function addCoughInto(poses: Float64Array, timeS: number, everyS: number): void {
  const sinceS = timeS % everyS;
  if (sinceS >= COUGHS_IN_A_ROW * COUGH_S) return;
  addBesideInto(poses, COUGH, Math.sin((Math.PI * (sinceS % COUGH_S)) / COUGH_S));
}

function rowOf(poses: Float64Array, role: SegmentRole): Float64Array {
  const at = 4 * segmentRoleIndex(role);
  return poses.subarray(at, at + 4);
}

const own = createQuaternion();
const turn = createQuaternion();
