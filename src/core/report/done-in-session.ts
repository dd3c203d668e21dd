import type { SessionResult, SetResult, UnmeasuredSetResult } from '../pipeline/session-result.ts';

/** Something was done in the session. One that was kept without any is on record, and counts nowhere. */
export function hasDone({ sets, unmeasuredSets = [] }: Sets): boolean {
  return sets.some(isMoved) || unmeasuredSets.some(isTimed);
}

/** Something of an exercise was done: tests alone leave the day's exercises still to come. */
export function hasExercised({ sets, unmeasuredSets = [] }: Sets): boolean {
  return (
    sets.some((set) => !set.plan.test && isMoved(set)) ||
    unmeasuredSets.some((set) => set.test !== true && isTimed(set))
  );
}

type Sets = Pick<SessionResult, 'sets' | 'unmeasuredSets'>;

/** Also where no move counted: sensors may not have been heard. */
function isMoved({ repetitions }: SetResult): boolean {
  return repetitions.length > 0;
}

function isTimed({ repetitions, seconds }: UnmeasuredSetResult): boolean {
  return repetitions > 0 || seconds > 0;
}
