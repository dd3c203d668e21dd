import { useEffect } from 'react';
import { watchIdle } from '../idle-watch.ts';
import { useRoom } from '../services-context.ts';

/** Locks when nobody has been there for a while; never in the middle of a session. */
export function AutoLock({
  of,
  idleMinutes,
}: {
  readonly of: { lock(): Promise<void> };
  /** Missing: the usual ten. */
  readonly idleMinutes?: number;
}) {
  const { session } = useRoom();
  useEffect(
    () =>
      watchIdle({
        target: window,
        ...(idleMinutes !== undefined && { idleMinutes }),
        utcMs: () => Date.now(),
        isBusy: () => !['idle', 'done'].includes(session.getState().flow.step),
        onIdle: () => {
          // The result of the last session must not wait behind the lock, open.
          if (session.getState().flow.step === 'done') session.getState().send({ kind: 'leave' });
          void of.lock().catch(() => undefined);
        },
      }),
    [of, session, idleMinutes],
  );
  return null;
}
