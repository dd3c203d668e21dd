import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { SessionFrame } from './SessionFrame.tsx';

/** A sensor that is hot, burns, itches or is wet comes off, and the skin is looked at (stop rule S-9). */
export function SkinCheck({
  onLeave,
  onSore,
  onEnd,
}: {
  readonly onLeave: () => void;
  /** Told once. */
  readonly onSore: () => void;
  readonly onEnd: () => void;
}) {
  const { t } = useLingui();
  const [isSore, setIsSore] = useState(false);
  return (
    <SessionFrame
      name={t`Stopped`}
      step={null}
      title={isSore ? t`Leave the sensors off` : t`Take the sensors off now`}
      lead={
        isSore ? (
          <Trans>Keep the skin clean and dry, and put nothing on it until it has healed.</Trans>
        ) : (
          <Trans>Put them on a table, away from water. Then look at the skin under each of them.</Trans>
        )
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        <ul className="card safety-steps">
          {isSore ? (
            <>
              <li>
                <Trans>Show it to a doctor or pharmacist if it is red for more than half an hour.</Trans>
              </li>
              <li>
                <Trans>Show it today if there are blisters, or if it spreads.</Trans>
              </li>
              <li>
                <Trans>Next time use another kind of strap, over thin clothing.</Trans>
              </li>
            </>
          ) : (
            <>
              <li>
                <Trans>Do not wear or charge a sensor again that was hot or wet.</Trans>
              </li>
              <li>
                <Trans>Is the skin red, sore or itchy, or are there blisters?</Trans>
              </li>
            </>
          )}
        </ul>
      </div>
      <div className="session-actions">
        {isSore ? (
          <button type="button" className="button button-primary button-wide" onClick={onEnd}>
            <Trans>Save the session and end</Trans>
          </button>
        ) : (
          <>
            <button type="button" className="button button-primary button-wide" onClick={onEnd}>
              <Trans>My skin looks fine: save and end</Trans>
            </button>
            <button
              type="button"
              className="button button-second button-wide"
              onClick={() => {
                onSore();
                setIsSore(true);
              }}
            >
              <Trans>It is red, sore, itchy or blistered</Trans>
            </button>
          </>
        )}
      </div>
    </SessionFrame>
  );
}
