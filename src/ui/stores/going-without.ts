/** A sensor is lost for good before its first set: the session goes on with those that are left. Pure. */
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { armSideOf, sensorSetFor } from '../start-session.ts';
import { stay, withEffects } from './flow-change.ts';
import { allFound, beginGuided, isGuided } from './guided-steps.ts';
import type { FlowChange, FlowEffect, FlowItem, FlowPlan, FlowState } from './session-flow-state.ts';
import { takePosition } from './session-sets.ts';
import { ledByClock } from './timed-sets.ts';

const TRUNK: readonly SegmentRole[] = ['upperBack', 'lowerBack', 'pelvis'];

/** Whether there is something left to do without it, and the sensors are worn and no set is under way. */
export function canGoWithout(state: FlowState, sensorIndex: number): boolean {
  const { step, sensors } = state;
  const isWorn = step === 'found' || step === 'position' || (step !== 'connect' && isGuided(step));
  return (
    isWorn &&
    sensors.some((one) => one.sensorIndex === sensorIndex) &&
    planWithout(state, sensorIndex) !== null
  );
}

/** What those that are left cannot see goes by the clock; a test of it is left out, for a clock measures nothing. */
export function goWithout(state: FlowState, sensorIndex: number): FlowChange {
  const plan = planWithout(state, sensorIndex);
  if (plan === null || !canGoWithout(state, sensorIndex)) return stay(state);
  const { step, itemIndex } = state;
  const before = state.plan?.items ?? [];
  const isLeft = (index: number) => plan.kit !== 'none' && index !== sensorIndex;
  const next: FlowState = {
    ...state,
    plan,
    sensors: state.sensors.filter((sensor) => isLeft(sensor.sensorIndex)),
    findings: state.findings.filter((finding) => isLeft(finding.sensorIndex)),
    notMeasured: [
      ...new Set([
        ...state.notMeasured,
        ...before.filter((item) => !plan.items.includes(item)).map(({ exerciseId }) => exerciseId),
      ]),
    ],
    setIndex: plan.items[itemIndex] === before[itemIndex] ? state.setIndex : 0,
    stepRuns: false,
    movingSensors: [],
    problem: null,
  };
  const gone = state.sensors.filter((sensor) => !isLeft(sensor.sensorIndex));
  const effects: FlowEffect[] = [
    ...(state.stepRuns ? [{ kind: 'command', command: { kind: 'cancelStep' } } as const] : []),
    ...gone.flatMap((sensor): FlowEffect[] => [
      { kind: 'command', command: { kind: 'assignRole', sensorIndex: sensor.sensorIndex, role: null } },
      { kind: 'letGo', sensorIndex: sensor.sensorIndex },
    ]),
  ];
  if (plan.kit === 'none' || step === 'position') return withEffects(effects, takePosition(next));
  if (step === 'armRaise' && plan.armSide === null) return withEffects(effects, allFound(next));
  if (step !== 'found' && isGuided(step)) return withEffects(effects, beginGuided(next, step));
  return { state: next, effects };
}

/** The plan with what is left of the kit; null where nothing would be left to do. */
function planWithout({ plan, sensors, itemIndex }: FlowState, sensorIndex: number): FlowPlan | null {
  if (plan === null) return null;
  const left = sensors.filter((sensor) => sensor.sensorIndex !== sensorIndex).map(({ role }) => role);
  // The check by movement begins with a bow, which an arm alone does not show.
  const roles = left.some((role) => TRUNK.includes(role)) ? left : [];
  const due = plan.items.slice(itemIndex).flatMap((item): readonly FlowItem[] => {
    if (item.mode !== 'sensor' || sensorSetFor(item.exerciseId, roles) !== null) return [item];
    return item.test ? [] : [ledByClock(item, item.repetitions)];
  });
  if (due.length === 0) return null;
  return {
    ...plan,
    kit: roles.length === 0 ? 'none' : plan.kit,
    items: [...plan.items.slice(0, itemIndex), ...due],
    roles,
    armSide: armSideOf(roles),
  };
}
