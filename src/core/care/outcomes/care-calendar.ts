import type { CareMoment, JournalEntry } from '../care-journal.ts';
import { isDoneAtAll } from '../programme/done-share.ts';
import type { ProgrammePlan } from '../programme/programme-plan.ts';
import { REVIEW_EVERY_WEEKS_AFTER, REVIEW_WEEKS } from './outcome-thresholds.ts';
import { trustedDays } from '../journal-days.ts';

/** Where in the programme a person is. */
export interface CareCalendar {
  /** Null before a person has come in. */
  readonly startDay: number | null;
  /** First day after the programme, where it has ended and was not taken up again. */
  readonly endDay: number | null;
  /** Days of sessions, oldest first. */
  readonly sessionDays: readonly number[];
  /** End of the last one; -Infinity before it. */
  readonly lastSessionUtcMs: number;
}

export function careCalendar(journal: readonly JournalEntry[], moment: CareMoment): CareCalendar {
  const days = trustedDays(journal, moment);
  let startDay: number | null = null,
    endDay: number | null = null;
  const sessionDays: number[] = [];
  let lastSessionUtcMs = -Infinity;
  journal.forEach(({ event, atUtcMs }, i) => {
    const day = days[i] ?? moment.day;
    if (event.kind === 'cameIn') startDay ??= day;
    else if (event.kind === 'sessionDone') {
      if (!isDoneAtAll(event)) return;
      sessionDays.push(day);
      lastSessionUtcMs = atUtcMs;
    } else if (event.kind === 'planSet') {
      startDay ??= day;
      endDay = isOver(event.plan) ? (endDay ?? day) : null;
    }
  });
  return { startDay, endDay, sessionDays, lastSessionUtcMs };
}

function isOver({ state }: ProgrammePlan): boolean {
  return state === 'maintenance' || state === 'discharged';
}

/** A stretch of days in which something is asked once; `until` is no longer in it. */
export interface AskingWindow {
  readonly from: number;
  readonly until: number;
}

/** @returns the review that is open on this day, with its week; null before the first */
export function reviewWindow(startDay: number, day: number): (AskingWindow & { week: number }) | null {
  const weeks: number[] = [...REVIEW_WEEKS];
  const now = Math.floor((day - startDay) / 7);
  for (let last = weeks.at(-1) ?? 0; last <= now; last = weeks.at(-1) ?? 0)
    weeks.push(last + REVIEW_EVERY_WEEKS_AFTER);
  const at = weeks.findLastIndex((week) => week <= now);
  const week = weeks[at],
    next = weeks[at + 1];
  if (week === undefined || next === undefined) return null;
  return { week, from: startDay + 7 * week, until: startDay + 7 * next };
}

/** Days after an end at which its month of this number begins. */
export function monthStart(month: number): number {
  return Math.round((month * 365) / 12);
}
