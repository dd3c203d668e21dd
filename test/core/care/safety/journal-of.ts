import type { CareEvent, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import type { FlagId, SafetyAnswers } from '../../../../src/core/care/safety/safety-event.ts';
import { clearAnswer, FULL_FORM, SHORT_FORM } from '../../../../src/core/care/safety/safety-questions.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Noon of day 20 000. */
export const START_MS = 20_000 * DAY_MS + 12 * HOUR_MS;

export const momentAt = (hours: number) => {
  const utcMs = START_MS + hours * HOUR_MS;
  return { utcMs, day: Math.floor(utcMs / DAY_MS) };
};

/** Events with the hours after the start at which they were written. */
export function journalOf(...written: readonly (readonly [number, CareEvent])[]): readonly JournalEntry[] {
  return written.map(([hours, event], order) => {
    const { utcMs, day } = momentAt(hours);
    return { order, atUtcMs: utcMs, day, event };
  });
}

/** Every question of the full form with the answer that all is well, but for those given. */
export function fullAnswers(others: SafetyAnswers = {}): SafetyAnswers {
  return { ...wellOf(FULL_FORM), 'R-19': ['40'], ...others };
}

export function shortAnswers(others: SafetyAnswers = {}): SafetyAnswers {
  return { ...wellOf(SHORT_FORM), ...others };
}

function wellOf(ids: readonly FlagId[]): SafetyAnswers {
  return Object.fromEntries(ids.map((id) => [id, clearAnswer(id) ?? []]));
}

export const full = (others: SafetyAnswers = {}): CareEvent => ({
  kind: 'safetyAnswered',
  form: 'full',
  answers: fullAnswers(others),
});
export const clearing = (others: SafetyAnswers = {}): CareEvent => ({
  kind: 'safetyAnswered',
  form: 'clearing',
  answers: fullAnswers(others),
});
export const short = (others: SafetyAnswers = {}): CareEvent => ({
  kind: 'safetyAnswered',
  form: 'short',
  answers: shortAnswers(others),
});
export const one = (form: 'full' | 'short' | 'single' | 'clearing', answers: SafetyAnswers): CareEvent => ({
  kind: 'safetyAnswered',
  form,
  answers,
});
export const mistake = (flagId: FlagId, ...answers: readonly string[]): CareEvent => ({
  kind: 'mistakeSaid',
  flagId,
  answers,
});
/** Seen so many days after the start. */
export const seen = (dayAfter: number): CareEvent => ({
  kind: 'seenSaid',
  seenDay: 20_000 + dayAfter,
  byWhom: 'doctor',
  said: '',
});
export const sessionDone: CareEvent = {
  kind: 'sessionDone',
  sessionId: null,
  session: 'plan',
  painBefore: null,
  painAfter: null,
  ease: null,
  exercises: [],
  ranges: [],
  durationS: 600,
  donningS: null,
};
