import { lazy, Suspense } from 'react';
import type { StoredSession } from '../services.ts';

const Unfinished = lazy(async () => ({ default: (await import('./Unfinished.tsx')).Unfinished }));

/** The same for the first pages: its parts are fetched only where a session was cut off. */
export function LazyUnfinished(props: {
  readonly sessions: readonly StoredSession[];
  readonly onChange: () => void;
}) {
  if (!props.sessions.some((stored) => stored.state === 'unfinished')) return null;
  return (
    <Suspense fallback={null}>
      <Unfinished {...props} />
    </Suspense>
  );
}
