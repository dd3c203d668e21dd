import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';

/** Whether the gyroscope's bias is known well, and stays. */

const BIAS_UNSURE_RAD_PER_S = 0.15 * RAD_PER_DEG;
/** Breathing moves the mean rate of a short rest by less. */
const BIAS_WANDER_RAD_PER_S = 2.5 * RAD_PER_DEG;

/** @param sigmas of x, y and z, rad/s, from `at` on. Returns their root mean square. */
export function biasSigmaRadPerS(sigmas: ArrayLike<number>, at = 0): number {
  return Math.hypot(sigmas[at], sigmas[at + 1], sigmas[at + 2]) / Math.sqrt(3);
}

/** @param sigmaRadPerS {@link biasSigmaRadPerS}; NaN of a filter that states none is no doubt */
export function isBiasUnsure(sigmaRadPerS: number): boolean {
  return sigmaRadPerS > BIAS_UNSURE_RAD_PER_S;
}

export function describeBiasUnsure(sigmaRadPerS: number): string {
  return `the gyroscope's bias is known to ${(sigmaRadPerS * DEG_PER_RAD).toFixed(2)} deg/s only; rest for 3 s at the start`;
}

/** @param wanderRadPerS distance between the mean rates of two rests */
export function isBiasWandering(wanderRadPerS: number): boolean {
  return wanderRadPerS > BIAS_WANDER_RAD_PER_S;
}

export function describeBiasWander(wanderRadPerS: number): string {
  return `at rest the gyroscope reads ${(wanderRadPerS * DEG_PER_RAD).toFixed(1)} deg/s differently at the end; let it warm up first`;
}
