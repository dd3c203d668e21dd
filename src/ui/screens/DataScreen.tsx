import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { BackLink } from '../components/BackLink.tsx';
import { BackupCard } from '../components/BackupCard.tsx';
import { EraseCard } from '../components/EraseCard.tsx';
import { EventsCard } from '../components/EventsCard.tsx';
import { PassphraseCard } from '../components/PassphraseCard.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { PeopleCard } from '../components/PeopleCard.tsx';
import { SpaceCard } from '../components/SpaceCard.tsx';
import { FailedToRead } from '../components/Waiting.tsx';
import { usePeople } from '../hooks/use-people.ts';
import { useRoom } from '../services-context.ts';
import type { DataView } from '../services.ts';

/** What Thora keeps on this device, for whom, and what can be done with it. */
export function DataScreen() {
  const { t } = useLingui();
  const { guardian } = useRoom().services;
  const state = usePeople();
  const [view, setView] = useState<DataView | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const look = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    let over = false;
    guardian.look().then(
      (seen) => {
        if (over) return;
        setView(seen);
        setProblem(null);
      },
      (error: unknown) => {
        if (!over) setProblem(error);
      },
    );
    return () => {
      over = true;
    };
  }, [guardian, state, round]);
  if (state.kind !== 'ready') return null;
  return (
    <DoorShell>
      <main className="page" id="main">
        <div className="row">
          <BackLink href="/settings" label={t`Back to the settings`} />
          <h1>
            <Trans>Your data</Trans>
          </h1>
        </div>
        {problem !== null && <FailedToRead error={problem} onRetry={look} />}
        {view !== null && <BackupCard view={view} onChange={look} />}
        <PassphraseCard person={state.person} unfinishedMove={state.unfinishedMove} />
        {view !== null && <SpaceCard view={view} onChange={look} />}
        <PeopleCard person={state.person} people={state.people} />
        <EraseCard person={state.person} />
        {view !== null && <EventsCard events={view.events} />}
      </main>
    </DoorShell>
  );
}
