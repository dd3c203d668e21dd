import {
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotateInverseInto,
} from '../math/quaternion.ts';

/** Slower than this, for so long, is a rest: there the accelerometer shows gravity alone. */
const REST_RAD_PER_S = 0.2;
const REST_S = 0.3;
/** Shorter ways between two rests say little. */
const LEAST_WAY_RAD = 0.15;
/** A gyroscope's bias has no time to matter. */
const LONGEST_WAY_S = 10;

/**
 * How far gravity went from one rest to the next, and how far the gyroscope says it went, summed over all ways between rests, rad.
 * What acceleration does to the accelerometer while a body moves, which can look like twice the turn, has no part in it.
 *
 * @param timeS of each sample
 * @param gyroRadPerS row-major, 3 columns, NaN where missing
 * @param accMetersPerS2 the same
 */
export function turnsBetweenRests(
  timeS: ArrayLike<number>,
  gyroRadPerS: Float64Array,
  accMetersPerS2: Float64Array,
): { readonly gravityRad: number; readonly gyroRad: number } {
  const turned = createQuaternion(),
    step = createQuaternion();
  const before = new Float64Array(3),
    now = new Float64Array(3),
    expected = new Float64Array(3);
  let hasBefore = false,
    leftAtS = NaN,
    restSinceS = NaN,
    samples = 0,
    gravityRad = 0,
    gyroRad = 0;
  const forget = (): void => {
    hasBefore = false;
    restSinceS = NaN;
  };
  for (let i = 1; i < timeS.length; i++) {
    const at = 3 * i;
    const stepS = timeS[i] - timeS[i - 1];
    const rate = Math.hypot(gyroRadPerS[at], gyroRadPerS[at + 1], gyroRadPerS[at + 2]);
    const size = Math.hypot(accMetersPerS2[at], accMetersPerS2[at + 1], accMetersPerS2[at + 2]);
    if (!(stepS > 0 && stepS < REST_S && rate >= 0 && size > 0)) {
      forget();
      continue;
    }
    fromRotationVectorInto(
      step,
      gyroRadPerS[at] * stepS,
      gyroRadPerS[at + 1] * stepS,
      gyroRadPerS[at + 2] * stepS,
    );
    multiplyInto(turned, turned, step);
    if (rate > REST_RAD_PER_S) {
      restSinceS = NaN;
      continue;
    }
    if (restSinceS !== restSinceS) {
      restSinceS = timeS[i];
      samples = 0;
      now.fill(0);
    }
    samples++;
    for (let k = 0; k < 3; k++) now[k] += (accMetersPerS2[at + k] - now[k]) / samples;
    if (timeS[i] - restSinceS < REST_S) continue;
    if (hasBefore && timeS[i] - leftAtS < LONGEST_WAY_S) {
      rotateInverseInto(expected, turned, before);
      const wayRad = angleBetween(before, now);
      const saidRad = angleBetween(before, expected);
      if (Math.max(wayRad, saidRad) > LEAST_WAY_RAD) {
        gravityRad += wayRad;
        gyroRad += saidRad;
      }
    }
    before.set(now);
    turned.set([1, 0, 0, 0]);
    hasBefore = true;
    leftAtS = timeS[i];
    restSinceS = NaN;
  }
  return { gravityRad, gyroRad };
}

function angleBetween(a: Float64Array, b: Float64Array): number {
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return Math.acos(Math.max(-1, Math.min(1, dot / (Math.hypot(...a) * Math.hypot(...b)))));
}
