import { useEffect, useState } from 'react';
import type { PersonServer } from '../server-ports.ts';
import { useRoom } from '../services-context.ts';

/** The server that the person has agreed to; null until it is known, and where there is none. */
export function useAgreedServer(): { readonly server: PersonServer; readonly host: string } | null {
  const { services } = useRoom();
  const [at, setAt] = useState<{ readonly server: PersonServer; readonly host: string } | null>(null);
  useEffect(() => {
    let over = false;
    services
      .loadPersonServer()
      .then(async (server) => ({ server, view: await server.look() }))
      .then(({ server, view }) => {
        if (!over && view !== null) setAt({ server, host: view.host });
      })
      // Without a server everything works by files and by what is on this device.
      .catch(() => undefined);
    return () => {
      over = true;
    };
  }, [services]);
  return at;
}
