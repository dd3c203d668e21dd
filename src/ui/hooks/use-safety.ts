import { useMemo } from 'react';
import type { CareEvent, CareMoment, JournalEntry } from '../../core/care/care-journal.ts';
import { safetyStatus, type SafetyStatus } from '../../core/care/safety/safety-status.ts';
import { useCareJournal } from './use-care-journal.ts';

export type SafetyState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | {
      readonly kind: 'ready';
      readonly status: SafetyStatus;
      readonly entries: readonly JournalEntry[];
      readonly moment: CareMoment;
      append(event: CareEvent): Promise<void>;
      /** Why the last answer is not on the disk; null where it is. */
      readonly unkept: unknown;
    };

/** What the person may do as their answers stand now, in this tab or in another. */
export function useSafety(): SafetyState {
  const journal = useCareJournal();
  return useMemo(
    () =>
      journal.kind === 'ready'
        ? { ...journal, status: safetyStatus(journal.entries, journal.moment) }
        : journal,
    [journal],
  );
}
