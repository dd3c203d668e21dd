import { Trans, useLingui } from '@lingui/react/macro';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import { Link } from 'wouter';
import { DoorShell } from '../components/PatientShell.tsx';
import { EraseCard } from '../components/EraseCard.tsx';
import { PassphraseCard } from '../components/PassphraseCard.tsx';
import { PeopleCard } from '../components/PeopleCard.tsx';
import { usePeople } from '../hooks/use-people.ts';

/** What Thora keeps on this device, for whom, and what can be done with it. */
export function DataScreen() {
  const { t } = useLingui();
  const state = usePeople();
  if (state.kind !== 'ready') return null;
  return (
    <DoorShell>
      <main className="page" id="main">
        <div className="row">
          <Link href="/settings" className="icon-button back-link" aria-label={t`Back to the settings`}>
            <ChevronLeft size={24} strokeWidth={1.75} aria-hidden="true" />
          </Link>
          <h1>
            <Trans>Your data</Trans>
          </h1>
        </div>
        <PassphraseCard person={state.person} unfinishedMove={state.unfinishedMove} />
        <PeopleCard person={state.person} people={state.people} />
        <EraseCard person={state.person} />
      </main>
    </DoorShell>
  );
}
