import type { KitPlace, LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { DoseVariable } from '../programme/dose.ts';
import type { ClinicExercise, ClinicPlan } from './clinic-plan.ts';

type Value = string | number | null;

/** One thing in which two versions of a plan differ; the sentences belong to the screens. */
export type PlanDifference =
  | { readonly what: 'exerciseAdded' | 'exerciseRemoved'; readonly exerciseId: LibraryExerciseId }
  | { readonly what: 'order' }
  | {
      readonly what: 'exercise';
      readonly exerciseId: LibraryExerciseId;
      readonly field: Exclude<keyof ClinicExercise, 'exerciseId'>;
      readonly before: Value;
      readonly after: Value;
    }
  | { readonly what: 'sensorAdded' | 'sensorRemoved' | 'sensorMoved'; readonly place: KitPlace }
  | { readonly what: 'adaptationAllowed' | 'adaptationForbidden'; readonly variable: DoseVariable }
  | {
      readonly what: 'plan';
      readonly field: PlanField;
      readonly before: Value;
      readonly after: Value;
    };

const PLAN_FIELDS = [
  'patientName',
  'phase',
  'sessionsPerWeek',
  'minutesPerSession',
  'painCeiling',
  'reviewDay',
  'author',
  'note',
] as const satisfies readonly (keyof ClinicPlan)[];
export type PlanField = (typeof PLAN_FIELDS)[number];

const EXERCISE_FIELDS = [
  'variation',
  'mode',
  'sets',
  'repetitions',
  'holdS',
  'restS',
  'minutes',
  'targetShare',
  'mostDeg',
  'mostSets',
  'mostRepetitions',
] as const satisfies readonly Exclude<keyof ClinicExercise, 'exerciseId'>[];

/** All that differs from one version to the next; nothing where only the version itself does. */
export function planDifferences(before: ClinicPlan, after: ClinicPlan): readonly PlanDifference[] {
  return [
    ...PLAN_FIELDS.flatMap((field): PlanDifference[] =>
      before[field] === after[field]
        ? []
        : [{ what: 'plan', field, before: before[field], after: after[field] }],
    ),
    ...sensorDifferences(before, after),
    ...after.mayChange
      .filter((variable) => !before.mayChange.includes(variable))
      .map((variable): PlanDifference => ({ what: 'adaptationAllowed', variable })),
    ...before.mayChange
      .filter((variable) => !after.mayChange.includes(variable))
      .map((variable): PlanDifference => ({ what: 'adaptationForbidden', variable })),
    ...exerciseDifferences(before.exercises, after.exercises),
  ];
}

function sensorDifferences(before: ClinicPlan, after: ClinicPlan): PlanDifference[] {
  const differences: PlanDifference[] = [];
  for (const sensor of after.sensors) {
    const was = before.sensors.find(({ place }) => place === sensor.place);
    if (was === undefined) differences.push({ what: 'sensorAdded', place: sensor.place });
    else if (was.site !== sensor.site || was.strap !== sensor.strap)
      differences.push({ what: 'sensorMoved', place: sensor.place });
  }
  for (const { place } of before.sensors)
    if (!after.sensors.some((sensor) => sensor.place === place))
      differences.push({ what: 'sensorRemoved', place });
  return differences;
}

function exerciseDifferences(
  before: readonly ClinicExercise[],
  after: readonly ClinicExercise[],
): PlanDifference[] {
  const differences: PlanDifference[] = [];
  const isIn = (list: readonly ClinicExercise[], id: LibraryExerciseId): boolean =>
    list.some(({ exerciseId }) => exerciseId === id);
  for (const now of after) {
    const { exerciseId } = now;
    const was = before.find((one) => one.exerciseId === exerciseId);
    if (was === undefined) {
      differences.push({ what: 'exerciseAdded', exerciseId });
      continue;
    }
    for (const field of EXERCISE_FIELDS)
      if (was[field] !== now[field])
        differences.push({ what: 'exercise', exerciseId, field, before: was[field], after: now[field] });
  }
  for (const { exerciseId } of before)
    if (!isIn(after, exerciseId)) differences.push({ what: 'exerciseRemoved', exerciseId });
  const kept = (list: readonly ClinicExercise[], other: readonly ClinicExercise[]): string =>
    list
      .map(({ exerciseId }) => exerciseId)
      .filter((id) => isIn(other, id))
      .join();
  if (kept(before, after) !== kept(after, before)) differences.push({ what: 'order' });
  return differences;
}
