import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { nextModule, type KnownModuleId } from '../../core/care/learning/unlock.ts';
import { moduleTitle } from '../text/learn-text.ts';
import type { ModuleText } from '../text/learn/module-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import type { ReadyJournal } from './JournalGate.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';

/** The one question of a card. Answering or passing it marks the card as read. */
export function ModuleQuestion({
  id,
  text,
  journal,
}: {
  readonly id: KnownModuleId;
  readonly text: ModuleText;
  readonly journal: ReadyJournal;
}) {
  const { t } = useLingui();
  const name = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  /** Null: not yet; the place of the answer, or that there was none. */
  const [said, setSaid] = useState<number | 'none' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const say = (answer: number | 'none'): void => {
    const answeredRight = answer === 'none' ? null : answer === text.right;
    journal.append({ kind: 'moduleRead', moduleId: id, answeredRight }).then(
      () => {
        setError(null);
        setSaid(answer);
      },
      (reason: unknown) => setError(reason),
    );
  };
  const next = nextModule(journal.entries, journal.moment);
  if (said !== null)
    return (
      <>
        {said !== 'none' && (
          <Notice tone="info" alert>
            <p>
              <b>{said === text.right ? <Trans>That is right.</Trans> : <Trans>Not quite.</Trans>}</b>{' '}
              {text.feedback}
            </p>
          </Notice>
        )}
        <p role="status" className="muted">
          <Trans>Marked as read.</Trans>
        </p>
        {next !== null && next.id !== id && (
          <Link href={`/learn/${next.id}`} className="button button-second">
            <Trans>Next: {t(moduleTitle(next.id))}</Trans>
          </Link>
        )}
        <Link href="/learn" className="button button-quiet">
          <Trans>All cards</Trans>
        </Link>
      </>
    );
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) say(chosen);
      }}
    >
      <fieldset className="choice">
        <legend>
          <b>{text.question}</b>
        </legend>
        {text.answers.map((answer, place) => (
          <label key={answer}>
            <input type="radio" name={name} checked={chosen === place} onChange={() => setChosen(place)} />
            <span>{answer}</span>
          </label>
        ))}
      </fieldset>
      {error !== null && <ProblemNotice words={storageProblemWords(error)} detail={String(error)} />}
      <button type="submit" className="button button-primary" disabled={chosen === null}>
        <Trans>Answer</Trans>
      </button>
      <button type="button" className="button button-quiet" onClick={() => say('none')}>
        <Trans>Mark as read without answering</Trans>
      </button>
    </form>
  );
}
