import { Trans } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import type { UnlockAnswer, UnlockSecret } from '../services.ts';
import { ConfirmLockSheet } from './ConfirmLockSheet.tsx';
import { NewPassphraseSheet } from './NewPassphraseSheet.tsx';
import { RemoveLockSheet } from './RemoveLockSheet.tsx';

type Task = 'new' | 'remove';

/** What can be done with a lock: set it; or lock now, change it, take it away, which want the passphrase of now first. */
export function LockTasks({
  of,
  hasLock,
  onLock,
  confirm,
  prepare,
  onSet,
  onRemove,
  removalMeans,
}: {
  readonly of: 'sessions' | 'door';
  readonly hasLock: boolean;
  readonly onLock: () => void;
  readonly confirm: (secret: UnlockSecret) => Promise<UnlockAnswer>;
  /** Resolves with the code for paper. */
  readonly prepare: (passphrase: string) => Promise<string>;
  readonly onSet: () => void;
  readonly onRemove: () => void;
  readonly removalMeans: ReactNode;
}) {
  const [task, setTask] = useState<Task | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const begin = (next: Task) => {
    setConfirmed(!hasLock);
    setTask(next);
  };
  const close = () => setTask(null);
  return (
    <>
      <div className="row wrap">
        {hasLock ? (
          <>
            <button type="button" className="button button-primary button-small" onClick={onLock}>
              <Trans>Lock now</Trans>
            </button>
            <button type="button" className="button button-second button-small" onClick={() => begin('new')}>
              <Trans>Change the passphrase</Trans>
            </button>
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => begin('remove')}
            >
              <Trans>Take the lock away</Trans>
            </button>
          </>
        ) : (
          <button type="button" className="button button-second button-small" onClick={() => begin('new')}>
            <Trans>Set a passphrase</Trans>
          </button>
        )}
      </div>
      {task !== null && !confirmed && (
        <ConfirmLockSheet onTry={confirm} onConfirmed={() => setConfirmed(true)} onClose={close} />
      )}
      {task === 'new' && confirmed && (
        <NewPassphraseSheet
          of={of}
          prepare={prepare}
          onClose={close}
          onReady={() => {
            close();
            onSet();
          }}
        />
      )}
      {task === 'remove' && confirmed && (
        <RemoveLockSheet
          onClose={close}
          onRemove={() => {
            close();
            onRemove();
          }}
        >
          {removalMeans}
        </RemoveLockSheet>
      )}
    </>
  );
}
