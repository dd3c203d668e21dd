import { describe, expect, it } from 'vitest';
import {
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
  type TimedItem,
} from '../../src/ui/stores/session-flow-state.ts';
import { advanceFlow } from '../../src/ui/stores/session-flow.ts';
import { setPlan } from '../../src/ui/stores/session-sets.ts';
import { ITEM, PLAN, repetition, ended, play, TO_FOUND } from '../support/flow-events.ts';

describe('a session of several sets and exercises', () => {
  const HOLD: TimedItem = {
    ...ITEM,
    mode: 'timer',
    test: false,
    repetitions: 2,
    holdS: 25,
    relaxS: 4,
    restS: 0,
  };
  const LONG: FlowPlan = {
    ...PLAN,
    items: [
      { ...ITEM, exerciseId: 'E02', test: false, setSides: ['left', 'right', 'left'], restS: 30 },
      { ...HOLD, exerciseId: 'E08' },
      { ...HOLD, exerciseId: 'E05', mode: 'self', holdS: 8 },
    ],
  };
  const toFirstSet: FlowEvent[] = [
    { kind: 'begin', plan: LONG },
    ...TO_FOUND.slice(1),
    { kind: 'accepted' },
    { kind: 'ready' },
  ];
  /** Lets every countdown run out, until the step is another than these. */
  function wait(state: FlowState, during: readonly FlowState['step'][]) {
    const effects: FlowEffect[] = [];
    let now = state;
    for (let k = 0; k < 50 && during.includes(now.step) && now.countdown !== null; k++) {
      const change = advanceFlow(now, { kind: 'countdownOver', id: now.countdown.id });
      now = change.state;
      effects.push(...change.effects);
    }
    return {
      state: now,
      effects,
      said: effects.flatMap((one) => (one.kind === 'say' ? [one.utterance] : [])),
    };
  }

  it('goes from set to set by itself, says each side first, and asks for no tap to the end', () => {
    let { state } = play(toFirstSet);
    const sides: (string | null | undefined)[] = [setPlan(state)?.side];
    for (let k = 0; k < 2; k++) {
      state = play([ended([repetition('left', 0.5)])], state).state;
      expect(state.step).toBe('rest');
      const next = wait(state, ['rest', 'position']);
      state = next.state;
      expect(next.said[0]).toMatchObject({ what: 'position', set: k + 2, sets: 3 });
      sides.push(setPlan(state)?.side);
    }
    expect(sides).toEqual(['left', 'right', 'left']);
    state = play([ended([])], state).state;
    expect(state).toMatchObject({ step: 'rest', itemIndex: 1, setIndex: 0 });
    const timed = wait(state, ['rest', 'position']);
    expect(timed.state.step).toBe('timed');
    const over = wait(timed.state, ['timed', 'position']);
    expect(over.said.filter((one) => one.what === 'hold').length).toBe(1);
    expect(over.said.map((one) => one.what)).toContain('didYouAll');
    expect(over.state.step).toBe('painAfter');
  });

  it('counts a long hold down aloud, and puts on record what no sensor saw', () => {
    let { state } = play([...toFirstSet, ended([]), { kind: 'ready' }, { kind: 'ready' }, ended([])]);
    state = play(
      [{ kind: 'ready' }, { kind: 'ready' }, ended([]), { kind: 'ready' }, { kind: 'ready' }],
      state,
    ).state;
    expect(state.timed).toEqual({ repetition: 0, phase: 'hold', leftS: 20, counted: 0 });
    expect(state.countdown?.seconds).toBe(5);
    const over = wait(state, ['timed']);
    expect(over.said.slice(0, 4)).toEqual([
      { what: 'secondsLeft', seconds: 20 },
      { what: 'secondsLeft', seconds: 10 },
      { what: 'count', count: 1 },
      { what: 'letGoAndSwap' },
    ]);
    const notes = (effects: readonly FlowEffect[]) =>
      effects.flatMap((effect) =>
        effect.kind === 'command' && effect.command.kind === 'annotate' ? [effect.command.note] : [],
      );
    expect(notes(over.effects)).toEqual([
      {
        about: 'unmeasuredSet',
        exerciseId: 'E08',
        side: null,
        mode: 'timer',
        repetitions: 2,
        seconds: 50,
        allDone: null,
        planned: { repetitions: 2, seconds: 50 },
      },
    ]);
    // A set that the person counts is asked about; no answer is no answer.
    const self = play([{ kind: 'ready' }], over.state).state;
    let asked = self;
    while (asked.timed?.phase === 'hold')
      asked = play([{ kind: 'countdownOver', id: asked.countdown!.id }], asked).state;
    expect(notes(play([{ kind: 'didAll', all: false }], asked).effects)[0]).toMatchObject({
      mode: 'self',
      repetitions: 2,
      allDone: false,
    });
    expect(notes(wait(asked, ['timed']).effects)[0]).toMatchObject({ allDone: null });
  });

  it('stands still while a timed set is paused, and begins the hold again', () => {
    let { state } = play([...toFirstSet, ended([]), { kind: 'ready' }, { kind: 'ready' }, ended([])]);
    state = play(
      [{ kind: 'ready' }, { kind: 'ready' }, ended([]), { kind: 'ready' }, { kind: 'ready' }],
      state,
    ).state;
    const id = state.countdown!.id;
    const paused = play([{ kind: 'pause' }], state).state;
    expect(play([{ kind: 'countdownOver', id }], paused).state).toBe(paused);
    expect(play([{ kind: 'resume' }], paused).state.timed).toEqual({
      repetition: 0,
      phase: 'hold',
      leftS: 20,
      counted: 0,
    });
  });

  it('keeps the finished holds of a timed set that is stopped', () => {
    let { state } = play([...toFirstSet, ended([]), { kind: 'ready' }, { kind: 'ready' }, ended([])]);
    state = play(
      [{ kind: 'ready' }, { kind: 'ready' }, ended([]), { kind: 'ready' }, { kind: 'ready' }],
      state,
    ).state;
    while (state.timed?.phase === 'hold')
      state = play([{ kind: 'countdownOver', id: state.countdown!.id }], state).state;
    const { effects } = play([{ kind: 'stop', reason: 'pain' }], state);
    expect(effects[0]).toMatchObject({
      command: { note: { about: 'unmeasuredSet', repetitions: 1, seconds: 25 } },
    });
  });

  describe('pain said in a rest', () => {
    const rested = () => play([...toFirstSet, ended([repetition('left', 0.5)])]).state;

    it('changes nothing when it is little', () => {
      const { state, effects } = play([{ kind: 'painAnswered', value: 2 }], rested());
      expect(state).toMatchObject({ step: 'rest', itemIndex: 0, painDuring: 2 });
      expect(setPlan(state)).toEqual(setPlan(rested()));
      expect(effects).toEqual([
        { kind: 'command', command: { kind: 'annotate', note: { about: 'painDuring', value: 2 } } },
      ]);
    });

    it('brings the target nearer when it has risen', () => {
      const before = setPlan(rested())!.targetFraction;
      const { state } = play([{ kind: 'painAnswered', value: 4 }], rested());
      expect(setPlan(state)!.targetFraction).toBeCloseTo(before - 0.15, 12);
      expect(setPlan(state)!.repetitions).toBe(1);
    });

    it('leaves the exercise for today when it is too much, and goes on with another', () => {
      const { state, effects } = play([{ kind: 'painAnswered', value: 6 }], rested());
      expect(state).toMatchObject({ step: 'rest', itemIndex: 1, setIndex: 0 });
      expect(effects).toContainEqual({ kind: 'say', utterance: { what: 'enoughOfThis' } });
      const only = { ...LONG, items: LONG.items.slice(0, 1) };
      const last = play(
        [{ kind: 'painAnswered', value: 6 }],
        play([{ kind: 'begin', plan: only }, ...toFirstSet.slice(1), ended([])]).state,
      );
      expect(last.state.step).toBe('painAfter');
    });

    it('is answered and put on record too where the exercise was over anyhow', () => {
      const once = { ...LONG, items: LONG.items.map((item) => ({ ...item, restS: 30, setSides: [null] })) };
      const over = play([{ kind: 'begin', plan: once }, ...toFirstSet.slice(1), ended([])]).state;
      expect(over).toMatchObject({ step: 'rest', itemIndex: 1 });
      const { state, effects } = play([{ kind: 'painAnswered', value: 10 }], over);
      expect(state).toMatchObject({ step: 'rest', itemIndex: 1, coaching: null });
      expect(effects).toContainEqual({ kind: 'say', utterance: { what: 'enoughOfThis' } });
      const ruleIds = effects.flatMap((one) =>
        one.kind === 'command' && one.command.kind === 'annotate' && one.command.note.about === 'coaching'
          ? [one.command.note.decision.ruleId]
          : [],
      );
      expect(ruleIds).toEqual(['RT9']);
      expect(play([{ kind: 'painAnswered', value: 3 }], over).effects).toHaveLength(1);
    });
  });
});
