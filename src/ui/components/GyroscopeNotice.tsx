import { useLingui } from '@lingui/react/macro';
import { useRoom } from '../services-context.ts';
import { kitMonitor } from '../stores/kit-monitor.ts';
import { badgeName } from '../text/exercise-text.ts';
import { checkWords } from '../text/kit-text.ts';
import { Notice } from './Notice.tsx';

/** A sensor whose gyroscope is wrong cannot be checked by a movement, or shows wrong angles: it is told at once. */
export function GyroscopeNotice() {
  const { t } = useLingui();
  const { useHealth } = kitMonitor(useRoom());
  const check = useHealth((health) =>
    health.checks.find(({ name, state }) => state === 'look' && (name === 'axes' || name === 'turns')),
  );
  const sensors = useHealth((health) => health.sensors);
  if (check === undefined) return null;
  const which = sensors
    .filter((sensor) => check.sensorIndexes.includes(sensor.reading.sensorIndex))
    .map((sensor) => t(badgeName(sensor.role)))
    .join(', ');
  const words = checkWords(check, which);
  return (
    <Notice tone="stop" alert>
      <p>
        <b>{t(words.what)}</b>
      </p>
      {words.fix !== null && <p>{t(words.fix)}</p>}
    </Notice>
  );
}
