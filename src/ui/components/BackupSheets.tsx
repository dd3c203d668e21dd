import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useState, type ReactNode } from 'react';
import { useRoom } from '../services-context.ts';
import type { BackupComparison } from '../services.ts';
import { backupProblemWords } from '../text/backup-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { Sheet } from './Sheet.tsx';

const SHORTEST_PASSPHRASE = 8;

type Step<T> =
  | { readonly kind: 'asking' }
  | { readonly kind: 'working'; readonly share: number }
  | { readonly kind: 'done'; readonly outcome: T };

/** Asks, shows how far the work is, and then what came of it. */
function useWork<T>() {
  const [step, setStep] = useState<Step<T>>({ kind: 'asking' });
  const [problem, setProblem] = useState<unknown>(null);
  const run = (work: (onProgress: (share: number) => void) => Promise<T>) => {
    setProblem(null);
    setStep({ kind: 'working', share: 0 });
    work((share) => setStep({ kind: 'working', share })).then(
      (outcome) => setStep({ kind: 'done', outcome }),
      (error: unknown) => {
        setProblem(error);
        setStep({ kind: 'asking' });
      },
    );
  };
  return { step, problem, run };
}

function Working({ share, children }: { readonly share: number; readonly children: ReactNode }) {
  return (
    <div className="stack" role="status">
      <p>{children}</p>
      <progress className="progress" aria-hidden="true" max={1} value={share} />
    </div>
  );
}

function Done({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  return (
    <div className="stack">
      <div className="stack" role="status">
        {children}
      </div>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onClose}>
          <Trans>Done</Trans>
        </button>
      </div>
    </div>
  );
}

export function MakeBackupSheet({
  write,
  next,
  onClose,
}: {
  readonly write: (passphrase: string, onProgress: (share: number) => void) => Promise<void>;
  /** What to do with the file. */
  readonly next: ReactNode;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const { step, problem, run } = useWork<void>();
  return (
    <Sheet title={t`Make a backup`} onClose={onClose}>
      {step.kind === 'working' && (
        <Working share={step.share}>
          <Trans>Everything of yours is packed and locked. Keep this page open.</Trans>
        </Working>
      )}
      {step.kind === 'done' && (
        <Done onClose={onClose}>
          <p className="row good">
            <CircleCheck size={22} strokeWidth={1.75} aria-hidden="true" />
            <b>
              <Trans>The backup was saved with your downloads.</Trans>
            </b>
          </p>
          <p>{next}</p>
        </Done>
      )}
      {step.kind === 'asking' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            setDiffer(typed !== again);
            if (typed === again) run((onProgress) => write(typed, onProgress));
          }}
        >
          <p className="muted">
            <Trans>
              The file opens with this passphrase alone. Write it on paper: without it nobody can open the
              backup.
            </Trans>
          </p>
          <PassphraseField
            label={t`Passphrase for the backup, at least 8 letters`}
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
          {problem !== null && <ProblemNotice words={backupProblemWords(problem)} detail={String(problem)} />}
          <div className="session-actions">
            <button type="submit" className="button button-primary button-wide">
              <Trans>Save the backup</Trans>
            </button>
          </div>
        </form>
      )}
    </Sheet>
  );
}

type FileOutcome =
  | { readonly task: 'check'; readonly compared: BackupComparison }
  | { readonly task: 'restore'; readonly addedCount: number };

/** Opens a backup file: to prove it, or to bring it back. */
export function BackupFileSheet({
  task,
  onClose,
}: {
  readonly task: 'check' | 'restore';
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { guardian } = useRoom().services;
  const [file, setFile] = useState<File | null>(null);
  const [typed, setTyped] = useState('');
  const { step, problem, run } = useWork<FileOutcome>();
  const start = (chosen: File) =>
    run(async (onProgress) =>
      task === 'check'
        ? { task, compared: await guardian.checkBackup(chosen, typed, onProgress) }
        : { task, addedCount: await guardian.restoreBackup(chosen, typed, onProgress) },
    );
  return (
    <Sheet title={task === 'check' ? t`Check a backup` : t`Bring back a backup`} onClose={onClose}>
      {step.kind === 'working' && (
        <Working share={step.share}>
          {task === 'check' ? (
            <Trans>Every session in the file is compared with yours. Nothing is changed.</Trans>
          ) : (
            <Trans>
              The file is checked as a whole, then its sessions come back. If this page closes, begin again:
              nothing is lost.
            </Trans>
          )}
        </Working>
      )}
      {step.kind === 'done' && (
        <Done onClose={onClose}>
          {step.outcome.task === 'check' ? (
            <Compared compared={step.outcome.compared} />
          ) : (
            <>
              <p className="row good">
                <CircleCheck size={22} strokeWidth={1.75} aria-hidden="true" />
                <b>
                  <Plural
                    value={step.outcome.addedCount}
                    one="# session came back."
                    other="# sessions came back."
                  />
                </b>
              </p>
              <p>
                <Trans>What was here already stayed as it was.</Trans>
              </p>
            </>
          )}
        </Done>
      )}
      {/* Stays where it is: a mistyped passphrase must not cost the choice of the file. */}
      {step.kind !== 'done' && (
        <form
          className="stack"
          hidden={step.kind !== 'asking'}
          onSubmit={(event) => {
            event.preventDefault();
            if (file !== null) start(file);
          }}
        >
          <p className="muted">
            {task === 'check' ? (
              <Trans>Thora opens the file, compares it with what is here, and changes nothing.</Trans>
            ) : (
              <Trans>Sessions that are missing here are added. What is here stays as it is.</Trans>
            )}
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
            <button type="submit" className="button button-primary button-wide">
              {task === 'check' ? <Trans>Check it</Trans> : <Trans>Bring it back</Trans>}
            </button>
          </div>
        </form>
      )}
    </Sheet>
  );
}

function Compared({ compared }: { readonly compared: BackupComparison }) {
  const { sameIds, differentIds, onlyInBackupCount, onlyInStoreCount, newAnswerCount } = compared;
  const isWhole = differentIds.length === 0 && onlyInStoreCount === 0 && newAnswerCount === 0;
  return (
    <>
      <p className={`row ${isWhole ? 'good' : 'warn'}`}>
        <CircleCheck size={22} strokeWidth={1.75} aria-hidden="true" />
        <b>
          <Plural
            value={sameIds.length}
            one="The backup opens. # session in it is exactly as here."
            other="The backup opens. # sessions in it are exactly as here."
          />
        </b>
      </p>
      {differentIds.length > 0 && (
        <p>
          <Plural
            value={differentIds.length}
            one="# session has changed here since."
            other="# sessions have changed here since."
          />
        </p>
      )}
      {onlyInStoreCount > 0 && (
        <p>
          <Plural
            value={onlyInStoreCount}
            one="# session here is not in it: make a new backup."
            other="# sessions here are not in it: make a new backup."
          />
        </p>
      )}
      {newAnswerCount > 0 && (
        <p>
          <Plural
            value={newAnswerCount}
            one="# answer or plan entry here is not in it: make a new backup."
            other="# answers and plan entries here are not in it: make a new backup."
          />
        </p>
      )}
      {onlyInBackupCount > 0 && (
        <p>
          <Plural
            value={onlyInBackupCount}
            one="# session is in the file alone."
            other="# sessions are in the file alone."
          />
        </p>
      )}
    </>
  );
}
