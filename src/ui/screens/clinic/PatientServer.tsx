import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { FromClinic } from '../../clinic-ports.ts';
import { ExchangeNow, LeftAlone } from '../../components/ExchangeNow.tsx';
import { ServerConnect } from '../../components/ServerConnect.tsx';
import { ServerProblemNotice } from '../../components/ServerProblemNotice.tsx';
import { ServerStanding } from '../../components/ServerStanding.tsx';
import { useServer } from '../../hooks/use-server.ts';
import type { RefusedFromServer } from '../../server-ports.ts';
import { useRoom } from '../../services-context.ts';

interface Exchanged {
  readonly sentCount: number;
  readonly refused: readonly RefusedFromServer[];
  readonly isNews: boolean;
}

/** The same as by files, by the server of the clinic, if it has one. */
export function PatientServer({ onOpened }: { readonly onOpened: (opened: FromClinic) => void }) {
  const { services } = useRoom();
  const { server, view, problem, run } = useServer(services.loadPersonServer);
  const [exchanged, setExchanged] = useState<Exchanged | null>(null);
  if (server === null) return problem === null ? null : <ServerProblemNotice error={problem} />;
  return (
    <section className="card stack">
      <h2>
        <Trans>By your clinic's server</Trans>
      </h2>
      {view === null ? (
        <>
          <p>
            <Trans>
              If your clinic has a health record server, plans and results can go that way, without files.
            </Trans>
          </p>
          <ServerConnect server={server} party="patient" run={(work) => void run(work)} />
          {problem !== null && <ServerProblemNotice error={problem} />}
        </>
      ) : (
        <>
          {view.login !== 'needed' && (
            <ExchangeNow
              onExchange={(progress, signal) =>
                run(async (now) => {
                  setExchanged(null);
                  const { sentCount, refused, fromClinic } = await now.exchange(progress, signal);
                  setExchanged({ sentCount, refused, isNews: fromClinic !== null });
                  if (fromClinic !== null) onOpened(fromClinic);
                })
              }
            />
          )}
          {exchanged !== null && (
            <p className="good" role="status">
              <Plural
                value={exchanged.sentCount}
                _0="Nothing new to send."
                one="# entry was sent."
                other="# entries were sent."
              />{' '}
              {!exchanged.isNews && <Trans>Nothing new from your clinic.</Trans>}
            </p>
          )}
          {exchanged !== null && <LeftAlone refused={exchanged.refused} />}
          {problem !== null && <ServerProblemNotice error={problem} />}
          <ServerStanding view={view} server={server} run={(work) => void run(work)} canLeave />
        </>
      )}
    </section>
  );
}
