import type { MeasuredInstant } from './measured-instant.ts';
import { smoothMoveTime } from './repetition-quality.ts';

/** Room for a repetition of 40 s at 100 Hz. */
const CAPACITY = 4096;
const PEAK_HALF_WINDOW_MS = 100;

/** The angle of one excursion, kept until it is judged. Angles are positive in the direction of the excursion. */
export class ExcursionTrace {
  count = 0;
  maximumRad = 0;
  maximumAt = 0;
  peakSpeedRadPerS = 0;

  private readonly timeMs = new Float64Array(CAPACITY);
  private readonly angleRad = new Float64Array(CAPACITY);
  private readonly halfWidthRad = new Float64Array(CAPACITY);
  private readonly window = new Float64Array(64);

  clear(): void {
    this.count = 0;
    this.maximumRad = -Infinity;
    this.maximumAt = 0;
    this.peakSpeedRadPerS = 0;
  }

  /** @param sign direction of the excursion */
  add(now: MeasuredInstant, sign: 1 | -1): void {
    if (Math.abs(now.speedRadPerS) > this.peakSpeedRadPerS)
      this.peakSpeedRadPerS = Math.abs(now.speedRadPerS);
    if (this.count === CAPACITY) return;
    const angleRad = sign * now.angleRad;
    this.timeMs[this.count] = now.timeMs;
    this.angleRad[this.count] = angleRad;
    this.halfWidthRad[this.count] = now.halfWidth95Rad;
    if (angleRad > this.maximumRad) {
      this.maximumRad = angleRad;
      this.maximumAt = this.count;
    }
    this.count++;
  }

  get lastRad(): number {
    return this.count > 0 ? this.angleRad[this.count - 1] : 0;
  }

  get startMs(): number {
    return this.timeMs[0];
  }

  get peakMs(): number {
    return this.timeMs[this.maximumAt];
  }

  get peakHalfWidthRad(): number {
    return this.halfWidthRad[this.maximumAt];
  }

  /** Median of +-100 ms round the maximum: one bad sample makes no record. */
  peakRad(): number {
    const centreMs = this.peakMs;
    let n = 0;
    for (let i = this.maximumAt; i >= 0 && centreMs - this.timeMs[i] <= PEAK_HALF_WINDOW_MS && n < 32; i--)
      this.window[n++] = this.angleRad[i];
    for (
      let i = this.maximumAt + 1;
      i < this.count && this.timeMs[i] - centreMs <= PEAK_HALF_WINDOW_MS && n < 64;
      i++
    )
      this.window[n++] = this.angleRad[i];
    const values = this.window.subarray(0, n).sort();
    return n % 2 === 1 ? values[(n - 1) / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }

  /**
   * Time from the start posture to the peak, s. The movement is seen only from the start threshold on and its end is
   * flat, so the part between threshold and 90 % is measured and the rest filled in as a smooth movement has it.
   */
  outS(peakRad: number): number {
    const firstShare = this.angleRad[0] / peakRad;
    if (!(firstShare < 0.7)) return NaN;
    let i = 0;
    while (i < this.count && this.angleRad[i] < 0.9 * peakRad) i++;
    if (i === this.count) return NaN;
    const seenMs = this.timeMs[i] - this.timeMs[0];
    return seenMs / 1000 / (smoothMoveTime(0.9) - smoothMoveTime(Math.max(0, firstShare)));
  }

  /** Time from leaving the peak to the start posture, s. */
  backS(peakRad: number): number {
    const lastShare = this.angleRad[this.count - 1] / peakRad;
    if (!(lastShare < 0.7)) return NaN;
    let i = this.count - 1;
    while (i > 0 && this.angleRad[i] < 0.9 * peakRad) i--;
    const seenMs = this.timeMs[this.count - 1] - this.timeMs[i];
    return seenMs / 1000 / (smoothMoveTime(0.9) - smoothMoveTime(Math.max(0, lastShare)));
  }
}
