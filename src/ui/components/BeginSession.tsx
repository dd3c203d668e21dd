import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { useRoom } from '../services-context.ts';
import type { ThoraServices } from '../services.ts';
import { isUnderWay, type FlowPlan } from '../stores/session-flow-state.ts';

const ShortForm = lazy(async () => ({ default: (await import('./ShortForm.tsx')).ShortForm }));
const CannotBegin = lazy(async () => ({ default: (await import('./CannotBegin.tsx')).CannotBegin }));
const ElsewhereSheet = lazy(async () => ({ default: (await import('./ElsewhereSheet.tsx')).ElsewhereSheet }));
const BeginSheet = lazy(async () => ({ default: (await import('./BeginSheet.tsx')).BeginSheet }));

/**
 * Begins a session. Where one runs already it asks which of the two is meant; where one runs in another tab, or the
 * browser has no radio, it says so at once. What the safety questions allow comes before anything else. The sheet is to be
 * drawn.
 */
export function useBeginSession(): { readonly begin: (plan: FlowPlan) => void; readonly sheet: ReactNode } {
  const { session, services } = useRoom();
  const [, navigate] = useLocation();
  const radio = useBluetooth();
  const [asked, setAsked] = useState<FlowPlan | null>(null);
  const [elsewhere, setElsewhere] = useState<FlowPlan | null>(null);
  const [unanswered, setUnanswered] = useState<FlowPlan | null>(null);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  const start = async (plan: FlowPlan): Promise<void> => {
    const { standsBefore } = await import('../session-safety.ts');
    const stands = await standsBefore(services.journal, plan);
    if (stands === 'short') {
      setAsked(null);
      setUnanswered(plan);
      return;
    }
    // Two sessions at once would be two bodies in one record, and only one of them is kept.
    if (stands === 'nothing' && plan.record && (await services.log.isRecordedElsewhere())) {
      setAsked(null);
      setElsewhere(plan);
      return;
    }
    // One form serves one session.
    const { askPain, programme } = plan;
    if (stands === 'nothing' && askPain)
      await services.journal.append({ kind: 'sessionBegun', ...(programme !== undefined && { programme }) });
    if (stands === 'nothing')
      await session.getState().begin({ ...plan, usualPain: await usualPainOf(services, plan) });
    navigate(stands === 'nothing' ? '/session' : '/safety');
  };
  const tryToStart = (plan: FlowPlan): void => {
    start(plan).catch((error: unknown) => setFailure({ error }));
  };
  return {
    begin: (plan) => {
      if (isUnderWay(session.getState().flow)) setAsked(plan);
      else if (plan.kit !== 'bluetooth') tryToStart(plan);
      else
        // Whoever is quick presses before the browser has said whether it has a radio.
        void services.kit.bluetoothAvailability().then(
          (found) => (found === 'unsupported' ? setAsked(plan) : tryToStart(plan)),
          () => setAsked(plan),
        );
    },
    sheet: (
      <Suspense fallback={null}>
        {asked !== null && (
          <BeginSheet
            asked={asked}
            hasRadio={radio !== 'unsupported'}
            onStart={tryToStart}
            onClose={() => setAsked(null)}
          />
        )}
        {elsewhere !== null && (
          <ElsewhereSheet
            onRetry={() => {
              setElsewhere(null);
              tryToStart(elsewhere);
            }}
            onClose={() => setElsewhere(null)}
          />
        )}
        {unanswered !== null && (
          <ShortForm
            onWell={() => {
              setUnanswered(null);
              tryToStart(unanswered);
            }}
            onLocked={() => navigate('/safety')}
            onClose={() => setUnanswered(null)}
          />
        )}
        {failure !== null && <CannotBegin error={failure.error} onClose={() => setFailure(null)} />}
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
