import { Plural, Trans } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useServer } from '../hooks/use-server.ts';
import type { RefusedFromServer } from '../server-ports.ts';
import { useRoom } from '../services-context.ts';
import { ExchangeNow, LeftAlone } from './ExchangeNow.tsx';
import { RecordingsAtServer } from './RecordingsAtServer.tsx';
import { ServerProblemNotice } from './ServerProblemNotice.tsx';
import { ServerStanding } from './ServerStanding.tsx';

interface Exchanged {
  readonly sentCount: number;
  readonly newEntryCount: number;
  readonly refused: readonly RefusedFromServer[];
}

/** One patient of the clinic on its server: there or not, and the exchange of what is new. */
export function PatientOnServer({
  patientId,
  reload,
  onRecording,
}: {
  readonly patientId: string;
  readonly reload: () => Promise<void>;
  readonly onRecording: (file: File) => void;
}) {
  const { services } = useRoom();
  const { server, view, problem, run } = useServer(services.loadClinicServer);
  const [number, setNumber] = useState<string | null | undefined>(undefined);
  const [exchanged, setExchanged] = useState<Exchanged | null>(null);
  const readNumber = useCallback(async () => {
    if (server !== null) setNumber(await server.numberOf(patientId));
  }, [server, patientId]);
  useEffect(() => void readNumber(), [readNumber, view]);
  // Who works with files alone sees nothing of servers here.
  if (server === null || view === null || number === undefined) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>Health record server</Trans>
      </h2>
      {number === null ? (
        <>
          <p>
            <Trans>
              This patient is not on {view.host} yet. If they are listed there already, bring them from the{' '}
              <Link href="/patients/server">list of the server</Link> instead.
            </Trans>
          </p>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => void run((now) => now.add(patientId))}
          >
            <Trans>Add this patient to the server</Trans>
          </button>
        </>
      ) : (
        <>
          <p className="small">
            <Trans>Number {number}</Trans>
          </p>
          {view.login !== 'needed' && (
            <ExchangeNow
              onExchange={(progress, signal) =>
                run(async (now) => {
                  setExchanged(null);
                  setExchanged(await now.exchange(patientId, progress, signal));
                }).then(reload)
              }
            />
          )}
        </>
      )}
      {exchanged !== null && (
        <p className="good" role="status">
          <Plural
            value={exchanged.sentCount}
            _0="Nothing new to send."
            one="# entry was sent."
            other="# entries were sent."
          />{' '}
          <Plural
            value={exchanged.newEntryCount}
            _0="Nothing new from the patient."
            one="# new entry came."
            other="# new entries came."
          />
        </p>
      )}
      {exchanged !== null && <LeftAlone refused={exchanged.refused} />}
      {number !== null && view.login !== 'needed' && (
        <RecordingsAtServer patientId={patientId} run={run} onFile={onRecording} />
      )}
      {problem !== null && <ServerProblemNotice error={problem} />}
      <ServerStanding view={view} server={server} run={(work) => void run(work)} canLeave={false} />
    </section>
  );
}
