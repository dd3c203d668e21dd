import { useCallback, useEffect, useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { HistoryPlace, SessionLog, StoredSession } from '../services.ts';

export type SessionsState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The newest come first; `isWhole` once all are there. */
  | { readonly kind: 'ready'; readonly sessions: readonly StoredSession[]; readonly isWhole: boolean };

/** What a screen shows at once, and then as many as a frame can take. */
const FIRST_PAGE = 20;
const NEXT_PAGE = 100;
/** A page that nobody looks at draws nothing. */
const LONGEST_DRAWING_MS = 500;

/** Until the first page stands on the screen: what is read next would hold the drawing back. */
function shown(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_DRAWING_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, 0);
    });
  });
}

/** Sessions on this device, newest first; the one that runs right now is left out. */
export function useSessions(): { readonly state: SessionsState; readonly reload: () => void } {
  const { services, session } = useRoom();
  const running = session((store) => (store.flow.step === 'done' ? null : store.flow.sessionId));
  const [state, setState] = useState<SessionsState>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    const read = async (log: SessionLog): Promise<void> => {
      const all: StoredSession[] = [];
      let after: HistoryPlace | null = null;
      do {
        const limit: number = after === null ? FIRST_PAGE : NEXT_PAGE;
        const page = await log.page({ after, fromUtc: null, toUtc: null, limit });
        if (over) return;
        all.push(...page.sessions.filter((stored) => stored.sessionId !== running));
        if (after === null || page.next === null)
          setState({ kind: 'ready', sessions: [...all], isWhole: page.next === null });
        if (after === null && page.next !== null) await shown();
        after = page.next;
      } while (after !== null);
    };
    read(services.log).catch((error: unknown) => {
      if (!over) setState({ kind: 'failed', error });
    });
    return () => {
      over = true;
    };
  }, [services, running, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  return { state, reload };
}
