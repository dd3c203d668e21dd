import type {
  Basic,
  Observation,
  Procedure,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import type { CareEvent } from '../../../core/care/care-journal.ts';
import { type MeasureDefinition, MEASURES } from '../../../core/care/outcomes/measure-definition.ts';
import type { OutcomeEvent } from '../../../core/care/outcomes/outcome-event.ts';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import { type JournalAbout, observation } from './entry-observation.ts';
import { type BusinessIdentifier, identifierOf, LOCAL_CODES, STANDARD } from './fhir-names.ts';
import { absent, coded, dateOf, instantOf, local, plainText, quantity } from './fhir-values.ts';
import { choiceCode, displayOf } from './local-codes.ts';
import type { Draft, MappableResource } from './mapped-resource.ts';
import { sessionProcedure, sessionParts } from './session-resources.ts';

type Kind = CareEvent['kind'];

/** Which resource holds an entry: the fittest that FHIR has for it, and Basic where there is none. */
const HOMES: Readonly<Record<Kind, 'Observation' | 'QuestionnaireResponse' | 'Procedure' | 'Basic'>> = {
  measureAnswered: 'Observation',
  flareSaid: 'Observation',
  safetyAnswered: 'QuestionnaireResponse',
  mistakeSaid: 'QuestionnaireResponse',
  seenSaid: 'QuestionnaireResponse',
  intakeAnswered: 'QuestionnaireResponse',
  intakeDeclined: 'QuestionnaireResponse',
  coverageSaid: 'QuestionnaireResponse',
  sessionDone: 'Procedure',
  moduleRead: 'Procedure',
  clinicianCleared: 'Basic',
  sessionBegun: 'Basic',
  entryUnreadable: 'Basic',
  clinicianLinked: 'Basic',
  consentGiven: 'Basic',
  cameIn: 'Basic',
  planSet: 'Basic',
  reminderSet: 'Basic',
  clinicPlanTaken: 'Basic',
  clinicPlanLeft: 'Basic',
  clinicMessage: 'Basic',
};

export function entryHome(kind: Kind): (typeof HOMES)[Kind] {
  return HOMES[kind];
}

export function entryIdentifier(patientId: string, { entryId }: KeptJournalEntry): BusinessIdentifier {
  return identifierOf('entry', patientId, entryId);
}

/** The resource that holds the entry, and what follows from it for others. */
export function entryDrafts(entry: KeptJournalEntry, about: JournalAbout): readonly Draft[] {
  const holder: Draft = {
    resource: holderOf(entry, about),
    identifier: entryIdentifier(about.patientId, entry),
    // Two copies of a journal that are laid together can give an entry another place.
    mode: 'newest',
    record: { kind: 'entry', value: entry, when: instantOf(entry.atUtcMs) },
  };
  const { event } = entry;
  return event.kind === 'sessionDone' ? [holder, ...sessionParts(entry, event, about)] : [holder];
}

function holderOf(entry: KeptJournalEntry, about: JournalAbout): MappableResource {
  const { event } = entry;
  switch (event.kind) {
    case 'measureAnswered':
      return measureObservation(entry, event, about);
    case 'flareSaid':
      return {
        ...observation(entry, about, 'survey'),
        code: local('flareSaid'),
        valueBoolean: true,
        component: event.triggers.map((trigger) => ({
          code: local(`trigger.${trigger}`),
          valueBoolean: true,
        })),
      };
    case 'safetyAnswered':
      return answers(
        entry,
        about,
        Object.entries(event.answers).map(([flagId, codes]) => item(flagId, ...(codes ?? []))),
      );
    case 'mistakeSaid':
      return answers(entry, about, [item(event.flagId, ...event.answers)]);
    case 'seenSaid':
      return answers(entry, about, [
        { ...item('seenDay'), answer: [{ valueDate: dateOf(event.seenDay) }] },
        item('byWhom', event.byWhom),
        item('said', event.said),
      ]);
    case 'intakeAnswered':
      return answers(
        entry,
        about,
        Object.entries(event.answers).map(([field, value]) => item(field, ...[value].flat())),
      );
    case 'intakeDeclined':
      return answers(entry, about, [item(event.field)]);
    case 'coverageSaid':
      return answers(entry, about, [item('state', event.state), item('payerName', event.payerName)]);
    case 'sessionDone':
      return sessionProcedure(entry, event, about);
    case 'moduleRead':
      return {
        resourceType: 'Procedure',
        status: 'completed',
        category: { coding: [{ ...STANDARD.education }] },
        code: local('moduleRead', event.moduleId),
        subject: { reference: about.patientReference },
        performedDateTime: instantOf(entry.atUtcMs),
        note: notes(`Lesson ${event.moduleId}`),
      } satisfies Procedure;
    default:
      return {
        resourceType: 'Basic',
        code: local(event.kind),
        subject: { reference: about.patientReference },
        created: instantOf(entry.atUtcMs).slice(0, 10),
      } satisfies Basic;
  }
}

function notes(text: string): { text: string }[] {
  const plain = plainText(text);
  return plain === undefined ? [] : [{ text: plain }];
}

type Measured = Extract<OutcomeEvent, { readonly kind: 'measureAnswered' }>;

const MEASURE_BY_ID: ReadonlyMap<string, MeasureDefinition> = new Map(
  MEASURES.map((measure) => [measure.id, measure]),
);

function measureObservation(entry: KeptJournalEntry, event: Measured, about: JournalAbout): Observation {
  const { measureId, value } = event;
  return {
    ...observation(entry, about, 'survey'),
    code: measureId === 'pain.now' ? coded(STANDARD.painNow, measureId) : local(measureId),
    ...(value === null ? { dataAbsentReason: absent('asked-declined') } : valueOf(measureId, value)),
  };
}

/** An answer in words as its code, anything else as a number with its unit. */
function valueOf(
  measureId: string,
  value: number,
): Pick<Observation, 'valueCodeableConcept' | 'valueQuantity'> {
  const scale = MEASURE_BY_ID.get(measureId)?.scale;
  if (scale?.kind === 'choice' && displayOf(choiceCode(measureId, value)) !== undefined)
    return { valueCodeableConcept: local(choiceCode(measureId, value)) };
  if (scale?.kind === 'count')
    return { valueQuantity: quantity(value, measureId === 'workdays' ? 'd' : 'min') };
  return { valueQuantity: quantity(value, '{score}') };
}

function answers(
  { atUtcMs, event }: KeptJournalEntry,
  { patientReference }: JournalAbout,
  items: readonly QuestionnaireResponseItem[],
): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `urn:thora:questionnaire:${event.kind}`,
    status: 'completed',
    subject: { reference: patientReference },
    authored: instantOf(atUtcMs),
    source: { reference: patientReference },
    item: [...items],
  };
}

/** A question by its code, with the codes of its answers; none: it was left open. */
function item(linkId: string, ...values: readonly unknown[]): QuestionnaireResponseItem {
  return {
    linkId: plainText(linkId) ?? 'unknown',
    text: displayOf(linkId) ?? plainText(linkId) ?? 'unknown',
    answer: values.flatMap((value): QuestionnaireResponseItemAnswer[] => {
      if (typeof value === 'number') return [{ valueDecimal: value }];
      const text = typeof value === 'string' ? plainText(value) : undefined;
      return text === undefined ? [] : [{ valueString: text }];
    }),
  };
}

/** Everything that was answered to the measures on one day, as one form. */
export function answersOfDays(
  journal: readonly KeptJournalEntry[],
  { patientId, patientReference }: JournalAbout,
): readonly Draft[] {
  const byDay = new Map<number, [KeptJournalEntry, Measured][]>();
  for (const entry of journal) {
    const { day, event } = entry;
    if (event.kind !== 'measureAnswered') continue;
    byDay.set(day, [...(byDay.get(day) ?? []), [entry, event]]);
  }
  return [...byDay].map(([day, given]): Draft => ({
    resource: {
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'urn:thora:questionnaire:measures',
      status: 'completed',
      subject: { reference: patientReference },
      authored: instantOf(Math.max(...given.map(([{ atUtcMs }]) => atUtcMs))),
      source: { reference: patientReference },
      item: given.map(([, { measureId, value }]) => {
        if (value === null) return item(measureId);
        const { valueCodeableConcept: words } = valueOf(measureId, value);
        const code = words?.coding?.[0]?.code;
        return words === undefined || code === undefined
          ? item(measureId, value)
          : {
              ...item(measureId),
              answer: [
                {
                  valueCoding: {
                    system: LOCAL_CODES,
                    code,
                    ...(words.text === undefined ? {} : { display: words.text }),
                  },
                },
              ],
            };
      }),
    },
    identifier: identifierOf('answers', patientId, day),
    mode: 'newest',
  }));
}
