import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { DataView } from '../services.ts';
import { BackupFileSheet, MakeBackupSheet } from './BackupSheets.tsx';

const DAY_MS = 86_400_000;

/** A copy that survives the loss of this device: how old the last one is, making one, proving it, bringing it back. */
export function BackupCard({ view, onChange }: { readonly view: DataView; readonly onChange: () => void }) {
  const { guardian } = useRoom().services;
  const [open, setOpen] = useState<'make' | 'check' | 'restore' | null>(null);
  const { backup, sessionCount } = view;
  const isNeeded = sessionCount > 0 && (backup === null || backup.newerCount > 0);
  const close = () => {
    setOpen(null);
    onChange();
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>A copy in a safe place</Trans>
      </h2>
      <p>
        <Trans>
          A backup is one file with everything of yours, locked with a passphrase. Keep it on another device
          or a memory stick.
        </Trans>
      </p>
      {backup === null ? (
        <p className={isNeeded ? 'warn' : 'muted'}>
          <Trans>There is no backup yet.</Trans>
        </p>
      ) : (
        <ul className="plain-list">
          <li>
            <Trans>
              Last backup: <Age atUtc={backup.writtenAtUtc} />
            </Trans>
          </li>
          <li>
            {backup.checkedAtUtc === null ? (
              <Trans>Not checked yet: open the file once to be sure of it</Trans>
            ) : (
              <Trans>
                Last checked: <Age atUtc={backup.checkedAtUtc} />
              </Trans>
            )}
          </li>
          {backup.newerCount > 0 && (
            <li className="warn">
              <Plural
                value={backup.newerCount}
                one="# session is not in it"
                other="# sessions are not in it"
              />
            </li>
          )}
        </ul>
      )}
      {view.onlyResultsCount > 0 && (
        <p className="small">
          <Plural
            value={view.onlyResultsCount}
            one="Of # session only the results are here. A new backup holds no more: keep the earlier one with its recording."
            other="Of # sessions only the results are here. A new backup holds no more: keep the earlier ones with their recordings."
          />
        </p>
      )}
      <div className="row wrap">
        <button
          type="button"
          className={`button button-small ${isNeeded ? 'button-primary' : 'button-second'}`}
          onClick={() => setOpen('make')}
        >
          <Trans>Make a backup</Trans>
        </button>
        {backup !== null && (
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setOpen('check')}
          >
            <Trans>Check a backup</Trans>
          </button>
        )}
        <button type="button" className="button button-quiet button-small" onClick={() => setOpen('restore')}>
          <Trans>Bring back a backup</Trans>
        </button>
      </div>
      {open === 'make' && (
        <MakeBackupSheet
          write={(passphrase, onProgress) => guardian.writeBackup(passphrase, onProgress)}
          next={
            <Trans>
              Move the file to a safe place, then check it once: Thora opens it and compares every session.
            </Trans>
          }
          onClose={close}
        />
      )}
      {(open === 'check' || open === 'restore') && <BackupFileSheet task={open} onClose={close} />}
    </section>
  );
}

function Age({ atUtc }: { readonly atUtc: string }) {
  const [nowMs] = useState(() => Date.now());
  const days = Math.max(0, Math.floor((nowMs - Date.parse(atUtc)) / DAY_MS));
  return days === 0 ? <Trans>today</Trans> : <Plural value={days} one="# day ago" other="# days ago" />;
}
