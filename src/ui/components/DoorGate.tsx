import { Trans, useLingui } from '@lingui/react/macro';
import Lock from 'lucide-react/icons/lock';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useDoorLock } from '../hooks/use-door-lock.ts';
import { AutoLock } from './AutoLock.tsx';
import { Brand } from './Brand.tsx';
import { storageProblemWords } from '../text/storage-text.ts';
import { NameField } from './NameField.tsx';
import { ProblemNotice } from './Notice.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import { FailedToRead } from './Waiting.tsx';

/** Lets nobody through the door of who looks after patients who does not know its passphrase, where it has one. */
export function DoorGate({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  const { lock, state, error, retry } = useDoorLock();
  const [typed, setTyped] = useState<string | null>(null);
  const [hasForgotten, setHasForgotten] = useState(false);
  const [isSure, setSure] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  if (error !== null)
    return (
      <main className="page page-narrow" id="main">
        <FailedToRead error={error} onRetry={retry} />
      </main>
    );
  if (lock === null || state.kind === 'opening') return null;
  if (state.kind === 'locked') {
    const who = typed ?? lock.who() ?? '';
    return (
      <main className="page page-narrow" id="main">
        <Brand />
        <h1 className="row">
          <Lock size={28} strokeWidth={1.75} aria-hidden="true" />
          <Trans>This door is locked</Trans>
        </h1>
        <p className="muted">
          <Trans>It is for those who look after patients.</Trans>
        </p>
        <section className="card">
          <UnlockForm
            label={t`Passphrase of this door`}
            wait={state}
            onTry={(secret) => lock.unlock(secret, who)}
            onKind={(kind) => setHasForgotten(kind === 'code')}
            before={<NameField label={t`Your name`} value={who} onChange={setTyped} />}
          >
            <Trans>Unlock</Trans>
          </UnlockForm>
        </section>
        {hasForgotten && (
          <section className="card stack">
            <p>
              <Trans>
                Without the passphrase and without the paper nobody can open what lies behind this door, and
                neither can we. You can erase it, and bring back a backup of your patients.
              </Trans>
            </p>
            {problem !== null && (
              <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />
            )}
            <label className="tick">
              <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
              <span>
                <Trans>Yes, erase all patients of this device for good</Trans>
              </span>
            </label>
            <button
              type="button"
              className="button button-stop button-small"
              disabled={!isSure}
              onClick={() => void lock.giveUp().catch(setProblem)}
            >
              <Trans>Erase and begin anew</Trans>
            </button>
          </section>
        )}
        <Link href="/welcome" className="button button-quiet button-small">
          <Trans>Choose another way into Thora</Trans>
        </Link>
      </main>
    );
  }
  return (
    <>
      {state.kind === 'open' && <AutoLock of={lock} idleMinutes={lock.idleMinutes()} />}
      {children}
    </>
  );
}
