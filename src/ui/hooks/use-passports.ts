import { useCallback, useEffect, useState } from 'react';
import type { KitPassport } from '../../core/recording/kit-passport.ts';
import { useRoom } from '../services-context.ts';

export type PassportsState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly passports: readonly KitPassport[]; readonly nowUtc: string };

/** The chosen person's kit passports, newest first. */
export function usePassports(): { readonly state: PassportsState; readonly reload: () => void } {
  const { services } = useRoom();
  const [state, setState] = useState<PassportsState>({ kind: 'waiting' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let over = false;
    services
      .loadPassports()
      .then(async (kits) => ({ passports: await kits.list(), nowUtc: kits.nowUtc() }))
      .then(
        (found) => {
          if (!over) setState({ kind: 'ready', ...found });
        },
        (error: unknown) => {
          if (!over) setState({ kind: 'failed', error });
        },
      );
    return () => {
      over = true;
    };
  }, [services, turn]);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  return { state, reload };
}
