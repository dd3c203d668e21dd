/** A guided session as its events, for tests of the flow. */
import type { RepetitionResult } from '../../src/core/exercise/repetition-result.ts';
import type { PipelineFact } from '../../src/core/pipeline/pipeline-fact.ts';
import {
  IDLE_FLOW,
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
  type SensorItem,
} from '../../src/ui/stores/session-flow-state.ts';
import { advanceFlow } from '../../src/ui/stores/session-flow.ts';
import { setPlan } from '../../src/ui/stores/session-sets.ts';

export const ITEM: SensorItem = {
  exerciseId: 'E01',
  mode: 'sensor',
  test: true,
  setSides: [null],
  repetitions: 2,
  isKnown: false,
  restS: 0,
};
export const PLAN: FlowPlan = {
  kit: 'virtual',
  items: [ITEM, { ...ITEM, test: false, restS: 30 }],
  roles: ['upperBack', 'lowerBack'],
  armSide: null,
  stillS: 3,
  tallS: 2,
  askPain: true,
  record: true,
};

export const repetition = (side: 'left' | 'right', peakRad: number, counted = true): RepetitionResult => ({
  exerciseId: 'E01',
  index: 0,
  side,
  startMs: 0,
  peakMs: 1,
  endMs: 2,
  peakRad,
  peakHalfWidth95Rad: 0.06,
  targetRad: null,
  holdS: 2,
  peakSpeedRadPerS: 0.5,
  returnResidualRad: 0,
  verdict: counted ? 'full' : 'small',
  counted,
  drift: 'accepted',
  quality: 90,
  reasons: counted ? [] : ['shortOfTarget'],
});

export const fact = (content: PipelineFact): FlowEvent => ({ kind: 'fact', fact: content });
export const done = (step: 'still' | 'neutral' | 'bow' | 'armRaise'): FlowEvent =>
  fact({ kind: 'stepCompleted', step, findings: [] });
export const connected = (sensorIndex: number): FlowEvent => ({
  kind: 'sensorConnected',
  sensor: { sensorIndex, role: PLAN.roles[sensorIndex] ?? 'upperBack', name: 'S', batteryPercent: null },
});
export const ended = (repetitions: readonly RepetitionResult[]): FlowEvent =>
  fact({ kind: 'setEnded', plan: setPlan({ ...IDLE_FLOW, plan: PLAN })!, repetitions });

export function play(
  events: readonly FlowEvent[],
  from: FlowState = IDLE_FLOW,
): { state: FlowState; effects: FlowEffect[] } {
  let state = from;
  const effects: FlowEffect[] = [];
  for (const event of events) {
    const change = advanceFlow(state, event);
    state = change.state;
    effects.push(...change.effects);
  }
  return { state, effects };
}

export const TO_CONNECT: FlowEvent[] = [
  { kind: 'begin', plan: PLAN },
  { kind: 'painAnswered', value: 3 },
  { kind: 'sessionStarted', sessionId: 's' },
];
export const TO_STILL: FlowEvent[] = [
  ...TO_CONNECT,
  connected(0),
  connected(1),
  fact({ kind: 'sensorStreaming', sensorIndex: 0 }),
  fact({ kind: 'sensorStreaming', sensorIndex: 1 }),
];
export const TO_FOUND: FlowEvent[] = [
  ...TO_STILL,
  done('still'),
  { kind: 'strapped' },
  done('neutral'),
  done('bow'),
];
export const TO_TEST: FlowEvent[] = [...TO_FOUND, { kind: 'accepted' }, { kind: 'ready' }];
export const TEST_DONE = ended([repetition('left', 0.6), repetition('right', 0.5), repetition('left', 0.7)]);
export const TO_EXERCISE: FlowEvent[] = [...TO_TEST, TEST_DONE, { kind: 'ready' }];
