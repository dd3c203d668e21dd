import { useCallback, useEffect, useState } from 'react';
import type { ServerConnection, ServerView } from '../server-ports.ts';

export interface ServerInUse<S extends ServerConnection> {
  /** Null until it is known. */
  readonly server: S | null;
  /** Null: nobody agreed to one. */
  readonly view: ServerView | null;
  readonly problem: unknown;
  /** Does the work, shows what goes amiss, and reads the state anew. */
  readonly run: (work: (server: S) => Promise<void>) => Promise<void>;
}

/** A server and how it stands. @param load must stay the same function */
export function useServer<S extends ServerConnection>(load: () => Promise<S>): ServerInUse<S> {
  const [server, setServer] = useState<S | null>(null);
  const [view, setView] = useState<ServerView | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const look = useCallback(async () => {
    const loaded = await load();
    setView(await loaded.look());
    setServer(loaded);
  }, [load]);
  useEffect(() => void look().catch(setProblem), [look]);
  const run = useCallback(
    async (work: (server: S) => Promise<void>) => {
      setProblem(null);
      try {
        await work(await load());
      } catch (error) {
        setProblem(error);
      }
      await look().catch(setProblem);
    },
    [load, look],
  );
  return { server, view, problem, run };
}
