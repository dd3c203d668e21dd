import type { OrientationFilter } from '../orientation-filter.ts';
import { createAhrsFilter } from './ahrs-engine.ts';

/** Gains that served best over the BROAD recordings; the package's own default of 0.4 does much worse there. */
export const MADGWICK_BETA = { sixAxes: 0.033, nineAxes: 0.12 } as const;

/** Madgwick's gradient filter from the `ahrs` package, for comparison only. */
export function createAhrsMadgwick(
  options: { readonly useMagnetometer?: boolean; readonly beta?: number } = {},
): OrientationFilter {
  const useMagnetometer = options.useMagnetometer ?? false;
  const beta = options.beta ?? (useMagnetometer ? MADGWICK_BETA.nineAxes : MADGWICK_BETA.sixAxes);
  return createAhrsFilter('ahrs-madgwick', { algorithm: 'Madgwick', beta }, useMagnetometer);
}
