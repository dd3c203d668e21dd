/** How fast a sensor turned, over time. `timeS` rises. The magnitude does not depend on how the sensor is held. */
export interface TurnRateSeries {
  readonly timeS: ArrayLike<number>;
  readonly rateRadPerS: ArrayLike<number>;
}

/** What two sensors that moved as one body say of their clocks. */
export interface SharedMotionOffset {
  /** What `a` showed at t, `b` showed at t + this, s. */
  readonly offsetS: number;
  /** One standard deviation, s. */
  readonly sigmaS: number;
  /** Correlation at the peak, 0 to 1. */
  readonly coherence: number;
}

/** Clocks are no further apart than this, s. */
const LARGEST_OFFSET_S = 0.25;
const GRID_RATE_HZ = 250;
/** A hole in the samples longer than this is not bridged, s. */
const LONGEST_BRIDGE_S = 0.06;
const LEAST_COVERAGE = 0.6;
const LEAST_DURATION_S = 1.5;
/** On one body both turn alike: what is less alike was not one body. */
const LEAST_COHERENCE = 0.95;
/** Gyroscope scales differ, but not by more than this factor (the LSM9DS1 library's fault is 1.147). */
const LARGEST_GAIN = 1.2;
/** Variation of the rate without which there is nothing to be seen, rad/s. */
const LEAST_VARIATION_RAD_PER_S = 0.4;
/** Another peak must leave so many times as much unexplained as the best one, and not pass itself: steady shaking looks alike one shake later. */
const LEAST_DISTINCTION = 3;
/** What reading between samples costs, in samples of the slower sensor. */
const INTERPOLATION_SIGMA_SAMPLES = 0.03;

/**
 * Offset between two sensors' time axes from a stretch in which they were held together and shaken: the lag at which
 * their rates of turning correlate best, to a fraction of a sample by a parabola through the peak.
 *
 * @param a,b any rates of sampling, gaps allowed
 * @param startS,endS the stretch, on a's axis
 * @returns null where the two did not move as one, or too little to tell
 */
export function sharedMotionOffset(
  a: TurnRateSeries,
  b: TurnRateSeries,
  startS: number,
  endS: number,
): SharedMotionOffset | null {
  const count = Math.floor((endS - startS) * GRID_RATE_HZ);
  const reach = Math.ceil(LARGEST_OFFSET_S * GRID_RATE_HZ);
  if (count < LEAST_DURATION_S * GRID_RATE_HZ) return null;
  const gridA = onGrid(a, startS, count),
    gridB = onGrid(b, startS - reach / GRID_RATE_HZ, count + 2 * reach);
  const coherences = new Float64Array(2 * reach + 1);
  let best = 0;
  for (let lag = 0; lag < coherences.length; lag++) {
    coherences[lag] = compare(gridA, gridB, lag).coherence;
    if (coherences[lag] > coherences[best]) best = lag;
  }
  const { coherence, gain, variationRadPerS } = compare(gridA, gridB, best);
  if (!(coherence >= LEAST_COHERENCE) || !(variationRadPerS >= LEAST_VARIATION_RAD_PER_S)) return null;
  if (!(gain < LARGEST_GAIN) || !(gain > 1 / LARGEST_GAIN)) return null;
  if (best === 0 || best === coherences.length - 1 || hasRival(coherences, best)) return null;

  const before = coherences[best - 1],
    after = coherences[best + 1];
  const curvature = 2 * coherence - before - after;
  if (!(curvature > 0)) return null;
  const fraction = (after - before) / (2 * curvature);
  const periodS = Math.max(meanPeriodS(a, startS, endS), meanPeriodS(b, startS, endS));
  // Cramer-Rao: noise against the signal's slope, one independent noise for each sample of the slower sensor. The
  // curvature of the peak is the mean square of the signal's slope over its power.
  const unexplained = (1 - coherence * coherence) / (coherence * coherence);
  const samples = (endS - startS) / periodS;
  const noiseS = Math.sqrt(unexplained / samples / curvature) / GRID_RATE_HZ;
  return {
    offsetS: (best - reach + fraction) / GRID_RATE_HZ,
    sigmaS: Math.hypot(noiseS, INTERPOLATION_SIGMA_SAMPLES * periodS),
    coherence,
  };
}

/** Values on an even grid, NaN where samples are missing. */
function onGrid(series: TurnRateSeries, startS: number, count: number): Float64Array {
  const { timeS, rateRadPerS } = series;
  const out = new Float64Array(count).fill(NaN);
  let i = 0;
  for (let k = 0; k < count; k++) {
    const atS = startS + k / GRID_RATE_HZ;
    while (i + 1 < timeS.length && timeS[i + 1] <= atS) i++;
    if (i + 1 >= timeS.length || timeS[i] > atS) continue;
    const stepS = timeS[i + 1] - timeS[i];
    if (stepS > LONGEST_BRIDGE_S) continue;
    const share = (atS - timeS[i]) / stepS;
    out[k] = rateRadPerS[i] + share * (rateRadPerS[i + 1] - rateRadPerS[i]);
  }
  return out;
}

/** How alike `a` and `b` from `lag` on are; coherence -1 where too little of both is there. */
function compare(
  a: Float64Array,
  b: Float64Array,
  lag: number,
): { readonly coherence: number; readonly gain: number; readonly variationRadPerS: number } {
  let n = 0,
    sumA = 0,
    sumB = 0,
    sumAA = 0,
    sumBB = 0,
    sumAB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i],
      y = b[i + lag];
    if (x !== x || y !== y) continue;
    n++;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const varA = sumAA / n - (sumA / n) ** 2,
    varB = sumBB / n - (sumB / n) ** 2;
  if (n < LEAST_COVERAGE * a.length || !(varA > 0) || !(varB > 0))
    return { coherence: -1, gain: NaN, variationRadPerS: 0 };
  return {
    coherence: (sumAB / n - (sumA / n) * (sumB / n)) / Math.sqrt(varA * varB),
    gain: Math.sqrt(varB / varA),
    variationRadPerS: Math.sqrt(Math.min(varA, varB)),
  };
}

/** Whether some other peak is nearly as good. */
function hasRival(coherences: Float64Array, best: number): boolean {
  const limit = 1 - Math.max(LEAST_DISTINCTION * (1 - coherences[best]), 1 - LEAST_COHERENCE);
  for (let k = 0; k < coherences.length; k++) {
    const isPeak =
      coherences[k] > (coherences[k - 1] ?? -1) && coherences[k] >= (coherences[k + 1] ?? -1) && k !== best;
    if (isPeak && coherences[k] > limit) return true;
  }
  return false;
}

function meanPeriodS(series: TurnRateSeries, startS: number, endS: number): number {
  let count = 0;
  for (let i = 0; i < series.timeS.length; i++)
    if (series.timeS[i] >= startS && series.timeS[i] <= endS) count++;
  return (endS - startS) / Math.max(1, count);
}
