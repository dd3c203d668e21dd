import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { LIVE_FRAME, LIVE_SENSOR } from '../../core/pipeline/live-frame.ts';
import { useRoom } from '../services-context.ts';
import type { FlowSensor } from '../stores/session-flow-state.ts';
import { badgeName, roleName } from '../text/exercise-text.ts';
import { SensorBadge } from './SensorBadge.tsx';

/** One sensor: colour, shape and word, where it goes, its rate, and a dot that breathes only while data flows. */
export function SensorRow({ sensor, moving }: { readonly sensor: FlowSensor; readonly moving: boolean }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const rate = useRef<HTMLSpanElement>(null);
  const dot = useRef<HTMLSpanElement>(null);
  const { sensorIndex } = sensor;

  useEffect(() => {
    const show = () => {
      const frame = services.session.latestFrame();
      const at = LIVE_FRAME.sensors + sensorIndex * LIVE_SENSOR.stride;
      const last = frame?.[at + LIVE_SENSOR.hostTimeMs] ?? NaN;
      const flows = performance.now() - last < 1000;
      // What really came; the pace that the device states only while that is still being counted.
      const delivered = frame?.[at + LIVE_SENSOR.deliveredHz] ?? NaN;
      const perSecond = Number.isNaN(delivered) ? (frame?.[at + LIVE_SENSOR.rateHz] ?? NaN) : delivered;
      if (rate.current !== null)
        rate.current.textContent = flows && Number.isFinite(perSecond) ? `${Math.round(perSecond)}/s` : '–';
      if (dot.current !== null) dot.current.dataset['flow'] = flows ? 'yes' : 'none';
    };
    show();
    const timer = setInterval(show, 250);
    return () => clearInterval(timer);
  }, [services, sensorIndex]);

  return (
    <li className="line-item">
      <SensorBadge role={sensor.role} />
      <div className="grow">
        <b>{t(badgeName(sensor.role))}</b>
        <div className="small">
          {t(roleName(sensor.role))}
          {sensor.batteryPercent !== null && (
            <>
              {' · '}
              <Trans>battery {sensor.batteryPercent} %</Trans>
            </>
          )}
          {!sensor.connected && (
            <span className="warn">
              {' · '}
              <Trans>link lost</Trans>
            </span>
          )}
          {moving && (
            <span className="warn">
              {' · '}
              <Trans>moving</Trans>
            </span>
          )}
        </div>
      </div>
      <span className="small">
        <span className="visually-hidden">
          <Trans>Samples a second:</Trans>{' '}
        </span>
        <span ref={rate}>–</span>
      </span>
      <span ref={dot} className="pulse" data-flow="none" aria-hidden="true" />
    </li>
  );
}
