import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SafetyRound } from '../../../core/care/safety/safety-status.ts';
import { NOT_WORSE, WORSE, type FlagId, type SafetyAnswers } from '../../../core/care/safety/safety-event.ts';
import { FULL_FORM, SHORT_FORM } from '../../../core/care/safety/safety-questions.ts';
import { Unkept } from '../../components/Unkept.tsx';
import { QuestionFrame } from '../../components/QuestionFrame.tsx';
import type { SafetyState } from '../../hooks/use-safety.ts';
import { safetyWords } from '../../text/safety-text.ts';
import { SafetyAnswerForm } from './SafetyAnswerForm.tsx';

export type ReadySafety = Extract<SafetyState, { readonly kind: 'ready' }>;

/** The easy one, then what cannot wait, then the rest. */
const FIRST: readonly FlagId[] = ['R-19', ...SHORT_FORM, 'R-26'];
const ORDER: readonly FlagId[] = [...FIRST, ...FULL_FORM.filter((id) => !FIRST.includes(id))];

/**
 * All safety questions, one a page; each answer is kept at once, and a round left on the way goes on where it was. The
 * page around it looks at the locks: a round may end before its last question.
 */
export function QuestionRound({
  form,
  safety,
  onComplete,
  onBack,
  onLeave,
}: {
  /** `single`: those alone that an answer elsewhere led to. */
  readonly form: 'full' | 'clearing' | 'single';
  readonly safety: ReadySafety;
  readonly onComplete: () => void;
  /** From the first question; null where nothing lies before it. */
  readonly onBack: (() => void) | null;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [{ round, order }] = useState(() => asksOf(form, safety));
  const [answers, setAnswers] = useState<SafetyAnswers>(round.answers);
  const [again, setAgain] = useState<FlagId | null>(null);
  const [isWorse, setIsWorse] = useState(false);
  /** Answers are looked at once they are on the disk: the next question may not be the next page. */
  const [awaited, setAwaited] = useState(0);
  const flagId = again ?? order.find((id) => answers[id] === undefined) ?? order.at(-1)!;
  const at = order.indexOf(flagId);
  const words = safetyWords(flagId);
  const isSaving = safety.entries.length < awaited;
  const asksWorse = round.newOrWorse.includes(flagId) && !isWorse;

  const save = async (codes: readonly string[]) => {
    const given: SafetyAnswers = { ...answers, [flagId]: codes };
    const { lock } = safety.status;
    setAwaited(safety.entries.length + 1);
    // Whoever goes back to an answer that locks and changes it says that it was a mistake.
    const isCorrection = again !== null && form === 'full' && lock?.correctable.includes(flagId) === true;
    try {
      await safety.append(
        isCorrection
          ? { kind: 'mistakeSaid', flagId, answers: codes }
          : { kind: 'safetyAnswered', form, answers: { [flagId]: codes } },
      );
    } catch {
      // The question stands, with what went wrong.
      setAwaited(0);
      return;
    }
    setAnswers(given);
    setAgain(null);
    setIsWorse(false);
    if (order.every((id) => given[id] !== undefined)) onComplete();
  };
  const answer = (codes: readonly string[]) => void save(isWorse ? [WORSE, ...codes] : codes);
  const goBack = () => {
    if (isWorse) setIsWorse(false);
    else if (at > 0) setAgain(order[at - 1] ?? null);
    else onBack?.();
  };
  return (
    <QuestionFrame
      part={t`Your safety`}
      done={at}
      total={order.length}
      question={asksWorse ? t`Is this new or worse since you were seen?` : t(words.question)}
      help={asksWorse ? t(words.question) : words.help && t(words.help)}
      onBack={at > 0 || isWorse ? goBack : onBack}
      onLeave={onLeave}
    >
      <Unkept error={safety.unkept} />
      <div className="safety-answers" key={`${flagId} ${isWorse}`} inert={isSaving}>
        {asksWorse ? (
          <div className="stack">
            <button type="button" className="choice-button" onClick={() => answer([NOT_WORSE])}>
              <Trans>No, it is not new and no worse</Trans>
            </button>
            <button type="button" className="choice-button" onClick={() => setIsWorse(true)}>
              <Trans>Yes, it is new or worse</Trans>
            </button>
          </div>
        ) : (
          <SafetyAnswerForm flagId={flagId} onAnswer={answer} />
        )}
      </div>
    </QuestionFrame>
  );
}

function asksOf(
  form: 'full' | 'clearing' | 'single',
  { status }: ReadySafety,
): { readonly round: SafetyRound; readonly order: readonly FlagId[] } {
  return form === 'single'
    ? { round: { answers: {}, left: status.asked, newOrWorse: [] }, order: status.asked }
    : { round: status.round, order: ORDER };
}
