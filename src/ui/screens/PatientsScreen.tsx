import { Trans } from '@lingui/react/macro';
import { DoorLockCard } from '../components/DoorLockCard.tsx';
import { ImportButton } from '../components/ImportButton.tsx';
import { Notice } from '../components/Notice.tsx';
import { ClinicianShell } from '../components/PatientShell.tsx';
import { SessionList } from '../components/SessionList.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { useSessions } from '../hooks/use-sessions.ts';
import { ClinicBackupCard } from './clinic/ClinicBackupCard.tsx';
import { ClinicPatients } from './clinic/ClinicPatients.tsx';

/** Whoever looks after patients: these first, then recordings that came as files. */
export function PatientsScreen() {
  const { state, reload } = useSessions();
  return (
    <ClinicianShell>
      <main className="page" id="main">
        <h1>
          <Trans>For those who look after patients</Trans>
        </h1>
        <ClinicPatients />
        <section className="card stack">
          <h2>
            <Trans>A recording of a patient</Trans>
          </h2>
          <p>
            <Trans>
              Open a recording that a patient exported, and read the session: the angle with its band, every
              move, what counted and why not.
            </Trans>
          </p>
          <ImportButton />
        </section>
        <Notice tone="info">
          <p>
            <Trans>Patients, plans and recordings that you open stay in this browser.</Trans>
          </p>
        </Notice>
        <h2>
          <Trans>Sessions on this device</Trans>
        </h2>
        {state.kind === 'waiting' && <WaitingForSessions />}
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={reload} />}
        {state.kind === 'ready' &&
          (state.sessions.length > 0 ? (
            <SessionList sessions={state.sessions} />
          ) : (
            <p className="muted">
              <Trans>None yet. Open a recording to read your first one.</Trans>
            </p>
          ))}
        <ClinicBackupCard />
        <DoorLockCard />
      </main>
    </ClinicianShell>
  );
}
