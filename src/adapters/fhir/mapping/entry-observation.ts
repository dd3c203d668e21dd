import type { Observation } from 'fhir/r4';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import { OBSERVATION_CATEGORY } from './fhir-names.ts';
import { instantOf } from './fhir-values.ts';

/** Whose journal it is, and what is known of the kit. */
export interface JournalAbout {
  readonly patientReference: string;
  readonly patientId: string;
  /** Of the last check before that moment. */
  kitVerdictAt(utcMs: number): 'fit' | 'quarantine' | null;
}

/** What observations of one entry have in common. */
export function observation(
  { atUtcMs }: KeptJournalEntry,
  { patientReference }: Pick<JournalAbout, 'patientReference'>,
  category: 'survey' | 'exam' | 'activity',
): Omit<Observation, 'code'> {
  const subject = { reference: patientReference };
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: category }] }],
    subject: { ...subject },
    effectiveDateTime: instantOf(atUtcMs),
    performer: [{ ...subject }],
  };
}
