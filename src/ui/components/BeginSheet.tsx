import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from 'wouter';
import { useRoom } from '../services-context.ts';
import { isUnderWay, type FlowPlan } from '../stores/session-flow-state.ts';
import { sensorErrorWords } from '../text/problem-text.ts';
import { Sheet } from './Sheet.tsx';

/** What stands in the way of the session that was asked for, and the ways on. */
export function BeginSheet({
  asked,
  hasRadio,
  onStart,
  onClose,
}: {
  readonly asked: FlowPlan;
  readonly hasRadio: boolean;
  readonly onStart: (plan: FlowPlan) => void;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { session } = useRoom();
  const [, navigate] = useLocation();
  const flow = session((store) => store.flow);
  if (!isUnderWay(flow)) {
    const words = sensorErrorWords('bluetoothUnsupported');
    return (
      <Sheet title={t(words.happened)} onClose={onClose}>
        <p className="muted">{t(words.next)}</p>
        <div className="session-actions">
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => onStart({ ...asked, kit: 'virtual' })}
          >
            <Trans>Try it without sensors</Trans>
          </button>
          <Link href="/browser" className="button button-second button-wide">
            <Trans>How to use my sensors</Trans>
          </Link>
          <button type="button" className="button button-quiet" onClick={onClose}>
            <Trans>Not now</Trans>
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={t`A session is still running`} onClose={onClose}>
      <p className="muted">
        {flow.plan?.kit === 'virtual' ? (
          <Trans>It runs with the virtual kit.</Trans>
        ) : flow.plan?.kit === 'none' ? (
          <Trans>It goes by the clock, without sensors.</Trans>
        ) : (
          <Trans>It runs with your sensors.</Trans>
        )}{' '}
        <Trans>If you stop it, what was recorded stays on this device.</Trans>
      </p>
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => navigate('/session')}
        >
          <Trans>Return to it</Trans>
        </button>
        {(hasRadio || asked.kit !== 'bluetooth') && (
          <button
            type="button"
            className="button button-second button-wide"
            onClick={() => {
              session.getState().send({ kind: 'leave' });
              onStart(asked);
            }}
          >
            <Trans>Stop it and start the new one</Trans>
          </button>
        )}
      </div>
    </Sheet>
  );
}
