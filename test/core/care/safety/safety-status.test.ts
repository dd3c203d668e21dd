import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import { judgeSafety } from '../../../../src/core/care/safety/judge-safety.ts';
import { NOT_WORSE, WORSE, type FlagId } from '../../../../src/core/care/safety/safety-event.ts';
import { FULL_FORM, SAFETY_QUESTIONS } from '../../../../src/core/care/safety/safety-questions.ts';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import {
  clearing,
  DAY_MS,
  full,
  fullAnswers,
  HOUR_MS,
  journalOf,
  mistake,
  momentAt,
  one,
  seen,
  sessionDone,
  short,
  START_MS,
} from './journal-of.ts';

const statusAt = (hours: number, ...written: readonly (readonly [number, CareEvent])[]) =>
  safetyStatus(journalOf(...written), momentAt(hours));
const EMERGENCY = one('short', { 'R-01': ['yes'] });
const FEVER = one('short', { 'R-08': ['yes'] });
const linked: CareEvent = { kind: 'clinicianLinked', isLinked: true };
const cleared: CareEvent = { kind: 'clinicianCleared', by: 'Dr' };
const worrying: CareEvent = {
  kind: 'measureAnswered',
  measureId: 'adverse',
  value: 1,
  language: 'en',
  wordsVersion: '1',
};

describe('what is due before a session', () => {
  it('asks everything before the first use, and goes on where it was left on the same day', () => {
    expect(statusAt(0)).toMatchObject({ lock: null, due: 'full', round: { answers: {}, left: FULL_FORM } });
    const started = statusAt(1, [0, one('full', { 'R-19': ['40'], 'R-01': ['no'] })]);
    expect(started.due).toBe('full');
    expect(started.round.answers).toEqual({ 'R-19': ['40'], 'R-01': ['no'] });
    expect(started.round.left).toHaveLength(FULL_FORM.length - 2);
    expect(statusAt(72, [0, one('full', { 'R-19': ['40'] })]).round.left).toEqual(FULL_FORM);
    const { 'R-28': last, ...others } = fullAnswers();
    expect(statusAt(1, [0, one('full', others)]).due).toBe('full');
    expect(statusAt(1.1, [0, one('full', others)], [1, one('full', { 'R-28': last ?? [] })]).due).toBe(
      'nothing',
    );
  });

  it('does not count answers that cannot be read', () => {
    const { round } = statusAt(0, [
      0,
      one('full', { 'R-01': ['maybe'], 'R-19': ['nine'], 'R-16': [NOT_WORSE] }),
    ]);
    expect(round.answers).toEqual({});
  });

  it('asks the short form before every session, unless a form was answered for it', () => {
    expect(statusAt(0.4, [0, full()]).due).toBe('nothing');
    expect(statusAt(1, [0, full()]).due).toBe('short');
    expect(statusAt(24.1, [0, full()], [24, short()]).due).toBe('nothing');
    expect(statusAt(24.1, [0, full()], [24, one('short', { 'R-01': ['no'] })]).due).toBe('short');
    expect(statusAt(24.3, [0, full()], [24, short()], [24.2, sessionDone]).due).toBe('short');
    expect(statusAt(23, [0, full()], [24, short()]).due).toBe('short');
  });

  it('asks everything again after fourteen days without a session, or when something is worrying', () => {
    expect(statusAt(13 * 24, [0, full()]).due).toBe('short');
    expect(statusAt(14 * 24, [0, full()]).due).toBe('full');
    expect(statusAt(14 * 24, [0, full()], [24, sessionDone]).due).toBe('short');
    expect(statusAt(15 * 24, [0, full()], [24, sessionDone]).due).toBe('full');
    expect(statusAt(1, [0, full()], [0.5, worrying]).due).toBe('full');
    expect(statusAt(2, [0, full()], [0.5, worrying], [1.9, full()]).due).toBe('nothing');
  });

  it('is not stalled by a clock that ran ahead and came back', () => {
    const ahead = 400 * 24;
    expect(statusAt(1, [0, full()], [ahead, sessionDone]).due).toBe('full');
    expect(statusAt(1.1, [0, full()], [ahead, sessionDone], [1, full()]).due).toBe('nothing');
    expect(statusAt(0, [ahead, one('full', { 'R-01': ['no'] })]).round.left).toEqual(FULL_FORM);
  });
});

describe('a lock', () => {
  it('takes hold at once, in the middle of the questions, and stays', () => {
    const status = statusAt(1, [0, one('full', { 'R-01': ['yes'] })]);
    expect(status.lock).toMatchObject({ action: 'emergency', waysOut: ['mistake', 'statement'] });
    expect(statusAt(24 * 365 * 20, [0, one('full', { 'R-01': ['yes'] })]).lock).not.toBeNull();
  });

  it('does not open by answering otherwise: not in the full form, the short one, a single question or another tab', () => {
    for (const other of [full(), short(), clearing(), one('single', { 'R-01': ['no'] })])
      expect(statusAt(48, [0, EMERGENCY], [47, other]).lock?.action).toBe('emergency');
    const softened = statusAt(
      48,
      [0, one('full', { 'R-04': ['rapid'] })],
      [1, one('full', { 'R-04': ['slow'] })],
    );
    expect(softened.lock?.action).toBe('emergency');
  });

  it('is not made lighter by another answer on which it leans', () => {
    const status = statusAt(
      2,
      [0, full({ 'R-12': ['yes'], 'R-10': ['past'] })],
      [1, one('full', { 'R-10': ['no'] })],
    );
    expect(status.lock?.action).toBe('urgent');
  });

  it('opens for a corrected mistake at once, also an emergency, and once only', () => {
    expect(statusAt(0.2, [0, EMERGENCY], [0.1, mistake('R-01', 'no')]).lock).toBeNull();
    const kept = statusAt(1, [0, EMERGENCY], [0.1, mistake('R-01', 'yes')], [0.2, mistake('R-01', 'no')]);
    expect(kept.lock).toMatchObject({ action: 'emergency', waysOut: ['statement'], correctable: [] });
    const again = [EMERGENCY, mistake('R-01', 'yes'), EMERGENCY, mistake('R-01', 'no')];
    const many = statusAt(1, ...again.map((event, index) => [index / 10, event] as const));
    expect(many.lock).not.toBeNull();
    const next = statusAt(3, [0, EMERGENCY], [0.1, mistake('R-01', 'no')], [2, EMERGENCY]);
    expect(next.lock?.waysOut).toContain('mistake');
  });

  it('does not hear a mistake about another question, nor one that is no answer', () => {
    expect(statusAt(1, [0, EMERGENCY], [0.1, mistake('R-02', 'no')]).lock?.correctable).toEqual(['R-01']);
    expect(statusAt(1, [0, EMERGENCY], [0.1, mistake('R-01', 'hm')]).lock?.correctable).toEqual(['R-01']);
  });

  it('keeps what else locks when a mistake is corrected, and what a graver correction brings', () => {
    const other = statusAt(1, [0, full({ 'R-08': ['yes'], 'R-18': ['yes'] })], [0.1, mistake('R-08', 'no')]);
    expect(other.lock).toMatchObject({ action: 'review', answers: [{ flagId: 'R-18' }] });
    const graver = statusAt(1, [0, full({ 'R-04': ['slow'] })], [0.1, mistake('R-04', 'rapid')]);
    expect(graver.lock?.action).toBe('emergency');
    const alone = statusAt(
      1,
      [0, full({ 'R-12': ['yes'], 'R-08': ['yes'], 'R-09': ['diabetes'] })],
      [0.1, mistake('R-08', 'no')],
    );
    expect(alone.lock).toMatchObject({ action: 'review', answers: [{ flagId: 'R-12' }] });
  });

  it('REVIEW opens by the statement, is covered for ninety days, and leaves its profile', () => {
    const fracture = full({ 'R-16': ['fracture'] });
    const locked = statusAt(1, [0, fracture]);
    expect(locked.lock).toMatchObject({ action: 'review', waysOut: ['mistake', 'statement'] });
    const open = statusAt(25, [0, fracture], [24, seen(1)]);
    expect(open).toMatchObject({ lock: null, due: 'short', profiles: ['bone'], coveredUntilDay: 20_091 });
    expect(open.round.newOrWorse).toEqual(['R-16']);
    const daily = Array.from({ length: 92 }, (_, day) => [24 * (day + 1) + 1, sessionDone] as const);
    expect(statusAt(91 * 24, [0, fracture], [24, seen(1)], ...daily.slice(0, 90)).due).toBe('short');
    const after = statusAt(92 * 24 + 2, [0, fracture], [24, seen(1)], ...daily);
    expect(after).toMatchObject({ lock: null, due: 'full', profiles: ['bone'], coveredUntilDay: null });
    const askedAgain = statusAt(92 * 24 + 4, [0, fracture], [24, seen(1)], ...daily, [92 * 24 + 3, fracture]);
    expect(askedAgain.lock?.action).toBe('review');
  });

  it('asks what is covered as new or worse, and locks again when it is', () => {
    const fracture = full({ 'R-16': ['fracture'] });
    const covered = [
      [0, fracture],
      [1, seen(0)],
    ] as const;
    const gap = 20 * 24;
    expect(statusAt(gap + 1, ...covered, [gap, full({ 'R-16': [NOT_WORSE] })])).toMatchObject({
      lock: null,
      profiles: ['bone'],
    });
    expect(statusAt(gap + 1, ...covered, [gap, full({ 'R-16': [WORSE, 'no'] })]).lock?.action).toBe('review');
    expect(statusAt(gap + 1, ...covered, [gap, fracture]).lock).toBeNull();
    // What is grave enough to be seen today is never spared.
    const slow = full({ 'R-04': ['slow'] });
    const opened = [
      [0, slow],
      [1, seen(0)],
      [2, clearing({ 'R-04': [NOT_WORSE] })],
    ] as const;
    expect(statusAt(3, ...opened).lock).toBeNull();
    expect(statusAt(25, ...opened, [24, one('short', { 'R-04': ['slow'] })]).lock?.action).toBe('urgent');
  });

  it('URGENT opens by the statement and a clear full screen, not by one of them', () => {
    const fever = full({ 'R-08': ['yes'] });
    const notWorse = clearing({ 'R-08': [NOT_WORSE] });
    expect(statusAt(3, [0, fever], [1, seen(0)]).lock).toMatchObject({
      waysOut: ['mistake', 'clearFullScreen'],
      statementSaid: true,
    });
    expect(statusAt(3, [0, fever], [1, notWorse]).lock?.action).toBe('urgent');
    expect(statusAt(3, [0, fever], [1, notWorse], [2, seen(0)]).lock?.action).toBe('urgent');
    expect(statusAt(3, [0, fever], [1, seen(0)], [2, notWorse])).toMatchObject({ lock: null, due: 'short' });
    expect(statusAt(2.1, [0, fever], [1, seen(0)], [2, notWorse]).due).toBe('nothing');
    const { 'R-28': left, ...most } = fullAnswers({ 'R-08': [NOT_WORSE] });
    expect(left).toBeDefined();
    const partly = statusAt(3, [0, fever], [1, seen(0)], [2, one('clearing', most)]);
    expect(partly.lock?.action).toBe('urgent');
    expect(partly.round.left).toEqual(['R-28']);
  });

  it('stays when the full screen is not clear, and the statement must be said anew', () => {
    const fever = full({ 'R-08': ['yes'] });
    for (const found of [
      { 'R-18': ['yes'] },
      { 'R-11': ['yes'] },
      { 'R-02': ['yes'] },
      { 'R-08': [WORSE, 'yes'] },
    ] as const) {
      const status = statusAt(3, [0, fever], [1, seen(0)], [2, clearing({ 'R-08': [NOT_WORSE], ...found })]);
      expect(status.lock).toMatchObject({ statementSaid: false });
      expect(status.lock?.waysOut).toContain('statement');
    }
    // Covered for what it was, not for what another answer makes of it.
    const nightPain = full({ 'R-08': ['yes'], 'R-12': ['yes'] });
    const withCancer = clearing({ 'R-08': ['no'], 'R-12': [NOT_WORSE], 'R-10': ['past'] });
    expect(statusAt(3, [0, nightPain], [1, seen(0)], [2, withCancer]).lock).toBeNull();
    const review = [
      [0, full({ 'R-12': ['yes'] })],
      [1, seen(0)],
      [2, one('short', { 'R-08': ['yes'] })],
      [3, seen(0)],
    ] as const;
    expect(statusAt(5, ...review, [4, clearing({ 'R-08': ['no'], 'R-12': [NOT_WORSE] })]).lock).toBeNull();
  });

  it('EMERGENCY opens by no statement and no clinician within 24 hours', () => {
    const notWorse = clearing({ 'R-01': [NOT_WORSE] });
    const early = statusAt(23.9, [0, EMERGENCY], [1, seen(0)], [23.8, notWorse]);
    expect(early.lock).toMatchObject({ action: 'emergency', waysOut: ['mistake'], statementSaid: true });
    expect(early.lock?.earliestOpeningUtcMs).toBe(START_MS + DAY_MS);
    const late = [
      [0, EMERGENCY],
      [1, seen(0)],
    ] as const;
    expect(statusAt(24, ...late).lock?.waysOut).toEqual(['mistake', 'clearFullScreen']);
    expect(statusAt(25, ...late, [24, notWorse]).lock).toBeNull();
    expect(statusAt(25, [0, EMERGENCY], [24, notWorse]).lock).not.toBeNull();
    const byClinician = [
      [0, linked],
      [0, EMERGENCY],
      [1, cleared],
    ] as const;
    expect(statusAt(2, ...byClinician).lock?.action).toBe('emergency');
    expect(statusAt(24, ...byClinician).lock?.waysOut).toEqual(['mistake', 'clearFullScreen']);
    expect(statusAt(25, ...byClinician, [24, notWorse]).lock).toBeNull();
  });

  it('INELIGIBLE never opens by a statement; only a corrected age or a linked clinician opens it', () => {
    const child = full({ 'R-19': ['16'] });
    expect(statusAt(1, [0, child]).lock).toMatchObject({ action: 'ineligible', waysOut: ['mistake'] });
    expect(statusAt(9, [0, child], [1, seen(0)], [2, clearing()], [3, cleared]).lock?.action).toBe(
      'ineligible',
    );
    expect(statusAt(1, [0, child], [0.1, mistake('R-19', '61')]).lock).toBeNull();
    expect(statusAt(1, [0, linked], [0, child], [0.1, cleared]).lock).toBeNull();
    const feverToo = [
      [0, full({ 'R-19': ['16'], 'R-08': ['yes'] })],
      [1, seen(0)],
      [2, clearing({ 'R-19': ['40'], 'R-08': [NOT_WORSE] })],
    ] as const;
    expect(statusAt(3, ...feverToo).lock?.action).toBe('ineligible');
  });

  it('with a clinician linked opens by the clinician, not by the statement', () => {
    for (const found of [{ 'R-08': ['yes'] }, { 'R-18': ['yes'] }] as const) {
      const said = statusAt(3, [0, linked], [0, full(found)], [1, seen(0)], [2, clearing()]);
      expect(said.lock?.waysOut).toEqual(['mistake', 'clinician']);
      expect(statusAt(3, [0, linked], [0, full(found)], [1, cleared]).lock).toBeNull();
      expect(statusAt(3, [0, full(found)], [1, cleared]).lock).not.toBeNull();
    }
  });

  it('refuses a day seen that lies in the future or before the answer that locked', () => {
    const review = full({ 'R-18': ['yes'] });
    for (const [day, opens] of [
      [-1, false],
      [0, true],
      [2, true],
      [3, false],
    ] as const)
      expect(statusAt(49, [0, review], [48, seen(day)]).lock === null).toBe(opens);
  });

  it('takes no word of having been seen within an hour of the answer, nor by two taps', () => {
    const review = full({ 'R-18': ['yes'] });
    const soon = statusAt(0.5, [0, review], [0.4, seen(0)]);
    expect(soon.lock).toMatchObject({ waysOut: ['mistake'], statementFromUtcMs: START_MS + HOUR_MS });
    expect(statusAt(1, [0, review], [0.4, seen(0)]).lock).toMatchObject({
      waysOut: ['mistake', 'statement'],
      statementFromUtcMs: null,
    });
    expect(statusAt(1.1, [0, review], [1, seen(0)]).lock).toBeNull();
  });

  it('counts the ninety days from the day that somebody was seen, not from when it was told', () => {
    const review = full({ 'R-18': ['yes'] });
    const told = statusAt(24 * 60 + 1, [0, review], [24 * 60, seen(3)]);
    expect(told).toMatchObject({ lock: null, coveredUntilDay: 20_003 + 90 });
    const fever = full({ 'R-08': ['yes'] });
    const cleared = clearing({ 'R-08': [NOT_WORSE] });
    expect(statusAt(24 * 9, [0, fever], [24 * 2, seen(1)], [24 * 8, cleared]).coveredUntilDay).toBe(20_091);
    // What was said of a visit longer ago covers nothing any more.
    expect(statusAt(24 * 95 + 1, [0, review], [24 * 95, seen(1)])).toMatchObject({
      due: 'full',
      coveredUntilDay: null,
    });
  });

  it('adds up profiles and restrictions of all answers', () => {
    const status = statusAt(1, [0, full({ 'R-27': ['yes'], 'R-28': ['no'], 'R-21': ['yes'] })]);
    expect(status).toMatchObject({ lock: null, profiles: ['shoulder', 'noFloor'] });
    expect(status.restrictions).toEqual(['keepMagnetsAway', 'askClinician', 'capArmElevation']);
    expect(statusAt(2, [0, full({ 'R-27': ['yes'] })], [1, full()]).profiles).toEqual([]);
  });

  it('shows the words of help after thoughts of self-harm, and locks nothing for them', () => {
    const told = [[0, full({ 'R-23': ['yes'] })]] as const;
    expect(statusAt(1, ...told)).toMatchObject({ lock: null, inCrisis: true });
    expect(statusAt(72, ...told).inCrisis).toBe(false);
    expect(statusAt(1, ...told, [0.5, one('single', { 'R-23': ['no'] })]).inCrisis).toBe(false);
  });
});

describe('a lock and a clock that is set', () => {
  const notWorse = clearing({ 'R-01': [NOT_WORSE] });

  it('stands when the clock goes back', () => {
    const back = -24 * 30;
    for (const journal of [journalOf([0, EMERGENCY]), journalOf([0, EMERGENCY], [back, seen(-30)])])
      for (const hours of [back - 100, back, back + 23, -1, 0, 23])
        if (journal.length === 1 || hours < back + 24 || hours >= 0)
          expect(safetyStatus(journal, momentAt(hours)).lock?.waysOut).not.toContain('clearFullScreen');
  });

  it('is not shortened when the clock goes back and is put right again', () => {
    const journal = [
      [0, EMERGENCY],
      [-50, seen(-3)],
      [1, notWorse],
    ] as const;
    expect(statusAt(2, ...journal).lock?.action).toBe('emergency');
  });

  it('opens in the end when it was given by a clock that ran ahead', () => {
    const ahead = 24 * 3650;
    const locked = [[ahead, EMERGENCY]] as const;
    expect(statusAt(0, ...locked).lock?.waysOut).toContain('statement');
    const said = [...locked, [0, seen(0)]] as const;
    expect(statusAt(23, ...said).lock?.waysOut).not.toContain('clearFullScreen');
    expect(statusAt(24, ...said).lock?.waysOut).toContain('clearFullScreen');
    expect(statusAt(25, ...said, [24, notWorse])).toMatchObject({ lock: null });
    const review = [
      [ahead, full({ 'R-18': ['yes'] })],
      [0, seen(0)],
    ] as const;
    expect(statusAt(1, ...review).lock).toBeNull();
  });

  it('lets a statement that was written before the clock was put right be said again', () => {
    const ahead = 24 * 3650;
    const said = [
      [ahead, EMERGENCY],
      [ahead + 1, seen(3650)],
    ] as const;
    expect(statusAt(0, ...said).lock?.waysOut).toContain('statement');
    expect(statusAt(24.5, ...said, [0.2, seen(0)]).lock?.waysOut).toContain('clearFullScreen');
  });
});

/** A person, several tabs or a file edited by hand: anything in any order, by a clock that jumps. */
const FLAGS = SAFETY_QUESTIONS.filter(({ kind }) => kind !== 'course');
const anyAnswer = fc.constantFrom(...FLAGS).chain((question) => {
  const codes =
    question.kind === 'age'
      ? fc.constantFrom('16', '40', 'old')
      : fc.constantFrom(...question.answers, NOT_WORSE, WORSE);
  return fc.record({ id: fc.constant(question.id), codes: fc.array(codes, { maxLength: 3 }) });
});
const anyAnswers = fc
  .array(anyAnswer, { minLength: 1, maxLength: 4 })
  .map((all): Record<string, readonly string[]> =>
    Object.fromEntries(all.map(({ id, codes }) => [id, codes])),
  );
const anyEvent: fc.Arbitrary<CareEvent> = fc.oneof(
  fc
    .record({ form: fc.constantFrom('full', 'short', 'clearing', 'single'), answers: anyAnswers })
    .map(({ form, answers }): CareEvent => ({ kind: 'safetyAnswered', form, answers })),
  fc
    .record({ form: fc.constantFrom('full', 'clearing'), answers: anyAnswers })
    .map(({ form, answers }): CareEvent => ({ kind: 'safetyAnswered', form, answers: fullAnswers(answers) })),
  fc.constantFrom(short(), clearing(), full(), sessionDone, cleared, worrying),
  fc.constantFrom(EMERGENCY, FEVER, full({ 'R-18': ['yes'] }), mistake('R-01', 'no'), mistake('R-08', 'no')),
  fc.constantFrom(clearing({ 'R-01': [NOT_WORSE] }), clearing({ 'R-08': [NOT_WORSE] })),
  anyAnswer.map(({ id, codes }) => mistake(id, ...codes)),
  // Days after the one on which it is said.
  fc.constantFrom(0, 0, 0, -1, 1, -40).map(seen),
  fc.boolean().map((isLinked): CareEvent => ({ kind: 'clinicianLinked', isLinked })),
);
const anySteps = (steps: fc.Arbitrary<number>) =>
  fc
    .array(fc.record({ event: anyEvent, hours: steps }), { minLength: 1, maxLength: 14 })
    .map((written): readonly JournalEntry[] => {
      let now = 0;
      return journalOf(
        ...written.map(({ event, hours }) => {
          now += hours;
          if (event.kind !== 'seenSaid') return [now, event] as const;
          return [now, { ...event, seenDay: event.seenDay + momentAt(now).day - momentAt(0).day }] as const;
        }),
      );
    });
const forward = fc.constantFrom(0, 0.1, 1, 12, 25, 24 * 15, 24 * 95);
const anyway = fc.oneof(forward, fc.constantFrom(-0.1, -5, -24 * 40, 24 * 3650, -24 * 3650));

describe('any sequence of answers', () => {
  it('opens a lock by an allowed way only @slow', () => {
    let opened = 0;
    fc.assert(
      fc.property(anySteps(anyway), (journal) => {
        let mistakes = 0;
        for (const [index, entry] of journal.entries()) {
          const before = safetyStatus(journal.slice(0, index), { utcMs: entry.atUtcMs, day: entry.day });
          const after = safetyStatus(journal.slice(0, index + 1), { utcMs: entry.atUtcMs, day: entry.day });
          if (before.lock === null) mistakes = 0;
          const isLinked = journal
            .slice(0, index)
            .reduce((was, { event }) => (event.kind === 'clinicianLinked' ? event.isLinked : was), false);
          // One that says nothing is not heard, and leaves the next one its turn.
          const isHeard = (after.lock?.correctable.length ?? 0) === 0;
          if (
            entry.event.kind === 'mistakeSaid' &&
            before.lock?.correctable.includes(entry.event.flagId) &&
            isHeard
          )
            mistakes++;
          expect(mistakes).toBeLessThanOrEqual(before.lock === null ? 0 : 1);
          if (before.lock === null || after.lock !== null) continue;
          opened++;
          expect(mayOpen(entry.event, before.lock, isLinked)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
    expect(opened).toBeGreaterThan(30);
  });

  it('opens no emergency within 24 hours but for a corrected mistake @slow', () => {
    fc.assert(
      fc.property(anySteps(forward), (journal) => {
        for (const [index, entry] of journal.entries()) {
          const moment = { utcMs: entry.atUtcMs, day: entry.day };
          const before = safetyStatus(journal.slice(0, index), moment).lock;
          const after = safetyStatus(journal.slice(0, index + 1), moment).lock;
          if (before?.action !== 'emergency' || after?.action === 'emergency') continue;
          if (entry.event.kind === 'mistakeSaid') continue;
          expect(entry.atUtcMs - before.sinceUtcMs).toBeGreaterThanOrEqual(24 * HOUR_MS);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('locks after every answer that locks, whatever was answered before', () => {
    fc.assert(
      fc.property(anySteps(anyway), fc.constantFrom(...LOCKING_ANSWERS), (journal, [id, codes]) => {
        const order = journal.length;
        const { atUtcMs, day } = journal.at(-1) ?? { atUtcMs: START_MS, day: 20_000 };
        const event = one('short', { [id]: codes });
        const status = safetyStatus([...journal, { order, atUtcMs, day, event }], { utcMs: atUtcMs, day });
        expect(status.lock?.answers.map(({ flagId }) => flagId)).toContain(id);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same after the journal was kept as text and read again', () => {
    fc.assert(
      fc.property(anySteps(anyway), forward, (journal, hours) => {
        const moment = { ...momentAt(hours) };
        const again = JSON.parse(JSON.stringify(journal)) as readonly JournalEntry[];
        expect(safetyStatus(again, moment)).toEqual(safetyStatus(journal, moment));
      }),
      { numRuns: 300 },
    );
  });

  it('never leaves an adult without a way on @slow', () => {
    fc.assert(
      fc.property(anySteps(anyway), (journal) => {
        const last = journal.at(-1) ?? { atUtcMs: START_MS, day: 20_000 };
        let entries = [...journal];
        let hours = 0;
        const now = () => ({ utcMs: last.atUtcMs + hours * HOUR_MS, day: last.day + Math.floor(hours / 24) });
        const write = (event: CareEvent) => {
          const { utcMs, day } = now();
          entries = [...entries, { order: entries.length, atUtcMs: utcMs, day, event }];
        };
        for (let round = 0; round < 6; round++) {
          const { lock, round: asked } = safetyStatus(entries, now());
          if (lock === null || lock.answers.some(({ action }) => action === 'ineligible')) return;
          if (lock.waysOut.includes('clinician')) write(cleared);
          else if (lock.waysOut.includes('statement'))
            write({ kind: 'seenSaid', seenDay: now().day, byWhom: 'doctor', said: '' });
          else if (lock.waysOut.includes('clearFullScreen'))
            write(clearing(Object.fromEntries(asked.newOrWorse.map((id) => [id, [NOT_WORSE]]))));
          else hours += 24;
        }
        expect.fail('Still locked.');
      }),
      { numRuns: 500 },
    );
  });
});

/** Answers to short-form questions that lock by themselves. */
const LOCKING_ANSWERS: readonly (readonly [FlagId, readonly string[]])[] = [
  ['R-01', ['yes']],
  ['R-04', ['slow']],
  ['R-04', ['rapid']],
  ['R-08', ['yes']],
  ['R-25', ['effort']],
];

function mayOpen(
  event: CareEvent,
  lock: NonNullable<ReturnType<typeof safetyStatus>['lock']>,
  isLinked: boolean,
): boolean {
  switch (event.kind) {
    case 'mistakeSaid':
      return lock.waysOut.includes('mistake') && !judgeSafety({ [event.flagId]: event.answers }).lock;
    case 'seenSaid':
      return lock.action === 'review' && !isLinked;
    case 'clinicianCleared':
      return isLinked && lock.action !== 'emergency';
    case 'safetyAnswered':
      return event.form === 'clearing' && lock.waysOut.includes('clearFullScreen');
    default:
      return false;
  }
}
