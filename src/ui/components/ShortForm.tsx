import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { judgeSafety } from '../../core/care/safety/judge-safety.ts';
import { clearAnswer, SHORT_FORM } from '../../core/care/safety/safety-questions.ts';
import type { FlagId, SafetyAnswers } from '../../core/care/safety/safety-event.ts';
import { SafetyAnswerForm } from '../screens/safety/SafetyAnswerForm.tsx';
import { useRoom } from '../services-context.ts';
import { safetyWords } from '../text/safety-text.ts';
import { Sheet } from './Sheet.tsx';
import { Unkept } from './Unkept.tsx';
import '../styles/safety.css';

const ALL_WELL: SafetyAnswers = Object.fromEntries(SHORT_FORM.map((id) => [id, clearAnswer(id) ?? []]));

/** Before every session: one tap where nothing is new; a line opens its question in full. */
export function ShortForm({
  onWell,
  onLocked,
  onClose,
}: {
  readonly onWell: () => void;
  readonly onLocked: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { journal } = useRoom().services;
  const [asked, setAsked] = useState<FlagId | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [unkept, setUnkept] = useState<unknown>(null);
  const save = (answers: SafetyAnswers): Promise<unknown> => {
    setIsSaving(true);
    return journal.append({ kind: 'safetyAnswered', form: 'short', answers });
  };
  if (asked !== null)
    return (
      <Sheet title={t(safetyWords(asked).question)} onClose={onClose}>
        <SafetyAnswerForm
          flagId={asked}
          onAnswer={(codes) => {
            const answers: SafetyAnswers = { [asked]: codes };
            if (judgeSafety(answers).lock === null) setAsked(null);
            // The lock stands, whether or not there was room to write down why.
            else void save(answers).then(onLocked, onLocked);
          }}
        />
        <button type="button" className="button button-quiet button-wide" onClick={() => setAsked(null)}>
          <Trans>Back to the list</Trans>
        </button>
      </Sheet>
    );
  return (
    <Sheet title={t`Is any of this new or there today?`} onClose={onClose}>
      <ul className="plain-list short-form">
        {SHORT_FORM.map((id) => (
          <li key={id}>
            <button type="button" className="choice-button" onClick={() => setAsked(id)}>
              {t(safetyWords(id).line ?? safetyWords(id).question)}
            </button>
          </li>
        ))}
      </ul>
      <Unkept error={unkept} />
      <div className="short-form-none">
        <button
          type="button"
          className="button button-primary button-wide"
          disabled={isSaving}
          onClick={() => {
            save(ALL_WELL).then(onWell, (error: unknown) => {
              setIsSaving(false);
              setUnkept(error);
            });
          }}
        >
          <Trans>None of these</Trans>
        </button>
      </div>
    </Sheet>
  );
}
