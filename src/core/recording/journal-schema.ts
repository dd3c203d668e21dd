import * as z from 'zod/mini';
import { clinicPlanSchema, identifier, LONGEST_MESSAGE, utc } from './clinic-plan-schema.ts';
import type { CareEvent, JournalEntry } from '../care/care-journal.ts';

/** What a care journal may hold when it comes out of a file: shapes and bounds; what it means is for care to judge. */

const LONGEST_TEXT = 400;
const MOST_ENTRIES = 100_000;
/** A year of days each way around the years that a device's clock can show. */
const MOST_DAYS = 100_000;

const code = z.string().check(z.minLength(1), z.maxLength(40));
const text = z.string().check(z.maxLength(LONGEST_TEXT));
const count = z.number().check(z.int(), z.gte(0), z.lte(0xffffffff));
const day = z.number().check(z.int(), z.gte(0), z.lte(MOST_DAYS));
const scale = z.number().check(z.gte(0), z.lte(10));
const small = z.number().check(z.gte(0), z.lte(100_000));
const angle = z.number().check(z.gte(-360), z.lte(360));
const codes = z.array(code).check(z.maxLength(40));
const flagId = z.templateLiteral(['R-', z.string()]);
const side = z.nullable(z.enum(['left', 'right']));

const plannedExercise = z.strictObject({
  exerciseId: code,
  variation: z.nullable(code),
  sets: small,
  repetitions: z.nullable(small),
  holdS: small,
  restS: small,
  minutes: z.nullable(small),
  targetShare: z.number().check(z.gte(0), z.lte(2)),
  capDeg: z.nullable(angle),
  extraSide: side,
  halfRange: z.boolean(),
  loadStep: small,
  mode: z.enum(['sensor', 'timer', 'self']),
  reason: code,
});

const sessionKind = z.enum(['plan', 'flare', 'tests', 'short']);

const plan = z.strictObject({
  phase: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  irritability: z.enum(['high', 'moderate', 'low']),
  fitness: z.enum(['F1', 'F2', 'F3']),
  exercises: z.array(plannedExercise).check(z.maxLength(40)),
  sessionsPerWeek: small,
  minutesPerSession: small,
  state: z.enum(['running', 'flare', 'returning', 'minimum', 'maintenance', 'discharged']),
  volumeShare: z.optional(z.number().check(z.gte(0), z.lte(1))),
});

const firing = z.strictObject({
  ruleId: code,
  exerciseId: z.nullable(code),
  inputs: z.record(code, z.union([z.number(), text])),
  before: text,
  after: text,
});

const intake = z.partial(
  z.strictObject({
    ageYears: z.number().check(z.gte(0), z.lte(130)),
    painSince: code,
    painNow: scale,
    painAverage24h: scale,
    painWorst24h: scale,
    settles: code,
    wakesAtNight: code,
    activeMinutesPerWeek: code,
    goals: codes,
    hardThings: z.array(text).check(z.maxLength(3)),
    work: code,
    equipment: codes,
    positions: codes,
    arms: code,
    sensorPlaces: codes,
    worry: scale,
    confidence: scale,
  }),
);

const exerciseReport = z.strictObject({
  exerciseId: code,
  variation: z.nullable(code),
  painDuring: z.nullable(scale),
  repetitionsDone: small,
  repetitionsPlanned: small,
  secondsDone: z.optional(small),
  secondsPlanned: z.optional(small),
  quality: z.nullable(z.number().check(z.gte(0), z.lte(100))),
  effort: z.nullable(scale),
  selfReported: z.boolean(),
  notAnswered: z.optional(z.literal(true)),
});

const rangeReport = z.strictObject({
  metric: code,
  side,
  valueDeg: angle,
  intervalDeg: z.tuple([angle, angle]),
  layout: text,
});

const event = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('safetyAnswered'),
    form: z.enum(['full', 'short', 'clearing', 'single']),
    answers: z.record(flagId, codes),
  }),
  z.strictObject({ kind: z.literal('mistakeSaid'), flagId, answers: codes }),
  z.strictObject({ kind: z.literal('seenSaid'), seenDay: day, byWhom: code, said: text }),
  z.strictObject({ kind: z.literal('clinicianCleared'), by: text }),
  z.strictObject({
    kind: z.literal('sessionBegun'),
    programme: z.optional(
      z.strictObject({ session: sessionKind, planned: z.array(plannedExercise).check(z.maxLength(40)) }),
    ),
  }),
  z.strictObject({ kind: z.literal('entryUnreadable') }),
  z.strictObject({ kind: z.literal('clinicianLinked'), isLinked: z.boolean() }),
  z.strictObject({ kind: z.literal('intakeAnswered'), answers: intake }),
  z.strictObject({ kind: z.literal('intakeDeclined'), field: code }),
  z.strictObject({ kind: z.literal('consentGiven'), textVersion: code }),
  z.strictObject({
    kind: z.literal('coverageSaid'),
    state: z.enum(['named', 'notFound', 'self']),
    payerId: z.nullable(code),
    payerName: text,
  }),
  z.strictObject({ kind: z.literal('cameIn') }),
  z.strictObject({
    kind: z.literal('planSet'),
    plan,
    firings: z.array(firing).check(z.maxLength(1000)),
    rulesVersion: code,
    by: z.enum(['auto', 'clinician']),
  }),
  z.strictObject({
    kind: z.literal('sessionDone'),
    sessionId: z.nullable(text),
    session: sessionKind,
    painBefore: z.nullable(scale),
    painAfter: z.nullable(scale),
    ease: z.nullable(small),
    exercises: z.array(exerciseReport).check(z.maxLength(40)),
    ranges: z.array(rangeReport).check(z.maxLength(40)),
    durationS: small,
    donningS: z.nullable(small),
    uprightHoldS: z.optional(small),
    simulated: z.optional(z.literal(true)),
  }),
  z.strictObject({ kind: z.literal('flareSaid'), triggers: codes }),
  z.strictObject({
    kind: z.literal('measureAnswered'),
    measureId: code,
    value: z.nullable(z.number().check(z.gte(-1000), z.lte(100_000))),
    language: code,
    wordsVersion: code,
  }),
  z.strictObject({
    kind: z.literal('reminderSet'),
    isOn: z.boolean(),
    atMinute: z.number().check(z.int(), z.gte(0), z.lt(24 * 60)),
    weekdays: z.array(z.number().check(z.int(), z.gte(0), z.lte(6))).check(z.maxLength(7)),
  }),
  z.strictObject({
    kind: z.literal('clinicPlanTaken'),
    plan: clinicPlanSchema,
    digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    clinicName: text,
  }),
  z.strictObject({
    kind: z.literal('clinicPlanLeft'),
    planId: identifier,
    version: z.number().check(z.int(), z.gte(1)),
  }),
  z.strictObject({
    kind: z.literal('clinicMessage'),
    messageId: code,
    from: z.enum(['clinic', 'patient']),
    text: z.string().check(z.minLength(1), z.maxLength(LONGEST_MESSAGE)),
    writtenAtUtc: utc,
  }),
  z.strictObject({ kind: z.literal('moduleRead'), moduleId: code, answeredRight: z.nullable(z.boolean()) }),
]);

/** An entry as a backup holds it, with the id by which it is known again. */
export interface KeptJournalEntry extends JournalEntry {
  readonly entryId: string;
}

/** Whether it is an event that Thora would write. */
export function isCareEvent(value: unknown): value is CareEvent {
  return event.safeParse(value).success;
}

export const journalSchema = z
  .array(
    z.strictObject({
      order: count,
      entryId: z.string().check(z.minLength(1), z.maxLength(LONGEST_TEXT)),
      atUtcMs: z.number(),
      day,
      event,
    }),
  )
  .check(z.maxLength(MOST_ENTRIES));
