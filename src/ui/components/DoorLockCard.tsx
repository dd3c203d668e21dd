import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'wouter';
import { useDoorLock } from '../hooks/use-door-lock.ts';
import type { DoorLock } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { LockTasks } from './LockTasks.tsx';
import { NameField } from './NameField.tsx';
import { ProblemNotice } from './Notice.tsx';

const IDLE_MINUTES = [2, 5, 10, 15, 30, 60];

/** The lock on the door of who looks after patients. */
export function DoorLockCard() {
  const { t } = useLingui();
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
            This door opens with its passphrase. What you keep of patients is sealed with it. It locks by
            itself when nobody uses it for a while, and in each new tab.
          </Trans>
        ) : (
          <Trans>
            Patients who use this device can open this door too, and what you keep of patients lies open. With
            a passphrase, only you can open both. It does not seal the sessions on this device: each person
            does that under Your data.
          </Trans>
        )}
      </p>
      <Who lock={lock} />
      {hasLock && (
        <label className="field">
          <span className="small">
            <Trans>Lock by itself after</Trans>
          </span>
          <select
            value={lock.idleMinutes()}
            onChange={(event) => run(lock.setIdleMinutes(Number(event.target.value)))}
          >
            {IDLE_MINUTES.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t`${minutes} minutes without a touch`}
              </option>
            ))}
          </select>
        </label>
      )}
      <LockTasks
        of="door"
        hasLock={hasLock}
        onLock={() => run(lock.lock())}
        confirm={(secret) => lock.confirm(secret)}
        prepare={(passphrase) => lock.prepare(passphrase)}
        onSet={() => run(lock.set())}
        onRemove={() => run(lock.remove())}
        removalMeans={
          <Trans>
            After that, whoever uses this device can open this door, and what you keep of patients lies open.
          </Trans>
        }
      />
      <Link href="/patients/log" className="button button-quiet button-small">
        <Trans>Who did what: the log of this door</Trans>
      </Link>
    </section>
  );
}

/** The name under which the log keeps what is done in this tab, and which signs plans. */
function Who({ lock }: { readonly lock: DoorLock }) {
  const { t } = useLingui();
  const who = lock.who() ?? '';
  const [typed, setTyped] = useState(who);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        lock.introduce(typed);
      }}
    >
      <NameField label={t`Your name, for the log and for plans you sign`} value={typed} onChange={setTyped} />
      {typed.trim() !== who && typed.trim() !== '' && (
        <button type="submit" className="button button-second button-small">
          <Trans>This is me</Trans>
        </button>
      )}
    </form>
  );
}
