import { useEffect, useState } from 'react';
import { useRoom } from '../services-context.ts';

/** What this browser's radio can do; null until it has answered. */
export function useBluetooth(): 'available' | 'unsupported' | 'off' | null {
  const { services } = useRoom();
  const [radio, setRadio] = useState<'available' | 'unsupported' | 'off' | null>(null);
  useEffect(() => {
    let over = false;
    services.kit.bluetoothAvailability().then(
      (found) => {
        if (!over) setRadio(found);
      },
      () => {
        if (!over) setRadio('unsupported');
      },
    );
    return () => {
      over = true;
    };
  }, [services]);
  return radio;
}
