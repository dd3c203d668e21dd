import { describe, expect, it } from 'vitest';
import type { ExerciseId } from '../../src/core/exercise/motion-definition.ts';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import { planSession } from '../../src/ui/start-session.ts';
import type { FlowPlan } from '../../src/ui/stores/session-flow-state.ts';
import { runByEar, type EarDrivenRun } from '../support/ear-driven-session.ts';

const plan = (exerciseIds: readonly ExerciseId[], roles: readonly SegmentRole[]): FlowPlan => ({
  ...planSession({ kit: 'bluetooth', exerciseIds, roles, demonstration: true }),
  askPain: true,
});
const logOf = ({ heard }: EarDrivenRun): string =>
  heard.map(({ atMs, what }) => `${(atMs / 1000).toFixed(1)} ${what}`).join('\n');
const countsOf = ({ result }: EarDrivenRun): unknown =>
  result?.sets.map((set) => [
    set.exerciseId,
    set.plan.test,
    set.repetitions.filter(({ counted }) => counted).length,
  ]);

describe('a session that nobody planned like this', () => {
  it('goes on when a sensor dies in a test: what could not be measured is said, the clock leads, all is kept @slow', () => {
    const run = runByEar(plan(['E05', 'E11'], ['upperBack', 'upperArmRight']), 1, {
      diesWhen: ({ step, itemIndex, repetitions }) =>
        step === 'set' && itemIndex === 0 && repetitions.length === 1,
    });
    const log = logOf(run);
    expect(run.state.step, log).toBe('done');
    expect(run.touches).toBe(0);
    expect(log).toContain('We leave this test for another day.');
    expect(log).toContain('We go on by the clock.');
    expect(run.result?.unmeasuredSets?.map(({ exerciseId, because }) => [exerciseId, because])).toEqual(
      expect.arrayContaining([['E05', 'signalLost']]),
    );
    // The one move that was measured stays, and nothing is made up after it.
    expect(run.result?.sets[0]?.repetitions.filter(({ counted }) => counted)).toHaveLength(1);
  });

  it.each(['standTall', 'bow'] as const)(
    'goes on without a sensor that dies in the check (%s): the rest is measured, and what is not is said',
    (step) => {
      const run = runByEar(plan(['E08', 'E11'], ['upperArmRight', 'upperBack']), 4, {
        diesWhen: (state) => state.step === step,
      });
      const log = logOf(run);
      expect(run.state.step, log).toBe('done');
      expect(run.touches).toBe(0);
      expect(run.state.sensors.map(({ role }) => role)).toEqual(['upperBack']);
      expect(run.state.notMeasured).toEqual(['E11']);
      expect(run.result?.sets.map(({ exerciseId }) => exerciseId)).toEqual(['E08', 'E08']);
      expect(run.result?.unmeasuredSets?.map(({ exerciseId, because }) => [exerciseId, because])).toEqual([
        ['E11', 'signalLost'],
      ]);
    },
  );

  it('goes by the clock alone where the sensor that dies in the check was the only one', () => {
    const run = runByEar(plan(['E05'], ['upperBack']), 5, { diesWhen: ({ step }) => step === 'bow' });
    expect(run.state.step, logOf(run)).toBe('done');
    expect(run.state.notMeasured).toEqual(['E05']);
    expect(run.result?.sets).toEqual([]);
    expect(run.result?.unmeasuredSets).toMatchObject([{ exerciseId: 'E05', because: 'signalLost' }]);
  });

  it('counts with one sensor alone, from Start to Done', () => {
    const wanted = plan(['E01', 'E05', 'E08'], ['upperBack']);
    const run = runByEar(wanted, 2);
    expect(run.state.step, logOf(run)).toBe('done');
    expect(countsOf(run), logOf(run)).toEqual(
      wanted.items.map(({ exerciseId, test, repetitions }) => [exerciseId, test, repetitions]),
    );
  });

  it('waits for who sits down between two sets, and counts on once they are back @slow', () => {
    const base = plan(['E13', 'E07'], ['upperBack', 'lowerBack', 'upperArmRight']);
    const wanted: FlowPlan = {
      ...base,
      items: base.items
        .filter(({ test }) => !test)
        .map((item) => ({ ...item, setSides: [item.setSides[0] ?? null, item.setSides[0] ?? null] })),
    };
    const run = runByEar(wanted, 3, { sitsInRests: true });
    expect(run.state.step, logOf(run)).toBe('done');
    expect(countsOf(run), logOf(run)).toEqual(
      wanted.items.flatMap(({ exerciseId, repetitions }) => [
        [exerciseId, false, repetitions],
        [exerciseId, false, repetitions],
      ]),
    );
  });
});
