import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { DataView } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { Notice, ProblemNotice } from './Notice.tsx';
import { Sheet } from './Sheet.tsx';

/** More than anybody plans for: no need to count further. */
const PLENTY = 1000;
const CHOICES = [20, 50, 100] as const;

/** Whether the sessions stay, how many more fit, and which recordings may go. */
export function SpaceCard({ view, onChange }: { readonly view: DataView; readonly onChange: () => void }) {
  const { t } = useLingui();
  const { guardian } = useRoom().services;
  const [refused, setRefused] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = (work: Promise<unknown>) => {
    setProblem(null);
    work.then(onChange, setProblem);
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>Room on this device</Trans>
      </h2>
      <p>
        <Plural
          value={view.sessionCount}
          _0="No session is here yet."
          one="# session is here."
          other="# sessions are here."
        />{' '}
        {view.sessionsLeft !== null &&
          (view.sessionsLeft >= PLENTY ? (
            <Trans>There is room for more than 1,000 more.</Trans>
          ) : (
            <Plural
              value={view.sessionsLeft}
              one="There is room for about # more."
              other="There is room for about # more."
            />
          ))}
      </p>
      {view.isKept === true && (
        <p>
          <Trans>This browser has promised not to clear them by itself.</Trans>
        </p>
      )}
      {view.isKept === false && (
        <>
          <p>
            <Trans>This browser may clear them when the device is full. Ask it to keep them.</Trans>
          </p>
          {refused && (
            <p className="warn" role="status">
              <Trans>
                The browser did not promise it. It often does once Thora is installed or used more. Until
                then, make backups.
              </Trans>
            </p>
          )}
          <div className="row wrap">
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => run(guardian.askToKeep().then((kept) => setRefused(!kept)))}
            >
              <Trans>Ask the browser to keep them</Trans>
            </button>
          </div>
        </>
      )}
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      <label className="field">
        <span className="small">
          <Trans>Keep the recordings of</Trans>
        </span>
        <select
          value={view.keepPacketsOf ?? ''}
          onChange={(event) =>
            run(guardian.keepPacketsOf(event.target.value === '' ? null : Number(event.target.value)))
          }
        >
          <option value="">{t`all sessions`}</option>
          {CHOICES.map((count) => (
            <option key={count} value={count}>
              {t`the last ${count} sessions`}
            </option>
          ))}
        </select>
      </label>
      <p className="small">
        <Trans>
          Results stay for ever. A recording lets you play a session again; older ones go only when a backup
          that you checked holds them.
        </Trans>
      </p>
      {view.unsafeToRemoveCount > 0 && (
        <Notice tone="warn">
          <p>
            <b>
              <Plural
                value={view.unsafeToRemoveCount}
                one="# old recording stays: no checked backup holds it."
                other="# old recordings stay: no checked backup holds them."
              />
            </b>
          </p>
          <p>
            <Trans>Make a backup and check it. Then they go by themselves.</Trans>
          </p>
          <div className="notice-actions">
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => setRemoving(true)}
            >
              <Trans>Remove them without a backup</Trans>
            </button>
          </div>
        </Notice>
      )}
      {removing && (
        <Sheet title={t`Remove these recordings?`} onClose={() => setRemoving(false)}>
          <p className="muted">
            <Trans>
              Their results stay. The recordings are on no backup that you checked, and cannot be brought back
              without one.
            </Trans>
          </p>
          <div className="session-actions">
            <button
              type="button"
              className="button button-primary button-wide"
              onClick={() => setRemoving(false)}
            >
              <Trans>Keep them</Trans>
            </button>
            <button
              type="button"
              className="button button-stop button-wide"
              onClick={() => {
                setRemoving(false);
                run(guardian.removeUnsafePackets());
              }}
            >
              <Trans>Remove them</Trans>
            </button>
          </div>
        </Sheet>
      )}
    </section>
  );
}
