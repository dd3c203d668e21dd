import { describe, expect, it } from 'vitest';
import { planTests } from '../../src/ui/start-session.ts';
import type { FlowEvent, FlowState } from '../../src/ui/stores/session-flow-state.ts';
import { setPlan } from '../../src/ui/stores/session-sets.ts';
import { done, ended, fact, play } from '../support/flow-events.ts';

const PLAN = planTests({
  kit: 'bluetooth',
  exerciseIds: ['E11'],
  roles: ['upperBack', 'upperArmRight'],
});
const connected = (sensorIndex: number, role: 'upperBack' | 'upperArmRight'): FlowEvent => ({
  kind: 'sensorConnected',
  sensor: { sensorIndex, role, name: 'S', batteryPercent: null },
});
const CHECK: FlowEvent[] = [done('neutral'), done('bow'), done('armRaise'), { kind: 'accepted' }];

/** After the test of the right arm: its rest is over. */
function firstArmDone(): FlowState {
  return play([
    { kind: 'begin', plan: PLAN },
    { kind: 'painAnswered', value: 1 },
    { kind: 'sessionStarted', sessionId: 's' },
    connected(0, 'upperBack'),
    connected(1, 'upperArmRight'),
    fact({ kind: 'sensorStreaming', sensorIndex: 0 }),
    fact({ kind: 'sensorStreaming', sensorIndex: 1 }),
    { kind: 'sensorsComplete' },
    done('still'),
    { kind: 'strapped' },
    ...CHECK,
    { kind: 'ready' },
    ended([]),
    { kind: 'ready' },
  ]).state;
}

describe('one arm sensor for both arms', () => {
  it('asks for it on the other arm once this arm is tested, and waits', () => {
    const state = firstArmDone();
    expect(state).toMatchObject({ step: 'swapArm', itemIndex: 1, countdown: null });
    expect(play([{ kind: 'ready' }], state).state).toBe(state);
  });

  it('gives it the other arm, checks all by movement, and tests that arm', () => {
    const swapped = play([{ kind: 'armSwapped' }], firstArmDone());
    expect(swapped.effects[0]).toEqual({
      kind: 'command',
      command: { kind: 'assignRole', sensorIndex: 1, role: 'upperArmLeft' },
    });
    expect(swapped.state.step).toBe('standTall');
    const raised = play([done('neutral'), done('bow')], swapped.state);
    expect(raised.effects).toContainEqual({
      kind: 'command',
      command: { kind: 'beginStep', step: { name: 'armRaise', repetitions: 1, side: 'left' } },
    });
    const ready = play([done('armRaise'), { kind: 'accepted' }], raised.state);
    expect(ready.state).toMatchObject({ step: 'position', itemIndex: 1 });
    expect(setPlan(ready.state)).toMatchObject({ exerciseId: 'E11', side: 'left', test: true });
  });

  it('lets a person with one arm stop there: the first arm stands', () => {
    const stopped = play([{ kind: 'stop', reason: 'finished' }], firstArmDone());
    expect(stopped.state.step).toBe('painAfter');
  });
});
