import { describe, expect, it } from 'vitest';
import {
  IDLE_FLOW,
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
} from '../../src/ui/stores/session-flow-state.ts';
import { advanceFlow } from '../../src/ui/stores/session-flow.ts';
import { setPlan } from '../../src/ui/stores/session-sets.ts';
import {
  ITEM,
  PLAN,
  repetition,
  fact,
  done,
  connected,
  ended,
  play,
  TO_CONNECT,
  TO_STILL,
  TO_FOUND,
  TO_TEST,
  TEST_DONE,
  TO_EXERCISE,
} from '../support/flow-events.ts';

describe('which sensor goes where', () => {
  const atTable = () =>
    play([
      { kind: 'begin', plan: { ...PLAN, kit: 'bluetooth', askPain: false } },
      connected(0),
      connected(1),
    ]);
  const exchange: FlowEvent = {
    kind: 'rolesShown',
    roles: [
      { sensorIndex: 0, role: 'lowerBack' },
      { sensorIndex: 1, role: 'upperBack' },
    ],
  };

  it('is what the person showed; no place is held by two at any time', () => {
    const { state, effects } = advanceFlow(atTable().state, exchange);
    expect(state.sensors.map((sensor) => sensor.role)).toEqual(['lowerBack', 'upperBack']);
    const roles = new Map<number, string | null>([
      [0, 'upperBack'],
      [1, 'lowerBack'],
    ]);
    for (const effect of effects) {
      if (effect.kind !== 'command' || effect.command.kind !== 'assignRole') throw new Error(effect.kind);
      roles.set(effect.command.sensorIndex, effect.command.role);
      const held = [...roles.values()].filter((role) => role !== null);
      expect(new Set(held).size).toBe(held.length);
    }
    expect([...roles]).toEqual([
      [0, 'lowerBack'],
      [1, 'upperBack'],
    ]);
  });

  it('changes nothing where two would share a place, or once the sensors rest', () => {
    const { state } = atTable();
    const both: FlowEvent = { kind: 'rolesShown', roles: [{ sensorIndex: 0, role: 'lowerBack' }] };
    expect(advanceFlow(state, both)).toEqual({ state, effects: [] });
    const resting = advanceFlow(state, { kind: 'sensorsComplete' }).state;
    expect(advanceFlow(resting, exchange)).toEqual({ state: resting, effects: [] });
  });
});

describe('the way through a session', () => {
  it.each<[string, FlowEvent[], FlowState['step']]>([
    ['a session asks for pain first', [{ kind: 'begin', plan: PLAN }], 'painBefore'],
    ['a demonstration asks nothing', [{ kind: 'begin', plan: { ...PLAN, askPain: false } }], 'connect'],
    ['then connects', TO_CONNECT, 'connect'],
    ['waits while a sensor sends nothing', TO_STILL.slice(0, -1), 'connect'],
    ['straps on once all lay still', [...TO_STILL, done('still')], 'strapOn'],
    ['stands tall', [...TO_STILL, done('still'), { kind: 'strapped' }], 'standTall'],
    ['bows after standing', [...TO_STILL, done('still'), { kind: 'strapped' }, done('neutral')], 'bow'],
    ['finds without an arm sensor after the bow', TO_FOUND, 'found'],
    ['takes the position', [...TO_FOUND, { kind: 'accepted' }], 'position'],
    ['tests', TO_TEST, 'set'],
    ['takes position again after the test', [...TO_TEST, TEST_DONE], 'position'],
    ['exercises', TO_EXERCISE, 'set'],
    ['asks how it was', [...TO_EXERCISE, ended([repetition('left', 0.5)])], 'painAfter'],
    [
      'asks where it hurt',
      [...TO_EXERCISE, ended([repetition('left', 0.5)]), { kind: 'painAnswered', value: 2 }],
      'painAfter',
    ],
    [
      'saves',
      [...TO_EXERCISE, ended([repetition('left', 0.5)]), { kind: 'painAnswered', value: 0 }],
      'saving',
    ],
    ['checks again from the start of the check', [...TO_FOUND, { kind: 'checkAgain' }], 'standTall'],
    ['is not moved by facts of another step', [...TO_CONNECT, done('bow')], 'connect'],
    ['is idle after leaving', [...TO_TEST, { kind: 'leave' }], 'idle'],
    ['does not begin twice', [...TO_TEST, { kind: 'begin', plan: PLAN }], 'set'],
  ])('%s', (_name, events, step) => {
    expect(play(events).state.step).toBe(step);
  });

  it('checks the arm when one carries a sensor', () => {
    const plan: FlowPlan = { ...PLAN, armSide: 'left', askPain: false };
    const events = [{ kind: 'begin', plan } as const, ...TO_FOUND.slice(2)];
    const { state, effects } = play(events);
    expect(state.step).toBe('armRaise');
    expect(effects).toContainEqual({
      kind: 'command',
      command: { kind: 'beginStep', step: { name: 'armRaise', repetitions: 1, side: 'left' } },
    });
  });

  it('takes the target of each side from the median of the test', () => {
    const plan = setPlan(play(TO_EXERCISE).state);
    expect(plan?.test).toBe(false);
    expect(plan?.personalMaximumRad.positive).toBeCloseTo(0.65, 12);
    expect(plan?.personalMaximumRad.negative).toBeCloseTo(0.5, 12);
  });

  it('knows no maximum of a side that was not moved to', () => {
    const plan = setPlan(play([...TO_TEST, ended([repetition('left', 0.6)])]).state);
    expect(plan?.personalMaximumRad).toEqual({ positive: 0.6, negative: null });
  });

  it('writes pain into the recording, and nothing when it was not said', () => {
    const notes = (value: number | null) =>
      play([{ kind: 'begin', plan: PLAN }, { kind: 'painAnswered', value }, TO_CONNECT[2]!]).effects.filter(
        (effect) => effect.kind === 'command',
      );
    expect(notes(3)).toEqual([
      { kind: 'command', command: { kind: 'annotate', note: { about: 'painBefore', value: 3 } } },
    ]);
    expect(notes(null)).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('shows a refused step and begins it again only when asked', () => {
    const refused = fact({
      kind: 'stepRefused',
      step: 'still',
      reason: 'noSignal',
      sensorIndex: 1,
      exchange: null,
    });
    const { state } = play([...TO_STILL, refused]);
    expect(state.problem).toEqual({ about: 'step', refusal: 'noSignal', sensorIndex: 1, exchange: null });
    expect(state.stepRuns).toBe(false);
    const again = advanceFlow(state, { kind: 'tryAgain' });
    expect(again.state.problem).toBeNull();
    expect(again.effects.at(-1)).toEqual({
      kind: 'command',
      command: { kind: 'beginStep', step: { name: 'still', durationS: 3 } },
    });
  });

  it('pauses by itself when the signal is lost and goes on when it is back', () => {
    const lost = fact({ kind: 'setPaused', cause: 'signalLost' });
    const { state } = play([...TO_TEST, lost]);
    expect(state.paused).toBe('signalLost');
    const sought = advanceFlow(state, fact({ kind: 'setPaused', cause: 'startSought' }));
    expect(sought.state.paused).toBe('startSought');
    expect(sought.effects).toEqual([{ kind: 'say', utterance: { what: 'startSought' } }]);
    expect(play([fact({ kind: 'setResumed' })], sought.state).state.paused).toBeNull();
  });

  it('ends a stopped test without an exercise', () => {
    const stopped = play([...TO_TEST, { kind: 'stop', reason: 'pain' }]);
    expect(stopped.state.step).toBe('set');
    expect(stopped.effects.at(-1)).toEqual({ kind: 'command', command: { kind: 'endSet' } });
    expect(play([ended([])], stopped.state).state.step).toBe('painAfter');
  });

  it('keeps what was recorded when a session is left half way', () => {
    expect(play([...TO_TEST, { kind: 'leave' }]).effects.at(-1)).toEqual({ kind: 'abandon' });
    expect(play([{ kind: 'begin', plan: PLAN }, { kind: 'leave' }]).effects).toEqual([]);
  });

  it('names the roles that a refused set lacks', () => {
    const plan = setPlan(play(TO_TEST).state)!;
    const { state } = play([...TO_TEST, fact({ kind: 'setRefused', plan, missingRoles: ['lowerBack'] })]);
    expect(state).toMatchObject({ step: 'position', problem: { about: 'set', missingRoles: ['lowerBack'] } });
  });

  it('takes over the role of a sensor that was found swapped', () => {
    const findings = [
      { sensorIndex: 0, role: 'lowerBack', kind: 'swapped', movedRad: 0.3, formerRole: 'upperBack' },
      { sensorIndex: 1, role: 'upperBack', kind: 'swapped', movedRad: 0.7, formerRole: 'lowerBack' },
    ] as const;
    const events = [...TO_FOUND.slice(0, -1), fact({ kind: 'stepCompleted', step: 'bow', findings })];
    expect(
      play(events)
        .state.sensors.map((sensor) => sensor.role)
        .sort(),
    ).toEqual(['lowerBack', 'upperBack']);
    expect(play(events).state.sensors.find((sensor) => sensor.sensorIndex === 0)?.role).toBe('lowerBack');
  });

  describe('two sensors that may be exchanged', () => {
    const DOUBTFUL = [
      { sensorIndex: 0, role: 'upperBack', kind: 'maybeSwapped', movedRad: 0.6, formerRole: null },
      { sensorIndex: 1, role: 'lowerBack', kind: 'maybeSwapped', movedRad: 0.8, formerRole: null },
    ] as const;
    const exchange: FlowEvent = { kind: 'exchanged', sensorIndexes: [0, 1] };
    const EXCHANGE_COMMANDS = [
      [0, null],
      [1, null],
      [0, 'lowerBack'],
      [1, 'upperBack'],
    ].map(([sensorIndex, role]) => ({
      kind: 'command',
      command: { kind: 'assignRole', sensorIndex, role },
    }));

    it('are exchanged after the check by one tap, and stand as mended', () => {
      const { state } = play([
        ...TO_FOUND.slice(0, -1),
        fact({ kind: 'stepCompleted', step: 'bow', findings: DOUBTFUL }),
      ]);
      const after = play([exchange], state);
      expect(after.effects).toEqual(EXCHANGE_COMMANDS);
      expect(after.state.step).toBe('found');
      expect(after.state.sensors.map(({ sensorIndex, role }) => [sensorIndex, role])).toEqual([
        [0, 'lowerBack'],
        [1, 'upperBack'],
      ]);
      expect(after.state.findings).toEqual([
        { sensorIndex: 0, role: 'lowerBack', kind: 'swapped', movedRad: 0.6, formerRole: 'upperBack' },
        { sensorIndex: 1, role: 'upperBack', kind: 'swapped', movedRad: 0.8, formerRole: 'lowerBack' },
      ]);
    });

    it('are exchanged where the check was refused for it, and the check is made again at once', () => {
      const refused = play([
        ...TO_FOUND.slice(0, -1),
        fact({
          kind: 'stepRefused',
          step: 'bow',
          reason: 'gestureContradictsRoles',
          sensorIndex: null,
          exchange: [0, 1],
        }),
      ]);
      expect(refused.state.problem).toMatchObject({ about: 'step', exchange: [0, 1] });
      const after = play([exchange], refused.state);
      expect(after.effects.slice(0, 4)).toEqual(EXCHANGE_COMMANDS);
      expect(after.effects).toContainEqual({
        kind: 'command',
        command: { kind: 'beginStep', step: { name: 'bow', repetitions: 2 } },
      });
      expect(after.state).toMatchObject({ step: 'bow', stepRuns: true, problem: null });
    });

    it('stay where they are while a check runs, in a set, and when one is not there', () => {
      for (const events of [TO_FOUND.slice(0, -1), TO_TEST])
        expect(play([...events, exchange]).state).toEqual(play(events).state);
      const { state } = play(TO_FOUND);
      expect(advanceFlow(state, { kind: 'exchanged', sensorIndexes: [0, 4] }).state).toBe(state);
    });
  });

  it('does nothing to the past: the state that came in stays as it was', () => {
    const before = play(TO_TEST).state;
    const copy = structuredClone(before);
    advanceFlow(before, { kind: 'pause' });
    advanceFlow(before, fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.5) }));
    expect(before).toEqual(copy);
  });
});

describe('a pause before the set has begun', () => {
  const started = fact({
    kind: 'setStarted',
    plan: setPlan({ ...IDLE_FLOW, plan: PLAN })!,
    measure: 'upperBackRelativeToLowerBack',
    qualityClass: 'A',
  });
  const moves = (effects: readonly FlowEffect[]) =>
    effects.filter((effect) => effect.kind === 'perform' && effect.action.kind === 'exercise');

  it('lets nobody move when it goes on: the start position comes first', () => {
    const { state } = play([...TO_TEST, { kind: 'pause' }]);
    const resumed = advanceFlow(state, { kind: 'resume' });
    expect(resumed.state).toMatchObject({ paused: null, setRuns: false });
    expect(moves(resumed.effects)).toEqual([]);
    expect(moves(advanceFlow(resumed.state, started).effects)).toHaveLength(1);
  });

  it('lets nobody move when the set began just as it was paused, until it goes on', () => {
    const { state } = play([...TO_TEST, { kind: 'pause' }]);
    const late = advanceFlow(state, started);
    expect(late.state).toMatchObject({ paused: 'person', setRuns: true });
    expect(moves(late.effects)).toEqual([]);
    expect(moves(advanceFlow(late.state, { kind: 'resume' }).effects)).toHaveLength(1);
  });
});

describe('who is not well', () => {
  const stopUnwell: FlowEvent = { kind: 'stop', reason: 'unwell' };

  it('is asked after a fall during a set, as if they had said it', () => {
    const { state } = play([...TO_TEST, fact({ kind: 'fallSuspected', timeMs: 9000 })]);
    expect(state.step).toBe('unwell');
    expect(play([fact({ kind: 'fallSuspected', timeMs: 9000 })]).state.step).toBe('idle');
  });

  it.each<[FlowState['step'], FlowEvent[]]>([
    ['set', TO_TEST],
    ['position', TO_TEST.slice(0, -1)],
  ])(
    'is asked whether they are all right after a fall in a %s, and help is called without an answer',
    (step, events) => {
      const before = play(events).state;
      expect(before.step).toBe(step);
      const asked = play([fact({ kind: 'fallSuspected', timeMs: 9000 })], before);
      expect(asked.state).toMatchObject({ step: 'unwell', fall: 'asked', countdown: { seconds: 30 } });
      expect(asked.effects).toContainEqual({ kind: 'say', utterance: { what: 'areYouAllRight' } });
      const over: FlowEvent = { kind: 'countdownOver', id: asked.state.countdown!.id };
      const silent = play([over], asked.state);
      expect(silent.state).toMatchObject({ step: 'unwell', fall: 'unanswered' });
      expect(silent.effects).toContainEqual({ kind: 'say', utterance: { what: 'lookAfter' } });
      expect(play([{ kind: 'fallAnswered' }], silent.state).state.fall).toBeNull();
      const answered = play([{ kind: 'fallAnswered' }, over], asked.state);
      expect(answered.state).toMatchObject({ step: 'unwell', fall: null });
      expect(answered.effects).toEqual([]);
    },
  );

  it('is asked where it hurt in the set that was stopped, not in one before', () => {
    const { state } = play([...TO_EXERCISE, stopUnwell, { kind: 'restOver' }]);
    expect(state).toMatchObject({ step: 'painAfter', doneItem: { test: false } });
  });

  it('is told to sit at once, and the set ends', () => {
    const { state, effects } = play([...TO_TEST, stopUnwell]);
    expect(state.step).toBe('unwell');
    expect(effects).toContainEqual({ kind: 'command', command: { kind: 'endSet' } });
    // The set's own end does not take the words away.
    expect(play([ended([])], state).state.step).toBe('unwell');
  });

  it('is told so in the check as well, and in a demonstration', () => {
    const { state, effects } = play([
      { kind: 'begin', plan: { ...PLAN, askPain: false } },
      ...TO_STILL.slice(2),
      done('still'),
      { kind: 'strapped' },
      stopUnwell,
    ]);
    expect(state.step).toBe('unwell');
    expect(effects).toContainEqual({ kind: 'command', command: { kind: 'cancelStep' } });
    expect(play([{ kind: 'restOver' }], state).state.step).toBe('saving');
  });

  it('gets help when the rest does not help, and can still save', () => {
    const still = play([...TO_TEST, stopUnwell, { kind: 'stillUnwell' }]).state;
    expect(still).toMatchObject({ step: 'unwell', stillUnwell: true });
    expect(play([{ kind: 'restOver' }], still).state.step).toBe('painAfter');
  });

  it.each([
    [6, 'connect'],
    [7, 'painHigh'],
    [10, 'painHigh'],
    [null, 'connect'],
  ])('starts from a pain of %s with %s', (value, step) => {
    const { state } = play([
      { kind: 'begin', plan: PLAN },
      { kind: 'painAnswered', value },
    ]);
    expect(state.step).toBe(step);
  });

  it('does half as much, half as far, on a day of pain', () => {
    const plan: FlowPlan = {
      ...PLAN,
      items: [
        { ...ITEM, repetitions: 6 },
        { ...ITEM, test: false, repetitions: 12 },
      ],
    };
    const gentle: FlowEvent[] = [
      { kind: 'begin', plan },
      { kind: 'painAnswered', value: 8 },
      { kind: 'startGently' },
      ...TO_EXERCISE.slice(2),
    ];
    const { state } = play(gentle);
    expect(state.plan?.items.map((item) => item.repetitions)).toEqual([2, 6]);
    expect(setPlan(state)).toMatchObject({ targetFraction: 0.5, test: false });
    // The pain is still written into the recording.
    expect(play(gentle).effects).toContainEqual({
      kind: 'command',
      command: { kind: 'annotate', note: { about: 'painBefore', value: 8 } },
    });
  });
});

describe('moves', () => {
  it('counts aloud only what counted', () => {
    const { state, effects } = play([
      ...TO_TEST,
      fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.1, false) }),
      fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.6) }),
    ]);
    expect(state.repetitions).toHaveLength(2);
    expect(effects.slice(-2)).toEqual([
      { kind: 'say', utterance: { what: 'notCounted', reason: null } },
      { kind: 'say', utterance: { what: 'count', count: 1 } },
    ]);
  });

  it('is told why once two in a row did not count', () => {
    const missed = fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.1, false) });
    const { effects } = play([...TO_TEST, missed, missed]);
    expect(effects.slice(-2)).toEqual([
      { kind: 'say', utterance: { what: 'notCounted', reason: null } },
      { kind: 'say', utterance: { what: 'notCounted', reason: 'shortOfTarget' } },
    ]);
  });

  it('are started by holding still, without a tap: the position is said and the countdown runs out', () => {
    const { state, effects } = play([...TO_FOUND, { kind: 'accepted' }]);
    const countdown = effects.find((effect) => effect.kind === 'countDown')?.countdown;
    const said = effects.flatMap((effect) => (effect.kind === 'say' ? [effect.utterance] : []));
    expect(said.at(-1)).toMatchObject({ what: 'position', exerciseId: 'E01', side: null, test: true });
    expect(state.countdown).toEqual(countdown);
    const over = advanceFlow(state, { kind: 'countdownOver', id: countdown!.id });
    expect(over.state.step).toBe('set');
    // A countdown of before, or one that was waved off, starts nothing.
    const older: FlowEvent = { kind: 'countdownOver', id: countdown!.id - 1 };
    expect(advanceFlow(state, older).state.step).toBe('position');
    for (const wave of [{ kind: 'noHurry' }, { kind: 'pause' }] as const)
      expect(play([wave, { kind: 'countdownOver', id: countdown!.id }], state).state.step).toBe('position');
  });

  it('are begun without a tap by who knows them, unless a sensor is in doubt', () => {
    const plan = { ...PLAN, items: PLAN.items.map((item) => ({ ...item, isKnown: true })) };
    const toBow: FlowEvent[] = [{ kind: 'begin', plan }, ...TO_FOUND.slice(1, -1)];
    const clear = play([...toBow, done('bow')]).state;
    expect(clear.step).toBe('found');
    const over = advanceFlow(clear, { kind: 'countdownOver', id: clear.countdown!.id });
    expect(over.state.step).toBe('position');
    const doubt = {
      sensorIndex: 0,
      role: 'upperBack',
      kind: 'axisUnclear',
      movedRad: 0.4,
      formerRole: null,
    } as const;
    const unclear = play([...toBow, fact({ kind: 'stepCompleted', step: 'bow', findings: [doubt] })]).state;
    expect(unclear).toMatchObject({ step: 'found', countdown: null });
    expect(play(TO_FOUND).state.countdown).toBeNull();
  });

  it('ask nobody to strap on a virtual kit who knows them', () => {
    const knows = (kit: 'virtual' | 'bluetooth') => ({
      ...PLAN,
      kit,
      items: PLAN.items.map((item) => ({ ...item, isKnown: true })),
    });
    const rested: FlowEvent[] = [...TO_STILL.slice(1), { kind: 'sensorsComplete' }, done('still')];
    const after = (kit: 'virtual' | 'bluetooth') => play([{ kind: 'begin', plan: knows(kit) }, ...rested]);
    expect(after('virtual').state).toMatchObject({ step: 'standTall', stepRuns: true });
    expect(after('bluetooth').state.step).toBe('strapOn');
  });

  it('speaks the cue and the hold of a set that runs, and neither outside of one', () => {
    const events = [fact({ kind: 'holdReached' }), fact({ kind: 'cue', cue: 'slower' })];
    expect(play(events, play(TO_TEST).state).effects).toEqual([
      { kind: 'say', utterance: { what: 'holdReached' } },
      { kind: 'say', utterance: { what: 'cue', cue: 'slower', exerciseId: 'E01' } },
    ]);
    expect(play(events, play(TO_FOUND).state).effects).toEqual([]);
  });

  it('hear once more where to be while the start position is not found, and no longer once it is', () => {
    const { state } = play([...TO_TEST, { kind: 'ready' }]);
    expect(state).toMatchObject({ step: 'set', setRuns: false });
    const late = play([{ kind: 'countdownOver', id: state.countdown!.id }], state);
    const asked = { kind: 'say', utterance: { what: 'startAwaited', exerciseId: 'E01', side: null } };
    expect(late.effects).toContainEqual(asked);
    expect(late.state.countdown).not.toBeNull();
    const paused = play([{ kind: 'pause' }], state).state;
    expect(play([{ kind: 'countdownOver', id: state.countdown!.id }], paused).effects).toEqual([]);
    const started = play(
      [
        fact({ kind: 'setStarted', plan: setPlan(state)!, measure: 'upperBackTwist', qualityClass: 'C' }),
        { kind: 'countdownOver', id: state.countdown!.id },
      ],
      state,
    );
    expect(started.effects).not.toContainEqual(asked);
  });

  it('lets the virtual person do only what is left after a pause', () => {
    const { state } = play([
      ...TO_TEST,
      fact({
        kind: 'setStarted',
        plan: setPlan({ ...IDLE_FLOW, plan: PLAN })!,
        measure: 'upperBackRelativeToLowerBack',
        qualityClass: 'A',
      }),
      fact({ kind: 'repetitionEnded', repetition: repetition('left', 0.6) }),
      { kind: 'pause' },
    ]);
    expect(state.paused).toBe('person');
    expect(advanceFlow(state, { kind: 'resume' }).effects).toContainEqual({
      kind: 'perform',
      action: { kind: 'exercise', exerciseId: 'E01', side: null, repetitions: 1 },
    });
  });
});

describe('that nothing is saved', () => {
  const trouble: FlowEvent = { kind: 'trouble', trouble: { kind: 'recordingElsewhere' } };

  it('is said on every step until somebody has seen it', () => {
    const told = play([
      { kind: 'begin', plan: PLAN },
      trouble,
      connected(0),
      connected(1),
      done('still'),
    ]).state;
    expect(told.problem).toEqual({ about: 'trouble', trouble: { kind: 'recordingElsewhere' } });
    const seen = play([{ kind: 'problemSeen' }], told).state;
    expect(seen.problem).toBeNull();
    expect(seen.recordingBroke).toBe(true);
  });

  it('is not what a worker that came back has to say', () => {
    const lost: FlowEvent = { kind: 'trouble', trouble: { kind: 'workerLost' } };
    expect(play([{ kind: 'begin', plan: PLAN }, lost, connected(0)]).state.problem).toBeNull();
  });
});
