import { describe, expect, it } from 'vitest';
import type { Training } from './programme-person.ts';
import { find, GOOD, inPhase, next, planned, rules } from './plan-in-phase.ts';

describe('progression rules', () => {
  it('G1: one step after two good sessions, in the order range, repetitions, hold, sets', () => {
    const diary = inPhase(2);
    const seen: string[] = [];
    for (let i = 0; i < 26; i++) {
      const before = find(diary, 'E05');
      next(diary, 'E05', GOOD, 'same');
      const after = find(diary, 'E05');
      const what = (['targetShare', 'repetitions', 'holdS', 'sets', 'loadStep', 'variation'] as const).filter(
        (key) => before[key] !== after[key],
      );
      expect(what.length).toBeLessThanOrEqual(1);
      if (what.length > 0) seen.push(`${i}: ${what[0]} ${after[what[0]]}`);
    }
    expect(seen.slice(0, 6)).toEqual([
      '1: targetShare 0.85',
      '3: targetShare 0.9',
      '5: targetShare 0.95',
      '7: targetShare 1',
      '9: repetitions 10',
      '11: repetitions 12',
    ]);
    expect(seen[6]).toBe('13: holdS 3');
  });

  it.each<[string, Training]>([
    ['hurried or crooked', { ...GOOD, quality: 70 }],
    ['hard', { ...GOOD, effort: 7 }],
    ['not all of it', { ...GOOD, share: 0.9 }],
    ['by the clock, stopped before its time', { ...GOOD, byClock: { secondsDone: 54, secondsPlanned: 60 } }],
    ['counted by the person, who did not say', { ...GOOD, byClock: { notAnswered: true } }],
  ])('G1: keeps the dose where the session was %s', (_, training) => {
    const diary = inPhase(2);
    for (let i = 0; i < 4; i++) expect(rules(next(diary, 'E13', training, 'same'))).toEqual(['G1']);
    expect(find(diary, 'E13').targetShare).toBe(0.8);
  });

  it('G1: raises no more than two exercises after one session', () => {
    const diary = inPhase(2);
    const all = (): void => {
      diary.train(diary.plan.exercises, GOOD);
      diary.day++;
      diary.morning('same');
    };
    all();
    diary.decide();
    diary.day++;
    all();
    const raised = diary.decide()?.firings.filter(({ before, after }) => before !== after);
    expect(raised).toHaveLength(2);
  });

  it('G13, G2: hold after a morning a bit higher, and after amber pain', () => {
    const diary = inPhase(2);
    diary.train([find(diary, 'E13')], GOOD);
    diary.day++;
    diary.morning('bitHigher');
    // A second morning may still make it "clearly higher".
    expect(diary.decide()).toBeNull();
    diary.day++;
    diary.morning('same');
    expect(rules(diary.decide())).toEqual(['G13']);
    expect(rules(next(diary, 'E13', { ...GOOD, during: 4 }, 'same'))).toEqual(['G2']);
    expect(find(diary, 'E13')).toEqual(planned('E13'));
  });

  it('takes "a bit higher" on the second morning too as clearly higher: G3', () => {
    const diary = inPhase(2);
    diary.train([find(diary, 'E13')], { ...GOOD, during: 4 });
    diary.day++;
    diary.morning('bitHigher');
    diary.day++;
    diary.morning('bitHigher');
    expect(rules(diary.decide())).toEqual(['G3']);
    expect(find(diary, 'E13').targetShare).toBe(0.75);
  });

  it('G11: holds the first time and steps down the second', () => {
    const diary = inPhase(2);
    expect(rules(next(diary, 'E13', GOOD, 'clearlyHigher'))).toEqual(['G11']);
    expect(find(diary, 'E13').targetShare).toBe(0.8);
    next(diary, 'E13', GOOD, 'clearlyHigher');
    expect(find(diary, 'E13').targetShare).toBe(0.75);
  });

  it('G12: never more on missing data', () => {
    const diary = inPhase(2);
    for (let i = 0; i < 6; i++) {
      diary.train([find(diary, 'E13')], GOOD);
      diary.day += 3;
      const fired = rules(diary.decide());
      expect(fired).toContain('G12');
      expect(fired).not.toContain('G1');
    }
    expect(find(diary, 'E13')).toEqual(planned('E13'));
  });

  it('G4: steps down at once, and a second stop in a week gives the exercise a week off and a page for a doctor', () => {
    const diary = inPhase(2);
    diary.train([find(diary, 'E13')], { ...GOOD, during: 7 });
    expect(rules(diary.decide())).toEqual(['G4']);
    expect(find(diary, 'E13').targetShare).toBe(0.75);
    diary.day += 2;
    diary.train([find(diary, 'E13')], { ...GOOD, during: 7 });
    expect(rules(diary.decide())).toEqual(['G4', 'G4W']);
    diary.day += 2;
    const today = diary.today();
    expect(today.notices).toEqual(['G4W']);
    expect(today.kind === 'session' && today.exercises.map(({ exerciseId }) => exerciseId)).not.toContain(
      'E13',
    );
  });

  it('G5: an easier way after two rough sessions', () => {
    const diary = inPhase(2);
    next(diary, 'E13', { ...GOOD, quality: 50 }, 'same');
    expect(rules(next(diary, 'E13', { ...GOOD, quality: 55 }, 'same'))).toEqual(['G1', 'G5']);
    expect(find(diary, 'E13').variation).toBe('lighterBand');
  });

  it('G7: goes by the time where the clock led, and takes silence about the number for neither much nor little', () => {
    const after = (byClock: NonNullable<Training['byClock']>, share = 1) =>
      rules(next(inPhase(2), 'E13', { ...GOOD, share, byClock }, 'same'));
    expect(after({ secondsDone: 36, secondsPlanned: 60 })).toEqual(['G1', 'G7']);
    // One hold of a minute, let go after three quarters of it: its number says nothing.
    expect(after({ secondsDone: 45, secondsPlanned: 60 }, 0)).toEqual(['G1']);
    expect(after({ notAnswered: true })).toEqual(['G1']);
  });

  it('G7: less after two very hard sessions, or where much was left undone', () => {
    const diary = inPhase(2, {
      exercises: [planned('E13', { loadStep: 2 }), planned('E17'), planned('E05')],
    });
    next(diary, 'E13', { ...GOOD, effort: 8 }, 'same');
    expect(rules(next(diary, 'E13', { ...GOOD, effort: 9 }, 'same'))).toEqual(['G1', 'G7']);
    expect(find(diary, 'E13').loadStep).toBe(1);
    next(diary, 'E17', { ...GOOD, share: 0.6 }, 'same');
    expect(find(diary, 'E17').repetitions).toBe(7);
  });

  it('takes a second session of one day for none, but for pain in it', () => {
    const day = (...trainings: readonly Training[]) => {
      const diary = inPhase(2);
      for (const training of trainings) diary.train([find(diary, 'E13')], training);
      diary.day++;
      diary.morning('same');
      return diary.decide();
    };
    // Two good sessions on two days are a step up: on one day they are one.
    const twice = inPhase(2);
    next(twice, 'E13', GOOD, 'same');
    expect(next(twice, 'E13', GOOD, 'same')?.firings[0]?.inputs['step']).toBe('range');
    const once = day(GOOD, GOOD);
    expect(rules(once)).toEqual(['G1', 'G1']);
    expect(once?.firings.map(({ before, after }) => before === after)).toEqual([true, true]);
    expect(rules(day(GOOD, { ...GOOD, share: 0.5 }))).toEqual(['G1', 'G1']);
    expect(rules(day(GOOD, { ...GOOD, during: 8 }))).toContain('G4');
    const flare = day({ ...GOOD, kind: 'flare' }, { ...GOOD, kind: 'flare' });
    expect(rules(flare)).toEqual(['G1', 'G1']);
  });

  it('G8: a heavier load where it was easy twice, in place of the usual step', () => {
    const diary = inPhase(2);
    next(diary, 'E13', { ...GOOD, effort: 3 }, 'same');
    expect(rules(next(diary, 'E13', { ...GOOD, effort: 2 }, 'same'))).toEqual(['G1', 'G8']);
    expect(find(diary, 'E13')).toMatchObject({ loadStep: 1, targetShare: 0.8 });
  });

  it('asks for more good sessions after a step down, and for none after two', () => {
    const diary = inPhase(2);
    next(diary, 'E13', { ...GOOD, during: 4 }, 'clearlyHigher');
    const lower = find(diary, 'E13').targetShare;
    for (let i = 0; i < 3; i++) next(diary, 'E13', GOOD, 'same');
    expect(find(diary, 'E13').targetShare).toBe(lower);
    next(diary, 'E13', GOOD, 'same');
    expect(find(diary, 'E13').targetShare).toBeGreaterThan(lower);
  });

  it('goes up by the own choice of somebody who is worried, not by range', () => {
    const diary = inPhase(2);
    diary.answer('worry', 8);
    next(diary, 'E05', GOOD, 'same');
    next(diary, 'E05', GOOD, 'same');
    expect(find(diary, 'E05')).toMatchObject({ targetShare: 0.8, repetitions: 10 });
  });

  it('never crosses what a clinician allows', () => {
    const diary = inPhase(2);
    diary.context = {
      profiles: [],
      locked: false,
      limits: {
        mostShare: 0.85,
        mostRepetitions: 8,
        mayChange: ['range', 'repetitions'],
        mayAdvancePhase: false,
      },
    };
    for (let i = 0; i < 20; i++) next(diary, 'E05', GOOD, 'same');
    expect(find(diary, 'E05')).toMatchObject({ targetShare: 0.85, repetitions: 8, sets: 2, variation: null });
    expect(diary.plan.phase).toBe(2);
  });
});
