/** How far a sensor's time axis may be off against the others', ms. */
export interface ClockDoubt {
  /** Largest error to be expected. */
  readonly boundMs: number;
  /** One standard deviation. */
  readonly sigmaMs: number;
}

/** A bound above this is told: at 60 deg/s it is a degree. */
export const CLOCK_UNSURE_MS = 15;
/** No host keeps a shorter connection interval than 15 ms for long; half of it is the mean wait. */
const LEAST_MEAN_WAIT_MS = 7.5;

/**
 * What is not known of a link's least latency. Where no round trip told, half the connection interval: packets that
 * become ready at any moment wait that long on average, and the wait is what the arrivals show.
 *
 * @param roundTripBoundMs NaN without one
 * @param meanDelayMs of packets above the line of the fastest
 */
export function latencyBoundMs(roundTripBoundMs: number, meanDelayMs: number): number {
  if (roundTripBoundMs === roundTripBoundMs) return roundTripBoundMs;
  return Math.max(LEAST_MEAN_WAIT_MS, meanDelayMs);
}

/** Standard deviation of a latency that is somewhere within a bound, and of a line whose slope is known so well, ms. */
export function clockSigmaMs(latencyMs: number, slopeSigma: number, spanMs: number): number {
  const fitMs = (slopeSigma * spanMs) / 2;
  return Math.sqrt((latencyMs * latencyMs) / 3 + fitMs * fitMs);
}
