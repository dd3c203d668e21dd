import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { LIVE_SENSOR } from '../../core/pipeline/live-frame.ts';
import { sensorValue } from '../live-values.ts';
import { useRoom } from '../services-context.ts';
import type { FlowSensor } from '../stores/session-flow-state.ts';
import { badgeName, roleName } from '../text/exercise-text.ts';
import { SensorBadge } from './SensorBadge.tsx';

/** One sensor: colour, shape and word, where it goes, its rate, and a dot that breathes only while data flows. */
export function SensorRow({
  sensor,
  moving,
  tapped,
}: {
  readonly sensor: FlowSensor;
  readonly moving: boolean;
  /** Its case was tapped twice a moment ago. */
  readonly tapped: boolean;
}) {
  const { t } = useLingui();
  const { services } = useRoom();
  const rate = useRef<HTMLSpanElement>(null);
  const dot = useRef<HTMLSpanElement>(null);
  const { sensorIndex } = sensor;

  useEffect(() => {
    const show = () => {
      const frame = services.session.latestFrame();
      const last = sensorValue(frame, sensorIndex, LIVE_SENSOR.hostTimeMs);
      const flows = performance.now() - last < 1000;
      // What really came; the pace that the device states only while that is still being counted.
      const delivered = sensorValue(frame, sensorIndex, LIVE_SENSOR.deliveredHz);
      const perSecond = Number.isNaN(delivered)
        ? sensorValue(frame, sensorIndex, LIVE_SENSOR.rateHz)
        : delivered;
      if (rate.current !== null)
        rate.current.textContent = flows && Number.isFinite(perSecond) ? `${Math.round(perSecond)}/s` : '–';
      if (dot.current !== null) dot.current.dataset['flow'] = flows ? 'yes' : 'none';
    };
    show();
    const timer = setInterval(show, 250);
    return () => clearInterval(timer);
  }, [services, sensorIndex]);

  return (
    <li className="line-item" data-tapped={tapped ? '' : undefined}>
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
          {tapped && (
            <b className="tapped">
              {' · '}
              <Trans>tapped just now</Trans>
            </b>
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
