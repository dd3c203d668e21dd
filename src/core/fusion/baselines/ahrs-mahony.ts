import type { OrientationFilter } from '../orientation-filter.ts';
import { createAhrsFilter } from './ahrs-engine.ts';

/** Gains that served best over the BROAD recordings. */
export const MAHONY_GAINS = { kp: 0.1, ki: 0.0012 } as const;

/** Mahony's complementary filter from the `ahrs` package, for comparison only. */
export function createAhrsMahony(
  options: { readonly useMagnetometer?: boolean; readonly kp?: number; readonly ki?: number } = {},
): OrientationFilter {
  const kp = options.kp ?? MAHONY_GAINS.kp,
    ki = options.ki ?? MAHONY_GAINS.ki;
  return createAhrsFilter('ahrs-mahony', { algorithm: 'Mahony', kp, ki }, options.useMagnetometer ?? false);
}
