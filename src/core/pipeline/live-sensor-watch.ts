import { SAMPLE } from '../fusion/orientation-filter.ts';
import { FASTEST_TRUNK_RAD_PER_S } from '../quality/body-limits.ts';
import type { QualityFlag, QualityFlagName } from '../quality/quality-flag.ts';
import {
  describeFastTrunk,
  describeImpossible,
  describeLowRate,
  describeSaturation,
  describeStale,
  FieldWatch,
  isSameRow,
  isStaleRun,
  isZeroRow,
  RateWatch,
  SaturationWatch,
  SENSOR_LIMIT,
} from '../quality/sample-faults.ts';

/** A doubt that has not come back for this long is over and is raised; a rate is judged in longer stretches. */
const QUIET_MS = 2000;
const RATE_QUIET_MS = 15_000;
/** Samples that lack a value for longer than this leave a gap. */
const LONGEST_INCOMPLETE_MS = 200;

/** Offsets into an episode's span, and into what is kept of a repeated row. */
const SPAN = { startMs: 0, endMs: 1, count: 2, length: 3 } as const;
const RUN = { values: 0, startMs: 3, repeats: 4, length: 5 } as const;

/** One kind of doubt from its first sample to its last. */
class Episode {
  readonly name: QualityFlagName;
  readonly quietMs: number;
  readonly span = new Float64Array(SPAN.length);
  private readonly describe: (count: number) => string;

  constructor(name: QualityFlagName, describe: (count: number) => string, quietMs = QUIET_MS) {
    this.name = name;
    this.quietMs = quietMs;
    this.describe = describe;
  }

  get isOpen(): boolean {
    return this.span[SPAN.count] > 0;
  }

  note(startMs: number, endMs: number, count: number): void {
    const { span } = this;
    if (span[SPAN.count] === 0) span[SPAN.startMs] = startMs;
    span[SPAN.endMs] = endMs;
    span[SPAN.count] += count;
  }

  flag(sensorIndex: number): QualityFlag {
    const { span } = this;
    return {
      name: this.name,
      sensorIndex,
      startMs: span[SPAN.startMs],
      endMs: span[SPAN.endMs],
      detail: this.describe(span[SPAN.count]),
    };
  }
}

/**
 * Looks at every sample of one sensor before the filter does: what is no measurement is taken out, and each doubt is
 * raised with its time when it is over. The rules are those of a report.
 */
export class SensorWatch {
  /** Whether it is on a body: what it goes through in the hand is of no account. */
  isWorn = false;
  /** Whether it sits on the trunk, which cannot turn as fast as an arm. */
  isOnTrunk = false;
  /** Set when the gyroscope repeats itself; whoever knows what that means takes it back. */
  hasFrozen = false;

  private readonly sensorIndex: number;
  private readonly saturation: SaturationWatch;
  private rate: RateWatch;
  private nominalHz: number;
  private readonly field = new FieldWatch();
  private readonly gyroRun = new Float64Array(RUN.length).fill(NaN);
  private readonly accRun = new Float64Array(RUN.length).fill(NaN);
  private readonly stale = new Episode('STALE', describeStale);
  private readonly saturated = new Episode('SATURATED', describeSaturation);
  private readonly impossible = new Episode('IMPLAUSIBLE', describeImpossible);
  private readonly fast = new Episode('IMPLAUSIBLE', describeFastTrunk);
  private readonly slow: Episode;
  private readonly incomplete = new Episode('GAP', (count) => `values were missing in ${count} samples`);
  private readonly episodes: readonly Episode[];
  private lowestHz = Infinity;
  private completeMs = NaN;
  private incompleteCount = 0;

  constructor(
    sensorIndex: number,
    nominalHz: number,
    gyroFullScaleRadPerS: number,
    accFullScaleMetersPerS2: number,
  ) {
    this.sensorIndex = sensorIndex;
    this.saturation = new SaturationWatch(gyroFullScaleRadPerS, accFullScaleMetersPerS2);
    this.rate = new RateWatch(nominalHz);
    this.nominalHz = nominalHz;
    this.slow = new Episode('RATE_LOW', () => describeLowRate(this.lowestHz, this.nominalHz), RATE_QUIET_MS);
    this.episodes = [this.stale, this.saturated, this.impossible, this.fast, this.slow, this.incomplete];
  }

  /** From now on the sensor is asked for so many samples a second. */
  expectRate(nominalHz: number): void {
    this.nominalHz = nominalHz;
    this.rate = new RateWatch(nominalHz);
  }

  /** One sample, {@link SAMPLE}; values that mean nothing become NaN. */
  take(sample: Float64Array, timeMs: number): void {
    this.takeOutImpossible(sample, timeMs);
    this.watchCompleteness(sample, timeMs);
    const clipped = this.saturation.push(sample, SAMPLE.gyroRadPerS, sample, SAMPLE.accMetersPerS2);
    if (clipped > 0 && this.isWorn) this.saturated.note(timeMs, timeMs, clipped);
    if (this.isOnTrunk) {
      const x = sample[0],
        y = sample[1],
        z = sample[2];
      if (x * x + y * y + z * z > FASTEST_TRUNK_RAD_PER_S * FASTEST_TRUNK_RAD_PER_S)
        this.fast.note(timeMs, timeMs, 1);
    }
    this.field.push(sample, SAMPLE.magMicroTesla, timeMs / 1000);
    this.takeOutRepeated(this.gyroRun, sample, SAMPLE.gyroRadPerS, timeMs);
    this.takeOutRepeated(this.accRun, sample, SAMPLE.accMetersPerS2, timeMs);
  }

  /** Hands over what is over at this time. */
  raiseEnded(nowMs: number, raise: (flag: QualityFlag) => void): void {
    for (let i = 0; i < this.episodes.length; i++) {
      const episode = this.episodes[i];
      if (!episode.isOpen || nowMs - episode.span[SPAN.endMs] < episode.quietMs) continue;
      raise(episode.flag(this.sensorIndex));
      episode.span[SPAN.count] = 0;
    }
  }

  /** What stands when the session ends. */
  openFlags(): QualityFlag[] {
    const flags = this.episodes
      .filter((episode) => episode.isOpen)
      .map((episode) => episode.flag(this.sensorIndex));
    const disturbance = this.field.disturbance();
    if (disturbance !== null)
      flags.push({
        name: 'MAG_DISTURBED',
        sensorIndex: this.sensorIndex,
        startMs: 1000 * disturbance.startS,
        endMs: 1000 * disturbance.endS,
        detail: disturbance.detail,
      });
    return flags;
  }

  private takeOutImpossible(sample: Float64Array, timeMs: number): void {
    let found = 0;
    for (let k = 0; k < 3; k++) {
      if (Math.abs(sample[SAMPLE.gyroRadPerS + k]) > SENSOR_LIMIT.rateRadPerS) {
        sample[SAMPLE.gyroRadPerS + k] = NaN;
        found++;
      }
      if (Math.abs(sample[SAMPLE.accMetersPerS2 + k]) > SENSOR_LIMIT.accMetersPerS2) {
        sample[SAMPLE.accMetersPerS2 + k] = NaN;
        found++;
      }
    }
    if (found > 0) this.impossible.note(timeMs, timeMs, found);
  }

  private watchCompleteness(sample: Float64Array, timeMs: number): void {
    const sum = sample[0] + sample[1] + sample[2] + sample[3] + sample[4] + sample[5];
    if (sum !== sum) {
      this.incompleteCount++;
      if (timeMs - this.completeMs > LONGEST_INCOMPLETE_MS) {
        this.incomplete.note(this.completeMs, timeMs, this.incompleteCount);
        this.incompleteCount = 0;
      }
      return;
    }
    this.completeMs = timeMs;
    this.incompleteCount = 0;
    if (!this.rate.push(timeMs / 1000)) return;
    if (!this.slow.isOpen) this.lowestHz = Infinity;
    if (this.rate.rateHz < this.lowestHz) this.lowestHz = this.rate.rateHz;
    this.slow.note(1000 * this.rate.windowStartS, timeMs, 1);
  }

  private takeOutRepeated(run: Float64Array, sample: Float64Array, at: number, timeMs: number): void {
    if (!isSameRow(sample, at, run, RUN.values)) {
      for (let k = 0; k < 3; k++) run[RUN.values + k] = sample[at + k];
      run[RUN.startMs] = timeMs;
      run[RUN.repeats] = 0;
      return;
    }
    run[RUN.repeats]++;
    const isGated = at === SAMPLE.gyroRadPerS && isZeroRow(sample, at);
    if (isGated || !isStaleRun(run[RUN.repeats], (timeMs - run[RUN.startMs]) / 1000)) return;
    for (let k = 0; k < 3; k++) sample[at + k] = NaN;
    if (at === SAMPLE.gyroRadPerS) this.hasFrozen = true;
    this.stale.note(run[RUN.startMs], timeMs, 1);
  }
}
