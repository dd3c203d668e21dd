import { trustedDays } from '../journal-days.ts';
import type { Verdict } from '../outcomes/change-verdict.ts';
import { isMeaningfulChange } from '../outcomes/meaningful-change.ts';
import { MEASURES } from '../outcomes/measure-definition.ts';
import {
  progressTiles,
  type ProgressSeries,
  type ProgressTile,
  type TileId,
} from '../outcomes/progress-tiles.ts';
import { adherence } from '../programme/adherence.ts';
import { type Course, courseOf, type PlanOnRecord } from '../programme/course.ts';
import { ADHERENCE_LIMITS } from '../programme/programme-thresholds.ts';
import { safetyStatus } from '../safety/safety-status.ts';
import {
  ALERT_LEVELS,
  type ReviewAlert,
  reviewAlerts,
  type ReviewSource,
  type Told,
} from './review-alerts.ts';
import { REVIEW_LIMITS as LIMITS } from './review-thresholds.ts';

/** A verdict in the words that somebody asks in. */
export type Answer = 'better' | 'same' | 'worse' | 'mixed' | 'cannotTell';

/** One line of numbers: the start, now, and what of the way between counts. */
export interface ReviewLine {
  readonly series: ProgressSeries;
  readonly start: number | null;
  readonly now: number;
  /** Null with one look. */
  readonly change: number | null;
  /** Larger than measurement and days make by themselves (MDC); null: no such limit is known. */
  readonly isDetectable: boolean | null;
  /** Large enough to matter to people (MCID), for the better; null: no such limit is known, as for ranges. */
  readonly isMeaningful: boolean | null;
}

export interface ReviewOutcome {
  readonly id: TileId;
  readonly answer: Answer;
  readonly verdict: ProgressTile['verdict'];
  readonly lines: readonly ReviewLine[];
}

/** Ranges of one set of worn sensors: never joined with those of another. */
export interface RangesOfKit {
  /** As the sensors were worn, for example `lowerBack + upperBack`. */
  readonly layout: string;
  readonly lines: readonly ReviewLine[];
}

export interface ReviewWeek {
  readonly lastDay: number;
  readonly done: number;
  readonly planned: number;
}

export const DECISIONS = [
  'callToday',
  'callSoon',
  'lowerDose',
  'referOn',
  'reviewPlan',
  'askWhatStops',
  'checkSensors',
  'askForFile',
  'sendPlan',
  'makePlan',
  'moveOn',
  'goOn',
] as const;
/** What somebody at the clinic has to decide, the most pressing first. */
export type Decision = (typeof DECISIONS)[number];

export interface PatientReview {
  readonly patientId: string;
  /** Day until which the files tell; null: none came yet. */
  readonly toldDay: number | null;
  readonly answer: Answer;
  readonly alerts: readonly ReviewAlert[];
  readonly outcomes: readonly ReviewOutcome[];
  readonly ranges: readonly RangesOfKit[];
  /** Share of the planned sessions of the last two weeks; null: too early. */
  readonly adherence: number | null;
  /** Oldest first. */
  readonly weeks: readonly ReviewWeek[];
  /** Means of weeks, or what was said at reviews; null where nothing was answered. */
  readonly pain: ProgressSeries | null;
  /** Plans that a rule made in the last weeks, newest first. */
  readonly planChanges: readonly PlanOnRecord[];
  readonly decisions: readonly Decision[];
}

const KNOWN_MEASURES = new Set<string>(MEASURES.map(({ id }) => id));

/**
 * What a clinic can know of a patient from the files that came, on one page. A pure fold: the same files always say the
 * same. Days of the journal are judged as of the last file, so that silence is never read as "nothing done".
 */
export function patientReview(source: ReviewSource): PatientReview {
  const told = toldBy(source);
  const alerts = reviewAlerts(source, told);
  const tiles = told?.tiles ?? [];
  const outcomes = tiles.map(({ id, verdict, series }): ReviewOutcome => ({
    id,
    verdict,
    answer: answerOf(verdict),
    lines: series.flatMap(lineOf),
  }));
  const answer = togetherAnswer(outcomes);
  const share = told === null ? null : adherenceOf(told.course);
  return {
    patientId: source.patientId,
    toldDay: told?.moment.day ?? null,
    answer,
    alerts,
    outcomes,
    ranges: rangesByKit(outcomes),
    adherence: share,
    weeks: told === null ? [] : weeksOf(told.course),
    pain: tiles.find(({ id }) => id === 'pain')?.series.find(({ needed }) => needed !== null) ?? null,
    planChanges:
      told?.course.plans
        .filter(({ day, firings }) => day > told.moment.day - LIMITS.changesDays && firings.length > 0)
        .toReversed() ?? [],
    decisions: decisionsOf(source, alerts, answer, share),
  };
}

function toldBy({ journal: all, told: moment }: ReviewSource): Told | null {
  if (moment === null) return null;
  // A newer app may ask what this one does not know.
  const journal = all.filter(
    ({ event }) => event.kind !== 'measureAnswered' || KNOWN_MEASURES.has(event.measureId),
  );
  return {
    moment,
    journal,
    days: trustedDays(journal, moment),
    status: safetyStatus(journal, moment),
    course: courseOf(journal, moment),
    tiles: progressTiles(journal, moment),
    unknownCount: all.length - journal.length,
  };
}

export function answerOf(verdict: Verdict | 'mixed'): Answer {
  switch (verdict) {
    case 'improved':
      return 'better';
    case 'declined':
      return 'worse';
    case 'noClearChange':
    case 'lowFromStart':
      return 'same';
    case 'mixed':
      return 'mixed';
    case 'possiblyImproved':
    case 'possiblyDeclined':
    case 'tooEarly':
      return 'cannotTell';
  }
}

/** Better and worse side by side are not weighed against each other; what is still open keeps "the same" from being said. */
function togetherAnswer(outcomes: readonly ReviewOutcome[]): Answer {
  const has = (answer: Answer): boolean => outcomes.some((one) => one.answer === answer);
  if (has('mixed') || (has('better') && has('worse'))) return 'mixed';
  if (has('worse')) return 'worse';
  if (has('better')) return 'better';
  const isOpen = outcomes.some(
    ({ verdict }) => verdict === 'possiblyImproved' || verdict === 'possiblyDeclined',
  );
  return has('same') && !isOpen ? 'same' : 'cannotTell';
}

function lineOf(series: ProgressSeries): ReviewLine[] {
  const { points, start, needed, helpful } = series;
  const last = points.at(-1);
  if (last === undefined) return [];
  const change = start === null || points.length < 2 ? null : last.value - start.value;
  return [
    {
      series,
      start: start?.value ?? null,
      now: last.value,
      change,
      isDetectable: change === null || needed === null ? null : Math.abs(change) >= needed,
      isMeaningful:
        change === null || start === null
          ? null
          : isMeaningfulChange(series.name, start.value, helpful * change),
    },
  ];
}

function rangesByKit(outcomes: readonly ReviewOutcome[]): readonly RangesOfKit[] {
  const byLayout = new Map<string, ReviewLine[]>();
  for (const line of outcomes.flatMap(({ lines }) => lines)) {
    const { name } = line.series;
    if (name.kind !== 'range') continue;
    const own = byLayout.get(name.layout) ?? [];
    byLayout.set(name.layout, own);
    own.push(line);
  }
  return [...byLayout].map(([layout, lines]) => ({ layout, lines }));
}

function adherenceOf(course: Course): number | null {
  const { current, startDay } = course;
  return current === null
    ? null
    : adherence(course, ADHERENCE_LIMITS.windowDays, startDay, current.plan.sessionsPerWeek);
}

const WEEK_DAYS = 7;

/** Whole weeks up to the last file, from the first that lies in the programme. */
function weeksOf({ today, startDay, sessions, plans }: Course): readonly ReviewWeek[] {
  return Array.from({ length: LIMITS.weeks }, (_, i) => today - WEEK_DAYS * (LIMITS.weeks - 1 - i)).flatMap(
    (lastDay) => {
      const firstDay = lastDay - WEEK_DAYS + 1;
      const plan = plans.findLast(({ day }) => day <= lastDay)?.plan;
      if (firstDay < startDay || plan === undefined) return [];
      const done = sessions.filter(
        ({ day, kind, isSecond }) => kind !== 'tests' && !isSecond && day >= firstDay && day <= lastDay,
      );
      return [{ lastDay, done: done.length, planned: plan.sessionsPerWeek }];
    },
  );
}

/** Rules that say that a course like this one is for a doctor to look at. */
const REFERRING: readonly string[] = ['R-24', 'G10', 'F4', 'F5'];

function decisionsOf(
  { plan }: ReviewSource,
  alerts: readonly ReviewAlert[],
  answer: Answer,
  share: number | null,
): readonly Decision[] {
  const decisions = new Set<Decision>();
  for (const { subject, level } of alerts) {
    switch (subject.kind) {
      case 'lock':
      case 'crisis':
      case 'statement':
      case 'emergencyTakenBack':
      case 'adverse':
        decisions.add(level === 'critical' ? 'callToday' : 'callSoon');
        break;
      case 'painOverLimit':
        decisions.add('lowerDose');
        break;
      case 'painWorse':
      case 'flare':
        decisions.add('reviewPlan');
        break;
      case 'rule':
        if (subject.ruleId === 'A3') decisions.add('askWhatStops');
        else decisions.add(REFERRING.includes(subject.ruleId) ? 'referOn' : 'lowerDose');
        break;
      case 'nothingDone':
        decisions.add('askWhatStops');
        break;
      case 'lowQuality':
        decisions.add('checkSensors');
        break;
      case 'notReadable':
      case 'noFile':
        decisions.add('askForFile');
        break;
      case 'reviewDue':
        decisions.add('reviewPlan');
        break;
      case 'planLeft':
        decisions.add('reviewPlan');
        break;
      case 'planNotTaken':
        decisions.add('sendPlan');
        break;
    }
  }
  if (answer === 'worse') decisions.add('reviewPlan');
  if (plan === null) decisions.add('makePlan');
  if (decisions.size === 0)
    decisions.add(answer === 'better' && (share ?? 0) >= ADHERENCE_LIMITS.normal ? 'moveOn' : 'goOn');
  return DECISIONS.filter((one) => decisions.has(one));
}

/**
 * Who needs somebody first: the gravest alert, then how many of that level, then who waits for longest, then the next
 * level. A total order: the same patients always stand in the same places, however they were read.
 */
export function byNeed(a: PatientReview, b: PatientReview): number {
  const ofA = needOf(a),
    ofB = needOf(b);
  for (let i = 0; i < ofA.length; i++) {
    const difference = (ofA[i] ?? 0) - (ofB[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.patientId < b.patientId ? -1 : a.patientId > b.patientId ? 1 : 0;
}

/** For each level, gravest first: more alerts come first, then the one that has waited for longest. */
function needOf({ alerts }: PatientReview): readonly number[] {
  return ALERT_LEVELS.flatMap((wanted) => {
    const days = alerts.filter(({ level }) => level === wanted).map(({ day }) => day);
    return [-days.length, days.length === 0 ? 0 : Math.min(...days)];
  });
}
