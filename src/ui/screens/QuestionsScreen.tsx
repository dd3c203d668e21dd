import { Plural, Trans } from '@lingui/react/macro';
import { Link, useLocation } from 'wouter';
import { DueQuestions } from '../components/DueQuestions.tsx';
import { JournalGate } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';

/** Today's questions, on a page of their own. */
export function QuestionsScreen() {
  const [, navigate] = useLocation();
  return (
    <JournalGate>
      {(journal) => (
        <DueQuestions journal={journal} onLeave={() => navigate('/today')}>
          {(count) => <Finished answeredCount={count} />}
        </DueQuestions>
      )}
    </JournalGate>
  );
}

function Finished({ answeredCount }: { readonly answeredCount: number }) {
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>Nothing to ask right now</Trans>
        </h1>
        {answeredCount > 0 && (
          <p role="status">
            <Plural
              value={answeredCount}
              one="Thank you. # answer is kept."
              other="Thank you. # answers are kept."
            />
          </p>
        )}
        <Link href="/today" className="button button-primary button-wide">
          <Trans>Go to today</Trans>
        </Link>
        <Link href="/progress" className="button button-quiet">
          <Trans>See your progress</Trans>
        </Link>
      </main>
    </PatientShell>
  );
}
