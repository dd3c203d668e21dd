import { lazy, Suspense } from 'react';
import type { StoredSession } from '../services.ts';
import { useRemovedSession } from '../stores/removed-session.ts';

const Unfinished = lazy(async () => ({ default: (await import('./Unfinished.tsx')).Unfinished }));
const UndoNotice = lazy(async () => ({ default: (await import('./UndoNotice.tsx')).UndoNotice }));

/** The same for the first pages: its parts are fetched only where a session was cut off. */
export function LazyUnfinished(props: {
  readonly sessions: readonly StoredSession[];
  readonly onChange: () => void;
}) {
  const removed = useRemovedSession((store) => store.removed);
  if (removed === null && !props.sessions.some((stored) => stored.state === 'unfinished')) return null;
  return (
    <Suspense fallback={null}>
      <UndoNotice onChange={props.onChange} />
      <Unfinished {...props} />
    </Suspense>
  );
}
