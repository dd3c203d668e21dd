import { useId, useState, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';

/** Pain now, 0 to 10, in one tap. */
export function PainScale({
  question,
  onAnswer,
  action,
}: {
  readonly question: ReactNode;
  readonly action: ReactNode;
  readonly onAnswer: (value: number | null) => void;
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
            />
            <span>{level}</span>
          </label>
        ))}
      </fieldset>
      <p className="row row-apart small">
        <span>
          <Trans>0 is no pain</Trans>
        </span>
        <span>
          <Trans>10 is the worst you can imagine</Trans>
        </span>
      </p>
      <div className="session-actions">
        <button type="submit" className="button button-primary button-wide" disabled={value === null}>
          {action}
        </button>
        <button type="button" className="button button-quiet" onClick={() => onAnswer(null)}>
          <Trans>I would rather not say</Trans>
        </button>
      </div>
    </form>
  );
}
