import { Trans, useLingui } from '@lingui/react/macro';
import Lock from 'lucide-react/icons/lock';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useDoorLock } from '../hooks/use-door-lock.ts';
import { AutoLock } from './AutoLock.tsx';
import { Brand } from './Brand.tsx';
import { NameField } from './NameField.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import { FailedToRead } from './Waiting.tsx';

/** Lets nobody through the door of who looks after patients who does not know its passphrase, where it has one. */
export function DoorGate({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  const { lock, state, error, retry } = useDoorLock();
  const [typed, setTyped] = useState<string | null>(null);
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
            before={<NameField label={t`Your name`} value={who} onChange={setTyped} />}
          >
            <Trans>Unlock</Trans>
          </UnlockForm>
        </section>
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
