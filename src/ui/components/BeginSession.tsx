import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { useRoom } from '../services-context.ts';
import { isUnderWay, type FlowPlan } from '../stores/session-flow-state.ts';

const BeginSheet = lazy(async () => ({ default: (await import('./BeginSheet.tsx')).BeginSheet }));

/**
 * Begins a session. Where one runs already it asks which of the two is meant, and where the browser has no radio it
 * says so at once. The sheet is to be drawn.
 */
export function useBeginSession(): { readonly begin: (plan: FlowPlan) => void; readonly sheet: ReactNode } {
  const { session } = useRoom();
  const [, navigate] = useLocation();
  const radio = useBluetooth();
  const [asked, setAsked] = useState<FlowPlan | null>(null);
  const start = (plan: FlowPlan) => {
    void session
      .getState()
      .begin(plan)
      .then(() => navigate('/session'));
  };
  return {
    begin: (plan) => {
      const needsRadio = plan.kit === 'bluetooth' && radio === 'unsupported';
      if (needsRadio || isUnderWay(session.getState().flow)) setAsked(plan);
      else start(plan);
    },
    sheet: asked !== null && (
      <Suspense fallback={null}>
        <BeginSheet
          asked={asked}
          hasRadio={radio !== 'unsupported'}
          onStart={start}
          onClose={() => setAsked(null)}
        />
      </Suspense>
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
