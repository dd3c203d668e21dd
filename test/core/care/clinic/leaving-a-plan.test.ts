import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent } from '../../../../src/core/care/care-journal.ts';
import { followedPlan } from '../../../../src/core/care/clinic/followed-plan.ts';
import { kitMismatch } from '../../../../src/core/care/clinic/kit-match.ts';
import { fromTemplate, PLAN_TEMPLATE_IDS } from '../../../../src/core/care/clinic/plan-templates.ts';
import { todaysSession } from '../../../../src/core/care/programme/todays-session.ts';
import type { KitPlace } from '../../../../src/core/exercise/exercise-library.ts';
import { libraryExercise } from '../../../../src/core/exercise/exercise-library.ts';
import { clinicPlan } from '../../../support/clinic-plans.ts';
import { ABLE, Diary } from '../programme/programme-person.ts';

const take = (plan = clinicPlan()): CareEvent => ({
  kind: 'clinicPlanTaken',
  plan,
  digest: 'a'.repeat(64),
  clinicName: 'Clinic',
});
const LEFT: CareEvent = { kind: 'clinicPlanLeft', planId: 'plan-1', version: 1 };
const sensors = (places: readonly KitPlace[]) => places.map((place) => ({ place, site: '', strap: '' }));

describe('a plan that the person stops following', () => {
  it('is followed until it is left, and again when another is taken', () => {
    const diary = new Diary(ABLE);
    expect(followedPlan(diary.journal)).toBeNull();
    diary.write(take());
    expect(followedPlan(diary.journal)?.plan.version).toBe(1);
    diary.write(LEFT);
    expect(followedPlan(diary.journal)).toBeNull();
    diary.write(take(clinicPlan({ version: 2 })));
    expect(followedPlan(diary.journal)?.plan.version).toBe(2);
  });

  it('leaves nothing behind: the rules choose, within their own limits, and the pain limit is gone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLAN_TEMPLATE_IDS),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 7 }),
        (template, mostSets, painCeiling) => {
          const body = fromTemplate(template, sensors(['upperBack']));
          const exercises = body.exercises.map((one) => ({ ...one, sets: mostSets, mostSets, mostDeg: 120 }));
          const diary = new Diary(ABLE);
          diary.decide();
          diary.write(take(clinicPlan({ ...body, exercises, painCeiling, sessionsPerWeek: 14 })));
          const held = diary.decide();
          expect(held?.firings.some(({ ruleId }) => ruleId === 'C1')).toBe(true);
          diary.write(LEFT);
          diary.day++;
          const now = diary.decide();
          expect(now?.firings[0]).toMatchObject({ ruleId: 'C2', inputs: { version: 1 } });
          expect(now?.by).toBe('auto');
          for (const planned of now?.plan.exercises ?? []) {
            expect(planned.sets).toBeLessThanOrEqual(libraryExercise(planned.exerciseId).dose.sets.most);
            expect(planned.reason).not.toBe('CLINIC');
          }
          expect(now?.plan.sessionsPerWeek).toBeLessThanOrEqual(7);
          const today = todaysSession(diary.journal, diary.moment, { profiles: [], locked: false });
          expect(today).not.toHaveProperty('painCeiling');
          // It is said once.
          expect(diary.decide()).toBeNull();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the kit of a plan against the kit that is worn', () => {
  it('names each sensor that is not there, and what goes by the clock for it', () => {
    const plan = clinicPlan(fromTemplate('restore', sensors(['upperBack', 'lowerBack'])));
    expect(kitMismatch(plan, ['upperBack', 'lowerBack', 'pelvis'])).toBeNull();
    const counted = plan.exercises
      .filter(({ mode }) => mode === 'sensor')
      .map(({ exerciseId }) => exerciseId);
    expect(kitMismatch(plan, [])).toEqual({ missing: ['upperBack', 'lowerBack'], byClock: counted });
    expect(kitMismatch(plan, ['upperBack'])?.missing).toEqual(['lowerBack']);
  });
});
