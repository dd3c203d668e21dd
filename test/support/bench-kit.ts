import { BenchRun, type BenchProgress } from '../../src/core/bench/bench-run.ts';
import type { GuidedStep } from '../../src/core/bench/bench-step.ts';
import type { BenchAction } from '../../src/core/simulation/bench-hand.ts';
import { CAREFUL_ROUTINES, performOnBench } from '../../src/core/simulation/bench-routine.ts';
import { VirtualBench, type VirtualBenchOptions } from '../../src/core/simulation/virtual-bench.ts';

/** A bench with a virtual kit on it, and a hand that does what it is told as fast as the computer allows. */
export class BenchKit {
  readonly bench: VirtualBench;
  readonly run: BenchRun;
  private hostTimeMs = 0;

  constructor(options: Partial<VirtualBenchOptions> = {}) {
    this.bench = new VirtualBench({ unitCount: 1, seed: 1, ...options });
    this.run = new BenchRun(
      this.bench.sensors.map((description, i) => ({
        description,
        serial: `SN-${i + 1}`,
        batteryPercent: this.bench.batteryPercents[i] ?? null,
      })),
    );
    this.perform([{ kind: 'wait', seconds: 2 }]);
  }

  /** Begins the step and does these things; careful ones unless told. */
  step(step: GuidedStep, actions: readonly BenchAction[] = CAREFUL_ROUTINES[step].during): BenchProgress {
    this.perform(CAREFUL_ROUTINES[step].before);
    this.run.begin(step);
    this.perform(actions);
    return this.run.progress();
  }

  figure(unitIndex: number, name: string): number {
    for (const { figures } of this.run.results(unitIndex))
      for (const one of figures) if (one.name === name) return one.value;
    return NaN;
  }

  private perform(actions: readonly BenchAction[]): void {
    this.hostTimeMs = performOnBench(this.bench, this.run, actions, this.hostTimeMs);
  }
}
