import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Sheet } from './Sheet.tsx';

export function RemoveLockSheet({
  onClose,
  onRemove,
  children,
}: {
  readonly onClose: () => void;
  readonly onRemove: () => void;
  /** What it means. */
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  return (
    <Sheet title={t`Take the lock away?`} onClose={onClose}>
      <p className="muted">{children}</p>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onClose}>
          <Trans>Keep the lock</Trans>
        </button>
        <button type="button" className="button button-second button-wide" onClick={onRemove}>
          <Trans>Take it away</Trans>
        </button>
      </div>
    </Sheet>
  );
}
