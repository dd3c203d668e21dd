import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useRoom } from '../services-context.ts';
import type { FlowPlan } from '../stores/session-flow-state.ts';
import { isUnderWay } from '../stores/session-flow.ts';
import { Sheet } from './Sheet.tsx';

/** Begins a session; where one runs already, asks which of the two is meant. The sheet is to be drawn. */
export function useBeginSession(): { readonly begin: (plan: FlowPlan) => void; readonly sheet: ReactNode } {
  const { t } = useLingui();
  const { session } = useRoom();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<FlowPlan | null>(null);
  const start = (plan: FlowPlan) => {
    session.getState().send({ kind: 'begin', plan });
    navigate('/session');
  };
  const running = session.getState().flow.plan?.kit;
  return {
    begin: (plan) => {
      if (isUnderWay(session.getState().flow)) setAsked(plan);
      else start(plan);
    },
    sheet: asked !== null && (
      <Sheet title={t`A session is still running`} onClose={() => setAsked(null)}>
        <p className="muted">
          {running === 'virtual' ? (
            <Trans>It runs with the virtual kit.</Trans>
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
          <button
            type="button"
            className="button button-second button-wide"
            onClick={() => {
              session.getState().send({ kind: 'leave' });
              start(asked);
            }}
          >
            <Trans>Stop it and start the new one</Trans>
          </button>
        </div>
      </Sheet>
    ),
  };
}

/** On every other page while a session runs: the way back. */
export function RunningSession() {
  const { session } = useRoom();
  const [here] = useLocation();
  const runs = session((store) => isUnderWay(store.flow));
  if (!runs || here === '/session') return null;
  return (
    <div className="running-bar" role="status">
      <span>
        <Trans>A session is still open.</Trans>
      </span>
      <Link href="/session" className="button button-primary button-small">
        <Trans>Return to it</Trans>
      </Link>
    </div>
  );
}
