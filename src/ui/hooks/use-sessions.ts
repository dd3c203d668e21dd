import { useCallback, useEffect, useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { StoredSession } from '../services.ts';

export type SessionsState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly sessions: readonly StoredSession[] };

/** Sessions on this device, newest first; the one that runs right now is left out. */
export function useSessions(): { readonly state: SessionsState; readonly reload: () => void } {
  const { services, session } = useRoom();
  const running = session((store) => (store.flow.step === 'done' ? null : store.flow.sessionId));
  const [state, setState] = useState<SessionsState>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    services.log.list().then(
      (sessions) => {
        if (!over)
          setState({ kind: 'ready', sessions: sessions.filter((stored) => stored.sessionId !== running) });
      },
      (error: unknown) => {
        if (!over) setState({ kind: 'failed', error });
      },
    );
    return () => {
      over = true;
    };
  }, [services, running, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  return { state, reload };
}
