import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { useRoom } from '../services-context.ts';
import type { ThoraServices } from '../services.ts';
import { isUnderWay, type FlowPlan } from '../stores/session-flow-state.ts';

const BeginSheet = lazy(async () => ({ default: (await import('./BeginSheet.tsx')).BeginSheet }));

/**
 * Begins a session. Where one runs already it asks which of the two is meant, and where the browser has no radio it
 * says so at once. The sheet is to be drawn.
 */
export function useBeginSession(): { readonly begin: (plan: FlowPlan) => void; readonly sheet: ReactNode } {
  const { services, session } = useRoom();
  const [, navigate] = useLocation();
  const radio = useBluetooth();
  const [asked, setAsked] = useState<FlowPlan | null>(null);
  const start = (plan: FlowPlan) => {
    void usualPainOf(services, plan)
      .then((usual) => session.getState().begin({ ...plan, usualPain: usual }))
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

/** More than anybody does in a week. */
const MOST_SESSIONS = 50;

/** What pain a session of this person usually begins with; null where nothing is known or can be read. */
async function usualPainOf(services: ThoraServices, plan: FlowPlan): Promise<number | null> {
  // A session of the programme has been fitted to the day already.
  if (!plan.askPain || plan.programme !== undefined) return null;
  const { usualPain, usualPainFromUtc } = await import('../session-summary.ts');
  const nowMs = Date.now();
  const query = { after: null, fromUtc: usualPainFromUtc(nowMs), toUtc: null, limit: MOST_SESSIONS };
  const page = await services.log.page(query).catch(() => null);
  return usualPain(
    (page?.sessions ?? []).filter(({ simulated }) => simulated === (plan.kit === 'virtual')),
    nowMs,
  );
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
