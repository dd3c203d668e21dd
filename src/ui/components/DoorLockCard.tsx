import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useDoorLock } from '../hooks/use-door-lock.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { LockTasks } from './LockTasks.tsx';
import { ProblemNotice } from './Notice.tsx';

/** The lock on the door of who looks after patients. */
export function DoorLockCard() {
  const { lock, state } = useDoorLock();
  const [problem, setProblem] = useState<unknown>(null);
  if (lock === null || (state.kind !== 'none' && state.kind !== 'open')) return null;
  const hasLock = state.kind === 'open';
  const run = (work: Promise<void>) => {
    setProblem(null);
    work.catch(setProblem);
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>Lock of this door</Trans>
      </h2>
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      <p>
        {hasLock ? (
          <Trans>
            This door opens with its passphrase. It locks by itself when nobody uses it for 10 minutes, and in
            each new tab.
          </Trans>
        ) : (
          <Trans>
            Patients who use this device can open this door too. With a passphrase, only you can. It does not
            seal the sessions on this device: each person does that under Your data.
          </Trans>
        )}
      </p>
      <LockTasks
        of="door"
        hasLock={hasLock}
        onLock={() => run(lock.lock())}
        confirm={(secret) => lock.confirm(secret)}
        prepare={(passphrase) => lock.prepare(passphrase)}
        onSet={() => run(lock.set())}
        onRemove={() => run(lock.remove())}
        removalMeans={<Trans>After that, whoever uses this device can open this door.</Trans>}
      />
    </section>
  );
}
