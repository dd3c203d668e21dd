/** The sets of a session in the flow: position, set, rest, and the next, each going on by itself. Pure. */
import { libraryExercise } from '../../core/exercise/exercise-library.ts';
import {
  armRole,
  matchSensorSet,
  motionDefinition,
  setDirections,
} from '../../core/exercise/motion-definitions.ts';
import type { MotionDirection, Side } from '../../core/exercise/motion-definition.ts';
import { painZone } from '../../core/exercise/pain-zone.ts';
import { firstPersonalMaximumRad } from '../../core/exercise/personal-maximum.ts';
import type { RepetitionReason, RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { PainPlace, SetPlan } from '../../core/pipeline/pipeline-command.ts';
import { beginGuided } from './guided-steps.ts';
import { countDown, say, stay, unseen, withEffects } from './flow-change.ts';
import { currentItem, currentSensorItem, currentSide } from './current-item.ts';
import { coached, coachSet, targetFraction } from './session-coaching.ts';
import type { FlowChange, FlowEffect, FlowItem, FlowState } from './session-flow-state.ts';
import { beginTimed, ledByClock, timedOn, type TimedChange } from './timed-sets.ts';

/** Time to hear and take a start position, and how it goes; after that its being held still is waited for. */
const POSITION_S = 30;
/** The same for an exercise of earlier sessions. */
const KNOWN_POSITION_S = 5;
/** The same before another set of the same: it is known by then. */
const SAME_POSITION_S = 5;
/** Nor is the session left unsaved for want of an answer. */
const SAVED_ANYWAY_S = 90;

/** Position and side are said first; then the step goes on by itself: no hand may be free. */
export function takePosition(state: FlowState): FlowChange {
  const item = currentItem(state);
  if (item === null) return stay(state);
  const { exerciseId, test, mode, isKnown } = item;
  const arm = armToSwapTo(state);
  if (arm !== null)
    return {
      state: { ...state, step: 'swapArm', countdown: null, problem: unseen(state.problem) },
      effects: say({ what: 'swapArm', side: arm }),
    };
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
        ...(item.isOneSided === true && { isOneSided: true }),
        ...(item.variation !== undefined && { variation: item.variation }),
      }),
      ...wait.effects,
    ],
  };
}

/** The arm that the one sensor for arms has yet to move to; null where it sits well, or another cannot be asked for. */
export function armToSwapTo(state: FlowState): Side | null {
  const side = currentSensorItem(state)?.wornOnArm;
  return side === undefined || state.sensors.some(({ role }) => role === armRole(side)) ? null : side;
}

/** The sensor of the other arm is given this one, and all are checked by movement again. */
export function armSwapped(state: FlowState): FlowChange {
  const side = armToSwapTo(state);
  if (state.step !== 'swapArm' || side === null || state.plan === null) return stay(state);
  const other = armRole(side === 'left' ? 'right' : 'left');
  const sensor = state.sensors.find(({ role }) => role === other);
  if (sensor === undefined) return stay(state);
  const role = armRole(side);
  const next: FlowState = {
    ...state,
    plan: { ...state.plan, armSide: side },
    sensors: state.sensors.map((one) => (one === sensor ? { ...one, role } : one)),
  };
  const assign: FlowEffect = {
    kind: 'command',
    command: { kind: 'assignRole', sensorIndex: sensor.sensorIndex, role },
  };
  return withEffects([assign], beginGuided(next, 'standTall'));
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
  if (item.mode !== 'sensor') return beginTimed({ ...fresh, step: 'timed' }, item);
  const ready = item.test ? fresh : coachSet(fresh, item);
  const plan = setPlan(ready);
  if (plan === null) return stay(state);
  const begun: FlowEffect = { kind: 'command', command: { kind: 'beginSet', set: plan } };
  return withEffects([begun], awaited({ ...ready, step: 'set' }));
}

export function countdownOver(state: FlowState): FlowChange {
  const item = currentItem(state);
  switch (state.step) {
    case 'found':
    case 'rest':
      return takePosition(state);
    case 'position':
      return beginSet(state);
    case 'set':
      if (isUnheard(state)) return byTheClock(state);
      return awaitsStart(state) ? startAskedFor(state) : stay({ ...state, countdown: null });
    case 'timed':
      return item === null || item.mode === 'sensor' ? stay(state) : timed(timedOn(state, item));
    case 'painAfter':
      return finish(state);
    case 'unwell':
      return state.fall === null
        ? stay(state)
        : { state: { ...state, fall: 'unanswered', countdown: null }, effects: say({ what: 'lookAfter' }) };
    default:
      return stay(state);
  }
}

/** The set that is due: a test has no target, an exercise takes its target from the test of this session. */
export function setPlan(state: FlowState): SetPlan | null {
  const item = currentSensorItem(state);
  if (item === null) return null;
  const { exerciseId, test, maximumRad } = item;
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
          positive: personalMaximum(directions, tested, 1) ?? maximumRad?.positive ?? null,
          negative: personalMaximum(directions, tested, -1) ?? maximumRad?.negative ?? null,
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

/** Sensors that are silent for so long are not waited for, s. */
const UNHEARD_S = 20;

/** A set that cannot go on for want of a sensor; not one that the person paused. */
function isUnheard(state: FlowState): boolean {
  const item = currentSensorItem(state);
  if (item === null || state.step !== 'set' || state.paused === 'person') return false;
  const heard = state.sensors.filter(({ connected }) => connected).map(({ role }) => role);
  return (
    state.paused === 'signalLost' ||
    matchSensorSet(motionDefinition(item.exerciseId), heard, currentSide(state)) === null
  );
}

/** Nobody is left waiting for a count that does not come without hearing what is waited for, s. */
const START_SOUGHT_S = 30;

/** The set looks for its start position, and no one has waved it off. */
function awaitsStart({ step, setRuns, paused }: FlowState): boolean {
  return step === 'set' && !setRuns && paused === null;
}

function startAskedFor(state: FlowState): FlowChange {
  const item = currentItem(state);
  if (item === null) return stay(state);
  const wait = countDown(state, START_SOUGHT_S);
  const { exerciseId } = item;
  const said = say({ what: 'startAwaited', exerciseId, side: currentSide(state) });
  return { state: wait.state, effects: [...said, ...wait.effects] };
}

/** While a sensor is silent a time runs, once, and while the start position is looked for; with neither none does. */
export function awaited(state: FlowState): FlowChange {
  if (state.step !== 'set') return stay(state);
  const waitS = isUnheard(state) ? UNHEARD_S : awaitsStart(state) ? START_SOUGHT_S : null;
  if (waitS === null) return stay({ ...state, countdown: null });
  return state.countdown?.seconds === waitS ? stay(state) : countDown(state, waitS);
}

/** Rule RT11: the rest of the set goes by the clock; a test is left out, for a clock measures nothing. */
function byTheClock(before: FlowState): FlowChange {
  const state: FlowState = { ...before, countdown: null };
  const item = currentSensorItem(state);
  if (item === null) return stay(state);
  const end: FlowEffect = { kind: 'command', command: { kind: 'endSet' } };
  if (item.test) return { state, effects: [...say({ what: 'testLeftOut' }), end] };
  const left = (state.coaching?.repetitions ?? item.repetitions) - countedOf(state.repetitions);
  const clockItem = ledByClock(item, Math.max(1, left));
  const decided = coached(state, item, { kind: 'signalLost' });
  return {
    state: { ...decided.state, clockItem },
    effects: [...say({ what: 'byTheClock' }), ...decided.effects, end],
  };
}

/** A set that sensors counted is over. */
export function setEnded(state: FlowState, repetitions: readonly RepetitionResult[]): FlowChange {
  const item = currentItem(state);
  if (state.clockItem !== null && state.stopReason === null)
    return beginTimed({ ...state, step: 'timed', repetitions, paused: null, cue: null }, state.clockItem);
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
    clockItem: null,
    countdown: null,
    doneItem: currentItem({ ...before, clockItem: null }),
    painDuring: null,
    effort: null,
    painPlace: null,
  };
  const item = state.doneItem;
  const said = [...say({ what: 'setEnds' }), ...rest(state)];
  const due = state.stopReason === null ? following(state) : null;
  const next = due === null || !state.firstPain ? due : withoutTests(due);
  if (next !== due) said.push(...say({ what: 'enoughForToday' }));
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
  if (state.plan?.askPain !== true) return withEffects(effects, finish(state));
  const wait = countDown({ ...state, step: 'painAfter' }, SAVED_ANYWAY_S);
  return { state: wait.state, effects: [...effects, ...say({ what: 'painAsked' }), ...wait.effects] };
}

/** The exercise whose set was done before this rest; null outside of one. */
export function restedItem({ step, doneItem }: FlowState): FlowItem | null {
  return step === 'rest' ? doneItem : null;
}

/** Effort is asked for where strength or endurance is trained (clinical page, 5.5). */
export function asksEffort(item: FlowItem | null): boolean {
  return item !== null && !item.test && libraryExercise(item.exerciseId).categories.includes('strength');
}

/**
 * Where in the move it hurt is asked where no hand is free to tap it, once pain was named: in the rest after the set, or
 * at the end of the session.
 */
export function asksPainPlace({ step, doneItem, painDuring, painAfter, painPlace }: FlowState): boolean {
  if (doneItem === null || libraryExercise(doneItem.exerciseId).painMark !== 'ask') return false;
  return step === 'rest'
    ? (painDuring ?? 0) > 0
    : step === 'painAfter' && (painAfter ?? 0) > 0 && painPlace === null;
}

/** Effort is said in a rest: a very hard set gives more rest and fewer moves (rule RT6). */
export function effortBetween(state: FlowState, value: number): FlowChange {
  const done = restedItem(state);
  const item = currentItem(state);
  if (done === null || item === null) return stay(state);
  const said: FlowState = { ...state, effort: value };
  const note: FlowEffect[] = [
    { kind: 'command', command: { kind: 'annotate', note: { about: 'effort', value } } },
  ];
  if (item.exerciseId !== done.exerciseId) return { state: said, effects: note };
  return withEffects(note, coached(said, item, { kind: 'effort', value }));
}

export function painPlaced(state: FlowState, place: PainPlace): FlowChange {
  if (!asksPainPlace(state)) return stay(state);
  const note: FlowEffect = {
    kind: 'command',
    command: { kind: 'annotate', note: { about: 'painPlace', place } },
  };
  const placed: FlowState = { ...state, painPlace: place };
  return withEffects([note], state.step === 'rest' ? stay(placed) : finish(placed));
}

/** Pain at the end of a session; then it is saved, unless there is one more thing to ask. */
export function painAtTheEnd(state: FlowState, value: number | null): FlowChange {
  const said: FlowState = { ...state, painAfter: value };
  const asked = asksPainPlace(said) ? countDown(said, SAVED_ANYWAY_S) : finish(said);
  return withEffects(pain('painAfter', value), asked);
}

export function finish(state: FlowState): FlowChange {
  return { state: { ...state, countdown: null, step: 'saving' }, effects: [{ kind: 'finish' }] };
}

/** Pain is said in a rest: too much ends the exercise, some makes it easier. */
export function painBetween(state: FlowState, value: number): FlowChange {
  const done = restedItem(state);
  const effects = pain('painDuring', value);
  const named: FlowState = { ...state, painDuring: value };
  const isFirst =
    done?.test === true && state.plan?.stopsAtFirstPain === true && value > (state.painBefore ?? 0);
  const said = isFirst ? withoutTests(named) : named;
  if (said !== named) effects.push(...say({ what: 'enoughForToday' }));
  if (said === null) return afterLastSet({ ...named, countdown: null }, effects);
  const item = currentItem(said);
  if (done === null) return { state: said, effects };
  if (item?.exerciseId !== done.exerciseId)
    return { state: said, effects: [...effects, ...tooMuch(said, done, value)] };
  const decided = coached(said, item, { kind: 'pain', value });
  effects.push(...decided.effects);
  const isAboveCeiling = value > (state.plan?.painCeiling ?? 10);
  if (decided.state.coaching?.isStopped !== true && !isAboveCeiling) return { state: decided.state, effects };
  let next: FlowState | null = decided.state;
  while (next !== null && currentItem(next)?.exerciseId === done.exerciseId) next = following(next);
  const told = [...effects, ...say({ what: 'enoughOfThis' })];
  if (next !== null) return { state: next, effects: told };
  return afterLastSet({ ...decided.state, countdown: null }, told);
}

/** Too much pain in an exercise that is over anyhow goes on record all the same, and is answered (rule RT9). */
function tooMuch(state: FlowState, done: FlowItem, value: number): FlowEffect[] {
  if (done.test || painZone(value, state.painBefore ?? 0) !== 'stop') return [];
  const { effects } = coached({ ...state, coaching: null }, done, { kind: 'pain', value });
  return [...effects, ...say({ what: 'enoughOfThis' })];
}

/**
 * The first pain ends the tests of who is slow to calm down; what else the day holds goes on. The same state where no test
 * was left, null where nothing else was.
 */
function withoutTests(state: FlowState): FlowState | null {
  const { plan, itemIndex } = state;
  if (plan === null || !plan.items.some((item, i) => i >= itemIndex && item.test)) return state;
  const items = plan.items.filter((item, i) => i < itemIndex || !item.test);
  if (itemIndex >= items.length) return null;
  const left: FlowState = { ...state, plan: { ...plan, items }, firstPain: false };
  return items[itemIndex] === plan.items[itemIndex] ? left : { ...left, setIndex: 0, coaching: null };
}

/** A timed set goes on; once it is over the session does. */
export function timed(change: TimedChange): FlowChange {
  if (!change.isOver) return change;
  const over = setOver(change.state);
  return { state: over.state, effects: [...change.effects, ...over.effects] };
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
  const item = currentSensorItem(state);
  if (state.plan?.kit !== 'virtual' || item === null) return [];
  const repetitions = Math.max(1, item.repetitions - countedOf(state.repetitions));
  const { exerciseId } = item;
  return [
    { kind: 'perform', action: { kind: 'exercise', exerciseId, side: currentSide(state), repetitions } },
  ];
}
