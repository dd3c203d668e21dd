import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useMemo } from 'react';
import { useSessions } from '../hooks/use-sessions.ts';
import type { StoredSession } from '../services.ts';
import { ExplainNumber } from './ExplainNumber.tsx';
import { useDuration } from './SessionTimes.tsx';

/** How many first and last sessions are compared at most: one alone may have been interrupted. */
const COMPARED = 3;
/** Whoever knows the way is moving within it. */
const RETURN_S = 60;

/** The effort of getting started, first sessions against the last ones: it should fall. */
export function FrictionCard() {
  const { t } = useLingui();
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
      {times.opening !== null && times.opening.lastS <= RETURN_S && (
        <p className="row good">
          <CircleCheck size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>You are moving within a minute.</Trans>
        </p>
      )}
      <p className="small">
        <Plural
          value={Math.max(times.opening?.count ?? 0, times.donning?.count ?? 0)}
          one="Middle of your first session and your last one"
          other="Middle of your first # sessions and your last #"
        />
      </p>
      <ExplainNumber about={t`Getting started`}>
        <dl className="pairs">
          <dt>
            <Trans>Opening to first move</Trans>
          </dt>
          <dd>
            <Trans>
              From the moment Thora opens, or comes back after half a minute away, until the first move that
              counts. Once the sensors know you, a minute is enough.
            </Trans>
          </dd>
          <dt>
            <Trans>Sensors on</Trans>
          </dt>
          <dd>
            <Trans>From the end of their rest on the table until you stand tall with all of them on.</Trans>
          </dd>
          <dt>
            <Trans>Which sessions</Trans>
          </dt>
          <dd>
            <Trans>
              Your first ones against your last ones, up to three each, and the middle of each: one
              interrupted session moves nothing. The virtual kit does not count.
            </Trans>
          </dd>
          <dt>
            <Trans>It does not say</Trans>
          </dt>
          <dd>
            <Trans>how well you exercise. It should only get easier to begin.</Trans>
          </dd>
        </dl>
      </ExplainNumber>
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
