import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { MakeBackupSheet } from '../../components/BackupSheets.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { PassphraseField } from '../../components/PassphraseField.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useRoom } from '../../services-context.ts';
import { backupProblemWords } from '../../text/backup-text.ts';

/** All patients of this device in one sealed file, and back. */
export function ClinicBackupCard() {
  const { services } = useRoom();
  const [open, setOpen] = useState<'make' | 'restore' | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="card stack">
      <h2>
        <Trans>Backup of your patients</Trans>
      </h2>
      <p>
        <Trans>
          One sealed file holds all patients, plans, messages, notes and the log. The keys of this clinic stay
          here: on another device, each patient has to be paired again.
        </Trans>
      </p>
      <div className="row wrap">
        <button type="button" className="button button-second button-small" onClick={() => setOpen('make')}>
          <Trans>Make a backup</Trans>
        </button>
        <button type="button" className="button button-quiet button-small" onClick={() => setOpen('restore')}>
          <Trans>Bring back a backup</Trans>
        </button>
      </div>
      {open === 'make' && (
        <MakeBackupSheet
          write={async (passphrase) => (await services.loadClinicBackups()).write(passphrase)}
          next={<Trans>Move the file to a safe place, away from this device.</Trans>}
          onClose={close}
        />
      )}
      {open === 'restore' && <RestoreSheet onClose={close} />}
    </section>
  );
}

function RestoreSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [file, setFile] = useState<File | null>(null);
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [done, setDone] = useState<{ patientCount: number; mustPairAnew: boolean } | null>(null);
  if (done !== null)
    return (
      <Sheet title={t`Bring back a backup`} onClose={() => location.reload()}>
        <div className="stack" role="status">
          <p className="good">
            <b>
              <Plural value={done.patientCount} one="# patient is here." other="# patients are here." />
            </b>
          </p>
          {done.mustPairAnew && (
            <p>
              <Trans>This device has other keys: pair each patient again with a new card.</Trans>
            </p>
          )}
        </div>
        <div className="session-actions">
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => location.reload()}
          >
            <Trans>Done</Trans>
          </button>
        </div>
      </Sheet>
    );
  return (
    <Sheet title={t`Bring back a backup`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file === null) return;
          setBusy(true);
          setProblem(null);
          services
            .loadClinicBackups()
            .then((backups) => backups.restore(file, typed))
            .then(setDone, setProblem)
            .finally(() => setBusy(false));
        }}
      >
        <p className="muted">
          <Trans>Patients of the file are added. Nothing that is here is lost.</Trans>
        </p>
        <label className="field">
          <span className="small">
            <Trans>The backup file</Trans>
          </span>
          <input
            type="file"
            required
            className="file-input"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </label>
        <PassphraseField label={t`Passphrase of the backup`} value={typed} onChange={setTyped} />
        {problem !== null && <ProblemNotice words={backupProblemWords(problem)} detail={String(problem)} />}
        <div className="session-actions">
          <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
            {isBusy ? <Trans>One moment</Trans> : <Trans>Bring it back</Trans>}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
