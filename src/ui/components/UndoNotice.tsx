import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useRemovedSession } from '../stores/removed-session.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { Notice, ProblemNotice } from './Notice.tsx';
import { SessionDate } from './SessionList.tsx';

/** A session was deleted: the way back, until this page is left. */
export function UndoNotice({ onChange }: { readonly onChange: () => void }) {
  const removed = useRemovedSession((store) => store.removed);
  const forget = useRemovedSession((store) => store.forget);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => forget, [forget]);
  if (removed === null) return null;
  return (
    <div role="status">
      <Notice tone="info">
        <p>
          <Trans>
            The session of <SessionDate startedAtUtc={removed.startedAtUtc} /> was deleted.
          </Trans>
        </p>
        <p className="small">
          <Trans>You can bring it back until you leave this page.</Trans>
        </p>
        {error !== null && <ProblemNotice words={storageProblemWords(error)} detail={String(error)} />}
        <div className="notice-actions">
          <button
            type="button"
            className="button button-second button-small"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              setError(null);
              removed
                .restore()
                .then(() => {
                  forget();
                  onChange();
                }, setError)
                .finally(() => setBusy(false));
            }}
          >
            <Trans>Undo</Trans>
          </button>
          <button type="button" className="button button-quiet button-small" onClick={forget}>
            <Trans>All right</Trans>
          </button>
        </div>
      </Notice>
    </div>
  );
}
