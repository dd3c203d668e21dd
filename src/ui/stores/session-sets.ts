/** The sets of a session in the flow: position, set, rest, and the next, each going on by itself. Pure. */
import { motionDefinition, setDirections } from '../../core/exercise/motion-definitions.ts';
import type { MotionDirection, Side } from '../../core/exercise/motion-definition.ts';
import { firstPersonalMaximumRad } from '../../core/exercise/personal-maximum.ts';
import type { RepetitionReason, RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SetPlan } from '../../core/pipeline/pipeline-command.ts';
import { countDown, say, stay, unseen } from './flow-change.ts';
import { coached, coachSet, targetFraction } from './session-coaching.ts';
import type { FlowChange, FlowEffect, FlowItem, FlowState, TimedRun } from './session-flow-state.ts';

/** Time to hear and take a start position; after that its being held still is waited for. */
const POSITION_S = 20;
/** The same for an exercise of earlier sessions. */
const KNOWN_POSITION_S = 5;
/** The same before another set of the same: it is known by then. */
const SAME_POSITION_S = 5;
/** Between two holds by the clock. */
const BETWEEN_HOLDS_S = 4;
/** The rest of a long hold is said at each of these. */
const SAID_EVERY_S = 10;
/** Whoever has no hand free is not waited for longer. */
const ASKED_S = 15;
/** Nor is the session left unsaved for want of an answer. */
const SAVED_ANYWAY_S = 90;

/** The exercise that is due or under way; null outside of a session. */
export function currentItem(state: FlowState): FlowItem | null {
  return state.plan?.items[state.itemIndex] ?? null;
}

/** Side of the set that is due or under way; null: both, taking turns. */
export function currentSide(state: FlowState): Side | null {
  return currentItem(state)?.setSides[state.setIndex] ?? null;
}

/** Position and side are said first; then the step goes on by itself: no hand may be free. */
export function takePosition(state: FlowState): FlowChange {
  const item = currentItem(state);
  if (item === null) return stay(state);
  const { exerciseId, test, mode, isKnown } = item;
  const wait = countDown(
    { ...state, step: 'position', problem: unseen(state.problem) },
    state.setIndex > 0 ? SAME_POSITION_S : item.isKnown ? KNOWN_POSITION_S : POSITION_S,
  );
  return {
    state: wait.state,
    effects: [
      ...rest(state),
      ...say({
        what: 'position',
        exerciseId,
        side: currentSide(state),
        test,
        isKnown: isKnown || state.setIndex > 0,
        set: state.setIndex + 1,
        sets: item.setSides.length,
        mode,
      }),
      ...wait.effects,
    ],
  };
}

export function beginSet(state: FlowState): FlowChange {
  const item = currentItem(state);
  if (item === null) return stay(state);
  const fresh: FlowState = {
    ...state,
    countdown: null,
    setRuns: false,
    repetitions: [],
    paused: null,
    cue: null,
    problem: null,
  };
  if (item.mode !== 'sensor') return hold({ ...fresh, step: 'timed' }, item, 0);
  const ready = item.test ? fresh : coachSet(fresh, item);
  const plan = setPlan(ready);
  if (plan === null) return stay(state);
  return {
    state: { ...ready, step: 'set' },
    effects: [{ kind: 'command', command: { kind: 'beginSet', set: plan } }],
  };
}

export function countdownOver(state: FlowState): FlowChange {
  switch (state.step) {
    case 'found':
    case 'rest':
      return takePosition(state);
    case 'position':
      return beginSet(state);
    case 'timed':
      return timedOn(state);
    case 'painAfter':
      return { state: { ...state, countdown: null, step: 'saving' }, effects: [{ kind: 'finish' }] };
    default:
      return stay(state);
  }
}

/** The set that is due: a test has no target, an exercise takes its target from the test of this session. */
export function setPlan(state: FlowState): SetPlan | null {
  const item = currentItem(state);
  if (item === null) return null;
  const { exerciseId, test } = item;
  const side = currentSide(state);
  const directions = setDirections(motionDefinition(exerciseId), side);
  const tested = state.testRepetitions.filter((repetition) => repetition.exerciseId === exerciseId);
  return {
    exerciseId,
    side,
    repetitions: state.coaching?.repetitions ?? item.repetitions,
    personalMaximumRad: test
      ? { positive: null, negative: null }
      : {
          positive: personalMaximum(directions, tested, 1),
          negative: personalMaximum(directions, tested, -1),
        },
    targetFraction: targetFraction(state),
    test,
  };
}

/** Median peak of the test repetitions to one side, rad; null when none may be used. */
export function personalMaximum(
  directions: readonly MotionDirection[],
  repetitions: readonly RepetitionResult[],
  sign: 1 | -1,
): number | null {
  const sides = directions.filter((direction) => direction.sign === sign).map((direction) => direction.side);
  return firstPersonalMaximumRad(repetitions.filter((repetition) => sides.includes(repetition.side)));
}

/** A set that sensors counted is over. */
export function setEnded(state: FlowState, repetitions: readonly RepetitionResult[]): FlowChange {
  const item = currentItem(state);
  return setOver({
    ...state,
    repetitions,
    testRepetitions: item?.test === true ? [...state.testRepetitions, ...repetitions] : state.testRepetitions,
  });
}

function setOver(before: FlowState): FlowChange {
  const state: FlowState = {
    ...before,
    paused: null,
    cue: null,
    timed: null,
    countdown: null,
    painDuring: null,
  };
  const item = currentItem(state);
  const said = [...say({ what: 'setEnds' }), ...rest(state)];
  const next = state.stopReason === null ? following(state) : null;
  if (next === null || item === null) return afterLastSet(state, said);
  if (item.restS === 0) {
    const position = takePosition(next);
    return { state: position.state, effects: [...said, ...position.effects] };
  }
  const seconds = item.restS + state.extraRestS;
  const wait = countDown({ ...next, step: 'rest', extraRestS: 0 }, seconds);
  return {
    state: wait.state,
    effects: [...said, ...say({ what: 'rest', seconds }), ...wait.effects],
  };
}

/** The state with the next set due; null after the last. */
function following(state: FlowState): FlowState | null {
  const item = currentItem(state);
  const after = state.plan?.items[state.itemIndex + 1];
  if (item === null) return null;
  if (state.setIndex + 1 < item.setSides.length) return { ...state, setIndex: state.setIndex + 1 };
  if (after === undefined) return null;
  return {
    ...state,
    itemIndex: state.itemIndex + 1,
    setIndex: 0,
    coaching: after.exerciseId === item.exerciseId ? state.coaching : null,
    maximumTimes: after.exerciseId === item.exerciseId ? state.maximumTimes : 1,
  };
}

export function afterLastSet(state: FlowState, effects: readonly FlowEffect[]): FlowChange {
  if (state.plan?.askPain !== true)
    return { state: { ...state, step: 'saving' }, effects: [...effects, { kind: 'finish' }] };
  const wait = countDown({ ...state, step: 'painAfter' }, SAVED_ANYWAY_S);
  return { state: wait.state, effects: [...effects, ...say({ what: 'painAsked' }), ...wait.effects] };
}

/** The exercise whose set was done before this rest. */
function restedItem(state: FlowState): FlowItem | null {
  return state.plan?.items[state.setIndex > 0 ? state.itemIndex : state.itemIndex - 1] ?? null;
}

/** Pain is said in a rest: too much ends the exercise, some makes it easier. */
export function painBetween(state: FlowState, value: number): FlowChange {
  const done = restedItem(state);
  const effects = pain('painDuring', value);
  const said: FlowState = { ...state, painDuring: value };
  const item = currentItem(state);
  if (done === null || item?.exerciseId !== done.exerciseId) return { state: said, effects };
  const decided = coached(said, item, { kind: 'pain', value });
  effects.push(...decided.effects);
  if (decided.state.coaching?.isStopped !== true) return { state: decided.state, effects };
  let next: FlowState | null = decided.state;
  while (next !== null && currentItem(next)?.exerciseId === done.exerciseId) next = following(next);
  const told = [...effects, ...say({ what: 'enoughOfThis' })];
  if (next !== null) return { state: next, effects: told };
  return afterLastSet({ ...decided.state, countdown: null }, told);
}

/** One hold by the clock, or one move at its pace. */
function hold(state: FlowState, item: FlowItem, repetition: number): FlowChange {
  const seconds = item.holdS % SAID_EVERY_S || Math.min(SAID_EVERY_S, item.holdS);
  const timed: TimedRun = { repetition, phase: 'hold', leftS: item.holdS - seconds };
  const wait = countDown({ ...state, timed }, seconds);
  const said =
    item.mode === 'timer'
      ? say({ what: 'hold', seconds: item.holdS })
      : repetition === 0
        ? say({ what: 'setStarts' })
        : [];
  return { state: wait.state, effects: [...said, ...wait.effects] };
}

function timedOn(state: FlowState): FlowChange {
  const item = currentItem(state);
  const { timed } = state;
  if (item === null || timed === null) return stay(state);
  if (timed.phase === 'pause') return hold(state, item, timed.repetition + 1);
  if (timed.phase === 'asked') return timedOver(state, item, null);
  if (timed.leftS > 0) {
    const wait = countDown(
      { ...state, timed: { ...timed, leftS: timed.leftS - SAID_EVERY_S } },
      SAID_EVERY_S,
    );
    return {
      state: wait.state,
      effects: [...say({ what: 'secondsLeft', seconds: timed.leftS }), ...wait.effects],
    };
  }
  const counted = say({ what: 'count', count: timed.repetition + 1 });
  if (timed.repetition + 1 < item.repetitions) {
    if (item.mode === 'self') {
      const next = hold(state, item, timed.repetition + 1);
      return { state: next.state, effects: [...counted, ...next.effects] };
    }
    const wait = countDown({ ...state, timed: { ...timed, phase: 'pause' } }, BETWEEN_HOLDS_S);
    return { state: wait.state, effects: [...counted, ...say({ what: 'letGo' }), ...wait.effects] };
  }
  if (item.mode === 'timer') {
    const over = timedOver(state, item, null);
    return { state: over.state, effects: [...counted, ...over.effects] };
  }
  const wait = countDown({ ...state, timed: { ...timed, phase: 'asked' } }, ASKED_S);
  return { state: wait.state, effects: [...counted, ...say({ what: 'didYouAll' }), ...wait.effects] };
}

/** The person says whether they did all of a set that only they counted. */
export function didAll(state: FlowState, all: boolean): FlowChange {
  const item = currentItem(state);
  return state.timed?.phase === 'asked' && item !== null ? timedOver(state, item, all) : stay(state);
}

function timedOver(state: FlowState, item: FlowItem, allDone: boolean | null): FlowChange {
  const over = setOver(state);
  return { state: over.state, effects: [...unmeasured(state, item, allDone), ...over.effects] };
}

/** What no sensor saw goes on record as such. */
function unmeasured(state: FlowState, item: FlowItem, allDone: boolean | null): FlowEffect[] {
  if (item.mode === 'sensor') return [];
  const { exerciseId, mode, holdS } = item;
  const repetitions = state.timed === null ? 0 : state.timed.repetition + (state.timed.leftS === 0 ? 1 : 0);
  const note = {
    about: 'unmeasuredSet',
    exerciseId,
    side: currentSide(state),
    mode,
    repetitions,
    seconds: repetitions * holdS,
    allDone,
  } as const;
  return [{ kind: 'command', command: { kind: 'annotate', note } }];
}

/** Stopped in the middle: the holds that were finished stand. */
export function stopTimed(state: FlowState): FlowEffect[] {
  const item = currentItem(state);
  if (state.step !== 'timed' || item === null || state.timed === null) return [];
  const { phase, repetition } = state.timed;
  const isDone = phase === 'pause' || phase === 'asked';
  if (repetition === 0 && !isDone) return [];
  const timed = { ...state.timed, leftS: isDone ? 0 : 1 };
  return unmeasured({ ...state, timed }, item, null);
}

/** The clock of a timed set stands still; going on begins the running part again. */
export function pauseTimed(state: FlowState): FlowChange {
  return state.paused === null ? stay({ ...state, paused: 'person', countdown: null }) : stay(state);
}

export function resumeTimed(state: FlowState): FlowChange {
  const item = currentItem(state);
  if (item === null || state.timed === null || state.paused === null) return stay(state);
  return hold({ ...state, paused: null }, item, state.timed.repetition);
}

/** Once may be chance; the second move in a row that does not count is told why. */
export function whyNot(repetitions: readonly RepetitionResult[]): RepetitionReason | null {
  const [before, last] = repetitions.slice(-2);
  return before?.counted === false && last?.counted === false ? (last.reasons[0] ?? null) : null;
}

export function countedOf(repetitions: readonly RepetitionResult[]): number {
  return repetitions.filter((repetition) => repetition.counted).length;
}

export function pain(about: 'painBefore' | 'painDuring' | 'painAfter', value: number | null): FlowEffect[] {
  return value === null ? [] : [{ kind: 'command', command: { kind: 'annotate', note: { about, value } } }];
}

/** The virtual person goes to the start posture and rests there. */
export function rest(state: FlowState): FlowEffect[] {
  const item = currentItem(state);
  if (state.plan?.kit !== 'virtual' || item === null) return [];
  const { exerciseId } = item;
  return [{ kind: 'perform', action: { kind: 'takeStartPosture', exerciseId, side: currentSide(state) } }];
}

/** The virtual person does what is left of the set. */
export function move(state: FlowState): FlowEffect[] {
  const item = currentItem(state);
  if (state.plan?.kit !== 'virtual' || item === null) return [];
  const repetitions = Math.max(1, item.repetitions - countedOf(state.repetitions));
  const { exerciseId } = item;
  return [
    { kind: 'perform', action: { kind: 'exercise', exerciseId, side: currentSide(state), repetitions } },
  ];
}
