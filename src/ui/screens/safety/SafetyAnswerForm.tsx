import { Trans, useLingui } from '@lingui/react/macro';
import { msg } from '@lingui/core/macro';
import { useState } from 'react';
import { SAFETY_LIMITS } from '../../../core/care/safety/safety-thresholds.ts';
import { safetyQuestion } from '../../../core/care/safety/safety-questions.ts';
import type { FlagId } from '../../../core/care/safety/safety-event.ts';
import { QuestionForm } from '../../components/QuestionForm.tsx';
import { safetyAnswerWords, safetyWords } from '../../text/safety-text.ts';

/** One safety question in full: every answer that it takes, none of them chosen beforehand. */
export function SafetyAnswerForm({
  flagId,
  onAnswer,
}: {
  readonly flagId: FlagId;
  readonly onAnswer: (codes: readonly string[]) => void;
}) {
  const { t } = useLingui();
  const { kind, answers } = safetyQuestion(flagId);
  const label = t(safetyWords(flagId).question);
  if (kind === 'several')
    return <SeveralForm flagId={flagId} label={label} codes={answers} onAnswer={onAnswer} />;
  return (
    <QuestionForm
      label={label}
      kind={
        kind === 'age'
          ? { takes: 'number', least: 1, most: SAFETY_LIMITS.oldestYears, unit: msg`years` }
          : {
              takes: 'one',
              choices: answers.map((code) => ({ code, words: safetyAnswerWords(flagId, code) })),
            }
      }
      given={undefined}
      onAnswer={(answer) => onAnswer([String(answer)])}
      onSkip={null}
    />
  );
}

/** "None of these" is an answer of its own: whoever goes on has said one or the other. */
function SeveralForm({
  flagId,
  label,
  codes,
  onAnswer,
}: {
  readonly flagId: FlagId;
  readonly label: string;
  readonly codes: readonly string[];
  readonly onAnswer: (codes: readonly string[]) => void;
}) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(chosen);
      }}
    >
      <fieldset className="choice">
        <legend className="visually-hidden">{label}</legend>
        {codes.map((code) => (
          <label key={code}>
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, code] : chosen.filter((one) => one !== code))
              }
            />
            <span>{t(safetyAnswerWords(flagId, code))}</span>
          </label>
        ))}
      </fieldset>
      <div className="session-actions">
        <button type="submit" className="button button-primary button-wide">
          {chosen.length === 0 ? <Trans>None of these</Trans> : <Trans>Next</Trans>}
        </button>
      </div>
    </form>
  );
}
