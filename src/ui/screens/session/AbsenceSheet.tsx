import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Sheet } from '../../components/Sheet.tsx';
import type { Absence } from '../../hooks/use-absence.ts';
import { decimal } from '../../text/number-text.ts';

/** Nobody saw the set for a while: what that means, and whether to go on. */
export function AbsenceSheet({
  absence,
  onGoOn,
  onClose,
}: {
  readonly absence: Absence;
  readonly onGoOn: () => void;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useLingui();
  return (
    <Sheet title={t`Welcome back`} onClose={onClose}>
      <p>
        <Plural
          value={absence.seconds}
          one="This page was out of sight for # second. The set was paused, and nothing was counted."
          other="This page was out of sight for # seconds. The set was paused, and nothing was counted."
        />
      </p>
      {absence.gapS > 0 && (
        <p className="muted">
          <Trans>
            The sensors could not be heard for {decimal(absence.gapS, i18n.locale)} s. That gap stays in the
            recording.
          </Trans>
        </p>
      )}
      <p className="muted">
        <Trans>Go to your start position, then go on.</Trans>
      </p>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onGoOn}>
          <Trans>Go on</Trans>
        </button>
        <button type="button" className="button button-quiet" onClick={onClose}>
          <Trans>Stay paused</Trans>
        </button>
      </div>
    </Sheet>
  );
}
