import type { Resource } from 'fhir/r4';
import type { Expected } from '../../src/adapters/fhir/mapping/content-of.ts';
import type { MappedResource, MappingContext } from '../../src/adapters/fhir/mapping/mapped-resource.ts';
import { emptyContent, type HandOverContent, mergeContent } from '../../src/core/recording/clinic-record.ts';
import { clinicPlan } from './clinic-plans.ts';
import { chained, courseJournal, passport, PATIENT_ID } from './fhir-content.ts';
import { everyEntry } from './fhir-events.ts';
import type { TestParty } from './hand-over-parties.ts';

export const PATIENT_REFERENCE = 'Patient/p1';

export function contextOf({ card, crypto }: TestParty, patientReference = PATIENT_REFERENCE): MappingContext {
  return {
    patientReference,
    patientId: PATIENT_ID,
    writer: card,
    appVersion: '0.1.0',
    sha256: crypto.sha256,
    sign: crypto.sign,
  };
}

export function expectedBy(own: TestParty, peer: TestParty, patientReference = PATIENT_REFERENCE): Expected {
  return {
    patientId: PATIENT_ID,
    patientReference,
    own: own.card,
    peer: peer.card,
    crypto: own.crypto,
    knownPlans: [],
  };
}

/** As they are on the line. */
export function written(mapped: readonly MappedResource[]): Resource[] {
  return mapped.map(({ resource }) => JSON.parse(JSON.stringify(resource)) as Resource);
}

/** In the order in which content is kept. */
export function same(content: HandOverContent): HandOverContent {
  return mergeContent(emptyContent(PATIENT_ID), content);
}

/** What a clinic and its patient have of their own after twelve made-up weeks: something of every list. */
export async function everything(): Promise<{
  readonly clinic: HandOverContent;
  readonly patient: HandOverContent;
}> {
  const plans = await chained([
    clinicPlan({ patientId: PATIENT_ID }),
    clinicPlan({ patientId: PATIENT_ID, painCeiling: 3, note: 'Take care' }),
  ]);
  const message = { messageId: 'm1', text: 'Hello', writtenAtUtc: '2026-01-06T10:00:00.000Z' };
  return {
    clinic: {
      ...emptyContent(PATIENT_ID),
      plans,
      passports: [await passport('passport-1')],
      messages: [{ ...message, from: 'clinic' }],
    },
    patient: {
      ...emptyContent(PATIENT_ID),
      messages: [{ ...message, messageId: 'm2', from: 'patient' }],
      journal: [
        ...everyEntry(),
        ...courseJournal(1).map((entry) => ({ ...entry, order: entry.order + 100 })),
      ],
    },
  };
}
