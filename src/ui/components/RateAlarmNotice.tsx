import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import { kitMonitor } from '../stores/kit-monitor.ts';
import { badgeName } from '../text/exercise-text.ts';
import { alarmWords } from '../text/kit-text.ts';
import { Notice } from './Notice.tsx';

/** Fewer than that are not advised. */
const FEW_HZ = 50;

/** Says which sensor does not get its share of the radio, and offers the ways out. */
export function RateAlarmNotice() {
  const { t } = useLingui();
  const room = useRoom();
  const alarm = kitMonitor(room).useHealth((health) => health.alarm);
  const sensors = kitMonitor(room).useHealth((health) => health.sensors);
  const kit = room.session((store) => store.flow.plan?.kit);
  const step = room.session((store) => store.flow.step);
  const connectFirst = room.session((store) => store.connectFirst);
  const lowerRate = room.session((store) => store.lowerRate);
  const lowerRateHz = room.session((store) => store.lowerRateHz);
  const [busy, setBusy] = useState(false);
  if (alarm === null) return null;
  const starved = sensors.find((sensor) => sensor.reading.sensorIndex === alarm.sensorIndex);
  const which = starved === undefined ? '' : t(badgeName(starved.role));
  const words = alarmWords(alarm.kind, which);
  // A set is not broken off for it.
  const canMend = kit === 'bluetooth' && step !== 'set' && alarm.kind !== 'ownPace';
  const rateHz = canMend && sensors.length > 1 ? lowerRateHz() : null;
  const mend = (work: () => Promise<void>) => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  return (
    <Notice tone="warn" alert>
      <p>
        <b>{t(words.happened)}</b>
      </p>
      <p>{t(words.next)}</p>
      {canMend && (alarm.kind === 'starved' || rateHz !== null) && (
        <div className="notice-actions">
          {alarm.kind === 'starved' && (
            <button
              type="button"
              className="button button-second button-small"
              disabled={busy}
              onClick={() => mend(() => connectFirst(alarm.sensorIndex))}
            >
              {busy ? <Trans>Working on it</Trans> : <Trans>Connect {which} first</Trans>}
            </button>
          )}
          {rateHz !== null && !busy && (
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => mend(lowerRate)}
            >
              <Trans>Ask all for {rateHz} samples a second</Trans>
            </button>
          )}
        </div>
      )}
      {rateHz !== null && rateHz < FEW_HZ && (
        <p className="small">
          <Trans>With fewer samples, quick moves are measured less exactly.</Trans>
        </p>
      )}
    </Notice>
  );
}
