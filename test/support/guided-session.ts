/** A guided session with a virtual person in it, on one clock, through the door that packets come by. */
import { expect } from 'vitest';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import type { ExerciseId, Side } from '../../src/core/exercise/motion-definition.ts';
import { LivePipeline } from '../../src/core/pipeline/live-pipeline.ts';
import type { CalibrationStep, PipelineCommand } from '../../src/core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../src/core/pipeline/pipeline-fact.ts';
import type { SetResult } from '../../src/core/pipeline/session-result.ts';
import type { SimulationConditions } from '../../src/core/simulation/conditions.ts';
import { repetitionEndS, type PlannedRepetition } from '../../src/core/simulation/movement-plan.ts';
import {
  createVirtualPerson,
  type PersonAction,
  type VirtualPerson,
} from '../../src/core/simulation/virtual-person.ts';

/** A virtual person and the chain on one clock, as in the app: what is done and commanded now decides what comes. */
export class GuidedSession {
  readonly facts: PipelineFact[] = [];
  readonly person: VirtualPerson;
  readonly pipeline = new LivePipeline({ engineVersion: 'test' });
  nowMs = 0;
  /** Sensors whose link is down: what they send never arrives. */
  readonly silent = new Set<number>();

  constructor(roles: readonly SegmentRole[], conditions: Partial<SimulationConditions> = {}, seed = 4) {
    this.person = createVirtualPerson(roles, seed, { conditions });
    this.person.sensors.forEach((sensor, i) =>
      this.command({ kind: 'attachSensor', sensor, role: roles[i] }),
    );
    this.wait(1);
    this.step({ name: 'still', durationS: 4 });
    this.wait(5);
    this.act({ kind: 'standTall' }, 1.2);
    this.step({ name: 'neutral', durationS: 4, posture: 'standing' });
    this.wait(5);
  }

  bow(): void {
    this.step({ name: 'bow', repetitions: 3 });
    this.act({ kind: 'bow', repetitions: 3 }, 1.2);
  }

  beginSet(exerciseId: ExerciseId, repetitions: number, side: Side | null = null): void {
    this.act({ kind: 'takeStartPosture', exerciseId, side }, 1);
    this.command({
      kind: 'beginSet',
      set: {
        exerciseId,
        side,
        repetitions,
        personalMaximumRad: { positive: null, negative: null },
        targetFraction: 0.8,
        test: false,
      },
    });
  }

  command(command: PipelineCommand): void {
    this.pipeline.command(command, this.nowMs);
    this.facts.push(...this.pipeline.drainFacts());
  }

  step(step: CalibrationStep): void {
    this.command({ kind: 'beginStep', step });
  }

  act(action: PersonAction, restS: number): void {
    this.advanceTo(this.person.perform(action).endHostTimeMs + 1000 * restS);
  }

  wait(durationS: number): void {
    this.advanceTo(this.nowMs + 1000 * durationS);
  }

  /** @param handedOverMs when the browser gets round to what came meanwhile; at once without */
  advanceTo(hostTimeMs: number, handedOverMs = 0): void {
    this.person.advanceTo(hostTimeMs, (packet) => {
      if (this.silent.has(packet.sensorIndex)) return;
      this.pipeline.push({ ...packet, hostTimeMs: Math.max(packet.hostTimeMs, handedOverMs) });
      this.facts.push(...this.pipeline.drainFacts());
    });
    this.nowMs = hostTimeMs;
  }

  finish(): SetResult {
    this.command({ kind: 'endSet' });
    this.command({ kind: 'finish' });
    return this.pipeline.result().sets[0];
  }

  factsOf<K extends PipelineFact['kind']>(kind: K): Extract<PipelineFact, { kind: K }>[] {
    return this.facts.filter((fact): fact is Extract<PipelineFact, { kind: K }> => fact.kind === kind);
  }
}

/** Repetitions that the person truly did, all sets together. */
export function done(session: GuidedSession): readonly PlannedRepetition[] {
  return session.person.performedSets.flatMap((set) => set.plan);
}

/** Every counted repetition is one that was done, in its direction; none is counted twice. Returns their positions. */
export function matched(session: GuidedSession, set: SetResult): number[] {
  const truth = done(session);
  const positions = set.repetitions
    .filter((one) => one.counted)
    .map((one) =>
      truth.findIndex(
        (real) =>
          one.side === real.side &&
          one.peakMs > 1000 * real.startS &&
          one.peakMs < 1000 * repetitionEndS(real) + 300,
      ),
    );
  expect(positions).not.toContain(-1);
  expect(new Set(positions).size).toBe(positions.length);
  return positions;
}
