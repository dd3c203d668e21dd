import { isUnderWay } from './stores/session-flow-state.ts';
import type { SessionStore } from './stores/session-store.ts';

/** Ends a session for somebody's safety: what was recorded until now is kept, and nothing more is asked. */
export function endSession(session: SessionStore): void {
  const { flow, send } = session.getState();
  if (!isUnderWay(flow)) return;
  if (flow.sessionId === null) {
    send({ kind: 'leave' });
    return;
  }
  if (flow.step !== 'unwell') send({ kind: 'stop', reason: 'unwell' });
  send({ kind: 'restOver' });
  send({ kind: 'painAnswered', value: null });
}
