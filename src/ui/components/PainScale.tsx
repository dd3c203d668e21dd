import { useState, type ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { PointScale } from './PointScale.tsx';

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
  const [value, setValue] = useState<number | null>(null);
  return (
    <form
      className="session-body"
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(value);
      }}
    >
      <PointScale
        legend={<span className="lead">{question}</span>}
        value={value}
        ends={
          ends ?? { least: <Trans>0 is no pain</Trans>, most: <Trans>10 is the worst you can imagine</Trans> }
        }
        onChoose={setValue}
        onTap={inOneTap ? onAnswer : undefined}
      />
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
