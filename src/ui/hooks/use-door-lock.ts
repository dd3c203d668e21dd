import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useRoom } from '../services-context.ts';
import type { DoorLock, DoorState } from '../services.ts';

const OPENING: DoorState = { kind: 'opening' };
const NOTHING = () => undefined;

/** The lock on the door of who looks after patients; `lock` is null until it was fetched. */
export function useDoorLock(): {
  readonly lock: DoorLock | null;
  readonly state: DoorState;
  /** Why it could not be fetched. */
  readonly error: unknown;
  readonly retry: () => void;
} {
  const { services } = useRoom();
  const [lock, setLock] = useState<DoorLock | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    setError(null);
    services.loadDoorLock().then(
      (loaded) => {
        if (!over) setLock(loaded);
      },
      (reason: unknown) => {
        if (!over) setError(reason);
      },
    );
    return () => {
      over = true;
    };
  }, [services, round]);
  const state = useSyncExternalStore(
    useCallback((listener) => lock?.onChange(listener) ?? NOTHING, [lock]),
    () => lock?.state() ?? OPENING,
  );
  return { lock, state, error, retry: () => setRound((count) => count + 1) };
}
