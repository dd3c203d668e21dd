import { SAMPLE } from '../fusion/orientation-filter.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import { AllanDeviation } from './allan-deviation.ts';
import { LARGEST_ZERO_RAD_PER_S, LARGEST_ZERO_SCATTER_RAD_PER_S, STILL_S } from './bench-limits.ts';
import { areInside, figure, type Collector, type CollectorState, type StepResult } from './bench-step.ts';
import { Stillness } from './stillness.ts';

/** Means of so long are the zero that scatters. */
const MEAN_S = 1;

/** The gyroscope's zero and noise from a minute on the table. Moving it refuses the step. */
export class StillCollector implements Collector {
  private readonly stillness = new Stillness();
  private readonly allan: readonly AllanDeviation[];
  private readonly sums = new Float64Array(3);
  private readonly block = new Float64Array(3);
  private readonly blockSums = new Float64Array(3);
  private readonly blockSquares = new Float64Array(3);
  private blockS = 0;
  private blockCount = 0;
  private blocks = 0;
  private count = 0;
  private heldS = 0;
  private isMoved = false;

  /** @param rateHz nominal, of the unit */
  constructor(rateHz: number) {
    this.allan = [0, 1, 2].map(() => new AllanDeviation(1 / rateHz));
  }

  push(sample: Float64Array): void {
    if (this.isMoved || this.heldS >= STILL_S) return;
    if (this.stillness.push(sample) === 'moved') {
      this.isMoved = true;
      return;
    }
    const stepS = sample[SAMPLE.stepS];
    this.count++;
    this.heldS += stepS;
    this.blockS += stepS;
    this.blockCount++;
    for (let i = 0; i < 3; i++) {
      const rate = sample[SAMPLE.gyroRadPerS + i];
      this.allan[i]?.push(rate);
      this.sums[i] += rate;
      this.block[i] += rate;
    }
    if (this.blockS < MEAN_S) return;
    for (let i = 0; i < 3; i++) {
      const mean = this.block[i] / this.blockCount;
      this.blockSums[i] += mean;
      this.blockSquares[i] += mean * mean;
    }
    this.blocks++;
    this.block.fill(0);
    this.blockS = this.blockCount = 0;
  }

  state(): CollectorState {
    if (this.isMoved) return { kind: 'refused', refusal: { code: 'moved' } };
    if (this.heldS >= STILL_S) return { kind: 'done' };
    return { kind: 'collecting', fraction: this.heldS / STILL_S, hint: null };
  }

  /** Mean rate, rad/s: what it shows where nothing turns. */
  zeroRadPerS(): readonly [number, number, number] {
    return [this.sums[0] / this.count, this.sums[1] / this.count, this.sums[2] / this.count];
  }

  result(): StepResult {
    const zero = this.zeroRadPerS();
    const limit = LARGEST_ZERO_RAD_PER_S * DEG_PER_RAD;
    const scatter = Math.max(
      ...[0, 1, 2].map((i) => {
        const mean = this.blockSums[i] / this.blocks;
        return Math.sqrt(Math.max(0, this.blockSquares[i] / this.blocks - mean * mean));
      }),
    );
    const worst = (read: (allan: AllanDeviation) => number): number => Math.max(...this.allan.map(read));
    const figures = [
      figure('gyroZeroXDegPerS', zero[0] * DEG_PER_RAD, -limit, limit),
      figure('gyroZeroYDegPerS', zero[1] * DEG_PER_RAD, -limit, limit),
      figure('gyroZeroZDegPerS', zero[2] * DEG_PER_RAD, -limit, limit),
      figure(
        'gyroZeroScatterDegPerS',
        scatter * DEG_PER_RAD,
        null,
        LARGEST_ZERO_SCATTER_RAD_PER_S * DEG_PER_RAD,
      ),
      figure('gyroRandomWalkDegPerSqrtS', worst((one) => one.randomWalk) * DEG_PER_RAD),
      figure('gyroBiasInstabilityDegPerH', worst((one) => one.biasInstability) * DEG_PER_RAD * 3600),
    ];
    return { step: 'still', verdict: areInside(figures) ? 'pass' : 'fail', figures };
  }
}
