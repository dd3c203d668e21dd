import type { DiagnosticReport, Reference } from 'fhir/r4';
import type { CareMoment } from '../../../core/care/care-journal.ts';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import type { OutcomeRow } from '../../../core/report/referrer-outcomes.ts';
import type { RangeRow } from '../../../core/report/referrer-ranges.ts';
import { type ReferrerReport, referrerReport } from '../../../core/report/referrer-report.ts';
import { identifierOf, STANDARD } from './fhir-names.ts';
import { dateOf, instantOf, local, logical } from './fhir-values.ts';
import { displayOf } from './local-codes.ts';
import { finishNew, type MappedResource, type MappingContext } from './mapped-resource.ts';

/**
 * The page for who referred a person as a DiagnosticReport: one for each day, in English, with the same figures and verdicts as
 * on the printed page, and references to the answers and tests that they rest on.
 */
export async function reportResource(
  journal: readonly KeptJournalEntry[],
  moment: CareMoment,
  who: Parameters<typeof referrerReport>[2],
  context: MappingContext,
): Promise<MappedResource> {
  const report = referrerReport(journal, moment, who);
  const { patientId, patientReference } = context;
  const resource: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [{ coding: [{ ...STANDARD.physicalTherapy }] }],
    code: local('report'),
    subject: { reference: patientReference },
    effectivePeriod: {
      start: dateOf(Math.min(report.fromDay, report.untilDay)),
      end: dateOf(report.untilDay),
    },
    issued: instantOf(moment.utcMs),
    result: latestResults(journal, patientId),
    conclusion: conclusionOf(report),
  };
  const identifier = identifierOf('report', patientId, moment.day);
  return finishNew({ resource, identifier, mode: 'newest' }, context);
}

/** The last answer to each question, and the last test of each range with each kit. */
function latestResults(journal: readonly KeptJournalEntry[], patientId: string): Reference[] {
  const latest = new Map<string, Reference>();
  for (const { entryId, event } of journal) {
    if (event.kind === 'measureAnswered' && event.value !== null)
      latest.set(event.measureId, logical('Observation', identifierOf('entry', patientId, entryId)));
    if (event.kind !== 'sessionDone') continue;
    for (const [i, { metric, side, layout }] of event.ranges.entries())
      latest.set(
        `${metric} ${side ?? ''} ${layout}`,
        logical('Observation', identifierOf('part', patientId, entryId, `range-${i}`)),
      );
  }
  return [...latest.values()];
}

const LIMITS =
  'Angles are estimates by wearable sensors, not radiographic. Answers are the own word of the person. This is no diagnosis.';

function conclusionOf(report: ReferrerReport): string {
  const { sessions, safety, events, ranges, outcomes, plan, globalChange } = report;
  return [
    ...(report.hasSimulated ? ['Holds simulated data.'] : []),
    safety.lock === null ? 'No safety lock stands.' : `A safety lock stands: ${safety.lock}.`,
    `Sessions done: ${sessions.done}${sessions.planned === null ? '' : ` of ${sessions.planned} planned`}.`,
    ...(sessions.cutShort > 0 ? [`Cut short: ${sessions.cutShort}.`] : []),
    ...outcomes.map(outcomeSentence),
    ...(globalChange === null ? [] : [`Change overall, 1 to 7: ${globalChange}.`]),
    ...ranges.flatMap(({ rows, worn }) => rows.map((row) => rangeSentence(row, worn.places))),
    `Told of something new or worrying: ${events.adverse} times. Flares: ${events.flares}.`,
    ...(plan === null
      ? []
      : [`Plan now: ${plan.current.sessionsPerWeek} sessions a week, ${plan.current.state}.`]),
    LIMITS,
  ].join('\n');
}

const OUTCOMES = {
  painWeek: 'Pain, mean of a week',
  painReview: 'Pain in the last 7 days',
  worstPain: 'Worst pain',
  function: 'Ability in the own hard things',
  interference: 'Interference',
} as const;

function outcomeSentence({ name, first, latest, change, verdict, worth }: OutcomeRow): string {
  const title =
    name.kind === 'answers'
      ? (displayOf(name.measureId) ?? name.measureId)
      : name.kind === 'range'
        ? name.metric
        : OUTCOMES[name.kind];
  const way = first === null ? rounded(latest.value) : `${rounded(first.value)} to ${rounded(latest.value)}`;
  const said = [
    ...(change === null ? [] : [`change ${rounded(change)}`]),
    ...(verdict === null ? [] : [WORDS[verdict]]),
    ...(worth === 'reached' ? ['large enough to matter'] : []),
  ];
  return `${title}: ${way}${said.length === 0 ? '' : ` (${said.join('; ')})`}.`;
}

function rangeSentence(
  { metric, side, latest, first, change, neededDeg, verdict }: RangeRow,
  places: readonly string[],
): string {
  const now = `${rounded(latest.valueDeg)} deg (95 % ${rounded(latest.lowDeg)} to ${rounded(latest.highDeg)})`;
  const said = [
    ...(first === null || change === null
      ? []
      : [`first ${rounded(first.valueDeg)}, change ${rounded(change.valueDeg)}`]),
    ...(neededDeg === null ? [] : [`smallest change beyond error ${rounded(neededDeg)}`]),
    ...(verdict === null ? [] : [WORDS[verdict]]),
    `sensors ${places.join(' + ')}`,
  ];
  return `${displayOf(metric) ?? metric}${side === null ? '' : `, ${side}`}: ${now}; ${said.join('; ')}.`;
}

const WORDS = {
  improved: 'better',
  possiblyImproved: 'maybe better',
  noClearChange: 'no clear change',
  possiblyDeclined: 'maybe worse',
  declined: 'worse',
  tooEarly: 'too early to say',
  lowFromStart: 'low from the start',
} as const satisfies Record<NonNullable<OutcomeRow['verdict']>, string>;

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
