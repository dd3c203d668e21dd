import { Plural, Trans } from '@lingui/react/macro';
import { Link, Redirect, useLocation } from 'wouter';
import { safetyStatus } from '../../core/care/safety/safety-status.ts';
import { comingIn } from '../../core/care/intake/intake.ts';
import { DueQuestions } from '../components/DueQuestions.tsx';
import { JournalGate } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';

/** Today's questions, on a page of their own; whoever has not come in does that first. */
export function QuestionsScreen() {
  const [, navigate] = useLocation();
  return (
    <JournalGate>
      {(journal) =>
        comingIn(journal.entries).isDone ? (
          <DueQuestions journal={journal} onLeave={() => navigate('/today')}>
            {(count) => (
              <Finished
                answeredCount={count}
                leadsToSafety={safetyStatus(journal.entries, journal.moment).asked.length > 0}
              />
            )}
          </DueQuestions>
        ) : (
          <Redirect to="/coming-in" replace />
        )
      }
    </JournalGate>
  );
}

function Finished({
  answeredCount,
  leadsToSafety,
}: {
  readonly answeredCount: number;
  /** An answer of these or of earlier ones has to be looked into. */
  readonly leadsToSafety: boolean;
}) {
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          {leadsToSafety ? (
            <Trans>A little more about your health</Trans>
          ) : (
            <Trans>Nothing to ask right now</Trans>
          )}
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
        {leadsToSafety && (
          <>
            <p>
              <Trans>One of your answers leads to a few questions about your safety.</Trans>
            </p>
            <Link href="/safety" className="button button-primary button-wide">
              <Trans>Answer them now</Trans>
            </Link>
          </>
        )}
        <Link
          href="/today"
          className={leadsToSafety ? 'button button-quiet' : 'button button-primary button-wide'}
        >
          <Trans>Go to today</Trans>
        </Link>
        <Link href="/progress" className="button button-quiet">
          <Trans>See your progress</Trans>
        </Link>
      </main>
    </PatientShell>
  );
}
