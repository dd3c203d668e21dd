import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState, type ReactNode } from 'react';
import type { UnlockAnswer, UnlockSecret } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { Notice, ProblemNotice } from './Notice.tsx';
import { PassphraseField } from './PassphraseField.tsx';

/** Asks for the passphrase of a lock, or for the code on paper. */
export function UnlockForm({
  label,
  wait,
  onTry,
  onKind,
  before,
  children,
}: {
  /** What the passphrase is called. */
  readonly label: string;
  /** How long the next try must wait, renewed as a whole with each answer; missing where that is not known. */
  readonly wait?: { readonly waitMs: number };
  readonly onTry: (secret: UnlockSecret) => Promise<UnlockAnswer>;
  readonly onKind?: (kind: UnlockSecret['kind']) => void;
  /** What else is asked, above the passphrase. */
  readonly before?: ReactNode;
  /** On the button. */
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  const [kind, setKind] = useState<UnlockSecret['kind']>('passphrase');
  const [typed, setTyped] = useState('');
  const [answer, setAnswer] = useState<UnlockAnswer | 'busy' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const waitS = useCountdownS(wait);
  const ask = () => {
    setAnswer('busy');
    setProblem(null);
    onTry(kind === 'passphrase' ? { kind, passphrase: typed } : { kind, code: typed }).then(
      setAnswer,
      (error: unknown) => {
        setAnswer(null);
        setProblem(error);
      },
    );
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      {before}
      {kind === 'passphrase' ? (
        <PassphraseField label={label} value={typed} onChange={setTyped} />
      ) : (
        <label className="field">
          <span className="small">
            <Trans>The code on your paper: five groups of five</Trans>
          </span>
          <input
            type="text"
            required
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      )}
      {answer === 'wrong' && (
        <Notice tone="warn" alert>
          <p>
            <b>{kind === 'passphrase' ? t`That is not the passphrase.` : t`That is not the code.`}</b>
          </p>
          <p>
            <Trans>Show what you type, look at each letter, and try again. Nothing is lost.</Trans>
          </p>
        </Notice>
      )}
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      {waitS > 0 ? (
        <p className="warn" role="status">
          <Plural
            value={waitS}
            one="Too many tries. You can try again in # second."
            other="Too many tries. You can try again in # seconds."
          />
        </p>
      ) : (
        answer === 'wait' && (
          <p className="warn" role="status">
            <Trans>Too many tries. You can try again in a while, after 15 minutes at most.</Trans>
          </p>
        )
      )}
      <button
        type="submit"
        className="button button-primary button-wide"
        disabled={answer === 'busy' || waitS > 0}
      >
        {answer === 'busy' ? <Trans>One moment</Trans> : children}
      </button>
      <div className="row wrap">
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => {
            const other = kind === 'passphrase' ? 'code' : 'passphrase';
            setKind(other);
            setTyped('');
            setAnswer(null);
            onKind?.(other);
          }}
        >
          {kind === 'passphrase' ? (
            <Trans>I forgot it: use my paper code</Trans>
          ) : (
            <Trans>Use my passphrase</Trans>
          )}
        </button>
      </div>
    </form>
  );
}

/** Whole seconds until the next try, counted down from the newest answer. */
function useCountdownS(wait: { readonly waitMs: number } | undefined): number {
  const [leftMs, setLeftMs] = useState(wait?.waitMs ?? 0);
  useEffect(() => {
    const waitMs = wait?.waitMs ?? 0;
    const endMs = performance.now() + waitMs;
    setLeftMs(waitMs);
    if (waitMs === 0) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, endMs - performance.now());
      setLeftMs(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [wait]);
  return Math.ceil(leftMs / 1000);
}
