import { libraryExercise } from '../../core/exercise/exercise-library.ts';
import type { MotionDirection, Side } from '../../core/exercise/motion-definition.ts';
import type { FlowItem, FlowState, SensorItem, TimedItem } from './session-flow-state.ts';

/** The exercise that is due or under way; null outside of a session. */
export function currentItem(state: FlowState): FlowItem | null {
  return state.clockItem ?? state.plan?.items[state.itemIndex] ?? null;
}

/** The same where sensors count it; null otherwise. */
export function currentSensorItem(state: FlowState): SensorItem | null {
  const item = currentItem(state);
  return item?.mode === 'sensor' ? item : null;
}

/** The same where the clock or the person does; null otherwise. */
export function currentTimedItem(state: FlowState): TimedItem | null {
  const item = currentItem(state);
  return item === null || item.mode === 'sensor' ? null : item;
}

/** Side of the set that is due or under way; null: both, taking turns. */
export function currentSide(state: FlowState): Side | null {
  return currentItem(state)?.setSides[state.setIndex] ?? null;
}

/**
 * Where the next move of a set goes.
 *
 * @param directions those of the set: with two arms that rise alike the sign alone does not tell which
 * @param expected sign of the primary angle; 0: it is not known
 */
export function directionMeant(
  directions: readonly MotionDirection[],
  expected: 1 | -1 | 0,
): MotionDirection | undefined {
  return (
    directions.find(({ sign }) => sign === expected) ?? (directions.length === 1 ? directions[0] : undefined)
  );
}

/** The test that listens to breath as it comes; its exercise breathes slowly to a pace. */
export function isQuietBreathing({ exerciseId, test }: Pick<FlowItem, 'exerciseId' | 'test'>): boolean {
  return test && libraryExercise(exerciseId).counting.by === 'breaths';
}
