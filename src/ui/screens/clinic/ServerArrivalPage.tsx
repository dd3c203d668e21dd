import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Redirect } from 'wouter';
import { BackLink } from '../../components/BackLink.tsx';
import { ClientIdField, USUAL_CLIENT_ID } from '../../components/ClientIdField.tsx';
import { DoorShell } from '../../components/PatientShell.tsx';
import { ServerProblemNotice } from '../../components/ServerProblemNotice.tsx';
import type { ServerArrival } from '../../server-ports.ts';
import { useRoom } from '../../services-context.ts';

/** Where a login ends, and where a record system that opens this app begins. */
export function ServerArrivalPage() {
  const { t } = useLingui();
  const { services } = useRoom();
  const [arrival, setArrival] = useState<ServerArrival | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  /** Whom the record system had open. */
  const [brought, setBrought] = useState<string | null>(null);
  const [clientId, setClientId] = useState(USUAL_CLIENT_ID);
  useEffect(() => {
    services
      .loadServerArrivals()
      .then((arrivals) => arrivals.take())
      .then(async (came) => {
        setClientId((usual) => (came.kind === 'launch' ? (came.clientId ?? usual) : usual));
        if (came.kind === 'loggedIn' && came.patientNumber !== null)
          setBrought(await (await services.loadClinicServer()).bringNumber(came.patientNumber));
        setArrival(came);
      })
      .catch(setProblem);
  }, [services]);
  if (arrival?.kind === 'nothing') return <Redirect to="/today" replace />;
  if (brought !== null && arrival !== null) return <Redirect to={`/patients/one/${brought}`} replace />;
  if (arrival?.kind === 'loggedIn') {
    const usual = arrival.party === 'patient' ? '/settings/clinic' : '/patients/server';
    return <Redirect to={arrival.from?.endsWith('/arrival') === false ? arrival.from : usual} replace />;
  }
  return (
    <DoorShell>
      <main className="page page-middle" id="main">
        <header className="row">
          <BackLink href="/welcome" label={t`Back to the start`} />
          <h1>
            <Trans>Health record server</Trans>
          </h1>
        </header>
        {problem !== null && <ServerProblemNotice error={problem} />}
        {arrival === null && problem === null && (
          <p className="muted" role="status">
            <Trans>Finishing the login</Trans>
          </p>
        )}
        {arrival?.kind === 'launch' && (
          <form
            className="card stack"
            onSubmit={(event) => {
              event.preventDefault();
              setProblem(null);
              services
                .loadServerArrivals()
                .then((arrivals) => arrivals.agree(clientId.trim()))
                .catch(setProblem);
            }}
          >
            <h2>
              <Trans>{arrival.host} opens Thora</Trans>
            </h2>
            <p>
              {arrival.isKnown ? (
                <Trans>Your clinic uses this server. Go on to log in there.</Trans>
              ) : (
                <Trans>
                  This device does not know this server. Go on only if it is the record system of your clinic.
                </Trans>
              )}
            </p>
            <ClientIdField value={clientId} onChange={setClientId} />
            <button type="submit" className="button button-primary button-small">
              <Trans>Go on to the login</Trans>
            </button>
          </form>
        )}
      </main>
    </DoorShell>
  );
}
