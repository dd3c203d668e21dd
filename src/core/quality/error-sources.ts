import { RAD_PER_DEG } from '../math/angle.ts';

/**
 * What can be wrong with an angle of a worn segment beside what the filters state of themselves. Where each comes from
 * and what it costs: docs/measurement-validity.md.
 */

/** The skin under a strap does not follow this share of a segment's rotation at most; every share below is as likely. */
export const LARGEST_SKIN_SHARE = 0.1;
export const MEAN_SKIN_SHARE = LARGEST_SKIN_SHARE / 2;
/** What the bone has turned beyond the skin, as a share of the skin's turn: expected, and half of what it varies by. */
export const SKIN_SHIFT = 1 / (1 - MEAN_SKIN_SHARE) - 1;
export const SKIN_REACH = (1 / (1 - LARGEST_SKIN_SHARE) - 1) / 2;
/**
 * Scale of a gyroscope as bought, one standard deviation, as far as an angle feels it: wholly in a turn about the vertical,
 * about half in a lean or a lift, where gravity takes back the rest within the repetition.
 */
export const GYRO_SCALE_SIGMA = { turn: 0.01, lean: 0.005 } as const;
/**
 * Direction of a segment's axes, one standard deviation: found by movement (its gestures agree within 10 deg or are
 * refused), or from how sensors are usually put on.
 */
export const AXIS_SIGMA_RAD = { functional: 4 * RAD_PER_DEG, neutralPose: 12 * RAD_PER_DEG } as const;
/**
 * Variance of a flexion or side bend by what is not known of where forward is, rad^2. Forward is told wrong about the
 * vertical: a lean across the plane is read as one along it, and the lean along it comes out short. A turn about the
 * vertical does not feel it, however much side bend goes with it.
 *
 * @param sigmaRad of {@link AXIS_SIGMA_RAD}
 * @param sizeRad of the angle
 * @param acrossSquares of what its segments lean across the plane, sines, squared and added
 */
export function axisVarianceRad2(sigmaRad: number, sizeRad: number, acrossSquares: number): number {
  const square = sigmaRad * sigmaRad;
  // Short by 1 - cos: half the squared error, whose mean square is three quarters of sigma^4.
  return square * (acrossSquares + 0.75 * square * sizeRad * sizeRad);
}

/**
 * What the bias of a worn gyroscope may have changed by unnoticed, one standard deviation, rad/s: it warms up on the
 * body, where breathing hides it from the filter.
 */
export const RESIDUAL_GYRO_BIAS_SIGMA_RAD_PER_S = 0.1 * RAD_PER_DEG;
/** Sway and breathing of a person at rest while the zero is taken, one standard deviation. */
export const ZERO_SIGMA_RAD = 0.3 * RAD_PER_DEG;

/**
 * Half width of the 95 % interval of a sum of independent errors: one normal, and some that are evenly spread over
 * +- a range. Their flat distribution has short tails, so fewer standard deviations hold 95 %: 1.96 for a normal sum,
 * 1.645 for one even error alone, and in between by the sum's kurtosis (within 3 % of the exact integral).
 *
 * @param evenSquares sum of the squared ranges; `evenFourths` sum of their fourth powers
 */
export function halfWidth95(variance: number, evenSquares: number, evenFourths: number): number {
  const total = variance + evenSquares / 3;
  if (!(total > 0)) return 0;
  const flatness = evenFourths / 9 / (total * total);
  return (1.96 - 0.315 * flatness * flatness) * Math.sqrt(total);
}

/**
 * Half width round the reading itself that holds the truth in 95 %, where the truth is expected to lie beyond it by
 * `shift`: the nearer end is out of reach, so one side's 95 % point counts (1.645 standard deviations of a normal sum,
 * 1.56 of an even one).
 */
export function halfWidth95Beside(
  shift: number,
  variance: number,
  evenSquares: number,
  evenFourths: number,
): number {
  const sigma = Math.sqrt(variance + evenSquares / 3);
  if (!(sigma > 0)) return shift;
  const oneSided = 1.645 - (0.086 * evenFourths) / 9 / sigma ** 4;
  const twoSided = halfWidth95(variance, evenSquares, evenFourths) / sigma;
  return shift + sigma * (oneSided + (twoSided - oneSided) * Math.exp((-4 * shift) / sigma));
}

/** What a report's interval reaches below and above the reading, rad. */
export interface SkewedInterval {
  readonly lowRad: number;
  readonly highRad: number;
}

/** The reading itself is always inside by so many sensor sigmas: the skin may as well have followed. */
const READING_INSIDE_SIGMAS = 0.7;
/** Of the 5 % outside, the share that may lie below. */
const SHARE_BELOW = 0.3;

/**
 * The 95 % interval of what lies beyond a reading: sensors' errors on both sides of it, and skin that stayed behind by
 * an amount anywhere between none and twice the expected. Exact for one segment; the smaller range of a second
 * segment is taken for a normal error of its size.
 *
 * @param variance of the sensors' errors, rad^2
 * @param shiftRad expected effect of the skin
 * @param reachesRad by how much each segment's skin may differ from the expected, evenly spread
 */
export function skewedInterval95(
  variance: number,
  shiftRad: number,
  reachesRad: readonly number[],
): SkewedInterval {
  const [widest = 0, ...others] = reachesRad.map(Math.abs).sort((a, b) => b - a);
  const sigma = Math.sqrt(variance + others.reduce((sum, reach) => sum + (reach * reach) / 3, 0));
  const least = Math.max(sigma, 1e-9);
  const below = (xRad: number): number => shareBelow(xRad, least, shiftRad - widest, shiftRad + widest);
  const quantile = (share: number): number => {
    let low = shiftRad - widest - 8 * least,
      high = shiftRad + widest + 8 * least;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (below(middle) < share) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const lowRad = Math.min(quantile(0.05 * SHARE_BELOW), -READING_INSIDE_SIGMAS * Math.sqrt(variance));
  const highRad = Math.max(quantile(0.95 + below(lowRad)), READING_INSIDE_SIGMAS * Math.sqrt(variance));
  return { lowRad, highRad };
}

/** Distribution of a normal error plus one that is even from `from` to `to`: the integral of the normal one's. */
function shareBelow(x: number, sigma: number, from: number, to: number): number {
  if (to - from < 1e-3 * sigma) return normalShare((x - (from + to) / 2) / sigma);
  const integral = (z: number): number =>
    z * normalShare(z) + Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return (sigma / (to - from)) * (integral((x - from) / sigma) - integral((x - to) / sigma));
}

/** Standard normal distribution, within 1e-7 (Abramowitz and Stegun 1964, 7.1.26). */
function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2,
    t = 1 / (1 + 0.3275911 * x);
  const tail =
    0.5 *
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z < 0 ? tail : 1 - tail;
}
