import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent, CareMoment, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import { measuresDue } from '../../../../src/core/care/outcomes/measures-due.ts';
import { decidePlan } from '../../../../src/core/care/programme/decide-plan.ts';
import { todaysSession } from '../../../../src/core/care/programme/todays-session.ts';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import { clearing, full, one } from '../safety/journal-of.ts';
import { ABLE, Diary, FIRST_DAY, NOBODY_SPECIAL } from './programme-person.ts';

/* Journeys over time zones, and the two nights of the year in which clocks change: local days are longer or shorter then. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = FIRST_DAY * DAY_MS;

/** Somebody whose calendar shows the place where they are. */
class Traveller {
  readonly journal: JournalEntry[] = [];
  utcMs = FROM_MS;
  zoneH = 0;

  constructor() {
    for (const { event } of new Diary(ABLE).journal) this.write(event);
    this.write(full());
  }

  get moment(): CareMoment {
    return { utcMs: this.utcMs, day: Math.floor((this.utcMs + this.zoneH * HOUR_MS) / DAY_MS) };
  }

  write(event: CareEvent): void {
    this.journal.push({
      order: this.journal.length,
      atUtcMs: this.utcMs,
      day: this.moment.day,
      event,
    });
  }

  decide(): readonly string[] {
    const decision = decidePlan(this.journal, this.moment, NOBODY_SPECIAL);
    if (decision !== null) this.write({ kind: 'planSet', ...decision });
    return decision?.firings.map(({ ruleId }) => ruleId) ?? [];
  }

  /** Does the day's session where there is one. @returns whether there was */
  train(): boolean {
    const today = todaysSession(this.journal, this.moment, NOBODY_SPECIAL);
    if (today.kind !== 'session') return false;
    const diary = new Diary(ABLE);
    diary.train(today.exercises, { pain: 2, during: 2, quality: 90, effort: 5, kind: today.session });
    this.write(diary.journal.at(-1)!.event);
    return true;
  }

  /** What is due, answered. @returns whether the morning was asked about */
  answer(): boolean {
    const due = measuresDue(this.journal, this.moment).map(({ measureId }) => measureId);
    for (const measureId of due)
      this.write({ kind: 'measureAnswered', measureId, value: 1, language: 'en', wordsVersion: '1' });
    return due.includes('pain.nextday');
  }
}

/** So many hours on, and there the clock stands otherwise by so many: a flight, or a night of the clocks' change. */
const legs = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 30 }),
    shiftH: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.constantFrom(-1, 1) },
      { weight: 1, arbitrary: fc.integer({ min: -12, max: 12 }) },
    ),
  }),
  { minLength: 20, maxLength: 90 },
);
const move = (who: Traveller, { hours, shiftH }: { hours: number; shiftH: number }): void => {
  who.utcMs += hours * HOUR_MS;
  who.zoneH = Math.max(-12, Math.min(14, who.zoneH + shiftH));
};

describe('a programme on a journey', () => {
  it('gives no more sessions than days were lived, asks of no morning before a night, and hurries no phase @slow', () => {
    fc.assert(
      fc.property(legs, (journey) => {
        const who = new Traveller();
        let sessions = 0;
        let lastMs = -Infinity;
        let phase = 0;
        let phaseMs = who.utcMs;
        for (const leg of journey) {
          move(who, leg);
          if (who.answer()) expect(who.utcMs - lastMs).toBeGreaterThanOrEqual(4 * HOUR_MS);
          const fired = who.decide();
          expect(fired).not.toContain('X1');
          // One day is a journey, not a clock that was set back.
          expect(fired).not.toContain('X2');
          const plan = who.journal.findLast(({ event }) => event.kind === 'planSet')?.event;
          const now = plan?.kind === 'planSet' ? plan.plan.phase : 0;
          if (now !== phase) {
            const weeks = [0, 1, 2, 3, 3][phase] ?? 0;
            // A local day may be a day of travel shorter at each end.
            expect(who.utcMs - phaseMs).toBeGreaterThanOrEqual((7 * weeks - 2) * DAY_MS);
            phase = now;
            phaseMs = who.utcMs;
          }
          if (who.train()) {
            sessions++;
            lastMs = who.utcMs;
            expect(who.train()).toBe(false);
          }
        }
        const lived = (who.utcMs - FROM_MS) / DAY_MS;
        expect(sessions).toBeLessThanOrEqual(Math.ceil(lived) + 2);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    { what: 'a day of 23 hours', shiftH: 1 },
    { what: 'a day of 25 hours', shiftH: -1 },
    { what: 'a flight to the east', shiftH: 9 },
    { what: 'a flight to the west', shiftH: -9 },
    { what: 'over the date line to the west', shiftH: -23 },
  ])('loses at most the day of the journey: $what', ({ shiftH }) => {
    const trained: boolean[] = [];
    const asked: boolean[] = [];
    const who = new Traveller();
    if (shiftH === -23) who.zoneH = 12;
    for (let day = 0; day < 24; day++) {
      // In the evening at seven, wherever that is.
      who.utcMs = FROM_MS + day * DAY_MS + (19 - who.zoneH) * HOUR_MS;
      if (day === 10) {
        who.utcMs += 4 * HOUR_MS;
        who.zoneH += shiftH;
      }
      asked.push(who.answer());
      who.decide();
      trained.push(who.train());
    }
    const same = new Traveller();
    const atHome: boolean[] = [];
    for (let day = 0; day < 24; day++) {
      same.utcMs = FROM_MS + day * DAY_MS + 19 * HOUR_MS;
      same.answer();
      same.decide();
      atHome.push(same.train());
    }
    const count = (days: readonly boolean[]) => days.filter(Boolean).length;
    expect(Math.abs(count(trained) - count(atHome))).toBeLessThanOrEqual(1);
    // Each session has its morning, but for the last and for one that the journey took.
    expect(count(asked)).toBeGreaterThanOrEqual(count(trained) - 2);
    expect(count(asked)).toBeLessThanOrEqual(count(trained) + 1);
  });

  it('opens no lock before its time, wherever the person is by then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -12, max: 14 }),
        fc.integer({ min: -12, max: 14 }),
        fc.integer({ min: 1, max: 59 }),
        (fromH, toH, minutes) => {
          const who = new Traveller();
          who.zoneH = fromH;
          who.utcMs += 5 * DAY_MS;
          who.write(one('short', { 'R-08': ['yes'] }));
          expect(safetyStatus(who.journal, who.moment).lock).not.toBeNull();
          who.zoneH = toH;
          who.utcMs += minutes * 60_000;
          who.write({ kind: 'seenSaid', seenDay: who.moment.day, byWhom: 'doctor', said: '' });
          who.write(clearing());
          expect(safetyStatus(who.journal, who.moment).lock).not.toBeNull();
          const today = todaysSession(who.journal, who.moment, { ...NOBODY_SPECIAL, locked: true });
          expect(today).toMatchObject({ kind: 'nextStep', step: 'locked' });
        },
      ),
      { numRuns: 200 },
    );
  });
});
