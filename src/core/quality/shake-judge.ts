/** How long one sensor must be shaken, ms: longer than a knock, short enough not to tire. */
const SHAKE_MS = 800;
/** A hand that shakes turns a thing back and forth at several rad/s; picking it up stays well under this. */
const SHAKEN_RAD_PER_S = 2;
/** The others may be held in the other hand, not waved about. */
const STILL_RAD_PER_S = 0.5;
/** A gap in the readings as long as this begins the count anew. */
const LONGEST_PAUSE_MS = 300;
/** A shaking hand slows down wherever it turns round: the mean over so long does not. */
const SMOOTH_MS = 200;

export type ShakeVerdict =
  | { readonly kind: 'none' }
  /** More than one moves: nobody can tell which is meant. */
  | { readonly kind: 'several' }
  | { readonly kind: 'shaking'; readonly sensorIndex: number; readonly fraction: number }
  | { readonly kind: 'found'; readonly sensorIndex: number };

const NONE: ShakeVerdict = { kind: 'none' };
const SEVERAL: ShakeVerdict = { kind: 'several' };

export interface MotionReading {
  readonly sensorIndex: number;
  /** Rotation rate without bias, rad/s; NaN where nothing is known now. */
  readonly speedRadPerS: number;
}

/**
 * "Shake the sensor you mean": the one that moves, for long enough and while all others lie still, is it. A sensor of
 * which nothing is known now forbids the verdict: it may be the one that is shaken.
 */
export class ShakeJudge {
  private readonly smoothed = new Map<number, number>();
  private candidate: number | null = null;
  private sinceMs = NaN;
  private lastMs = NaN;

  take(readings: readonly MotionReading[], nowMs: number): ShakeVerdict {
    const passedMs = nowMs - this.lastMs;
    this.lastMs = nowMs;
    if (!(passedMs <= LONGEST_PAUSE_MS)) this.reset();
    const weight = passedMs <= LONGEST_PAUSE_MS ? 1 - Math.exp(-passedMs / SMOOTH_MS) : 1;
    let shaken: number | null = null;
    let restless = 0;
    for (const { sensorIndex, speedRadPerS } of readings) {
      if (Number.isNaN(speedRadPerS)) {
        this.reset();
        return NONE;
      }
      const before = this.smoothed.get(sensorIndex) ?? speedRadPerS;
      const speed = before + weight * (speedRadPerS - before);
      this.smoothed.set(sensorIndex, speed);
      if (speed > STILL_RAD_PER_S) restless++;
      if (speed > SHAKEN_RAD_PER_S) shaken = sensorIndex;
    }
    if (shaken === null || restless > 1) {
      this.candidate = null;
      return shaken !== null ? SEVERAL : NONE;
    }
    if (shaken !== this.candidate) {
      this.candidate = shaken;
      this.sinceMs = nowMs;
    }
    const fraction = (nowMs - this.sinceMs) / SHAKE_MS;
    if (fraction < 1) return { kind: 'shaking', sensorIndex: shaken, fraction };
    return { kind: 'found', sensorIndex: shaken };
  }

  reset(): void {
    this.smoothed.clear();
    this.candidate = null;
  }
}
