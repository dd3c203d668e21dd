import type { ReminderSetting } from '../core/care/outcomes/reminder.ts';

/** What a calendar entry says, and what makes it one of its own. */
export interface CalendarEntry {
  /** Stays the same when the entry is made anew, so that calendars replace it. */
  readonly uid: string;
  readonly title: string;
  readonly note: string;
  /** When it was made. */
  readonly stampUtcMs: number;
  /** First day it may stand on, by the clock where the person is: days since 1970-01-01. */
  readonly fromDay: number;
  readonly lengthMinutes: number;
}

const MS_PER_DAY = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
const LONGEST_LINE_BYTES = 75;

/**
 * A calendar file with one weekly entry and an alarm at its start (RFC 5545). Times are floating: half past six stays half
 * past six wherever the person is, and over changes of summer time.
 *
 * @throws RangeError where no weekday is chosen
 */
export function reminderCalendar(setting: ReminderSetting, entry: CalendarEntry): string {
  const first = Array.from({ length: 7 }, (_, i) => entry.fromDay + i).find((day) =>
    setting.weekdays.includes((day + FIRST_WEEKDAY) % 7),
  );
  if (first === undefined) throw new RangeError('A weekly reminder needs a weekday.');
  const time = `${digits(Math.floor(setting.atMinute / 60), 2)}${digits(setting.atMinute % 60, 2)}00`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Thora//Reminders//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `DTSTAMP:${dateOf(entry.stampUtcMs)}T${timeOf(entry.stampUtcMs)}Z`,
    `DTSTART:${dateOf(first * MS_PER_DAY)}T${time}`,
    `DURATION:PT${entry.lengthMinutes}M`,
    `RRULE:FREQ=WEEKLY;BYDAY=${setting.weekdays.map((day) => WEEKDAYS[day]).join(',')}`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(entry.note)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(entry.title)}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

function dateOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10).replaceAll('-', '');
}

function timeOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(11, 19).replaceAll(':', '');
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}

/** Section 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Section 3.1: lines of at most 75 octets of UTF-8, no character cut in two, the rest after a line end and a space. */
function folded(line: string): string {
  let out = '',
    bytes = 0;
  for (const character of line) {
    const size = octets(character.codePointAt(0) ?? 0);
    if (bytes + size > LONGEST_LINE_BYTES) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += size;
  }
  return out;
}

function octets(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
