import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { endSession } from '../end-session.ts';
import { useSafety } from '../hooks/use-safety.ts';
import { useRoom } from '../services-context.ts';
import { isUnderWay } from '../stores/session-flow-state.ts';
import { JournalProblem } from './JournalProblem.tsx';

const LockPage = lazy(async () => ({ default: (await import('../screens/safety/LockPage.tsx')).LockPage }));

/**
 * Around every page from which something could be started: while a lock stands, in whichever tab it came about, it shows
 * the lock.
 */
export function SafetyGate({
  emergencyOnly,
  children,
}: {
  /** Lesser locks leave what is behind it open. */
  readonly emergencyOnly: boolean;
  readonly children: ReactNode;
}) {
  const safety = useSafety();
  const { session } = useRoom();
  const isLocked = safety.kind === 'ready' && safety.status.lock !== null;
  const runs = session((store) => isUnderWay(store.flow));
  useEffect(() => {
    if (isLocked && runs) endSession(session);
  }, [isLocked, runs, session]);
  if (safety.kind === 'waiting') return null;
  if (safety.kind === 'failed') return <JournalProblem error={safety.error} />;
  const { lock } = safety.status;
  if (lock === null || (emergencyOnly && lock.action !== 'emergency')) return children;
  return (
    <Suspense fallback={null}>
      <LockPage safety={safety} />
    </Suspense>
  );
}
