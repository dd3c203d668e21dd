import { describe, expect, it } from 'vitest';
import { exercisesNow } from '../../../../src/core/care/programme/todays-session.ts';
import { adherenceSince } from '../../../../src/core/care/programme/adherence.ts';
import { courseOf } from '../../../../src/core/care/programme/course.ts';
import { careCalendar } from '../../../../src/core/care/outcomes/care-calendar.ts';
import { GOOD, inPhase, rules } from './plan-in-phase.ts';
import { clearing, full, one } from '../safety/journal-of.ts';
import { ABLE, Diary } from './programme-person.ts';

describe('flares', () => {
  it('show the plan as it is done now: gentle doses for a bad day, a part of each after it', () => {
    const diary = calmWeek();
    diary.write({ kind: 'flareSaid', triggers: ['load'] });
    diary.decide();
    const now = exercisesNow(diary.journal, diary.moment, diary.context);
    const today = diary.today();
    expect(today.kind === 'session' && today.exercises).toEqual(now);
    expect(now.every(({ reason }) => reason === 'FLARE')).toBe(true);
    expect(diary.plan.exercises.some(({ reason }) => reason === 'FLARE')).toBe(false);
    diary.day += 2;
    diary.answer('pain.avg24', 3);
    diary.decide();
    const half = exercisesNow(diary.journal, diary.moment, diary.context);
    for (const [i, { repetitions, minutes }] of half.entries()) {
      const whole = diary.plan.exercises[i];
      if (repetitions !== null) expect(repetitions).toBe(Math.round((whole.repetitions ?? 0) / 2));
      else expect(minutes).toBeLessThan(whole.minutes ?? 0);
    }
  });

  function calmWeek(): Diary {
    const diary = inPhase(2);
    for (let i = 0; i < 7; i++, diary.day++) diary.answer('pain.avg24', 3);
    return diary;
  }

  it('G6: begin two points above the own mean of the week, or when the person says so', () => {
    const quiet = calmWeek();
    quiet.answer('pain.avg24', 4);
    expect(rules(quiet.decide())).not.toContain('G6');
    const diary = calmWeek();
    diary.answer('pain.avg24', 5);
    expect(rules(diary.decide())).toContain('G6');
    const said = calmWeek();
    said.write({ kind: 'flareSaid', triggers: ['sleep'] });
    expect(rules(said.decide())).toContain('G6');
  });

  it('go over gentle days and three steps back to the whole dose', () => {
    const diary = calmWeek();
    diary.answer('pain.avg24', 6);
    diary.decide();
    const day = diary.today();
    if (day.kind !== 'session') throw new Error(day.step);
    expect(day.session).toBe('flare');
    expect(day.exercises.map(({ exerciseId }) => exerciseId)).toEqual(['E23', 'E03', 'E04', 'E12']);
    expect(
      day.exercises.every(
        ({ targetShare, loadStep, sets }) => targetShare === 0.5 && loadStep === 0 && sets === 1,
      ),
    ).toBe(true);
    expect(day.minutes).toBeLessThanOrEqual(8);
    diary.day++;
    diary.answer('pain.avg24', 3);
    expect(rules(diary.decide())).not.toContain('F2');
    diary.day++;
    diary.answer('pain.avg24', 4);
    expect(rules(diary.decide())).toContain('F2');
    const shares = [diary.plan.volumeShare];
    for (let i = 0; i < 2; i++) {
      diary.trainToday(GOOD);
      diary.day++;
      diary.morning('same');
      diary.decide();
      shares.push(diary.plan.volumeShare);
      diary.day++;
    }
    expect(shares).toEqual([0.5, 0.75, 1]);
    expect(diary.plan.state).toBe('running');
  });

  it('F4, F5: show the page for a doctor where one does not settle, and at the third in four weeks', () => {
    const diary = calmWeek();
    diary.answer('pain.avg24', 7);
    diary.decide();
    diary.day += 5;
    diary.answer('pain.avg24', 7);
    expect(rules(diary.decide())).toContain('F4');
    expect(diary.decide()).toBeNull();
    const often = calmWeek();
    for (let i = 0; i < 3; i++) {
      often.write({ kind: 'flareSaid', triggers: ['unknown'] });
      expect(rules(often.decide()).includes('F5')).toBe(i === 2);
      often.day += 4;
      often.answer('pain.avg24', 3);
      often.decide();
      expect(often.plan.state).toBe('returning');
    }
  });
});

describe('days behind a lock', () => {
  /** Told of a fever on the first of these days, seen and asked again after the last. */
  function lockedFor(diary: Diary, days: number): void {
    diary.write(one('short', { 'R-08': ['yes'] }));
    diary.day += days;
    diary.write({ kind: 'seenSaid', seenDay: diary.day, byWhom: 'doctor', said: '' });
    diary.write(clearing({ 'R-08': ['no'] }));
  }

  it('are none of the weeks that a phase takes at least', () => {
    const daysInPhase = (locked: number): number => {
      const diary = new Diary(ABLE);
      diary.write(full());
      diary.decide();
      diary.day += 5;
      diary.decide();
      expect(diary.plan.phase).toBe(1);
      const from = diary.day;
      for (let i = 0; diary.plan.phase === 1 && i < 60; i++, diary.day++) {
        if (i === 2 && locked > 0) lockedFor(diary, locked);
        diary.answer('pain.avg24', 2);
        diary.morning('same');
        diary.decide();
        if (diary.plan.phase === 1) diary.trainToday(GOOD);
      }
      return diary.day - 1 - from;
    };
    const usual = daysInPhase(0);
    expect(usual).toBe(7);
    expect(daysInPhase(5)).toBe(usual + 5);
  });

  it('are no missed sessions: nobody gets the least plan for them', () => {
    const after = (isLocked: boolean): readonly string[] => {
      const diary = inPhase(2);
      diary.write(full());
      for (let i = 0; i < 2; i++, diary.day++) {
        diary.trainToday(GOOD);
        diary.decide();
      }
      if (isLocked) lockedFor(diary, 5);
      else diary.day += 5;
      return rules(diary.decide());
    };
    expect(after(false)).toContain('A3');
    expect(after(true)).not.toContain('A3');
  });
});

describe('adherence', () => {
  it('counts no session in which nothing was done, and leaves the day open for one', () => {
    const diary = inPhase(2);
    diary.write({
      kind: 'sessionDone',
      sessionId: 'begun',
      session: 'plan',
      painBefore: 3,
      painAfter: null,
      ease: null,
      exercises: [],
      ranges: [],
      durationS: 0,
      donningS: null,
    });
    expect(courseOf(diary.journal, diary.moment).sessions).toEqual([]);
    expect(careCalendar(diary.journal, diary.moment).sessionDays).toEqual([]);
    expect(diary.trainToday(GOOD).kind).toBe('session');
    expect(diary.today()).toMatchObject({ kind: 'nextStep', step: 'doneToday' });
  });

  it('counts one session a day, whatever else was kept of it, and every easy one of a bad day', () => {
    const shareOf = (...kinds: readonly ('plan' | 'flare' | 'short')[]) => {
      const diary = inPhase(2);
      const from = diary.day;
      diary.day++;
      for (const kind of kinds) diary.train(diary.plan.exercises, { ...GOOD, kind });
      diary.day += 6;
      return adherenceSince(courseOf(diary.journal, diary.moment), from, 1);
    };
    expect(shareOf('plan')).toBe(1);
    expect(shareOf('plan', 'plan')).toBe(1);
    expect(shareOf('short', 'plan')).toBe(1);
    expect(shareOf('plan', 'flare', 'flare')).toBe(3);
  });

  it('rests no day more for a second session of one day', () => {
    const isFreeAfter = (times: number): boolean => {
      const diary = inPhase(2, { sessionsPerWeek: 6 });
      for (let i = 0; i < times; i++) diary.train([diary.plan.exercises[0]!], GOOD);
      diary.day++;
      return diary.today().kind === 'session';
    };
    expect([isFreeAfter(1), isFreeAfter(2)]).toEqual([true, true]);
  });

  it('A4: less after a week away, much less after two, and back step by step', () => {
    const diary = inPhase(2);
    diary.trainToday(GOOD);
    diary.day++;
    diary.morning('same');
    diary.decide();
    diary.day += 6;
    expect(rules(diary.decide())).toContain('A4');
    expect(diary.plan).toMatchObject({ volumeShare: 0.8, state: 'returning' });
    diary.day += 3;
    expect(rules(diary.decide())).not.toContain('A4');
    diary.day += 4;
    diary.decide();
    expect(diary.plan.volumeShare).toBe(0.6);
    for (let i = 0; i < 2; i++) {
      diary.trainToday(GOOD);
      diary.day++;
      diary.morning('lower');
      diary.decide();
      diary.day++;
    }
    expect(diary.plan).toMatchObject({ volumeShare: 1, state: 'running' });
  });

  it('A3: the least that still helps below half, and A1: back once that goes well', () => {
    const diary = inPhase(2);
    for (let i = 0; i < 8; i++, diary.day++) {
      if (i === 3) diary.trainToday(GOOD);
      diary.decide();
    }
    expect(diary.plan).toMatchObject({ state: 'minimum', sessionsPerWeek: 5, minutesPerSession: 5 });
    const today = diary.today();
    expect(today).toMatchObject({ kind: 'session', session: 'short' });
    expect(today.kind === 'session' && today.exercises).toHaveLength(2);
    for (let i = 0; i < 10; i++, diary.day++) {
      diary.trainToday(GOOD);
      diary.decide();
    }
    expect(diary.plan).toMatchObject({ state: 'running', minutesPerSession: 20 });
  });

  it('A2: a shorter session where half to four fifths were done, and A5: a word about rest where far more was', () => {
    const some = inPhase(2);
    const keen = inPhase(2);
    for (let i = 0; i <= 14; i++) {
      if (i % 3 === 1) some.train(some.plan.exercises, GOOD);
      keen.train(keen.plan.exercises, GOOD);
      for (const diary of [some, keen]) {
        diary.day++;
        diary.decide();
      }
    }
    const firedIn = (diary: Diary): readonly string[] =>
      courseOf(diary.journal, diary.moment).plans.flatMap(({ firings }) =>
        firings.map(({ ruleId }) => ruleId),
      );
    expect(firedIn(some)).toContain('A2');
    expect(some.plan.minutesPerSession).toBe(14);
    expect(firedIn(keen)).toContain('A5');
  });
});
