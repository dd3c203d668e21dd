import { Plural, Trans } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useSessions } from '../hooks/use-sessions.ts';
import type { StoredSession } from '../services.ts';
import { useDuration } from './SessionTimes.tsx';

/** How many first and last sessions are compared at most: one alone may have been interrupted. */
const COMPARED = 3;

/** The effort of getting started, first sessions against the last ones: it should fall. */
export function FrictionCard() {
  const { state } = useSessions();
  const times = useMemo(
    () => (state.kind === 'ready' && state.isWhole ? readTimes(state.sessions) : null),
    [state],
  );
  if (times === null || (times.donning === null && times.opening === null)) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>Getting started</Trans>
      </h2>
      <dl className="pairs">
        {times.opening !== null && (
          <>
            <dt>
              <Trans>From opening Thora to your first move</Trans>
            </dt>
            <Then {...times.opening} />
          </>
        )}
        {times.donning !== null && (
          <>
            <dt>
              <Trans>Putting the sensors on</Trans>
            </dt>
            <Then {...times.donning} />
          </>
        )}
      </dl>
      <p className="small">
        <Plural
          value={Math.max(times.opening?.count ?? 0, times.donning?.count ?? 0)}
          one="Middle of your first session and your last one"
          other="Middle of your first # sessions and your last #"
        />
      </p>
    </section>
  );
}

interface Friction {
  readonly firstS: number;
  readonly lastS: number;
  readonly count: number;
}

function Then({ firstS, lastS }: Friction) {
  const duration = useDuration();
  return (
    <dd>
      {duration(firstS)} <span aria-hidden="true">→</span>
      <span className="visually-hidden">
        <Trans>then</Trans>
      </span>{' '}
      <b>{duration(lastS)}</b>
    </dd>
  );
}

function readTimes(sessions: readonly StoredSession[]): {
  readonly opening: Friction | null;
  readonly donning: Friction | null;
} {
  // A virtual body is dressed at once.
  const times = sessions
    .filter(({ simulated }) => !simulated)
    .map(({ result, report }) => (report ?? result)?.times)
    .toReversed();
  const friction = (seconds: readonly (number | null | undefined)[]): Friction | null => {
    const known = seconds.filter((one) => typeof one === 'number');
    const count = Math.min(COMPARED, known.length >> 1);
    if (count === 0) return null;
    return { firstS: middle(known.slice(0, count)), lastS: middle(known.slice(-count)), count };
  };
  return {
    opening: friction(times.map((one) => one?.openedToFirstMoveS)),
    donning: friction(times.map((one) => one?.donningS)),
  };
}

/** Median: one interrupted session moves nothing. */
function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
