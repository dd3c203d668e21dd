import { describe, expect, it } from 'vitest';
import type { RepetitionResult } from '../../src/core/exercise/repetition-result.ts';
import type { FlowEffect, FlowEvent, FlowPlan, FlowState } from '../../src/ui/stores/session-flow-state.ts';
import { setPlan } from '../../src/ui/stores/session-sets.ts';
import { ended, fact, ITEM, PLAN, play, repetition, TO_FOUND } from '../support/flow-events.ts';

const SET: FlowPlan = {
  ...PLAN,
  items: [{ ...ITEM, exerciseId: 'E02', test: false, setSides: ['left', 'left'], repetitions: 8, restS: 30 }],
};
const toSet = (plan: FlowPlan = SET): FlowEvent[] => [
  { kind: 'begin', plan },
  ...TO_FOUND.slice(1),
  { kind: 'accepted' },
  { kind: 'ready' },
];
const move = (changes: Partial<RepetitionResult>): FlowEvent =>
  fact({
    kind: 'repetitionEnded',
    repetition: { ...repetition('left', 0.5), verdict: 'full', quality: 95, targetRad: 0.5, ...changes },
  });
const clean = move({});
const short = move({ verdict: 'partial', counted: false, peakRad: 0.3 });

function does(events: readonly FlowEvent[], from?: FlowState) {
  const { state, effects } = play([...events], from);
  return {
    state,
    commands: effects.flatMap((one) => (one.kind === 'command' ? [one.command] : [])),
    words: effects.flatMap((one: FlowEffect) => (one.kind === 'say' ? [one.utterance.what] : [])),
    rules: effects.flatMap((one) =>
      one.kind === 'command' && one.command.kind === 'annotate' && one.command.note.about === 'coaching'
        ? [one.command.note.decision.ruleId]
        : [],
    ),
  };
}

describe('a set that is coached', () => {
  const inSet = () => play(toSet()).state;

  it('goes further after three full moves, at once, in words and on record', () => {
    const { commands, words, rules } = does([clean, clean, clean], inSet());
    expect(rules).toEqual(['RT1']);
    expect(commands).toContainEqual({ kind: 'retarget', targetFraction: 0.85 });
    expect(words).toContain('further');
  });

  it('goes less far after two that stop short', () => {
    const { state, commands, words, rules } = does([short, short], inSet());
    expect(rules).toEqual(['RT2']);
    expect(commands).toContainEqual({ kind: 'retarget', targetFraction: 0.7 });
    expect(words).toContain('nearer');
    const next = play([ended([]), { kind: 'ready' }, { kind: 'ready' }], state).state;
    expect(setPlan(next)?.targetFraction).toBe(0.7);
  });

  it('gives a beat to who hurries, and the technique and an easier way to who is helped by another movement', () => {
    const fast = move({ reasons: ['tooFast'] });
    const hurried = does([fast, fast], inSet());
    expect(hurried.state.coaching?.hasPacer).toBe(true);
    expect(hurried.words).toContain('pacer');
    const bent = move({ compensation: 1, reasons: ['compensation'] });
    const helped = does([bent, bent, bent, bent, bent, bent, bent], inSet());
    expect(helped.words).toContain('technique');
    expect(helped.words).toContain('easierWay');
  });

  it('ends a set that tires early, and rests longer for it', () => {
    const slow = move({ endMs: 60_000 });
    const { state, commands } = does([clean, clean, clean, slow, slow, slow, slow], inSet());
    expect(commands).toContainEqual({ kind: 'endSet' });
    const rest = play([ended([])], state).state;
    expect(rest.countdown?.seconds).toBe(50);
    expect(rest.extraRestS).toBe(0);
  });

  it('takes a larger maximum for now where the first three go easily beyond', () => {
    const far = move({ peakRad: 0.75 });
    const { commands, rules } = does([far, far, far], inSet());
    expect(rules).toEqual(['RT10']);
    expect(commands).toContainEqual({ kind: 'retarget', targetFraction: 0.8 * 1.1 });
  });

  it('asks nothing more of a day of pain, nor of a test', () => {
    const gentle = play([
      { kind: 'begin', plan: { ...SET, askPain: true } },
      { kind: 'painAnswered', value: 8 },
      { kind: 'startGently' },
      ...toSet().slice(1),
    ]).state;
    expect(gentle).toMatchObject({ step: 'set', gentle: true });
    expect(does([clean, clean, clean, clean], gentle).rules).toEqual([]);
    const tested = play(toSet({ ...SET, items: SET.items.map((item) => ({ ...item, test: true })) })).state;
    expect(does([clean, clean, clean, short, short], tested).rules).toEqual([]);
  });

  it('forgets all of it with the next exercise', () => {
    const two: FlowPlan = {
      ...SET,
      items: [
        { ...SET.items[0]!, setSides: ['left'] },
        { ...SET.items[0]!, exerciseId: 'E08' },
      ],
    };
    const { state } = does([short, short, ended([])], play(toSet(two)).state);
    expect(state).toMatchObject({ step: 'rest', itemIndex: 1, coaching: null });
    expect(setPlan(state)?.targetFraction).toBe(0.8);
  });
});
