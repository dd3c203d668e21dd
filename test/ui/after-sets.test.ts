import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { libraryExercise } from '../../src/core/exercise/exercise-library.ts';
import type { SessionNote } from '../../src/core/pipeline/pipeline-command.ts';
import type { FlowEffect, FlowPlan, FlowState, SensorItem } from '../../src/ui/stores/session-flow-state.ts';
import { asksPainPlace, setPlan } from '../../src/ui/stores/session-sets.ts';
import { utteranceText } from '../../src/ui/text/speech-text.ts';
import { usualPain } from '../../src/ui/session-summary.ts';
import { ended, fact, ITEM, play, PLAN, repetition, TO_FOUND } from '../support/flow-events.ts';

const ENGLISH = setupI18n({ locale: 'en', messages: { en: {} } });
const ROW: SensorItem = {
  ...ITEM,
  exerciseId: 'E13',
  test: false,
  setSides: ['right', 'right'],
  repetitions: 10,
  restS: 60,
};
const withItems = (items: readonly SensorItem[], more: Partial<FlowPlan> = {}): FlowPlan => ({
  ...PLAN,
  ...more,
  items,
});
const running = (plan: FlowPlan) =>
  play([{ kind: 'begin', plan }, ...TO_FOUND.slice(1), { kind: 'accepted' }, { kind: 'ready' }]).state;
const notes = (effects: readonly FlowEffect[]): SessionNote[] =>
  effects.flatMap((one) =>
    one.kind === 'command' && one.command.kind === 'annotate' ? [one.command.note] : [],
  );
const said = (effects: readonly FlowEffect[]): string[] =>
  effects.flatMap((one) => (one.kind === 'say' ? [one.utterance.what] : []));

describe('how hard a set was', () => {
  const rested = () => play([ended([])], running(withItems([ROW]))).state;

  it('gives more of the rest that runs, and fewer moves, after a very hard one (RT6)', () => {
    const before = rested();
    expect(before.step).toBe('rest');
    const { state, effects } = play([{ kind: 'effortAnswered', value: 9 }], before);
    expect(effects).toContainEqual({ kind: 'prolong', id: before.countdown?.id, seconds: 30 });
    expect(setPlan(state)?.repetitions).toBe(8);
    expect(notes(effects)).toMatchObject([
      { about: 'effort', value: 9 },
      { about: 'coaching', decision: { ruleId: 'RT6', reason: 'effortHigh' } },
    ]);
  });

  it('changes nothing when it was not', () => {
    const { state, effects } = play([{ kind: 'effortAnswered', value: 6 }], rested());
    expect(setPlan(state)?.repetitions).toBe(10);
    expect(notes(effects).length).toBe(1);
    expect(state.effort).toBe(6);
  });
});

describe('where in the move it hurt', () => {
  it('goes on record', () => {
    const before = play([ended([]), { kind: 'painAnswered', value: 2 }], running(withItems([ROW]))).state;
    const { state, effects } = play([{ kind: 'painPlaced', place: 'middle' }], before);
    expect(state).toMatchObject({ step: 'rest', painPlace: 'middle' });
    expect(notes(effects)).toEqual([{ about: 'painPlace', place: 'middle' }]);
  });

  it('is asked after the last set too, before the session is saved', () => {
    const last = play([ended([])], running(withItems([{ ...ROW, setSides: ['right'] }]))).state;
    expect(last.step).toBe('painAfter');
    const asked = play([{ kind: 'painAnswered', value: 4 }], last);
    expect(asked.state.step).toBe('painAfter');
    expect(asksPainPlace(asked.state)).toBe(true);
    const placed = play([{ kind: 'painPlaced', place: 'end' }], asked.state);
    expect(placed.state.step).toBe('saving');
    expect(notes([...asked.effects, ...placed.effects])).toEqual([
      { about: 'painAfter', value: 4 },
      { about: 'painPlace', place: 'end' },
    ]);
    expect(placed.effects.at(-1)).toEqual({ kind: 'finish' });
    // It did not hurt in the move, or nobody answers: the session is saved without it.
    const id = asked.state.countdown?.id ?? -1;
    for (const event of [{ kind: 'ready' }, { kind: 'countdownOver', id }] as const)
      expect(play([event], asked.state)).toMatchObject({
        state: { step: 'saving', painPlace: null },
        effects: [{ kind: 'finish' }],
      });
  });

  it('is not asked at the end where nothing hurts, was tapped in the move, or was said in the rest', () => {
    const end = (item: SensorItem) => play([ended([])], running(withItems([item]))).state;
    const saved = (state: FlowState, value: number | null) =>
      play([{ kind: 'painAnswered', value }], state).state.step;
    const row = end({ ...ROW, setSides: ['right'] });
    expect([saved(row, 0), saved(row, null)]).toEqual(['saving', 'saving']);
    expect(libraryExercise('E11').painMark).toBe('tap');
    expect(saved(end({ ...ROW, exerciseId: 'E11', setSides: ['right'] }), 4)).toBe('saving');
    const tooMuch = play(
      [
        ended([]),
        { kind: 'painAnswered', value: 4 },
        { kind: 'painPlaced', place: 'end' },
        { kind: 'painAnswered', value: 9 },
      ],
      running(withItems([ROW])),
    ).state;
    expect(tooMuch.step).toBe('painAfter');
    expect(saved(tooMuch, 8)).toBe('saving');
  });

  it('ends the exercise above the ceiling of the clinic, where the usual zones would not', () => {
    const say = (painCeiling?: number) =>
      play(
        [ended([]), { kind: 'painAnswered', value: 3 }],
        running(withItems([ROW], painCeiling === undefined ? {} : { painCeiling })),
      ).state.step;
    expect([say(), say(3), say(2)]).toEqual(['rest', 'rest', 'painAfter']);
  });

  it('is noted when it is tapped, and ends the test of who settles slowly', () => {
    const tap = { timeMs: 1, angleRad: 0.5, halfWidth95Rad: 0.05, repetition: 1 };
    const usual = play([fact({ kind: 'painTapped', tap })], running(withItems([ITEM])));
    expect(usual.effects).toEqual([{ kind: 'say', utterance: { what: 'painNoted' } }]);
    const careful = play(
      [fact({ kind: 'painTapped', tap })],
      running(withItems([ITEM], { stopsAtFirstPain: true })),
    );
    expect(careful.effects).toContainEqual({ kind: 'command', command: { kind: 'endSet' } });
  });

  it('leaves the other tests of the day where the first pain ends them', () => {
    const tests = [
      { ...ITEM, restS: 30 },
      { ...ITEM, exerciseId: 'E08', restS: 30 },
    ] as const;
    const rest = play([ended([])], running(withItems(tests, { stopsAtFirstPain: true }))).state;
    const more = play([{ kind: 'painAnswered', value: 4 }], rest);
    expect(more.state.step).toBe('painAfter');
    expect(said(more.effects)).toContain('enoughForToday');
    // Pain was 3 before: no more than that is no new pain.
    expect(play([{ kind: 'painAnswered', value: 3 }], rest).state.step).toBe('rest');
  });

  it('ends them when it is tapped and nothing more is said', () => {
    const tests = [
      { ...ITEM, restS: 30 },
      { ...ITEM, exerciseId: 'E08', restS: 30 },
    ] as const;
    const tap = { timeMs: 1, angleRad: 0.5, halfWidth95Rad: 0.05, repetition: 1 };
    const events = [fact({ kind: 'painTapped', tap }), ended([])];
    const over = play(events, running(withItems(tests, { stopsAtFirstPain: true })));
    expect(over.state.step).toBe('painAfter');
    expect(said(over.effects)).toContain('enoughForToday');
    expect(play(events, running(withItems(tests))).state).toMatchObject({ step: 'rest', itemIndex: 1 });
  });

  it('goes on with the gentle part of the day, looking for no end of a range', () => {
    const items = [
      { ...ITEM, restS: 30 },
      { ...ITEM, exerciseId: 'E08', restS: 30 },
      { ...ITEM, exerciseId: 'E03', test: false, restS: 30 },
      { ...ITEM, exerciseId: 'E11', restS: 0 },
      { ...ITEM, exerciseId: 'E11', test: false, restS: 30 },
    ] as const;
    const plan = withItems(items, { stopsAtFirstPain: true });
    const rest = play([ended([]), { kind: 'painAnswered', value: 4 }], running(plan)).state;
    expect(rest.step).toBe('rest');
    expect(rest.plan?.items.slice(rest.itemIndex).map(({ exerciseId, test }) => [exerciseId, test])).toEqual([
      ['E03', false],
      ['E11', false],
    ]);
    expect(setPlan(rest)).toMatchObject({ exerciseId: 'E03', test: false });
  });
});

describe('a sensor that stays silent (RT11)', () => {
  const lost = fact({ kind: 'setPaused', cause: 'signalLost' });
  const overdue = (state: ReturnType<typeof running>) =>
    play([{ kind: 'countdownOver', id: state.countdown?.id ?? -1 }], state);
  const TURN: SensorItem = { ...ITEM, test: false, repetitions: 6, setSides: [null, null], restS: 30 };
  const started = (items: readonly SensorItem[]) =>
    play(
      [
        fact({
          kind: 'setStarted',
          plan: setPlan(running(withItems(items)))!,
          measure: 'upperBackTwist',
          qualityClass: 'C',
        }),
        fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.5) }),
      ],
      running(withItems(items)),
    ).state;

  it('is waited for, and a set whose signal is back goes on as before', () => {
    const waiting = play([lost], started([TURN])).state;
    expect(waiting.countdown?.seconds).toBe(20);
    expect(play([fact({ kind: 'setResumed' })], waiting).state.countdown).toBeNull();
  });

  it('hands the rest of the set to the clock, keeps what was counted, and flags the data', () => {
    const over = overdue(play([lost], started([TURN])).state);
    expect(said(over.effects)).toContain('byTheClock');
    expect(notes(over.effects)).toMatchObject([{ about: 'coaching', decision: { ruleId: 'RT11' } }]);
    const clocked = play([ended([repetition('left', 0.5)])], over.state);
    expect(clocked.state.step).toBe('timed');
    let { state } = clocked;
    const effects: FlowEffect[] = [];
    while (state.step === 'timed' && state.countdown !== null) {
      const next = overdue(state);
      state = next.state;
      effects.push(...next.effects);
    }
    expect(notes(effects)).toMatchObject([
      { about: 'unmeasuredSet', exerciseId: 'E01', mode: 'self', repetitions: 5, because: 'signalLost' },
    ]);
    // The next set asks the sensors again.
    expect(state).toMatchObject({ step: 'rest', setIndex: 1, clockItem: null });
  });

  it('leaves a test out, for a clock measures nothing', () => {
    const over = overdue(play([lost], started([{ ...ITEM, restS: 30 }, TURN])).state);
    expect(said(over.effects)).toContain('testLeftOut');
    expect(play([ended([])], over.state).state).toMatchObject({ step: 'rest', itemIndex: 1 });
  });

  it('is known to be gone before a set begins, also where nothing else speaks', () => {
    const gone = play(
      [
        { kind: 'linkChanged', sensorIndex: 0, connected: false },
        { kind: 'linkChanged', sensorIndex: 1, connected: false },
      ],
      running(withItems([TURN])),
    ).state;
    expect(gone.countdown?.seconds).toBe(20);
    const back = play([{ kind: 'linkChanged', sensorIndex: 0, connected: true }], gone).state;
    expect(back.countdown?.seconds).not.toBe(20);
  });

  it('does not hurry who paused by themselves', () => {
    const paused = play(
      [{ kind: 'pause' }, { kind: 'linkChanged', sensorIndex: 0, connected: false }],
      started([TURN]),
    );
    expect(paused.state.countdown).toBeNull();
  });
});

describe('a strap that slips in the middle of a set', () => {
  const slipped = (name: 'SLIP' | 'GAP') =>
    play(
      [
        fact({
          kind: 'flagRaised',
          flag: { name, sensorIndex: 0, startMs: 0, endMs: 1, detail: '' },
        }),
      ],
      running(withItems([ITEM])),
    );

  it('is said, with its place and what can no longer be known, and the set goes on', () => {
    const { state, effects } = slipped('SLIP');
    expect(state.step).toBe('set');
    expect(effects).toEqual([{ kind: 'say', utterance: { what: 'strapSlipped', role: 'upperBack' } }]);
    const words = utteranceText(ENGLISH, { what: 'strapSlipped', role: 'upperBack' });
    expect(words).toMatch(/Upper back/);
    expect(words).toMatch(/not sure of the angles/);
  });

  it('is not said of any other finding', () => {
    expect(slipped('GAP').effects).toEqual([]);
  });
});

describe('a day that begins worse than usual (RT12)', () => {
  const begin = (value: number, usual: number | null) =>
    play([
      { kind: 'begin', plan: withItems([{ ...ROW, setSides: ['right'] }], { usualPain: usual }) },
      { kind: 'painAnswered', value },
      { kind: 'sessionStarted', sessionId: 's' },
    ]);

  it('asks for seven tenths of the moves, less far, and says so on record', () => {
    const { state, effects } = begin(5, 2.5);
    expect(state.plan?.items[0]?.repetitions).toBe(7);
    expect(setPlan(state)?.targetFraction).toBeCloseTo(0.7, 12);
    expect(notes(effects)).toContainEqual(
      expect.objectContaining({ decision: expect.objectContaining({ ruleId: 'RT12', reason: 'offDay' }) }),
    );
  });

  it('is no such day where pain is as usual, or nothing is known', () => {
    for (const usual of [4, null]) {
      const { state } = begin(5, usual);
      expect(state.plan?.items[0]?.repetitions).toBe(10);
      expect(state.offDay).toBeNull();
    }
  });

  it('offers the gentle way where pain is three above the usual (S-8)', () => {
    const plan = withItems([ROW], { usualPain: 2 });
    expect(
      play([
        { kind: 'begin', plan },
        { kind: 'painAnswered', value: 5 },
      ]).state.step,
    ).toBe('painHigh');
  });

  it('knows the usual from the sessions of a week', () => {
    const at = (daysAgo: number, painBefore: number | null) => ({
      startedAtUtc: new Date(Date.UTC(2026, 4, 20) - 86_400_000 * daysAgo).toISOString(),
      result: { painBefore } as never,
    });
    const nowMs = Date.UTC(2026, 4, 20);
    expect(usualPain([at(1, 2), at(3, 4), at(9, 10), at(2, null)], nowMs)).toBe(3);
    expect(usualPain([at(8, 2)], nowMs)).toBeNull();
  });
});
