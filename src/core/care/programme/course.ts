import type { CareMoment, JournalEntry } from '../care-journal.ts';
import type { ClinicPlan } from '../clinic/clinic-plan.ts';
import type { Intake } from '../intake/intake-event.ts';
import type { MeasureId } from '../outcomes/outcome-event.ts';
import { type LockedSpan, lockedSpans } from '../safety/locked-days.ts';
import type { LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { cleanIntake } from './clean-intake.ts';
import { datedEntries } from '../journal-days.ts';
import { isDoneAtAll, isOncePerDay } from './done-share.ts';
import { type Morning, MORNINGS } from './pain-layer.ts';
import { type PlanProblem, planProblem } from './plan-check.ts';
import type { ExerciseReport, RangeReport, SessionKind } from './programme-event.ts';
import type { ProgrammePlan, RuleFiring } from './programme-plan.ts';
import type { ProgrammeRuleId } from './programme-rule.ts';

/** A session that was done, with what was said the mornings after. */
export interface DoneSession {
  readonly order: number;
  readonly day: number;
  readonly utcMs: number;
  readonly kind: SessionKind;
  /** Another session of the plan was told for its day before: it counts for none, and pain in it counts. */
  readonly isSecond: boolean;
  readonly painBefore: number | null;
  readonly painAfter: number | null;
  readonly exercises: readonly ExerciseReport[];
  readonly ranges: readonly RangeReport[];
  readonly uprightHoldS: number | null;
  readonly morning: Morning | null;
  /** No morning's answer can change it any more. */
  readonly isSettled: boolean;
}

export interface Answer {
  readonly day: number;
  readonly order: number;
  readonly value: number;
}

/** A plan on record that could have been made. */
export interface PlanOnRecord {
  readonly order: number;
  readonly day: number;
  readonly plan: ProgrammePlan;
  readonly firings: readonly RuleFiring[];
  readonly by: 'auto' | 'clinician';
}

/** One exercise's history in the plans. */
export interface ExerciseHistory {
  /** Order of the plan that changed it last, or that brought it. */
  readonly lastChangeOrder: number;
  readonly stepDownDays: readonly number[];
  readonly stopDays: readonly number[];
}

/** What a journal says at one moment, ready to be asked. */
export interface Course {
  readonly today: number;
  readonly nowUtcMs: number;
  readonly hasComeIn: boolean;
  /** Days that the clock was set back by and that no plan on record knows of yet. */
  readonly setBackDays: number;
  /** When nothing could be started. */
  readonly locked: readonly LockedSpan[];
  readonly intake: Partial<Intake>;
  /** Of the last answer in the intake that is about pain. */
  readonly intakeDay: number;
  readonly answers: ReadonlyMap<MeasureId, readonly Answer[]>;
  readonly sessions: readonly DoneSession[];
  readonly flareSaid: readonly { readonly order: number; readonly day: number }[];
  readonly modulesRead: ReadonlySet<string>;
  readonly plans: readonly PlanOnRecord[];
  /** Plans after the last possible one that could not have been made. */
  readonly refused: readonly { readonly order: number; readonly problem: PlanProblem }[];
  readonly current: PlanOnRecord | null;
  /** The clinic's plan that the person took last; null: nobody at a clinic made one. */
  readonly clinic: { readonly order: number; readonly plan: ClinicPlan } | null;
  /** The person stopped following it; null: they did not, or took another since. */
  readonly leftClinic: { readonly order: number; readonly version: number } | null;
  /** Day of the first plan, or of the one that took the person back in. */
  readonly startDay: number;
  /** Day and order from which on the present phase holds. */
  readonly phaseDay: number;
  readonly phaseOrder: number;
  /** From which on the present state holds. */
  readonly stateDay: number;
  readonly stateOrder: number;
  /** `order:exercise` of what the pain layer has judged. */
  readonly judged: ReadonlySet<string>;
  readonly exercises: ReadonlyMap<LibraryExerciseId, ExerciseHistory>;
}

const MORNING_AFTER_DAYS = 2;
/** Older sessions say nothing about today. */
export const JUDGED_WITHIN_DAYS = 10;

export function courseOf(journal: readonly JournalEntry[], moment: CareMoment): Course {
  const dated = datedEntries(journal, moment);
  const given: Partial<Intake>[] = [];
  let intakeDay = moment.day;
  let hasComeIn = false;
  let clinic: Course['clinic'] = null;
  let leftClinic: Course['leftClinic'] = null;
  const answers = new Map<MeasureId, Answer[]>();
  const flareSaid: { order: number; day: number }[] = [];
  const modulesRead = new Set<string>();
  const plans: PlanOnRecord[] = [];
  let refused: { order: number; problem: PlanProblem }[] = [];
  const sessions: { -readonly [K in keyof DoneSession]: DoneSession[K] }[] = [];
  for (let i = 0; i < dated.entries.length; i++) {
    const entry = dated.entries[i];
    const { event, order } = entry;
    const day = dated.days?.[i] ?? entry.day;
    const utcMs = dated.utcMs?.[i] ?? entry.atUtcMs;
    switch (event.kind) {
      case 'intakeAnswered':
        given.push(event.answers);
        intakeDay = day;
        break;
      case 'clinicPlanTaken':
        clinic = { order, plan: event.plan };
        leftClinic = null;
        break;
      case 'clinicPlanLeft':
        clinic = null;
        leftClinic = { order, version: event.version };
        break;
      case 'cameIn':
        hasComeIn = true;
        break;
      case 'measureAnswered':
        if (event.value !== null && Number.isFinite(event.value)) {
          const list = answers.get(event.measureId) ?? [];
          if (list.length === 0) answers.set(event.measureId, list);
          list.push({ day, order, value: event.value });
        }
        break;
      case 'flareSaid':
        flareSaid.push({ order, day });
        break;
      case 'moduleRead':
        modulesRead.add(event.moduleId);
        break;
      case 'sessionDone':
        if (!isDoneAtAll(event)) break;
        sessions.push({
          order,
          day,
          utcMs,
          kind: event.session,
          isSecond:
            isOncePerDay(event.session) && sessions.some((one) => one.day === day && isOncePerDay(one.kind)),
          painBefore: score(event.painBefore),
          painAfter: score(event.painAfter),
          exercises: event.exercises,
          ranges: event.ranges,
          uprightHoldS: event.uprightHoldS ?? null,
          morning: null,
          isSettled: false,
        });
        break;
      case 'planSet': {
        const problem = planProblem(event.plan, plans.at(-1)?.plan ?? null, event.by);
        if (problem === null) {
          plans.push({ order, day, plan: event.plan, firings: event.firings, by: event.by });
          refused = [];
        } else refused.push({ order, problem });
        break;
      }
      default:
        break;
    }
  }
  const mornings = new Map<number, Answer[]>();
  for (const answer of answers.get('pain.nextday') ?? [])
    mornings.set(answer.day, [...(mornings.get(answer.day) ?? []), answer]);
  for (const session of sessions) Object.assign(session, morningAfter(session, mornings, moment.day));
  const current = plans.at(-1) ?? null;
  const start =
    plans.findLast(({ firings }) => fired(firings, 'ENTRY') || fired(firings, 'M1')) ?? plans.at(0);
  const phase = since(plans, (plan) => plan.phase === current?.plan.phase, start?.order ?? -1);
  const state = since(plans, (plan) => plan.state === current?.plan.state, start?.order ?? -1);
  return {
    today: moment.day,
    nowUtcMs: moment.utcMs,
    hasComeIn,
    setBackDays: dated.setBackDays,
    locked: lockedSpans(dated.entries, dated.days, moment.day),
    intake: cleanIntake(given),
    intakeDay,
    answers,
    sessions,
    flareSaid,
    modulesRead,
    plans,
    refused,
    current,
    clinic,
    leftClinic,
    startDay: start?.day ?? moment.day,
    phaseDay: phase?.day ?? moment.day,
    phaseOrder: phase?.order ?? -1,
    stateDay: state?.day ?? moment.day,
    stateOrder: state?.order ?? -1,
    judged: judgedOf(plans, moment.day - JUDGED_WITHIN_DAYS),
    exercises: historyOf(plans),
  };
}

function score(value: number | null): number | null {
  return value !== null && value >= 0 && value <= 10 ? value : null;
}

/** A clinician's list holds until the next phase; that of a clinic's plan until its next one, or until it is left. */
export function isListOfClinician({ plans, phaseOrder, clinic, leftClinic }: Course): boolean {
  const since = Math.max(phaseOrder, leftClinic?.order ?? -1);
  return clinic !== null || plans.some(({ order, by }) => by === 'clinician' && order >= since);
}

/** Whether a decision since has fired the rule for what stands at this place of the journal. */
export function isCarriedOut(
  { plans }: Course,
  at: { readonly order: number },
  ruleId: ProgrammeRuleId,
): boolean {
  return plans.some(({ order, firings }) => order > at.order && fired(firings, ruleId));
}

export function fired(firings: readonly RuleFiring[], ruleId: ProgrammeRuleId): boolean {
  return firings.some((firing) => firing.ruleId === ruleId);
}

/** First plan of the unbroken run up to now that has it. */
function since(
  plans: readonly PlanOnRecord[],
  has: (plan: ProgrammePlan) => boolean,
  startOrder: number,
): PlanOnRecord | undefined {
  let first: PlanOnRecord | undefined;
  for (let i = plans.length - 1; i >= 0 && has(plans[i].plan) && plans[i].order >= startOrder; i--)
    first = plans[i];
  return first;
}

/** "A bit higher" that is still there on the second morning counts as clearly higher (clinical page, 6.4). */
function morningAfter(
  session: { readonly day: number; readonly order: number },
  mornings: ReadonlyMap<number, readonly Answer[]>,
  today: number,
): { readonly morning: Morning | null; readonly isSettled: boolean } {
  const said: Answer[] = [];
  for (let day = session.day + 1; day <= session.day + MORNING_AFTER_DAYS; day++)
    for (const answer of mornings.get(day) ?? []) if (answer.order > session.order) said.push(answer);
  const isOver = today > session.day + MORNING_AFTER_DAYS;
  // A later answer for the same morning takes the place of the earlier one.
  const first = said.findLast(({ day }) => day === said[0].day);
  if (first === undefined) return { morning: null, isSettled: isOver };
  const morning = MORNINGS.at(first.value) ?? null;
  if (morning !== 'bitHigher') return { morning, isSettled: today > first.day || morning !== null };
  const second = said.findLast(({ day }) => day > first.day);
  if (second !== undefined && second.value >= MORNINGS.indexOf('bitHigher'))
    return { morning: 'clearlyHigher', isSettled: true };
  return {
    morning,
    isSettled: second !== undefined || isOver || first.day === session.day + MORNING_AFTER_DAYS,
  };
}

const judgedKey = (order: number, exerciseId: string): string => `${order}:${exerciseId}`;

function judgedOf(plans: readonly PlanOnRecord[], fromDay: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { firings, day } of plans) {
    if (day < fromDay) continue;
    for (const { exerciseId, inputs } of firings)
      if (exerciseId !== null && typeof inputs['session'] === 'number')
        keys.add(judgedKey(inputs['session'], exerciseId));
  }
  return keys;
}

export function isJudged(course: Course, session: DoneSession, exerciseId: LibraryExerciseId): boolean {
  return course.judged.has(judgedKey(session.order, exerciseId));
}

/** Rules that take something back, or stop an exercise. */
export const STEPS_DOWN: readonly string[] = ['G3', 'G4', 'G5', 'G7', 'G11'] satisfies ProgrammeRuleId[];

function historyOf(plans: readonly PlanOnRecord[]): ReadonlyMap<LibraryExerciseId, ExerciseHistory> {
  const history = new Map<
    LibraryExerciseId,
    { lastChangeOrder: number; stepDownDays: number[]; stopDays: number[] }
  >();
  let present = new Set<LibraryExerciseId>();
  for (const { order, day, plan, firings } of plans) {
    for (const { exerciseId } of plan.exercises) {
      const known = history.get(exerciseId);
      if (known === undefined)
        history.set(exerciseId, { lastChangeOrder: order, stepDownDays: [], stopDays: [] });
      else if (!present.has(exerciseId)) known.lastChangeOrder = order;
    }
    for (const { ruleId, exerciseId, before, after } of firings) {
      const known = exerciseId === null ? undefined : history.get(exerciseId);
      if (known === undefined) continue;
      if (ruleId === 'G4') known.stopDays.push(day);
      if (before === after) continue;
      known.lastChangeOrder = order;
      if (STEPS_DOWN.includes(ruleId)) known.stepDownDays.push(day);
    }
    present = new Set(plan.exercises.map(({ exerciseId }) => exerciseId));
  }
  return history;
}

/**
 * Days since then on which exercise was open to the person. A day behind a lock is none of a phase: nothing was done on
 * it that the phase's least time is there for, and nobody missed a session.
 */
export function openDays({ today, locked }: Course, fromDay: number): number {
  const behind = locked.reduce(
    (sum, { from, until }) => sum + Math.max(0, Math.min(until, today) - Math.max(from, fromDay)),
    0,
  );
  return today - fromDay - behind;
}

/** Latest answer not older than so many days; null where there is none. */
export function latest(course: Course, measureId: MeasureId, withinDays: number): number | null {
  const last = course.answers.get(measureId)?.at(-1);
  return last !== undefined && course.today - last.day <= withinDays ? last.value : null;
}

/** Mean of the answers from `fromDay` to `toDay`, both included; null with fewer than `least`. */
export function meanAnswer(
  course: Course,
  measureId: MeasureId,
  fromDay: number,
  toDay: number,
  least = 1,
): number | null {
  const values = (course.answers.get(measureId) ?? []).filter(({ day }) => day >= fromDay && day <= toDay);
  if (values.length < least || values.length === 0) return null;
  return values.reduce((sum, { value }) => sum + value, 0) / values.length;
}

/** Day on which the rule last fired; null where it never did since the start. */
export function lastFired(course: Course, ruleId: ProgrammeRuleId): number | null {
  const plan = course.plans.findLast(({ day, firings }) => day >= course.startDay && fired(firings, ruleId));
  return plan?.day ?? null;
}

export function hasFiredWithin(course: Course, ruleId: ProgrammeRuleId, days: number): boolean {
  const day = lastFired(course, ruleId);
  return day !== null && course.today - day < days;
}

/** Average pain of the last week: said day by day, or for the week, or before sessions. */
export function averagePain(course: Course): number | null {
  const from = course.today - 6;
  const daily = meanAnswer(course, 'pain.avg24', from, course.today);
  if (daily !== null) return daily;
  const weekly = latest(course, 'pain.avg7', 7);
  if (weekly !== null) return weekly;
  const before = course.sessions.flatMap(({ day, painBefore }) =>
    day >= from && painBefore !== null ? [painBefore] : [],
  );
  return before.length === 0 ? null : before.reduce((sum, value) => sum + value, 0) / before.length;
}
