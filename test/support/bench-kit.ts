import { BenchRun, type BenchProgress } from '../../src/core/bench/bench-run.ts';
import type { GuidedStep } from '../../src/core/bench/bench-step.ts';
import type { BenchAction } from '../../src/core/simulation/bench-hand.ts';
import { VirtualBench, type VirtualBenchOptions } from '../../src/core/simulation/virtual-bench.ts';

/** What a careful clinician does for each step. */
export const CAREFUL: Readonly<Record<GuidedStep, readonly BenchAction[]>> = {
  radio: [{ kind: 'wait', seconds: 31 }],
  still: [{ kind: 'wait', seconds: 61 }],
  faces: [0, 1, 2, 3, 4, 5].flatMap((face): BenchAction[] => [
    { kind: 'layOn', face },
    { kind: 'wait', seconds: 4 },
  ]),
  turns: [4, 0, 2].flatMap((face): BenchAction[] => [
    { kind: 'layOn', face },
    { kind: 'wait', seconds: 2.5 },
    { kind: 'turn', deg: 1080 },
    { kind: 'wait', seconds: 2.5 },
    { kind: 'turn', deg: -1080 },
    { kind: 'wait', seconds: 2.5 },
  ]),
  magnet: [{ kind: 'tumble', seconds: 60 }],
  drift: [
    { kind: 'layOn', face: 4 },
    { kind: 'wait', seconds: 302 },
  ],
  ruler: [
    { kind: 'wait', seconds: 4 },
    { kind: 'swing', seconds: 28 },
  ],
};

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
    this.wait(2);
  }

  wait(seconds: number): void {
    this.advance(this.hostTimeMs + 1000 * seconds);
  }

  /** Begins the step and does these things; careful ones unless told. */
  step(step: GuidedStep, actions: readonly BenchAction[] = CAREFUL[step]): BenchProgress {
    if (step === 'drift') this.perform(actions.slice(0, 1));
    this.run.begin(step);
    this.perform(step === 'drift' ? actions.slice(1) : actions);
    return this.run.progress();
  }

  perform(actions: readonly BenchAction[]): void {
    let endMs = this.hostTimeMs;
    for (const action of actions) endMs = this.bench.perform(action);
    this.advance(endMs + 500);
  }

  figure(unitIndex: number, name: string): number {
    for (const { figures } of this.run.results(unitIndex))
      for (const one of figures) if (one.name === name) return one.value;
    return NaN;
  }

  private advance(hostTimeMs: number): void {
    this.hostTimeMs = hostTimeMs;
    this.bench.advanceTo(hostTimeMs, (packet) => this.run.push(packet));
  }
}
