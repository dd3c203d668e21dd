import {
  EXERCISE_LIBRARY,
  type KitPlace,
  type LibraryExercise,
  type LibraryExerciseId,
} from '../../exercise/exercise-library.ts';
import { modeOf } from '../programme/exercise-fit.ts';
import { planProblem } from '../programme/plan-check.ts';
import type { PlannedExercise } from '../programme/programme-plan.ts';
import type { ClinicExercise, ClinicPlan } from './clinic-plan.ts';

/** Pain that no plan may allow more than (clinical page, 8.3). */
export const HIGHEST_PAIN_CEILING = 7;

export type ClinicPlanProblem =
  | 'noExercise'
  | 'noAuthor'
  | 'unknownExercise'
  | 'sameExerciseTwice'
  | 'unknownVariation'
  /** To be counted by sensors that are not worn. */
  | 'sensorMissing'
  | 'samePlaceTwice'
  | 'doseOutOfRange'
  /** The dose to begin with is above its own limit. */
  | 'doseAboveLimit'
  | 'scheduleOutOfRange'
  | 'painCeilingOutOfRange'
  | 'reviewNotAhead';

export interface FoundProblem {
  readonly problem: ClinicPlanProblem;
  /** Field at fault, for example `exercises.2.sets`. */
  readonly field: string;
  readonly exerciseId: LibraryExerciseId | null;
}

const BY_ID = new Map<string, LibraryExercise>(EXERCISE_LIBRARY.map((exercise) => [exercise.id, exercise]));

/** How an exercise becomes known with sensors at these places. */
export function modeWith(exercise: LibraryExercise, places: readonly KitPlace[]): PlannedExercise['mode'] {
  return modeOf(exercise, new Set(places));
}

/**
 * All that stands against signing a plan, in the order of its fields; none: it can be done with its own sensors and
 * doses.
 *
 * @param today days since 1970-01-01; the review must lie after it
 */
export function clinicPlanProblems(plan: ClinicPlan, today: number): readonly FoundProblem[] {
  const found: FoundProblem[] = [];
  const add = (
    problem: ClinicPlanProblem,
    field: string,
    exerciseId: LibraryExerciseId | null = null,
  ): void => {
    found.push({ problem, field, exerciseId });
  };
  if (plan.author.trim() === '') add('noAuthor', 'author');
  if (plan.reviewDay <= today) add('reviewNotAhead', 'reviewDay');
  const places = plan.sensors.map(({ place }) => place);
  if (new Set(places).size !== places.length) add('samePlaceTwice', 'sensors');
  if (!(plan.painCeiling >= 0 && plan.painCeiling <= HIGHEST_PAIN_CEILING))
    add('painCeilingOutOfRange', 'painCeiling');
  if (planProblem({ ...asProgramme(plan), exercises: [] }, null, 'clinician') !== null)
    add('scheduleOutOfRange', 'sessionsPerWeek');
  if (plan.exercises.length === 0) add('noExercise', 'exercises');
  const seen = new Set<string>();
  for (const [i, exercise] of plan.exercises.entries()) {
    const { exerciseId } = exercise;
    const field = `exercises.${i}`;
    const known = BY_ID.get(exerciseId);
    if (known === undefined) {
      add('unknownExercise', `${field}.exerciseId`, exerciseId);
      continue;
    }
    if (seen.has(exerciseId)) add('sameExerciseTwice', `${field}.exerciseId`, exerciseId);
    seen.add(exerciseId);
    const own = planProblem({ ...asProgramme(plan), exercises: [asPlanned(exercise)] }, null, 'clinician');
    if (own === 'unknownVariation') add(own, `${field}.variation`, exerciseId);
    else if (own === 'doseOutOfRange') add(own, field, exerciseId);
    if (exercise.mode === 'sensor' && modeWith(known, places) !== 'sensor')
      add('sensorMissing', `${field}.mode`, exerciseId);
    if (exercise.sets > exercise.mostSets) add('doseAboveLimit', `${field}.mostSets`, exerciseId);
    if (
      exercise.repetitions !== null &&
      (exercise.mostRepetitions === null || exercise.repetitions > exercise.mostRepetitions)
    )
      add('doseAboveLimit', `${field}.mostRepetitions`, exerciseId);
  }
  return found;
}

/** As the rules hold it before anything was changed. */
export function asPlanned(exercise: ClinicExercise): PlannedExercise {
  const { mostDeg, mostSets: _sets, mostRepetitions: _repetitions, ...dose } = exercise;
  return { ...dose, capDeg: mostDeg, extraSide: null, halfRange: false, loadStep: 0, reason: 'CLINIC' };
}

function asProgramme({ phase, sessionsPerWeek, minutesPerSession }: ClinicPlan) {
  return {
    phase,
    sessionsPerWeek,
    minutesPerSession,
    irritability: 'moderate',
    fitness: 'F2',
    state: 'running',
  } as const;
}
