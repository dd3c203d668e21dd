/** Names that resources carry, each once. What is Thora's own begins with `urn:thora:`. */

export const LOCAL_CODES = 'urn:thora:codes';
export const RECORD_TAG = { system: 'urn:thora:tag', code: 'record' } as const;
export const RECORD_URL = 'urn:thora:fhir:record';
export const DOSE_URL = 'urn:thora:fhir:dose';
export const LIMITS_URL = 'urn:thora:fhir:limits';
export const SHA256_URL = 'urn:thora:fhir:sha256';

/** What a business identifier stands for; its system is `urn:thora:id:` and this. */
export type IdentifierKind =
  | 'patient'
  | 'party'
  | 'entry'
  /** Something that follows from one entry, such as a range of a session. */
  | 'part'
  /** The answers of one day. */
  | 'answers'
  | 'plan'
  | 'goal'
  | 'provenance'
  | 'message'
  | 'passport'
  | 'unit'
  | 'metric'
  | 'lock'
  | 'report'
  | 'card'
  | 'recording';

export interface BusinessIdentifier {
  readonly system: string;
  readonly value: string;
}

/** Parts are joined by dots; what a search would take for a sign of its own is written as its code. */
export function identifierOf(
  kind: IdentifierKind,
  ...parts: readonly (string | number)[]
): BusinessIdentifier {
  return { system: `urn:thora:id:${kind}`, value: parts.map(safe).join('.') };
}

/** Every name begins with the patient's id; a Provenance's is the whole name of something else. */
export function isNameOf(patientId: string, { value }: BusinessIdentifier): boolean {
  const id = safe(patientId);
  return value === id || value.startsWith(`${id}.`) || value.startsWith(safe(`${id}.`));
}

function safe(part: string | number): string {
  return String(part).replaceAll(/[^\w-]/g, (sign) => `~${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const LOINC = 'http://loinc.org';
export const SNOMED = 'http://snomed.info/sct';
export const UCUM = 'http://unitsofmeasure.org';
export const ABSENT_REASON = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

/** Standard codes that published guides use for just this; everything else is local (clinical page, section 8.7). */
export const STANDARD = {
  painNow: {
    system: LOINC,
    code: '72514-3',
    display: 'Pain severity - 0-10 verbal numeric rating [Score] - Reported',
  },
  exerciseDuration: { system: LOINC, code: '55411-3', display: 'Exercise duration' },
  exerciseActivity: { system: LOINC, code: '73985-4', display: 'Exercise activity' },
  physicalTherapy: { system: SNOMED, code: '91251008', display: 'Physical therapy procedure' },
  education: { system: SNOMED, code: '409073007', display: 'Education' },
  thoracicSpine: { system: SNOMED, code: '122495006' },
  backOfTrunk: { system: SNOMED, code: '77568009' },
} as const;
