import { entriesOf, type JournalEntry } from '../care-journal.ts';
import type { ExerciseReport, ProgrammeEvent, SessionKind } from './programme-event.ts';
import { PROGRESS_LIMITS } from './programme-thresholds.ts';

type SessionDone = Extract<ProgrammeEvent, { readonly kind: 'sessionDone' }>;

/** Done of what was planned, 0 to 1: by time where the clock led it, or else by number. 1 where nothing was planned. */
export function doneShare(report: ExerciseReport): number {
  const { repetitionsDone, repetitionsPlanned, secondsDone, secondsPlanned } = report;
  if (secondsDone !== undefined && secondsPlanned !== undefined && secondsPlanned > 0)
    return Math.min(1, secondsDone / secondsPlanned);
  return repetitionsPlanned > 0 ? Math.min(1, repetitionsDone / repetitionsPlanned) : 1;
}

/** All of it, as far as anybody knows: what was not answered is not taken for done. */
export function isDoneWhole(report: ExerciseReport): boolean {
  return report.notAnswered !== true && doneShare(report) >= 1;
}

/** An exercise of the session ended, or was left out, so early that the rules do not take it for done. */
export function isCutShort({ exercises }: SessionDone): boolean {
  return exercises.some((report) => doneShare(report) < PROGRESS_LIMITS.leastRepetitionShare);
}

/** Earlier versions also wrote down sessions in which nothing was begun. */
export function isDoneAtAll({ exercises, ranges, uprightHoldS, durationS }: SessionDone): boolean {
  return exercises.length > 0 || ranges.length > 0 || uprightHoldS !== undefined || durationS > 0;
}

/** A bad day may have several easy sessions; the plan has one a day. */
export function isOncePerDay(kind: SessionKind): boolean {
  return kind === 'plan' || kind === 'short';
}

/**
 * Sessions of the programme by the day that each was written for: something was done in it, and of the plan's own each
 * day has one, whatever else was kept of it.
 */
export function countedSessions(journal: readonly JournalEntry[]): readonly JournalEntry<SessionDone>[] {
  const days = new Set<number>();
  return entriesOf(journal, 'sessionDone').filter(({ event, day }) => {
    if (event.session === 'tests' || !isDoneAtAll(event)) return false;
    if (!isOncePerDay(event.session)) return true;
    const isFirst = !days.has(day);
    days.add(day);
    return isFirst;
  });
}
