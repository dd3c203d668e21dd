/** The ways a step of the flow can end. */
import type {
  FlowChange,
  FlowEffect,
  FlowProblem,
  FlowState,
  FlowStep,
  Utterance,
} from './session-flow-state.ts';

export function stay(state: FlowState): FlowChange {
  return { state, effects: [] };
}

export function to(state: FlowState, step: FlowStep, ...effects: FlowEffect[]): FlowChange {
  return { state: { ...state, step }, effects };
}

/** The same change with these done first. */
export function withEffects(effects: readonly FlowEffect[], change: FlowChange): FlowChange {
  return { state: change.state, effects: [...effects, ...change.effects] };
}

export function say(utterance: Utterance): FlowEffect[] {
  return [{ kind: 'say', utterance }];
}

/** The step goes on by itself after this time, unless the person waves it off. */
export function countDown(state: FlowState, seconds: number): FlowChange {
  const countdown = { id: state.lastCountdownId + 1, seconds };
  return {
    state: { ...state, countdown, lastCountdownId: countdown.id },
    effects: [{ kind: 'countDown', countdown }],
  };
}

/** That nothing is saved stays on every step until somebody has seen it; the rest belongs to its step. */
export function unseen(problem: FlowProblem | null): FlowProblem | null {
  return problem?.about === 'trouble' && problem.trouble.kind !== 'workerLost' ? problem : null;
}
