// Apart from the replay itself: the window compares results and must not load the chain for it.
import type { SessionResult } from './session-result.ts';

/** Whether two results of one session hold the same repetitions: false where a recording lacks its end. */
export function hasSameRepetitions(a: SessionResult, b: SessionResult): boolean {
  return (
    a.sets.length === b.sets.length &&
    a.sets.every((set, i) => set.repetitions.length === b.sets[i].repetitions.length)
  );
}
