import { entriesOf, type CareMoment, type JournalEntry } from '../care/care-journal.ts';
import type { ClinicPlan } from '../care/clinic/clinic-plan.ts';
import { intakeOf } from '../care/intake/intake.ts';
import type { Intake } from '../care/intake/intake-event.ts';
import { trustedDays } from '../care/journal-days.ts';
import { careCalendar } from '../care/outcomes/care-calendar.ts';
import { answered, measureAnswers } from '../care/outcomes/measure-answers.ts';
import { globalChange } from '../care/outcomes/outcome-score.ts';
import { progressTiles } from '../care/outcomes/progress-tiles.ts';
import { courseOf, openDays, type Course } from '../care/programme/course.ts';
import { isCutShort, isDoneAtAll } from '../care/programme/done-share.ts';
import type { PlannedExercise, ProgrammePlan, RuleFiring } from '../care/programme/programme-plan.ts';
import { ageOf } from '../care/safety/judge-safety.ts';
import type { FlagId, SafetyAnswers } from '../care/safety/safety-event.ts';
import { FULL_FORM, type LockAction } from '../care/safety/safety-questions.ts';
import { safetyStatus } from '../care/safety/safety-status.ts';
import { isTold } from '../care/safety/told-answers.ts';
import { outcomeRows, type OutcomeRow } from './referrer-outcomes.ts';
import { rangeTables, type RangeTable } from './referrer-ranges.ts';

/** What fits on one A4 page; what does not is counted, never dropped in silence. */
export const REPORT_ROOM = {
  hardThings: 3,
  hardThingCharacters: 70,
  nameCharacters: 60,
  toldAnswers: 3,
  rangeLines: 10,
  exercises: 6,
  changes: 3,
} as const;

/** What was found when the kit was last checked. */
export interface CheckedKit {
  readonly kitName: string;
  readonly checkedBy: string;
  readonly madeAtUtc: string;
  readonly verdict: 'fit' | 'quarantine';
  readonly simulated: boolean;
  /** By the clock of the device that asks. */
  readonly isExpired: boolean;
}

/** The part of a list that there is room for, and how many there are besides. */
export interface Shortened<T> {
  readonly shown: readonly T[];
  readonly leftOut: number;
}

/** Where a figure comes from; footnotes explain each once. */
export type NoteId =
  | 'sessions'
  | 'painWeek'
  | 'painReview'
  | 'worstPain'
  | 'function'
  | 'interference'
  | 'answers'
  | 'pgic'
  | 'needed'
  | 'worth'
  | 'range'
  | 'sides'
  | 'counts'
  | 'rules';

export interface PlanChange {
  readonly day: number;
  readonly firing: RuleFiring;
}

export interface ReferrerReport {
  readonly name: string;
  readonly ageYears: number | null;
  /** Days since 1970-01-01; `fromDay` is that of the first plan, or of the first entry before there is one. */
  readonly fromDay: number;
  readonly untilDay: number;
  readonly complaint: {
    readonly painSince: Intake['painSince'] | null;
    readonly work: Intake['work'] | null;
    /** In the person's own words. */
    readonly hardThings: Shortened<string>;
  };
  readonly safety: {
    /** Of the latest answers; null: nobody has asked yet. */
    readonly day: number | null;
    readonly answers: SafetyAnswers;
    readonly lock: LockAction | null;
    /** What was answered, and not that all is well: what locks comes first. */
    readonly told: Shortened<FlagId>;
    readonly clearCount: number;
  };
  readonly kit: CheckedKit | null;
  readonly sessions: {
    /** Of the plan, tests left out. */
    readonly done: number;
    /** Null before a week of the plan has passed. */
    readonly planned: number | null;
    /** By the virtual kit. */
    readonly simulated: number;
    /** Without any sensor: the person's own word. */
    readonly selfReported: number;
    /** An exercise was done in part alone. */
    readonly cutShort: number;
  };
  readonly outcomes: readonly OutcomeRow[];
  /** 1 very much worse to 7 very much better; null: not asked yet. */
  readonly globalChange: number | null;
  readonly ranges: readonly RangeTable[];
  readonly rangesLeftOut: number;
  readonly events: {
    /** Times that something new or worrying was said. */
    readonly adverse: number;
    readonly flares: number;
    /** Exercises that went down at once because they hurt too much. */
    readonly painStops: number;
  };
  readonly plan: {
    readonly current: ProgrammePlan;
    readonly exercises: Shortened<PlannedExercise>;
    /** Who signed it at a clinic; null: rules alone made it. */
    readonly signed: Pick<ClinicPlan, 'author' | 'version' | 'reviewDay'> | null;
  } | null;
  /** Newest first. */
  readonly changes: Shortened<PlanChange>;
  readonly hasSimulated: boolean;
  /** In the order in which their figures stand; the first has number 1. */
  readonly notes: readonly NoteId[];
}

/**
 * One page for who referred a person, worked out from what is on record alone: the same journal and moment always give the
 * same page. Verdicts are those that the person sees.
 *
 * @param kit last checked; null: none was
 */
export function referrerReport(
  journal: readonly JournalEntry[],
  moment: CareMoment,
  who: { readonly name: string; readonly kit: CheckedKit | null },
): ReferrerReport {
  const course = courseOf(journal, moment);
  const answers = measureAnswers(journal, moment);
  const tiles = progressTiles(journal, moment);
  const { tables, leftOut } = rangeTables(
    tiles.flatMap(({ series }) => series),
    REPORT_ROOM.rangeLines,
  );
  const intake = intakeOf(journal);
  const days = trustedDays(journal, moment);
  const report = {
    name: clipped(who.name, REPORT_ROOM.nameCharacters),
    fromDay: careCalendar(journal, moment).startDay ?? days[0] ?? moment.day,
    untilDay: moment.day,
    complaint: {
      painSince: intake.painSince ?? null,
      work: intake.work ?? null,
      hardThings: shortened(
        (intake.hardThings ?? []).map((thing) => clipped(thing, REPORT_ROOM.hardThingCharacters)),
        REPORT_ROOM.hardThings,
      ),
    },
    ...safetyOf(journal, moment, days),
    kit: who.kit,
    sessions: sessionsOf(journal, course),
    outcomes: outcomeRows(tiles, answers, moment.day),
    globalChange: globalChange(answers),
    ranges: tables,
    rangesLeftOut: leftOut,
    events: {
      adverse: answered(answers, 'adverse').filter(({ value }) => value > 0).length,
      flares: flaresOf(course),
      painStops: course.plans.reduce(
        (sum, { firings }) => sum + firings.filter(({ ruleId }) => ruleId === 'G4').length,
        0,
      ),
    },
    plan: planOf(course),
    changes: shortened(changesOf(course), REPORT_ROOM.changes),
  };
  const hasSimulated =
    report.sessions.simulated > 0 ||
    report.kit?.simulated === true ||
    tables.some(({ worn }) => worn.simulated);
  return { ...report, hasSimulated, notes: notesOf(report) };
}

function safetyOf(
  journal: readonly JournalEntry[],
  moment: CareMoment,
  days: readonly number[],
): Pick<ReferrerReport, 'safety' | 'ageYears'> {
  const { answers, lock } = safetyStatus(journal, moment);
  const last = journal.findLastIndex(({ event }) => event.kind === 'safetyAnswered');
  const locking = lock?.answers.map(({ flagId }) => flagId) ?? [];
  // The age stands beside the name.
  const others = FULL_FORM.filter((id) => id !== 'R-19' && !locking.includes(id) && isTold(id, answers));
  const answeredCount = FULL_FORM.filter((id) => id !== 'R-19' && answers[id] !== undefined).length;
  const told = [...locking, ...others];
  return {
    ageYears: answers['R-19'] === undefined ? null : ageOf(answers['R-19']),
    safety: {
      day: last < 0 ? null : (days[last] ?? moment.day),
      answers,
      lock: lock?.action ?? null,
      told: shortened(told, REPORT_ROOM.toldAnswers),
      clearCount: Math.max(0, answeredCount - told.length),
    },
  };
}

const WEEK_DAYS = 7;

function sessionsOf(journal: readonly JournalEntry[], course: Course): ReferrerReport['sessions'] {
  const seconds = new Set(course.sessions.filter(({ isSecond }) => isSecond).map(({ order }) => order));
  const done = entriesOf(journal, 'sessionDone').filter(
    ({ event, order }) => event.session !== 'tests' && isDoneAtAll(event) && !seconds.has(order),
  );
  return {
    done: done.length,
    planned: plannedSessions(course),
    simulated: done.filter(({ event }) => event.simulated === true).length,
    selfReported: done.filter(({ event: { exercises } }) =>
      exercises.every(({ selfReported }) => selfReported),
    ).length,
    cutShort: done.filter(({ event }) => isCutShort(event)).length,
  };
}

/** By what each plan asked for while it held, on days that were open to the person. */
function plannedSessions(course: Course): number | null {
  const first = course.plans[0];
  if (first === undefined || openDays(course, first.day) < WEEK_DAYS) return null;
  const planned = course.plans.reduce((sum, { day, plan }, i) => {
    const next = course.plans[i + 1];
    const held = openDays(course, day) - (next === undefined ? 0 : openDays(course, next.day));
    return sum + (plan.sessionsPerWeek * Math.max(0, held)) / WEEK_DAYS;
  }, 0);
  return Math.round(planned);
}

/** Stretches of easy plans, however they began. */
function flaresOf({ plans }: Course): number {
  return plans.filter(({ plan }, i) => plan.state === 'flare' && plans[i - 1]?.plan.state !== 'flare').length;
}

function planOf({ current, clinic }: Course): ReferrerReport['plan'] {
  if (current === null) return null;
  const { plan } = current;
  return {
    current: plan,
    exercises: shortened(plan.exercises, REPORT_ROOM.exercises),
    signed:
      clinic === null
        ? null
        : {
            author: clipped(clinic.plan.author, REPORT_ROOM.nameCharacters),
            version: clinic.plan.version,
            reviewDay: clinic.plan.reviewDay,
          },
  };
}

/** A rule that left everything as it was changed nothing. */
function changesOf({ plans }: Course): readonly PlanChange[] {
  return plans
    .flatMap(({ day, firings }) =>
      firings.filter(({ before, after }) => before !== after).map((firing) => ({ day, firing })),
    )
    .toReversed();
}

function notesOf(report: Omit<ReferrerReport, 'hasSimulated' | 'notes'>): readonly NoteId[] {
  const { outcomes, ranges, changes } = report;
  const ids: NoteId[] = ['sessions', ...outcomes.map(({ name }) => name.kind)];
  if (outcomes.some(({ needed }) => needed !== null)) ids.push('needed');
  if (outcomes.some(({ worth }) => worth !== 'notKnown')) ids.push('worth');
  if (report.globalChange !== null) ids.push('pgic');
  if (ranges.length > 0) ids.push('range');
  if (ranges.some(({ sides }) => sides.length > 0)) ids.push('sides');
  ids.push('counts');
  if (report.plan !== null || changes.shown.length > 0) ids.push('rules');
  return [...new Set(ids)];
}

function shortened<T>(all: readonly T[], most: number): Shortened<T> {
  return { shown: all.slice(0, most), leftOut: Math.max(0, all.length - most) };
}

/** Cut at whole characters, with a sign that something is missing. */
function clipped(text: string, most: number): string {
  const characters = Array.from(text.replaceAll(/\s+/gu, ' ').trim());
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
