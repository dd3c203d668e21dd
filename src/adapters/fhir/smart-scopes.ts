export type Party = 'patient' | 'clinic';

/**
 * What each party's app may do, by type of resource: create, read, update, search; nobody deletes. Each writes what
 * `mapping/` makes of its own part of the record, and reads the other's.
 */
const LETTERS: Readonly<Record<Party, Readonly<Record<string, string>>>> = {
  patient: {
    Basic: 'crus',
    Binary: 'c',
    CarePlan: 'rs',
    Communication: 'crus',
    Device: 'rs',
    DiagnosticReport: 'crus',
    DocumentReference: 'crus',
    Flag: 'crus',
    Goal: 'crus',
    InsurancePlan: 's',
    Observation: 'crus',
    Organization: 's',
    Patient: 'r',
    Procedure: 'crus',
    QuestionnaireResponse: 'crus',
  },
  clinic: {
    Basic: 'rs',
    Binary: 'r',
    CarePlan: 'crus',
    Communication: 'crus',
    Device: 'crus',
    DeviceMetric: 'crus',
    DiagnosticReport: 'crus',
    DocumentReference: 'crus',
    Flag: 'rs',
    Goal: 'crus',
    Observation: 'rs',
    Patient: 'crus',
    Procedure: 'rs',
    Provenance: 'crus',
    QuestionnaireResponse: 'rs',
  },
};

export interface ScopeAsk {
  readonly party: Party;
  /** The record system opened this app and has chosen whose record it is. */
  readonly isLaunchedByServer: boolean;
  /** SMART 2 names what may be done by letters; SMART 1 knows read and write. */
  readonly knowsLetters: boolean;
  /** Whether the server can say who logged in. */
  readonly knowsPeople: boolean;
}

/** The least that the app works with. A clinic's login ends with its tab: it asks for no renewal beyond that. */
export function scopesOf({ party, isLaunchedByServer, knowsLetters, knowsPeople }: ScopeAsk): string {
  const level = party === 'patient' ? 'patient' : 'user';
  return [
    ...(isLaunchedByServer ? ['launch'] : party === 'patient' ? ['launch/patient'] : []),
    ...(knowsPeople ? ['openid', 'fhirUser'] : []),
    ...(party === 'patient' ? ['offline_access'] : []),
    ...Object.entries(LETTERS[party]).flatMap(([type, letters]) => {
      if (knowsLetters) return [`${level}/${type}.${letters}`];
      return letters.includes('c')
        ? [`${level}/${type}.read`, `${level}/${type}.write`]
        : [`${level}/${type}.read`];
    }),
  ].join(' ');
}
