import { useLingui } from '@lingui/react/macro';
import Radio from 'lucide-react/icons/radio';
import { useEffect } from 'react';
import { needsLook } from '../../core/quality/kit-check.ts';
import { useRoom } from '../services-context.ts';
import { kitMonitor } from '../stores/kit-monitor.ts';

/** Opens the sensor panel; its sign says whether one needs a look. During a set it pauses: eyes are elsewhere now. */
export function SensorsButton() {
  const { t } = useLingui();
  const room = useRoom();
  const { useHealth, usePanel, begin } = kitMonitor(room);
  const ready = useHealth((health) => health.readyCount);
  const wanted = useHealth((health) => health.wantedCount);
  const look = useHealth((health) => health.sensors.some((sensor) => needsLook(sensor.condition)));
  const send = room.session((store) => store.send);
  useEffect(begin, [begin]);
  const label = t`Sensors: ${ready} of ${wanted} ready`;
  return (
    <button
      type="button"
      className="icon-button sensors-button"
      aria-label={label}
      title={label}
      data-look={look ? '' : undefined}
      onClick={() => {
        send({ kind: 'pause' });
        usePanel.setState({ open: true });
      }}
    >
      <Radio size={24} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
