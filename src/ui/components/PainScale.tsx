import { useId, useState, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';

/** Pain now, or how hard it was, 0 to 10, in one tap. */
export function PainScale({
  question,
  onAnswer,
  action,
  ends,
  isOptional = false,
  inOneTap = false,
}: {
  readonly question: ReactNode;
  readonly action: ReactNode;
  readonly onAnswer: (value: number | null) => void;
  /** What 0 and 10 stand for; missing: pain. */
  readonly ends?: { readonly least: ReactNode; readonly most: ReactNode };
  /** Nothing waits for the answer: there is no need to decline. */
  readonly isOptional?: boolean;
  /** A tap on a value is the answer; keys choose first and answer by the button. */
  readonly inOneTap?: boolean;
}) {
  const name = useId();
  const [value, setValue] = useState<number | null>(null);
  return (
    <form
      className="session-body"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(value);
      }}
    >
      <fieldset className="pain">
        <legend className="lead">{question}</legend>
        {Array.from({ length: 11 }, (_, level) => (
          <label key={level}>
            <input
              type="radio"
              name={name}
              value={level}
              checked={value === level}
              onChange={() => setValue(level)}
              onClick={(event) => {
                // Keys that walk through the values click as well, without a count.
                if (inOneTap && event.detail > 0) onAnswer(level);
              }}
            />
            <span>{level}</span>
          </label>
        ))}
      </fieldset>
      <p className="row row-apart small">
        <span>{ends?.least ?? <Trans>0 is no pain</Trans>}</span>
        <span>{ends?.most ?? <Trans>10 is the worst you can imagine</Trans>}</span>
      </p>
      <div className="session-actions">
        <button
          type="submit"
          className={`button button-wide ${isOptional ? 'button-second' : 'button-primary'}`}
          disabled={value === null}
        >
          {action}
        </button>
        {!isOptional && (
          <button type="button" className="button button-quiet" onClick={() => onAnswer(null)}>
            <Trans>I would rather not say</Trans>
          </button>
        )}
      </div>
    </form>
  );
}
