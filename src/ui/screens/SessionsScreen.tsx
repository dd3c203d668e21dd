import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { HistoryFilterBar } from '../components/HistoryFilterBar.tsx';
import { ImportButton } from '../components/ImportButton.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { RecomputeCard } from '../components/RecomputeCard.tsx';
import { SessionList } from '../components/SessionList.tsx';
import { UndoNotice } from '../components/UndoNotice.tsx';
import { Unfinished } from '../components/Unfinished.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { isFiltering, NO_FILTER } from '../history-filter.ts';
import { useHistory } from '../hooks/use-history.ts';
import type { StoredSession } from '../services.ts';
import { exerciseWords, roleName } from '../text/exercise-text.ts';

/** Two at a time are laid side by side. */
const COMPARED = 2;

/** Everything that was done, newest first; years of it open as quickly as a week. */
export function SessionsScreen() {
  const { t, i18n } = useLingui();
  const [, navigate] = useLocation();
  const [filter, setFilter] = useState(NO_FILTER);
  const describe = useCallback(
    (stored: StoredSession): string => {
      const result = stored.report ?? stored.result;
      const sets = [...(result?.sets ?? []), ...(result?.unmeasuredSets ?? [])];
      const date = new Date(stored.startedAtUtc);
      return [
        ...sets.map(({ exerciseId }) => t(exerciseWords(exerciseId).title)),
        ...stored.roles.map((role) => t(roleName(role))),
        Number.isNaN(date.getTime()) ? '' : date.toLocaleDateString(i18n.locale, { dateStyle: 'full' }),
        stored.state === 'imported' ? t`Imported` : '',
        stored.state === 'unfinished' ? t`Not finished` : '',
        stored.simulated ? t`Virtual kit` : '',
      ].join(' ');
    },
    [t, i18n.locale],
  );
  const { history, more, reload } = useHistory(filter, describe);
  const { sessions, hasMore, isReading, error } = history;
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const filters = isFiltering(filter);
  const isEmpty = sessions.length === 0 && !isReading && error === null;
  return (
    <DoorShell>
      <main className="page" id="main">
        <div className="page-head wrap">
          <h1>
            <Trans>Your sessions</Trans>
          </h1>
          <ImportButton />
        </div>
        <UndoNotice onChange={reload} />
        {error !== null && <FailedToRead error={error} onRetry={reload} />}
        <Unfinished sessions={sessions} onChange={reload} />
        {(sessions.length > 0 || filters) && <HistoryFilterBar filter={filter} onChange={setFilter} />}
        {(sessions.length > 1 || chosen !== null) && (
          <CompareBar
            chosen={chosen}
            onChoose={setChosen}
            onCompare={([a = '', b = '']) =>
              navigate(`/compare/${encodeURIComponent(a)}/${encodeURIComponent(b)}`)
            }
          />
        )}
        {isReading && sessions.length === 0 && <WaitingForSessions />}
        {filters && (
          <p className="small" role="status">
            {isReading ? (
              <Trans>Looking</Trans>
            ) : hasMore ? (
              <Plural value={sessions.length} one="# found so far" other="# found so far" />
            ) : (
              <Plural value={sessions.length} one="# found" other="# found" />
            )}
          </p>
        )}
        {sessions.length > 0 && (
          <SessionList
            sessions={sessions}
            chosen={chosen}
            onChoose={(sessionId) =>
              setChosen((known) =>
                known?.includes(sessionId)
                  ? known.filter((one) => one !== sessionId)
                  : [...(known ?? []), sessionId].slice(-COMPARED),
              )
            }
          />
        )}
        {hasMore && sessions.length > 0 && (
          <button
            type="button"
            className="button button-second button-wide"
            disabled={isReading}
            onClick={more}
          >
            <Trans>Show earlier sessions</Trans>
          </button>
        )}
        {isEmpty && filters && (
          <section className="card">
            <p className="muted">
              <Trans>No session is like that. Change the search, or show all sessions.</Trans>
            </p>
          </section>
        )}
        {isEmpty && !filters && (
          <section className="card stack">
            <h2>
              <Trans>Nothing here yet</Trans>
            </h2>
            <p className="muted">
              <Trans>Your first session takes about six minutes. You can also try it without sensors.</Trans>
            </p>
            <Link href="/today" className="button button-primary">
              <Trans>Go to today's session</Trans>
            </Link>
          </section>
        )}
        {sessions.length > 0 && !filters && <RecomputeCard />}
      </main>
    </DoorShell>
  );
}

/** Choosing two sessions; null while nobody compares. */
function CompareBar({
  chosen,
  onChoose,
  onCompare,
}: {
  readonly chosen: readonly string[] | null;
  readonly onChoose: (chosen: readonly string[] | null) => void;
  readonly onCompare: (chosen: readonly string[]) => void;
}) {
  if (chosen === null)
    return (
      <button
        type="button"
        className="button button-quiet button-small history-clear"
        onClick={() => onChoose([])}
      >
        <Trans>Compare two sessions</Trans>
      </button>
    );
  return (
    <div className="compare-bar">
      <p role="status">
        {chosen.length < COMPARED ? (
          <Trans>Choose two sessions in the list: {chosen.length} of 2</Trans>
        ) : (
          <Trans>Two are chosen.</Trans>
        )}
      </p>
      <div className="row">
        <button
          type="button"
          className="button button-primary button-small"
          disabled={chosen.length < COMPARED}
          onClick={() => onCompare(chosen)}
        >
          <Trans>Compare</Trans>
        </button>
        <button type="button" className="button button-quiet button-small" onClick={() => onChoose(null)}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    </div>
  );
}
