import { DEG_PER_RAD, GRAVITY_METERS_PER_S2 } from '../../core/math/angle.ts';
import type { ReferencedTrial } from './trial-input.ts';

/** Turns are compared over this long: longer than an optical system's noise, too short to turn back in. */
const WINDOW_S = 0.2;
/** A window counts where the gyroscope turned this far, rad; that is ten times what a usual bias adds. */
const LEAST_TURN_RAD = 0.1;
const LEAST_WINDOWS = 20;
/** Gyroscopes are rarely this far off in scale; a wrong rate or unit is further. */
const LARGEST_SCALE_ERROR = 0.1;
/** Length of the mean force in the reference's world, in gravities: 1 where the reference keeps gravity still. */
const LEAST_STEADY = 0.8;
const LEAST_STEADY_OTHERWISE = 0.95;
const LARGEST_TILT_DEG = 20;
/** Usual sizes of a force in m/s^2, as shares of gravity; another unit is named elsewhere. */
const LEAST_FORCE = 0.5,
  LARGEST_FORCE = 2.5;

/** Other ways in which people write an orientation, as the places of w x y z and the sign of the turn. */
const OTHER_WAYS = [
  { places: [0, 1, 2, 3], sign: -1, step: 'it seems to turn world to sensor: give the conjugate' },
  { places: [3, 0, 1, 2], sign: 1, step: 'its columns seem to hold x y z w: put them in the order w x y z' },
  {
    places: [3, 0, 1, 2],
    sign: -1,
    step: 'its columns seem to hold x y z w of world to sensor: put w first and give the conjugate',
  },
] as const;

/**
 * What a reference and the signals say against each other, whatever the filter: a score against the wrong convention is
 * a number as good as any other.
 * @param knowsVertical whether the reference turns this sensor's own axes to a world with z up
 */
export function referenceDoubts(trial: ReferencedTrial, rateHz: number, knowsVertical: boolean): string[] {
  const doubts: string[] = [];
  const turned = turnedByReference(trial, rateHz);
  const isOff = Math.abs(turned - 1) > LARGEST_SCALE_ERROR;
  if (isOff)
    doubts.push(
      `REFERENCE turns ${turned.toFixed(2)} times as far as the gyroscope says; check rate_hz or t_s, the gyroscope's unit (rad/s), and that the reference is this sensor's`,
    );
  if (knowsVertical) {
    const doubt = verticalDoubt(trial);
    if (doubt !== null) doubts.push(`REFERENCE ${doubt}`);
  }
  return doubts;
}

/** Median over the windows in which the sensor turned; 1 where it hardly did. */
function turnedByReference({ series, reference }: ReferencedTrial, rateHz: number): number {
  const { timeS, gyroRadPerS, count } = series;
  const rows = Math.max(1, Math.round(WINDOW_S * rateHz));
  const ratios: number[] = [];
  for (let first = 0; first + rows < count; first += rows) {
    let x = 0,
      y = 0,
      z = 0;
    for (let row = first + 1; row <= first + rows; row++) {
      const stepS = (timeS[row] ?? NaN) - (timeS[row - 1] ?? NaN);
      x += stepS * (gyroRadPerS[3 * row] ?? NaN);
      y += stepS * (gyroRadPerS[3 * row + 1] ?? NaN);
      z += stepS * (gyroRadPerS[3 * row + 2] ?? NaN);
    }
    const turn = Math.hypot(x, y, z);
    let dot = 0,
      sizeA = 0,
      sizeB = 0;
    for (let i = 0; i < 4; i++) {
      const a = reference[4 * first + i] ?? NaN,
        b = reference[4 * (first + rows) + i] ?? NaN;
      dot += a * b;
      sizeA += a * a;
      sizeB += b * b;
    }
    const ratio = (2 * Math.acos(Math.min(1, Math.abs(dot) / Math.sqrt(sizeA * sizeB)))) / turn;
    if (turn >= LEAST_TURN_RAD && Number.isFinite(ratio)) ratios.push(ratio);
  }
  if (ratios.length < LEAST_WINDOWS) return 1;
  ratios.sort((a, b) => a - b);
  return ratios[ratios.length >> 1] ?? 1;
}

/** Gravity, carried into the reference's world, must keep to one direction, and that is z. */
function verticalDoubt(trial: ReferencedTrial): string | null {
  const own = meanForce(trial, [0, 1, 2, 3], 1);
  if (!(own.usual > LEAST_FORCE && own.usual < LARGEST_FORCE)) return null;
  if (own.steady < LEAST_STEADY) {
    const other = OTHER_WAYS.find(
      ({ places, sign }) => meanForce(trial, places, sign).steady > LEAST_STEADY_OTHERWISE,
    );
    return `does not keep gravity still; ${other?.step ?? "give the orientation of this sensor's own axes, w x y z, sensor to world"}`;
  }
  const tiltDeg = Math.acos(Math.max(-1, Math.min(1, own.up / own.steady))) * DEG_PER_RAD;
  if (tiltDeg > 180 - LARGEST_TILT_DEG)
    return 'has gravity upside down: the accelerometer must read +g upwards at rest; negate ax, ay and az';
  return tiltDeg > LARGEST_TILT_DEG
    ? `has its vertical ${tiltDeg.toFixed(0)} deg from z; give it in a world with z up`
    : null;
}

/** Mean specific force in the world: its length, its part along z, and the usual size of a force, in gravities. */
function meanForce(
  { series, reference }: ReferencedTrial,
  places: readonly number[],
  sign: number,
): { readonly steady: number; readonly up: number; readonly usual: number } {
  const acc = series.accMetersPerS2;
  const mean = new Float64Array(3);
  const sizes: number[] = [];
  for (let row = 0; row < series.count; row++) {
    const [w = NaN, x = NaN, y = NaN, z = NaN] = places.map(
      (place, i) => (reference[4 * row + place] ?? NaN) * (i === 0 ? 1 : sign),
    );
    const squared = w * w + x * x + y * y + z * z;
    const ax = acc[3 * row] ?? NaN,
      ay = acc[3 * row + 1] ?? NaN,
      az = acc[3 * row + 2] ?? NaN;
    const force = Math.hypot(ax, ay, az);
    if (!(squared > 0 && Number.isFinite(squared) && force > 0 && force < 100 * GRAVITY_METERS_PER_S2))
      continue;
    mean[0] =
      (mean[0] ?? 0) +
      ((w * w + x * x - y * y - z * z) * ax + 2 * (x * y - w * z) * ay + 2 * (x * z + w * y) * az) / squared;
    mean[1] =
      (mean[1] ?? 0) +
      (2 * (x * y + w * z) * ax + (w * w - x * x + y * y - z * z) * ay + 2 * (y * z - w * x) * az) / squared;
    mean[2] =
      (mean[2] ?? 0) +
      (2 * (x * z - w * y) * ax + 2 * (y * z + w * x) * ay + (w * w - x * x - y * y + z * z) * az) / squared;
    sizes.push(force);
  }
  const whole = sizes.length * GRAVITY_METERS_PER_S2;
  sizes.sort((a, b) => a - b);
  return {
    steady: Math.hypot(...mean) / whole,
    up: (mean[2] ?? NaN) / whole,
    usual: (sizes[sizes.length >> 1] ?? NaN) / GRAVITY_METERS_PER_S2,
  };
}
