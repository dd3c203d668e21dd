import { Trans, useLingui } from '@lingui/react/macro';
import { PAIN_LIMITS } from '../../../core/exercise/coaching-thresholds.ts';
import { Notice } from '../../components/Notice.tsx';
import { useRoom } from '../../services-context.ts';
import { SessionFrame } from './SessionFrame.tsx';

/** Pain of 7 or more before a session, or far above the usual: rest, or half of it (stop rule S-8). */
export function PainHighStep({
  onRest,
  onLeave,
}: {
  readonly onRest: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const { session } = useRoom();
  const send = session((store) => store.send);
  const pain = session((store) => store.flow.painBefore);
  const isHigh = pain !== null && pain >= PAIN_LIMITS.flareFrom;
  return (
    <SessionFrame
      name={t`Before we start`}
      step={null}
      title={t`Take it easy today`}
      lead={
        isHigh ? (
          <Trans>
            You said {pain} of 10. From 7 on, the usual session is not for today. Rest, or do a gentle one.
          </Trans>
        ) : (
          <Trans>
            You said {pain} of 10, far more than usual for you. The usual session is not for today. Rest, or
            do a gentle one.
          </Trans>
        )
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        <section className="card">
          <h2>
            <Trans>A gentle session</Trans>
          </h2>
          <p>
            <Trans>Half as many moves, and half as far. Stop when it hurts more.</Trans>
          </p>
        </section>
        <Notice tone="warn">
          <p>
            <Trans>
              Ask a doctor today if the pain is new after a fall or a blow, or comes with fever, numbness or
              weakness. Chest pain, short breath or fainting: call your local emergency number now.
            </Trans>
          </p>
        </Notice>
      </div>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onRest}>
          <Trans>Rest today</Trans>
        </button>
        <button
          type="button"
          className="button button-second button-wide"
          onClick={() => send({ kind: 'startGently' })}
        >
          <Trans>Start gently</Trans>
        </button>
      </div>
    </SessionFrame>
  );
}
