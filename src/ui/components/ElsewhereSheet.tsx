import { Trans, useLingui } from '@lingui/react/macro';
import { Sheet } from './Sheet.tsx';

/** A session runs in another tab: it is finished there first. */
export function ElsewhereSheet({
  onRetry,
  onClose,
}: {
  readonly onRetry: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  return (
    <Sheet title={t`A session runs in another tab`} onClose={onClose}>
      <p className="muted">
        <Trans>Finish it there, or close that tab. Then start here.</Trans>
      </p>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onRetry}>
          <Trans>Try again</Trans>
        </button>
        <button type="button" className="button button-quiet" onClick={onClose}>
          <Trans>Not now</Trans>
        </button>
      </div>
    </Sheet>
  );
}
