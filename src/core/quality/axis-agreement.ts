/** Delays gyroscope and accelerometer alike: what a limb's own acceleration adds to gravity is mostly faster than this. */
const SMOOTH_S = 0.15;
const SPAN_S = 0.5;
const LONGEST_STEP_S = 0.2;
/** Gravity must have turned by about a bow before anything is said, rad^2 summed over spans. */
const LEAST_TURNED_RAD2 = 0.25;

/**
 * Whether gyroscope and accelerometer tell of the same turning: on right-handed axes gravity turns against the gyroscope,
 * on left-handed ones (or with one axis reversed) with it. Turning about the vertical says nothing and does not count.
 */
export class AxisAgreement {
  private readonly gyro = new Float64Array(3);
  private readonly acc = new Float64Array(3);
  private readonly before = new Float64Array(3);
  private readonly predicted = new Float64Array(3);
  /** Sums over spans: moved * predicted, predicted^2, moved^2. */
  private readonly sums = new Float64Array(3);
  private spanS = 0;
  private started = false;

  /** @param stepS since the sample before, s */
  push(
    gyroRadPerS: ArrayLike<number>,
    accMetersPerS2: ArrayLike<number>,
    accAt: number,
    stepS: number,
  ): void {
    const { gyro, acc, predicted } = this;
    let sum = 0;
    for (let i = 0; i < 3; i++) sum += gyroRadPerS[i] + accMetersPerS2[accAt + i];
    if (sum !== sum || !(stepS > 0 && stepS <= LONGEST_STEP_S) || !this.started) {
      this.started = sum === sum;
      for (let i = 0; i < 3; i++) {
        gyro[i] = gyroRadPerS[i];
        acc[i] = accMetersPerS2[accAt + i];
      }
      this.beginSpan();
      return;
    }
    const weight = 1 - Math.exp(-stepS / SMOOTH_S);
    for (let i = 0; i < 3; i++) {
      gyro[i] += weight * (gyroRadPerS[i] - gyro[i]);
      acc[i] += weight * (accMetersPerS2[accAt + i] - acc[i]);
    }
    const scale = stepS / Math.sqrt(acc[0] * acc[0] + acc[1] * acc[1] + acc[2] * acc[2]);
    predicted[0] += scale * (acc[1] * gyro[2] - acc[2] * gyro[1]);
    predicted[1] += scale * (acc[2] * gyro[0] - acc[0] * gyro[2]);
    predicted[2] += scale * (acc[0] * gyro[1] - acc[1] * gyro[0]);
    this.spanS += stepS;
    if (this.spanS < SPAN_S) return;
    const size = Math.sqrt(acc[0] * acc[0] + acc[1] * acc[1] + acc[2] * acc[2]);
    for (let i = 0; i < 3; i++) {
      const moved = acc[i] / size - this.before[i];
      this.sums[0] += moved * predicted[i];
      this.sums[1] += predicted[i] * predicted[i];
      this.sums[2] += moved * moved;
    }
    this.beginSpan();
  }

  /** 1 where both agree, -1 where they contradict each other; NaN before gravity has turned enough. */
  get correlation(): number {
    const { sums } = this;
    const both = sums[0],
      predicted = sums[1],
      moved = sums[2];
    return moved > LEAST_TURNED_RAD2 && predicted > 0 ? both / Math.sqrt(predicted * moved) : NaN;
  }

  private beginSpan(): void {
    const { acc } = this;
    const size = Math.sqrt(acc[0] * acc[0] + acc[1] * acc[1] + acc[2] * acc[2]);
    for (let i = 0; i < 3; i++) this.before[i] = acc[i] / size;
    this.predicted.fill(0);
    this.spanS = 0;
  }
}
