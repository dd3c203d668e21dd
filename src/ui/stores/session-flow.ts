/**
 * The guided session as a pure function: (state, event) -> state and what must be done. No clock, no services: the
 * store runs the effects. Facts of the pipeline come in as events like the person's own taps.
 */
import type { MotionDirection } from '../../core/exercise/motion-definition.ts';
import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import { firstPersonalMaximumRad } from '../../core/exercise/personal-maximum.ts';
import type { PipelineCommand, SetPlan } from '../../core/pipeline/pipeline-command.ts';
import type { PipelineFact, SensorFinding } from '../../core/pipeline/pipeline-fact.ts';
import type { VirtualAction } from '../services.ts';
import {
  type FlowStep,
  type FlowPlan,
  type StopReason,
  type FlowProblem,
  type FlowSensor,
  type FlowState,
  type FlowEvent,
  type FlowEffect,
  type FlowChange,
  IDLE_FLOW,
} from './session-flow-state.ts';

/** Fraction of the personal maximum that is the target when a programme starts (clinical page, 5.1). */
const FIRST_TARGET_FRACTION = 0.8;
/** The same on a day of pain (clinical page, 6.6: half range). */
const GENTLE_TARGET_FRACTION = 0.5;
/** From here on the usual session is not offered (clinical page, stop rule S-8). */
const HIGH_PAIN = 7;
/** Two bows settle the axis of each sensor better than one. */
const BOW_REPETITIONS = 2;
const ARM_REPETITIONS = 1;

export function advanceFlow(state: FlowState, event: FlowEvent): FlowChange {
  switch (event.kind) {
    case 'begin':
      if (isUnderWay(state)) return stay(state);
      return event.plan.askPain
        ? to({ ...IDLE_FLOW, plan: event.plan }, 'painBefore')
        : to({ ...IDLE_FLOW, plan: event.plan }, 'connect', { kind: 'startSession', plan: event.plan });
    case 'painAnswered':
      return painAnswered(state, event.value);
    case 'startGently':
      return startGently(state);
    case 'sessionStarted': {
      const notes = pain('painBefore', state.painBefore);
      return { state: { ...state, sessionId: event.sessionId }, effects: notes };
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
      return stay({
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
    case 'accepted':
      return state.step === 'found' || state.step === 'position' ? takePosition(state) : stay(state);
    case 'ready':
      return state.step === 'position' ? beginSet(state) : stay(state);
    case 'pause':
      return state.step === 'set' && state.paused === null
        ? {
            state: { ...state, paused: 'person' },
            effects: [{ kind: 'command', command: { kind: 'pauseSet' } }, ...rest(state)],
          }
        : stay(state);
    case 'resume':
      return state.step === 'set' && state.paused !== null
        ? {
            state: { ...state, paused: null },
            // A set paused before it began still looks for its start position: nothing moves yet.
            effects: [
              { kind: 'command', command: { kind: 'resumeSet' } },
              ...(state.setRuns ? move(state) : rest(state)),
            ],
          }
        : stay(state);
    case 'stop':
      return stop(state, event.reason);
    case 'stillUnwell':
      return state.step === 'unwell' ? stay({ ...state, stillUnwell: true }) : stay(state);
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
    case 'setStarted':
      return state.step === 'set'
        ? { state: { ...state, setRuns: true }, effects: state.paused === null ? move(state) : [] }
        : stay(state);
    case 'setRefused':
      return stay({ ...state, step: 'position', problem: { about: 'set', missingRoles: fact.missingRoles } });
    case 'setPaused':
      return state.step === 'set' && state.paused !== 'person'
        ? {
            state: { ...state, paused: fact.cause },
            effects: fact.cause === 'person' ? [] : [{ kind: 'say', utterance: { what: fact.cause } }],
          }
        : stay(state);
    case 'setResumed':
      return stay({ ...state, paused: null });
    case 'repetitionEnded': {
      if (state.step !== 'set') return stay(state);
      const repetitions = [...state.repetitions, fact.repetition];
      const count = countedOf(repetitions);
      return {
        state: { ...state, repetitions, cue: null },
        effects: [
          {
            kind: 'say',
            utterance: fact.repetition.counted ? { what: 'count', count } : { what: 'notCounted' },
          },
        ],
      };
    }
    case 'cue':
      return stay({ ...state, cue: fact.cue });
    case 'setEnded':
      return state.step === 'set' ? setEnded(state, fact.repetitions) : stay(state);
    // A blow, and then nothing moves: as where somebody says that they feel unwell.
    case 'fallSuspected':
      return state.step === 'set' ? stop(state, 'unwell') : stay(state);
    case 'sensorAttached':
    case 'packetsRejected':
    case 'gap':
    case 'flagRaised':
    case 'sessionFinished':
      return stay(state);
  }
}

type GuidedStep = 'connect' | 'standTall' | 'bow' | 'armRaise';

const STEP_OF = { still: 'connect', neutral: 'standTall', bow: 'bow', armRaise: 'armRaise' } as const;

function isGuided(step: FlowStep): step is GuidedStep {
  return step === 'connect' || step === 'standTall' || step === 'bow' || step === 'armRaise';
}

/** Asks the pipeline for one guided step, and the virtual person to do it. */
function beginGuided(state: FlowState, step: GuidedStep): FlowChange {
  const plan = state.plan;
  if (plan === null) return stay(state);
  const next: FlowState = {
    ...state,
    step,
    stepRuns: true,
    movingSensors: [],
    problem: unseen(state.problem),
  };
  const effects: FlowEffect[] = [];
  const act = (action: VirtualAction) => {
    if (plan.kit === 'virtual') effects.push({ kind: 'perform', action });
  };
  const ask = (command: PipelineCommand) => effects.push({ kind: 'command', command });
  switch (step) {
    case 'connect':
      act({ kind: 'lieOnTable' });
      ask({ kind: 'beginStep', step: { name: 'still', durationS: plan.stillS } });
      break;
    case 'standTall':
      act({ kind: 'standTall' });
      ask({ kind: 'beginStep', step: { name: 'neutral', durationS: plan.tallS, posture: 'standing' } });
      break;
    case 'bow':
      ask({ kind: 'beginStep', step: { name: 'bow', repetitions: BOW_REPETITIONS } });
      act({ kind: 'bow', repetitions: BOW_REPETITIONS });
      effects.push({ kind: 'say', utterance: { what: 'thatIsYourBack' } });
      break;
    case 'armRaise': {
      const side = plan.armSide ?? 'right';
      ask({ kind: 'beginStep', step: { name: 'armRaise', repetitions: ARM_REPETITIONS, side } });
      act({ kind: 'armRaise', repetitions: ARM_REPETITIONS, side });
      effects.push({ kind: 'say', utterance: { what: 'raiseArm' } });
    }
  }
  return { state: next, effects };
}

function stepCompleted(state: FlowState, findings: readonly SensorFinding[], step: GuidedStep): FlowChange {
  if (state.step !== step || !state.stepRuns) return stay(state);
  const known = new Map(state.findings.map((finding) => [finding.sensorIndex, finding]));
  for (const finding of findings) known.set(finding.sensorIndex, finding);
  const next: FlowState = {
    ...state,
    stepRuns: false,
    movingSensors: [],
    problem: null,
    findings: step === 'bow' || step === 'armRaise' ? [...known.values()] : [],
    sensors: state.sensors.map((sensor) => ({
      ...sensor,
      role: known.get(sensor.sensorIndex)?.role ?? sensor.role,
    })),
  };
  switch (step) {
    case 'connect':
      return to(next, 'strapOn', { kind: 'say', utterance: { what: 'stillDone' } });
    case 'standTall':
      return beginGuided(next, 'bow');
    case 'bow':
      if (state.plan?.armSide != null) return beginGuided(next, 'armRaise');
      return to(next, 'found', { kind: 'say', utterance: { what: 'checkDone' } });
    case 'armRaise':
      return to(next, 'found', { kind: 'say', utterance: { what: 'checkDone' } });
  }
}

/** Sensors change places while they lie on the table; each place keeps one sensor. */
function rolesShown(
  state: FlowState,
  shown: Extract<FlowEvent, { kind: 'rolesShown' }>['roles'],
): FlowChange {
  if (state.step !== 'connect' || state.stepRuns) return stay(state);
  const sensors = state.sensors.map((sensor) => ({
    ...sensor,
    role: shown.find((one) => one.sensorIndex === sensor.sensorIndex)?.role ?? sensor.role,
  }));
  if (new Set(sensors.map((sensor) => sensor.role)).size < sensors.length) return stay(state);
  const changed = sensors.filter((sensor, index) => sensor.role !== state.sensors[index]?.role);
  return { state: { ...state, sensors }, effects: assignRoles(changed) };
}

/** All places are left before one is taken: at no time do two sensors share one. */
function assignRoles(sensors: readonly Pick<FlowSensor, 'sensorIndex' | 'role'>[]): FlowEffect[] {
  const assign = (sensorIndex: number, role: FlowSensor['role'] | null): FlowEffect => ({
    kind: 'command',
    command: { kind: 'assignRole', sensorIndex, role },
  });
  return [
    ...sensors.map((sensor) => assign(sensor.sensorIndex, null)),
    ...sensors.map((sensor) => assign(sensor.sensorIndex, sensor.role)),
  ];
}

/** Two sensors change their roles after a check by movement; one that was refused for it is made again at once. */
function exchanged(state: FlowState, [a, b]: readonly [number, number]): FlowChange {
  const isRefused = isGuided(state.step) && !state.stepRuns;
  const [one, two] = [a, b].map((index) => state.sensors.find((sensor) => sensor.sensorIndex === index));
  if ((state.step !== 'found' && !isRefused) || one === undefined || two === undefined) return stay(state);
  const given = [
    { ...one, role: two.role },
    { ...two, role: one.role },
  ];
  const next: FlowState = {
    ...state,
    sensors: state.sensors.map(
      (sensor) => given.find(({ sensorIndex }) => sensorIndex === sensor.sensorIndex) ?? sensor,
    ),
    findings: state.findings.map((found) => {
      const role = given.find(({ sensorIndex }) => sensorIndex === found.sensorIndex)?.role;
      if (role === undefined) return found;
      const { sensorIndex, movedRad, role: formerRole } = found;
      return { sensorIndex, movedRad, role, formerRole, kind: 'swapped' };
    }),
  };
  const effects = assignRoles(given);
  if (!isRefused) return { state: next, effects };
  const again = beginGuided(next, state.step as GuidedStep);
  return { state: again.state, effects: [...effects, ...again.effects] };
}

function takePosition(state: FlowState): FlowChange {
  if (state.plan === null) return stay(state);
  return { state: { ...state, step: 'position', problem: unseen(state.problem) }, effects: rest(state) };
}

function beginSet(state: FlowState): FlowChange {
  const plan = setPlan(state);
  if (plan === null) return stay(state);
  return {
    state: { ...state, step: 'set', setRuns: false, repetitions: [], paused: null, cue: null, problem: null },
    effects: [
      { kind: 'command', command: { kind: 'beginSet', set: plan } },
      { kind: 'say', utterance: { what: 'setStarts' } },
    ],
  };
}

/** The set that is due: first the test without a target, then the exercise with its target from the test. */
export function setPlan(state: FlowState): SetPlan | null {
  const plan = state.plan;
  if (plan === null) return null;
  const test = state.setIndex === 0;
  return {
    exerciseId: plan.exerciseId,
    side: plan.side,
    repetitions: test ? plan.testRepetitions : plan.exerciseRepetitions,
    personalMaximumRad: test
      ? { positive: null, negative: null }
      : {
          positive: personalMaximum(plan.directions, state.testRepetitions, 1),
          negative: personalMaximum(plan.directions, state.testRepetitions, -1),
        },
    targetFraction: state.gentle ? GENTLE_TARGET_FRACTION : FIRST_TARGET_FRACTION,
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

function setEnded(state: FlowState, repetitions: readonly RepetitionResult[]): FlowChange {
  const said: FlowEffect = { kind: 'say', utterance: { what: 'setEnds' } };
  const stopped = state.stopReason !== null;
  if (state.setIndex === 0 && !stopped) {
    return {
      state: {
        ...state,
        step: 'position',
        setIndex: 1,
        testRepetitions: repetitions,
        repetitions,
        paused: null,
        cue: null,
      },
      effects: [said, ...rest(state)],
    };
  }
  return afterLastSet({ ...state, repetitions, paused: null, cue: null }, [said, ...rest(state)]);
}

function afterLastSet(state: FlowState, effects: readonly FlowEffect[]): FlowChange {
  return state.plan?.askPain === true
    ? { state: { ...state, step: 'painAfter' }, effects }
    : { state: { ...state, step: 'saving' }, effects: [...effects, { kind: 'finish' }] };
}

function stop(state: FlowState, reason: StopReason): FlowChange {
  if (state.sessionId === null || state.step === 'saving' || state.step === 'done') return stay(state);
  const note: FlowEffect = {
    kind: 'command',
    command: { kind: 'annotate', note: { about: 'stopReason', reason } },
  };
  const next: FlowState = { ...state, stopReason: reason, problem: null };
  if (state.step === 'set') {
    const end: FlowEffect = { kind: 'command', command: { kind: 'endSet' } };
    // Who feels unwell is told to sit down at once; the set's end may come when it comes.
    if (reason === 'unwell')
      return { state: { ...next, step: 'unwell', paused: null }, effects: [note, end, ...rest(state)] };
    return { state: { ...next, paused: null }, effects: [note, end] };
  }
  if (reason === 'unwell')
    return {
      state: { ...next, step: 'unwell', stepRuns: false },
      effects: state.stepRuns ? [{ kind: 'command', command: { kind: 'cancelStep' } }, note] : [note],
    };
  return afterLastSet(
    { ...next, stepRuns: false },
    state.stepRuns ? [{ kind: 'command', command: { kind: 'cancelStep' } }, note] : [note],
  );
}

function painAnswered(state: FlowState, value: number | null): FlowChange {
  if (state.step === 'painBefore' && value !== null && value >= HIGH_PAIN)
    return to({ ...state, painBefore: value }, 'painHigh');
  if (state.step === 'painBefore' && state.plan !== null)
    return to({ ...state, painBefore: value }, 'connect', { kind: 'startSession', plan: state.plan });
  if (state.step === 'painAfter')
    return {
      state: { ...state, painAfter: value, step: 'saving' },
      effects: [...pain('painAfter', value), { kind: 'finish' }],
    };
  return stay(state);
}

function startGently(state: FlowState): FlowChange {
  if (state.step !== 'painHigh' || state.plan === null) return stay(state);
  const plan = halved(state.plan);
  return to({ ...state, gentle: true, plan }, 'connect', { kind: 'startSession', plan });
}

/** Half of each side's moves, one at least. */
function halved(plan: FlowPlan): FlowPlan {
  const sides = plan.directions.length;
  const half = (repetitions: number) => sides * Math.max(1, Math.floor(repetitions / sides / 2));
  return {
    ...plan,
    testRepetitions: half(plan.testRepetitions),
    exerciseRepetitions: half(plan.exerciseRepetitions),
  };
}

function pain(about: 'painBefore' | 'painAfter', value: number | null): FlowEffect[] {
  return value === null ? [] : [{ kind: 'command', command: { kind: 'annotate', note: { about, value } } }];
}

/** The virtual person goes to the start posture and rests there. */
function rest(state: FlowState): FlowEffect[] {
  const plan = state.plan;
  if (plan?.kit !== 'virtual') return [];
  return [
    {
      kind: 'perform',
      action: { kind: 'takeStartPosture', exerciseId: plan.exerciseId, side: plan.side },
    },
  ];
}

/** The virtual person does what is left of the set. */
function move(state: FlowState): FlowEffect[] {
  const plan = state.plan;
  if (plan?.kit !== 'virtual') return [];
  const wanted = state.setIndex === 0 ? plan.testRepetitions : plan.exerciseRepetitions;
  const left = Math.max(1, wanted - countedOf(state.repetitions));
  return [
    {
      kind: 'perform',
      action: { kind: 'exercise', exerciseId: plan.exerciseId, side: plan.side, repetitions: left },
    },
  ];
}

/** Begun and neither left nor saved. */
export function isUnderWay(state: FlowState): boolean {
  return state.step !== 'idle' && state.step !== 'done';
}

export function countedOf(repetitions: readonly RepetitionResult[]): number {
  return repetitions.filter((repetition) => repetition.counted).length;
}

/** That nothing is saved stays on every step until somebody has seen it; the rest belongs to its step. */
function unseen(problem: FlowProblem | null): FlowProblem | null {
  return problem?.about === 'trouble' && problem.trouble.kind !== 'workerLost' ? problem : null;
}

function withoutSensorProblem(problem: FlowProblem | null): FlowProblem | null {
  return problem?.about === 'sensor' ? null : problem;
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((member, index) => member === b[index]);
}

function stay(state: FlowState): FlowChange {
  return { state, effects: [] };
}

function to(state: FlowState, step: FlowStep, ...effects: FlowEffect[]): FlowChange {
  return { state: { ...state, step }, effects };
}
