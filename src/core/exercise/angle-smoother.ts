/**
 * Angle below 6 Hz and its speed below 4 Hz, sample by sample at a steady rate: two Butterworth low-passes of second
 * order (clinical page, section 1.6).
 */
export class AngleSmoother {
  angleRad = NaN;
  speedRadPerS = NaN;

  private readonly rateHz: number;
  private readonly angleFilter: LowPass;
  private readonly speedFilter: LowPass;

  constructor(rateHz: number) {
    this.rateHz = rateHz;
    this.angleFilter = new LowPass(6 / rateHz);
    this.speedFilter = new LowPass(4 / rateHz);
  }

  push(angleRad: number): void {
    const previous = this.angleRad;
    this.angleFilter.push(angleRad);
    this.angleRad = this.angleFilter.output;
    if (Number.isFinite(previous)) this.speedFilter.push((this.angleRad - previous) * this.rateHz);
    else this.speedFilter.push(0);
    this.speedRadPerS = this.speedFilter.output;
  }

  /** After a gap: the next value starts afresh. */
  reset(): void {
    this.angleRad = this.speedRadPerS = NaN;
    this.angleFilter.reset();
    this.speedFilter.reset();
  }
}

/** Butterworth low-pass of second order; starts in the steady state of its first value. */
class LowPass {
  private readonly b0: number;
  private readonly a1: number;
  private readonly a2: number;
  private x1 = NaN;
  private x2 = 0;
  output = NaN;
  private y2 = 0;

  /** @param cutoff fraction of the sampling rate, 0 to 0.5 */
  constructor(cutoff: number) {
    const k = Math.tan(Math.PI * cutoff);
    const norm = 1 / (1 + Math.SQRT2 * k + k * k);
    this.b0 = k * k * norm;
    this.a1 = 2 * (k * k - 1) * norm;
    this.a2 = (1 - Math.SQRT2 * k + k * k) * norm;
  }

  push(x: number): void {
    if (!Number.isFinite(this.x1)) this.x1 = this.x2 = this.output = this.y2 = x;
    const y = this.b0 * (x + 2 * this.x1 + this.x2) - this.a1 * this.output - this.a2 * this.y2;
    this.x2 = this.x1;
    this.x1 = x;
    this.y2 = this.output;
    this.output = y;
  }

  reset(): void {
    this.x1 = NaN;
  }
}
