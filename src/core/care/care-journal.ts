import type { ClinicEvent } from './clinic/clinic-event.ts';
import type { IntakeEvent } from './intake/intake-event.ts';
import type { LearningEvent } from './learning/learning-event.ts';
import type { OutcomeEvent } from './outcomes/outcome-event.ts';
import type { ProgrammeEvent } from './programme/programme-event.ts';
import type { SafetyEvent } from './safety/safety-event.ts';

/**
 * What a person said, did and was given over the weeks, in the order it was written. Entries are only ever added: a changed
 * answer is a new entry. Everything that care decides is a fold over them, so that the same journal always leads to
 * the same locks, plan and verdicts.
 */
export type CareEvent =
  SafetyEvent | IntakeEvent | ProgrammeEvent | OutcomeEvent | LearningEvent | ClinicEvent;

export interface JournalEntry<E extends CareEvent = CareEvent> {
  /** Rises by one with each entry, from 0: the order of writing, whatever the clock said. */
  readonly order: number;
  readonly atUtcMs: number;
  /** The day by the clock where the person was: days since 1970-01-01. */
  readonly day: number;
  readonly event: E;
}

/** The moment a fold is asked about. */
export interface CareMoment {
  readonly utcMs: number;
  readonly day: number;
}

/** The entries of these kinds, in order. */
export function entriesOf<K extends CareEvent['kind']>(
  journal: readonly JournalEntry[],
  ...kinds: readonly K[]
): readonly JournalEntry<Extract<CareEvent, { readonly kind: K }>>[] {
  const wanted: readonly string[] = kinds;
  return journal.filter((entry): entry is JournalEntry<Extract<CareEvent, { readonly kind: K }>> =>
    wanted.includes(entry.event.kind),
  );
}
