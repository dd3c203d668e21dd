import { Plural, Trans } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { ENGINE_VERSION } from '../../core/pipeline/engine-version.ts';
import { useRoom } from '../services-context.ts';

/** All sessions with today's engine, in the background: begun, watched and stopped here. */
export function RecomputeCard() {
  const { recomputing } = useRoom().services;
  const state = useSyncExternalStore(
    (listener) => recomputing.onChange(listener),
    () => recomputing.state(),
  );
  return (
    <section className="card stack">
      <h2>
        <Trans>Compute all sessions again</Trans>
      </h2>
      <p className="muted">
        <Trans>
          Every recording keeps what the sensors sent. When Thora has learned something new, it can read the
          old ones again. Both results are kept, side by side. This Thora is {ENGINE_VERSION}.
        </Trans>
      </p>
      {state.kind === 'running' && (
        <div>
          <p role="status">
            {state.waits ? (
              <Trans>Waiting until nothing else is going on.</Trans>
            ) : (
              <Trans>
                Session {state.done + 1} of {state.total}. You can use Thora meanwhile, or close it: it goes
                on when you are back.
              </Trans>
            )}
          </p>
          <progress
            className="progress"
            aria-hidden="true"
            max={Math.max(1, state.total)}
            value={state.done}
          />
        </div>
      )}
      {state.kind === 'finished' && (
        <div role="status" className="stack">
          <p>
            <Plural value={state.total} one="# session was computed." other="# sessions were computed." />{' '}
            {state.changed.length === 0 ? (
              <Trans>Every number is as it was.</Trans>
            ) : (
              <Plural
                value={state.changed.length}
                one="In # session a number is another now:"
                other="In # sessions a number is another now:"
              />
            )}
          </p>
          {state.changed.length > 0 && (
            <ul className="row wrap">
              {state.changed.map((sessionId, i) => (
                <li key={sessionId}>
                  <Link
                    href={`/sessions/${encodeURIComponent(sessionId)}`}
                    className="button button-second button-small"
                  >
                    <Trans>See change {i + 1}</Trans>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {state.failed.length > 0 && (
            <p className="warn">
              <Plural
                value={state.failed.length}
                one="# session could not be computed. What it said before is kept."
                other="# sessions could not be computed. What they said before is kept."
              />
            </p>
          )}
        </div>
      )}
      {state.kind === 'running' ? (
        <button
          type="button"
          className="button button-second button-small"
          onClick={() => recomputing.stop()}
        >
          <Trans>Stop</Trans>
        </button>
      ) : (
        <button
          type="button"
          className="button button-second button-small"
          onClick={() => recomputing.start()}
        >
          <Trans>Compute all again</Trans>
        </button>
      )}
    </section>
  );
}
