import type { People } from './services.ts';
import { isUnderWay } from './stores/session-flow-state.ts';
import type { SessionStore } from './stores/session-store.ts';

/**
 * A session goes with the person who began it. One that is not recorded yet keeps nobody from being chosen, and would go
 * on in the record of whoever is: with somebody else's plan, and without their own safety questions.
 */
export function leaveWithOwner(
  session: Pick<SessionStore, 'getState'>,
  people: Pick<People, 'state' | 'onChange'>,
): void {
  const chosen = (): string | null => {
    const state = people.state();
    return state.kind === 'ready' ? state.person.personId : null;
  };
  let owner = chosen();
  people.onChange(() => {
    const now = chosen();
    // Between two people, or behind a passphrase, nobody goes on with anything.
    if (now === null || now === owner) return;
    owner = now;
    const { flow, send } = session.getState();
    if (isUnderWay(flow)) send({ kind: 'leave' });
  });
}
