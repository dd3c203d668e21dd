import { describe, expect, it } from 'vitest';
import type { LibraryExerciseId } from '../../src/core/exercise/exercise-library.ts';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import {
  canTest,
  dueTests,
  planMinutes,
  planSession,
  planTests,
  testsLeft,
} from '../../src/ui/start-session.ts';
import { testsAgainst, testsIn } from '../../src/ui/session-summary.ts';

describe('which tests are due', () => {
  it('begins with the kneeling turn and the arm, or the seated turn where nobody can kneel', () => {
    expect(dueTests(new Set(), true)).toEqual(['E02', 'E11', 'E01', 'E05', 'E08', 'E21', 'E23']);
    expect(dueTests(new Set(), false)).toEqual(['E01', 'E11', 'E05', 'E08', 'E21', 'E23']);
  });

  it('goes on with those that were never done', () => {
    expect(dueTests(new Set(['E02', 'E11']), true)).toEqual(['E01', 'E05', 'E08', 'E21', 'E23']);
  });

  it('are two a day at most', () => {
    expect([0, 1, 2, 3].map(testsLeft)).toEqual([2, 1, 0, 0]);
  });

  it('are two on the first day, none on the day after, and two on each of the days that follow', () => {
    const session = (day: number, ...ids: LibraryExerciseId[]) => ({
      startedAtUtc: new Date(2026, 9, day, 23, 30).toISOString(),
      result: { sets: ids.map((exerciseId) => ({ exerciseId, plan: { test: true }, best: [{}] })) } as never,
    });
    // The night in which clocks are set back lies between.
    const first = [session(24, 'E02', 'E11')];
    const later = [...first, session(26, 'E01', 'E05'), session(27, 'E08', 'E21')];
    const left = (sessions: typeof first, day: number, hour = 9) =>
      testsLeft(new Set(testsAgainst(sessions, new Date(2026, 9, day, hour))).size);
    expect(left([], 24)).toBe(2);
    expect([left(first, 24, 23), left(first, 25, 0), left(first, 25, 23)]).toEqual([0, 0, 0]);
    expect(left(first, 26, 0)).toBe(2);
    expect([left(later, 26, 23), left(later, 28)]).toEqual([0, 2]);
    // One of two: the other may follow on the next day.
    expect(left([session(24, 'E02')], 25)).toBe(1);
    // By then everything was offered: the fourth day holds the last.
    const done = new Set(later.flatMap(({ result }) => testsIn(result)));
    expect(dueTests(done, true).slice(0, left(later, 28))).toEqual(['E23']);
    expect(dueTests(new Set(['E02', 'E11']), true).slice(0, left(first, 25))).toEqual([]);
  });

  it('need the upper back where a hold or the breath is watched, and the arm where it is raised', () => {
    expect(canTest('E21', ['upperBack'])).toBe(true);
    expect(canTest('E23', ['lowerBack'])).toBe(false);
    expect(canTest('E11', ['upperBack'])).toBe(false);
    expect(canTest('E11', ['upperBack', 'upperArmLeft'])).toBe(true);
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

  it('tests staying power for three minutes at most, and quiet breathing for one', () => {
    const plan = planTests({ ...options, exerciseIds: ['E21', 'E23'] });
    expect(plan.items.map((item) => [item.mode, item.test, item.repetitions])).toEqual([
      ['timer', true, 1],
      ['timer', true, 1],
    ]);
    expect(plan.items.map((item) => (item.mode === 'sensor' ? 0 : item.holdS))).toEqual([180, 60]);
  });

  it('tests both arms with one arm sensor, this arm first, then the other', () => {
    const tests = (roles: readonly SegmentRole[], kit: 'bluetooth' | 'virtual' = 'bluetooth') =>
      planTests({ kit, roles, exerciseIds: ['E11'] }).items.map((item) => [
        item.setSides[0],
        item.mode === 'sensor' ? item.wornOnArm : undefined,
      ]);
    expect(tests(['upperBack', 'upperArmLeft'])).toEqual([
      ['left', 'left'],
      ['right', 'right'],
    ]);
    // Nobody can move a sensor of the virtual kit.
    expect(tests(['upperBack', 'upperArmLeft'], 'virtual')).toEqual([['left', undefined]]);
  });

  it('asks whoever has one arm for that one alone', () => {
    const roles = ['upperBack', 'upperArmLeft'] as const;
    const sidesOf = (arms: 'left' | 'right' | 'neither') =>
      planTests({ kit: 'bluetooth', roles, exerciseIds: ['E11'], arms }).items.map(
        ({ setSides }) => setSides,
      );
    expect(canTest('E11', roles, 'left')).toBe(true);
    expect(sidesOf('left')).toEqual([['left']]);
    for (const arms of ['right', 'neither'] as const) {
      expect(canTest('E11', roles, arms)).toBe(false);
      expect(sidesOf(arms)).toEqual([]);
      expect(canTest('E01', roles, arms)).toBe(true);
    }
  });
});
