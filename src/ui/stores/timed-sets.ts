/**
 * Sets that no sensor counts: holds by the clock, breathing to a pace, and moves that the person counts. Where the
 * upper back is worn and can see the hold, its sensor judges each. Pure.
 */
import { changesArms, isWatchable, libraryExercise } from '../../core/exercise/exercise-library.ts';
import { hasMotion, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { ledMoveS } from '../../core/exercise/session-time.ts';
import type { HoldWatchResult } from '../../core/pipeline/hold-watch.ts';
import { countDown, say, stay } from './flow-change.ts';
import { currentSide } from './current-item.ts';
import { coached } from './session-coaching.ts';
import type {
  FlowChange,
  FlowEffect,
  FlowState,
  SensorItem,
  TimedItem,
  TimedRun,
} from './session-flow-state.ts';

/** The rest of a hold is said at each of these; of a long one less often. */
const SAID_EVERY_S = 10;
const LONG_HOLD_S = 60;
const LONG_SAID_EVERY_S = 30;
/** Whoever has no hand free is not waited for longer. */
const ASKED_S = 15;
/** For what the sensor saw of the last hold to be heard. */
const LAST_WORD_S = 1;
/** Breaths that are spoken; after them a tone is enough. */
const SPOKEN_BREATHS = 3;

/** What happens in a timed set, and whether it is over. */
export interface TimedChange extends FlowChange {
  readonly isOver: boolean;
}

const going = (change: FlowChange): TimedChange => ({ ...change, isOver: false });

/** Moves that a sensor would have counted, and was lost (rule RT11). */
export function ledByClock(item: SensorItem, repetitions: number): TimedItem {
  const holdS = ledMoveS(item.exerciseId);
  return { ...item, mode: 'self', repetitions, holdS, relaxS: 0, because: 'signalLost' };
}

/** The first hold, move or breath of a set. */
export function beginTimed(state: FlowState, item: TimedItem): FlowChange {
  return part(state, item, 0, 0);
}

/** A countdown of a timed set has run. */
export function timedOn(state: FlowState, item: TimedItem): TimedChange {
  const { timed } = state;
  if (timed === null) return going(stay(state));
  switch (timed.phase) {
    case 'pause':
      if (timed.repetition + 1 >= item.repetitions || timed.endedAfterS !== undefined)
        return timedOver(state, item, null);
      return going(part(state, item, timed.repetition + 1, timed.counted));
    case 'asked':
      return timedOver(state, item, null);
    case 'breatheIn':
      return going(breathe(state, item, timed, 'breatheOut'));
    case 'breatheOut':
      return going(breathed(state, item, timed));
    case 'hold':
      return going(timed.leftS > 0 ? heldOn(state, item, timed) : held(state, item, timed));
  }
}

/** The person says whether they did all of a set that only they counted. */
export function answered(state: FlowState, item: TimedItem, all: boolean): TimedChange {
  return state.timed?.phase === 'asked' ? timedOver(state, item, all) : going(stay(state));
}

/**
 * The clock of a timed set stands still; going on begins the running part again.
 * @param leftS of the countdown that runs
 */
export function pauseTimed(state: FlowState, item: TimedItem, leftS?: number): FlowChange {
  const { timed } = state;
  // All is done but the answer, which waits now.
  if (timed === null || timed.phase === 'asked') return stay({ ...state, countdown: null });
  return state.paused === null
    ? {
        state: {
          ...state,
          paused: 'person',
          countdown: null,
          timed: { ...timed, heldS: brokenOffS(state, item, leftS) },
        },
        effects: endHold(state, item, item.mode === 'breaths'),
      }
    : stay(state);
}

export function resumeTimed(state: FlowState, item: TimedItem): FlowChange {
  if (state.timed === null || state.paused === null) return stay(state);
  // Between two holds nothing is begun again.
  if (state.timed.phase === 'pause') return countDown({ ...state, paused: null }, LAST_WORD_S);
  return part({ ...state, paused: null }, item, state.timed.repetition, state.timed.counted);
}

/**
 * Stopped in the middle: what was done stands beside what was planned. A test that was broken off says nothing.
 * @param leftS of the countdown that runs
 */
export function stopTimed(state: FlowState, item: TimedItem, leftS?: number): FlowEffect[] {
  if (state.step !== 'timed' || state.timed === null) return [];
  const { phase, repetition } = state.timed;
  const isDone = phase === 'pause' || phase === 'asked';
  const ends = isDone ? [] : endHold(state, item, item.mode === 'breaths' && repetition > 0);
  if (item.test && repetition === 0 && !isDone) return ends;
  const timed: TimedRun = isDone
    ? { ...state.timed, leftS: 0, heldS: 0 }
    : { ...state.timed, phase: 'hold', leftS: 1, heldS: brokenOffS(state, item, leftS) };
  return [...ends, ...unmeasured({ ...state, timed }, item, null)];
}

/** How long the hold has lasted that is broken off now; where nobody knows what is left, as the last words said. */
function brokenOffS({ timed, countdown }: FlowState, { mode, holdS }: TimedItem, leftS?: number): number {
  if (timed === null || mode !== 'timer' || timed.phase !== 'hold') return 0;
  if (countdown === null) return timed.heldS ?? 0;
  return Math.max(0, holdS - timed.leftS - Math.min(countdown.seconds, leftS ?? countdown.seconds));
}

/** What the sensor saw of a hold that is over; its shaking may change what is asked next. */
export function holdJudged(
  state: FlowState,
  item: TimedItem,
  { isKept, spreadRad }: HoldWatchResult,
): FlowChange {
  if (state.timed === null || item.mode !== 'timer' || isKept === undefined) return stay(state);
  const counted = state.timed.counted + (isKept === false ? 0 : 1);
  const said = isKept === false ? say({ what: 'holdNotKept' }) : say({ what: 'count', count: counted });
  const next: FlowState = { ...state, timed: { ...state.timed, counted } };
  if (spreadRad == null) return { state: next, effects: said };
  const decided = coached(next, item, { kind: 'hold', sdRad: spreadRad });
  return { state: decided.state, effects: [...said, ...decided.effects] };
}

/** The posture was left for so long that the hold is over; what was held stands. */
export function holdGaveOut(state: FlowState, item: TimedItem, seconds: number): FlowChange {
  if (state.timed?.phase !== 'hold') return stay(state);
  const wait = countDown(
    { ...state, timed: { ...state.timed, phase: 'pause', leftS: 0, endedAfterS: seconds } },
    LAST_WORD_S,
  );
  return {
    state: wait.state,
    effects: [
      ...endHold(state, item, true),
      ...say({ what: 'holdEndsHere', seconds: Math.round(seconds) }),
      ...wait.effects,
    ],
  };
}

/** Faster than the pace allows is said, once breathing has had time to slow down. */
export function breathsRead(state: FlowState, item: TimedItem, perMin: number | null): FlowChange {
  const { counting } = libraryExercise(item.exerciseId);
  if (state.timed === null || counting.by !== 'breaths' || item.mode !== 'breaths') return stay(state);
  const minutes = (state.timed.repetition * (item.holdS + item.relaxS)) / 60;
  const isFast = perMin !== null && perMin > counting.fastestPerMin && minutes >= counting.fromMinute;
  return { state, effects: isFast ? say({ what: 'longerOut' }) : [] };
}

function part(state: FlowState, item: TimedItem, repetition: number, counted: number): FlowChange {
  if (item.mode === 'breaths') {
    const timed: TimedRun = { repetition, phase: 'breatheIn', leftS: 0, counted };
    const begun = breathe(state, item, timed, 'breatheIn');
    return { state: begun.state, effects: [...beginHold(state, item, true), ...begun.effects] };
  }
  const seconds = item.holdS % saidEveryS(item) || Math.min(saidEveryS(item), item.holdS);
  const timed: TimedRun = { repetition, phase: 'hold', leftS: item.holdS - seconds, counted };
  const wait = countDown({ ...state, timed }, seconds);
  return {
    state: wait.state,
    effects: [
      ...openingWords(item, repetition),
      ...beginHold(state, item, repetition === 0),
      ...wait.effects,
    ],
  };
}

function openingWords({ mode, exerciseId, holdS }: TimedItem, repetition: number): FlowEffect[] {
  if (mode === 'self') return repetition === 0 ? say({ what: 'setStarts' }) : [];
  const isBreathing = libraryExercise(exerciseId).counting.by === 'breaths';
  return say({ what: isBreathing ? 'breatheQuietly' : 'hold', seconds: holdS });
}

function saidEveryS({ holdS }: TimedItem): number {
  return holdS > LONG_HOLD_S ? LONG_SAID_EVERY_S : SAID_EVERY_S;
}

function heldOn(state: FlowState, item: TimedItem, timed: TimedRun): FlowChange {
  const nextS = Math.min(saidEveryS(item), timed.leftS);
  const wait = countDown({ ...state, timed: { ...timed, leftS: timed.leftS - nextS } }, nextS);
  return {
    state: wait.state,
    effects: [...say({ what: 'secondsLeft', seconds: timed.leftS }), ...wait.effects],
  };
}

function held(state: FlowState, item: TimedItem, before: TimedRun): FlowChange {
  const isWatched = watches(state, item);
  const isLast = before.repetition + 1 >= item.repetitions;
  const timed = isWatched ? before : { ...before, counted: before.counted + 1 };
  const said = isWatched ? endHold(state, item, true) : say({ what: 'count', count: timed.counted });
  if (item.mode === 'self' && !isLast) {
    const next = part(state, item, timed.repetition + 1, timed.counted);
    const turn = turnsHalfway(state, item, timed.repetition + 1) ? say({ what: 'otherHalf' }) : [];
    return { state: next.state, effects: [...said, ...turn, ...next.effects] };
  }
  if (item.mode === 'self') {
    const wait = countDown({ ...state, timed: { ...timed, phase: 'asked' } }, ASKED_S);
    return { state: wait.state, effects: [...said, ...say({ what: 'didYouAll' }), ...wait.effects] };
  }
  const pauseS = isLast ? LAST_WORD_S : Math.max(LAST_WORD_S, item.relaxS);
  const wait = countDown({ ...state, timed: { ...timed, phase: 'pause' } }, pauseS);
  const swaps = libraryExercise(item.exerciseId).dose.perSide;
  const letGo = isLast ? [] : say({ what: swaps ? 'letGoAndSwap' : 'letGo' });
  return { state: wait.state, effects: [...said, ...letGo, ...wait.effects] };
}

/** What is done to one side after the other by the clock changes sides once, halfway. */
function turnsHalfway(state: FlowState, item: TimedItem, done: number): boolean {
  const { exerciseId, repetitions, isOneSided } = item;
  if (currentSide(state) !== null || isOneSided === true) return false;
  const isSideBySide = hasMotion(exerciseId)
    ? motionDefinition(exerciseId).oneSideASet
    : changesArms(libraryExercise(exerciseId));
  return isSideBySide && done === Math.ceil(repetitions / 2);
}

function breathe(
  state: FlowState,
  item: TimedItem,
  timed: TimedRun,
  phase: 'breatheIn' | 'breatheOut',
): FlowChange {
  const wait = countDown(
    { ...state, timed: { ...timed, phase } },
    phase === 'breatheIn' ? item.holdS : item.relaxS,
  );
  const said = say({ what: phase, isSpoken: timed.repetition < SPOKEN_BREATHS });
  return { state: wait.state, effects: [...said, ...wait.effects] };
}

function breathed(state: FlowState, item: TimedItem, before: TimedRun): FlowChange {
  const done = before.repetition + 1;
  const timed: TimedRun = { ...before, repetition: done, counted: done };
  if (done >= item.repetitions) {
    const last: TimedRun = { ...timed, repetition: item.repetitions - 1, phase: 'pause' };
    const wait = countDown({ ...state, timed: last }, LAST_WORD_S);
    return { state: wait.state, effects: [...endHold(state, item, true), ...wait.effects] };
  }
  const next = breathe(state, item, timed, 'breatheIn');
  const breathS = item.holdS + item.relaxS;
  const leftS = (item.repetitions - done) * breathS;
  const isMinute = Math.ceil(leftS / 60) < Math.ceil((leftS + breathS) / 60);
  const told = isMinute ? say({ what: 'minutesLeft', minutes: Math.ceil(leftS / 60) }) : [];
  return { state: next.state, effects: [...next.effects, ...told] };
}

/** Whether the sensor on the upper back judges this set. */
function watches(state: FlowState, item: TimedItem): boolean {
  return (
    item.mode !== 'self' &&
    state.sensors.some(({ role }) => role === 'upperBack') &&
    isWatchable(libraryExercise(item.exerciseId))
  );
}

function beginHold(state: FlowState, item: TimedItem, takesZero: boolean): FlowEffect[] {
  if (!watches(state, item)) return [];
  const pacePerMin = item.mode === 'breaths' ? 60 / (item.holdS + item.relaxS) : null;
  const hold = { exerciseId: item.exerciseId, takesZero, pacePerMin };
  return [{ kind: 'command', command: { kind: 'beginHold', hold } }];
}

function endHold(state: FlowState, item: TimedItem, isKept: boolean): FlowEffect[] {
  return watches(state, item) ? [{ kind: 'command', command: { kind: 'endHold', isKept } }] : [];
}

function timedOver(state: FlowState, item: TimedItem, allDone: boolean | null): TimedChange {
  return { state, effects: unmeasured(state, item, allDone), isOver: true };
}

/** What no sensor counted goes on record as such. */
function unmeasured(state: FlowState, item: TimedItem, allDone: boolean | null): FlowEffect[] {
  const { exerciseId, mode, holdS, relaxS, test, because } = item;
  const { timed } = state;
  const repetitions = timed === null ? 0 : timed.repetition + (timed.leftS === 0 ? 1 : 0);
  const eachS = mode === 'breaths' ? holdS + relaxS : holdS;
  const broken = timed?.leftS === 0 ? 0 : (timed?.heldS ?? 0);
  const note = {
    about: 'unmeasuredSet',
    exerciseId,
    side: currentSide(state),
    mode,
    repetitions,
    seconds: timed?.endedAfterS ?? repetitions * eachS + broken,
    planned: { repetitions: item.repetitions, seconds: item.repetitions * eachS },
    allDone,
    ...(test && { test }),
    ...(because !== undefined && { because }),
  } as const;
  return [{ kind: 'command', command: { kind: 'annotate', note } }];
}
