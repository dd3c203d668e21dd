/** The part of the flow before the first exercise: still on the table, tall, bow, arm raise, and which sensor goes where. */
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { SensorFinding } from '../../core/pipeline/pipeline-fact.ts';
import type { VirtualAction } from '../services.ts';
import { countDown, say, stay, to, unseen } from './flow-change.ts';
import type {
  FlowChange,
  FlowEffect,
  FlowEvent,
  FlowSensor,
  FlowState,
  FlowStep,
} from './session-flow-state.ts';

/** Two bows settle the axis of each sensor better than one. */
const BOW_REPETITIONS = 2;
/** The daily check: one bow tells a sensor that sits otherwise than before. */
const KNOWN_BOW_REPETITIONS = 1;
const ARM_REPETITIONS = 1;
/** To read that all is well. */
const KNOWN_FOUND_S = 3;

type GuidedStep = 'connect' | 'standTall' | 'bow' | 'armRaise';

export const STEP_OF = { still: 'connect', neutral: 'standTall', bow: 'bow', armRaise: 'armRaise' } as const;

export function isGuided(step: FlowStep): step is GuidedStep {
  return step === 'connect' || step === 'standTall' || step === 'bow' || step === 'armRaise';
}

/** Asks the pipeline for one guided step, and the virtual person to do it. */
export function beginGuided(state: FlowState, step: GuidedStep): FlowChange {
  const plan = state.plan;
  if (plan === null) return stay(state);
  const next: FlowState = {
    ...state,
    step,
    stepRuns: true,
    movingSensors: [],
    problem: unseen(state.problem),
  };
  const bows = plan.items[0]?.isKnown === true ? KNOWN_BOW_REPETITIONS : BOW_REPETITIONS;
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
      ask({ kind: 'beginStep', step: { name: 'bow', repetitions: bows } });
      act({ kind: 'bow', repetitions: bows });
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

export function stepCompleted(
  state: FlowState,
  findings: readonly SensorFinding[],
  step: GuidedStep,
): FlowChange {
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
      // The virtual kit is worn already; who has seen how that is done is not asked for a tap.
      if (next.plan?.kit === 'virtual' && next.plan.items[0]?.isKnown === true)
        return beginGuided(next, 'standTall');
      return to(next, 'strapOn', ...say({ what: 'stillDone' }));
    case 'standTall':
      return beginGuided(next, 'bow');
    case 'bow':
      if (state.plan?.armSide != null) return beginGuided(next, 'armRaise');
      return allFound(next);
    case 'armRaise':
      return allFound(next);
  }
}

/** Who knows what follows, and has nothing to look at, is not asked for a tap. */
export function allFound(state: FlowState): FlowChange {
  const said = say({ what: 'checkDone' });
  const isClear = state.findings.every(({ kind }) => kind !== 'maybeSwapped' && kind !== 'axisUnclear');
  if (!isClear || state.plan?.items[0]?.isKnown !== true) return to(state, 'found', ...said);
  const wait = countDown({ ...state, step: 'found' }, KNOWN_FOUND_S);
  return { state: wait.state, effects: [...said, ...wait.effects] };
}

/** Sensors change places while they lie on the table; each place keeps one sensor. */
export function rolesShown(
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
export function exchanged(state: FlowState, [a, b]: readonly [number, number]): FlowChange {
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
