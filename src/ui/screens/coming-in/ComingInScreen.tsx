import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import type { CareEvent } from '../../../core/care/care-journal.ts';
import {
  comingIn,
  contradictions,
  INTAKE_FIELDS,
  intakeOf,
  NEEDED_FIELDS,
  type IntakeField,
} from '../../../core/care/intake/intake.ts';
import type { Intake } from '../../../core/care/intake/intake-event.ts';
import { safetyStatus } from '../../../core/care/safety/safety-status.ts';
import { QuestionForm, type Answer, type AnswerKind } from '../../components/QuestionForm.tsx';
import { Unkept } from '../../components/Unkept.tsx';
import { QuestionFrame } from '../../components/QuestionFrame.tsx';
import { useCareJournal, type CareJournalState } from '../../hooks/use-care-journal.ts';
import { intakeQuestion } from '../../text/intake-text.ts';
import { SafetyQuestions } from '../safety/SafetyQuestions.tsx';
import { ConsentPage } from './ConsentPage.tsx';
import { CoveragePage } from './CoveragePage.tsx';
import { ReviewPage } from './ReviewPage.tsx';

type Ready = Extract<CareJournalState, { readonly kind: 'ready' }>;

/**
 * Coming in: consent, who covers care, safety, about the person, and a look back over it. Each answer is kept at once;
 * whoever leaves goes on where they stopped.
 */
export function ComingInScreen() {
  const journal = useCareJournal();
  if (journal.kind === 'waiting') return null;
  if (journal.kind === 'failed') return <Redirect to="/today" replace />;
  return <ComingIn journal={journal} />;
}

function ComingIn({ journal }: { readonly journal: Ready }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const state = comingIn(journal.entries);
  /** A field that is asked again, from the look back or by going back. */
  const [again, setAgain] = useState<IntakeField | null>(null);
  const safety = safetyStatus(journal.entries, journal.moment);
  const isLocked = safety.lock !== null;
  const [isSafetyDue, setIsSafetyDue] = useState(safety.due === 'full' || isLocked);
  // Another tab may have locked in between.
  if (isLocked && !isSafetyDue) setIsSafetyDue(true);
  const leave = () => navigate('/today');
  /** Resolves with whether it was kept; where it was not, the page says so and stands as it is. */
  const tell = (event: CareEvent): Promise<boolean> =>
    journal.append(event).then(
      () => true,
      () => false,
    );
  const problem = <Unkept error={journal.unkept} />;

  useAgeFromSafety(journal);

  if (!isLocked && !state.hasConsented)
    return <ConsentPage problem={problem} onLeave={leave} onConsent={(event) => void tell(event)} />;
  if (!isLocked && !state.hasSaidCoverage)
    return <CoveragePage problem={problem} onLeave={leave} onSaid={(event) => void tell(event)} />;
  if (isSafetyDue) return <SafetyQuestions onDone={() => setIsSafetyDue(false)} onBack={null} />;
  const field = again ?? state.nextField;
  if (field === null)
    return (
      <ReviewPage
        journal={journal.entries}
        problem={problem}
        onChange={setAgain}
        onLeave={leave}
        onDone={() => void tell({ kind: 'cameIn' }).then((isKept) => isKept && leave())}
      />
    );
  const at = INTAKE_FIELDS.indexOf(field);
  const { question, help, kind } = intakeQuestion(field, safety.profiles);
  const intake = intakeOf(journal.entries);
  const go = (event: CareEvent) => void tell(event).then((isKept) => isKept && setAgain(null));
  return (
    <QuestionFrame
      part={t`About you`}
      done={at}
      total={INTAKE_FIELDS.length}
      question={t(question)}
      help={help && t(help)}
      onBack={at === 0 ? null : () => setAgain(INTAKE_FIELDS[at - 1] ?? null)}
      onLeave={leave}
    >
      {problem}
      <QuestionForm
        key={field}
        label={t(question)}
        kind={kind}
        given={stillOffered(intake[field], kind)}
        onAnswer={(answer) => go({ kind: 'intakeAnswered', answers: answerOf(field, answer) })}
        onSkip={NEEDED_FIELDS.includes(field) ? null : () => go({ kind: 'intakeDeclined', field })}
      />
      {contradictions(intake).some(({ fields }) => fields.includes(field)) && (
        <p className="small">
          <Trans>Two of your answers do not fit together yet. You can change either of them.</Trans>
        </p>
      )}
    </QuestionFrame>
  );
}

/** The age that was told for safety is the age: asked once, kept in step. */
function useAgeFromSafety({ entries, moment, append }: Ready): void {
  const said = Number(safetyStatus(entries, moment).answers['R-19']?.[0] ?? NaN);
  const kept = intakeOf(entries).ageYears;
  useEffect(() => {
    if (Number.isFinite(said) && said !== kept)
      void append({ kind: 'intakeAnswered', answers: { ageYears: said } }).catch(() => undefined);
  }, [said, kept, append]);
}

/** Choices of before that are no longer offered would be handed on unseen. */
function stillOffered(given: Answer | undefined, kind: AnswerKind): Answer | undefined {
  if (kind.takes !== 'many' || !Array.isArray(given)) return given;
  const codes = kind.choices.map(({ code }) => code);
  return (given as readonly string[]).filter((code) => codes.includes(code));
}

function answerOf(field: IntakeField, answer: Answer): Partial<Intake> {
  const value =
    field === 'hardThings' && Array.isArray(answer)
      ? answer.map((text) => String(text).trim()).filter((text) => text !== '')
      : answer;
  return { [field]: value } as Partial<Intake>;
}
