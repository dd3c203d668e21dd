import { LOCAL_CODES, RECORD_TAG } from './fhir-names.ts';

/**
 * What to search for at the server to read one patient's record again, relative to its base: with the tag of the resources that
 * hold a record, so that what only follows from them is not fetched twice.
 *
 * @param patientReference `Patient/123`
 */
export function recordSearches(patientReference: string): readonly string[] {
  const tag = encodeURIComponent(`${RECORD_TAG.system}|${RECORD_TAG.code}`);
  return HOLDERS.map(
    ([type, parameter]) => `${type}?${parameter}=${encodeURIComponent(patientReference)}&_tag=${tag}`,
  );
}

/** Where the cards of a clinic and of a patient are found. */
export function cardSearch(patientReference: string): string {
  const type = encodeURIComponent(`${LOCAL_CODES}|card`);
  return `DocumentReference?subject=${encodeURIComponent(patientReference)}&type=${type}`;
}

const HOLDERS = [
  ['CarePlan', 'subject'],
  ['Device', 'patient'],
  ['Communication', 'subject'],
  ['Observation', 'subject'],
  ['QuestionnaireResponse', 'subject'],
  ['Procedure', 'subject'],
  ['Basic', 'subject'],
] as const;
