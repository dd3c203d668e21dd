/**
 * From the covariance of the filter to the standard deviation that is stated. The covariance knows what the model
 * knows; the rest is added here: a fixed part for how the sensor sits in its housing and for accelerometer offsets,
 * and a part that grows with the rate, for errors of the time tags. The factors say how far the covariance's own
 * claim was from the truth on recordings with an optical reference (docs/validity-orientation.md).
 */
const TILT = {
  live: { factor: 0.68, fixedRad: (0.3 * Math.PI) / 180, timeTagS: 0.002 },
  refined: { factor: 0.585, fixedRad: (0.3 * Math.PI) / 180, timeTagS: 0.005 },
} as const;
const HEADING_TIME_TAG_S = 0.002;

/**
 * The 95 % bound of an inclination error in units of its sigma (both axes together): the 95 % point of a Rayleigh
 * distribution over its root mean square.
 */
export const INCLINATION_BOUND95_PER_SIGMA = Math.sqrt(Math.log(20));

/**
 * Direction of the field differs between places of a room by so much and stays while the sensor stays, rad; the whole
 * recording sees more places than its beginning did.
 */
const FIELD_DIRECTION_SIGMA_RAD = { live: (1.5 * Math.PI) / 180, refined: (1.4 * Math.PI) / 180 } as const;
/**
 * Share of the filter's heading variance that is left beside that constant: the filter must distrust single
 * observations more than their mean deserves, or it would follow every disturbance.
 */
const MAGNETIC_VARIANCE_SHARE = 0.05;

/** What {@link stateSigmas} takes and gives; in an array, since a number passed to a call may be boxed. */
export const STATED = {
  /** Variance of the tilt, both axes together, rad^2; then its sigma, rad. */
  inclination: 0,
  /** Variance of the heading, rad^2; then its sigma, rad. */
  heading: 1,
  /** How fast the sensor turns, rad/s. */
  rate: 2,
  length: 3,
} as const;

/**
 * Turns the filter's variances in `values` into the sigmas that are stated.
 * @param isMagnetic heading is absolute and steered by the local field, not counted from the start
 */
export function stateSigmas(values: Float64Array, mode: 'live' | 'refined', isMagnetic: boolean): void {
  const { factor, fixedRad, timeTagS } = TILT[mode];
  const rate = values[STATED.rate],
    tilt = values[STATED.inclination],
    heading = values[STATED.heading];
  values[STATED.inclination] = factor * Math.sqrt(tilt + fixedRad * fixedRad + (timeTagS * rate) ** 2);
  const steered = isMagnetic
    ? MAGNETIC_VARIANCE_SHARE * heading + FIELD_DIRECTION_SIGMA_RAD[mode] ** 2
    : heading;
  values[STATED.heading] = Math.sqrt(steered + (HEADING_TIME_TAG_S * rate) ** 2);
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
