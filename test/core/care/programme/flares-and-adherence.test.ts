import { describe, expect, it } from 'vitest';
import { courseOf } from '../../../../src/core/care/programme/course.ts';
import { GOOD, inPhase, rules } from './plan-in-phase.ts';
import type { Diary } from './programme-person.ts';

describe('flares', () => {
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

describe('adherence', () => {
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
