import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/core/care/care-journal.ts';
import { datedEntries } from '../../../src/core/care/journal-days.ts';

const DAY_MS = 86_400_000;
const entries = (...days: number[]): JournalEntry[] =>
  days.map((day, order) => ({ order, atUtcMs: day * DAY_MS, day, event: { kind: 'cameIn' } }));
const days = (now: number, ...clock: number[]): number[] => courseDays(entries(...clock), now);
const courseDays = (journal: readonly JournalEntry[], now: number): number[] => {
  const dated = datedEntries(journal, { day: now, utcMs: now * DAY_MS });
  return dated.entries.map(({ day }, i) => dated.days?.[i] ?? day);
};

describe('days of a journal', () => {
  it('are those of the clock while it runs forward', () => {
    expect(days(105, 100, 100, 101, 104)).toEqual([100, 100, 101, 104]);
  });

  it('survive a leap forward that was taken back, and do not wait for it to come true', () => {
    expect(days(103, 100, 101, 460, 102, 103)).toEqual([100, 101, 102, 102, 103]);
    // Nothing has been written since: a day ago, so that today is free.
    expect(days(103, 100, 101, 460)).toEqual([100, 101, 102]);
  });

  it('keep an entry that a clock set back wrote, at its place', () => {
    expect(days(103, 100, 101, 40, 102)).toEqual([100, 101, 101, 102]);
    expect(days(103, 100, 101, 102, 40)).toEqual([100, 101, 102, 102]);
    expect(days(103, 100, 101, 460, 102, 103)).toEqual([100, 101, 102, 102, 103]);
  });

  it('count what lies just ahead of the clock as today: no day is done twice', () => {
    expect(days(99, 98, 99, 100)).toEqual([98, 99, 99]);
  });

  it('move back with a clock that was set back for good, and keep their distances', () => {
    expect(days(95, 98, 99, 100)).toEqual([93, 94, 95]);
    expect(days(106, 100, 101, 104, 108, 112, 113)).toEqual([93, 94, 97, 101, 105, 106]);
    // By the new clock something has been written since.
    expect(days(108, 100, 104, 108, 112, 113, 106, 107)).toEqual([93, 97, 101, 105, 106, 106, 107]);
    // Put right again: only what was written in between is out of its place.
    expect(days(116, 100, 104, 108, 112, 113, 106, 107, 115)).toEqual([
      100, 104, 108, 112, 113, 113, 113, 115,
    ]);
  });

  it('keep to a set-back on record, and let no record make more time pass than it can', () => {
    const setBackBy = (setBack: number): JournalEntry[] => {
      const journal = entries(100, 104, 108, 112, 113, 106, 107, 115);
      const firing = { ruleId: 'X2', exerciseId: null, inputs: { days: setBack }, before: '', after: '' };
      const event = { kind: 'planSet', plan: {}, firings: [firing], rulesVersion: '1', by: 'auto' };
      journal[5] = { ...journal[5], event: event as unknown as JournalEntry['event'] };
      return journal;
    };
    expect(courseDays(setBackBy(7), 116)).toEqual([93, 97, 101, 105, 106, 106, 107, 115]);
    expect(courseDays(setBackBy(4000), 116)).toEqual([93, 97, 101, 105, 106, 106, 107, 115]);
  });

  it('never run backwards, whatever the clock did', () => {
    for (let seed = 1; seed <= 300; seed++) {
      let state = seed;
      const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const clock = Array.from({ length: 30 }, (_, i) =>
        Math.round(100 + i + (next() < 0.2 ? 800 * (next() - 0.5) : 0)),
      );
      const dated = days(131, ...clock);
      expect(dated.every((day, i) => day <= 131 && (i === 0 || day >= dated[i - 1]))).toBe(true);
    }
  });

  it('go by the order of writing, not of reading', () => {
    const mixed = [...entries(100, 101, 102)].reverse();
    expect(datedEntries(mixed, { day: 103, utcMs: 103 * DAY_MS }).entries.map(({ order }) => order)).toEqual([
      0, 1, 2,
    ]);
  });
});
