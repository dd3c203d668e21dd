/** Three ways to the frequency of a signal that is not quite regular. Signals have no mean; steps in s. */

/** Frequencies between which a rhythm is looked for, Hz. */
const LOWEST_HZ = 0.07;
const HIGHEST_HZ = 0.56;
/** A shorter lag is the period when it repeats this nearly as well as the best one: guards against half the rate. */
const NEARLY_AS_GOOD = 0.8;
/** The spectrum is weighed up to here, Hz: the double of the fastest rate. */
const SPECTRUM_HZ = 1;
/** Half-width of a line that varies from cycle to cycle, Hz. */
const LINE_HZ = 0.05;
/** Width of the window in which phase is followed, in periods (standard deviation). */
const PHASE_PERIODS = 0.45;

/** Shortest lag at which the signal repeats nearly as well as at any other, as frequency, and how alike it is there. */
export function findRepeat(
  signal: Float64Array,
  stepS: number,
): { readonly repeatHz: number; readonly likeness: number } {
  const n = signal.length;
  const longest = Math.min(n - 2, Math.ceil(1 / LOWEST_HZ / stepS)),
    shortest = Math.max(2, Math.floor(1 / HIGHEST_HZ / stepS));
  const likeness = new Float64Array(longest + 2);
  for (let lag = shortest - 1; lag <= longest + 1; lag++) {
    let ab = 0,
      aa = 0,
      bb = 0;
    for (let i = lag; i < n; i++) {
      const a = signal[i],
        b = signal[i - lag];
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
    likeness[lag] = ab / Math.sqrt(aa * bb);
  }
  const peaks: number[] = [];
  let best = 0;
  for (let lag = shortest; lag <= longest; lag++)
    if (likeness[lag] >= likeness[lag - 1] && likeness[lag] > likeness[lag + 1]) {
      peaks.push(lag);
      best = Math.max(best, likeness[lag]);
    }
  const lag = peaks.find((peak) => likeness[peak] >= NEARLY_AS_GOOD * best);
  if (lag === undefined || best <= 0) return { repeatHz: Number.NaN, likeness: 0 };
  // Vertex of the parabola through the peak and its neighbours.
  const before = likeness[lag - 1],
    at = likeness[lag],
    after = likeness[lag + 1];
  const offset = (0.5 * (before - after)) / (before - 2 * at + after);
  return { repeatHz: 1 / ((lag + offset) * stepS), likeness: at };
}

/**
 * Strongest line of the Hann-windowed spectrum, and the share of its power that lies at `hz` and at its double: what
 * an asymmetric rhythm of that frequency may contain.
 */
export function findSpectralLine(
  signal: Float64Array,
  stepS: number,
  hz: number,
): { readonly strongestHz: number; readonly concentration: number } {
  const n = signal.length;
  const tapered = signal.map((value, i) => value * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / n)));
  const gapHz = 1 / (4 * n * stepS);
  let strongestHz = Number.NaN,
    strongest = 0,
    total = 0,
    near = 0;
  for (let f = gapHz; f <= SPECTRUM_HZ; f += gapHz) {
    const power = powerAt(tapered, 2 * Math.PI * f * stepS);
    total += power;
    const isDouble = Math.abs(f - 2 * hz) < LINE_HZ && f > 1.5 * hz;
    if (Math.abs(f - hz) < LINE_HZ || isDouble) near += power;
    if (power > strongest && f >= LOWEST_HZ && f <= HIGHEST_HZ) {
      strongest = power;
      strongestHz = f;
    }
  }
  return { strongestHz, concentration: total > 0 ? near / total : 0 };
}

/** Power at one frequency, rad per step (Goertzel's recurrence). */
function powerAt(signal: Float64Array, radPerStep: number): number {
  const k = 2 * Math.cos(radPerStep);
  let s1 = 0,
    s2 = 0;
  for (let i = 0; i < signal.length; i++) {
    const s = signal[i] + k * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return s1 * s1 + s2 * s2 - k * s1 * s2;
}

/**
 * Mean frequency of the oscillation near `hz`: the signal is turned back at hz, and the turns that remain are counted
 * by a straight line through its phase. Unlike a spectral line this counts cycles, however uneven they are.
 */
export function followPhaseHz(signal: Float64Array, stepS: number, hz: number): number {
  const n = signal.length;
  const re = new Float64Array(n),
    im = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const phase = 2 * Math.PI * hz * i * stepS;
    re[i] = signal[i] * Math.cos(phase);
    im[i] = -signal[i] * Math.sin(phase);
  }
  const sigma = PHASE_PERIODS / hz / stepS;
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
  let phase = 0,
    last = 0,
    sumT = 0,
    sumP = 0,
    sumTt = 0,
    sumTp = 0;
  for (let i = 0; i < n; i++) {
    let x = 0,
      y = 0;
    for (let k = Math.max(0, i - reach); k <= Math.min(n - 1, i + reach); k++) {
      const weight = kernel[Math.abs(k - i)];
      x += weight * re[k];
      y += weight * im[k];
    }
    const angle = Math.atan2(y, x);
    const step = i === 0 ? 0 : angle - last;
    phase += step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
    last = angle;
    const t = i * stepS;
    sumT += t;
    sumP += phase;
    sumTt += t * t;
    sumTp += t * phase;
  }
  const slope = (n * sumTp - sumT * sumP) / (n * sumTt - sumT * sumT);
  return hz + slope / (2 * Math.PI);
}
