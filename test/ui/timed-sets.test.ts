import { describe, expect, it } from 'vitest';
import { EXERCISE_LIBRARY } from '../../src/core/exercise/exercise-library.ts';
import type { HoldWatchResult } from '../../src/core/pipeline/hold-watch.ts';
import { planSession } from '../../src/ui/start-session.ts';
import {
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
  type TimedItem,
  type Utterance,
} from '../../src/ui/stores/session-flow-state.ts';
import { advanceFlow } from '../../src/ui/stores/session-flow.ts';
import { fact, play, PLAN, TO_FOUND } from '../support/flow-events.ts';

const SQUEEZE: TimedItem = {
  exerciseId: 'E12',
  mode: 'timer',
  test: false,
  setSides: [null],
  repetitions: 2,
  holdS: 8,
  relaxS: 4,
  isKnown: false,
  restS: 0,
};
const worn = (item: TimedItem): FlowState =>
  play([{ kind: 'begin', plan: { ...PLAN, items: [item] } }, ...TO_FOUND.slice(1), { kind: 'accepted' }])
    .state;

/** Every countdown runs out, and each watched hold is judged when it ends. */
function runOut(from: FlowState, judged: readonly Partial<HoldWatchResult>[] = []) {
  const effects: FlowEffect[] = [];
  const left = [...judged];
  let state = from;
  const send = (event: FlowEvent) => {
    const change = advanceFlow(state, event);
    state = change.state;
    effects.push(...change.effects);
    const ends = change.effects.some(
      (one) => one.kind === 'command' && one.command.kind === 'endHold' && one.command.isKept,
    );
    const hold = ends ? left.shift() : undefined;
    if (hold !== undefined)
      send(fact({ kind: 'holdEnded', hold: { startMs: 0, endMs: 8000, seenS: 8, ...hold } }));
  };
  for (let k = 0; k < 400 && state.countdown !== null && state.step !== 'painAfter'; k++)
    send({ kind: 'countdownOver', id: state.countdown.id });
  return {
    state,
    said: effects.flatMap((one): Utterance[] => (one.kind === 'say' ? [one.utterance] : [])),
    commands: effects.flatMap((one) => (one.kind === 'command' ? [one.command] : [])),
  };
}
const letRun = (state: FlowState): FlowState =>
  play([{ kind: 'countdownOver', id: state.countdown?.id ?? NaN }], state).state;
const notes = ({ commands }: ReturnType<typeof runOut>) =>
  commands.flatMap((one) =>
    one.kind === 'annotate' && one.note.about === 'unmeasuredSet' ? [one.note] : [],
  );

describe('moves to one side after the other by the clock', () => {
  const half = (item: Partial<TimedItem>) =>
    runOut(
      worn({ ...SQUEEZE, exerciseId: 'E11', mode: 'self', repetitions: 4, relaxS: 0, ...item }),
    ).said.flatMap((one): (number | string)[] =>
      one.what === 'count' ? [one.count] : one.what === 'otherHalf' ? ['other'] : [],
    );

  it('change sides once, halfway, and not for who has one arm', () => {
    expect(half({})).toEqual([1, 2, 'other', 3, 4]);
    expect(half({ isOneSided: true })).toEqual([1, 2, 3, 4]);
    expect(half({ setSides: ['left'] })).toEqual([1, 2, 3, 4]);
    expect(half({ exerciseId: 'E01' })).toEqual([1, 2, 3, 4]);
  });

  it('change arms in the punch to the ceiling too; of an odd number the first arm does one more', () => {
    expect(half({ exerciseId: 'E18' })).toEqual([1, 2, 'other', 3, 4]);
    expect(half({ exerciseId: 'E18', repetitions: 3 })).toEqual([1, 2, 'other', 3]);
    expect(half({ exerciseId: 'E18', isOneSided: true })).toEqual([1, 2, 3, 4]);
    expect(half({ exerciseId: 'E16' })).toEqual([1, 2, 3, 4]);
  });
});

describe('a set by the clock that the upper back watches', () => {
  it('counts a hold aloud once its sensor says that it was kept', () => {
    const run = runOut(worn(SQUEEZE), [
      { isKept: false, spreadRad: 0.01 },
      { isKept: true, spreadRad: 0.01 },
    ]);
    expect(run.said.map(({ what }) => what)).toEqual([
      'hold',
      'letGo',
      'holdNotKept',
      'hold',
      'count',
      'setEnds',
      'painAsked',
    ]);
    expect(run.said).toContainEqual({ what: 'count', count: 1 });
    expect(run.commands.filter((one) => one.kind === 'beginHold').map((one) => one.hold)).toEqual([
      { exerciseId: 'E12', takesZero: true, pacePerMin: null },
      { exerciseId: 'E12', takesZero: false, pacePerMin: null },
    ]);
    expect(notes(run)).toMatchObject([{ exerciseId: 'E12', repetitions: 2, seconds: 16 }]);
  });

  it('gives a longer rest and fewer holds after one that shook', () => {
    const two: TimedItem = { ...SQUEEZE, setSides: [null, null], restS: 30 };
    const run = runOut(worn(two), [{ isKept: true, spreadRad: 0.09 }]);
    const decision = run.commands.find((one) => one.kind === 'annotate' && one.note.about === 'coaching');
    expect(decision).toMatchObject({ note: { decision: { ruleId: 'RT6', reason: 'shaking' } } });
    expect(run.said).toContainEqual({ what: 'rest', seconds: 60 });
  });

  it('ends a long hold where it gave out, with the time that was held', () => {
    const upright: TimedItem = { ...SQUEEZE, exerciseId: 'E21', repetitions: 1, holdS: 180, test: true };
    const holding = play([{ kind: 'ready' }], worn(upright)).state;
    expect(holding.countdown?.seconds).toBe(30);
    const gone = play([fact({ kind: 'holdLeft' }), fact({ kind: 'holdOver', seconds: 47.2 })], holding);
    expect(gone.effects).toContainEqual({ kind: 'say', utterance: { what: 'holdLeft', exerciseId: 'E21' } });
    expect(gone.effects).toContainEqual({ kind: 'say', utterance: { what: 'holdEndsHere', seconds: 47 } });
    expect(notes(runOut(gone.state))).toMatchObject([{ seconds: 47.2, test: true, repetitions: 1 }]);
  });

  it('breaks a hold off where the person pauses, and takes it up anew', () => {
    const holding = play([{ kind: 'ready' }], worn(SQUEEZE)).state;
    const paused = play([{ kind: 'pause' }], holding);
    expect(paused.effects).toEqual([{ kind: 'command', command: { kind: 'endHold', isKept: false } }]);
    const on = play([{ kind: 'resume' }], paused.state);
    expect(on.effects).toContainEqual({
      kind: 'command',
      command: { kind: 'beginHold', hold: { exerciseId: 'E12', takesZero: true, pacePerMin: null } },
    });
    expect(on.state.timed).toMatchObject({ repetition: 0, phase: 'hold' });
  });

  it('begins no hold again where the pause was in the rest between two', () => {
    const resting = play(
      [{ kind: 'ready' }, { kind: 'countdownOver', id: 2 }],
      worn({ ...SQUEEZE, repetitions: 3 }),
    ).state;
    const first = resting.timed?.phase === 'pause' ? resting : letRun(resting);
    expect(first.timed).toMatchObject({ phase: 'pause', repetition: 0 });
    const on = play([{ kind: 'pause', leftS: 2 }, { kind: 'resume' }], first).state;
    expect(on.timed).toMatchObject({ phase: 'pause', repetition: 0 });
    expect(letRun(on).timed).toMatchObject({ phase: 'hold', repetition: 1 });
  });

  it('waits with its question where the page is left, and does no move again', () => {
    let { state } = play([{ kind: 'ready' }], worn({ ...SQUEEZE, exerciseId: 'E16', mode: 'self' }));
    while (state.timed?.phase !== 'asked' && state.countdown !== null)
      state = play([{ kind: 'countdownOver', id: state.countdown.id }], state).state;
    const left = play([{ kind: 'pause' }], state).state;
    expect(left).toMatchObject({ paused: null, countdown: null, timed: { phase: 'asked', repetition: 1 } });
    expect(play([{ kind: 'resume' }], left).state.timed?.phase).toBe('asked');
    expect(play([{ kind: 'didAll', all: true }], left).state.step).not.toBe('timed');
  });
});

describe('a set that is stopped early', () => {
  const stopped = (item: TimedItem, countdowns: number, ...events: readonly FlowEvent[]) => {
    let { state } = play([{ kind: 'ready' }], worn(item));
    for (let i = 0; i < countdowns; i++) state = letRun(state);
    const { effects } = play([...events, { kind: 'stop', reason: 'finished' }], state);
    return effects.flatMap((one) =>
      one.kind === 'command' && one.command.kind === 'annotate' && one.command.note.about === 'unmeasuredSet'
        ? [one.command.note]
        : [],
    );
  };
  const breaths: TimedItem = {
    ...SQUEEZE,
    exerciseId: 'E22',
    mode: 'breaths',
    repetitions: 30,
    holdS: 4,
    relaxS: 6,
  };
  const long: TimedItem = { ...SQUEEZE, exerciseId: 'E20', repetitions: 1, holdS: 60 };

  it('is on record with what was planned and what was done', () => {
    // A breath is two countdowns; the one that was begun is not done.
    expect(stopped(breaths, 7, { kind: 'pause', leftS: 3 })).toMatchObject([
      { repetitions: 3, seconds: 30, planned: { repetitions: 30, seconds: 300 }, allDone: null },
    ]);
    const moves: TimedItem = { ...SQUEEZE, exerciseId: 'E16', mode: 'self', repetitions: 6, holdS: 5 };
    expect(stopped(moves, 4)).toMatchObject([
      { repetitions: 4, seconds: 20, planned: { repetitions: 6, seconds: 30 }, allDone: null },
    ]);
  });

  it('counts the time of a hold that was broken off, to the moment of the pause before the question', () => {
    const planned = { repetitions: 1, seconds: 60 };
    expect(stopped(long, 2, { kind: 'pause', leftS: 4 })).toMatchObject([
      { repetitions: 0, seconds: 26, planned },
    ]);
    // Where nobody knows what was left, as the last words said.
    expect(stopped(long, 2)).toMatchObject([{ repetitions: 0, seconds: 20, planned }]);
    // Begun again after a pause, and stopped at once.
    const again = [{ kind: 'pause', leftS: 4 }, { kind: 'resume' }, { kind: 'pause', leftS: 9 }] as const;
    expect(stopped(long, 2, ...again)).toMatchObject([{ repetitions: 0, seconds: 1, planned }]);
  });

  it('is on record with nothing done, and a test that was broken off not at all', () => {
    expect(stopped(breaths, 0)).toMatchObject([{ repetitions: 0, seconds: 0, planned: { repetitions: 30 } }]);
    expect(stopped({ ...long, test: true }, 2)).toEqual([]);
  });
});

describe('breathing to a pace', () => {
  const BREATHS: TimedItem = {
    ...SQUEEZE,
    exerciseId: 'E22',
    mode: 'breaths',
    repetitions: 12,
    holdS: 4,
    relaxS: 6,
  };

  it('speaks the first breaths, then leads by tones, and says each minute that is left', () => {
    const run = runOut(worn(BREATHS), [{ breathsPerMin: 6.2, nearPaceShare: 0.8 }]);
    const ins = run.said.flatMap((one) => (one.what === 'breatheIn' ? [one.isSpoken] : []));
    expect(ins).toEqual([true, true, true, ...Array(9).fill(false)]);
    expect(run.said.filter((one) => one.what === 'breatheOut').length).toBe(12);
    expect(run.said.filter((one) => one.what === 'minutesLeft')).toEqual([
      { what: 'minutesLeft', minutes: 1 },
    ]);
    expect(run.commands.filter((one) => one.kind === 'beginHold')).toMatchObject([
      { hold: { pacePerMin: 6 } },
    ]);
    expect(notes(run)).toMatchObject([{ mode: 'breaths', repetitions: 12, seconds: 120 }]);
  });

  it('asks for a longer breath out when it is fast, and says nothing where it cannot be read', () => {
    const breathing = play([{ kind: 'ready' }], worn(BREATHS)).state;
    const after = (perMin: number | null) => play([fact({ kind: 'breathsRead', perMin })], breathing).effects;
    expect(after(14)).toEqual([{ kind: 'say', utterance: { what: 'longerOut' } }]);
    expect(after(8)).toEqual([]);
    expect(after(null)).toEqual([]);
    // Slow breathing may take two minutes to slow down.
    const slow = play([{ kind: 'ready' }], worn({ ...BREATHS, exerciseId: 'E23' })).state;
    expect(play([fact({ kind: 'breathsRead', perMin: 14 })], slow).effects).toEqual([]);
  });
});

describe('every exercise of the library, without any sensor', () => {
  const plan = (id: (typeof EXERCISE_LIBRARY)[number]['id']): FlowPlan =>
    planSession({ kit: 'none', exerciseIds: [id], roles: ['upperBack'], demonstration: false });

  it.each(EXERCISE_LIBRARY.map(({ id }) => id))('%s is led from the first word to the record', (id) => {
    const begun = play([
      { kind: 'begin', plan: plan(id) },
      { kind: 'painAnswered', value: 2 },
      { kind: 'sessionStarted', sessionId: 's' },
    ]);
    expect(begun.state.step).toBe('position');
    expect(begun.effects).toContainEqual(
      expect.objectContaining({ kind: 'say', utterance: expect.objectContaining({ what: 'position' }) }),
    );
    const run = runOut(begun.state);
    expect(run.state.step).toBe('painAfter');
    const recorded = notes(run);
    const [item] = plan(id).items;
    expect(recorded.length).toBe(item?.setSides.length);
    for (const note of recorded) {
      expect(note).toMatchObject({ exerciseId: id, repetitions: item?.repetitions, allDone: null });
      expect(note.planned).toEqual({ repetitions: note.repetitions, seconds: note.seconds });
      expect(note.seconds).toBeGreaterThan(8);
    }
    // Nobody watches: nothing is asked of a sensor.
    expect(run.commands.every(({ kind }) => kind === 'annotate')).toBe(true);
  });
});
