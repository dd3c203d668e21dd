import { useCallback, useEffect, useState } from 'react';
import type { ClinicDesk } from '../clinic-ports.ts';
import { useRoom } from '../services-context.ts';

export type DeskState<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly desk: ClinicDesk; readonly value: T };

/** What a page reads from the clinic's desk. @param read must stay the same function while nothing changes */
export function useClinicDesk<T>(read: (desk: ClinicDesk) => Promise<T>): {
  readonly state: DeskState<T>;
  readonly reload: () => Promise<void>;
} {
  const { services } = useRoom();
  const [state, setState] = useState<DeskState<T>>({ kind: 'waiting' });
  const reload = useCallback(async () => {
    try {
      const desk = await services.loadClinicDesk();
      setState({ kind: 'ready', desk, value: await read(desk) });
    } catch (error) {
      setState({ kind: 'failed', error });
    }
  }, [services, read]);
  useEffect(() => void reload(), [reload]);
  return { state, reload };
}
