import { DEG_PER_RAD, GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';

const BLOCK_S = 0.5;

/** Gates of the guided still phases. Clinical page, section 1.5. */
export interface RestGates {
  /** Largest standard deviation within and between blocks, per axis; Infinity where it is not asked for. */
  readonly gyroSdRadPerS: number;
  readonly accSdMetersPerS2: number;
  /**
   * Largest root mean square of the rotation rate about its mean over the rest, which is a bias that nobody told yet, and
   * largest distance of that mean from the bias believed; Infinity where they are not asked for.
   */
  readonly gyroRmsRadPerS: number;
  readonly gyroMeanRadPerS: number;
  /** Largest standard deviation of the direction of up. */
  readonly tiltSdRad: number;
}

/** On a table, untouched. */
export const TABLE_GATES: RestGates = {
  gyroSdRadPerS: 0.3 * RAD_PER_DEG,
  accSdMetersPerS2: 0.05,
  gyroRmsRadPerS: Infinity,
  gyroMeanRadPerS: Infinity,
  tiltSdRad: Infinity,
};

/** Worn, standing or sitting tall; breathing is allowed. */
export const STANDING_GATES: RestGates = {
  gyroSdRadPerS: Infinity,
  accSdMetersPerS2: Infinity,
  gyroRmsRadPerS: 3 * RAD_PER_DEG,
  gyroMeanRadPerS: 8 * RAD_PER_DEG,
  tiltSdRad: 1 * RAD_PER_DEG,
};

/** Distance from standard gravity above which a unit needs the bench, m/s^2. */
const BENCH_NOTE_METERS_PER_S2 = 0.3;

/** How long one sensor has been still without a break, in blocks of half a second, and its means since. */
export class RestTracker {
  /** Seconds of unbroken rest. */
  restS = 0;
  /** True when the newest block moved. */
  isMoving = false;
  hasData = false;
  /** Mean orientation over the rest, w x y z, not normalised. */
  readonly qSum = new Float64Array(4);

  private readonly gates: RestGates;
  private readonly block = new Float64Array(12);
  private readonly bias = new Float64Array(3);
  private readonly firstUp = new Float64Array(3);
  private readonly firstGyro = new Float64Array(3);
  private readonly accSum = new Float64Array(3);
  private readonly gyroSum = new Float64Array(3);
  private blockS = 0;
  private blockCount = 0;
  private restBlocks = 0;
  private accCount = 0;

  constructor(gates: RestGates) {
    this.gates = gates;
  }

  /** Mean size of the acceleration over the rest, m/s^2. */
  get accNorm(): number {
    return Math.hypot(this.accSum[0], this.accSum[1], this.accSum[2]) / Math.max(1, this.accCount);
  }

  /** Mean rate over the rest, bias left in, rad/s. */
  meanRateInto(out: Float64Array): Float64Array {
    for (let i = 0; i < 3; i++) out[i] = this.gyroSum[i] / Math.max(1, this.accCount);
    return out;
  }

  get needsBench(): boolean {
    return this.accCount > 0 && Math.abs(this.accNorm - GRAVITY_METERS_PER_S2) > BENCH_NOTE_METERS_PER_S2;
  }

  /** One sample: gyro and acc x y z on the sensor's axes; `bias` is what is believed of the gyroscope's. */
  push(
    dtS: number,
    sample: ArrayLike<number>,
    bias: ArrayLike<number>,
    qEarthFromSensor: ArrayLike<number>,
  ): void {
    this.hasData = true;
    // A gap proves nothing, and nothing may be added up over it.
    if (dtS > 0.2) {
      this.isMoving = true;
      this.restart();
      return;
    }
    for (let i = 0; i < 3; i++) {
      const g = sample[i],
        a = sample[3 + i];
      if (g !== g || a !== a) return;
      this.block[i] += g;
      this.block[3 + i] += g * g;
      this.block[6 + i] += a;
      this.block[9 + i] += a * a;
      this.bias[i] = bias[i];
    }
    const sign =
      this.qSum[0] * qEarthFromSensor[0] +
        this.qSum[1] * qEarthFromSensor[1] +
        this.qSum[2] * qEarthFromSensor[2] +
        this.qSum[3] * qEarthFromSensor[3] <
      0
        ? -1
        : 1;
    for (let i = 0; i < 4; i++) this.qSum[i] += sign * qEarthFromSensor[i];
    this.blockCount++;
    this.blockS += dtS;
    if (this.blockS >= BLOCK_S) this.closeBlock();
  }

  private restart(): void {
    this.restS = this.blockS = 0;
    this.restBlocks = this.blockCount = this.accCount = 0;
    this.block.fill(0);
    this.qSum.fill(0);
    this.accSum.fill(0);
    this.gyroSum.fill(0);
  }

  private closeBlock(): void {
    const n = this.blockCount,
      block = this.block;
    let square = 0,
      away = 0,
      upDot = 0,
      upNorm = 0,
      moved = false;
    for (let i = 0; i < 3; i++) {
      const gyro = block[i] / n,
        acc = block[6 + i] / n;
      const gyroSd = Math.sqrt(Math.max(0, block[3 + i] / n - gyro * gyro));
      const accSd = Math.sqrt(Math.max(0, block[9 + i] / n - acc * acc));
      // About the mean with this block in it: a first block has only itself.
      const mean = (this.gyroSum[i] + block[i]) / (this.accCount + n);
      square += gyroSd * gyroSd + (gyro - mean) ** 2;
      away += (mean - this.bias[i]) ** 2;
      upNorm += acc * acc;
      if (this.restBlocks > 0) {
        upDot += acc * this.firstUp[i];
        if (Math.abs(gyro - this.firstGyro[i]) > 2 * this.gates.gyroSdRadPerS) moved = true;
      }
      if (gyroSd > this.gates.gyroSdRadPerS || accSd > this.gates.accSdMetersPerS2) moved = true;
    }
    upNorm = Math.sqrt(upNorm);
    if (Math.sqrt(square) > this.gates.gyroRmsRadPerS || Math.sqrt(away) > this.gates.gyroMeanRadPerS)
      moved = true;
    if (!(upNorm > 0.5 * GRAVITY_METERS_PER_S2)) moved = true;
    // Two standard deviations to either side of where the rest began.
    if (this.restBlocks > 0 && Math.acos(Math.min(1, upDot / upNorm)) > 2 * this.gates.tiltSdRad)
      moved = true;
    this.isMoving = moved;
    if (moved) {
      this.restart();
      return;
    }
    for (let i = 0; i < 3; i++) {
      if (this.restBlocks === 0) {
        this.firstUp[i] = block[6 + i] / n / upNorm;
        this.firstGyro[i] = block[i] / n;
      }
      this.accSum[i] += block[6 + i];
      this.gyroSum[i] += block[i];
    }
    this.accCount += n;
    this.restBlocks++;
    this.restS += this.blockS;
    this.blockS = this.blockCount = 0;
    block.fill(0);
  }
}

/** Plain words for a flag: how far the accelerometer is off. */
export function describeBenchNeed(tracker: RestTracker): string {
  return `gravity reads ${tracker.accNorm.toFixed(2)} m/s^2 at rest (${(
    Math.asin(Math.min(1, Math.abs(tracker.accNorm - GRAVITY_METERS_PER_S2) / GRAVITY_METERS_PER_S2)) *
    DEG_PER_RAD
  ).toFixed(1)} deg of tilt at worst)`;
}
