import { describe, expect, it } from 'vitest';
import type { LibraryExerciseId } from '../../../../src/core/exercise/exercise-library.ts';
import { courseOf } from '../../../../src/core/care/programme/course.ts';
import { decidePlan } from '../../../../src/core/care/programme/decide-plan.ts';
import { isOnTrack } from '../../../../src/core/care/programme/outcome-of-course.ts';
import { RULES_VERSION } from '../../../../src/core/care/programme/programme-thresholds.ts';
import { find, GOOD, inPhase, planned, rules } from './plan-in-phase.ts';
import { ABLE, Diary, NOBODY_SPECIAL, range } from './programme-person.ts';

describe('first plan', () => {
  it('waits for the end of the questions, and for every lock', () => {
    const diary = new Diary(ABLE);
    const questions = diary.journal.slice(0, 1);
    expect(decidePlan(questions, diary.moment, NOBODY_SPECIAL)).toBeNull();
    expect(decidePlan(diary.journal, diary.moment, { profiles: [], locked: true })).toBeNull();
    expect(decidePlan(diary.journal, diary.moment, NOBODY_SPECIAL)).toMatchObject({
      plan: { phase: 0, irritability: 'moderate', fitness: 'F2', state: 'running', volumeShare: 1 },
      firings: [{ ruleId: 'ENTRY' }],
      rulesVersion: RULES_VERSION,
    });
  });

  it('starts gently where it flares easily: one set, six tenths of the range, held still for five seconds', () => {
    const diary = new Diary({ ...ABLE, painNow: 7 });
    diary.decide();
    diary.day += 5;
    diary.decide();
    expect(diary.plan).toMatchObject({
      phase: 1,
      irritability: 'high',
      sessionsPerWeek: 7,
      minutesPerSession: 10,
    });
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).toEqual(['E03', 'E22', 'E23', 'E12']);
    expect(diary.plan.exercises.every(({ sets, targetShare }) => sets === 1 && targetShare === 0.6)).toBe(
      true,
    );
    expect(find(diary, 'E12').holdS).toBe(5);
  });

  it('goes from the start to the second phase where it flares up little', () => {
    const diary = new Diary({
      ...ABLE,
      painNow: 2,
      painAverage24h: 2,
      painWorst24h: 4,
      settles: 'under30min',
    });
    diary.decide();
    diary.day += 5;
    expect(rules(diary.decide())).toContain('PH2');
    expect(diary.plan.exercises.every(({ targetShare }) => targetShare === 0.85)).toBe(true);
  });

  it('gives the less fit fewer sets, more rest and easier strength', () => {
    const diary = new Diary({
      ...ABLE,
      activeMinutesPerWeek: 'under60',
      painNow: 2,
      painAverage24h: 2,
      painWorst24h: 4,
      settles: 'under30min',
    });
    diary.decide();
    diary.day += 5;
    diary.decide();
    expect(find(diary, 'E13')).toMatchObject({ sets: 2, restS: 90, variation: 'lighterBand' });
    expect(find(diary, 'E17')).toMatchObject({ sets: 1, restS: 90, variation: 'leanLess' });
  });

  it('gives the side that turns markedly less a set more', () => {
    const diary = new Diary(ABLE);
    diary.decide();
    diary.train([], {
      kind: 'tests',
      ranges: [range('locked.rotation', 30, 'left'), range('locked.rotation', 42, 'right')],
    });
    diary.day += 5;
    diary.decide();
    expect(find(diary, 'E03')).toMatchObject({ extraSide: 'left', reason: 'PICK-side' });
  });
});

describe('weeks', () => {
  it('R-24: no better after six weeks of doing it: nothing goes up, and a doctor should look', () => {
    const diary = inPhase(3);
    for (let i = 0; i < 43; i++, diary.day++) {
      diary.answer('pain.avg24', 4);
      if (i % 2 === 0) diary.train(diary.plan.exercises, { ...GOOD, effort: 7 });
      if (i === 40) diary.answer('pgic', 4);
    }
    expect(rules(diary.decide())).toContain('R-24');
    expect(diary.today().notices).toContain('R-24');
    expect(rules(diary.decide())).not.toContain('R-24');
  });

  it('G9: one mobility exercise less once the range has come', () => {
    const diary = new Diary({
      ...ABLE,
      painNow: 2,
      painAverage24h: 2,
      painWorst24h: 4,
      settles: 'under30min',
    });
    diary.decide();
    diary.day += 5;
    diary.decide();
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).toContain('E09');
    for (const turn of [30, 38, 38]) {
      diary.day++;
      diary.train([], {
        kind: 'tests',
        ranges: [range('locked.rotation', turn, 'left'), range('locked.rotation', turn, 'right')],
      });
    }
    expect(rules(diary.decide())).toContain('G9');
    const ids = diary.plan.exercises.map(({ exerciseId }) => exerciseId);
    expect(ids).not.toContain('E09');
    expect(ids).toContain('E20');
    expect(diary.decide()).toBeNull();
  });

  it('G10: longer holds where four weeks have changed no range and it is still stiff', () => {
    const diary = inPhase(2);
    for (let i = 0; i <= 28; i++, diary.day++) {
      if (i === 0 || i === 28) {
        const turn = 30 + i / 14;
        diary.train([], {
          kind: 'tests',
          ranges: [range('locked.rotation', turn, 'left'), range('locked.rotation', turn, 'right')],
        });
      } else if (i % 2 === 0) diary.train(diary.plan.exercises, { ...GOOD, effort: 7 });
    }
    diary.answer('stiff', 5);
    expect(rules(diary.decide())).toContain('G10');
    expect(find(diary, 'E02').variation).toBe('holdFive');
  });

  it('D1, M1: to maintenance after two good weeks, and back in after a week of pain', () => {
    const diary = inPhase(4);
    diary.answer('func1', 9);
    diary.answer('conf', 9);
    diary.answer('int.work', 1);
    diary.answer('int.sleep', 1);
    for (let i = 0; i < 21; i++, diary.day++) {
      diary.answer('pain.avg24', 1);
      if (i % 2 === 0) diary.train(diary.plan.exercises, GOOD);
    }
    expect(rules(diary.decide())).toContain('D1');
    expect(diary.plan).toMatchObject({ state: 'maintenance', sessionsPerWeek: 2, minutesPerSession: 15 });
    for (let i = 0; i < 8; i++, diary.day++) diary.answer('pain.avg24', 5);
    expect(rules(diary.decide())).toContain('M1');
    expect(diary.plan).toMatchObject({ state: 'running', phase: 1, irritability: 'moderate' });
  });
});

describe('a new phase', () => {
  /** Ready for the next phase today; its exercises hold one set so far. */
  function readyForRestore(): Diary {
    const diary = new Diary(ABLE);
    diary.decide();
    const exercises = (['E22', 'E01', 'E03', 'E05'] as const).map((id) => planned(id, { sets: 1 }));
    const plan = { ...diary.plan, phase: 1 as const, exercises };
    diary.write({ kind: 'planSet', plan, firings: [], rulesVersion: RULES_VERSION, by: 'auto' });
    for (let n = 0; n < 7; n++, diary.day++) {
      diary.answer('pain.avg24', 2);
      diary.morning('same');
      diary.train(diary.plan.exercises, { ...GOOD, effort: 7, quality: 70 });
    }
    diary.answer('pain.avg24', 2);
    diary.morning('same');
    return diary;
  }

  it('asks for its sets, one more at most', () => {
    const diary = readyForRestore();
    expect(rules(diary.decide())).toContain('PH2');
    expect(find(diary, 'E05').sets).toBe(2);
  });

  it('gives no more of an exercise that hurt too much of late', () => {
    const diary = readyForRestore();
    diary.train([find(diary, 'E05')], { pain: 2, during: 9 });
    expect(rules(diary.decide())).toEqual(expect.arrayContaining(['G4', 'PH2']));
    expect(find(diary, 'E05').sets).toBe(1);
  });
});

describe('bad input', () => {
  it('takes an excluded exercise out on the day the profile is set, also from a clinician’s plan', () => {
    const diary = inPhase(2);
    diary.context = { profiles: ['bone', 'noFloor'], locked: false };
    const decision = diary.decide();
    expect(decision?.firings).toContainEqual(
      expect.objectContaining({ ruleId: 'P1', exerciseId: 'E02', after: 'out' }),
    );
    expect(diary.plan.exercises.some(({ exerciseId }) => ['E02', 'E05'].includes(exerciseId))).toBe(false);
  });

  it.each([
    ['unknownExercise', { exercises: [planned('E01', { exerciseId: 'E99' as LibraryExerciseId })] }],
    ['doseOutOfRange', { exercises: [planned('E01', { targetShare: 3 })] }],
    ['doseOutOfRange', { exercises: [planned('E01', { sets: Number.NaN })] }],
    ['unknownVariation', { exercises: [planned('E01', { variation: 'upsideDown' })] }],
    ['sameExerciseTwice', { exercises: [planned('E01'), planned('E01')] }],
    ['doseJump', { exercises: [planned('E13', { loadStep: 6 })] }],
    ['phaseJump', { phase: 4 as const }],
    ['scheduleOutOfRange', { sessionsPerWeek: 50 }],
  ])('X1: refuses an edited plan by name (%s) and makes its own', (problem, change) => {
    const diary = new Diary(ABLE);
    diary.decide();
    const honest = diary.plan;
    diary.write({
      kind: 'planSet',
      plan: { ...honest, ...change },
      firings: [],
      rulesVersion: RULES_VERSION,
      by: 'auto',
    });
    const decision = diary.decide();
    expect(decision?.firings).toContainEqual(expect.objectContaining({ ruleId: 'X1', before: problem }));
    expect(diary.plan).toEqual(honest);
    expect(diary.decide()).toBeNull();
  });

  it('follows answers that were changed later', () => {
    const diary = new Diary(ABLE);
    diary.decide();
    diary.day += 5;
    diary.decide();
    diary.write({ kind: 'intakeAnswered', answers: { positions: ['sitting', 'standing'] } });
    expect(rules(diary.decide())).toContain('I1');
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).not.toContain('E03');
    diary.write({ kind: 'intakeAnswered', answers: { positions: ABLE.positions } });
    diary.decide();
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).toContain('E03');
  });

  it('does no day twice when the clock goes back, and is not stopped by one that leapt ahead', () => {
    const diary = new Diary(ABLE);
    diary.decide();
    diary.trainToday(GOOD);
    diary.day--;
    expect(diary.today()).toMatchObject({ kind: 'nextStep', step: 'doneToday' });
    diary.day += 401;
    diary.decide();
    diary.trainToday(GOOD);
    diary.day -= 398;
    diary.decide();
    expect(diary.today().kind).toBe('session');
  });

  it('decides the same from the same journal, and nothing twice', () => {
    const diary = inPhase(2);
    diary.train(diary.plan.exercises, GOOD);
    diary.day++;
    diary.morning('same');
    const once = decidePlan(diary.journal, diary.moment, diary.context);
    expect(decidePlan([...diary.journal], { ...diary.moment }, diary.context)).toEqual(once);
    diary.decide();
    expect(diary.decide()).toBeNull();
  });
});

describe('reviews', () => {
  it('judge again how easily it flares up, by the pain of the week, once each', () => {
    const diary = new Diary(ABLE);
    diary.decide();
    diary.day += 14;
    diary.answer('pain.avg24', 8);
    expect(rules(diary.decide())).toContain('W1');
    expect(diary.plan.irritability).toBe('high');
    diary.day++;
    expect(rules(diary.decide())).not.toContain('W1');
  });

  it('call it on track by any one sign', () => {
    const course = (...answers: ['func1' | 'pgic' | 'pain.avg24', number][]): ReturnType<typeof courseOf> => {
      const diary = new Diary(ABLE);
      diary.decide();
      diary.answer('func1', 5);
      diary.day += 28;
      for (const [id, value] of answers) diary.answer(id, value);
      return courseOf(diary.journal, diary.moment);
    };
    expect(isOnTrack(course(['func1', 6], ['pgic', 4], ['pain.avg24', 3]))).toBe(false);
    expect(isOnTrack(course(['func1', 7]))).toBe(true);
    expect(isOnTrack(course(['pgic', 5]))).toBe(true);
    expect(isOnTrack(course(['pain.avg24', 2]))).toBe(true);
  });
});
