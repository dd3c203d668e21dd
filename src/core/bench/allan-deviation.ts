const LEVELS = 18;
/** Differences that make a level worth reading. */
const LEAST_COUNT = 8;
/** White noise is read between these averaging times, s. */
const WALK_FROM_S = 0.25;
const WALK_UNTIL_S = 2;
/** The floor of the curve over the bias instability that makes it (IEEE 952). */
const FLOOR_FACTOR = 0.664;

/**
 * Allan deviation of one axis at averaging times that double, from means that do not overlap; samples are taken to be evenly
 * spaced. In the unit of what is pushed. Allocates nothing for a sample. After IEEE Std 952-1997, annex C.
 */
export class AllanDeviation {
  private readonly periodS: number;
  /** Of each level: the mean before, one half of the next mean, sum of squared differences. */
  private readonly last = new Float64Array(LEVELS).fill(NaN);
  private readonly half = new Float64Array(LEVELS).fill(NaN);
  private readonly squares = new Float64Array(LEVELS);
  private readonly counts = new Float64Array(LEVELS);

  constructor(periodS: number) {
    this.periodS = periodS;
  }

  push(value: number): void {
    let mean = value;
    for (let level = 0; level < LEVELS; level++) {
      const step = mean - this.last[level];
      if (step === step) {
        this.squares[level] += step * step;
        this.counts[level]++;
      }
      this.last[level] = mean;
      const half = this.half[level];
      if (half !== half) {
        this.half[level] = mean;
        return;
      }
      this.half[level] = NaN;
      mean = (half + mean) / 2;
    }
  }

  /** @returns the deviation at `periodS * 2 ** level`; NaN where too little came */
  at(level: number): number {
    return this.counts[level] >= LEAST_COUNT
      ? Math.sqrt(this.squares[level] / (2 * this.counts[level]))
      : NaN;
  }

  /** White noise, unit times the root of a second; NaN before 0.25 s of averaging can be read. */
  get randomWalk(): number {
    let weighted = 0,
      weight = 0;
    for (let level = 0; level < LEVELS; level++) {
      const tauS = this.periodS * 2 ** level;
      const deviation = this.at(level);
      if (tauS < WALK_FROM_S || tauS > WALK_UNTIL_S || deviation !== deviation) continue;
      weighted += this.counts[level] * deviation * deviation * tauS;
      weight += this.counts[level];
    }
    return weight > 0 ? Math.sqrt(weighted / weight) : NaN;
  }

  /** The floor of the curve as far as it was seen: with a short recording an upper bound. */
  get biasInstability(): number {
    let least = NaN;
    for (let level = 0; level < LEVELS; level++) {
      const deviation = this.at(level);
      if (deviation === deviation && !(deviation >= least)) least = deviation;
    }
    return least / FLOOR_FACTOR;
  }
}
