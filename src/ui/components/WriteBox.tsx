import { useEffect, useState } from 'react';
import type { Draft } from '../hooks/use-draft.ts';
import { HandOverProblem } from './HandOverProblem.tsx';

const LONGEST_CHARS = 2000;

/** A place to write something down. What could not be kept stays in the box, and it is said why. */
export function WriteBox({
  label,
  button,
  onWrite,
  draft,
}: {
  readonly label: string;
  readonly button: string;
  readonly onWrite: (text: string) => Promise<void>;
  /** Where what was not sent yet is kept; missing: nowhere. */
  readonly draft?: Draft;
}) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const read = draft?.read;
  useEffect(() => {
    if (read === undefined) return;
    read().then(
      (kept) => setText((now) => (now === '' ? (kept ?? '') : now)),
      () => undefined,
    );
  }, [read]);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        onWrite(text.trim()).then(() => {
          setText('');
          draft?.keep(null);
        }, setProblem);
      }}
    >
      <label className="field">
        <span className="small">{label}</span>
        <textarea
          required
          rows={3}
          maxLength={LONGEST_CHARS}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            draft?.keep(event.target.value);
          }}
        />
      </label>
      {problem !== null && <HandOverProblem error={problem} />}
      <button type="submit" className="button button-second button-small" disabled={text.trim() === ''}>
        {button}
      </button>
    </form>
  );
}
