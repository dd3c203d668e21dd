import { Trans, useLingui } from '@lingui/react/macro';
import OctagonAlert from 'lucide-react/icons/octagon-alert';
import { useState } from 'react';
import { Link } from 'wouter';
import type { CareEvent } from '../../../core/care/care-journal.ts';
import type { SafetyLock } from '../../../core/care/safety/safety-status.ts';
import type { FlagId } from '../../../core/care/safety/safety-event.ts';
import { CrisisSteps } from '../../components/CrisisSteps.tsx';
import { EmergencyCall } from '../../components/EmergencyCall.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Unkept } from '../../components/Unkept.tsx';
import { PatientShell } from '../../components/PatientShell.tsx';
import { useStrayGuard } from '../../hooks/use-stray-guard.ts';
import { lockWords, safetyWords } from '../../text/safety-text.ts';
import { AnswerList } from './AnswerList.tsx';
import { QuestionRound, type ReadySafety } from './QuestionRound.tsx';
import { SafetyAnswerForm } from './SafetyAnswerForm.tsx';
import { StatementForm } from './StatementForm.tsx';
import '../../styles/safety.css';

type View = 'page' | 'statement' | 'questions' | { readonly mistakeIn: FlagId | null };

/** Why nothing can be started, what to do now, and the ways out that there are. */
export function LockPage({ safety }: { readonly safety: ReadySafety }) {
  const { t } = useLingui();
  const [view, setView] = useState<View>('page');
  const takeStray = useStrayGuard(JSON.stringify(view));
  const { lock } = safety.status;
  if (lock === null) return null;
  const toPage = () => setView('page');
  const tell = (event: CareEvent) => void safety.append(event).then(toPage, () => undefined);
  const problem = <Unkept error={safety.unkept} />;
  if (view === 'questions' && lock.waysOut.includes('clearFullScreen'))
    return (
      <QuestionRound form="clearing" safety={safety} onComplete={toPage} onBack={toPage} onLeave={toPage} />
    );
  if (view === 'statement' && lock.waysOut.includes('statement'))
    return (
      <StatementForm lock={lock} moment={safety.moment} onBack={toPage} problem={problem} onSaid={tell} />
    );
  if (typeof view === 'object' && lock.waysOut.includes('mistake')) {
    const [only, ...others] = lock.correctable;
    const flagId = view.mistakeIn ?? (others.length === 0 ? only : undefined);
    return flagId === undefined ? (
      <WhichMistake lock={lock} onBack={toPage} onChoose={(mistakeIn) => setView({ mistakeIn })} />
    ) : (
      <main className="page page-narrow" id="main" onClickCapture={takeStray}>
        <h1>{t(safetyWords(flagId).question)}</h1>
        <SafetyAnswerForm
          flagId={flagId}
          onAnswer={(answers) => tell({ kind: 'mistakeSaid', flagId, answers })}
        />
        {problem}
        <button type="button" className="button button-quiet" onClick={toPage}>
          <Trans>Back</Trans>
        </button>
      </main>
    );
  }
  const content = (
    <LockWords
      lock={lock}
      inCrisis={safety.status.inCrisis}
      answers={
        <AnswerList flagIds={lock.answers.map(({ flagId }) => flagId)} answers={safety.status.answers} />
      }
      onView={setView}
    />
  );
  return lock.action === 'emergency' ? content : <PatientShell>{content}</PatientShell>;
}

function LockWords({
  lock,
  inCrisis,
  answers,
  onView,
}: {
  readonly lock: SafetyLock;
  readonly inCrisis: boolean;
  readonly answers: React.ReactNode;
  readonly onView: (view: View) => void;
}) {
  const { t } = useLingui();
  const { title, lead, steps } = lockWords(lock.action);
  const isGrave = lock.action === 'emergency' || lock.action === 'urgent';
  return (
    <main className={isGrave ? 'page page-narrow lock lock-grave' : 'page page-narrow lock'} id="main">
      <section className="lock-words" role={isGrave ? 'alert' : undefined}>
        <OctagonAlert size={40} strokeWidth={1.75} aria-hidden="true" />
        <h1 tabIndex={-1}>{t(title)}</h1>
        <p className="lead">{t(lead)}</p>
        {lock.action === 'emergency' && <EmergencyCall />}
        <ol className="safety-steps">
          {steps.map((step) => (
            <li key={step.id}>{t(step)}</li>
          ))}
        </ol>
        {lock.action === 'urgent' && <EmergencyCall />}
      </section>
      {inCrisis && (
        <Notice tone="stop">
          <CrisisSteps />
        </Notice>
      )}
      <section className="card stack">
        <h2>
          <Trans>What you told us</Trans>
        </h2>
        {answers}
        {lock.waysOut.includes('mistake') && (
          <button type="button" className="button button-second" onClick={() => onView({ mistakeIn: null })}>
            <Trans>I tapped by mistake</Trans>
          </button>
        )}
      </section>
      {lock.action !== 'ineligible' && (
        <section className="card stack">
          <h2>
            <Trans>When you have been seen</Trans>
          </h2>
          <WayOn lock={lock} onView={onView} />
          {lock.action !== 'emergency' && (
            <Link href="/safety/doctor" className="button button-second">
              <Trans>A page for your doctor</Trans>
            </Link>
          )}
        </section>
      )}
      <p className="small centered">
        <Trans>No exercise can be started while this page stands. Thora cannot tell what the cause is.</Trans>{' '}
        <Link href="/settings">
          <Trans>Settings</Trans>
        </Link>
      </p>
    </main>
  );
}

function WayOn({ lock, onView }: { readonly lock: SafetyLock; readonly onView: (view: View) => void }) {
  const { i18n } = useLingui();
  const timeOf = (utcMs: number | null): string | null =>
    utcMs === null
      ? null
      : new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, {
          weekday: 'long',
          hour: '2-digit',
          minute: '2-digit',
        }).format(utcMs);
  const from = timeOf(lock.earliestOpeningUtcMs);
  const sayFrom = timeOf(lock.statementFromUtcMs);
  if (lock.waysOut.includes('clinician'))
    return (
      <p>
        <Trans>Your clinician opens this again for you.</Trans>
      </p>
    );
  return (
    <>
      {lock.waysOut.includes('statement') && (
        <>
          <p>
            {lock.action === 'review' ? (
              <Trans>If they say that you may exercise, tell us here. Then you can start.</Trans>
            ) : (
              <Trans>
                If they say that you may exercise, tell us here. Then we ask all questions once more.
              </Trans>
            )}
          </p>
          <button type="button" className="button button-second" onClick={() => onView('statement')}>
            <Trans>I was seen and told I may exercise</Trans>
          </button>
        </>
      )}
      {sayFrom !== null && (
        <p className="muted">
          <Trans>
            If they say that you may exercise, tell us here. You can do so from {sayFrom} on: being seen takes
            its time.
          </Trans>
        </p>
      )}
      {lock.statementSaid && !lock.waysOut.includes('statement') && (
        <p role="status">
          <Trans>You told us that you were seen and may exercise.</Trans>
        </p>
      )}
      {lock.waysOut.includes('clearFullScreen') && (
        <button type="button" className="button button-primary" onClick={() => onView('questions')}>
          <Trans>Answer all questions again</Trans>
        </button>
      )}
      {from !== null && !lock.waysOut.includes('clearFullScreen') && (
        <p className="muted">
          <Trans>The questions can be answered again from {from} on, not before.</Trans>
        </p>
      )}
    </>
  );
}

function WhichMistake({
  lock,
  onBack,
  onChoose,
}: {
  readonly lock: SafetyLock;
  readonly onBack: () => void;
  readonly onChoose: (flagId: FlagId) => void;
}) {
  const { t } = useLingui();
  return (
    <main className="page page-narrow" id="main">
      <h1>
        <Trans>Which answer was a mistake?</Trans>
      </h1>
      <p className="muted">
        <Trans>You can correct one of them.</Trans>
      </p>
      {lock.correctable.map((flagId) => (
        <button key={flagId} type="button" className="choice-button" onClick={() => onChoose(flagId)}>
          {t(safetyWords(flagId).question)}
        </button>
      ))}
      <button type="button" className="button button-quiet" onClick={onBack}>
        <Trans>Back</Trans>
      </button>
    </main>
  );
}
