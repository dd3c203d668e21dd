import { entriesOf, type CareMoment, type JournalEntry } from '../care-journal.ts';
import { careCalendar } from './care-calendar.ts';

export interface ReminderSetting {
  readonly isOn: boolean;
  /** Minutes after midnight, where the person is. */
  readonly atMinute: number;
  /** 0 Sunday to 6 Saturday, rising. */
  readonly weekdays: readonly number[];
}

const MINUTES_PER_DAY = 1440;
const DAYS_PER_WEEK = 7;
/** Offered until something is chosen: half past six in the evening, Monday to Friday. */
const OFFERED: ReminderSetting = { isOn: false, atMinute: 18 * 60 + 30, weekdays: [1, 2, 3, 4, 5] };

/** As last chosen; off unless somebody switched it on. What a file edited by hand makes impossible is off too. */
export function reminderSetting(journal: readonly JournalEntry[]): ReminderSetting {
  const last = entriesOf(journal, 'reminderSet').at(-1)?.event;
  if (last === undefined) return OFFERED;
  const weekdays = [...new Set(last.weekdays)]
    .filter((day) => Number.isInteger(day) && day >= 0 && day < DAYS_PER_WEEK)
    .sort((a, b) => a - b);
  const isTime = Number.isInteger(last.atMinute) && last.atMinute >= 0 && last.atMinute < MINUTES_PER_DAY;
  if (!isTime) return OFFERED;
  return { isOn: last.isOn && weekdays.length > 0, atMinute: last.atMinute, weekdays };
}

/**
 * Minutes from now to the next reminder; null where none comes.
 *
 * @param weekday 0 Sunday to 6 Saturday
 * @param minute after midnight, with its fraction
 */
export function minutesToReminder(setting: ReminderSetting, weekday: number, minute: number): number | null {
  if (!setting.isOn) return null;
  const waits = setting.weekdays.map((day) => {
    const days = (day - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;
    const wait = days * MINUTES_PER_DAY + setting.atMinute - minute;
    return wait > 0 ? wait : wait + DAYS_PER_WEEK * MINUTES_PER_DAY;
  });
  return waits.length === 0 ? null : Math.min(...waits);
}

/** Whoever has exercised today needs no reminder of it. */
export function isReminderWelcome(journal: readonly JournalEntry[], moment: CareMoment): boolean {
  return reminderSetting(journal).isOn && careCalendar(journal, moment).sessionDays.at(-1) !== moment.day;
}
