import type { JournalEntry } from '../care-journal.ts';
import type { ClinicEvent } from './clinic-event.ts';

type Taken = Extract<ClinicEvent, { readonly kind: 'clinicPlanTaken' }>;

/** The clinic's plan that the person took last and has not left since; null: they follow none. */
export function followedPlan(journal: readonly JournalEntry[]): Taken | null {
  const last = journal.findLast(
    ({ event: { kind } }) => kind === 'clinicPlanTaken' || kind === 'clinicPlanLeft',
  );
  return last?.event.kind === 'clinicPlanTaken' ? last.event : null;
}
