import { SAMPLE } from '../fusion/orientation-filter.ts';
import type { AxisCorrection } from '../packet/sensor-calibration.ts';
import { EARTH_MICRO_TESLA, LARGEST_FIELD_SCATTER } from './bench-limits.ts';
import {
  areInside,
  figure,
  type BenchRefusal,
  type Collector,
  type CollectorState,
  type StepResult,
} from './bench-step.ts';
import { fitMagnet, type MagnetFit } from './magnet-fit.ts';

const CAPACITY = 2000;
/** A reading is kept where it is so far from the one kept last, uT: lying still adds nothing. */
const LEAST_STEP_MICRO_TESLA = 3;
/** Directions: four quarters of each side of a cube. So many must have been seen, and so many points in all. */
const CELLS = 24;
const LEAST_CELLS = 20;
const LEAST_POINTS = 150;
/** So long without a magnetometer's reading there is none, s. */
const NONE_AFTER_S = 3;

/** The unit is turned through all directions; the field's readings must then lie on an ellipsoid. */
export class MagnetCollector implements Collector {
  private readonly points = new Float64Array(3 * CAPACITY);
  private readonly low = new Float64Array(3).fill(Infinity);
  private readonly high = new Float64Array(3).fill(-Infinity);
  private readonly cells = new Uint8Array(CELLS);
  private count = 0;
  private withoutS = 0;
  private hasField = false;
  private refusal: BenchRefusal | null = null;
  private fitted: MagnetFit | null = null;

  push(sample: Float64Array): void {
    if (this.refusal !== null || this.fitted !== null) return;
    const at = SAMPLE.magMicroTesla;
    const x = sample[at],
      y = sample[at + 1],
      z = sample[at + 2];
    if (!(x === x && y === y && z === z)) {
      if (!this.hasField) this.withoutS += sample[SAMPLE.stepS];
      return;
    }
    this.hasField = true;
    const last = 3 * (this.count - 1);
    const { points } = this;
    if (this.count > 0) {
      const dx = x - points[last],
        dy = y - points[last + 1],
        dz = z - points[last + 2];
      if (dx * dx + dy * dy + dz * dz < LEAST_STEP_MICRO_TESLA ** 2) return;
    }
    if (this.count === CAPACITY) {
      this.refusal = this.tooFew();
      return;
    }
    points[3 * this.count] = x;
    points[3 * this.count + 1] = y;
    points[3 * this.count + 2] = z;
    this.count++;
    for (let i = 0; i < 3; i++) {
      if (sample[at + i] < this.low[i]) this.low[i] = sample[at + i];
      if (sample[at + i] > this.high[i]) this.high[i] = sample[at + i];
    }
    if (this.count >= LEAST_POINTS && this.count % 25 === 0 && this.cellsSeen() >= LEAST_CELLS) this.fit();
  }

  state(): CollectorState {
    if (this.refusal !== null) return { kind: 'refused', refusal: this.refusal };
    if (this.fitted !== null || this.isAbsent) return { kind: 'done' };
    const fraction = Math.min(this.count / LEAST_POINTS, this.cellsSeen() / LEAST_CELLS);
    return { kind: 'collecting', fraction: 0.99 * Math.min(1, fraction), hint: 'moveOn' };
  }

  /** The person says that was all: what is missing is said. */
  conclude(): void {
    if (this.fitted === null && this.refusal === null && !this.isAbsent) this.refusal = this.tooFew();
  }

  /** Null where the unit has no magnetometer. */
  correction(): AxisCorrection | null {
    return this.fitted?.correction ?? null;
  }

  result(): StepResult {
    const fit = this.fitted;
    if (fit === null) return { step: 'magnet', verdict: 'notTold', figures: [] };
    const [low, high] = EARTH_MICRO_TESLA;
    const { offset } = fit.correction;
    const figures = [
      figure('fieldMicroTesla', fit.fieldMicroTesla, low, high),
      figure('fieldOffsetMicroTesla', Math.hypot(...offset)),
      figure('fieldScatterBeforePercent', 100 * fit.scatterBefore),
      figure('fieldScatterPercent', 100 * fit.scatterAfter, null, 100 * LARGEST_FIELD_SCATTER),
    ];
    const isOff = fit.scatterBefore > LARGEST_FIELD_SCATTER;
    return { step: 'magnet', verdict: !areInside(figures) ? 'fail' : isOff ? 'corrected' : 'pass', figures };
  }

  private get isAbsent(): boolean {
    return !this.hasField && this.withoutS >= NONE_AFTER_S;
  }

  private tooFew(): BenchRefusal {
    return { code: 'tooFewDirections', percent: (100 * this.cellsSeen()) / CELLS };
  }

  private fit(): void {
    const fit = fitMagnet(this.points, this.count);
    if (fit === null) this.refusal = { code: 'disturbedField' };
    else this.fitted = fit;
  }

  /** Directions seen from the middle of all that was read. */
  private cellsSeen(): number {
    const { points, low, high, cells } = this;
    cells.fill(0);
    for (let i = 0; i < this.count; i++) {
      const v = [0, 1, 2].map((k) => points[3 * i + k] - (low[k] + high[k]) / 2);
      cells[cellOf(v)] = 1;
    }
    let seen = 0;
    for (const cell of cells) seen += cell;
    return seen;
  }
}

/** 0 to 23: the largest component's axis and sign, and the signs of the two others. */
function cellOf(v: readonly number[]): number {
  let axis = 0;
  for (let i = 1; i < 3; i++) if (Math.abs(v[i]) > Math.abs(v[axis])) axis = i;
  const bit = (i: number): number => (v[i % 3] > 0 ? 1 : 0);
  return 8 * axis + 4 * bit(axis) + 2 * bit(axis + 1) + bit(axis + 2);
}
