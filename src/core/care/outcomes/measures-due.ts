import { entriesOf, type CareMoment, type JournalEntry } from '../care-journal.ts';
import {
  careCalendar,
  monthStart,
  reviewWindow,
  type AskingWindow,
  type CareCalendar,
} from './care-calendar.ts';
import { measureAnswers, type AnswersByMeasure } from './measure-answers.ts';
import {
  FUNCTIONS,
  MEASURES,
  NEXT_MORNING,
  type MeasureDefinition,
  type Occasion,
} from './measure-definition.ts';
import type { MeasureId } from './outcome-event.ts';
import { FOLLOW_UP_MONTHS, NIGHT_HOURS } from './outcome-thresholds.ts';

const NIGHT_MS = NIGHT_HOURS * 3_600_000;

export interface DueMeasure {
  readonly measureId: MeasureId;
  readonly occasion: Occasion;
}

/**
 * What may be asked now, in order; each measure at most once. Nothing before it is due; an answer or a skip ends its
 * occasion; an occasion that passed unanswered is over. Nothing is due before a person has come in, except the baseline,
 * which is part of it.
 */
export function measuresDue(journal: readonly JournalEntry[], moment: CareMoment): readonly DueMeasure[] {
  const calendar = careCalendar(journal, moment);
  const answers = measureAnswers(journal, moment);
  const things = hardThings(journal).length;
  return MEASURES.flatMap((measure): DueMeasure[] => {
    if (FUNCTIONS.indexOf(measure.id) >= things) return [];
    if (moment.day - (calendar.startDay ?? moment.day) < (measure.notBeforeDay ?? 0)) return [];
    const occasion = measure.when.find((one) => {
      const window = askingWindow(one, measure, calendar, answers, moment);
      return (
        window !== null &&
        !(answers.get(measure.id) ?? []).some(({ day }) => day >= window.from && day < window.until)
      );
    });
    return occasion === undefined ? [] : [{ measureId: measure.id, occasion }];
  });
}

/** What the person finds hard, in their words, at most three: what `func1` to `func3` ask about. */
export function hardThings(journal: readonly JournalEntry[]): readonly string[] {
  const told = entriesOf(journal, 'intakeAnswered').flatMap(({ event }) => event.answers.hardThings ?? []);
  const last = entriesOf(journal, 'intakeAnswered').findLast(
    ({ event }) => event.answers.hardThings !== undefined,
  );
  return told.length === 0 ? [] : (last?.event.answers.hardThings ?? []).slice(0, FUNCTIONS.length);
}

/** @returns null where the occasion is not open today */
function askingWindow(
  occasion: Occasion,
  measure: MeasureDefinition,
  { startDay, endDay, sessionDays, lastSessionUtcMs }: CareCalendar,
  answers: AnswersByMeasure,
  { day: today, utcMs }: CareMoment,
): AskingWindow | null {
  const isRunning = startDay !== null && endDay === null;
  const isToday = { from: today, until: today + 1 };
  switch (occasion) {
    case 'daily':
      return isRunning ? isToday : null;
    case 'morningAfter':
      // Past midnight, after a session of that evening, the night is still to come.
      if (utcMs >= lastSessionUtcMs && utcMs - lastSessionUtcMs < NIGHT_MS) return null;
      return sessionDays.includes(today - 1) || wasBitHigher(answers, today - 1) ? isToday : null;
    case 'weekly': {
      if (!isRunning) return null;
      const from = startDay + 7 * Math.floor((today - startDay) / 7);
      return { from, until: from + 7 };
    }
    case 'baseline':
      // Whatever was answered before counts: a baseline is asked once.
      return endDay === null && (startDay === null || today < startDay + 7)
        ? { from: -Infinity, until: Infinity }
        : null;
    case 'review': {
      const review = isRunning ? reviewWindow(startDay, today) : null;
      const isAsked = review !== null && (measure.reviewWeeks?.includes(review.week) ?? true);
      return isAsked ? review : null;
    }
    case 'monthly':
    case 'followUp':
      return endDay === null ? null : monthWindow(occasion, endDay, today);
    case 'session':
      return null;
  }
}

function wasBitHigher(answers: AnswersByMeasure, day: number): boolean {
  const of = (on: number) => answers.get('pain.nextday')?.find((answer) => answer.day === on)?.value;
  // Two mornings are enough: the rule knows no third.
  return of(day) === NEXT_MORNING.bitHigher && of(day - 1) !== NEXT_MORNING.bitHigher;
}

function monthWindow(occasion: 'monthly' | 'followUp', endDay: number, today: number): AskingWindow | null {
  const last = Math.max(...FOLLOW_UP_MONTHS);
  let month = last;
  while (month > 0 && endDay + monthStart(month) > today) month--;
  if (month === 0 || endDay + monthStart(last + 1) <= today) return null;
  if (occasion === 'followUp' && !FOLLOW_UP_MONTHS.some((one) => one === month)) return null;
  return { from: endDay + monthStart(month), until: endDay + monthStart(month + 1) };
}
