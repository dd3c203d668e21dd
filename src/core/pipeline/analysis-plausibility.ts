import { TRUNK_FROM_BELOW } from '../body/segment-role.ts';
import type { MovementCycle, MovementPlane } from '../exercise/cycle-detector.ts';
import type { OrientationSeries } from '../fusion/imu-series.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, rotateInto } from '../math/quaternion.ts';
import {
  biasSigmaRadPerS,
  describeBiasUnsure,
  describeBiasWander,
  isBiasUnsure,
  isBiasWandering,
} from '../quality/bias-doubt.ts';
import {
  describeBeyondSpine,
  describeSwappedNeighbours,
  describeTipped,
  FASTEST_TRUNK_RAD_PER_S,
  IMPURE_SHARE,
  isBeyondSpine,
  lockCauses,
  LOCKED_TILT_RAD,
  TrunkOrder,
  type TrunkPlane,
} from '../quality/body-limits.ts';
import { describeFastTrunk } from '../quality/sample-faults.ts';
import { horizontality, type AnglePlane } from './analysis-angles.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import type { AnalysisGrid } from './analysis-grid.ts';
import type { NeutralPose } from '../body/posture.ts';
import { isArmRole } from './analysis-layout.ts';
import { scanRestlessness } from './analysis-neutral.ts';
import type { SegmentTrack } from './analysis-track.ts';

/** Whether what was measured can be so: doubts that need more than one sensor's signals. */
export interface MeasuredMovement {
  readonly grid: AnalysisGrid;
  readonly tracks: readonly SegmentTrack[];
  readonly planes: readonly AnglePlane[];
  readonly cycles: readonly MovementCycle[];
  readonly pose: NeutralPose;
  readonly prefixes: readonly string[];
}

const LONG_REST_S = 3;

export function plausibilityFlags(movement: MeasuredMovement): AnalysisFlag[] {
  return [
    ...angleFlags(movement),
    ...rateFlags(movement),
    ...purityFlags(movement),
    ...swapFlags(movement),
    ...(movement.pose === 'prone' ? lockFlags(movement) : []),
  ];
}

/** Flags of one gyroscope whose bias the recording does not tell well. */
export function settlingFlags(
  grid: AnalysisGrid,
  orientations: readonly OrientationSeries[],
  prefixes: readonly string[],
): AnalysisFlag[] {
  const flags: AnalysisFlag[] = [];
  const [firstRest, lastRest] = longRests(grid);
  orientations.forEach((orientation, s) => {
    const sigma = biasSigmaRadPerS(orientation.gyroBiasSigmaRadPerS);
    if (isBiasUnsure(sigma))
      flags.push({
        flag: 'NOT_SETTLED',
        sensor: prefixes[s],
        startS: grid.timeS[0],
        endS: grid.timeS[grid.count - 1],
        detail: describeBiasUnsure(sigma),
      });
    if (firstRest === undefined || lastRest === undefined || lastRest[0] <= firstRest[1]) return;
    const wander = Math.hypot(
      ...[0, 1, 2].map((axis) => meanRate(grid, s, axis, lastRest) - meanRate(grid, s, axis, firstRest)),
    );
    if (isBiasWandering(wander))
      flags.push({
        flag: 'NOT_SETTLED',
        sensor: prefixes[s],
        startS: grid.timeS[firstRest[0]],
        endS: grid.timeS[lastRest[1]],
        detail: describeBiasWander(wander),
      });
  });
  return flags;
}

type Span = readonly [first: number, last: number];

/** First and last stretch of at least {@link LONG_REST_S} at rest, grid indices. */
function longRests(grid: AnalysisGrid): readonly Span[] {
  const { hop, values } = scanRestlessness(grid);
  const least = Math.round(LONG_REST_S / grid.stepS / hop) - Math.round(1 / grid.stepS / hop);
  const rests: Span[] = [];
  let from = -1;
  for (let k = 0; k <= values.length; k++) {
    const rests1s = k < values.length && values[k] < 1;
    if (rests1s && from < 0) from = k;
    if (rests1s || from < 0) continue;
    if (k - from > least) rests.push([from * hop, Math.min(grid.count - 1, k * hop)]);
    from = -1;
  }
  return rests.length === 0 ? [] : [rests[0], rests[rests.length - 1]];
}

function meanRate(grid: AnalysisGrid, sensor: number, axis: number, [first, last]: Span): number {
  let sum = 0,
    count = 0;
  for (let i = first; i <= last; i++) {
    const rate = grid.sensors[sensor].gyroRadPerS[3 * i + axis];
    if (rate !== rate) continue;
    sum += rate;
    count++;
  }
  return sum / count;
}

/** A peak of a cycle that is more than a spine can do, rad; null where there is none. */
export function implausiblePeakRad(planes: readonly AnglePlane[], cycle: MovementCycle): number | null {
  const plane = planes.find((candidate) => candidate.plane === cycle.plane);
  const name = trunkPlane(cycle.plane);
  if (plane === undefined || name === null || plane.tracks.length < 2) return null;
  return (
    [cycle.peakPositiveRad, cycle.peakNegativeRad].find(
      (peak) => peak !== null && isBeyondSpine(name, peak),
    ) ?? null
  );
}

function angleFlags({ planes, cycles, prefixes }: MeasuredMovement): AnalysisFlag[] {
  const flags: AnalysisFlag[] = [];
  for (const cycle of cycles) {
    const over = implausiblePeakRad(planes, cycle);
    const plane = planes.find((candidate) => candidate.plane === cycle.plane);
    if (over === null || plane === undefined) continue;
    flags.push({
      flag: 'IMPLAUSIBLE',
      sensor: prefixes[plane.tracks[0].sensorIndex],
      startS: cycle.startS,
      endS: cycle.endS,
      detail: describeBeyondSpine(over),
    });
  }
  return flags;
}

/** The plane where it is one of the spine's, null for the arms. */
function trunkPlane(plane: MovementPlane): TrunkPlane | null {
  return plane === 'armElevationLeft' || plane === 'armElevationRight' ? null : plane;
}

function rateFlags({ grid, tracks, prefixes }: MeasuredMovement): AnalysisFlag[] {
  const flags: AnalysisFlag[] = [];
  for (const { role, sensorIndex } of tracks) {
    if (isArmRole(role)) continue;
    const { gyroRadPerS } = grid.sensors[sensorIndex];
    let count = 0,
      first = -1,
      last = -1;
    for (let i = 0; i < grid.count; i++) {
      const rate = Math.hypot(gyroRadPerS[3 * i], gyroRadPerS[3 * i + 1], gyroRadPerS[3 * i + 2]);
      if (!(rate > FASTEST_TRUNK_RAD_PER_S)) continue;
      if (first < 0) first = i;
      last = i;
      count++;
    }
    if (count > 0)
      flags.push({
        flag: 'IMPLAUSIBLE',
        sensor: prefixes[sensorIndex],
        startS: grid.timeS[first],
        endS: grid.timeS[last],
        detail: describeFastTrunk(count),
      });
  }
  return flags;
}

function purityFlags({ grid, planes, cycles }: MeasuredMovement): AnalysisFlag[] {
  const trunk = planes.filter((plane) => trunkPlane(plane.plane) !== null);
  const flags: AnalysisFlag[] = [];
  for (const plane of trunk) {
    const impure = cycles.filter((cycle) => {
      if (cycle.plane !== plane.plane || !cycle.valid) return false;
      const own = rangeWithin(grid, plane, cycle);
      return trunk.some((other) => other !== plane && rangeWithin(grid, other, cycle) > IMPURE_SHARE * own);
    });
    if (impure.length === 0) continue;
    flags.push({
      flag: 'PLANE_IMPURE',
      sensor: null,
      startS: impure[0].startS,
      endS: impure[impure.length - 1].endS,
      detail: `${plane.plane}: in ${impure.length} of its cycles another plane moved more than ${100 * IMPURE_SHARE} % as far`,
    });
  }
  return flags;
}

function rangeWithin(grid: AnalysisGrid, plane: AnglePlane, cycle: MovementCycle): number {
  let low = Infinity,
    high = -Infinity;
  const [first, last] = indicesOf(grid, cycle);
  for (let i = first; i <= last; i++) {
    const angle = plane.angleRad[i];
    if (angle < low) low = angle;
    if (angle > high) high = angle;
  }
  return Math.max(0, high - low);
}

function indicesOf(grid: AnalysisGrid, cycle: MovementCycle): Span {
  const at = (timeS: number): number => Math.round((timeS - grid.timeS[0]) / grid.stepS);
  return [Math.max(0, at(cycle.startS)), Math.min(grid.count - 1, at(cycle.endS))];
}

function swapFlags({ grid, tracks, cycles, prefixes }: MeasuredMovement): AnalysisFlag[] {
  const trunk = TRUNK_FROM_BELOW.flatMap((role) => tracks.filter((track) => track.role === role));
  const flags: AnalysisFlag[] = [];
  const own = cycles.filter((cycle) => cycle.valid && trunkPlane(cycle.plane) !== null);
  for (let k = 1; k < trunk.length; k++) {
    const lower = trunk[k - 1],
      upper = trunk[k];
    const order = new TrunkOrder();
    const contradicting = own.filter((cycle) =>
      order.push(turnedWithin(grid, lower, cycle), turnedWithin(grid, upper, cycle)),
    );
    if (!order.isContradicted) continue;
    flags.push({
      flag: 'SWAP_SUSPECT',
      sensor: prefixes[upper.sensorIndex],
      startS: contradicting[0].startS,
      endS: contradicting[contradicting.length - 1].endS,
      detail: describeSwappedNeighbours(
        lower.role,
        upper.role,
        prefixes[lower.sensorIndex],
        prefixes[upper.sensorIndex],
      ),
    });
  }
  const back = tracks.find((track) => track.role === 'upperBack'),
    below = trunk.find((track) => track.role !== 'upperBack');
  if (back === undefined || below === undefined) return flags;
  for (const arm of tracks.filter((track) => isArmRole(track.role))) {
    // A back that tips over while the low back stays and the arm hangs still is an arm.
    const tipped = largestTilt(grid, back);
    if (
      tipped < 60 * RAD_PER_DEG ||
      largestTilt(grid, arm) > 0.5 * tipped ||
      largestTilt(grid, below) > 0.3 * tipped
    )
      continue;
    flags.push({
      flag: 'SWAP_SUSPECT',
      sensor: prefixes[arm.sensorIndex],
      startS: grid.timeS[0],
      endS: grid.timeS[grid.count - 1],
      detail: `upperBack moves like an arm and ${arm.role} like a back; check whether ${prefixes[back.sensorIndex]} and ${prefixes[arm.sensorIndex]} are exchanged`,
    });
  }
  return flags;
}

/** Largest turn of a sensor against where it was when the cycle began, rad. */
function turnedWithin(grid: AnalysisGrid, track: SegmentTrack, cycle: MovementCycle): number {
  const [first, last] = indicesOf(grid, cycle);
  let most = 0;
  for (let i = first; i <= last; i++) {
    let dot = 0;
    for (let k = 0; k < 4; k++)
      dot += track.qEarthSinceNeutral[4 * first + k] * track.qEarthSinceNeutral[4 * i + k];
    const angle = 2 * Math.acos(Math.min(1, Math.abs(dot)));
    if (angle > most) most = angle;
  }
  return most;
}

/** Largest angle of the segment's upright axis from where it was at neutral, rad. */
function largestTilt(grid: AnalysisGrid, track: SegmentTrack): number {
  let most = 0;
  for (let i = 0; i < grid.count; i++) {
    const tilt = tiltSinceNeutral(track, i);
    if (tilt > most) most = tilt;
  }
  return most;
}

function tiltSinceNeutral(track: SegmentTrack, i: number): number {
  for (let k = 0; k < 4; k++) relative[k] = track.qEarthSinceNeutral[4 * i + k];
  rotateInto(up, relative, VERTICAL);
  return Math.acos(Math.max(-1, Math.min(1, up[2])));
}

/** In kneeling turns the hips stay on the heels and the trunk stays near level. */
function lockFlags({ grid, tracks, planes, cycles, prefixes }: MeasuredMovement): AnalysisFlag[] {
  const back = tracks.find((track) => track.role === 'upperBack');
  const pitch = planes.find((plane) => plane.plane === 'flexionExtension');
  const flags: AnalysisFlag[] = [];
  for (const cycle of cycles) {
    if (cycle.plane !== 'rotation') continue;
    const [first, last] = indicesOf(grid, cycle);
    const causes: string[] = [];
    for (const track of tracks) {
      if (track.role !== 'lowerBack' && track.role !== 'pelvis') continue;
      let most = 0;
      for (let i = first; i <= last; i++) most = Math.max(most, tiltSinceNeutral(track, i) || 0);
      if (most > LOCKED_TILT_RAD) causes.push(describeTipped(track.role, most));
    }
    let least = 1;
    if (back !== undefined)
      for (let i = first; i <= last; i++) least = Math.min(least, finiteOr1(horizontality(back, i)));
    causes.push(...lockCauses(least, pitch === undefined ? 0 : rangeWithin(grid, pitch, cycle)));
    if (causes.length === 0) continue;
    flags.push({
      flag: 'POSE_NOT_LOCKED',
      sensor: back === undefined ? null : prefixes[back.sensorIndex],
      startS: cycle.startS,
      endS: cycle.endS,
      detail: causes.join('; '),
    });
  }
  return flags;
}

function finiteOr1(value: number): number {
  return value === value ? value : 1;
}

const VERTICAL = [0, 0, 1] as const;
const relative = createQuaternion();
const up = new Float64Array(3);
