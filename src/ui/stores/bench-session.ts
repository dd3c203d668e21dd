import { BenchRun, type BenchProgress } from '../../core/bench/bench-run.ts';
import type { GuidedStep } from '../../core/bench/bench-step.ts';
import { SAMPLE } from '../../core/fusion/orientation-filter.ts';
import type { SensorDescription, SensorPacket } from '../../core/packet/packet.ts';
import type { CheckedUnit } from '../../core/recording/kit-passport.ts';
import type { BenchFault } from '../../core/simulation/virtual-bench.ts';
import type { ConnectedSensor, KitConnector, VirtualBenchKit } from '../services.ts';

/** The last seconds of one unit, for the trace: time, and three values each of gyroscope, accelerometer, magnetometer. */
export const TRACE_CAPACITY = 400;
const TRACE_FIELDS = 9;

/** A unit before the check begins. */
interface SeatedUnit {
  readonly description: SensorDescription;
  readonly serial: string;
  readonly batteryPercent: number | null;
}

/** One check of a kit, outside of React: packets go to the run, the screen asks now and then how it stands. */
export class BenchSession {
  readonly run: BenchRun;
  /** Seconds of the trace, oldest first from `traceStart` on; rows of nine values. */
  readonly traceS = new Float64Array(TRACE_CAPACITY).fill(NaN);
  readonly trace = new Float64Array(TRACE_FIELDS * TRACE_CAPACITY).fill(NaN);
  traced = 0;
  private readonly virtual: VirtualBenchKit | null;
  private readonly sensors: readonly ConnectedSensor[];

  private constructor(
    units: readonly SeatedUnit[],
    sensors: readonly ConnectedSensor[],
    virtual: VirtualBenchKit | null,
  ) {
    this.run = new BenchRun(units);
    this.sensors = sensors;
    this.virtual = virtual;
  }

  /** @param fault what the first unit of the simulated kit suffers */
  static async simulated(
    kit: KitConnector,
    unitCount: number,
    seed: number,
    fault: BenchFault,
  ): Promise<BenchSession> {
    let session: BenchSession | null = null;
    const virtual = await kit.createVirtualBench(unitCount, seed, fault, (packet) => session?.push(packet));
    const units = virtual.units.map((unit, i) => ({ ...unit, serial: `SIM-${i + 1}` }));
    session = new BenchSession(units, [], virtual);
    return session;
  }

  /** @param serials as printed on the cases, in the order of the sensors. Rejects with SensorError */
  static async connected(
    sensors: readonly ConnectedSensor[],
    serials: readonly string[],
  ): Promise<BenchSession> {
    const units = sensors.map(({ description, batteryPercent }, i) => ({
      description,
      batteryPercent,
      serial: serials[i] ?? '',
    }));
    const session = new BenchSession(units, sensors, null);
    for (const sensor of sensors) await sensor.source.start((packet) => session.push(packet));
    return session;
  }

  begin(step: GuidedStep): void {
    this.virtual?.prepare(step);
    this.run.begin(step);
    this.virtual?.perform(step);
  }

  progress(): BenchProgress {
    return this.run.progress();
  }

  checkedUnits(): readonly CheckedUnit[] {
    return this.run.units.map(({ description, serial }, i) => ({
      description,
      serial,
      results: this.run.results(i),
      calibration: this.run.calibration(i),
    }));
  }

  dispose(): void {
    this.virtual?.dispose();
    for (const sensor of this.sensors)
      void sensor.source
        .stop()
        .catch(() => undefined)
        .then(() => sensor.disconnect())
        .catch(() => undefined);
  }

  private push(packet: SensorPacket): void {
    this.run.push(packet);
    if (packet.sensorIndex !== this.run.units[0]?.description.sensorIndex) return;
    const { sample, timeS } = this.run.latestSample(0);
    const at = this.traced++ % TRACE_CAPACITY;
    this.traceS[at] = timeS;
    for (let i = 0; i < SAMPLE.stepS; i++) this.trace[TRACE_FIELDS * at + i] = sample[i] ?? NaN;
  }
}
