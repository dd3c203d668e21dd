/**
 * The guided session as a pure function: (state, event) -> state and what must be done. No clock, no services: the
 * store runs the effects. Facts of the pipeline come in as events like the person's own taps.
 */
import { CUE_CODES } from '../../core/exercise/cue-rules.ts';
import { hasMotion, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { PipelineFact } from '../../core/pipeline/pipeline-fact.ts';
import { judgeStop } from '../../core/care/stop-rules.ts';
import { countDown, say, stay, to, unseen, withEffects } from './flow-change.ts';
import { offDay } from '../../core/exercise/session-controller.ts';
import { coached, decisionNote } from './session-coaching.ts';
import { goWithout } from './going-without.ts';
import { beginGuided, exchanged, isGuided, rolesShown, STEP_OF, stepCompleted } from './guided-steps.ts';
import {
  afterLastSet,
  armSwapped,
  asksPainPlace,
  awaited,
  beginSet,
  countdownOver,
  countedOf,
  effortBetween,
  finish,
  move,
  pain,
  painAtTheEnd,
  painBetween,
  painPlaced,
  rest,
  setEnded,
  takePosition,
  timed,
  whyNot,
} from './session-sets.ts';
import { currentItem, currentSensorItem, currentTimedItem } from './current-item.ts';
import {
  answered,
  breathsRead,
  holdGaveOut,
  holdJudged,
  pauseTimed,
  resumeTimed,
  stopTimed,
} from './timed-sets.ts';
import {
  type FlowItem,
  type FlowPlan,
  type StopReason,
  type FlowProblem,
  type FlowState,
  type FlowEvent,
  type FlowEffect,
  type FlowChange,
  IDLE_FLOW,
  isUnderWay,
} from './session-flow-state.ts';

export function advanceFlow(state: FlowState, event: FlowEvent): FlowChange {
  const item = currentTimedItem(state);
  switch (event.kind) {
    case 'begin':
      if (isUnderWay(state)) return stay(state);
      return event.plan.askPain
        ? to({ ...IDLE_FLOW, plan: event.plan }, 'painBefore')
        : to({ ...IDLE_FLOW, plan: event.plan }, 'connect', { kind: 'startSession', plan: event.plan });
    case 'painAnswered':
      return painAnswered(state, event.value);
    case 'effortAnswered':
      return effortBetween(state, event.value);
    case 'painPlaced':
      return painPlaced(state, event.place);
    case 'startGently':
      return startGently(state);
    case 'sessionStarted': {
      const notes = [
        ...pain('painBefore', state.painBefore),
        ...(state.offDay === null ? [] : decisionNote(state.offDay)),
      ];
      const next: FlowState = { ...state, sessionId: event.sessionId };
      if (state.plan?.kit !== 'none') return { state: next, effects: notes };
      // Nothing to put on or to check.
      const first = takePosition(next);
      return { state: first.state, effects: [...notes, ...first.effects] };
    }
    case 'sensorConnected': {
      const sensor = { ...event.sensor, streaming: false, connected: true };
      const others = state.sensors.filter((known) => known.sensorIndex !== sensor.sensorIndex);
      return stay({ ...state, sensors: [...others, sensor], problem: unseen(state.problem) });
    }
    case 'sensorFailed':
      return stay({
        ...state,
        problem: {
          about: 'sensor',
          code: event.code,
          subject: event.subject,
          sensorIndex: event.sensorIndex,
        },
      });
    case 'sensorGone':
      return stay({
        ...state,
        sensors: state.sensors.filter((sensor) => sensor.sensorIndex !== event.sensorIndex),
      });
    case 'linkChanged':
      return awaited({
        ...state,
        sensors: state.sensors.map((sensor) =>
          sensor.sensorIndex === event.sensorIndex
            ? { ...sensor, connected: event.connected, streaming: event.connected && sensor.streaming }
            : sensor,
        ),
        problem: event.connected ? withoutSensorProblem(state.problem) : state.problem,
      });
    case 'rolesShown':
      return rolesShown(state, event.roles);
    case 'sensorsComplete':
      return state.step === 'connect' && state.sensors.length > 0
        ? beginGuided(state, 'connect')
        : stay(state);
    case 'strapped':
      return state.step === 'strapOn' ? beginGuided(state, 'standTall') : stay(state);
    case 'tryAgain':
      return isGuided(state.step) && !state.stepRuns ? beginGuided(state, state.step) : stay(state);
    case 'checkAgain':
      return state.step === 'found' ? beginGuided(state, 'standTall') : stay(state);
    case 'exchanged':
      return exchanged(state, event.sensorIndexes);
    case 'goWithout':
      return goWithout(state, event.sensorIndex);
    case 'accepted':
      return state.step === 'found' || state.step === 'position' ? takePosition(state) : stay(state);
    case 'armSwapped':
      return armSwapped(state);
    case 'enough':
      return state.step === 'timed' && item !== null ? holdGaveOut(state, item, event.heldS) : stay(state);
    case 'ready':
      if (state.step === 'rest') return takePosition(state);
      // Pain was named, and it did not come in the move.
      if (asksPainPlace(state)) return finish(state);
      return state.step === 'position' ? beginSet(state) : stay(state);
    case 'countdownOver':
      return state.countdown?.id === event.id ? countdownOver(state) : stay(state);
    case 'noHurry':
      return waitsForPerson(state) ? stay({ ...state, countdown: null }) : stay(state);
    case 'didAll':
      return item === null ? stay(state) : timed(answered(state, item, event.all));
    case 'pause':
      if (waitsForPerson(state)) return stay({ ...state, countdown: null });
      if (state.step === 'timed' && item !== null) return pauseTimed(state, item, event.leftS);
      return state.step === 'set' && state.paused === null
        ? {
            state: { ...state, paused: 'person' },
            effects: [{ kind: 'command', command: { kind: 'pauseSet' } }, ...rest(state)],
          }
        : stay(state);
    case 'resume':
      if (state.step === 'timed' && item !== null) return resumeTimed(state, item);
      return state.step === 'set' && state.paused !== null
        ? withEffects(
            // A set paused before it began still looks for its start position: nothing moves yet.
            [
              { kind: 'command', command: { kind: 'resumeSet' } },
              ...(state.setRuns ? move(state) : rest(state)),
            ],
            awaited({ ...state, paused: null }),
          )
        : stay(state);
    case 'stop':
      return stop(state, event.reason, event.leftS);
    case 'stillUnwell':
      return state.step === 'unwell'
        ? stay({ ...state, stillUnwell: true, fall: null, countdown: null })
        : stay(state);
    case 'fallAnswered':
      return state.step === 'unwell' ? stay({ ...state, fall: null, countdown: null }) : stay(state);
    case 'restOver':
      return state.step === 'unwell' ? afterLastSet(state, []) : stay(state);
    case 'leave':
      return state.step === 'idle'
        ? stay(state)
        : {
            state: IDLE_FLOW,
            effects: state.step === 'done' || state.sessionId === null ? [] : [{ kind: 'abandon' }],
          };
    case 'trouble':
      return stay({
        ...state,
        recordingBroke: state.recordingBroke || event.trouble.kind !== 'workerLost',
        problem: { about: 'trouble', trouble: event.trouble },
      });
    case 'saved':
      return to({ ...state, result: event.result, kept: event.kept, problem: null }, 'done');
    case 'saveFailed':
      return stay({ ...state, problem: { about: 'save' } });
    case 'problemSeen':
      return stay({ ...state, problem: null });
    case 'fact':
      return factArrived(state, event.fact);
  }
}

function factArrived(state: FlowState, fact: PipelineFact): FlowChange {
  const timedItem = state.step === 'timed' ? currentTimedItem(state) : null;
  switch (fact.kind) {
    case 'sensorStreaming': {
      const sensors = state.sensors.map((sensor) =>
        sensor.sensorIndex === fact.sensorIndex ? { ...sensor, streaming: true } : sensor,
      );
      const next = { ...state, sensors };
      // The virtual kit is complete by construction: nothing to tap before its ring may fill.
      const complete =
        state.step === 'connect' &&
        !state.stepRuns &&
        state.plan?.kit === 'virtual' &&
        sensors.length === state.plan.roles.length &&
        sensors.every((sensor) => sensor.streaming);
      return complete ? beginGuided(next, 'connect') : stay(next);
    }
    case 'stepProgressed':
      return sameMembers(state.movingSensors, fact.movingSensors)
        ? stay(state)
        : stay({ ...state, movingSensors: fact.movingSensors });
    case 'stepCompleted':
      return stepCompleted(state, fact.findings, STEP_OF[fact.step]);
    case 'stepRefused':
      return isGuided(state.step) && state.stepRuns
        ? stay({
            ...state,
            stepRuns: false,
            movingSensors: [],
            problem: {
              about: 'step',
              refusal: fact.reason,
              sensorIndex: fact.sensorIndex,
              exchange: fact.exchange,
            },
          })
        : stay(state);
    case 'painTapped': {
      if (state.step !== 'set') return stay(state);
      const isEnd = state.plan?.stopsAtFirstPain === true && currentItem(state)?.test === true;
      const ends: FlowEffect[] = isEnd ? [{ kind: 'command', command: { kind: 'endSet' } }] : [];
      const next = isEnd ? { ...state, firstPain: true } : state;
      return { state: next, effects: [...say({ what: 'painNoted' }), ...ends] };
    }
    case 'setStarted':
      return state.step === 'set'
        ? withEffects(
            [...say({ what: 'setStarts' }), ...(state.paused === null ? move(state) : [])],
            awaited({ ...state, setRuns: true }),
          )
        : stay(state);
    case 'setRefused':
      return stay({ ...state, step: 'position', problem: { about: 'set', missingRoles: fact.missingRoles } });
    case 'setPaused':
      return state.step === 'set' && state.paused !== 'person'
        ? withEffects(
            fact.cause === 'person' ? [] : say({ what: fact.cause }),
            awaited({ ...state, paused: fact.cause }),
          )
        : stay(state);
    case 'setResumed':
      return withEffects(
        // Who goes on by a tap knows that they do.
        state.paused === null || state.paused === 'person' ? [] : say({ what: 'goesOn' }),
        awaited({ ...state, paused: null }),
      );
    case 'holdReached':
      return { state, effects: state.step === 'set' ? say({ what: 'holdReached' }) : [] };
    case 'repetitionEnded': {
      if (state.step !== 'set') return stay(state);
      const repetitions = [...state.repetitions, fact.repetition];
      const counted = say(
        fact.repetition.counted
          ? { what: 'count', count: countedOf(repetitions) }
          : { what: 'notCounted', reason: whyNot(repetitions) },
      );
      const next: FlowState = { ...state, repetitions, cue: null };
      const item = currentItem(state);
      if (item === null || item.test) return { state: next, effects: counted };
      const decided = coached(next, item, { kind: 'repetition', repetition: fact.repetition });
      return { state: decided.state, effects: [...counted, ...decided.effects] };
    }
    case 'cue': {
      const cue = CUE_CODES.find((code) => code === fact.cue);
      // That the signal is back was said when the set went on.
      const isSaid = state.step === 'set' && cue !== undefined && cue !== 'signalBack';
      const exerciseId = currentSensorItem(state)?.exerciseId;
      return {
        state: { ...state, cue: fact.cue },
        effects: isSaid && exerciseId !== undefined ? say({ what: 'cue', cue, exerciseId }) : [],
      };
    }
    case 'holdLeft':
      return {
        state,
        effects: timedItem === null ? [] : say({ what: 'holdLeft', exerciseId: timedItem.exerciseId }),
      };
    case 'holdOver':
      return timedItem === null ? stay(state) : holdGaveOut(state, timedItem, fact.seconds);
    case 'holdEnded':
      return timedItem === null ? stay(state) : holdJudged(state, timedItem, fact.hold);
    case 'breathsRead':
      return timedItem === null ? stay(state) : breathsRead(state, timedItem, fact.perMin);
    case 'setEnded':
      return state.step === 'set' ? setEnded(state, fact.repetitions) : stay(state);
    case 'fallSuspected':
      return fallSuspected(state);
    // The set goes on: what moves there still shows in the count, but no longer in degrees.
    case 'flagRaised': {
      const { name, sensorIndex } = fact.flag;
      const sensor = state.sensors.find((one) => one.sensorIndex === sensorIndex);
      return {
        state,
        effects:
          name === 'SLIP' && state.step === 'set'
            ? say({ what: 'strapSlipped', role: sensor?.role ?? null })
            : [],
      };
    }
    case 'holdFound':
    case 'sensorAttached':
    case 'packetsRejected':
    case 'gap':
    case 'sessionFinished':
      return stay(state);
  }
}

function stop(state: FlowState, reason: StopReason, leftS?: number): FlowChange {
  if (state.sessionId === null || state.step === 'saving' || state.step === 'done') return stay(state);
  const note: FlowEffect = {
    kind: 'command',
    command: { kind: 'annotate', note: { about: 'stopReason', reason } },
  };
  const next: FlowState = { ...withSetOfNow(state), stopReason: reason, problem: null };
  if (state.step === 'set') {
    const end: FlowEffect = { kind: 'command', command: { kind: 'endSet' } };
    // Who feels unwell is told to sit down at once; the set's end may come when it comes.
    if (reason === 'unwell')
      return {
        state: { ...next, step: 'unwell', paused: null },
        effects: [note, end, ...say({ what: 'sitDown' }), ...rest(state)],
      };
    return { state: { ...next, paused: null }, effects: [note, end] };
  }
  const over: FlowState = { ...next, stepRuns: false, countdown: null, timed: null, paused: null };
  const item = currentTimedItem(state);
  const effects: FlowEffect[] = [...(item === null ? [] : stopTimed(state, item, leftS)), note];
  if (state.stepRuns) effects.unshift({ kind: 'command', command: { kind: 'cancelStep' } });
  return reason === 'unwell'
    ? { state: { ...over, step: 'unwell' }, effects: [...say({ what: 'sitDown' }), ...effects] }
    : afterLastSet(over, effects);
}

/** What is asked about pain at the end is about the set that was stopped, not about one before it. */
function withSetOfNow(state: FlowState): FlowState {
  if (state.step !== 'set' && state.step !== 'timed') return state;
  return { ...state, doneItem: currentItem({ ...state, clockItem: null }), painPlace: null };
}

/** Nobody who lies there is waited for longer (stop rule S-10). */
const FALL_ANSWER_S = 30;

/** A blow, and then nothing moves: in a set, and on the way between chair and floor. */
function fallSuspected(state: FlowState): FlowChange {
  const { step } = state;
  if (step !== 'set' && step !== 'timed' && step !== 'rest' && step !== 'position') return stay(state);
  const stopped = stop(state, 'unwell');
  const wait = countDown({ ...stopped.state, fall: 'asked' }, FALL_ANSWER_S);
  return {
    state: wait.state,
    effects: [...stopped.effects, ...say({ what: 'areYouAllRight' }), ...wait.effects],
  };
}

function painAnswered(state: FlowState, value: number | null): FlowChange {
  const weekMean = state.plan?.usualPain ?? null;
  // Stop rule S-8.
  if (
    state.step === 'painBefore' &&
    value !== null &&
    judgeStop({ kind: 'painBefore', pain: value, weekMean }) !== null
  )
    return to({ ...state, painBefore: value }, 'painHigh');
  if (state.step === 'painBefore' && state.plan !== null) {
    // Rule RT12: a day that begins worse than usual asks for less.
    const day = value === null ? null : offDay(value, weekMean, null);
    const times = day?.changes.find((change) => change.kind === 'volume')?.times ?? 1;
    const plan = day === null ? state.plan : lessOf(state.plan, times);
    return to({ ...state, painBefore: value, offDay: day, plan }, 'connect', { kind: 'startSession', plan });
  }
  if (state.step === 'rest' && value !== null) return painBetween(state, value);
  return state.step === 'painAfter' ? painAtTheEnd(state, value) : stay(state);
}

/** On a day of pain half as many moves are asked for. */
const GENTLE_VOLUME = 0.5;

function startGently(state: FlowState): FlowChange {
  if (state.step !== 'painHigh' || state.plan === null) return stay(state);
  const plan = lessOf(state.plan, GENTLE_VOLUME);
  return to({ ...state, gentle: true, plan }, 'connect', { kind: 'startSession', plan });
}

/** A share of each set's moves, as many to each side; a single hold or test stays whole. */
function lessOf(plan: FlowPlan, times: number): FlowPlan {
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, repetitions: fewer(item, times) })),
  };
}

function fewer({ exerciseId, setSides, repetitions }: FlowItem, times: number): number {
  const sides =
    setSides[0] === null && hasMotion(exerciseId) ? motionDefinition(exerciseId).directions.length : 1;
  return sides * Math.max(1, Math.floor((repetitions / sides) * times));
}

/** Goes on by itself, or as soon as the person taps. */
function waitsForPerson({ step }: FlowState): boolean {
  return step === 'found' || step === 'position' || step === 'rest' || step === 'painAfter';
}

function withoutSensorProblem(problem: FlowProblem | null): FlowProblem | null {
  return problem?.about === 'sensor' ? null : problem;
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((member, index) => member === b[index]);
}
