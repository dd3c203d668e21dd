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
/** Movement in the other planes that goes with each degree of an exercise: false axes read that share of it. */
export const COUPLED_SHARE = 0.2;
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
