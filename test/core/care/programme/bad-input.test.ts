import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import { isStrength } from '../../../../src/core/care/programme/composition.ts';
import { decidePlan } from '../../../../src/core/care/programme/decide-plan.ts';
import type { ProgrammeContext } from '../../../../src/core/care/programme/draft.ts';
import type { PlannedExercise } from '../../../../src/core/care/programme/programme-plan.ts';
import { todaysSession } from '../../../../src/core/care/programme/todays-session.ts';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import { libraryExercise } from '../../../../src/core/exercise/exercise-library.ts';
import { full, one } from '../safety/journal-of.ts';
import { GOOD, inPhase, rules } from './plan-in-phase.ts';
import { ABLE, Diary, NOBODY_SPECIAL } from './programme-person.ts';

/** One day as it goes for somebody who does everything that is asked. */
function live(diary: Diary): void {
  diary.hour = 8;
  diary.answer('pain.avg24', 3);
  diary.morning('same');
  diary.decide();
  diary.hour = 18;
  diary.trainToday(GOOD);
  diary.decide();
  diary.day++;
  diary.hour = 8;
}

function livedFor(days: number): Diary {
  const diary = new Diary(ABLE);
  for (let n = 0; n < days; n++) live(diary);
  return diary;
}

describe('a clock that was set back a week', () => {
  /** The clock goes back after the day's session, and the page is looked at once more. */
  function setBack(diary: Diary, days: number): void {
    diary.day -= days + 1;
    diary.hour = 20;
    diary.decide();
    diary.day++;
    diary.hour = 8;
  }

  it('is told of once, and does not let a day be done twice', () => {
    const diary = livedFor(20);
    diary.day -= 8;
    diary.hour = 20;
    const decision = diary.decide();
    expect(decision?.firings).toContainEqual(expect.objectContaining({ ruleId: 'X2', inputs: { days: 7 } }));
    expect(diary.today()).toMatchObject({ kind: 'nextStep', step: 'doneToday' });
    expect(diary.decide()).toBeNull();
  });

  it.each([2, 7, 30])('leaves the programme as it would be with a clock that was right (%i days)', (days) => {
    const right = livedFor(20);
    const wrong = livedFor(20);
    setBack(wrong, days);
    let sessions = 0;
    for (let n = 0; n < 30; n++) {
      const [today, other] = [right.today(), wrong.today()];
      expect(other, `day ${n}`).toEqual(today);
      if (other.kind === 'session') sessions++;
      live(right);
      live(wrong);
      expect(wrong.plan, `day ${n}`).toEqual(right.plan);
    }
    expect(sessions).toBeGreaterThan(15);
  });

  it('shows a programme from the next day on, also where nothing was written on the day itself', () => {
    const diary = livedFor(20);
    diary.day -= 7;
    diary.answer('pain.avg24', 3);
    const kinds = Array.from({ length: 7 }, () => {
      diary.decide();
      const today = diary.today();
      live(diary);
      return today.kind === 'session' ? 'session' : today.step;
    });
    expect(kinds.filter((kind) => kind === 'session').length).toBeGreaterThanOrEqual(4);
    expect(kinds).not.toContain('seeSomebody');
  });
});

describe('skipped days', () => {
  it('lead to no step up where nothing was answered, and to a session whenever somebody comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 12 }), (gaps) => {
        const diary = inPhase(2);
        for (const gap of gaps) {
          diary.day += gap;
          const fired = rules(diary.decide());
          expect(fired).not.toContain('G8');
          const before = diary.plan.exercises;
          const today = diary.today();
          if (today.kind === 'session')
            diary.train(today.exercises, { pain: null, during: null, effort: null });
          else expect(today.step).toBe('restDay');
          diary.decide();
          for (const was of before) {
            const now = diary.plan.exercises.find(({ exerciseId }) => exerciseId === was.exerciseId);
            expect(now?.targetShare ?? 0).toBeLessThanOrEqual(was.targetShare);
            expect(now?.sets ?? 0).toBeLessThanOrEqual(was.sets);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('answers that contradict each other', () => {
  it('go by the safer one: no floor, though the positions named it; worst pain at least the average', () => {
    const diary = new Diary(
      { ...ABLE, painNow: 1, painAverage24h: 9, painWorst24h: 2 },
      { profiles: ['noFloor'], locked: false },
    );
    diary.decide();
    expect(diary.plan.irritability).toBe('high');
    for (let n = 0; n < 12; n++) live(diary);
    for (const { exerciseId } of diary.plan.exercises)
      expect(libraryExercise(exerciseId).excludedFor, exerciseId).not.toContain('noFloor');
  });

  it('go by the graver of two answers given on one day, in whichever order', () => {
    const [yes, no] = [one('full', { 'R-08': ['yes'] }), one('full', { 'R-08': ['no'] })];
    for (const order of [
      [yes, no],
      [no, yes],
    ]) {
      const diary = new Diary(ABLE);
      diary.write(full());
      for (const event of order) diary.write(event);
      expect(safetyStatus(diary.journal, diary.moment).lock?.action).toBe('urgent');
    }
  });

  it('take a bad day for one, though the pain that was said is low', () => {
    const diary = livedFor(12);
    diary.answer('pain.avg24', 0);
    diary.write({ kind: 'flareSaid', triggers: ['unknown'] });
    diary.decide();
    expect(diary.today()).toMatchObject({ kind: 'session', session: 'flare' });
  });
});

describe('a journal edited by hand', () => {
  const lived = [livedFor(14).journal, livedFor(45).journal, inPhase(4).journal];
  const number = fc.constantFrom(-1e9, -7, -1, 0, 0.5, 1, 3, 10, 13, 40, 1e9, Number.NaN);

  /** Any number of an entry is another one, anywhere in it. */
  function withNumber(event: CareEvent, at: number, value: number): CareEvent {
    let seen = 0;
    const text = JSON.stringify(event);
    const count = (text.match(/:-?\d[\d.e+-]*/g) ?? []).length;
    if (count === 0) return event;
    const edited = text.replace(/:(-?\d[\d.e+-]*)/g, (all) =>
      seen++ === at % count ? `:${Number.isNaN(value) ? 'null' : value}` : all,
    );
    return JSON.parse(edited) as CareEvent;
  }

  const edit = fc.record({
    what: fc.constantFrom('number', 'drop', 'twice', 'swap', 'day'),
    at: fc.nat(),
    in: fc.nat(),
    to: number,
  });

  function edited(
    journal: readonly JournalEntry[],
    edits: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[],
  ) {
    const entries = [...journal];
    for (const { what, at, in: place, to } of edits) {
      if (entries.length === 0) break;
      const i = at % entries.length;
      const entry = entries[i];
      if (what === 'number') entries[i] = { ...entry, event: withNumber(entry.event, place, to) };
      else if (what === 'drop') entries.splice(i, 1);
      else if (what === 'twice') entries.splice(place % entries.length, 0, entry);
      else if (what === 'swap')
        [entries[i], entries[place % entries.length]] = [entries[place % entries.length], entry];
      else if (Number.isFinite(to)) entries[i] = { ...entry, day: entry.day + Math.round(to % 4000) };
    }
    return entries.map((entry, order) => ({ ...entry, order }));
  }

  function expectHarmless(planned: PlannedExercise, context: ProgrammeContext): void {
    const { excludedFor } = libraryExercise(planned.exerciseId);
    expect(excludedFor.some((profile) => context.profiles.includes(profile))).toBe(false);
    expect(planned.sets).toBeGreaterThanOrEqual(1);
    expect(planned.sets).toBeLessThanOrEqual(4);
    expect(planned.targetShare).toBeLessThanOrEqual(1);
    expect(planned.loadStep).toBeLessThanOrEqual(12);
    expect(planned.repetitions ?? 1).toBeGreaterThanOrEqual(1);
    expect(planned.minutes ?? 1).toBeLessThanOrEqual(30);
  }

  it('never stops the programme, and leads to no dose or exercise beyond the bounds @slow', () => {
    const contexts: readonly ProgrammeContext[] = [
      NOBODY_SPECIAL,
      { profiles: ['bone', 'noFloor'], locked: false },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...lived),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...contexts),
        fc.integer({ min: -40, max: 40 }),
        (journal, edits, context, later) => {
          const entries = edited(journal, edits);
          const day = (journal.at(-1)?.day ?? 0) + later;
          const moment = { day, utcMs: (day + 0.4) * 86_400_000 };
          const plan = decidePlan(entries, moment, context)?.plan;
          for (const planned of plan?.exercises ?? []) expectHarmless(planned, context);
          const today = todaysSession(entries, moment, context);
          if (today.kind !== 'session') return;
          for (const planned of today.exercises) expectHarmless(planned, context);
          if (today.session === 'flare')
            expect(today.exercises.some(({ exerciseId }) => isStrength(exerciseId))).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('makes no phase pass sooner by a set-back of the clock that never was', () => {
    const diary = livedFor(6);
    const { phase } = diary.plan;
    diary.write({
      kind: 'planSet',
      plan: diary.plan,
      firings: [{ ruleId: 'X2', exerciseId: null, inputs: { days: 60 }, before: '', after: '' }],
      rulesVersion: '1',
      by: 'auto',
    });
    live(diary);
    expect(diary.plan.phase).toBe(phase);
    expect(rules(diary.decide())).not.toContain('R-24');
  });
});
