import type { MovementCycle, MovementPlane } from '../exercise/cycle-detector.ts';
import { RAD_PER_DEG, wrapRad } from '../math/angle.ts';
import {
  GYRO_SCALE_SIGMA,
  LARGEST_SKIN_SHARE,
  MEAN_SKIN_SHARE,
  skewedInterval95,
  ZERO_SIGMA_RAD,
} from '../quality/error-sources.ts';
import { isArmRole } from './analysis-layout.ts';
import type { StillWindow } from './analysis-neutral.ts';
import { NO_ERROR, turnSinceNeutralRad, type AnglePlane, type WhatIf } from './analysis-angles.ts';

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
   * The 95 % interval of the true segments' mean is centreRad +- halfWidth95Rad. Its centre lies above the mean by
   * what the skin is expected to have stayed behind.
   */
  readonly centreRad: number;
  readonly halfWidth95Rad: number;
  readonly cycleCount: number;
}

const HEADING_PROBE_RAD = 0.1;
const DRIFT_PROBE_RAD = 0.02;
const CLOCK_PROBE_STEPS = 3;
/** The neutral is the mean of up to 3 s: about this many independent moments of sway. */
const ZEROS_AVERAGED = 3;

/**
 * Range per direction from the valid cycles of each plane.
 *
 * @param timeS grid that the planes are sampled on
 * @param headingCovariance of the sensors' forward headings, row-major
 * @param sensorCount its size
 * @param neutral where zero was taken
 */
export function rangesOfMotion(
  planes: readonly AnglePlane[],
  cycles: readonly MovementCycle[],
  timeS: Float64Array,
  headingCovariance: Float64Array,
  sensorCount: number,
  neutral: StillWindow,
): Partial<Record<MovementDirection, RangeOfMotion>> {
  const ranges: Partial<Record<MovementDirection, RangeOfMotion>> = {};
  for (const plane of planes) {
    const own = cycles.filter((cycle) => cycle.plane === plane.plane && cycle.valid);
    PLANE_DIRECTIONS[plane.plane].forEach((direction, side) => {
      if (direction === null) return;
      const sign = side === 0 ? 1 : -1;
      const peaks = own
        .flatMap((cycle): Peak[] => {
          const peakRad = side === 0 ? cycle.peakPositiveRad : cycle.peakNegativeRad;
          const index = side === 0 ? cycle.positiveIndex : cycle.negativeIndex;
          if (peakRad === null) return [];
          return [{ sizeRad: sign * peakRad, index, bodyTurnsRad: bodyTurnsRad(plane, cycle, index, timeS) }];
        })
        .sort((a, b) => b.sizeRad - a.sizeRad);
      if (peaks.length === 0) return;
      const best = peaks.slice(0, 3);
      const meanRad = best.reduce((sum, peak) => sum + peak.sizeRad, 0) / best.length;
      const error = errorOfMean(
        plane,
        sign,
        best,
        restVariance(plane, own, timeS) + movingZeroVariance(plane, neutral),
        headingCovariance,
        sensorCount,
        timeS,
      );
      ranges[direction] = {
        maximumRad: best[0].sizeRad,
        meanBest3Rad: meanRad,
        centreRad: meanRad + error.shiftRad,
        halfWidth95Rad: error.halfWidth95Rad,
        cycleCount: peaks.length,
      };
    });
  }
  return ranges;
}

/** How near to their upright people pass when they do not rest, one standard deviation. An assumption. */
const MOVING_ZERO_SIGMA_RAD = 3 * RAD_PER_DEG;
/** Ends of a movement are found this close to its rest, or to this share of its size. */
const SETTLED_RAD = 1.5 * RAD_PER_DEG;
const SETTLED_SHARE = 0.05;

/**
 * Variance of the zero: sway while neutral was taken, and what the rests before and after movements say of how well
 * this person's neutral stands for where they move from: half of their mean square distance is neutral's own. An arm
 * may rest anywhere.
 */
function restVariance(plane: AnglePlane, cycles: readonly MovementCycle[], timeS: Float64Array): number {
  const swayed = ZERO_SIGMA_RAD ** 2 / ZEROS_AVERAGED;
  if (isArmRole(plane.tracks[0].role)) return swayed;
  let squares = 0,
    count = 0;
  for (const { startS, endS, peakPositiveRad, peakNegativeRad } of cycles) {
    const size = Math.max(Math.abs(peakPositiveRad ?? 0), Math.abs(peakNegativeRad ?? 0));
    const tolerance = Math.max(SETTLED_RAD, SETTLED_SHARE * size);
    for (const second of [startS, endS]) {
      const off = Math.abs(plane.angleRad[indexAt(timeS, second)]) - tolerance;
      if (off > 0) squares += off * off;
      count++;
    }
  }
  return count > 0 ? swayed + squares / count / 2 : swayed;
}

/** A zero taken while the person moved is the mean of what they went through: it may as well be any of it. */
function movingZeroVariance(plane: AnglePlane, neutral: StillWindow): number {
  if (neutral.restlessness < 1) return 0;
  let sum = 0,
    squares = 0,
    count = 0;
  for (let i = neutral.first; i <= neutral.last; i++) {
    const angleRad = plane.angleRad[i];
    if (!Number.isFinite(angleRad)) continue;
    sum += angleRad;
    squares += angleRad * angleRad;
    count++;
  }
  const spread = count > 0 ? Math.max(0, squares / count - (sum / count) ** 2) : 0;
  return spread + MOVING_ZERO_SIGMA_RAD ** 2;
}

function indexAt(timeS: Float64Array, second: number): number {
  const stepS = (timeS[timeS.length - 1] - timeS[0]) / (timeS.length - 1);
  return Math.max(0, Math.min(timeS.length - 1, Math.round((second - timeS[0]) / stepS)));
}

/** One peak of a direction; its size is positive. */
interface Peak {
  readonly sizeRad: number;
  readonly index: number;
  /** Of each track at the peak: what the whole body has turned since neutral. */
  readonly bodyTurnsRad: readonly number[];
}

/**
 * Lower back and pelvis of someone who sits or stands turn by some 7 deg and 5 deg (lumbar: Troke 2001); what they turn
 * beyond, the person has turned round as a whole.
 */
const LARGEST_LOWER_TURN_RAD = 12 * RAD_PER_DEG;

/** Turning round as a whole strains no skin: what stays after the cycle, and what the lower segment cannot do alone. */
function bodyTurnsRad(
  plane: AnglePlane,
  cycle: MovementCycle,
  index: number,
  timeS: Float64Array,
): readonly number[] {
  const share = (timeS[index] - cycle.startS) / Math.max(1e-3, cycle.endS - cycle.startS);
  const levels = plane.tracks.map((track) => {
    const before = turnSinceNeutralRad(track, indexAt(timeS, cycle.startS)),
      after = turnSinceNeutralRad(track, indexAt(timeS, cycle.endS));
    return finite(before + share * wrapRad(after - before));
  });
  if (plane.tracks.length < 2) return levels;
  const lower = finite(wrapRad(turnSinceNeutralRad(plane.tracks[1], index) - levels[1]));
  const excess = lower - Math.max(-LARGEST_LOWER_TURN_RAD, Math.min(LARGEST_LOWER_TURN_RAD, lower));
  return levels.map((level) => level + excess);
}

/**
 * What the bones' mean is likely to be beyond the sensors': how far the middle of the interval lies above, and its half
 * width. The repetitions share their errors, so nothing averages out.
 */
function errorOfMean(
  plane: AnglePlane,
  sign: 1 | -1,
  peaks: readonly Peak[],
  zeroVariance: number,
  headingCovariance: Float64Array,
  sensorCount: number,
  timeS: Float64Array,
): { readonly shiftRad: number; readonly halfWidth95Rad: number } {
  const meanWith = (whatIf: Partial<WhatIf>): number =>
    peaks.reduce(
      (sum, { index, bodyTurnsRad: turns }) =>
        sum + sign * plane.angleWith(index, { ...NO_ERROR, bodyTurnsRad: turns, ...whatIf }),
      0,
    ) / peaks.length;
  const only = (k: number, value: number, others: number): number[] =>
    plane.tracks.map((_, j) => (j === k ? value : others));

  // A lone sensor's turn is in a report only where gravity shows it.
  const isTurn = plane.plane === 'rotation' && plane.tracks.length > 1;
  const gyroScale = isTurn ? GYRO_SCALE_SIGMA.turn : GYRO_SCALE_SIGMA.lean;
  const expected = 1 / (1 - MEAN_SKIN_SHARE);
  const shiftRad = finite(meanWith({ stretches: plane.tracks.map(() => expected) }) - meanWith({}));
  const reaches: number[] = [];
  let variance = zeroVariance;
  plane.tracks.forEach((_, k) => {
    const most = meanWith({ stretches: only(k, 1 / (1 - LARGEST_SKIN_SHARE), expected) }),
      least = meanWith({ stretches: only(k, 1, expected) });
    const reach = finite(most - least) / 2;
    reaches.push(reach);
    // A false scale stretches a rotation as skin shortens it.
    variance += ((reach / MEAN_SKIN_SHARE) * gyroScale) ** 2;
  });

  const byHeading = plane.tracks.map(
    (_, k) =>
      (meanWith({ headingErrorsRad: only(k, HEADING_PROBE_RAD, 0) }) -
        meanWith({ headingErrorsRad: only(k, -HEADING_PROBE_RAD, 0) })) /
      (2 * HEADING_PROBE_RAD),
  );
  plane.tracks.forEach((a, j) => {
    plane.tracks.forEach((b, k) => {
      variance += finite(
        byHeading[j] * byHeading[k] * headingCovariance[a.sensorIndex * sensorCount + b.sensorIndex],
      );
    });
  });

  const byDrift =
    (meanWith({ driftErrorRad: DRIFT_PROBE_RAD }) - meanWith({ driftErrorRad: -DRIFT_PROBE_RAD })) /
    (2 * DRIFT_PROBE_RAD);
  variance += finite((byDrift * meanOf(peaks, ({ index }) => plane.tracks[0].driftSigmaRad[index])) ** 2);

  // At an extreme the angle rests, but its segments may both be turning.
  const stepS = (timeS[timeS.length - 1] - timeS[0]) / (timeS.length - 1);
  plane.tracks.forEach(({ clockSigmaS }, k) => {
    if (!(clockSigmaS > 0)) return;
    const rate =
      (meanWith({ stepsLate: only(k, -CLOCK_PROBE_STEPS, 0) }) -
        meanWith({ stepsLate: only(k, CLOCK_PROBE_STEPS, 0) })) /
      (2 * CLOCK_PROBE_STEPS * stepS);
    variance += finite((rate * clockSigmaS) ** 2);
  });

  // The stated tilt error is that of both axes together; a lean feels one of them, a turn hardly any.
  if (!isTurn)
    for (const track of plane.tracks)
      variance += finite(meanOf(peaks, ({ index }) => track.inclinationSigmaRad[index]) ** 2 / 2);
  const { lowRad, highRad } = skewedInterval95(variance, shiftRad, reaches);
  return { shiftRad: (lowRad + highRad) / 2, halfWidth95Rad: (highRad - lowRad) / 2 };
}

function meanOf(peaks: readonly Peak[], value: (peak: Peak) => number): number {
  return peaks.reduce((sum, peak) => sum + value(peak), 0) / peaks.length;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
