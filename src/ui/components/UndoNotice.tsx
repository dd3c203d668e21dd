import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useRemovedSession } from '../stores/removed-session.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import { Notice, ProblemNotice } from './Notice.tsx';
import { SessionDate } from './SessionList.tsx';

/** A session was deleted: the way back, until this list is left. */
export function UndoNotice({ onChange }: { readonly onChange: () => void }) {
  const removed = useRemovedSession((store) => store.removed);
  const forget = useRemovedSession((store) => store.forget);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => forget, [forget]);
  if (error !== null) return <ProblemNotice words={unknownProblemWords()} detail={String(error)} />;
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
          <Trans>You can bring it back until you leave this list.</Trans>
        </p>
        <div className="notice-actions">
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => {
              removed.restore().then(() => {
                forget();
                onChange();
              }, setError);
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
