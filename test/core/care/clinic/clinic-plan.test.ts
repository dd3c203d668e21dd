import { describe, expect, it } from 'vitest';
import type { ClinicPlan } from '../../../../src/core/care/clinic/clinic-plan.ts';
import { planDifferences } from '../../../../src/core/care/clinic/plan-difference.ts';
import { clinicPlanProblems } from '../../../../src/core/care/clinic/plan-problems.ts';
import {
  clinicExercise,
  fromTemplate,
  PLAN_TEMPLATE_IDS,
} from '../../../../src/core/care/clinic/plan-templates.ts';
import { EXERCISE_LIBRARY } from '../../../../src/core/exercise/exercise-library.ts';
import { clinicPlan } from '../../../support/clinic-plans.ts';

const TODAY = 20_000;
const problems = (change: Partial<ClinicPlan>) =>
  clinicPlanProblems(clinicPlan(change), TODAY).map(({ problem, field }) => `${problem} ${field}`);

describe('a clinic plan', () => {
  it.each(PLAN_TEMPLATE_IDS)('from the template %s can be signed as it is, with any sensors', (id) => {
    for (const sensors of [
      [],
      [{ place: 'upperBack', site: '', strap: '' }],
      [
        { place: 'upperBack', site: '', strap: '' },
        { place: 'upperArm', site: '', strap: '' },
      ],
    ] as const)
      expect(problems(fromTemplate(id, sensors))).toEqual([]);
  });

  it('takes every exercise of the library with its own dose', () => {
    for (const { id } of EXERCISE_LIBRARY)
      expect(problems({ exercises: [clinicExercise(id, ['upperBack'])] })).toEqual([]);
  });

  it('does by the clock what its sensors cannot count', () => {
    expect(clinicExercise('E01', ['upperBack']).mode).toBe('sensor');
    expect(clinicExercise('E01', []).mode).toBe('timer');
    expect(clinicExercise('E11', ['upperBack']).mode).toBe('timer');
    const counted = { ...clinicExercise('E11', ['upperArm']), mode: 'sensor' } as const;
    expect(problems({ exercises: [counted] })).toEqual(['sensorMissing exercises.0.mode']);
  });

  it('is not signed with what cannot be, and says which field', () => {
    const [first] = clinicPlan().exercises;
    const exercises = [first!];
    expect(problems({ author: ' ' })).toEqual(['noAuthor author']);
    expect(problems({ reviewDay: TODAY })).toEqual(['reviewNotAhead reviewDay']);
    expect(problems({ painCeiling: 8 })).toEqual(['painCeilingOutOfRange painCeiling']);
    expect(problems({ painCeiling: Number.NaN })).toEqual(['painCeilingOutOfRange painCeiling']);
    expect(problems({ sessionsPerWeek: 0 })).toEqual(['scheduleOutOfRange sessionsPerWeek']);
    expect(problems({ exercises: [] })).toEqual(['noExercise exercises']);
    expect(problems({ exercises: [first!, first!] })).toEqual(['sameExerciseTwice exercises.1.exerciseId']);
    expect(problems({ exercises: exercises.map((one) => ({ ...one, sets: 9, mostSets: 9 })) })).toEqual([
      'doseOutOfRange exercises.0',
    ]);
    expect(problems({ exercises: exercises.map((one) => ({ ...one, mostSets: 0 })) })).toEqual([
      'doseAboveLimit exercises.0.mostSets',
    ]);
    expect(problems({ exercises: exercises.map((one) => ({ ...one, variation: 'flying' })) })).toEqual([
      'unknownVariation exercises.0.variation',
    ]);
  });
});

describe('differences between two versions', () => {
  it('are none where only the version and its date changed', () => {
    const later = { version: 2, previousDigest: 'a'.repeat(64), madeAtUtc: '2026-12-01T10:00:00.000Z' };
    expect(planDifferences(clinicPlan(), clinicPlan(later))).toEqual([]);
  });

  it('name each thing that changed, with both values', () => {
    const before = clinicPlan();
    const [first, second, ...rest] = before.exercises;
    const after = clinicPlan({
      painCeiling: 3,
      mayChange: ['range', 'load'],
      sensors: [{ place: 'lowerBack', site: '', strap: '' }],
      exercises: [{ ...second!, mostSets: 3 }, first!, ...rest.slice(1), clinicExercise('E13', [])],
    });
    expect(planDifferences(before, after)).toEqual([
      { what: 'plan', field: 'painCeiling', before: 5, after: 3 },
      { what: 'sensorAdded', place: 'lowerBack' },
      { what: 'sensorRemoved', place: 'upperBack' },
      { what: 'adaptationAllowed', variable: 'load' },
      { what: 'adaptationForbidden', variable: 'repetitions' },
      { what: 'adaptationForbidden', variable: 'hold' },
      { what: 'exercise', exerciseId: 'E01', field: 'mostSets', before: 2, after: 3 },
      { what: 'exerciseAdded', exerciseId: 'E13' },
      { what: 'exerciseRemoved', exerciseId: 'E03' },
      { what: 'order' },
    ]);
  });
});
