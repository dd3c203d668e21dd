import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClinicExercise, ClinicPlan } from '../../../../src/core/care/clinic/clinic-plan.ts';
import { clinicPlanProblems } from '../../../../src/core/care/clinic/plan-problems.ts';
import {
  clinicExercise,
  fromTemplate,
  PLAN_TEMPLATE_IDS,
} from '../../../../src/core/care/clinic/plan-templates.ts';
import { MORNINGS } from '../../../../src/core/care/programme/pain-layer.ts';
import type { PlannedExercise } from '../../../../src/core/care/programme/programme-plan.ts';
import type { KitPlace } from '../../../../src/core/exercise/exercise-library.ts';
import { EXERCISE_LIBRARY } from '../../../../src/core/exercise/exercise-library.ts';
import { clinicPlan } from '../../../support/clinic-plans.ts';
import { ABLE, Diary, FIRST_DAY } from '../programme/programme-person.ts';
import { drawPerson } from '../programme/simulated-course.ts';

/* A plan of the clinic is obeyed: its limits are crossed by no rule, whatever the person answers over six weeks. */

const take = (plan: ClinicPlan) =>
  ({ kind: 'clinicPlanTaken', plan, digest: 'a'.repeat(64), clinicName: 'Clinic' }) as const;

/** What crosses the clinic's limits, in words for the report of a failure. */
function crossings(exercises: readonly PlannedExercise[], plan: ClinicPlan): string[] {
  const may = (variable: ClinicPlan['mayChange'][number]): boolean => plan.mayChange.includes(variable);
  return exercises.flatMap((now) => {
    const limit = plan.exercises.find(({ exerciseId }) => exerciseId === now.exerciseId);
    if (limit === undefined) return [`${now.exerciseId} is not in the clinic's list`];
    const faults: [boolean, string][] = [
      [now.sets > limit.mostSets, 'sets'],
      [now.sets > limit.sets && !may('sets'), 'sets that nobody allowed to grow'],
      [(now.repetitions ?? 0) > (limit.mostRepetitions ?? 0), 'repetitions'],
      [(now.repetitions ?? 0) > (limit.repetitions ?? 0) && !may('repetitions'), 'more repetitions'],
      [(now.minutes ?? 0) > (limit.minutes ?? 0) && !may('repetitions'), 'minutes'],
      [now.holdS > limit.holdS && !may('hold'), 'hold'],
      [now.targetShare > 1 || (now.targetShare > limit.targetShare && !may('range')), 'range'],
      [limit.mostDeg !== null && (now.capDeg === null || now.capDeg > limit.mostDeg), 'ceiling'],
      [now.loadStep > 0 && !may('load'), 'load'],
    ];
    return faults.filter(([isCrossed]) => isCrossed).map(([, what]) => `${now.exerciseId}: ${what}`);
  });
}

const kits: readonly (readonly KitPlace[])[] = [[], ['upperBack'], ['upperBack', 'lowerBack', 'upperArm']];
const prescribed = fc.record({
  at: fc.integer({ min: 0, max: EXERCISE_LIBRARY.length - 1 }),
  mostDeg: fc.option(fc.integer({ min: 10, max: 120 })),
  more: fc.integer({ min: 0, max: 3 }),
  share: fc.integer({ min: 50, max: 100 }),
});
const plans = fc
  .record({
    places: fc.constantFrom(...kits),
    list: fc.uniqueArray(prescribed, { minLength: 1, maxLength: 8, selector: ({ at }) => at }),
    mayChange: fc.uniqueArray(fc.constantFrom('range', 'repetitions', 'hold', 'sets', 'load', 'variation')),
    painCeiling: fc.integer({ min: 0, max: 7 }),
    phase: fc.constantFrom(1, 2, 3, 4),
    sessionsPerWeek: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ places, list, ...rest }) => {
    const exercises = list.map(({ at, mostDeg, more, share }): ClinicExercise => {
      const exercise = clinicExercise(EXERCISE_LIBRARY[at]!.id, places);
      const mostRepetitions = exercise.repetitions === null ? null : exercise.repetitions + 2 * more;
      const mostSets = Math.min(6, exercise.sets + more);
      return { ...exercise, mostDeg, mostRepetitions, mostSets, targetShare: share / 100 };
    });
    const sensors = places.map((place) => ({ place, site: '', strap: '' }));
    return clinicPlan({ ...rest, exercises, sensors } as Partial<ClinicPlan>);
  });
const days = fc.array(
  fc.record({
    pain: fc.integer({ min: 0, max: 8 }),
    rise: fc.integer({ min: 0, max: 3 }),
    morning: fc.constantFrom(...MORNINGS),
    quality: fc.constantFrom(50, 80, 95),
    effort: fc.constantFrom(2, 5, 9),
    trains: fc.boolean(),
    isBad: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 20, maxLength: 42 },
);

const GOOD_DAY = {
  pain: 2,
  rise: 0,
  morning: 'same',
  quality: 95,
  effort: 5,
  trains: true,
  isBad: 1,
} as const;

describe('a plan of the clinic', () => {
  it('is crossed by no rule over weeks of any answers @slow', () => {
    const seeds = fc.integer({ min: 1, max: 1e6 });
    const law = fc.property(plans, days, seeds, fc.boolean(), (plan, drawn, seed, isAble) => {
      // Half of them do well every day: their doses grow as far as they may.
      const weeks = isAble ? drawn.map((day) => ({ ...day, ...GOOD_DAY })) : drawn;
      expect(clinicPlanProblems(plan, FIRST_DAY)).toEqual([]);
      const person = isAble ? { intake: ABLE, profiles: [] } : drawPerson(seed);
      const diary = new Diary(person.intake, { profiles: person.profiles, locked: false });
      diary.decide();
      diary.write(take(plan));
      for (const day of weeks) {
        diary.decide();
        expect(crossings(diary.plan.exercises, plan)).toEqual([]);
        expect(diary.plan.sessionsPerWeek).toBeLessThanOrEqual(plan.sessionsPerWeek);
        expect(diary.plan.phase).toBeLessThanOrEqual(plan.phase);
        const today = diary.today();
        if (today.kind === 'session') {
          expect(crossings(today.exercises, plan)).toEqual([]);
          const ids = plan.exercises.map(({ exerciseId }) => exerciseId);
          expect(ids).toEqual(expect.arrayContaining([...today.tests]));
          for (const test of today.tests)
            expect(plan.exercises.find(({ exerciseId }) => exerciseId === test)?.mostDeg ?? null).toBeNull();
        }
        if (day.trains)
          diary.trainToday({
            pain: day.pain,
            during: Math.min(10, day.pain + day.rise),
            quality: day.quality,
            effort: day.effort,
          });
        if (day.isBad === 0) diary.write({ kind: 'flareSaid', triggers: [] });
        diary.day++;
        diary.answer('pain.avg24', day.pain);
        diary.morning(day.morning);
      }
    });
    fc.assert(law, { numRuns: 60 });
  });

  it.each(PLAN_TEMPLATE_IDS)('from the template %s is what the person does, logged under its rule', (id) => {
    const sensors = [{ place: 'upperBack', site: '', strap: '' }] as const;
    const plan = clinicPlan(fromTemplate(id, sensors));
    const diary = new Diary(ABLE);
    diary.decide();
    diary.day++;
    diary.write(take(plan));
    const decision = diary.decide();
    expect(decision?.by).toBe('clinician');
    expect(decision?.firings).toContainEqual({
      ruleId: 'C1',
      exerciseId: null,
      inputs: { version: 1 },
      before: 'phase 0',
      after: `phase ${plan.phase}`,
    });
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).toEqual(
      plan.exercises.map(({ exerciseId }) => exerciseId),
    );
    expect(diary.plan.minutesPerSession).toBe(plan.minutesPerSession);
    // It is carried out once.
    diary.day++;
    expect(diary.decide()?.firings.some(({ ruleId }) => ruleId === 'C1') ?? false).toBe(false);
  });

  it.each(PLAN_TEMPLATE_IDS)(
    'from the template %s is all done in turn, each session within its time',
    (id) => {
      const sensors = (['upperBack', 'lowerBack', 'upperArm'] as const).map((place) => ({
        place,
        site: '',
        strap: '',
      }));
      const plan = clinicPlan(fromTemplate(id, sensors));
      const diary = new Diary(ABLE);
      diary.write(take(plan));
      const done = new Map<string, number>();
      for (; diary.n < 21; diary.day++) {
        diary.decide();
        const today = diary.trainToday({ pain: 3, during: 2, quality: 80, effort: 7 });
        if (today.kind !== 'session') continue;
        if (diary.n === 0 && plan.minutesPerSession >= 15) expect(today.exercises.length).toBeGreaterThan(2);
        expect(today.minutes).toBeLessThanOrEqual(plan.minutesPerSession - 2);
        for (const { exerciseId } of today.exercises) done.set(exerciseId, 1 + (done.get(exerciseId) ?? 0));
      }
      for (const { exerciseId } of plan.exercises)
        expect(done.get(exerciseId) ?? 0, exerciseId).toBeGreaterThanOrEqual(3);
    },
  );

  it('does one exercise that is longer than the session with less of it', () => {
    const diary = new Diary(ABLE);
    const long = { ...clinicExercise('E16', []), sets: 6, mostSets: 6, repetitions: 20, mostRepetitions: 20 };
    diary.write(take(clinicPlan({ phase: 3, exercises: [long], sensors: [], minutesPerSession: 10 })));
    diary.decide();
    const today = diary.today();
    expect(today.kind === 'session' && today.minutes).toBeLessThanOrEqual(10);
    expect(today.kind === 'session' && today.exercises).toMatchObject([{ exerciseId: 'E16' }]);
  });

  it('holds from the first day for somebody who comes in with it', () => {
    const diary = new Diary(ABLE);
    const plan = clinicPlan({ phase: 3 });
    diary.write(take(plan));
    const decision = diary.decide();
    expect(decision?.firings.map(({ ruleId }) => ruleId)).toContain('C1');
    expect(diary.plan.phase).toBe(3);
    const today = diary.today();
    expect(today.kind === 'session' ? crossings(today.exercises, plan) : today).toEqual([]);
  });

  it('gives way to health answers, and says so', () => {
    const diary = new Diary(ABLE, { profiles: ['bone'], locked: false });
    const plan = clinicPlan({
      exercises: ['E02', 'E12', 'E22'].map((id) => clinicExercise(id as 'E02', [])),
    });
    diary.write(take(plan));
    const decision = diary.decide();
    expect(diary.plan.exercises.map(({ exerciseId }) => exerciseId)).toEqual(['E12', 'E22']);
    expect(decision?.firings).toContainEqual(
      expect.objectContaining({ ruleId: 'P1', exerciseId: 'E02', after: 'out' }),
    );
  });

  it('stops for pain above its own ceiling', () => {
    const diary = new Diary(ABLE);
    diary.write(take(clinicPlan({ painCeiling: 2 })));
    diary.decide();
    diary.trainToday({ pain: 3, during: 3 });
    diary.day++;
    diary.morning('same');
    expect(diary.decide()?.firings.some(({ ruleId }) => ruleId === 'G4')).toBe(true);
  });

  it('is replaced by its next version, with the limits of that one', () => {
    const diary = new Diary(ABLE);
    diary.write(take(clinicPlan()));
    diary.decide();
    const next = clinicPlan({ version: 2, exercises: [clinicExercise('E12', [])], sessionsPerWeek: 2 });
    diary.write(take(next));
    diary.decide();
    expect(crossings(diary.plan.exercises, next)).toEqual([]);
    expect(diary.plan).toMatchObject({ sessionsPerWeek: 2, exercises: [{ exerciseId: 'E12' }] });
  });
});
