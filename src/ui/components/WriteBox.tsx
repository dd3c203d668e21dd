import { useState } from 'react';
import { HandOverProblem } from './HandOverProblem.tsx';

const LONGEST_CHARS = 2000;

/** A place to write something down. What could not be kept stays in the box, and it is said why. */
export function WriteBox({
  label,
  button,
  onWrite,
}: {
  readonly label: string;
  readonly button: string;
  readonly onWrite: (text: string) => Promise<void>;
}) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        onWrite(text.trim()).then(() => setText(''), setProblem);
      }}
    >
      <label className="field">
        <span className="small">{label}</span>
        <textarea
          required
          rows={3}
          maxLength={LONGEST_CHARS}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem !== null && <HandOverProblem error={problem} />}
      <button type="submit" className="button button-second button-small" disabled={text.trim() === ''}>
        {button}
      </button>
    </form>
  );
}
