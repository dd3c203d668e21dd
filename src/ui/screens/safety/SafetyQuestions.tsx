import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { CrisisSteps } from '../../components/CrisisSteps.tsx';
import { JournalProblem } from '../../components/JournalProblem.tsx';
import { useSafety } from '../../hooks/use-safety.ts';
import { CRISIS_WORDS, restrictionWords, safetyWords } from '../../text/safety-text.ts';
import { LockPage } from './LockPage.tsx';
import { QuestionRound, type ReadySafety } from './QuestionRound.tsx';
import { SafetyAnswerForm } from './SafetyAnswerForm.tsx';
import '../../styles/safety.css';

interface SafetyQuestionsProps {
  /** Everything is answered, and nothing locks. */
  readonly onDone: () => void;
  /** From the first question; null where nothing lies before it. */
  readonly onBack: (() => void) | null;
}

/**
 * The full safety screen. An answer that cannot wait shows its page at once; one that wants a doctor first shows it after
 * the last question, so that the doctor sees all answers.
 */
export function SafetyQuestions(props: SafetyQuestionsProps) {
  const safety = useSafety();
  if (safety.kind === 'waiting') return null;
  if (safety.kind === 'failed') return <JournalProblem error={safety.error} />;
  return <Asked {...props} safety={safety} />;
}

function Asked({ safety, onDone, onBack }: SafetyQuestionsProps & { readonly safety: ReadySafety }) {
  const [, navigate] = useLocation();
  const { lock } = safety.status;
  const [isAsking, setIsAsking] = useState(lock === null);
  // What an answer elsewhere led to is asked alone; all of them, where somebody comes to tell of something new.
  const [form] = useState<'single' | 'full'>(safety.status.due === 'asked' ? 'single' : 'full');
  if (lock !== null && (lock.action !== 'review' || !isAsking)) return <LockPage safety={safety} />;
  if (isAsking)
    return (
      <QuestionRound
        form={form}
        safety={safety}
        onComplete={() => setIsAsking(false)}
        onBack={onBack}
        onLeave={() => navigate('/today')}
      />
    );
  return safety.status.due === 'full' ? (
    <StillDue onGoOn={() => setIsAsking(true)} />
  ) : (
    <AllAnswered safety={safety} onDone={onDone} />
  );
}

/** A lock opened in the middle of the questions. */
function StillDue({ onGoOn }: { readonly onGoOn: () => void }) {
  return (
    <main className="page page-narrow" id="main">
      <h1 tabIndex={-1}>
        <Trans>A few questions are left</Trans>
      </h1>
      <p className="muted">
        <Trans>They are asked so that the exercises do you good.</Trans>
      </p>
      <button type="button" className="button button-primary" onClick={onGoOn}>
        <Trans>Go on</Trans>
      </button>
    </main>
  );
}

function AllAnswered({ safety, onDone }: { readonly safety: ReadySafety; readonly onDone: () => void }) {
  const { t } = useLingui();
  const [asksMore, setAsksMore] = useState(false);
  const { inCrisis, profiles, restrictions } = safety.status;
  const told = restrictions.map(restrictionWords).filter((words) => words !== null);
  if (asksMore && !inCrisis)
    return (
      <main className="page page-narrow" id="main">
        <h1>{t(safetyWords('R-23').question)}</h1>
        <p className="muted">
          <Trans>You need not answer. If you do, the answer stays on this device.</Trans>
        </p>
        <SafetyAnswerForm
          flagId="R-23"
          onAnswer={(codes) => {
            if (codes.includes('no')) setAsksMore(false);
            // What the disk refuses counts until the app is closed, so that the words of help come all the same.
            void safety
              .append({ kind: 'safetyAnswered', form: 'single', answers: { 'R-23': codes } })
              .catch(() => undefined);
          }}
        />
        <button type="button" className="button button-quiet" onClick={() => setAsksMore(false)}>
          <Trans>I would rather not say</Trans>
        </button>
      </main>
    );
  return (
    <main className="page page-narrow" id="main">
      {inCrisis ? (
        <CrisisHelp />
      ) : (
        <>
          <h1>
            <Trans>Thank you. You can start.</Trans>
          </h1>
          {profiles.length > 0 && (
            <p className="muted">
              <Trans>We leave out or change some moves because of what you told us.</Trans>
            </p>
          )}
        </>
      )}
      {told.length > 0 && (
        <ul className="card safety-steps">
          {told.map((words) => (
            <li key={words.id}>{t(words)}</li>
          ))}
        </ul>
      )}
      <p className="muted">
        <Trans>
          Stop at once when you feel chest pain, short breath, dizzy or faint. Before each session we ask in
          one line whether anything is new.
        </Trans>
      </p>
      <button type="button" className="button button-primary" onClick={onDone}>
        <Trans>Go on</Trans>
      </button>
      {!inCrisis && (
        <button type="button" className="button button-quiet" onClick={() => setAsksMore(true)}>
          <Trans>Something weighs on my mind</Trans>
        </button>
      )}
    </main>
  );
}

/** Words of help after thoughts of self-harm; nothing is locked for them. */
function CrisisHelp() {
  const { t } = useLingui();
  return (
    <section className="stack" role="alert">
      <h1>{t(CRISIS_WORDS.title)}</h1>
      <p>{t(CRISIS_WORDS.lead)}</p>
      <CrisisSteps />
    </section>
  );
}
