import { useCallback, useSyncExternalStore } from 'react';
import { useRoom } from '../services-context.ts';
import type { PeopleState } from '../services.ts';

/** Who is on this device, and who is chosen. */
export function usePeople(): PeopleState {
  const { people } = useRoom().services;
  return useSyncExternalStore(
    useCallback((listener) => people.onChange(listener), [people]),
    () => people.state(),
  );
}
