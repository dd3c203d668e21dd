import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { matchesFilter, queryBounds, type HistoryFilter } from '../history-filter.ts';
import { useRoom } from '../services-context.ts';
import type { HistoryPlace, SessionLog, StoredSession } from '../services.ts';

/** Sessions that are shown before somebody asks for more. */
const WANTED = 20;
/** Rows read at a time while looking for those that match. */
const LOOKED_THROUGH = 100;

export interface History {
  readonly sessions: readonly StoredSession[];
  /** Older ones may follow. */
  readonly hasMore: boolean;
  readonly isReading: boolean;
  readonly error: unknown;
}

/** Reads on below `after` until enough sessions match, or there are none left; rows are read only as they are needed. */
export async function readHistory(
  log: Pick<SessionLog, 'page'>,
  filter: HistoryFilter,
  describe: (stored: StoredSession) => string,
  from: HistoryPlace | null,
  isOver: () => boolean = () => false,
): Promise<{ readonly sessions: StoredSession[]; readonly next: HistoryPlace | null }> {
  const sessions: StoredSession[] = [];
  let after = from;
  do {
    // The first page is what is shown: nothing is read beyond it unless something has to be looked for.
    const limit = sessions.length === 0 && after === from ? WANTED : LOOKED_THROUGH;
    const page = await log.page({ after, ...queryBounds(filter), limit });
    sessions.push(...page.sessions.filter((stored) => matchesFilter(stored, filter, describe)));
    after = page.next;
  } while (after !== null && sessions.length < WANTED && !isOver());
  return { sessions, next: after };
}

/**
 * The sessions that match, newest first, as many as were asked for.
 *
 * @param describe must not change from one drawing to the next
 */
export function useHistory(
  filter: HistoryFilter,
  describe: (stored: StoredSession) => string,
): { readonly history: History; readonly more: () => void; readonly reload: () => void } {
  const { services, session } = useRoom();
  const running = session((store) => (store.flow.step === 'done' ? null : store.flow.sessionId));
  const [history, setHistory] = useState<History>(NOTHING_YET);
  const [round, reload] = useReducer((count: number) => count + 1, 0);
  const next = useRef<HistoryPlace | null>(null);
  const latest = useRef(0);

  const read = useCallback(
    (from: HistoryPlace | null) => {
      const mine = ++latest.current;
      const isOver = () => mine !== latest.current;
      setHistory((known) => ({ ...known, isReading: true, error: null }));
      readHistory(services.log, filter, describe, from, isOver).then(
        (found) => {
          if (isOver()) return;
          next.current = found.next;
          const others = found.sessions.filter(({ sessionId }) => sessionId !== running);
          setHistory((known) => ({
            sessions: from === null ? others : [...known.sessions, ...others],
            hasMore: found.next !== null,
            isReading: false,
            error: null,
          }));
        },
        (error: unknown) => {
          if (!isOver()) setHistory((known) => ({ ...known, isReading: false, error }));
        },
      );
    },
    [services, filter, describe, running],
  );
  useEffect(() => {
    read(null);
    const counter = latest;
    return () => {
      counter.current++;
    };
  }, [read, round]);
  const more = useCallback(() => read(next.current), [read]);
  return useMemo(() => ({ history, more, reload }), [history, more]);
}

const NOTHING_YET: History = { sessions: [], hasMore: false, isReading: true, error: null };
