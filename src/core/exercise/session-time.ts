import type { ExerciseId } from './motion-definition.ts';
import { motionDefinition } from './motion-definitions.ts';

/** Still on the table, strapped on, tall, and the check by movement, s. */
export const SET_UP_S = 120;
/** Getting into position for an exercise, s. */
export const POSITION_S = 20;
/** Between two sets of mobility, and after a test (clinical page, 6.5). */
export const REST_S = 30;
/** Moves to a side that look for the end of a range: as a test, or before a set that has no target yet. */
export const TEST_REPETITIONS = 3;

/** One move out and back as a person does it that sensors follow: at a middling pace, s. */
export function usualMoveS(exerciseId: ExerciseId): number {
  const { outS, holdS, backS } = motionDefinition(exerciseId).tempo;
  return (outS.min + outS.max) / 2 + holdS + (backS.min + backS.max) / 2;
}

/** The same by the clock, which leads at the slowest pace, s. */
export function ledMoveS(exerciseId: ExerciseId): number {
  const { outS, holdS, backS } = motionDefinition(exerciseId).tempo;
  return outS.max + holdS + backS.max;
}
