import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ServerConnection, ServerView } from '../server-ports.ts';

/** Where the server stands: its name, the login, what waits, what it would not take; and the way to leave it. */
export function ServerStanding({
  view,
  server,
  run,
  canLeave,
}: {
  readonly view: ServerView;
  readonly server: ServerConnection;
  readonly run: (work: () => Promise<void>) => void;
  /** False where it would end more than the page is about. */
  readonly canLeave: boolean;
}) {
  const { i18n } = useLingui();
  const [isLeaving, setLeaving] = useState(false);
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <ul className="plain-list">
        <li>
          <b>{view.host}</b>
        </li>
        <li>
          {view.lastExchangeUtc === null ? (
            <Trans>Nothing was exchanged yet.</Trans>
          ) : (
            <Trans>Last exchange: {time.format(new Date(view.lastExchangeUtc))}</Trans>
          )}
        </li>
        {view.waitingCount > 0 && (
          <li>
            <Plural
              value={view.waitingCount}
              one="# entry waits to be sent"
              other="# entries wait to be sent"
            />
          </li>
        )}
        {view.login === 'notNeeded' && (
          <li className="warn">
            <Trans>This server asks nobody to log in. Use it for trials only.</Trans>
          </li>
        )}
      </ul>
      {view.setAside.length > 0 && (
        <details>
          <summary>
            <Plural
              value={view.setAside.length}
              one="The server would not take # entry"
              other="The server would not take # entries"
            />
          </summary>
          <ul className="small">
            {view.setAside.map(({ resourceType, words }, i) => (
              <li key={i}>
                {resourceType}: {words}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="row wrap">
        {view.login === 'needed' && (
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => run(() => server.logIn())}
          >
            <Trans>Log in</Trans>
          </button>
        )}
        {canLeave && isLeaving && (
          <>
            <p className="small">
              <Trans>What was sent stays on the server. What waits is not sent.</Trans>
            </p>
            <button
              type="button"
              className="button button-danger button-small"
              onClick={() => {
                setLeaving(false);
                run(() => server.leave());
              }}
            >
              <Trans>Leave this server</Trans>
            </button>
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => setLeaving(false)}
            >
              <Trans>Stay</Trans>
            </button>
          </>
        )}
        {canLeave && !isLeaving && (
          <button type="button" className="button button-quiet button-small" onClick={() => setLeaving(true)}>
            <Trans>Leave this server…</Trans>
          </button>
        )}
      </div>
    </>
  );
}
