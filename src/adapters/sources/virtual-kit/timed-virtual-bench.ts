import type { GuidedStep } from '../../../core/bench/bench-step.ts';
import type { SensorPacket } from '../../../core/packet/packet.ts';
import { CAREFUL_ROUTINES } from '../../../core/simulation/bench-routine.ts';
import { VirtualBench, type BenchFault } from '../../../core/simulation/virtual-bench.ts';
import type { VirtualBenchKit } from '../../../ui/services.ts';

const TICK_MS = 40;
/** Simulated time runs so many times as fast as the window's clock: nobody waits five minutes for nothing. */
const SPEED = 25;

/** A virtual kit on a bench, with a careful hand that does what each step asks for. */
export class TimedVirtualBench implements VirtualBenchKit {
  readonly units: VirtualBenchKit['units'];
  readonly #bench: VirtualBench;
  readonly #onPacket: (packet: SensorPacket) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #benchMs = 0;

  constructor(unitCount: number, seed: number, fault: BenchFault, onPacket: (packet: SensorPacket) => void) {
    this.#bench = new VirtualBench({ unitCount, seed, fault });
    this.#onPacket = onPacket;
    this.units = this.#bench.sensors.map((description, i) => ({
      description,
      batteryPercent: this.#bench.batteryPercents[i] ?? null,
    }));
    this.#timer = setInterval(() => this.#advance(this.#benchMs + SPEED * TICK_MS), TICK_MS);
  }

  prepare(step: GuidedStep): void {
    let endMs = this.#benchMs;
    for (const action of CAREFUL_ROUTINES[step].before) endMs = this.#bench.perform(action);
    this.#advance(endMs);
  }

  perform(step: GuidedStep): void {
    for (const action of CAREFUL_ROUTINES[step].during) this.#bench.perform(action);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  #advance(untilMs: number): void {
    this.#benchMs = Math.max(this.#benchMs, untilMs);
    this.#bench.advanceTo(this.#benchMs, this.#onPacket);
  }
}
