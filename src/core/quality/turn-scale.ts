/** Scales that are tried: the gyroscope is right, and its turns are really so much smaller or larger than it states. */
const STEP = 0.15;
const TRIED = [1 - STEP, 1, 1 + STEP] as const;

/** A rest: slower than this, and gravity steadier than this, for so long. */
const QUIET_RAD_PER_S = 0.12;
const STEADY_METERS_PER_S2 = 0.6;
const REST_S = 0.5;
/** Between two rests so much turning at least says something of the scale, and so much at most can be followed. */
const LEAST_TURN_RAD = 0.35;
const LONGEST_PATH_RAD = 12;
const LONGEST_S = 60;
const LONGEST_STEP_S = 0.2;
/** Together at least a quarter of a full turn, squared; and the best scale has to leave no more than this, rad. */
const LEAST_SAID_RAD2 = 2;
const LARGEST_REST_RAD = 0.12;

/**
 * Whether turns are as large as the gyroscope says. From one rest to the next gravity is carried along by the turn rate at
 * three scales, and held against what the accelerometer measures there: at rest nothing but gravity is in it. Turning about the
 * vertical says nothing, and so does a movement that comes back to where it began.
 */
export class TurnScale {
  private readonly carried = new Float64Array(3 * TRIED.length);
  private readonly mean = new Float64Array(3);
  private readonly departure = new Float64Array(3);
  /** Squared misses of each scale, rad^2. */
  private readonly missRad2 = new Float64Array(TRIED.length);
  private count = 0;
  private restS = 0;
  private sinceRestS = Infinity;
  private pathRad = 0;

  /**
   * @param biasRadPerS what the gyroscope shows at rest, as far as it is known
   * @param stepS since the sample before, s
   */
  push(
    gyroRadPerS: ArrayLike<number>,
    biasRadPerS: ArrayLike<number>,
    accMetersPerS2: ArrayLike<number>,
    accAt: number,
    stepS: number,
  ): void {
    const x = gyroRadPerS[0] - biasRadPerS[0],
      y = gyroRadPerS[1] - biasRadPerS[1],
      z = gyroRadPerS[2] - biasRadPerS[2];
    const ax = accMetersPerS2[accAt],
      ay = accMetersPerS2[accAt + 1],
      az = accMetersPerS2[accAt + 2];
    const sum = x + y + z + ax + ay + az;
    if (sum !== sum || !(stepS > 0 && stepS <= LONGEST_STEP_S)) {
      this.restS = 0;
      this.sinceRestS = Infinity;
      return;
    }
    const { carried, mean } = this;
    const speedRadPerS = Math.sqrt(x * x + y * y + z * z);
    this.sinceRestS += stepS;
    this.pathRad += speedRadPerS * stepS;
    for (let k = 0; k < TRIED.length; k++) {
      const at = 3 * k;
      const angle = TRIED[k]! * stepS;
      const gx = carried[at],
        gy = carried[at + 1],
        gz = carried[at + 2];
      carried[at] = gx + angle * (gy * z - gz * y);
      carried[at + 1] = gy + angle * (gz * x - gx * z);
      carried[at + 2] = gz + angle * (gx * y - gy * x);
    }
    const isSteady =
      this.restS === 0 ||
      Math.abs(ax - mean[0]) + Math.abs(ay - mean[1]) + Math.abs(az - mean[2]) < STEADY_METERS_PER_S2;
    if (speedRadPerS > QUIET_RAD_PER_S || !isSteady) {
      this.restS = 0;
      return;
    }
    this.restS += stepS;
    const weight = stepS / Math.min(this.restS, REST_S);
    mean[0] += weight * (ax - mean[0]);
    mean[1] += weight * (ay - mean[1]);
    mean[2] += weight * (az - mean[2]);
    if (this.restS >= REST_S) this.arrive();
  }

  /** True turn over stated turn: 1 where the scale is right, 1.15 where 12.8 % are missing; NaN before gravity told enough. */
  get ratio(): number {
    const [small, right, large] = this.missRad2;
    const curve = (small - 2 * right + large) / (2 * STEP * STEP);
    const slope = (large - small) / (2 * STEP);
    if (!(curve >= LEAST_SAID_RAD2)) return NaN;
    const leftRad2 = right - (slope * slope) / (4 * curve);
    return leftRad2 <= this.count * LARGEST_REST_RAD ** 2 ? 1 - slope / (2 * curve) : NaN;
  }

  /** The sensor rests: what was carried along is judged, and begins anew from here. */
  private arrive(): void {
    const { carried, mean, departure, missRad2 } = this;
    const size = Math.sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2]);
    const turned = distance(departure, 0, mean, size);
    const isTold = this.sinceRestS <= LONGEST_S && this.pathRad <= LONGEST_PATH_RAD;
    if (isTold && turned >= LEAST_TURN_RAD) {
      this.count++;
      for (let k = 0; k < TRIED.length; k++) missRad2[k] += distance(carried, 3 * k, mean, size) ** 2;
    }
    for (let i = 0; i < 3; i++) {
      departure[i] = mean[i] / size;
      for (let k = 0; k < TRIED.length; k++) carried[3 * k + i] = departure[i];
    }
    this.sinceRestS = 0;
    this.pathRad = 0;
  }
}

/** Between the directions of two vectors, as a chord of the unit sphere. */
function distance(of: Float64Array, at: number, from: Float64Array, fromSize: number): number {
  const x = of[at],
    y = of[at + 1],
    z = of[at + 2];
  const size = Math.sqrt(x * x + y * y + z * z);
  const dx = x / size - from[0] / fromSize,
    dy = y / size - from[1] / fromSize,
    dz = z / size - from[2] / fromSize;
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
