import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import { kitMonitor } from '../stores/kit-monitor.ts';
import { badgeName } from '../text/exercise-text.ts';
import { alarmWords } from '../text/kit-text.ts';
import { Notice } from './Notice.tsx';

/** Says which sensor does not get its share of the radio, and the way out. */
export function RateAlarmNotice() {
  const { t } = useLingui();
  const room = useRoom();
  const alarm = kitMonitor(room).useHealth((health) => health.alarm);
  const sensors = kitMonitor(room).useHealth((health) => health.sensors);
  const kit = room.session((store) => store.flow.plan?.kit);
  const connect = room.session((store) => store.connect);
  const [busy, setBusy] = useState(false);
  if (alarm === null) return null;
  const role = sensors.find((sensor) => sensor.reading.sensorIndex === alarm.sensorIndex)?.role;
  const which = role === undefined ? '' : t(badgeName(role));
  const words = alarmWords(alarm.kind, which);
  return (
    <Notice tone="warn" alert>
      <p>
        <b>{t(words.happened)}</b>
      </p>
      <p>{t(words.next)}</p>
      {alarm.kind === 'starved' && kit === 'bluetooth' && role !== undefined && (
        <div className="notice-actions">
          <button
            type="button"
            className="button button-second button-small"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              void connect(role).finally(() => setBusy(false));
            }}
          >
            {busy ? <Trans>Connecting</Trans> : <Trans>Connect {which} again</Trans>}
          </button>
        </div>
      )}
    </Notice>
  );
}
