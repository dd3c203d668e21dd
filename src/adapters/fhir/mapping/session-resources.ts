import type { Meta, Observation, ObservationComponent, Procedure, Reference } from 'fhir/r4';
import type {
  ExerciseReport,
  ProgrammeEvent,
  RangeReport,
} from '../../../core/care/programme/programme-event.ts';
import { doneShare, isDoneAtAll } from '../../../core/care/programme/done-share.ts';
import { DETECTABLE_DEG } from '../../../core/care/outcomes/outcome-thresholds.ts';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import { readLayout } from '../../../core/report/care-report.ts';
import { type JournalAbout, observation } from './entry-observation.ts';
import { identifierOf, STANDARD } from './fhir-names.ts';
import { absent, coded, instantOf, local, logical, plainText, quantity } from './fhir-values.ts';
import type { Draft } from './mapped-resource.ts';

type SessionDone = Extract<ProgrammeEvent, { readonly kind: 'sessionDone' }>;

const MS_PER_S = 1000;
const S_PER_MINUTE = 60;
const TEST_DATA = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
};

/** The session itself. `stopped`: something of it was planned and nothing of that was done. */
export function sessionProcedure(
  { atUtcMs }: KeptJournalEntry,
  event: SessionDone,
  { patientReference }: JournalAbout,
): Procedure {
  const leftOut = event.exercises.some((report) => doneShare(report) === 0);
  return {
    resourceType: 'Procedure',
    ...labels(event),
    status: leftOut || !isDoneAtAll(event) ? 'stopped' : 'completed',
    category: { coding: [{ ...STANDARD.physicalTherapy }] },
    code: local(`session.${event.session}`),
    subject: { reference: patientReference },
    performedPeriod: periodOf(atUtcMs, event),
    performer: [{ actor: { reference: patientReference } }],
  };
}

function periodOf(endUtcMs: number, { durationS }: SessionDone): { start: string; end: string } {
  return { start: instantOf(endUtcMs - durationS * MS_PER_S), end: instantOf(endUtcMs) };
}

/** Marks what the virtual kit made: systems that know the label keep it out of care. */
function labels({ simulated }: SessionDone): { readonly meta?: Meta } {
  return simulated === true ? { meta: { security: [{ ...TEST_DATA }] } } : {};
}

/** What a session found, each figure as an observation of its own. */
export function sessionParts(
  entry: KeptJournalEntry,
  event: SessionDone,
  about: JournalAbout,
): readonly Draft[] {
  const { entryId } = entry;
  const { patientId } = about;
  const session: Reference = logical('Procedure', identifierOf('entry', patientId, entryId));
  const part = (
    name: string,
    category: 'survey' | 'exam' | 'activity',
    rest: Pick<Observation, 'code'> & Partial<Observation>,
  ): Draft => {
    const { effectiveDateTime: end, ...common } = observation(entry, about, category);
    const period = periodOf(entry.atUtcMs, event);
    const time =
      category === 'activity'
        ? { effectivePeriod: period }
        : { effectiveDateTime: name === 'painBefore' ? period.start : end };
    return {
      resource: { ...common, ...time, ...labels(event), partOf: [session], ...rest } as Observation,
      identifier: identifierOf('part', patientId, entryId, name),
      mode: 'once',
    };
  };
  const pain = (name: 'painBefore' | 'painAfter'): readonly Draft[] => {
    const value = event[name];
    if (value === null) return [];
    return [
      part(name, 'survey', {
        code: coded(STANDARD.painNow, name),
        valueQuantity: quantity(value, '{score}'),
      }),
    ];
  };
  const seconds = (name: 'uprightHold' | 'donning', value: number | null | undefined): readonly Draft[] =>
    value === null || value === undefined
      ? []
      : [
          part(name, name === 'donning' ? 'activity' : 'exam', {
            code: local(name),
            valueQuantity: quantity(value, 's'),
          }),
        ];
  return [
    part('duration', 'activity', {
      code: { coding: [{ ...STANDARD.exerciseDuration }] },
      valueQuantity: quantity(event.durationS / S_PER_MINUTE, 'min'),
    }),
    ...adherence(event).map((percent) =>
      part('adherence', 'activity', { code: local('adherence'), valueQuantity: quantity(percent, '%') }),
    ),
    ...pain('painBefore'),
    ...pain('painAfter'),
    ...(event.ease === null
      ? []
      : [
          part('ease', 'survey', {
            code: local('ease'),
            valueCodeableConcept: local(`ease.${event.ease - 1}`),
          }),
        ]),
    ...seconds('uprightHold', event.uprightHoldS),
    ...seconds('donning', event.donningS),
    ...event.exercises.map((report, i) => part(`exercise-${i}`, 'activity', exerciseActivity(report))),
    ...event.ranges.map((report, i) =>
      part(`range-${i}`, 'exam', rangeOfMovement(report, about.kitVerdictAt(entry.atUtcMs))),
    ),
  ];
}

/** Repetitions done of those planned, at most all; none where nothing was planned in repetitions, or nobody said how many. */
function adherence({ exercises }: SessionDone): readonly number[] {
  const known = exercises.filter(({ notAnswered }) => notAnswered !== true);
  const planned = known.reduce((sum, { repetitionsPlanned }) => sum + repetitionsPlanned, 0);
  const done = known.reduce((sum, report) => sum + doneShare(report) * report.repetitionsPlanned, 0);
  return planned > 0 ? [(100 * done) / planned] : [];
}

function exerciseActivity(report: ExerciseReport): Pick<Observation, 'code'> & Partial<Observation> {
  const score = (code: string, value: number | null): ObservationComponent => ({
    code: code === 'painDuring' ? coded(STANDARD.painNow, code) : local(code),
    ...(value === null
      ? { dataAbsentReason: absent(code === 'quality' ? 'not-performed' : 'unknown') }
      : { valueQuantity: quantity(value, '{score}') }),
  });
  const seconds = (code: string, value: number | undefined): ObservationComponent[] =>
    value === undefined ? [] : [{ code: local(code), valueQuantity: quantity(value, 's') }];
  return {
    code: { coding: [{ ...STANDARD.exerciseActivity }] },
    valueCodeableConcept: local(report.exerciseId),
    component: [
      {
        code: local('repetitionsDone'),
        ...(report.notAnswered === true
          ? { dataAbsentReason: absent('unknown') }
          : { valueQuantity: quantity(report.repetitionsDone, '{count}') }),
      },
      { code: local('repetitionsPlanned'), valueQuantity: quantity(report.repetitionsPlanned, '{count}') },
      ...seconds('secondsDone', report.secondsDone),
      ...seconds('secondsPlanned', report.secondsPlanned),
      score('painDuring', report.painDuring),
      score('quality', report.quality),
      score('effort', report.effort),
      { code: local('selfReported'), valueBoolean: report.selfReported },
    ],
  };
}

/** Metrics of the trunk as a whole; the others are of the upper back against the low back. */
const OF_TRUNK = /^(trunk|ubIncl|seated)\./;

function rangeOfMovement(
  { metric, side, valueDeg, intervalDeg, layout }: RangeReport,
  kit: 'fit' | 'quarantine' | null,
): Pick<Observation, 'code'> & Partial<Observation> {
  const [low, high] = intervalDeg;
  const detectable = DETECTABLE_DEG[metric];
  const site = OF_TRUNK.test(metric)
    ? { coding: [{ ...STANDARD.backOfTrunk }], text: 'Back of trunk' }
    : { coding: [{ ...STANDARD.thoracicSpine }], text: 'Thoracic spine' };
  const worn = readLayout(layout);
  const components: readonly ObservationComponent[] = [
    {
      code: local('interval95'),
      valueRange: {
        low: quantity(Math.min(low, high), 'deg'),
        high: quantity(Math.max(low, high), 'deg'),
      },
    },
    {
      code: local('detectableChange'),
      ...(detectable === undefined
        ? { dataAbsentReason: absent('unknown') }
        : { valueQuantity: quantity(detectable, 'deg') }),
    },
    {
      code: local('configuration'),
      valueString: plainText(worn.places.join(' + ')) ?? 'unknown',
    },
    {
      code: local('calibration'),
      ...(kit === null ? { dataAbsentReason: absent('unknown') } : { valueCodeableConcept: local(kit) }),
    },
    ...(side === null ? [] : [{ code: local('side'), valueCodeableConcept: local(side) }]),
    ...(worn.simulated ? [{ code: local('simulated'), valueBoolean: true }] : []),
  ];
  return {
    code: local(metric),
    valueQuantity: quantity(valueDeg, 'deg'),
    method: local('wearableEstimate'),
    ...(metric === 'arm.elevation' ? {} : { bodySite: site }),
    component: [...components],
  };
}
