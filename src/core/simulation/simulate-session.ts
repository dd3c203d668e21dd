import type { SegmentRole } from '../body/segment-role.ts';
import { motionDefinition } from '../exercise/motion-definitions.ts';
import type { ExerciseId, MeasureName, Side } from '../exercise/motion-definition.ts';
import type { CalibrationStep, PipelineCommand } from '../pipeline/pipeline-command.ts';
import type { RecordedCommand, SessionRecording } from '../recording/session-recording.ts';
import { POSE_LENGTH } from './body-motion.ts';
import { repetitionEndS, type PlannedRepetition } from './movement-plan.ts';
import { PacketLogBuilder } from './packet-log-builder.ts';
import { setsForKit, type SessionScript } from './session-script.ts';
import { trueAngleRad } from './true-angle.ts';
import {
  createVirtualPerson,
  type PerformedSet,
  type PersonAction,
  type PersonOptions,
  type VirtualPerson,
} from './virtual-person.ts';
import type { VirtualSensorTruth } from './virtual-sensor.ts';

export interface SimulationOptions extends PersonOptions {
  readonly roles: readonly SegmentRole[];
  readonly seed: number;
  /** How much longer the person rests in the start posture before each set, s. Default 0. */
  readonly restBeforeSetS?: number;
}

export interface SimulatedSession {
  readonly recording: SessionRecording;
  readonly truth: SessionTruth;
}

/** What really happened. Times are host ms, angles rad. */
export interface SessionTruth {
  readonly seed: number;
  readonly roles: readonly SegmentRole[];
  readonly sensors: readonly VirtualSensorTruth[];
  readonly sets: readonly TrueSet[];
  /** Grid of {@link segments}, ms. */
  readonly timeMs: Float64Array;
  /** One row of 5 x (w, x, y, z) qFacingFromSegment per time. */
  readonly segments: Float64Array;
}

export interface TrueSet {
  readonly exerciseId: ExerciseId;
  readonly side: Side | null;
  readonly measure: MeasureName | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly repetitions: readonly TrueRepetition[];
}

export interface TrueRepetition {
  readonly side: Side | 'forward' | 'backward';
  readonly startMs: number;
  readonly peakMs: number;
  readonly endMs: number;
  /** Median of +-100 ms round the extreme by the set's measure, as a positive size; null without a measure. */
  readonly peakRad: number | null;
}

const STILL_S = 4;
const NEUTRAL_S = 4;
const CHECK_REPETITIONS = 3;
const TRUTH_STEP_MS = 50;
/** All simulated sessions begin at one moment, so that the same seed gives the same file. */
const STARTED_AT_UTC = '2026-01-05T09:00:00.000Z';

/**
 * A whole guided session: sensors still on the table, put on, standing tall, bows, arm raise, then the sets of the
 * script that the kit can measure, each from its start posture. Commands stand in the recording where the app gives
 * them. Throws RangeError when the kit can measure none of the sets.
 */
export function simulateSession(script: SessionScript, options: SimulationOptions): SimulatedSession {
  const sets = setsForKit(script, options.roles);
  if (sets.length === 0) throw new RangeError(`${options.roles.join(' and ')} cannot measure ${script.name}`);
  const startHostTimeMs = options.startHostTimeMs ?? 1000;
  const person = createVirtualPerson(options.roles, options.seed, { ...options, startHostTimeMs });
  const director = new Director(person, startHostTimeMs);
  person.sensors.forEach((sensor, i) =>
    director.command({ kind: 'attachSensor', sensor, role: options.roles[i] }),
  );
  director.wait(0.8);
  director.step({ name: 'still', durationS: STILL_S });
  director.wait(STILL_S + 1);
  director.act({ kind: 'standTall' }, 1.2);
  director.step({ name: 'neutral', durationS: NEUTRAL_S, posture: 'standing' });
  director.wait(NEUTRAL_S + 1);
  if (options.roles.some((role) => role !== 'upperArmLeft' && role !== 'upperArmRight')) {
    director.step({ name: 'bow', repetitions: CHECK_REPETITIONS });
    director.act({ kind: 'bow', repetitions: CHECK_REPETITIONS }, 1.2);
  }
  for (const side of ['left', 'right'] as const) {
    if (!options.roles.includes(side === 'left' ? 'upperArmLeft' : 'upperArmRight')) continue;
    director.step({ name: 'armRaise', repetitions: CHECK_REPETITIONS, side });
    director.act({ kind: 'armRaise', repetitions: CHECK_REPETITIONS, side }, 1.2);
  }
  for (const { exerciseId, side, repetitions, style, personalMaximumRad } of sets) {
    const maximumRad = personalMaximumRad ?? null;
    director.act({ kind: 'takeStartPosture', exerciseId, side }, 1);
    director.command({
      kind: 'beginSet',
      set: {
        exerciseId,
        side,
        repetitions,
        personalMaximumRad: { positive: maximumRad, negative: maximumRad },
        targetFraction: 0.8,
        test: false,
      },
    });
    director.wait(options.restBeforeSetS ?? 0);
    director.act(
      { kind: 'exercise', exerciseId, side, repetitions, ...(style === undefined ? {} : { style }) },
      2,
    );
    director.command({ kind: 'endSet' });
    director.act({ kind: 'standTall' }, 2.5);
  }
  director.command({ kind: 'finish' });
  return director.finish(script, options);
}

/** Lets time pass for the person and writes down what arrives and what is commanded. */
class Director {
  private readonly person: VirtualPerson;
  private readonly logs: readonly PacketLogBuilder[];
  private readonly commands: RecordedCommand[] = [];
  private readonly startMs: number;
  private nowMs: number;
  private order = 0;

  constructor(person: VirtualPerson, startMs: number) {
    this.person = person;
    this.logs = person.sensors.map(() => new PacketLogBuilder());
    this.startMs = startMs;
    this.nowMs = startMs;
  }

  command(command: PipelineCommand): void {
    this.commands.push({ order: this.order++, hostTimeMs: this.nowMs, command });
  }

  step(step: CalibrationStep): void {
    this.command({ kind: 'beginStep', step });
  }

  /** The person does it, and `restS` passes after it. */
  act(action: PersonAction, restS: number): void {
    const { endHostTimeMs } = this.person.perform(action);
    this.advanceTo(endHostTimeMs + 1000 * restS);
  }

  wait(durationS: number): void {
    this.advanceTo(this.nowMs + 1000 * durationS);
  }

  finish(script: SessionScript, options: SimulationOptions): SimulatedSession {
    const { person } = this;
    const count = Math.floor((this.nowMs - this.startMs) / TRUTH_STEP_MS) + 1;
    const timeMs = Float64Array.from({ length: count }, (_, i) => this.startMs + i * TRUTH_STEP_MS);
    const segments = new Float64Array(POSE_LENGTH * count);
    timeMs.forEach((t, i) =>
      person.segmentsInto(segments.subarray(POSE_LENGTH * i, POSE_LENGTH * (i + 1)), t),
    );
    return {
      recording: {
        recordingId: `simulated-${script.name}-${options.seed}`,
        startedAtUtc: STARTED_AT_UTC,
        simulated: true,
        engineVersion: 'simulation-1',
        sensors: person.sensors.map((description, i) => ({
          description,
          role: options.roles[i],
          packets: this.logs[i].build(),
        })),
        commands: this.commands,
        result: null,
      },
      truth: {
        seed: options.seed,
        roles: options.roles,
        sensors: person.sensorTruths,
        sets: person.performedSets.map((set) => trueSet(person, set, this.startMs)),
        timeMs,
        segments,
      },
    };
  }

  private advanceTo(hostTimeMs: number): void {
    this.person.advanceTo(hostTimeMs, (packet) =>
      this.logs[packet.sensorIndex].add(this.order++, packet.hostTimeMs, packet.bytes),
    );
    this.nowMs = hostTimeMs;
  }
}

/** What a set truly was, by the measure of the worn sensors. */
export function trueSet(person: VirtualPerson, set: PerformedSet, startHostTimeMs: number): TrueSet {
  const toMs = (timeS: number): number => startHostTimeMs + 1000 * timeS;
  const firstS = set.plan.length > 0 ? set.plan[0].startS : set.endS;
  const start = person.segmentsInto(new Float64Array(POSE_LENGTH), toMs(firstS - 0.5));
  return {
    exerciseId: set.exerciseId,
    side: set.side,
    measure: set.measure,
    startMs: toMs(set.startS),
    endMs: toMs(set.endS),
    repetitions: set.plan.map((planned) => trueRepetition(person, set, planned, start, toMs)),
  };
}

function trueRepetition(
  person: VirtualPerson,
  set: PerformedSet,
  planned: PlannedRepetition,
  start: Float64Array,
  toMs: (timeS: number) => number,
): TrueRepetition {
  const { quantity } = motionDefinition(set.exerciseId);
  const startMs = toMs(planned.startS);
  const endMs = toMs(repetitionEndS(planned));
  const sign = planned.peakRad < 0 ? -1 : 1;
  const pose = new Float64Array(POSE_LENGTH);
  const side: Side = planned.side === 'left' ? 'left' : 'right';
  const sized = (timeMs: number): number =>
    set.measure === null
      ? NaN
      : sign * trueAngleRad(set.measure, quantity, side, person.segmentsInto(pose, timeMs), start);
  let peakMs = (startMs + endMs) / 2;
  let largest = -Infinity;
  for (let t = startMs; t <= endMs; t += 10) {
    const value = sized(t);
    if (value > largest) {
      largest = value;
      peakMs = t;
    }
  }
  const around = Array.from({ length: 21 }, (_, i) => sized(peakMs - 100 + 10 * i)).sort((a, b) => a - b);
  return {
    side: planned.side,
    startMs,
    peakMs,
    endMs,
    peakRad: set.measure === null ? null : around[10],
  };
}
