import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClinicDesk } from '../clinic-ports.ts';
import { useRoom } from '../services-context.ts';

export type DeskState<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly desk: ClinicDesk; readonly value: T };

type Read<T> = (desk: ClinicDesk) => Promise<T>;

/**
 * What a page reads from the clinic's desk. An answer to what the page does not ask any more is never shown: the patient
 * of before stands on no page of the next.
 *
 * @param read must stay the same function while nothing changes
 */
export function useClinicDesk<T>(read: Read<T>): {
  readonly state: DeskState<T>;
  readonly reload: () => Promise<void>;
} {
  const { services } = useRoom();
  const [held, setHeld] = useState<{ readonly read: Read<T>; readonly state: DeskState<T> } | null>(null);
  const newest = useRef(read);
  useEffect(() => {
    newest.current = read;
  }, [read]);
  const reload = useCallback(async () => {
    const settle = (state: DeskState<T>): void => {
      if (newest.current === read) setHeld({ read, state });
    };
    try {
      const desk = await services.loadClinicDesk();
      settle({ kind: 'ready', desk, value: await read(desk) });
    } catch (error) {
      settle({ kind: 'failed', error });
    }
  }, [services, read]);
  useEffect(() => void reload(), [reload]);
  return { state: held?.read === read ? held.state : { kind: 'waiting' }, reload };
}
