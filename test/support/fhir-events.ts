import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { KeptJournalEntry } from '../../src/core/recording/journal-schema.ts';
import { answer } from './care-journal.ts';
import { clinicPlan } from './clinic-plans.ts';

const FIRST_MS = Date.UTC(2026, 0, 5, 8);
const FIRST_DAY = 20_458;
const DAY_MS = 86_400_000;

/** A test with the virtual kit and a session of which one exercise was left out. */
const SESSION: CareEvent = {
  kind: 'sessionDone',
  sessionId: 's1',
  session: 'plan',
  painBefore: 5,
  painAfter: 4,
  ease: 3,
  exercises: [
    {
      exerciseId: 'E01',
      variation: null,
      painDuring: 3,
      repetitionsDone: 10,
      repetitionsPlanned: 20,
      quality: 80,
      effort: null,
      selfReported: false,
    },
    {
      exerciseId: 'E12',
      variation: null,
      painDuring: null,
      repetitionsDone: 0,
      repetitionsPlanned: 10,
      secondsDone: 0,
      secondsPlanned: 80,
      quality: null,
      effort: null,
      selfReported: true,
    },
    {
      exerciseId: 'E16',
      variation: null,
      painDuring: null,
      repetitionsDone: 8,
      repetitionsPlanned: 8,
      quality: null,
      effort: null,
      selfReported: true,
      notAnswered: true,
    },
  ],
  ranges: [
    {
      metric: 'locked.rotation',
      side: 'left',
      valueDeg: 31.5,
      intervalDeg: [28, 35],
      layout: 'lowerBack + upperBack',
    },
    {
      metric: 'arm.elevation',
      side: 'right',
      valueDeg: 150,
      intervalDeg: [146, 154],
      layout: 'upperArmRight + upperBack',
    },
  ],
  durationS: 900,
  donningS: 60,
  uprightHoldS: 75,
};

/** One event of every kind that a journal holds, in an order that makes sense; the safety answer locks until it is corrected. */
export const EVERY_EVENT: readonly CareEvent[] = [
  { kind: 'cameIn' },
  { kind: 'consentGiven', textVersion: '1' },
  { kind: 'coverageSaid', state: 'named', payerId: null, payerName: 'Health fund' },
  {
    kind: 'intakeAnswered',
    answers: {
      painNow: 6,
      painSince: 'months',
      goals: ['desk', 'sleep'],
      hardThings: ['Hang up the washing'],
    },
  },
  { kind: 'intakeDeclined', field: 'work' },
  { kind: 'intakeAnswered', answers: { goals: ['sleep'] } },
  { kind: 'clinicianLinked', isLinked: true },
  { kind: 'safetyAnswered', form: 'short', answers: { 'R-01': ['yes'], 'R-08': ['no'] } },
  { kind: 'mistakeSaid', flagId: 'R-01', answers: ['no'] },
  { kind: 'safetyAnswered', form: 'short', answers: { 'R-08': ['yes'] } },
  { kind: 'seenSaid', seenDay: FIRST_DAY, byWhom: 'doctor', said: 'I was seen' },
  { kind: 'clinicianCleared', by: 'A. Tester' },
  {
    kind: 'planSet',
    plan: {
      phase: 1,
      irritability: 'low',
      fitness: 'F2',
      exercises: [],
      sessionsPerWeek: 4,
      minutesPerSession: 15,
      state: 'running',
    },
    firings: [],
    rulesVersion: '1',
    by: 'auto',
  },
  { kind: 'clinicPlanTaken', plan: clinicPlan(), digest: 'a'.repeat(64), clinicName: 'The clinic' },
  { kind: 'sessionBegun' },
  SESSION,
  { ...SESSION, sessionId: null, simulated: true, exercises: [], ranges: [] },
  { kind: 'flareSaid', triggers: ['sleep'] },
  answer('pain.now', 4),
  answer('pain.avg24', null),
  answer('pgic', 5),
  answer('stiff.minutes', 20),
  { kind: 'reminderSet', isOn: true, atMinute: 480, weekdays: [1, 3] },
  {
    kind: 'clinicMessage',
    messageId: 'm9',
    from: 'clinic',
    text: 'Hello',
    writtenAtUtc: '2026-01-06T10:00:00.000Z',
  },
  { kind: 'moduleRead', moduleId: 'M01', answeredRight: true },
  { kind: 'entryUnreadable' },
];

/** An entry of every kind, one a day. */
export function everyEntry(): KeptJournalEntry[] {
  return EVERY_EVENT.map((event, order) => ({
    order,
    entryId: `every-${order}`,
    atUtcMs: FIRST_MS + order * DAY_MS,
    day: FIRST_DAY + order,
    event,
  }));
}
