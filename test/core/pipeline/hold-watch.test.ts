import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import type { LibraryExerciseId } from '../../../src/core/exercise/exercise-library.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import type { PipelineCommand } from '../../../src/core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import type { SimulationConditions } from '../../../src/core/simulation/conditions.ts';
import { createVirtualPerson } from '../../../src/core/simulation/virtual-person.ts';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';

const ROLES: readonly SegmentRole[] = ['upperBack'];

/** A person with a sensor on the upper back who stood tall, on the clock of the test. */
function worn(seed: number, conditions: Partial<SimulationConditions> = {}) {
  const person = createVirtualPerson(ROLES, seed, { rateHz: 52, conditions });
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  const facts: PipelineFact[] = [];
  let nowMs = 0;
  const run = (seconds: number) => {
    const endMs = nowMs + 1000 * seconds;
    while (nowMs < endMs) {
      nowMs += 40;
      person.advanceTo(nowMs, (packet) => pipeline.push(packet));
      facts.push(...pipeline.drainFacts());
    }
  };
  const ask = (command: PipelineCommand) => {
    pipeline.command(command, nowMs);
    facts.push(...pipeline.drainFacts());
  };
  person.sensors.forEach((sensor, i) => ask({ kind: 'attachSensor', sensor, role: ROLES[i] ?? null }));
  person.perform({ kind: 'lieOnTable' });
  run(1);
  ask({ kind: 'beginStep', step: { name: 'still', durationS: 4 } });
  run(6);
  person.perform({ kind: 'standTall' });
  run(6);
  ask({ kind: 'beginStep', step: { name: 'neutral', durationS: 3, posture: 'standing' } });
  run(6);
  const hold = (exerciseId: LibraryExerciseId, seconds: number, meanwhile: () => void = () => undefined) => {
    person.perform({ kind: 'takeStartPosture', exerciseId, side: null });
    run(4);
    ask({ kind: 'beginHold', hold: { exerciseId, takesZero: true, pacePerMin: 6 } });
    run(2);
    meanwhile();
    run(seconds - 2);
    ask({ kind: 'endHold', isKept: true });
    const ended = facts.findLast((fact) => fact.kind === 'holdEnded');
    return ended?.kind === 'holdEnded' ? ended.hold : null;
  };
  return { person, pipeline, facts, run, ask, hold };
}

describe('a hold by the clock that the upper back sees', () => {
  it.each(['E12', 'E19', 'E20', 'E21'] as const)('is kept by who sits or kneels still (%s)', (exerciseId) => {
    const { hold, facts } = worn(3);
    const seen = hold(exerciseId, 8);
    expect(seen).toMatchObject({ isKept: true });
    expect(seen?.insideS).toBeGreaterThan(6.5);
    expect((seen?.spreadRad ?? NaN) * DEG_PER_RAD).toBeLessThan(2);
    expect(facts.some(({ kind }) => kind === 'holdLeft')).toBe(false);
  });

  it('is not kept by who bows in it, which is said at once', () => {
    const { hold, person, facts, run } = worn(4);
    const seen = hold('E12', 12, () => {
      person.perform({ kind: 'exercise', exerciseId: 'E05', side: null, repetitions: 2 });
      run(0);
    });
    expect(seen).toMatchObject({ isKept: false });
    expect(facts.some(({ kind }) => kind === 'holdLeft')).toBe(true);
  });

  it('ends a long hold once the posture is left for a quarter of a minute', () => {
    const { hold, person, facts } = worn(5);
    hold('E21', 40, () => person.perform({ kind: 'takeStartPosture', exerciseId: 'E17', side: null }));
    const over = facts.find((fact) => fact.kind === 'holdOver');
    expect(over).toBeUndefined();
    hold('E21', 40, () => person.perform({ kind: 'takeStartPosture', exerciseId: 'E02', side: null }));
    const left = facts.find((fact) => fact.kind === 'holdOver');
    expect(left?.kind === 'holdOver' ? left.seconds : NaN).toBeGreaterThan(1);
    expect(left?.kind === 'holdOver' ? left.seconds : NaN).toBeLessThan(6);
  });

  it('cannot be told where the sensor is silent: neither kept nor left', () => {
    const { hold, person } = worn(6, { deadBattery: 1 });
    // The battery dies in the middle of the first exercise.
    const seen = hold('E12', 40, () =>
      person.perform({ kind: 'exercise', exerciseId: 'E01', side: null, repetitions: 2 }),
    );
    expect(seen).toMatchObject({ isKept: null, spreadRad: null });
  });

  it('goes into the result with its set, and a hold that was broken off does not', () => {
    const { hold, pipeline, ask, run } = worn(7);
    hold('E12', 8);
    ask({ kind: 'beginHold', hold: { exerciseId: 'E12', takesZero: false, pacePerMin: null } });
    run(3);
    ask({ kind: 'endHold', isKept: false });
    const set = {
      exerciseId: 'E12',
      side: null,
      mode: 'timer',
      repetitions: 1,
      seconds: 8,
      allDone: null,
    } as const;
    ask({ kind: 'annotate', note: { about: 'unmeasuredSet', ...set } });
    ask({ kind: 'annotate', note: { about: 'unmeasuredSet', ...set, exerciseId: 'E16' } });
    const [watched, bare] = pipeline.result().unmeasuredSets ?? [];
    expect(watched?.holds?.length).toBe(1);
    expect(bare).toEqual({ ...set, exerciseId: 'E16' });
  });

  it('reads the breath of who sits still for two minutes, as the virtual person breathes @slow', () => {
    const { hold, facts } = worn(8, { swayDeg: 0.8 });
    const seen = hold('E23', 122);
    // A virtual person takes 12 to 18 breaths a minute.
    expect(seen?.breathsPerMin).toBeGreaterThan(11);
    expect(seen?.breathsPerMin).toBeLessThan(19);
    expect(seen?.nearPaceShare).toBe(0);
    const said = facts.flatMap((fact) => (fact.kind === 'breathsRead' ? [fact.perMin] : []));
    expect(said.length).toBe(10);
  });
});
