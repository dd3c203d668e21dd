/** Two knocks of a finger on the case of a sensor that lies still: "this one". */

/** How far acceleration leaves its mean while a finger knocks, and what a sensor at rest stays under, m/s^2. */
const KNOCK_METERS_PER_S2 = 1.6;
const CALM_METERS_PER_S2 = 0.6;
/** A hand that carries a sensor turns it faster, rad/s. */
const CALM_RAD_PER_S = 0.7;
const MEAN_S = 0.25;
/** Stillness before the first knock and after the second: a rhythm of three is no double tap. */
const STILL_BEFORE_S = 0.3;
const STILL_AFTER_S = 0.3;
/** Longest knock; what rings so soon after it belongs to it; latest beginning of the second. */
const LONGEST_KNOCK_S = 0.15;
const RINGING_S = 0.06;
const LATEST_SECOND_S = 0.5;
const LONGEST_STEP_S = 0.2;

const STATE = { settling: 0, still: 1, knock: 2, between: 3, after: 4 } as const;

/** Finds double taps in the samples of one sensor. Allocates nothing for a sample. */
export class DoubleTapDetector {
  /** Double taps so far. */
  count = 0;
  /** The weaker knock of the last one, m/s^2; NaN before. */
  strengthMetersPerS2 = NaN;

  private readonly mean = new Float64Array(3).fill(NaN);
  private state: number = STATE.settling;
  private sinceS = 0;
  private knocks = 0;
  private peak = 0;
  private weakest = 0;

  /**
   * @param gyro,acc rows of three from `gyroAt` and `accAt`, rad/s and m/s^2
   * @param stepS since the sample before
   */
  push(gyro: Float64Array, gyroAt: number, acc: Float64Array, accAt: number, stepS: number): void {
    const { mean } = this;
    const weight = 1 - Math.exp(-stepS / MEAN_S);
    let off2 = 0,
      rate2 = 0;
    for (let k = 0; k < 3; k++) {
      const value = acc[accAt + k];
      if (mean[k] !== mean[k]) mean[k] = value;
      off2 += (value - mean[k]) * (value - mean[k]);
      rate2 += gyro[gyroAt + k] * gyro[gyroAt + k];
      mean[k] += weight * (value - mean[k]);
    }
    if (!(stepS < LONGEST_STEP_S) || off2 !== off2 || rate2 !== rate2) {
      mean.fill(NaN);
      this.enter(STATE.settling);
      return;
    }
    const off = Math.sqrt(off2);
    this.sinceS += stepS;
    this.advance(off, off < CALM_METERS_PER_S2 && rate2 < CALM_RAD_PER_S * CALM_RAD_PER_S);
  }

  private advance(off: number, isCalm: boolean): void {
    switch (this.state) {
      case STATE.settling:
        if (!isCalm) this.sinceS = 0;
        else if (this.sinceS >= STILL_BEFORE_S) this.enter(STATE.still);
        return;
      case STATE.still:
        if (isCalm) return;
        this.knocks = 1;
        this.weakest = Infinity;
        this.peak = off;
        this.enter(STATE.knock);
        return;
      case STATE.knock:
        this.peak = Math.max(this.peak, off);
        if (isCalm) this.endKnock();
        else if (this.sinceS > LONGEST_KNOCK_S) this.enter(STATE.settling);
        return;
      case STATE.between:
        if (this.sinceS > LATEST_SECOND_S) this.enter(STATE.settling);
        else if (!isCalm && this.sinceS > RINGING_S) {
          this.knocks = 2;
          this.peak = off;
          this.enter(STATE.knock);
        }
        return;
      case STATE.after:
        if (!isCalm && this.sinceS > RINGING_S) this.enter(STATE.settling);
        else if (this.sinceS >= STILL_AFTER_S) {
          this.count++;
          this.strengthMetersPerS2 = this.weakest;
          this.enter(STATE.still);
        }
    }
  }

  private endKnock(): void {
    this.weakest = Math.min(this.weakest, this.peak);
    if (this.peak < KNOCK_METERS_PER_S2) this.enter(STATE.settling);
    else this.enter(this.knocks === 1 ? STATE.between : STATE.after);
  }

  private enter(state: number): void {
    this.state = state;
    this.sinceS = 0;
  }
}

/** A table passes a knock on to its neighbours: theirs come a little later, and weaker. */
const NEIGHBOURS_WAIT_MS = 250;
const NEIGHBOUR_SHARE = 0.5;

export interface TapReading {
  readonly sensorIndex: number;
  readonly doubleTaps: number;
  /** Of the last one, m/s^2. */
  readonly tapMetersPerS2: number;
}

/** Says which sensor was tapped; where two felt it about equally nobody can tell, and nothing is said. */
export class TapJudge {
  private readonly counts = new Map<number, number>();
  private readonly felt = new Map<number, number>();
  private firstMs = NaN;

  /** @returns the sensor that was tapped twice just now; null while there is none */
  take(readings: readonly TapReading[], nowMs: number): number | null {
    for (const { sensorIndex, doubleTaps, tapMetersPerS2 } of readings) {
      const before = this.counts.get(sensorIndex);
      if (!Number.isNaN(doubleTaps)) this.counts.set(sensorIndex, doubleTaps);
      if (before === undefined || !(doubleTaps > before)) continue;
      if (this.felt.size === 0) this.firstMs = nowMs;
      this.felt.set(sensorIndex, tapMetersPerS2);
    }
    if (this.felt.size === 0 || nowMs - this.firstMs < NEIGHBOURS_WAIT_MS) return null;
    const [strongest, second] = [...this.felt].sort(([, a], [, b]) => b - a);
    this.felt.clear();
    if (strongest === undefined) return null;
    return second !== undefined && second[1] > NEIGHBOUR_SHARE * strongest[1] ? null : strongest[0];
  }
}
