import fc from 'fast-check';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { ClinicPlan } from '../../src/core/care/clinic/clinic-plan.ts';
import { MEASURES } from '../../src/core/care/outcomes/measure-definition.ts';
import { EXERCISE_LIBRARY } from '../../src/core/exercise/exercise-library.ts';
import {
  type ClinicMessage,
  type HandOverContent,
  planDigest,
} from '../../src/core/recording/clinic-record.ts';
import type { KeptJournalEntry } from '../../src/core/recording/journal-schema.ts';
import type { KitPassport } from '../../src/core/recording/kit-passport.ts';
import { sealPassport } from '../../src/core/recording/passport-file.ts';
import { sha256 } from '../../src/adapters/hand-over/web-crypto.ts';
import { clinicPlan } from './clinic-plans.ts';
import { passportContent } from './passports.ts';
import { simulateCourse } from './simulated-course.ts';

export const PATIENT_ID = 'patient-1';
const FIRST_MS = Date.UTC(2026, 0, 5, 8);
const DAY_MS = 86_400_000;

const id = fc.stringMatching(/^[0-9a-f]{8}$/);
const utc = fc
  .integer({ min: 0, max: 90 * 1440 })
  .map((minute) => new Date(FIRST_MS + minute * 60_000).toISOString());
const points = fc.option(fc.integer({ min: 0, max: 10 }));
/** As people write, and as nobody should: blanks, signs that a search takes for its own, control signs, halves of characters. */
const words = fc.oneof(
  fc.constantFrom(
    'Olá, doía ontem',
    'a|b,c$d\\e',
    '  ',
    '\u0000\u0007',
    '<b>"x"</b>',
    '🙂',
    '\uD83D',
    '=1+1',
  ),
  fc.string({ maxLength: 60 }),
);
const codes = fc.array(fc.constantFrom('yes', 'no', 'notWorse', 'worse', 'stiff30'), { maxLength: 3 });
const flagId = fc.constantFrom('R-01', 'R-04', 'R-10', 'R-16', 'R-20', 'R-99') as fc.Arbitrary<`R-${string}`>;
const exerciseId = fc.constantFrom(...EXERCISE_LIBRARY.map((one) => one.id));
const side = fc.constantFrom('left' as const, 'right' as const, null);
const count = fc.integer({ min: 0, max: 300 });

const session = fc.record(
  {
    kind: fc.constant('sessionDone' as const),
    sessionId: fc.option(id),
    session: fc.constantFrom('plan' as const, 'flare' as const, 'tests' as const, 'short' as const),
    painBefore: points,
    painAfter: points,
    ease: fc.option(fc.integer({ min: 1, max: 5 })),
    exercises: fc.array(
      fc.record({
        exerciseId,
        variation: fc.option(fc.constantFrom('band', 'chair')),
        painDuring: points,
        repetitionsDone: count,
        repetitionsPlanned: count,
        quality: fc.option(fc.integer({ min: 0, max: 100 })),
        effort: points,
        selfReported: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    ranges: fc.array(
      fc.record({
        metric: fc.constantFrom(
          'locked.rotation',
          'arm.elevation',
          'trunk.flexion',
          'ubIncl.extension',
          'from elsewhere',
        ),
        side,
        valueDeg: fc.integer({ min: -3600, max: 3600 }).map((tenth) => tenth / 10),
        intervalDeg: fc.tuple(fc.integer({ min: -40, max: 0 }), fc.integer({ min: 0, max: 90 })),
        layout: fc.constantFrom('lowerBack + upperBack', 'virtual: pelvis + upperBack', ''),
      }),
      { maxLength: 4 },
    ),
    durationS: count,
    donningS: fc.option(count),
    uprightHoldS: count,
    simulated: fc.constant(true as const),
  },
  {
    requiredKeys: [
      'kind',
      'sessionId',
      'session',
      'painBefore',
      'painAfter',
      'ease',
      'exercises',
      'ranges',
      'durationS',
      'donningS',
    ],
  },
);

const measure = fc.constantFrom(...MEASURES).chain(({ id: measureId, scale }) => {
  const most = scale.kind === 'points' ? 10 : scale.kind === 'count' ? scale.most : scale.count - 1;
  return fc.record({
    kind: fc.constant('measureAnswered' as const),
    measureId: fc.constant(measureId),
    value: fc.option(fc.integer({ min: 0, max: most })),
    language: fc.constantFrom('en', 'pt'),
    wordsVersion: fc.constant('1'),
  });
});

const plannedExercise = fc.record({
  exerciseId,
  variation: fc.constant(null),
  sets: count,
  repetitions: fc.option(count),
  holdS: count,
  restS: count,
  minutes: fc.option(count),
  targetShare: fc.constantFrom(0.5, 0.8, 1),
  capDeg: fc.constant(null),
  extraSide: side,
  halfRange: fc.boolean(),
  loadStep: fc.integer({ min: 0, max: 3 }),
  mode: fc.constantFrom('sensor' as const, 'timer' as const, 'self' as const),
  reason: fc.constant('P1'),
});

const plan = fc
  .record({
    planId: fc.constantFrom('plan-1', 'plan-2'),
    author: words.filter((text) => text !== ''),
    madeAtUtc: utc,
    reviewDay: fc.integer({ min: 0, max: 100_000 }),
    sessionsPerWeek: fc.constantFrom(0, 2.5, 4),
    note: words,
  })
  .map((change) => clinicPlan({ ...change, patientId: PATIENT_ID }));

const events: fc.Arbitrary<CareEvent> = fc.oneof(
  { weight: 4, arbitrary: measure },
  { weight: 3, arbitrary: session },
  fc.record({
    kind: fc.constant('safetyAnswered' as const),
    form: fc.constantFrom('full' as const, 'short' as const, 'clearing' as const, 'single' as const),
    answers: fc.dictionary(flagId, codes) as fc.Arbitrary<Record<`R-${string}`, string[]>>,
  }),
  fc.record({ kind: fc.constant('mistakeSaid' as const), flagId, answers: codes }),
  fc.record({
    kind: fc.constant('seenSaid' as const),
    seenDay: count,
    byWhom: fc.constantFrom('doctor' as const, 'nurse' as const),
    said: words,
  }),
  fc.record({ kind: fc.constant('clinicianCleared' as const), by: words }),
  fc.constantFrom<CareEvent>({ kind: 'sessionBegun' }, { kind: 'entryUnreadable' }, { kind: 'cameIn' }),
  fc.record({ kind: fc.constant('clinicianLinked' as const), isLinked: fc.boolean() }),
  fc.record({
    kind: fc.constant('intakeAnswered' as const),
    answers: fc.record(
      {
        ageYears: fc.integer({ min: 18, max: 99 }),
        painNow: fc.integer({ min: 0, max: 10 }),
        goals: fc.subarray(['desk' as const, 'sleep' as const]),
        hardThings: fc.array(words, { maxLength: 3 }),
        positions: fc.subarray(['standing' as const, 'prone' as const]),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('intakeDeclined' as const),
    field: fc.constantFrom('painNow' as const, 'work' as const),
  }),
  fc.constant<CareEvent>({ kind: 'consentGiven', textVersion: '1' }),
  fc.record({
    kind: fc.constant('coverageSaid' as const),
    state: fc.constantFrom('named' as const, 'notFound' as const, 'self' as const),
    payerId: fc.constant(null),
    payerName: words,
  }),
  fc.record({
    kind: fc.constant('planSet' as const),
    plan: fc.record({
      phase: fc.constantFrom(0 as const, 1 as const, 4 as const),
      irritability: fc.constantFrom('high' as const, 'low' as const),
      fitness: fc.constantFrom('F1' as const, 'F3' as const),
      exercises: fc.array(plannedExercise, { maxLength: 3 }),
      sessionsPerWeek: count,
      minutesPerSession: count,
      state: fc.constantFrom('running' as const, 'flare' as const, 'discharged' as const),
    }),
    firings: fc.array(
      fc.record({
        ruleId: fc.constantFrom('G4', 'A3'),
        exerciseId: fc.option(exerciseId),
        inputs: fc.dictionary(fc.constantFrom('pain', 'why'), fc.oneof(fc.integer(), words)),
        before: words,
        after: words,
      }),
      { maxLength: 2 },
    ),
    rulesVersion: fc.constant('1'),
    by: fc.constantFrom('auto' as const, 'clinician' as const),
  }),
  fc.record({
    kind: fc.constant('flareSaid' as const),
    triggers: fc.subarray(['sleep' as const, 'load' as const, 'unknown' as const]),
  }),
  fc.record({
    kind: fc.constant('reminderSet' as const),
    isOn: fc.boolean(),
    atMinute: fc.integer({ min: 0, max: 1439 }),
    weekdays: fc.subarray([0, 1, 6]),
  }),
  fc.record({
    kind: fc.constant('clinicPlanTaken' as const),
    plan,
    digest: fc.constant('a'.repeat(64)),
    clinicName: words,
  }),
  fc.record({
    kind: fc.constant('clinicMessage' as const),
    messageId: id,
    from: fc.constantFrom('clinic' as const, 'patient' as const),
    text: words.filter((text) => text !== ''),
    writtenAtUtc: utc,
  }),
  fc.record({
    kind: fc.constant('moduleRead' as const),
    moduleId: fc.constantFrom('M01' as const, 'M05' as const),
    answeredRight: fc.option(fc.boolean()),
  }),
);

/** Entries of a device: mostly by a good clock, now and then by one that was lost. */
const journal: fc.Arbitrary<KeptJournalEntry[]> = fc
  .array(
    fc.record({
      event: events,
      day: fc.integer({ min: 0, max: 90 }),
      entryId: fc.oneof(id, fc.constantFrom('odd id|with, signs', 'ü')),
      clockMs: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.constantFrom(0, -1e15, 8e18)),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ event, day, entryId, clockMs }, order) => ({
      order,
      entryId: `${entryId}-${order}`,
      atUtcMs: clockMs ?? FIRST_MS + day * DAY_MS,
      day: 20_458 + day,
      event,
    })),
  );

const messages = (from: ClinicMessage['from']): fc.Arbitrary<ClinicMessage[]> =>
  fc.uniqueArray(
    fc.record({
      messageId: id,
      from: fc.constant(from),
      text: words.filter((text) => text !== ''),
      writtenAtUtc: fc.oneof({ weight: 9, arbitrary: utc }, fc.constant('2026-19-39T29:51:61Z')),
    }),
    { maxLength: 4, selector: ({ messageId }) => messageId },
  );

const NOTHING = { patientId: PATIENT_ID, plans: [], passports: [], messages: [], journal: [] } as const;

/** What a patient's device holds of its own. */
export const patientContents: fc.Arbitrary<HandOverContent> = fc
  .record({ journal, messages: messages('patient') })
  .map((own) => ({ ...NOTHING, ...own }));

/** What a clinic's device holds of its own, before versions name the ones before. */
const looseClinicContents = fc.record({
  plans: fc.array(plan, { maxLength: 4 }),
  messages: messages('clinic'),
  kits: fc.integer({ min: 0, max: 2 }),
});

/** Versions of one plan, each naming the one before it. */
export async function chained(plans: readonly ClinicPlan[]): Promise<ClinicPlan[]> {
  const made: ClinicPlan[] = [];
  for (const one of plans) {
    const before = made.findLast(({ planId }) => planId === one.planId);
    made.push({
      ...one,
      version: (before?.version ?? 0) + 1,
      previousDigest: before === undefined ? null : await planDigest(before, sha256),
    });
  }
  return made;
}

export const clinicContents = looseClinicContents.map(
  ({ plans, messages: written, kits }) =>
    async (): Promise<HandOverContent> => ({
      ...NOTHING,
      plans: await chained(plans),
      messages: written,
      passports: await Promise.all(Array.from({ length: kits }, (_, i) => passport(`passport-${i}`))),
    }),
);

export async function passport(passportId: string): Promise<KitPassport> {
  return sealPassport({ ...passportContent(), passportId }, sha256);
}

/** Twelve weeks of a person who is made up, as a device keeps them. */
export function courseJournal(seed: number): KeptJournalEntry[] {
  const truth = { changes: 'pain', rangeCount: 4 } as const;
  return simulateCourse(seed, truth).map((entry) => ({
    ...entry,
    atUtcMs: FIRST_MS + entry.day * DAY_MS,
    day: 20_458 + entry.day,
    entryId: `course-${entry.order}`,
  }));
}
