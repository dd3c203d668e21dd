import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { ExchangeProgress, RefusedFromServer } from '../server-ports.ts';
import { leftAloneWords } from '../text/server-text.ts';

/** One exchange with the server, with its progress; stopping it loses nothing. */
export function ExchangeNow({
  onExchange,
}: {
  readonly onExchange: (progress: ExchangeProgress, signal: AbortSignal) => Promise<void>;
}) {
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const begin = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setProgress({ done: 0, of: 0 });
    await onExchange((done, of) => setProgress({ done, of }), controller.signal);
    running.current = null;
    setProgress(null);
  };
  if (progress === null)
    return (
      <button type="button" className="button button-primary button-small" onClick={() => void begin()}>
        <Trans>Exchange now</Trans>
      </button>
    );
  const { done, of } = progress;
  return (
    <div className="row wrap">
      <p role="status" className="grow">
        {of === 0 ? (
          <Trans>Reading from the server</Trans>
        ) : (
          <Trans>
            Sent {done} of {of}
          </Trans>
        )}
      </p>
      <button
        type="button"
        className="button button-quiet button-small"
        onClick={() => running.current?.abort()}
      >
        <Trans>Stop</Trans>
      </button>
    </div>
  );
}

/** What of the server's answers was left alone. */
export function LeftAlone({ refused }: { readonly refused: readonly RefusedFromServer[] }) {
  const { t } = useLingui();
  if (refused.length === 0) return null;
  return (
    <details className="notice notice-warn" role="alert">
      <summary>
        <Plural
          value={refused.length}
          one="# thing on the server was left alone"
          other="# things on the server were left alone"
        />
      </summary>
      <ul className="small">
        {refused.map(({ what, code }, i) => (
          <li key={i}>
            {what}: {t(leftAloneWords(code))}
          </li>
        ))}
      </ul>
    </details>
  );
}
