import { swingRad } from '../body/angles.ts';
import { isArmRole } from './analysis-layout.ts';
import { segmentOrientationInto, type SegmentTrack } from './analysis-track.ts';
import type { AnglePlane } from './analysis-angles.ts';
import type { MovementCycle, MovementPlane } from '../exercise/cycle-detector.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { conjugateInto, createQuaternion, multiplyInto } from '../math/quaternion.ts';

/** Directions of movement, by the names that reports use. */
export type MovementDirection =
  | 'flexion'
  | 'extension'
  | 'lateralLeft'
  | 'lateralRight'
  | 'rotationLeft'
  | 'rotationRight'
  | 'armElevationLeft'
  | 'armElevationRight';

/** What a plane's positive and negative sides are called; null where the plane has no such side. */
export const PLANE_DIRECTIONS: Readonly<
  Record<MovementPlane, readonly [MovementDirection, MovementDirection | null]>
> = {
  flexionExtension: ['flexion', 'extension'],
  lateral: ['lateralRight', 'lateralLeft'],
  rotation: ['rotationLeft', 'rotationRight'],
  armElevationLeft: ['armElevationLeft', null],
  armElevationRight: ['armElevationRight', null],
};

/** Range of movement in one direction, rad, positive. */
export interface RangeOfMotion {
  readonly maximumRad: number;
  /** Mean of the three best cycles, or of what there is. */
  readonly meanBest3Rad: number;
  /**
   * The 95 % interval of the true segments' mean is centreRad +- halfWidth95Rad. Its centre lies a little above the
   * mean: skin follows the bone not quite.
   */
  readonly centreRad: number;
  readonly halfWidth95Rad: number;
  readonly cycleCount: number;
}

/** Error sources in one place, one standard deviation each. */
const SOFT_TISSUE_SHARE = { trunk: 0.03, arm: 0.02 } as const;
/** Mean share of a segment's rotation that its skin does not follow. */
const SOFT_TISSUE_MEAN = { trunk: 0.04, arm: 0.02 } as const;
/** How far the moving segment and its reference usually turn for each degree between them. */
const TURN_SHARES = [1.45, 0.45] as const;
const NEUTRAL_REPEAT_RAD = 0.8 * RAD_PER_DEG;
/** Filter sigmas cover 95 % when stretched by this (fitted on turntable-like recordings). */
const INCLINATION_STRETCH = 1.25;
/** Share of the spread between repetitions that is measurement rather than movement. */
const SPREAD_SHARE = 0.1;
const HEADING_PROBE_RAD = 0.1;
const DRIFT_PROBE_RAD = 0.02;
const NO_HEADING_ERROR: readonly number[] = [];

/**
 * Range per direction from the valid cycles of each plane.
 *
 * @param headingCovariance of the sensors' forward headings, row-major
 * @param sensorCount its size
 */
export function rangesOfMotion(
  planes: readonly AnglePlane[],
  cycles: readonly MovementCycle[],
  headingCovariance: Float64Array,
  sensorCount: number,
): Partial<Record<MovementDirection, RangeOfMotion>> {
  const ranges: Partial<Record<MovementDirection, RangeOfMotion>> = {};
  for (const plane of planes) {
    const own = cycles.filter((cycle) => cycle.plane === plane.plane && cycle.valid);
    PLANE_DIRECTIONS[plane.plane].forEach((direction, side) => {
      if (direction === null) return;
      const peaks = own
        .map((cycle) =>
          side === 0
            ? { peakRad: cycle.peakPositiveRad, index: cycle.positiveIndex }
            : {
                peakRad: cycle.peakNegativeRad === null ? null : -cycle.peakNegativeRad,
                index: cycle.negativeIndex,
              },
        )
        .filter((peak): peak is { peakRad: number; index: number } => peak.peakRad !== null)
        .sort((a, b) => b.peakRad - a.peakRad);
      if (peaks.length === 0) return;
      const best = peaks.slice(0, 3);
      const mean = best.reduce((sum, peak) => sum + peak.peakRad, 0) / best.length;
      const spread = best.reduce((sum, peak) => sum + (peak.peakRad - mean) ** 2, 0) / best.length;
      const sigma =
        best.reduce((sum, peak) => sum + peakSigmaRad(plane, peak.index, headingCovariance, sensorCount), 0) /
        best.length;
      ranges[direction] = {
        maximumRad: best[0].peakRad,
        meanBest3Rad: mean,
        centreRad: mean * (1 + SOFT_TISSUE_MEAN[regionOf(plane)]),
        halfWidth95Rad: 1.96 * Math.sqrt(sigma * sigma + (SPREAD_SHARE ** 2 * spread) / best.length),
        cycleCount: peaks.length,
      };
    });
  }
  return ranges;
}

/** Standard deviation of one plane's angle at a grid index as a measure of the true segment, rad. */
export function peakSigmaRad(
  plane: AnglePlane,
  i: number,
  headingCovariance: Float64Array,
  sensorCount: number,
): number {
  const gradient = plane.tracks.map((_, k) => {
    const probe = (errorRad: number): number =>
      plane.angleWith(i, {
        headingErrorsRad: plane.tracks.map((__, j) => (j === k ? errorRad : 0)),
        driftErrorRad: 0,
      });
    return (probe(HEADING_PROBE_RAD) - probe(-HEADING_PROBE_RAD)) / (2 * HEADING_PROBE_RAD);
  });
  let variance = NEUTRAL_REPEAT_RAD ** 2;
  plane.tracks.forEach((a, j) => {
    plane.tracks.forEach((b, k) => {
      variance += finite(
        gradient[j] * gradient[k] * headingCovariance[a.sensorIndex * sensorCount + b.sensorIndex],
      );
    });
  });
  const drifted = (errorRad: number): number =>
    plane.angleWith(i, { headingErrorsRad: NO_HEADING_ERROR, driftErrorRad: errorRad });
  const driftGradient = (drifted(DRIFT_PROBE_RAD) - drifted(-DRIFT_PROBE_RAD)) / (2 * DRIFT_PROBE_RAD);
  variance += finite((driftGradient * plane.tracks[0].driftSigmaRad[i]) ** 2);
  // A turn about the vertical feels tilt errors only through the lean; one half is a cautious share.
  const isTurn = plane.plane === 'rotation';
  plane.tracks.forEach((track, k) => {
    const inclination = (INCLINATION_STRETCH * track.inclinationSigmaRad[i]) / Math.SQRT2;
    variance += finite((isTurn ? 0.5 * inclination : inclination) ** 2);
    const turned = (TURN_SHARES[k] ?? 0) * finite(plane.angleRad[i]);
    const moved = isTurn ? turned : leanedRad(track, i);
    variance += (SOFT_TISSUE_SHARE[regionOf(plane)] * moved) ** 2;
  });
  return Math.sqrt(variance);
}

function regionOf(plane: AnglePlane): 'trunk' | 'arm' {
  return isArmRole(plane.tracks[0].role) ? 'arm' : 'trunk';
}

/** How far a segment leans from its neutral orientation, rad: turning round as a whole strains no skin. */
function leanedRad(track: SegmentTrack, i: number): number {
  segmentOrientationInto(now, track, i);
  multiplyInto(now, now, conjugateInto(neutral, track.qFacingFromSegmentNeutral));
  return finite(swingRad(now, 0, 1, 0));
}

const now = createQuaternion();
const neutral = createQuaternion();

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
