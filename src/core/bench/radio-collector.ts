import { SAMPLE } from '../fusion/orientation-filter.ts';
import { LARGEST_LOSS, RADIO_S } from './bench-limits.ts';
import type { BenchSensor } from './bench-sensor.ts';
import { areInside, figure, type Collector, type CollectorState, type StepResult } from './bench-step.ts';

/** Less than this of the rate that was asked for is not the stream that was asked for. */
const LEAST_RATE_SHARE = 0.9;
const LARGEST_RATE_SHARE = 1.1;

/** Half a minute at 3 m: what comes, and what is missing of it. */
export class RadioCollector implements Collector {
  private readonly sensor: BenchSensor;
  private heardS = 0;
  private samples = 0;

  constructor(sensor: BenchSensor) {
    this.sensor = sensor;
  }

  push(sample: Float64Array): void {
    if (this.heardS >= RADIO_S) return;
    this.heardS += sample[SAMPLE.stepS];
    this.samples++;
  }

  state(): CollectorState {
    if (this.heardS >= RADIO_S) return { kind: 'done' };
    return { kind: 'collecting', fraction: this.heardS / RADIO_S, hint: null };
  }

  result(): StepResult {
    const { radio, description, tellsLoss } = this.sensor;
    const nominal = description.nominalRateHz;
    const figures = [
      figure(
        'rateHz',
        (this.samples + radio.missing) / this.heardS,
        LEAST_RATE_SHARE * nominal,
        LARGEST_RATE_SHARE * nominal,
      ),
      ...(tellsLoss
        ? [
            figure(
              'lossPercent',
              (100 * radio.missing) / (this.samples + radio.missing),
              null,
              100 * LARGEST_LOSS,
            ),
            figure('longestGapMs', 1000 * radio.longestGapS),
          ]
        : []),
      figure('rejectedPackets', radio.rejected),
    ];
    return {
      step: 'radio',
      verdict: !areInside(figures) ? 'fail' : tellsLoss ? 'pass' : 'notTold',
      figures,
    };
  }
}
