import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { BackLink } from '../../components/BackLink.tsx';
import { ClinicianShell } from '../../components/PatientShell.tsx';
import { ServerConnect } from '../../components/ServerConnect.tsx';
import { ServerProblemNotice } from '../../components/ServerProblemNotice.tsx';
import { ServerStanding } from '../../components/ServerStanding.tsx';
import { useServer } from '../../hooks/use-server.ts';
import type { ClinicServer, PanelPage, PanelPatient } from '../../server-ports.ts';
import { useRoom } from '../../services-context.ts';
import '../../styles/clinic.css';

/** The clinic's health record server: agreeing to it, and its patients, a page at a time. */
export function ClinicServerPage() {
  const { t } = useLingui();
  const { services } = useRoom();
  const { server, view, problem, run } = useServer(services.loadClinicServer);
  return (
    <ClinicianShell>
      <main className="page page-middle" id="main">
        <header className="row">
          <BackLink href="/patients" label={t`Back to the patients`} />
          <h1>
            <Trans>Health record server</Trans>
          </h1>
        </header>
        {server !== null && (
          <section className="card stack">
            {view === null ? (
              <>
                <p>
                  <Trans>
                    Any FHIR R4 server will do. Plans, messages and results then go through it, and files are
                    no longer needed. Thora has no server of its own.
                  </Trans>
                </p>
                <ServerConnect server={server} party="clinic" run={(work) => void run(work)} />
              </>
            ) : (
              <ServerStanding view={view} server={server} run={(work) => void run(work)} canLeave />
            )}
            {problem !== null && <ServerProblemNotice error={problem} />}
          </section>
        )}
        {server === null && problem !== null && <ServerProblemNotice error={problem} />}
        {server !== null && view !== null && view.login !== 'needed' && <Panel server={server} />}
      </main>
    </ClinicianShell>
  );
}

const LONGEST_NUMBER = 12;
const SHOWN_DIGITS = 8;

/** Numbers that machines give say nothing beyond their beginning. */
function shortened(number: string): string {
  return number.length > LONGEST_NUMBER ? `${number.slice(0, SHOWN_DIGITS)}…` : number;
}

function Panel({ server }: { readonly server: ClinicServer }) {
  const { t, i18n } = useLingui();
  const format = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeZone: 'UTC' });
  /** A record may know the year alone. */
  const day = (date: string): string =>
    /^\d{4}-\d{2}-\d{2}$/.test(date) && Number.isFinite(Date.parse(date))
      ? format.format(Date.parse(date))
      : date;
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [pages, setPages] = useState<readonly PanelPage[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const asked = useRef(0);
  const search = useCallback(
    async (wanted: string, before: readonly PanelPage[]) => {
      setProblem(null);
      // What a slow server answers to an older question is not what was asked last.
      const mine = ++asked.current;
      try {
        const page = await server.search(wanted, before.at(-1)?.next ?? null);
        if (mine === asked.current) setPages([...before, page]);
      } catch (error) {
        if (mine === asked.current) setProblem(error);
      }
    },
    [server],
  );
  useEffect(() => void search('', []), [search]);
  const patients = pages?.flatMap((page) => page.patients) ?? [];
  const open = async (patient: PanelPatient): Promise<void> => {
    try {
      go(`/patients/one/${patient.patientId ?? (await server.bring(patient))}`);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>Patients on the server</Trans>
      </h2>
      <form
        className="row wrap server-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void search(name.trim(), []);
        }}
      >
        <label className="field grow">
          <span className="small">
            <Trans>Name begins with</Trans>
          </span>
          <input
            type="search"
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-second button-small">
          <Trans>Search</Trans>
        </button>
      </form>
      {problem !== null && <ServerProblemNotice error={problem} />}
      {pages === null && problem === null && (
        <p className="muted" role="status">
          <Trans>Reading from the server</Trans>
        </p>
      )}
      {pages !== null && patients.length === 0 && (
        <p className="muted" role="status">
          <Trans>Nobody by that name.</Trans>
        </p>
      )}
      {patients.length > 0 && (
        <ul aria-label={t`Patients on the server`}>
          {patients.map((patient) => (
            <li key={patient.number} className="line-item wrap">
              <span className="grow">
                <b>{patient.name}</b>
                <span className="small choice-detail">
                  {patient.birthDate === null ? (
                    <Trans>Number {shortened(patient.number)}</Trans>
                  ) : (
                    <Trans>
                      Born {day(patient.birthDate)}, number {shortened(patient.number)}
                    </Trans>
                  )}
                </span>
              </span>
              <button
                type="button"
                className="button button-second button-small"
                aria-label={
                  patient.patientId === null ? t`Bring ${patient.name} here` : t`Open ${patient.name}`
                }
                onClick={() => void open(patient)}
              >
                {patient.patientId === null ? <Trans>Bring here</Trans> : <Trans>Open</Trans>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {pages?.at(-1)?.next != null && (
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => void search(name.trim(), pages)}
        >
          <Trans>Show more</Trans>
        </button>
      )}
    </section>
  );
}
