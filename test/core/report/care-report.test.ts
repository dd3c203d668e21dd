import { describe, expect, it } from 'vitest';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import type { SessionNote } from '../../../src/core/pipeline/pipeline-command.ts';
import type { UnmeasuredSetResult } from '../../../src/core/pipeline/session-result.ts';
import { sessionDoneEvent, type SessionAbout } from '../../../src/core/report/care-report.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const OWN: SessionAbout = { sessionId: 'a', session: 'plan', planned: [], simulated: false };

/** A seated turn with its test, and what was said at the end of it. */
function session(notes: readonly SessionNote[]) {
  const { recording } = simulateSession(
    {
      name: 'reported',
      sets: [
        { exerciseId: 'E01', side: null, repetitions: 4 },
        { exerciseId: 'E01', side: null, repetitions: 4 },
      ],
    },
    { roles: ['upperBack', 'lowerBack'], seed: 3, rateHz: 52 },
  );
  const begins = recording.commands.findIndex(({ command }) => command.kind === 'beginSet');
  const last = recording.commands.at(-1)!;
  expect(last.command.kind).toBe('finish');
  const commands = [
    ...recording.commands.slice(0, -1).map((row, i) => {
      const { command } = row;
      return i === begins && command.kind === 'beginSet'
        ? { ...row, command: { ...command, set: { ...command.set, test: true } } }
        : row;
    }),
    ...notes.map((note, i) => ({
      ...last,
      order: last.order + i,
      command: { kind: 'annotate', note } as const,
    })),
    { ...last, order: last.order + notes.length },
  ];
  return replaySession({ ...recording, commands });
}

const HOLDS: Extract<SessionNote, { readonly about: 'unmeasuredSet' }> = {
  about: 'unmeasuredSet',
  exerciseId: 'E12',
  side: null,
  mode: 'timer',
  repetitions: 8,
  seconds: 96,
  allDone: null,
};

describe('what a session means for the weeks', () => {
  it('lays pain and effort to the set they were said after', () => {
    const { result } = session([
      { about: 'painBefore', value: 3 },
      { about: 'painDuring', value: 2 },
      { about: 'painDuring', value: 5 },
      HOLDS,
      { about: 'painDuring', value: 4 },
      { about: 'effort', value: 7 },
    ]);
    const event = sessionDoneEvent(result, OWN);
    expect(event).toMatchObject({ painBefore: 3, painAfter: null, session: 'plan', sessionId: 'a' });
    const [turn, holds] = event.exercises;
    expect(turn).toMatchObject({ exerciseId: 'E01', painDuring: 5, effort: null, selfReported: false });
    expect(holds).toMatchObject({
      exerciseId: 'E12',
      painDuring: 4,
      effort: 7,
      repetitionsDone: 8,
      quality: null,
      selfReported: true,
    });
    const counted = result.sets
      .filter(({ plan }) => !plan.test)
      .flatMap(({ repetitions }) => repetitions.filter((one) => one.counted));
    expect(turn?.repetitionsDone).toBe(counted.length);
    expect(turn?.quality).toBeGreaterThan(0);
    expect(event).not.toHaveProperty('simulated');
  });

  it('states each side of a test with its interval and its kit, and never joins the virtual kit with a worn one @slow', () => {
    const { result } = session([]);
    const worn = sessionDoneEvent(result, OWN).ranges;
    expect(worn.map(({ metric, side }) => [metric, side])).toEqual(
      expect.arrayContaining([
        ['thoracic.rotation', 'left'],
        ['thoracic.rotation', 'right'],
      ]),
    );
    for (const { valueDeg, intervalDeg, layout } of worn) {
      expect(intervalDeg[0]).toBeLessThan(valueDeg);
      expect(intervalDeg[1]).toBeGreaterThan(valueDeg);
      expect(layout).toBe('lowerBack + upperBack');
    }
    const virtual = sessionDoneEvent(result, { ...OWN, simulated: true });
    expect(virtual.simulated).toBe(true);
    for (const { layout } of virtual.ranges) expect(layout).toBe('virtual: lowerBack + upperBack');
  });

  it('counts sets that were planned and never begun as not done, and "not all" as less than enough @slow', () => {
    const { result } = session([{ ...HOLDS, mode: 'self', allDone: false }]);
    const planned = [
      {
        exerciseId: 'E12',
        variation: null,
        sets: 2,
        repetitions: 8,
        holdS: 8,
        restS: 30,
        minutes: null,
        targetShare: 0.8,
        capDeg: null,
        extraSide: null,
        halfRange: false,
        loadStep: 0,
        mode: 'timer',
        reason: 'FIT',
      },
    ] as const;
    const holds = sessionDoneEvent(result, { ...OWN, planned }).exercises.find(
      ({ exerciseId }) => exerciseId === 'E12',
    );
    expect(holds).toMatchObject({ repetitionsDone: 4, repetitionsPlanned: 16 });
  });

  it('counts the side that was never begun as not done, where a set has one side @slow', () => {
    const { result } = session([]);
    const [, turn] = result.sets;
    const openBook = { ...turn!, exerciseId: 'E03' as const };
    const planned = {
      exerciseId: 'E03',
      variation: null,
      sets: 1,
      repetitions: openBook.plan.repetitions,
      holdS: 3,
      restS: 30,
      minutes: null,
      targetShare: 0.8,
      capDeg: null,
      extraSide: null,
      halfRange: false,
      loadStep: 0,
      mode: 'sensor',
      reason: 'FIT',
    } as const;
    const told = (sets: number, extraSide: 'left' | null = null) =>
      sessionDoneEvent(
        { ...result, sets: Array.from({ length: sets }, () => openBook) },
        { ...OWN, planned: [{ ...planned, extraSide }] },
      ).exercises[0]?.repetitionsPlanned;
    const ofASide = openBook.plan.repetitions;
    expect(told(1)).toBe(2 * ofASide);
    expect(told(2)).toBe(2 * ofASide);
    expect(told(2, 'left')).toBe(3 * ofASide);
  });

  it('states what was planned and what was done of a set that was stopped, by time where the clock led', () => {
    const { about: _, ...unmeasured } = HOLDS;
    const planned = { repetitions: 30, seconds: 300 };
    const breaths = {
      ...unmeasured,
      exerciseId: 'E22',
      mode: 'breaths',
      repetitions: 18,
      seconds: 180,
    } as const;
    const { result } = session([]);
    const told = (set: UnmeasuredSetResult) =>
      sessionDoneEvent({ ...result, unmeasuredSets: [set] }, OWN).exercises[1];
    expect(told({ ...breaths, planned })).toMatchObject({
      repetitionsDone: 18,
      repetitionsPlanned: 30,
      secondsDone: 180,
      secondsPlanned: 300,
    });
    // What earlier versions wrote knows nothing of a plan.
    expect(told(breaths)).toMatchObject({ repetitionsDone: 18, repetitionsPlanned: 18, secondsPlanned: 180 });
    const moves = { ...breaths, exerciseId: 'E16', mode: 'self', planned } as const;
    const stopped = told(moves);
    expect(stopped).toMatchObject({ repetitionsDone: 18, repetitionsPlanned: 30 });
    expect(stopped).not.toHaveProperty('secondsDone');
    expect(stopped).not.toHaveProperty('notAnswered');
    const silent = { ...moves, repetitions: 30, seconds: 300 };
    expect(told(silent)).toMatchObject({ repetitionsPlanned: 30, notAnswered: true });
    expect(told({ ...silent, allDone: true })).not.toHaveProperty('notAnswered');
    const { planned: __, ...earlier } = silent;
    expect(told(earlier)).toMatchObject({ notAnswered: true });
    const nothing = told({ ...breaths, planned, repetitions: 0, seconds: 0 });
    expect(nothing).toMatchObject({ repetitionsDone: 0, repetitionsPlanned: 30, secondsDone: 0 });
  });

  it('takes what went on by the clock for the rest of its set, not for one more', () => {
    const { about: _, ...unmeasured } = HOLDS;
    const { result } = session([]);
    const sets = result.sets.map((set) =>
      set.plan.test
        ? set
        : { ...set, repetitions: set.repetitions.filter(({ counted }) => counted).slice(0, 1) },
    );
    const rest = { ...unmeasured, exerciseId: 'E01', mode: 'self', repetitions: 3, seconds: 18 } as const;
    const unmeasuredSets = [{ ...rest, because: 'signalLost', allDone: true } as const];
    const [turn] = sessionDoneEvent({ ...result, sets, unmeasuredSets }, OWN).exercises;
    expect(turn).toMatchObject({ repetitionsDone: 4, repetitionsPlanned: 4, selfReported: false });
  });

  it('states how long the tallest posture was kept where that was tested, and takes no test for an exercise @slow', () => {
    const test: SessionNote = { ...HOLDS, exerciseId: 'E21', test: true, repetitions: 1, seconds: 48 };
    const event = sessionDoneEvent(session([test]).result, OWN);
    expect(event.uprightHoldS).toBe(48);
    expect(event.exercises.map(({ exerciseId }) => exerciseId)).toEqual(['E01']);
    expect(sessionDoneEvent(session([]).result, OWN)).not.toHaveProperty('uprightHoldS');
  });
});
