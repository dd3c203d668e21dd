import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { Person } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { Sheet } from './Sheet.tsx';

export function EraseCard({ person }: { readonly person: Person }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="card stack">
      <h2>
        <Trans>Erase everything</Trans>
      </h2>
      <p>
        {person.name === '' ? (
          <Trans>Removes all sessions, answers and settings of sensors from this device, for good.</Trans>
        ) : (
          <Trans>
            Removes {person.name} with all sessions, answers and settings of sensors from this device, for
            good.
          </Trans>
        )}
      </p>
      <div className="row wrap">
        <button type="button" className="button button-second button-small" onClick={() => setOpen(true)}>
          <Trans>Erase everything of mine</Trans>
        </button>
      </div>
      {open && <EraseSheet onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Asks twice: the second time for a tick that no hurried tap gives. */
export function EraseSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <Sheet title={asked ? t`Really erase everything?` : t`Erase everything of yours?`} onClose={onClose}>
      <div className="stack">
        <p>
          {asked ? (
            <Trans>This is the last question. It cannot be undone.</Trans>
          ) : (
            <Trans>
              All your sessions and answers are removed from this device. Only a backup file that you saved
              can bring them back.
            </Trans>
          )}
        </p>
        {asked && (
          <label className="tick">
            <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
            <span>
              <Trans>Yes, erase all of it for good</Trans>
            </span>
          </label>
        )}
        {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
        <div className="session-actions">
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={busy}
            onClick={onClose}
          >
            <Trans>Keep everything</Trans>
          </button>
          <button
            type="button"
            className="button button-stop button-wide"
            disabled={busy || (asked && !sure)}
            onClick={() => {
              if (!asked) {
                setAsked(true);
                return;
              }
              setBusy(true);
              services.people
                .erase()
                .then(onClose, setProblem)
                .finally(() => setBusy(false));
            }}
          >
            {asked ? <Trans>Erase now</Trans> : <Trans>Erase</Trans>}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
