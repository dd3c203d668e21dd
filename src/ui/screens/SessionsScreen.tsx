import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { ImportButton } from '../components/ImportButton.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { SessionList } from '../components/SessionList.tsx';
import { Unfinished } from '../components/Unfinished.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { useSessions } from '../hooks/use-sessions.ts';

export function SessionsScreen() {
  const { state, reload } = useSessions();
  return (
    <DoorShell>
      <main className="page" id="main">
        <div className="page-head wrap">
          <h1>
            <Trans>Your sessions</Trans>
          </h1>
          <ImportButton />
        </div>
        {state.kind === 'waiting' && <WaitingForSessions />}
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={reload} />}
        {state.kind === 'ready' && <Unfinished sessions={state.sessions} onChange={reload} />}
        {state.kind === 'ready' && state.sessions.length > 0 && <SessionList sessions={state.sessions} />}
        {state.kind === 'ready' && state.sessions.length === 0 && (
          <section className="card stack">
            <h2>
              <Trans>Nothing here yet</Trans>
            </h2>
            <p className="muted">
              <Trans>Your first session takes about six minutes. You can also try it without sensors.</Trans>
            </p>
            <Link href="/today" className="button button-primary">
              <Trans>Go to today's session</Trans>
            </Link>
          </section>
        )}
      </main>
    </DoorShell>
  );
}
