import { Trans, useLingui } from '@lingui/react/macro';
import Printer from 'lucide-react/icons/printer';
import { useState } from 'react';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { Sheet } from './Sheet.tsx';

const SHORTEST_PASSPHRASE = 8;

type LockedThing = 'sessions' | 'door';

/** First the passphrase, twice; then the code on paper, before anything is sealed. */
export function NewPassphraseSheet({
  of,
  prepare,
  onClose,
  onReady,
}: {
  /** What the lock is on. */
  readonly of: LockedThing;
  /** Resolves with the code for paper. */
  readonly prepare: (passphrase: string) => Promise<string>;
  readonly onClose: () => void;
  /** The passphrase is prepared and the code is on paper. */
  readonly onReady: () => void;
}) {
  const { t } = useLingui();
  const [code, setCode] = useState<string | null>(null);
  return (
    <Sheet
      title={code === null ? t`A passphrase of your own` : t`Write this code on paper`}
      onClose={onClose}
    >
      {code === null ? (
        <Choose prepare={prepare} onCode={setCode} />
      ) : (
        <Paper of={of} code={code} onReady={onReady} />
      )}
    </Sheet>
  );
}

function Choose({
  prepare,
  onCode,
}: {
  readonly prepare: (passphrase: string) => Promise<string>;
  readonly onCode: (code: string) => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setDiffer(typed !== again);
        if (typed !== again) return;
        setBusy(true);
        prepare(typed)
          .then(onCode, setProblem)
          .finally(() => setBusy(false));
      }}
    >
      <p className="muted">
        <Trans>
          Three or four words that belong together only for you are easy to keep and hard to guess.
        </Trans>
      </p>
      <PassphraseField
        label={t`New passphrase, at least 8 letters`}
        value={typed}
        isNew
        minLength={SHORTEST_PASSPHRASE}
        onChange={setTyped}
      />
      <PassphraseField label={t`The same once more`} value={again} isNew onChange={setAgain} />
      {differ && (
        <p className="warn" role="alert">
          <Trans>The two are not the same. Type them again.</Trans>
        </p>
      )}
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      <div className="session-actions">
        <button type="submit" className="button button-primary button-wide" disabled={busy}>
          {busy ? <Trans>One moment</Trans> : <Trans>Next</Trans>}
        </button>
      </div>
    </form>
  );
}

function Paper({
  of,
  code,
  onReady,
}: {
  readonly of: LockedThing;
  readonly code: string;
  readonly onReady: () => void;
}) {
  const [kept, setKept] = useState(false);
  return (
    <div className="stack">
      <div className="stack recovery-paper">
        <p>
          {of === 'sessions' ? (
            <Trans>
              If you forget the passphrase, this code opens your sessions in Thora. It is shown only now. Keep
              the paper away from this device.
            </Trans>
          ) : (
            <Trans>
              If you forget the passphrase, this code opens the door. It is shown only now. Keep the paper
              away from this device.
            </Trans>
          )}
        </p>
        <p className="recovery-code">{code}</p>
      </div>
      <button type="button" className="button button-second button-small" onClick={() => window.print()}>
        <Printer size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Print it</Trans>
      </button>
      <label className="tick">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        <span>
          <Trans>I have it on paper</Trans>
        </span>
      </label>
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          disabled={!kept}
          onClick={onReady}
        >
          {of === 'sessions' ? <Trans>Lock my sessions</Trans> : <Trans>Lock this door</Trans>}
        </button>
      </div>
    </div>
  );
}
