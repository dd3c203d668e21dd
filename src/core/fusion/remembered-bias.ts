import { RAD_PER_DEG } from '../math/angle.ts';
import type { InitialGyroBias } from './thora-filter.ts';

/** What an earlier session found of a sensor's gyroscope, and how long ago. */
export interface RememberedGyroBias {
  readonly gyroBiasRadPerS: readonly [number, number, number];
  /** One standard deviation per axis when it was found, rad/s. */
  readonly sigmaRadPerS: number;
  /** Seconds since then. */
  readonly ageS: number;
}

/**
 * The sensor's temperature is not known: 0.05 deg/s per degree is typical of the LSM6DS3 (its data sheet, DocID026899),
 * and a sensor differs by 10 degrees from use to use (an assumption: rooms, and skin).
 */
const TEMPERATURE_SIGMA_RAD_PER_S = 0.05 * 10 * RAD_PER_DEG;
/** A gyroscope ages as a random walk of 0.1 deg/s in a month: an assumption, no data sheet states it. */
const AGEING_SIGMA_RAD_PER_S = 0.1 * RAD_PER_DEG;
const MONTH_S = 30 * 86_400;
/** What is older says no more than that no gyroscope is far off. */
const LONGEST_AGE_S = 365 * 86_400;
/** A session that did not find the bias better than this leaves nothing to remember. */
const LARGEST_SIGMA_RAD_PER_S = 0.15 * RAD_PER_DEG;

/** What a remembered bias is worth now; null where it is worth nothing, or cannot be one. */
export function recallGyroBias(remembered: RememberedGyroBias): InitialGyroBias | null {
  const { gyroBiasRadPerS, sigmaRadPerS, ageS } = remembered;
  if (!isWorthRemembering(gyroBiasRadPerS, sigmaRadPerS)) return null;
  // A clock that was set back tells no age.
  if (!(ageS >= 0 && ageS <= LONGEST_AGE_S)) return null;
  return {
    gyroBiasRadPerS,
    sigmaRadPerS: Math.sqrt(
      sigmaRadPerS ** 2 + TEMPERATURE_SIGMA_RAD_PER_S ** 2 + (AGEING_SIGMA_RAD_PER_S ** 2 * ageS) / MONTH_S,
    ),
  };
}

/** Whether a bias was found well enough to be of use another time. */
export function isWorthRemembering(gyroBiasRadPerS: readonly number[], sigmaRadPerS: number): boolean {
  return (
    gyroBiasRadPerS.length === 3 &&
    gyroBiasRadPerS.every(Number.isFinite) &&
    sigmaRadPerS >= 0 &&
    sigmaRadPerS <= LARGEST_SIGMA_RAD_PER_S
  );
}
