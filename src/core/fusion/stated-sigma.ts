/**
 * From the covariance of the filter to the standard deviation that is stated. The covariance knows what the model
 * knows; the rest is added here: a fixed part for how the sensor sits in its housing and for accelerometer offsets,
 * and a part that grows with the rate, for errors of the time tags. The factors say how far the covariance's own
 * claim was from the truth on recordings with an optical reference (docs/validity-orientation.md).
 */
const TILT = {
  live: { factor: 0.78, fixedRad: (0.3 * Math.PI) / 180, timeTagS: 0.002 },
  refined: { factor: 0.65, fixedRad: (0.3 * Math.PI) / 180, timeTagS: 0.005 },
} as const;
const HEADING_TIME_TAG_S = 0.002;

/**
 * The 95 % bound of an inclination error in units of its sigma (both axes together): the 95 % point of a Rayleigh
 * distribution over its root mean square.
 */
export const INCLINATION_BOUND95_PER_SIGMA = Math.sqrt(Math.log(20));

/** @param varianceRad2 both tilt axes together */
export function statedTiltSigmaRad(
  mode: 'live' | 'refined',
  varianceRad2: number,
  rateRadPerS: number,
): number {
  const { factor, fixedRad, timeTagS } = TILT[mode];
  return factor * Math.sqrt(varianceRad2 + fixedRad * fixedRad + (timeTagS * rateRadPerS) ** 2);
}

/** Direction of the field differs between places of a room by so much and stays while the sensor stays, rad. */
const FIELD_DIRECTION_SIGMA_RAD = (1.6 * Math.PI) / 180;
/**
 * Share of the filter's heading variance that is left beside that constant: the filter must distrust single
 * observations more than their mean deserves, or it would follow every disturbance.
 */
const MAGNETIC_VARIANCE_SHARE = 0.05;

/** @param isMagnetic heading is absolute and steered by the local field, not counted from the start */
export function statedHeadingSigmaRad(
  varianceRad2: number,
  rateRadPerS: number,
  isMagnetic: boolean,
): number {
  const variance = isMagnetic
    ? MAGNETIC_VARIANCE_SHARE * varianceRad2 + FIELD_DIRECTION_SIGMA_RAD ** 2
    : varianceRad2;
  return Math.sqrt(variance + (HEADING_TIME_TAG_S * rateRadPerS) ** 2);
}

/** The 95 % point of a normal error: with a magnetometer the heading dominates. */
const TOTAL_BOUND95_PER_SIGMA = 1.96;

/**
 * The 95 % bound of the inclination error or, with a heading sigma, of the total error, rad.
 * @param headingSigmaRad null when heading is not observed
 */
export function statedBound95Rad(inclinationSigmaRad: number, headingSigmaRad: number | null): number {
  return headingSigmaRad === null
    ? INCLINATION_BOUND95_PER_SIGMA * inclinationSigmaRad
    : TOTAL_BOUND95_PER_SIGMA *
        Math.sqrt(inclinationSigmaRad * inclinationSigmaRad + headingSigmaRad * headingSigmaRad);
}
