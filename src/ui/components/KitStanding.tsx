import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { standingOf, type PassportStanding } from '../../core/recording/kit-passport.ts';
import { useRoom } from '../services-context.ts';
import { badgeName } from '../text/exercise-text.ts';
import { standingWords } from '../text/passport-text.ts';
import { Notice } from './Notice.tsx';

/** What the clinic's bench check says of a connected sensor; nothing where all is well or no kit was checked. */
export function KitStanding({ sensorIndex }: { readonly sensorIndex: number }) {
  const { t } = useLingui();
  const { services, session } = useRoom();
  const sensorFacts = session((store) => store.sensorFacts);
  const role = session((store) => store.flow.sensors.find((one) => one.sensorIndex === sensorIndex)?.role);
  const [standing, setStanding] = useState<PassportStanding>('none');
  useEffect(() => {
    let over = false;
    const description = sensorFacts(sensorIndex)?.description;
    // The virtual kit was checked by nobody, and needs no check.
    if (description === undefined || description.simulated) return undefined;
    services
      .loadPassports()
      .then(async (kits) => standingOf(await kits.list(), description, kits.nowUtc()))
      .then(
        (found) => {
          if (!over) setStanding(found);
        },
        // A session does not wait for it.
        () => undefined,
      );
    return () => {
      over = true;
    };
  }, [services, sensorFacts, sensorIndex]);
  const words = standingWords(standing);
  if (words === null || role === undefined) return null;
  return (
    <Notice tone={standing === 'quarantine' ? 'stop' : 'warn'} alert>
      <p>
        <b>{t(badgeName(role))}</b>
      </p>
      <p>{t(words)}</p>
    </Notice>
  );
}
