import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reminderCalendar } from '../../src/ui/reminder-calendar.ts';

describe('the calendar file', () => {
  // Thursday, 2026-11-26.
  const fromDay = Date.UTC(2026, 10, 26) / 86_400_000;
  const entry = {
    uid: 'thora-reminder',
    title: 'Thora: your session',
    note: 'Ten minutes, when it suits you; skip it if not.\nNo score, no streak.',
    stampUtcMs: Date.UTC(2026, 10, 26, 9, 5, 7),
    fromDay,
    lengthMinutes: 15,
  };

  it('is one weekly entry from the first chosen day on, with an alarm', () => {
    const lines = reminderCalendar({ isOn: true, atMinute: 18 * 60 + 5, weekdays: [1, 3] }, entry).split(
      '\r\n',
    );
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines.at(-2)).toBe('END:VCALENDAR');
    expect(lines).toContain('DTSTAMP:20261126T090507Z');
    expect(lines).toContain('DTSTART:20261130T180500');
    expect(lines).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO,WE');
    expect(lines).toContain('TRIGGER:PT0S');
    expect(lines.join('\r\n').replaceAll('\r\n ', '')).toContain(
      'DESCRIPTION:Ten minutes\\, when it suits you\\; skip it if not.\\nNo score\\, no streak.\r\n',
    );
  });

  it('starts today where today is chosen', () => {
    const file = reminderCalendar({ isOn: true, atMinute: 0, weekdays: [4] }, entry);
    expect(file).toContain('DTSTART:20261126T000000\r\n');
  });

  it('refuses to be one without a weekday', () => {
    expect(() => reminderCalendar({ isOn: true, atMinute: 0, weekdays: [] }, entry)).toThrow(RangeError);
  });

  it('keeps every line to 75 octets and loses nothing by it, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (note) => {
        const file = reminderCalendar({ isOn: true, atMinute: 60, weekdays: [0] }, { ...entry, note });
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const unfolded = file.replaceAll('\r\n ', '');
        const written = /^DESCRIPTION:(.*?)\r\nTRANSP/ms.exec(unfolded)?.[1] ?? '';
        const read = written.replace(/\\([\\;,n])/g, (_, code: string) => (code === 'n' ? '\n' : code));
        expect(read).toBe(note.replaceAll('\r\n', '\n'));
      }),
    );
  });
});
