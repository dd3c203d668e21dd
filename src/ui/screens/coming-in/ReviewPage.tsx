import { Trans, useLingui } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { ReactNode } from 'react';
import type { JournalEntry } from '../../../core/care/care-journal.ts';
import {
  contradictions,
  INTAKE_FIELDS,
  intakeOf,
  NEEDED_FIELDS,
  type IntakeField,
} from '../../../core/care/intake/intake.ts';
import { INTAKE_QUESTIONS } from '../../text/intake-text.ts';

/** What was told, to look over and to change; answers that do not fit together come first. */
export function ReviewPage({
  journal,
  problem,
  onChange,
  onDone,
  onLeave,
}: {
  readonly journal: readonly JournalEntry[];
  /** Why the last answer was not kept. */
  readonly problem: ReactNode;
  readonly onChange: (field: IntakeField) => void;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const intake = intakeOf(journal);
  const found = contradictions(intake);
  const missing = NEEDED_FIELDS.filter((field) => intake[field] === undefined);
  const words = (field: IntakeField): string => {
    const { kind } = INTAKE_QUESTIONS[field];
    const value = intake[field];
    if (value === undefined) return t`not answered`;
    const choices = kind.takes === 'one' || kind.takes === 'many' ? kind.choices : [];
    const word = (code: string): string => {
      const found: MessageDescriptor | undefined = choices.find((choice) => choice.code === code)?.words;
      return found === undefined ? code : t(found);
    };
    if (Array.isArray(value)) return value.length === 0 ? t`none` : value.map(String).map(word).join(', ');
    return typeof value === 'number' ? String(value) : word(String(value));
  };
  return (
    <div className="questions">
      <main className="questions-body" id="main">
        <h1>
          <Trans>What you told us</Trans>
        </h1>
        {found.map(({ fields: [a, b] }) => (
          <div key={`${a} ${b}`} className="card stack warn-card" role="alert">
            {a === b ? (
              <p>
                <Trans>You chose no position at all. Which one can you take, even for a moment?</Trans>
              </p>
            ) : (
              <p>
                <Trans>These two do not fit together. Which of them should change?</Trans>
              </p>
            )}
            {[...new Set([a, b])].map((field) => (
              <button key={field} type="button" className="choice-button" onClick={() => onChange(field)}>
                <span className="small">{t(INTAKE_QUESTIONS[field].question)}</span>
                <b>{words(field)}</b>
              </button>
            ))}
          </div>
        ))}
        <ul className="plain-list review-list">
          {INTAKE_FIELDS.map((field) => (
            <li key={field}>
              <div className="grow">
                <span className="small">{t(INTAKE_QUESTIONS[field].question)}</span>
                <b>{words(field)}</b>
              </div>
              <button
                type="button"
                className="button button-quiet button-small"
                aria-label={t`Change: ${t(INTAKE_QUESTIONS[field].question)}`}
                onClick={() => onChange(field)}
              >
                <Trans>Change</Trans>
              </button>
            </li>
          ))}
        </ul>
        {problem}
        <div className="session-actions">
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={found.length > 0 || missing.length > 0}
            onClick={onDone}
          >
            <Trans>This is right: make my plan</Trans>
          </button>
          <button type="button" className="button button-quiet" onClick={onLeave}>
            <Trans>Later</Trans>
          </button>
        </div>
      </main>
    </div>
  );
}
