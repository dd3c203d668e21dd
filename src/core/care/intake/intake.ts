import { entriesOf, type JournalEntry } from '../care-journal.ts';
import type { Intake } from './intake-event.ts';

/** All but the age, which the safety questions ask for. */
export type IntakeField = Exclude<keyof Intake, 'ageYears'>;

/** In the order they are asked. */
export const INTAKE_FIELDS: readonly IntakeField[] = [
  'painSince',
  'painNow',
  'painAverage24h',
  'painWorst24h',
  'settles',
  'wakesAtNight',
  'hardThings',
  'goals',
  'confidence',
  'worry',
  'work',
  'activeMinutesPerWeek',
  'arms',
  'positions',
  'equipment',
  'sensorPlaces',
];

/** Without these there is no plan: they are asked until answered. */
export const NEEDED_FIELDS: readonly IntakeField[] = [
  'painNow',
  'painAverage24h',
  'painWorst24h',
  'settles',
  'wakesAtNight',
  'arms',
  'positions',
  'sensorPlaces',
];

/** What was told so far; a later answer to the same question counts. */
export function intakeOf(journal: readonly JournalEntry[]): Partial<Intake> {
  return Object.assign(
    {},
    ...entriesOf(journal, 'intakeAnswered').map(({ event }) => event.answers),
  ) as Partial<Intake>;
}

/** Two answers that cannot both be true; the person is shown both and asked which holds. */
export interface Contradiction {
  readonly fields: readonly [IntakeField, IntakeField];
}

/** What does not go together in what was told. */
export function contradictions(intake: Partial<Intake>): readonly Contradiction[] {
  const { painNow, painAverage24h, painWorst24h, arms, sensorPlaces, goals, positions } = intake;
  const found: Contradiction[] = [];
  if (painWorst24h !== undefined && painNow !== undefined && painNow > painWorst24h)
    found.push({ fields: ['painNow', 'painWorst24h'] });
  if (painWorst24h !== undefined && painAverage24h !== undefined && painAverage24h > painWorst24h)
    found.push({ fields: ['painAverage24h', 'painWorst24h'] });
  if (arms === 'neither' && sensorPlaces?.includes('upperArm') === true)
    found.push({ fields: ['arms', 'sensorPlaces'] });
  if (arms === 'neither' && goals?.includes('overhead') === true) found.push({ fields: ['arms', 'goals'] });
  if (positions?.length === 0) found.push({ fields: ['positions', 'positions'] });
  return found;
}

/** How far a person has come in. */
export interface ComingIn {
  readonly hasConsented: boolean;
  readonly hasSaidCoverage: boolean;
  /** Asked for already, declined ones too; the next one follows. */
  readonly nextField: IntakeField | null;
  readonly isDone: boolean;
}

/** Where coming in goes on: what was answered is not asked again. */
export function comingIn(journal: readonly JournalEntry[]): ComingIn {
  const seen = new Set(
    entriesOf(journal, 'intakeAnswered', 'intakeDeclined').flatMap(({ event }) =>
      event.kind === 'intakeDeclined' ? [event.field] : (Object.keys(event.answers) as IntakeField[]),
    ),
  );
  return {
    hasConsented: entriesOf(journal, 'consentGiven').length > 0,
    hasSaidCoverage: entriesOf(journal, 'coverageSaid').length > 0,
    nextField: INTAKE_FIELDS.find((field) => !seen.has(field)) ?? null,
    isDone: entriesOf(journal, 'cameIn').length > 0,
  };
}
