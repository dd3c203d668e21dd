import { Trans, useLingui } from '@lingui/react/macro';
import type { DataEvent } from '../services.ts';
import { eventWords } from '../text/backup-text.ts';
import { SessionDate } from './SessionList.tsx';

/** What was done to the data on this device, of whomever: no names. */
export function EventsCard({ events }: { readonly events: readonly DataEvent[] }) {
  const { t } = useLingui();
  if (events.length === 0) return null;
  return (
    <details className="card">
      <summary>
        <Trans>What was done to the data on this device</Trans>
      </summary>
      <ul className="plain-list stack">
        {events.map(({ atUtc, event }, index) => (
          <li key={`${atUtc}-${index}`}>
            <span className="small">
              <SessionDate startedAtUtc={atUtc} />
            </span>{' '}
            {t(eventWords(event))}
          </li>
        ))}
      </ul>
    </details>
  );
}
