import { correctVector } from '../device/calibrated-samples.ts';
import { IDENTITY_3 } from '../math/matrix3.ts';
import { SAMPLE } from '../fusion/orientation-filter.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import {
  isCorrecting,
  type AxisCorrection,
  type AxisTriple,
  type SensorCalibration,
} from '../packet/sensor-calibration.ts';
import { LARGEST_CLOCK_SKEW, LEAST_BATTERY_PERCENT } from './bench-limits.ts';
import { BenchSensor, LONGEST_GAP_S } from './bench-sensor.ts';
import {
  areInside,
  BENCH_STEPS,
  figure,
  GUIDED_STEPS,
  type BenchRefusal,
  type BenchStep,
  type Collector,
  type CollectorState,
  type GuidedStep,
  type StepResult,
} from './bench-step.ts';
import { DriftCollector } from './drift-collector.ts';
import { FaceCollector } from './face-collector.ts';
import type { GainFit } from './gravity-gain.ts';
import { MagnetCollector } from './magnet-collector.ts';
import { RadioCollector } from './radio-collector.ts';
import { compareOnRuler, RulerCollector } from './ruler-collector.ts';
import { StillCollector } from './still-collector.ts';
import { TurnCollector } from './turn-collector.ts';

/** A unit as it comes to the bench. */
export interface BenchUnit {
  readonly description: SensorDescription;
  /** As printed on the case, typed in. */
  readonly serial: string;
  readonly batteryPercent: number | null;
}

/** Something that stopped a step, and the unit that it concerns. */
export interface BenchProblem {
  readonly unitIndex: number;
  readonly refusal: BenchRefusal;
}

export type BenchProgress =
  | { readonly kind: 'idle' }
  /** Where each unit stands. */
  | { readonly kind: 'running'; readonly step: GuidedStep; readonly units: readonly CollectorState[] }
  | { readonly kind: 'refused'; readonly step: GuidedStep; readonly problem: BenchProblem }
  | { readonly kind: 'done'; readonly step: GuidedStep };

interface UnitState {
  readonly unit: BenchUnit;
  readonly sensor: BenchSensor;
  readonly results: Map<BenchStep, StepResult>;
  readonly corrected: Float64Array;
  zero: AxisTriple | null;
  acc: AxisCorrection | null;
  gyro: AxisCorrection | null;
  mag: AxisCorrection | null;
  gravity: GainFit | null;
}

/** What must be known before a step can begin. */
const NEEDS: Readonly<Record<GuidedStep, readonly GuidedStep[]>> = {
  radio: [],
  still: [],
  faces: ['still'],
  turns: ['still', 'faces'],
  magnet: [],
  drift: ['still', 'faces', 'turns'],
  ruler: ['still', 'faces', 'turns'],
};

/**
 * The bench check of one kit. All its units lie on one board and go through each step together; a step that one of them
 * fails to give is refused whole and done again. Packets decide, not a clock of its own: the same packets give the same kit.
 */
export class BenchRun {
  private readonly states: readonly UnitState[];
  private step: GuidedStep | null = null;
  private collectors: readonly Collector[] = [];
  private progressNow: BenchProgress = { kind: 'idle' };

  constructor(units: readonly BenchUnit[]) {
    this.states = units.map((unit) => {
      const state: UnitState = {
        unit,
        sensor: new BenchSensor(unit.description),
        results: new Map(),
        corrected: new Float64Array(SAMPLE.length),
        zero: null,
        acc: null,
        gyro: null,
        mag: null,
        gravity: null,
      };
      for (const result of [judgeIdentity(unit), judgeBattery(unit)]) state.results.set(result.step, result);
      return state;
    });
  }

  get units(): readonly BenchUnit[] {
    return this.states.map(({ unit }) => unit);
  }

  /** The newest sample of a unit as it is read, for a live trace; layout of SAMPLE, reused. */
  latestSample(unitIndex: number): { readonly sample: Float64Array; readonly timeS: number } {
    const { sensor } = this.states[unitIndex]!;
    return { sample: sensor.sample, timeS: sensor.latestS };
  }

  /** Steps of a kit of so many units. */
  guidedSteps(): readonly GuidedStep[] {
    return GUIDED_STEPS.filter((step) => step !== 'ruler' || this.states.length > 1);
  }

  canBegin(step: GuidedStep): boolean {
    return NEEDS[step].every((needed) => this.isDone(needed));
  }

  isDone(step: GuidedStep): boolean {
    return this.states.every(({ results }) => results.has(step));
  }

  /** Begins a step, or begins it again: what it said is forgotten, and what was built on it. @throws RangeError before what it needs */
  begin(step: GuidedStep): void {
    if (!this.canBegin(step)) throw new RangeError(`${step} needs ${NEEDS[step].join(', ')} first`);
    this.step = step;
    const built = GUIDED_STEPS.filter((one) => one === step || NEEDS[one].includes(step));
    for (const state of this.states) {
      for (const name of built.flatMap(resultsOf)) state.results.delete(name);
      state.sensor.beginCount();
    }
    this.collectors = this.states.map((state) => createCollector(step, state));
    this.progressNow = { kind: 'running', step, units: this.collectors.map((one) => one.state()) };
  }

  cancel(): void {
    this.step = null;
    this.progressNow = { kind: 'idle' };
  }

  /** The person says that the step is over; what is missing is said. */
  conclude(): void {
    for (const collector of this.collectors) if (collector instanceof MagnetCollector) collector.conclude();
    this.look();
  }

  /** Another unit may send under a number that was known: no step survives that. */
  attach(description: SensorDescription): void {
    const unitIndex = this.indexOf(description.sensorIndex);
    if (unitIndex < 0) return;
    const before = this.states[unitIndex]!.unit.description;
    if (before.sensorId !== description.sensorId || before.family !== description.family)
      this.refuse({ unitIndex, refusal: { code: 'otherUnit' } });
  }

  push(packet: SensorPacket): void {
    const unitIndex = this.indexOf(packet.sensorIndex);
    if (unitIndex < 0) return;
    const state = this.states[unitIndex]!;
    const { sensor } = state;
    const collector = this.progressNow.kind === 'running' ? this.collectors[unitIndex] : undefined;
    const came = sensor.push(packet, (timeS) => collector?.push(prepare(state, this.step), timeS));
    if (!came || collector === undefined) return;
    if (sensor.hasRestarted) this.refuse({ unitIndex, refusal: { code: 'restarted' } });
    else if (sensor.radio.longestGapS > LONGEST_GAP_S)
      this.refuse({ unitIndex, refusal: { code: 'silent' } });
    else this.look();
  }

  progress(): BenchProgress {
    if (this.progressNow.kind !== 'running') return this.progressNow;
    return { ...this.progressNow, units: this.collectors.map((one) => one.state()) };
  }

  /** What is left to be shown of the running faces or turns: which were taken, of one unit. */
  seen(unitIndex: number): readonly boolean[] {
    const collector = this.collectors[unitIndex];
    if (collector instanceof FaceCollector) return collector.seen();
    return collector instanceof TurnCollector ? collector.seen().flat() : [];
  }

  /** In the order of {@link BENCH_STEPS}. */
  results(unitIndex: number): readonly StepResult[] {
    const { results } = this.states[unitIndex]!;
    return BENCH_STEPS.flatMap((step) => results.get(step) ?? []);
  }

  /** Null where nothing was found that corrects. */
  calibration(unitIndex: number): SensorCalibration | null {
    const { acc, gyro, mag } = this.states[unitIndex]!;
    const calibration = { acc, gyro, mag };
    return isCorrecting(calibration) ? calibration : null;
  }

  private indexOf(sensorIndex: number): number {
    return this.states.findIndex(({ unit }) => unit.description.sensorIndex === sensorIndex);
  }

  private refuse(problem: BenchProblem): void {
    if (this.step === null || this.progressNow.kind !== 'running') return;
    this.progressNow = { kind: 'refused', step: this.step, problem };
  }

  private look(): void {
    const { step } = this;
    if (step === null || this.progressNow.kind !== 'running') return;
    let done = 0;
    for (const [unitIndex, collector] of this.collectors.entries()) {
      const state = collector.state();
      if (state.kind === 'refused') {
        this.refuse({ unitIndex, refusal: state.refusal });
        return;
      }
      if (state.kind === 'done') done++;
    }
    if (done < this.collectors.length) return;
    if (step === 'ruler' && !this.compareRulers()) {
      this.refuse({ unitIndex: 1, refusal: { code: 'notTogether' } });
      return;
    }
    this.states.forEach((state, i) => keep(state, this.collectors[i]!));
    this.progressNow = { kind: 'done', step };
  }

  /** Each unit against the first; what the first one shows is the worst of all. */
  private compareRulers(): boolean {
    const [first, ...others] = this.collectors.filter((one) => one instanceof RulerCollector);
    if (first === undefined) return false;
    const results = others.map((other) => compareOnRuler(first, other));
    if (results.some((result) => result === null)) return false;
    results.forEach((result, i) => {
      if (result !== null) this.states[i + 1]!.results.set('ruler', result);
    });
    const worst = results.find((result) => result?.verdict === 'fail') ?? results[0];
    if (worst) this.states[0]!.results.set('ruler', worst);
    return true;
  }
}

/** The unit's name, firmware and serial are there to be recognised by. */
function judgeIdentity({ serial, description }: BenchUnit): StepResult {
  const isKnown = serial.trim() !== '' && description.sensorId !== '';
  return { step: 'identity', verdict: isKnown ? 'pass' : 'fail', figures: [] };
}

function judgeBattery({ batteryPercent }: BenchUnit): StepResult {
  if (batteryPercent === null) return { step: 'battery', verdict: 'notTold', figures: [] };
  const figures = [figure('batteryPercent', batteryPercent, LEAST_BATTERY_PERCENT, null)];
  return { step: 'battery', verdict: areInside(figures) ? 'pass' : 'fail', figures };
}

function judgeClock(sensor: BenchSensor): StepResult {
  const skew = sensor.clockSkew;
  if (Number.isNaN(skew)) return { step: 'clock', verdict: 'notTold', figures: [] };
  const limit = 100 * LARGEST_CLOCK_SKEW;
  const figures = [figure('clockSkewPercent', 100 * skew, -limit, limit)];
  return { step: 'clock', verdict: areInside(figures) ? 'pass' : 'fail', figures };
}

/** Everything that a step leaves behind. */
function resultsOf(step: GuidedStep): readonly BenchStep[] {
  if (step === 'faces') return ['faces', 'handedness'];
  return step === 'drift' ? ['drift', 'clock'] : [step];
}

function createCollector(step: GuidedStep, { sensor, zero, acc, gravity }: UnitState): Collector {
  const { family, description } = sensor;
  switch (step) {
    case 'radio':
      return new RadioCollector(sensor);
    case 'still':
      return new StillCollector(description.nominalRateHz);
    case 'faces':
      return new FaceCollector(zero ?? [0, 0, 0], family.accFullScaleMetersPerS2);
    case 'turns':
      return new TurnCollector(
        acc ?? { matrix: IDENTITY_3, offset: [0, 0, 0] },
        gravity,
        family.gyroFullScaleRadPerS,
      );
    case 'magnet':
      return new MagnetCollector();
    case 'drift':
      return new DriftCollector();
    case 'ruler':
      return new RulerCollector();
  }
}

function keep(state: UnitState, collector: Collector): void {
  const { results, sensor } = state;
  const set = (result: StepResult): unknown => results.set(result.step, result);
  if (collector instanceof StillCollector) {
    state.zero = collector.zeroRadPerS();
    set(collector.result());
  } else if (collector instanceof FaceCollector) {
    state.acc = collector.correction();
    const handedness = collector.handedness();
    // Where both contradict each other, gravity says nothing of the size of a turn.
    state.gravity = handedness.verdict === 'pass' ? collector.gravityScale() : null;
    set(collector.result());
    set(handedness);
  } else if (collector instanceof TurnCollector) {
    state.gyro = collector.correction(state.zero ?? [0, 0, 0]);
    set(collector.result());
  } else if (collector instanceof MagnetCollector) {
    state.mag = collector.correction();
    set(collector.result());
  } else if (collector instanceof DriftCollector) {
    set(collector.result());
    set(judgeClock(sensor));
  } else if (collector instanceof RadioCollector) set(collector.result());
}

/** Drift and the ruler are checked as the app will see the unit; the steps that find the corrections, as it reads. */
function prepare(state: UnitState, step: GuidedStep | null): Float64Array {
  const { sample } = state.sensor;
  if (step !== 'drift' && step !== 'ruler') return sample;
  const { corrected, acc, gyro } = state;
  corrected.set(sample);
  if (gyro !== null) correctVector(corrected, SAMPLE.gyroRadPerS, gyro);
  if (acc !== null) correctVector(corrected, SAMPLE.accMetersPerS2, acc);
  return corrected;
}
