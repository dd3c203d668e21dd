import { Trans } from '@lingui/react/macro';
import History from 'lucide-react/icons/history';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCareJournal } from '../hooks/use-care-journal.ts';
import { useRoom } from '../services-context.ts';
import type { StoredSession } from '../services.ts';
import { useRemovedSession } from '../stores/removed-session.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { hasDayDone, programmeOf, tellUntold } from '../untold-session.ts';
import { ProblemNotice } from './Notice.tsx';
import { Duration, SessionDate } from './SessionList.tsx';
import { VirtualMark } from './VirtualMark.tsx';

/** A session that was cut off: found at the next opening, and offered. Whoever shows it shows the way back after a deletion too. */
export function Unfinished({
  sessions,
  onChange,
}: {
  readonly sessions: readonly StoredSession[];
  readonly onChange: () => void;
}) {
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const keepRemoved = useRemovedSession((store) => store.keep);
  const stored = sessions.find((candidate) => candidate.state === 'unfinished');
  const journal = useCareJournal();
  if (stored === undefined) return null;
  const isToday = journal.kind === 'ready' && programmeOf(journal.entries, stored, journal.moment) !== null;
  const isDayDone = journal.kind === 'ready' && hasDayDone(journal.entries, journal.moment);
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    work()
      .catch((problem: unknown) => setError(problem))
      .finally(() => setBusy(false));
  };
  return (
    <section className="card card-lifted stack">
      <div className="row row-apart wrap">
        <h2 className="row">
          <History size={24} strokeWidth={1.75} aria-hidden="true" />
          <Trans>A session was not finished</Trans>
        </h2>
        {stored.simulated && <VirtualMark />}
      </div>
      <p className="muted">
        <SessionDate startedAtUtc={stored.startedAtUtc} />
        {/* By the clock no sensor tells how long it was; what was cut off at once lasted no second. */}
        {stored.durationS >= 1 && (
          <>
            {' · '}
            <Duration seconds={stored.durationS} />
          </>
        )}
        . <Trans>What was recorded is safe.</Trans>
      </p>
      {isToday && (
        <p>
          {isDayDone ? (
            <Trans>
              You did today's session after it. If you keep this one too, the two count as one session, and
              what you did and said in each stays.
            </Trans>
          ) : (
            <Trans>
              If you did some of an exercise and keep it, it counts as today's session. To do today's session
              from the start, delete it.
            </Trans>
          )}
        </p>
      )}
      {error !== null && <ProblemNotice words={storageProblemWords(error)} detail={String(error)} />}
      <div className="row wrap">
        <button
          type="button"
          className="button button-primary button-small"
          disabled={busy}
          onClick={() =>
            run(async () => {
              const recovered = await services.log.recover(stored.sessionId);
              await tellUntold(services, [recovered]);
              navigate(`/sessions/${encodeURIComponent(recovered.sessionId)}`);
            })
          }
        >
          <Trans>Keep it</Trans>
        </button>
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={busy}
          onClick={() =>
            run(async () => {
              const restore = await services.log.remove(stored.sessionId);
              keepRemoved({ startedAtUtc: stored.startedAtUtc, restore });
              onChange();
            })
          }
        >
          <Trans>Delete it</Trans>
        </button>
      </div>
    </section>
  );
}
