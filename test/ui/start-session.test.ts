import { describe, expect, it } from 'vitest';
import { dueTests, planMinutes, planSession, planTests } from '../../src/ui/start-session.ts';

describe('which tests are due', () => {
  it('begins with the kneeling turn and the arm, or the seated turn where nobody can kneel', () => {
    expect(dueTests(new Set(), true)).toEqual(['E02', 'E11', 'E01', 'E05', 'E08']);
    expect(dueTests(new Set(), false)).toEqual(['E01', 'E11', 'E05', 'E08']);
  });

  it('goes on with those that were never done', () => {
    expect(dueTests(new Set(['E02', 'E11']), true)).toEqual(['E01', 'E05', 'E08']);
  });
});

describe('the plan of a session', () => {
  const options = { kit: 'virtual', roles: ['upperBack', 'lowerBack', 'upperArmRight'] } as const;

  it('tests each exercise before its sets, and asks for the arm that wears a sensor', () => {
    const plan = planSession({ ...options, exerciseIds: ['E01', 'E11'], demonstration: false });
    expect(
      plan.items.map(({ exerciseId, test, setSides, repetitions }) => [
        exerciseId,
        test,
        setSides,
        repetitions,
      ]),
    ).toEqual([
      ['E01', true, [null], 6],
      ['E01', false, [null, null], 12],
      ['E11', true, ['right'], 3],
      ['E11', false, ['right', 'right'], 6],
    ]);
  });

  it('holds tests alone, each followed by a rest in which pain can be said', () => {
    const plan = planTests({ ...options, exerciseIds: ['E02', 'E11'] });
    expect(plan.items.every((item) => item.test && item.restS > 0)).toBe(true);
    expect(plan.items.map((item) => item.repetitions)).toEqual([6, 3]);
    expect(plan).toMatchObject({ askPain: true, record: true });
    // Day 0: two tests in five minutes, setting up apart.
    expect(planMinutes(plan) - planMinutes({ ...plan, items: [] })).toBeLessThanOrEqual(5);
  });
});
