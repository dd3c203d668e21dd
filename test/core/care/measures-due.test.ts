import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../src/core/care/care-journal.ts';
import { measureAnswers } from '../../../src/core/care/outcomes/measure-answers.ts';
import { measuresDue } from '../../../src/core/care/outcomes/measures-due.ts';
import { NEXT_MORNING } from '../../../src/core/care/outcomes/measure-definition.ts';
import { trustedDays } from '../../../src/core/care/journal-days.ts';
import type { ProgrammePlan } from '../../../src/core/care/programme/programme-plan.ts';
import { answer, journalOf, momentOf, sessionWith } from '../../support/care-journal.ts';

const START = 1000;
const cameIn: CareEvent = { kind: 'cameIn' };

function planSet(state: ProgrammePlan['state']): CareEvent {
  const plan: ProgrammePlan = {
    phase: 4,
    irritability: 'low',
    fitness: 'F2',
    exercises: [],
    sessionsPerWeek: 3,
    minutesPerSession: 20,
    state,
  };
  return { kind: 'planSet', plan, firings: [], rulesVersion: '1', by: 'auto' };
}

function due(journal: readonly JournalEntry[], day: number): string[] {
  return measuresDue(journal, momentOf(day)).map(({ measureId }) => measureId);
}

/** Answers everything that is due on a day, on that day. */
function answerAll(journal: JournalEntry[], day: number, value: number | null = 3): string[] {
  const asked = due(journal, day);
  for (const { measureId } of measuresDue(journal, momentOf(day)))
    journal.push({ order: journal.length, day, atUtcMs: 0, event: answer(measureId, value) });
  return asked;
}

describe('what is asked', () => {
  it('is nothing but the baseline before a person has come in', () => {
    const occasions = new Set(measuresDue([], momentOf(START)).map(({ occasion }) => occasion));
    expect(occasions).toEqual(new Set(['baseline']));
  });

  it('asks about as many hard things as were named last', () => {
    const journal = journalOf(
      [START, { kind: 'intakeAnswered', answers: { hardThings: ['a', 'b', 'c'] } }],
      [START, { kind: 'intakeAnswered', answers: { hardThings: ['sitting', 'reaching'] } }],
      [START, cameIn],
    );
    expect(due(journal, START).filter((id) => id.startsWith('func'))).toEqual(['func1', 'func2']);
  });

  it('does not ask on the first day what coming in asked', () => {
    const journal = journalOf(
      [START, { kind: 'intakeAnswered', answers: { painAverage24h: 4, worry: 2, confidence: 6 } }],
      [START, cameIn],
    );
    const asked = due(journal, START);
    expect(asked).not.toContain('pain.avg24');
    expect(asked).not.toContain('conf');
    expect(asked).toContain('pain.worst24');
    expect(due(journal, START + 1)).toContain('pain.avg24');
  });

  it('follows the schedule over twelve weeks when everything is answered each day', () => {
    const journal = journalOf([START, cameIn]);
    const askedOn = new Map<string, number[]>();
    for (let day = 0; day < 98; day++)
      for (const id of answerAll(journal, START + day)) askedOn.set(id, [...(askedOn.get(id) ?? []), day]);
    expect(askedOn.get('pain.avg24')).toHaveLength(98);
    const weeks = (first: number) => [first, ...Array.from({ length: 13 }, (_, week) => 7 + 7 * week)];
    expect(askedOn.get('workdays')).toEqual(weeks(2));
    expect(askedOn.get('conf')).toEqual(weeks(4));
    expect(askedOn.get('int.sleep')).toEqual([3, 14, 28, 42, 56, 84]);
    expect(askedOn.get('pgic')).toEqual([28, 56, 84]);
    expect(askedOn.get('recommend')).toEqual([28, 84]);
    expect(askedOn.has('pain.now')).toBe(false);
    expect(askedOn.has('return')).toBe(false);
  });

  it('asks on the first day only what the first session may change, and the rest of the baseline until day 4', () => {
    const journal = journalOf(
      [
        START,
        {
          kind: 'intakeAnswered',
          answers: {
            painAverage24h: 4,
            painWorst24h: 6,
            confidence: 6,
            worry: 2,
            hardThings: ['a', 'b', 'c'],
          },
        },
      ],
      [START, cameIn],
    );
    expect(answerAll(journal, START)).toEqual(['stiff', 'pain.avg7', 'func1', 'func2', 'func3']);
    const daily = ['pain.avg24', 'pain.worst24', 'stiff'];
    const later = [1, 2, 3, 4, 5].map((day) =>
      answerAll(journal, START + day).filter((id) => !daily.includes(id)),
    );
    expect(later).toEqual([
      [],
      ['stiff.minutes', 'workdays', 'medchange'],
      ['int.enjoy', 'int.activity', 'int.work', 'int.sleep'],
      ['energy', 'breathease'],
      [],
    ]);
  });

  it('still asks the baseline of whoever came back late in the first week, and not after it', () => {
    const journal = journalOf([START, cameIn]);
    expect(due(journal, START + 6)).toEqual(expect.arrayContaining(['pain.avg7', 'int.work', 'energy']));
    expect(due(journal, START + 8)).not.toContain('int.work');
  });

  it('takes a skip for an answer to that occasion, and a passed occasion for over', () => {
    const journal = journalOf([START, cameIn]);
    answerAll(journal, START, null);
    expect(due(journal, START)).toEqual([]);
    // Weeks 2 and 4 passed by: week 6 asks once, not three times.
    expect(due(journal, START + 42).filter((id) => id === 'int.work')).toHaveLength(1);
    expect(due(journal, START + 13)).not.toContain('int.work');
  });

  it('asks the morning after for no morning before the night is over', () => {
    const journal = journalOf([START, cameIn], [START, sessionWith([])]);
    // A session of the evening before that ended ten minutes past midnight.
    const ended = momentOf(START + 1).utcMs + 10 * 60_000;
    const written = [journal[0]!, { ...journal[1]!, atUtcMs: ended }];
    const isAsked = (utcMs: number) =>
      measuresDue(written, { day: START + 1, utcMs }).some(({ measureId }) => measureId === 'pain.nextday');
    expect(isAsked(ended + 60_000)).toBe(false);
    expect(isAsked(ended + 7 * 3_600_000)).toBe(true);
    // A clock that was set back since keeps nothing waiting.
    expect(isAsked(ended - 3_600_000)).toBe(true);
  });

  it('asks on the morning after a session, and once more where it was a bit higher', () => {
    const journal = journalOf([START, cameIn], [START + 3, sessionWith([])]);
    expect(due(journal, START + 3)).not.toContain('pain.nextday');
    expect(due(journal, START + 4)).toContain('pain.nextday');
    const higher = [
      ...journal,
      ...journalOf([START + 4, answer('pain.nextday', NEXT_MORNING.bitHigher)]).map((entry) => ({
        ...entry,
        order: journal.length,
      })),
    ];
    expect(due(higher, START + 4)).not.toContain('pain.nextday');
    expect(due(higher, START + 5)).toContain('pain.nextday');
    answerAll(higher, START + 5, NEXT_MORNING.bitHigher);
    expect(due(higher, START + 6)).not.toContain('pain.nextday');
  });

  it('asks after the end every month, and at 3, 6 and 12 months whether the pain came back', () => {
    const journal = journalOf([START, cameIn], [START + 84, planSet('discharged')]);
    const end = START + 84;
    expect(due(journal, end + 1)).toEqual([]);
    const askedOn = new Map<string, number[]>();
    for (let day = 0; day < 420; day++)
      for (const id of answerAll(journal, end + day, 1)) askedOn.set(id, [...(askedOn.get(id) ?? []), day]);
    expect(askedOn.get('return')).toEqual([91, 183, 365]);
    expect(askedOn.get('pain.avg7')).toHaveLength(12);
    expect([...askedOn.keys()].sort()).toEqual(['pain.avg7', 'return', 'workdays']);
  });

  it('starts again where the programme is taken up again', () => {
    const journal = journalOf(
      [START, cameIn],
      [START + 84, planSet('maintenance')],
      [START + 100, planSet('running')],
    );
    expect(due(journal.slice(0, 2), START + 90)).toEqual([]);
    expect(due(journal, START + 101)).toContain('pain.avg24');
  });
});

describe('with a clock that is not to be trusted', () => {
  it('does not ask again on a day that was set back', () => {
    const journal = journalOf([START, cameIn]);
    answerAll(journal, START);
    answerAll(journal, START + 1);
    expect(due(journal, START)).toEqual([]);
    expect(due(journal, START + 1)).toEqual([]);
  });

  it('waits for nothing after a clock that jumped ahead and came back', () => {
    const journal = journalOf([START, cameIn], [START + 1, answer('pain.avg24', 3)]);
    answerAll(journal, START + 5000);
    expect(due(journal, START + 4)).toContain('pain.avg24');
    expect(due(journal, START + 14)).toContain('int.sleep');
  });

  it('keeps the course where a few entries were dated long before it', () => {
    const journal = journalOf(
      [START, cameIn],
      [START + 7, answer('conf', 4)],
      [10, answer('conf', 5)],
      [START + 15, answer('stiff', 2)],
    );
    const { conf } = Object.fromEntries(measureAnswers(journal, momentOf(START + 15)));
    expect(conf).toEqual([{ day: START + 7, value: 5 }]);
    expect(due(journal, START + 15)).toContain('int.sleep');
  });

  const anyDays = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
  it('dates every entry in the order of writing, never after today, and leaves good clocks alone', () => {
    fc.assert(
      fc.property(anyDays, fc.integer({ min: 0, max: 60 }), (days, today) => {
        const dated = trustedDays(journalOf(...days.map((day) => [day, cameIn] as const)), momentOf(today));
        expect(dated).toHaveLength(days.length);
        dated.forEach((day, i) => {
          expect(day).toBeLessThanOrEqual(today);
          expect(day).toBeGreaterThanOrEqual(dated[i - 1] ?? -Infinity);
        });
        const sorted = [...days].sort((a, b) => a - b);
        const straight = journalOf(...sorted.map((day) => [day, cameIn] as const));
        expect(trustedDays(straight, momentOf(60))).toEqual(sorted);
      }),
    );
  });

  it('never asks the same twice on one day, whatever the clock did before', () => {
    fc.assert(
      fc.property(anyDays, fc.integer({ min: 0, max: 60 }), (days, today) => {
        const journal = journalOf([days[0] ?? today, cameIn]);
        for (const day of days) answerAll(journal, day);
        answerAll(journal, today);
        expect(due(journal, today)).toEqual([]);
      }),
    );
  });
});
