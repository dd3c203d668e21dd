import type { JournalEntry } from '../care-journal.ts';
import { SafetyFold } from './safety-fold.ts';

/** Days on which nothing could be started; `until` is the day on which it could again. */
export interface LockedSpan {
  readonly from: number;
  readonly until: number;
}

/**
 * When a lock stood, oldest first; one that still stands reaches to today.
 *
 * @param days of the entries, one each, never falling
 */
export function lockedSpans(
  entries: readonly JournalEntry[],
  days: readonly number[] | null,
  today: number,
): readonly LockedSpan[] {
  if (!entries.some(({ event }) => event.kind === 'safetyAnswered')) return [];
  const fold = new SafetyFold();
  const spans: LockedSpan[] = [];
  let from: number | null = null;
  entries.forEach((entry, i) => {
    fold.add(entry);
    const isLocked = fold.held.size > 0;
    const day = days?.[i] ?? entry.day;
    if (isLocked) from ??= day;
    else if (from !== null) {
      spans.push({ from, until: day });
      from = null;
    }
  });
  return from === null ? spans : [...spans, { from, until: today }];
}
