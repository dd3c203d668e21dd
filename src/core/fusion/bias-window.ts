import { SUM } from './strapdown.ts';
import type { ThoraFilterParams } from './thora-parameters.ts';

/** What the last second says about the gyroscope bias. */
export const STILLNESS = { none: 0, rest: 1, quiet: 2, table: 3 } as const;

/** Window length, s, and the least of it that counts, s. */
const WINDOW_S = 1;
const LEAST_S = 0.5;
const CAPACITY = 64;
const FIELD_COUNT = 6;

/**
 * The last second of batch means of one sensor: tells rest (the bias is the rate) from quiet (worn but sitting:
 * the mean rate is the bias as far as the orientation came back) from movement. A large bias it tells only from what is
 * as still as on a table, or steadier than anybody turns.
 * Nothing here allocates after construction.
 */
export class BiasWindow {
  /** Mean rate of the window, rad/s, valid after {@link classify} returned anything but none. */
  readonly meanRadPerS = new Float64Array(3);
  /** [0] variance of the batch means per axis (rad/s)^2, largest axis; [1] variance for one quiet observation. */
  readonly variance = new Float64Array(2);
  readonly #length: number;
  readonly #least: number;
  readonly #batchS: number;
  readonly #params: ThoraFilterParams;
  readonly #rows: Float64Array;
  /**
   * [0] entries held; [1] next entry; [2] batches since one too fast for quiet; in a row [3] as still as on a table,
   * [4] as steady as nobody turns.
   */
  readonly #at = new Int32Array(5);
  readonly #tableBatches: number;
  readonly #steadyBatches: number;

  constructor(params: ThoraFilterParams) {
    this.#params = params;
    this.#batchS = params.batchS;
    this.#length = Math.max(2, Math.min(CAPACITY, Math.round(WINDOW_S / params.batchS)));
    this.#least = Math.max(2, Math.ceil(LEAST_S / params.batchS));
    this.#tableBatches = Math.ceil(params.tableS / params.batchS);
    this.#steadyBatches = Math.ceil(params.steadyS / params.batchS);
    this.#rows = new Float64Array(FIELD_COUNT * this.#length);
    this.clear();
  }

  clear(): void {
    this.#at[0] = 0;
    this.#at[1] = 0;
    this.#at[2] = this.#length;
    this.#at[3] = this.#at[4] = 0;
  }

  /** Entries in the window. */
  get count(): number {
    return this.#at[0];
  }

  /** Takes the means of a batch from the strapdown's sums. */
  push(sums: Float64Array): void {
    const at = this.#at,
      rows = this.#rows;
    const timeS = sums[SUM.timeS],
      accTimeS = sums[SUM.accTimeS];
    const gx = sums[SUM.gyro] / timeS,
      gy = sums[SUM.gyro + 1] / timeS,
      gz = sums[SUM.gyro + 2] / timeS;
    const offset = at[1] * FIELD_COUNT;
    rows[offset] = gx;
    rows[offset + 1] = gy;
    rows[offset + 2] = gz;
    rows[offset + 3] = sums[SUM.acc] / accTimeS;
    rows[offset + 4] = sums[SUM.acc + 1] / accTimeS;
    rows[offset + 5] = sums[SUM.acc + 2] / accTimeS;
    at[1] = at[1] + 1 === this.#length ? 0 : at[1] + 1;
    if (at[0] < this.#length) at[0]++;
    // One batch this fast rules quiet out for as long as it stays in the window: no need to look.
    const limit = this.#params.tableBiasLimitRadPerS + 5 * this.#params.quietGyroRadPerS;
    at[2] = gx * gx + gy * gy + gz * gz > limit * limit ? 0 : at[2] + 1;
  }

  /** @param toldRadPerS bias that an earlier rest told, rad/s; zeros before */
  classify(toldRadPerS: ArrayLike<number>): number {
    const at = this.#at,
      rows = this.#rows,
      params = this.#params;
    const count = at[0];
    at[3]++;
    at[4]++;
    if (count < this.#least || at[2] < count) return this.#moved();
    let gx = 0,
      gy = 0,
      gz = 0,
      ax = 0,
      ay = 0,
      az = 0;
    for (let i = 0, o = 0; i < count; i++, o += FIELD_COUNT) {
      gx += rows[o];
      gy += rows[o + 1];
      gz += rows[o + 2];
      ax += rows[o + 3];
      ay += rows[o + 4];
      az += rows[o + 5];
    }
    gx /= count;
    gy /= count;
    gz /= count;
    ax /= count;
    ay /= count;
    az /= count;
    const rateSquared = gx * gx + gy * gy + gz * gz;
    if (!(rateSquared < params.tableBiasLimitRadPerS ** 2)) return this.#moved();
    const ox = gx - toldRadPerS[0],
      oy = gy - toldRadPerS[1],
      oz = gz - toldRadPerS[2];
    let vgx = 0,
      vgy = 0,
      vgz = 0,
      va = 0;
    for (let i = 0, o = 0; i < count; i++, o += FIELD_COUNT) {
      const dx = rows[o] - gx,
        dy = rows[o + 1] - gy,
        dz = rows[o + 2] - gz;
      vgx += dx * dx;
      vgy += dy * dy;
      vgz += dz * dz;
      const ex = rows[o + 3] - ax,
        ey = rows[o + 4] - ay,
        ez = rows[o + 5] - az;
      va += ex * ex + ey * ey + ez * ez;
    }
    const gyroVariance = (vgx + vgy + vgz) / count,
      accVariance = va / count;
    this.meanRadPerS[0] = gx;
    this.meanRadPerS[1] = gy;
    this.meanRadPerS[2] = gz;
    this.variance[0] = gyroVariance;
    if (!(gyroVariance < params.tableGyroRadPerS ** 2 && accVariance < params.tableAccMetersPerS2 ** 2))
      at[3] = 0;
    if (!(gyroVariance < params.steadyGyroRadPerS ** 2 && accVariance < params.steadyAccMetersPerS2 ** 2))
      at[4] = 0;
    if (!(ox * ox + oy * oy + oz * oz < params.gyroBiasLimitRadPerS ** 2)) {
      const isSteady = at[4] >= this.#steadyBatches && rateSquared < params.steadyBiasLimitRadPerS ** 2;
      return at[3] >= this.#tableBatches || isSteady ? STILLNESS.table : STILLNESS.none;
    }
    if (gyroVariance < params.restGyroRadPerS ** 2 && accVariance < params.restAccMetersPerS2 ** 2)
      return STILLNESS.rest;
    if (gyroVariance < params.quietGyroRadPerS ** 2 && accVariance < params.quietAccMetersPerS2 ** 2) {
      this.#setQuietVariance(count, gyroVariance);
      return STILLNESS.quiet;
    }
    return STILLNESS.none;
  }

  #moved(): number {
    this.#at[3] = this.#at[4] = 0;
    return STILLNESS.none;
  }

  /** How far the orientation wandered about its mean course says how far the mean rate may be from the bias. */
  #setQuietVariance(count: number, gyroVariance: number): void {
    const rows = this.#rows,
      params = this.#params,
      mean = this.meanRadPerS;
    const start = count === this.#length ? this.#at[1] : 0;
    let x = 0,
      y = 0,
      z = 0,
      sum = 0;
    for (let i = 0; i < count; i++) {
      const o = ((start + i) % this.#length) * FIELD_COUNT;
      x += (rows[o] - mean[0]) * this.#batchS;
      y += (rows[o + 1] - mean[1]) * this.#batchS;
      z += (rows[o + 2] - mean[2]) * this.#batchS;
      sum += x * x + y * y + z * z;
    }
    const wander = Math.sqrt(sum / count);
    const wanderRate = (params.quietWanderGain * wander) / (count * this.#batchS);
    this.variance[1] = params.quietSigmaRadPerS ** 2 + wanderRate ** 2 + gyroVariance / count;
  }
}
