import type { CareMoment, JournalEntry } from '../care-journal.ts';
import type { ProgressTile } from '../outcomes/progress-tiles.ts';
import { gapDays } from '../programme/adherence.ts';
import type { Course } from '../programme/course.ts';
import { painRule } from '../programme/pain-layer.ts';
import { isOver } from '../programme/programme-plan.ts';
import { SHOWN_TO_A_DOCTOR } from '../programme/programme-rule.ts';
import { ADHERENCE_LIMITS, PROGRESS_LIMITS } from '../programme/programme-thresholds.ts';
import type { FlagId } from '../safety/safety-event.ts';
import type { LockAction } from '../safety/safety-questions.ts';
import { type SafetyStatus, safetyStatus } from '../safety/safety-status.ts';
import { REVIEW_LIMITS as LIMITS } from './review-thresholds.ts';
import type { ClinicPlan } from './clinic-plan.ts';

/** How soon somebody at the clinic should look; gravest first (clinical page, 8.4). */
export const ALERT_LEVELS = ['critical', 'high', 'medium', 'low'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export type AlertSubject =
  | { readonly kind: 'lock'; readonly action: LockAction; readonly flagIds: readonly FlagId[] }
  /** Thoughts of self-harm were told of lately. */
  | { readonly kind: 'crisis' }
  /** "I was seen and told I may exercise": the person's word, never an approval. */
  | { readonly kind: 'statement' }
  /** "I tapped by mistake", about an emergency. */
  | { readonly kind: 'emergencyTakenBack' }
  /** Something new or worrying was told of. */
  | { readonly kind: 'adverse' }
  /** The day is that of the last time. */
  | {
      readonly kind: 'painOverLimit';
      readonly exerciseId: string;
      readonly pain: number;
      /** Of the plan that held; null: the limits of the programme itself. */
      readonly ceiling: number | null;
      readonly times: number;
    }
  | { readonly kind: 'painWorse'; readonly isSure: boolean }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly exerciseId: string | null }
  | { readonly kind: 'flare'; readonly days: number }
  | { readonly kind: 'nothingDone'; readonly days: number }
  /** Mean of the worst of the sessions in a row, 0 to 100. */
  | { readonly kind: 'lowQuality'; readonly quality: number }
  /** Something in the patient's journal cannot be read, or is of a kind that this version does not know. */
  | { readonly kind: 'notReadable'; readonly count: number }
  | { readonly kind: 'noFile'; readonly days: number }
  | { readonly kind: 'reviewDue'; readonly days: number }
  /** The patient stopped following the clinic's plan. */
  | { readonly kind: 'planLeft'; readonly version: number }
  | { readonly kind: 'planNotTaken'; readonly version: number; readonly takenVersion: number | null };

export interface ReviewAlert {
  readonly subject: AlertSubject;
  readonly level: AlertLevel;
  /** That it is about, days since 1970-01-01. */
  readonly day: number;
  /** Where it comes from; null: what the clinic itself has on record, or the lack of a file. */
  readonly entry: JournalEntry | null;
}

export interface ReviewSource {
  readonly patientId: string;
  readonly journal: readonly JournalEntry[];
  /** The clinic's plan that holds, and the day on which it was signed; null: none was. */
  readonly plan: { readonly signed: ClinicPlan; readonly signedDay: number } | null;
  /** Until when the journal tells; null: no file came yet. */
  readonly told: CareMoment | null;
  /** At the clinic, days since 1970-01-01. */
  readonly today: number;
}

/** What the patient's files say, ready to be asked. */
export interface Told {
  readonly moment: CareMoment;
  readonly journal: readonly JournalEntry[];
  /** One for each entry, never running back. */
  readonly days: readonly number[];
  readonly status: SafetyStatus;
  readonly course: Course;
  readonly tiles: readonly ProgressTile[];
  /** Entries of the files that this version does not know and left out. */
  readonly unknownCount: number;
}

/** Everything that somebody at the clinic should know of, gravest and then newest first. */
export function reviewAlerts(source: ReviewSource, told: Told | null): readonly ReviewAlert[] {
  const found = told === null ? [] : [...safetyAlerts(told), ...painAlerts(told), ...doneAlerts(told)];
  return [...found, ...deskAlerts(source, told)]
    .map((alert, place) => ({ alert, place }))
    .sort(
      (a, b) =>
        rankOf(a.alert.level) - rankOf(b.alert.level) || b.alert.day - a.alert.day || a.place - b.place,
    )
    .map(({ alert }) => alert);
}

function rankOf(level: AlertLevel): number {
  return ALERT_LEVELS.indexOf(level);
}

function safetyAlerts({ moment, journal, days, status, unknownCount }: Told): ReviewAlert[] {
  const alerts: ReviewAlert[] = [];
  const { lock } = status;
  if (lock !== null) {
    const last = lock.answers.reduce((a, b) => (b.order > a.order ? b : a));
    alerts.push({
      subject: { kind: 'lock', action: lock.action, flagIds: lock.answers.map(({ flagId }) => flagId) },
      level: lock.action === 'emergency' || lock.action === 'urgent' ? 'critical' : 'high',
      day: Math.min(last.day, moment.day),
      entry: journal.find(({ order }) => order === last.order) ?? null,
    });
  }
  const since = moment.day - LIMITS.shownDays;
  const newest = new Map<string, ReviewAlert>();
  let unreadable = unknownCount,
    unreadableEntry: JournalEntry | null = null;
  journal.forEach((entry, i) => {
    const day = days[i] ?? moment.day;
    const { event } = entry;
    const keep = (kind: 'crisis' | 'statement' | 'emergencyTakenBack' | 'adverse', level: AlertLevel): void =>
      void newest.set(kind, { subject: { kind }, level, day, entry });
    if (event.kind === 'entryUnreadable') {
      unreadable++;
      unreadableEntry = entry;
    }
    if (day <= since) return;
    if (event.kind === 'seenSaid') keep('statement', 'critical');
    else if (event.kind === 'mistakeSaid' && wasEmergency(journal, i)) keep('emergencyTakenBack', 'critical');
    else if (event.kind === 'measureAnswered' && event.measureId === 'adverse' && event.value === 1)
      keep('adverse', 'high');
    else if (
      event.kind === 'safetyAnswered' &&
      status.inCrisis &&
      event.answers['R-23']?.includes('yes') === true
    )
      keep('crisis', 'critical');
  });
  alerts.push(...newest.values());
  if (unreadable > 0)
    alerts.push({
      subject: { kind: 'notReadable', count: unreadable },
      level: 'low',
      day: moment.day,
      entry: unreadableEntry,
    });
  return alerts;
}

/** What was locked just before the entry at this place. */
function wasEmergency(journal: readonly JournalEntry[], at: number): boolean {
  const entry = journal[at];
  if (entry === undefined) return false;
  const moment = { utcMs: entry.atUtcMs, day: entry.day };
  return safetyStatus(journal.slice(0, at), moment).lock?.action === 'emergency';
}

function painAlerts({ moment, journal, days, course, tiles }: Told): ReviewAlert[] {
  const alerts: ReviewAlert[] = [];
  const over = new Map<string, ReviewAlert>();
  let ceiling: number | null = null;
  journal.forEach((entry, i) => {
    const { event } = entry;
    const day = days[i] ?? moment.day;
    if (event.kind === 'clinicPlanTaken') ceiling = event.plan.painCeiling;
    if (event.kind === 'clinicPlanLeft') ceiling = null;
    if (event.kind !== 'sessionDone' || day <= moment.day - LIMITS.shownDays) return;
    for (const { exerciseId, painDuring } of event.exercises) {
      // The morning after does not matter to whether it was too much during it.
      if (painDuring === null || painRule(painDuring, event.painBefore, 'same', ceiling) !== 'G4') continue;
      const before = over.get(exerciseId)?.subject;
      const times = before?.kind === 'painOverLimit' ? before.times + 1 : 1;
      over.set(exerciseId, {
        subject: { kind: 'painOverLimit', exerciseId, pain: painDuring, ceiling, times },
        level: 'medium',
        day,
        entry,
      });
    }
  });
  alerts.push(...over.values());
  const pain = tiles.find(({ id }) => id === 'pain')?.verdict;
  if (pain === 'declined' || pain === 'possiblyDeclined') {
    const entry = journal.findLast(
      ({ event }) =>
        event.kind === 'measureAnswered' &&
        (event.measureId === 'pain.avg24' || event.measureId === 'pain.avg7'),
    );
    alerts.push({
      subject: { kind: 'painWorse', isSure: pain === 'declined' },
      level: pain === 'declined' ? 'medium' : 'low',
      day: moment.day,
      entry: entry ?? null,
    });
  }
  if (course.current?.plan.state === 'flare') {
    const flareDays = moment.day - course.stateDay;
    alerts.push({
      subject: { kind: 'flare', days: flareDays },
      level: flareDays > LIMITS.longFlareDays ? 'medium' : 'low',
      day: course.stateDay,
      entry: journal.find(({ order }) => order === course.stateOrder) ?? null,
    });
  }
  return alerts;
}

/** Rules after which somebody should look, and those that say that exercise does not fit into the days. */
const TOLD_RULES: Readonly<Record<string, AlertLevel>> = {
  ...Object.fromEntries(SHOWN_TO_A_DOCTOR.map((ruleId) => [ruleId, 'medium'])),
  A3: 'low',
};

function doneAlerts({ moment, journal, days, course, status }: Told): ReviewAlert[] {
  const alerts: ReviewAlert[] = [];
  const rules = new Map<string, ReviewAlert>();
  for (const { order, day, firings } of course.plans) {
    if (day <= moment.day - LIMITS.shownDays) continue;
    for (const { ruleId, exerciseId } of firings) {
      const level = TOLD_RULES[ruleId];
      if (level !== undefined)
        rules.set(`${ruleId} ${exerciseId ?? ''}`, {
          subject: { kind: 'rule', ruleId, exerciseId },
          level,
          day,
          entry: journal.find((entry) => entry.order === order) ?? null,
        });
    }
  }
  alerts.push(...rules.values());
  const { leftClinic } = course;
  if (leftClinic !== null) {
    const at = journal.findIndex(({ order }) => order === leftClinic.order);
    alerts.push({
      subject: { kind: 'planLeft', version: leftClinic.version },
      level: 'medium',
      day: days[at] ?? moment.day,
      entry: journal[at] ?? null,
    });
  }
  const gap = gapDays(course);
  const { current } = course;
  // Who is locked, or is through with the programme, misses nothing.
  if (current !== null && !isOver(current.plan) && status.lock === null && gap >= ADHERENCE_LIMITS.gapDays) {
    const last = course.sessions.at(-1);
    alerts.push({
      subject: { kind: 'nothingDone', days: gap },
      level: 'low',
      day: moment.day - gap,
      entry: journal.find(({ order }) => order === (last?.order ?? current.order)) ?? null,
    });
  }
  const seen = course.sessions.flatMap(({ order, day, exercises }) => {
    const values = exercises.flatMap(({ quality }) => quality ?? []);
    return values.length === 0
      ? []
      : [{ order, day, quality: values.reduce((sum, one) => sum + one, 0) / values.length }];
  });
  const lately = seen.slice(-LIMITS.lowQualitySessions);
  const newest = lately.at(-1);
  if (
    newest !== undefined &&
    lately.length === LIMITS.lowQualitySessions &&
    newest.day > moment.day - LIMITS.shownDays &&
    lately.every(({ quality }) => quality < PROGRESS_LIMITS.lowQuality)
  )
    alerts.push({
      subject: { kind: 'lowQuality', quality: Math.min(...lately.map(({ quality }) => quality)) },
      level: 'low',
      day: newest.day,
      entry: journal.find(({ order }) => order === newest.order) ?? null,
    });
  return alerts;
}

function deskAlerts({ plan, today }: ReviewSource, told: Told | null): ReviewAlert[] {
  const alerts: ReviewAlert[] = [];
  const knownDay = told?.moment.day ?? plan?.signedDay ?? null;
  if (knownDay !== null && today - knownDay >= LIMITS.noFileDays)
    alerts.push({
      subject: { kind: 'noFile', days: today - knownDay },
      level: 'low',
      day: knownDay,
      entry: null,
    });
  if (plan === null) return alerts;
  const {
    signed: { reviewDay, version },
    signedDay,
  } = plan;
  if (today >= reviewDay)
    alerts.push({
      subject: { kind: 'reviewDue', days: today - reviewDay },
      level: 'medium',
      day: reviewDay,
      entry: null,
    });
  const takenVersion = told?.course.clinic?.plan.version ?? null;
  if ((takenVersion ?? 0) < version && today - signedDay >= LIMITS.planUntakenDays)
    alerts.push({
      subject: { kind: 'planNotTaken', version, takenVersion },
      level: 'low',
      day: signedDay,
      entry: null,
    });
  return alerts;
}
