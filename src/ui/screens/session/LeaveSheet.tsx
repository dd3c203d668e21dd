import { Trans, useLingui } from '@lingui/react/macro';
import { Sheet } from '../../components/Sheet.tsx';

export function LeaveSheet({
  onStay,
  onLeave,
}: {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  return (
    <Sheet title={t`Leave the session?`} onClose={onStay}>
      <p className="muted">
        <Trans>What was recorded stays on this device. You can finish or delete it later.</Trans>
      </p>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onStay}>
          <Trans>Go on</Trans>
        </button>
        <button type="button" className="button button-second button-wide" onClick={onLeave}>
          <Trans>Leave</Trans>
        </button>
      </div>
    </Sheet>
  );
}
