import { describe, expect, it } from 'vitest';
import {
  isReminderWelcome,
  minutesToReminder,
  reminderSetting,
} from '../../../src/core/care/outcomes/reminder.ts';
import type { CareEvent } from '../../../src/core/care/care-journal.ts';
import { journalOf, momentOf, sessionWith } from '../../support/care-journal.ts';

const set = (isOn: boolean, atMinute: number, weekdays: readonly number[]): CareEvent => ({
  kind: 'reminderSet',
  isOn,
  atMinute,
  weekdays,
});

describe('reminders', () => {
  it('are off until somebody sets them, and go by the last setting', () => {
    expect(reminderSetting([]).isOn).toBe(false);
    const journal = journalOf([0, set(true, 480, [3, 1])], [1, set(true, 500, [5])]);
    expect(reminderSetting(journal.slice(0, 1))).toEqual({ isOn: true, atMinute: 480, weekdays: [1, 3] });
    expect(reminderSetting(journal)).toEqual({ isOn: true, atMinute: 500, weekdays: [5] });
  });

  it.each([
    [true, 480, []],
    [true, 480, [9, 1.5]],
    [true, 5000, [1]],
    [true, NaN, [1]],
    [false, 480, [1]],
  ])('are off where a setting makes none possible: %j %j %j', (isOn, atMinute, weekdays) => {
    expect(reminderSetting(journalOf([0, set(isOn, atMinute, weekdays)])).isOn).toBe(false);
  });

  it('come at the next chosen day and time', () => {
    const setting = { isOn: true, atMinute: 600, weekdays: [1, 3] };
    expect(minutesToReminder(setting, 1, 590)).toBe(10);
    expect(minutesToReminder(setting, 1, 600)).toBe(2 * 1440);
    expect(minutesToReminder(setting, 4, 600)).toBe(4 * 1440);
    expect(minutesToReminder({ ...setting, weekdays: [1] }, 1, 601)).toBe(7 * 1440 - 1);
    expect(minutesToReminder({ ...setting, isOn: false }, 1, 590)).toBeNull();
  });

  it('are not welcome on a day that has had its session', () => {
    const journal = journalOf([10, set(true, 600, [1])], [10, sessionWith([])]);
    expect(isReminderWelcome(journal, momentOf(10))).toBe(false);
    expect(isReminderWelcome(journal, momentOf(11))).toBe(true);
    expect(isReminderWelcome([], momentOf(11))).toBe(false);
  });
});
