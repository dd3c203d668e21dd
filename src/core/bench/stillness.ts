import { SAMPLE } from '../fusion/orientation-filter.ts';

/** Samples are looked at in means of so long, s. */
const BATCH_S = 0.25;
/** How far a mean may leave the first one before it counts as moved. A table shakes less, a hand more. */
const MOVED_RAD_PER_S = 0.02;
const MOVED_METERS_PER_S2 = 0.12;
const FIELDS = 6;

/** Whether one unit has lain still since it was told to, by means of a quarter of a second. Allocates nothing for a sample. */
export class Stillness {
  /** How long it has lain still, s. */
  heldS = 0;
  /** Means of gyroscope (rad/s) and accelerometer (m/s^2) over that time. */
  readonly mean = new Float64Array(FIELDS);
  private readonly first = new Float64Array(FIELDS);
  private readonly sums = new Float64Array(FIELDS);
  private batchCount = 0;
  private sumS = 0;
  private sumCount = 0;

  /** @returns what the mean that this sample completes says; where it was moved the time begins anew with what comes next */
  push(sample: Float64Array): 'within' | 'still' | 'moved' {
    const stepS = sample[SAMPLE.stepS];
    for (let i = 0; i < FIELDS; i++) this.sums[i] += sample[i];
    this.sumCount++;
    this.sumS += stepS === stepS ? stepS : 0;
    if (this.sumS < BATCH_S) return 'within';
    for (let i = 0; i < FIELDS; i++) this.sums[i] /= this.sumCount;
    const moved = this.batchCount > 0 && !this.isLikeFirst();
    if (moved) this.restart();
    else {
      const { sums, mean, first } = this;
      if (this.batchCount === 0) first.set(sums);
      this.batchCount++;
      this.heldS += this.sumS;
      for (let i = 0; i < FIELDS; i++) mean[i] += (sums[i] - mean[i]) / this.batchCount;
    }
    this.clearBatch();
    return moved ? 'moved' : 'still';
  }

  restart(): void {
    this.heldS = 0;
    this.batchCount = 0;
    this.mean.fill(0);
    this.clearBatch();
  }

  private clearBatch(): void {
    this.sums.fill(0);
    this.sumS = 0;
    this.sumCount = 0;
  }

  private isLikeFirst(): boolean {
    const { sums, first } = this;
    let gyro = 0,
      acc = 0;
    for (let i = 0; i < 3; i++) {
      gyro = Math.max(gyro, Math.abs(sums[i] - first[i]));
      acc = Math.max(acc, Math.abs(sums[3 + i] - first[3 + i]));
    }
    return gyro <= MOVED_RAD_PER_S && acc <= MOVED_METERS_PER_S2;
  }
}
