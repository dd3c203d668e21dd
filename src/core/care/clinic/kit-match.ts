import { EXERCISE_LIBRARY, type KitPlace, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { ClinicPlan } from './clinic-plan.ts';
import { modeWith } from './plan-problems.ts';

/** What of a plan's sensors is not worn, and what is done by the clock for that. */
export interface KitMismatch {
  readonly missing: readonly KitPlace[];
  readonly byClock: readonly LibraryExerciseId[];
}

/** @param worn places of the sensors that are worn @returns null where all that the plan counts with is there */
export function kitMismatch(plan: ClinicPlan, worn: readonly KitPlace[]): KitMismatch | null {
  const missing = plan.sensors.map(({ place }) => place).filter((place) => !worn.includes(place));
  const byClock = plan.exercises
    .filter(({ exerciseId, mode }) => {
      const exercise = EXERCISE_LIBRARY.find(({ id }) => id === exerciseId);
      return mode === 'sensor' && exercise !== undefined && modeWith(exercise, worn) !== 'sensor';
    })
    .map(({ exerciseId }) => exerciseId);
  return missing.length === 0 && byClock.length === 0 ? null : { missing, byClock };
}
