import { Trans, useLingui } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SegmentRole } from '../../../core/body/segment-role.ts';
import { LIVE_SENSOR } from '../../../core/pipeline/live-frame.ts';
import { ShakeJudge, type ShakeVerdict } from '../../../core/quality/shake-judge.ts';
import { SensorBadge } from '../../components/SensorBadge.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useDoubleTap } from '../../hooks/use-double-tap.ts';
import { sensorValue } from '../../live-values.ts';
import { useRoom } from '../../services-context.ts';
import type { FlowSensor } from '../../stores/session-flow-state.ts';
import { badgeName, shakeRequest } from '../../text/exercise-text.ts';

const EVERY_MS = 50;
/** Older than this a speed says nothing about now. */
const STALE_MS = 500;

/** One place after the other: the sensor that is shaken goes there, and the last place gets the one that is left. */
export function ShakeSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { services, session } = useRoom();
  const sensors = session((store) => store.flow.sensors);
  const plan = session((store) => store.flow.plan);
  const send = session((store) => store.send);
  const [shown, setShown] = useState<Places>(new Map());
  const [verdict, setVerdict] = useState<ShakeVerdict['kind']>('none');
  const fill = useRef<HTMLSpanElement>(null);
  const judge = useMemo(() => new ShakeJudge(), []);
  const roles = useMemo(
    () => (plan?.roles ?? []).filter((one) => sensors.some((sensor) => sensor.role === one)),
    [plan, sensors],
  );
  const role = openRole(roles, shown);

  useDoubleTap((sensorIndex) => setShown((before) => withPlace(before, sensorIndex, sensors, roles)));

  useEffect(() => {
    if (role === undefined) return undefined;
    const look = () => {
      const nowMs = performance.now();
      const frame = services.session.latestFrame();
      const readings = sensors.map(({ sensorIndex }) => {
        const fresh = nowMs - sensorValue(frame, sensorIndex, LIVE_SENSOR.hostTimeMs) < STALE_MS;
        return {
          sensorIndex,
          speedRadPerS: fresh ? sensorValue(frame, sensorIndex, LIVE_SENSOR.rateRadPerS) : NaN,
        };
      });
      const found = judge.take(readings, nowMs);
      setVerdict(found.kind);
      const fraction = found.kind === 'shaking' ? found.fraction : 0;
      if (fill.current !== null) fill.current.style.inlineSize = `${100 * fraction}%`;
      if (found.kind !== 'found') return;
      judge.reset();
      setShown((before) => withPlace(before, found.sensorIndex, sensors, roles));
    };
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [services, judge, role, roles, sensors]);

  const finish = () => {
    send({
      kind: 'rolesShown',
      roles: [...shown].map(([sensorIndex, given]) => ({ sensorIndex, role: given })),
    });
    onClose();
  };

  return (
    <Sheet title={t`Which sensor is which?`} onClose={onClose}>
      <div className="stack">
        {role !== undefined ? (
          <>
            <div className="row shake-ask" role="status">
              <SensorBadge role={role} />
              <b>{t(shakeRequest(role))}</b>
            </div>
            <div className="shake-bar" aria-hidden="true">
              <span ref={fill} />
            </div>
            <p className="muted" role="status">
              {verdict === 'several' ? (
                <Trans>More than one moves. Lay the others down.</Trans>
              ) : verdict === 'shaking' ? (
                <Trans>Go on shaking</Trans>
              ) : (
                <Trans>Shake it for a second, or tap it twice. Let the others lie.</Trans>
              )}
            </p>
          </>
        ) : (
          <p role="status">
            <b>
              <Trans>Now each sensor has its place.</Trans>
            </b>
          </p>
        )}
        <ul className="card card-list">
          {sensors.map((sensor) => {
            const given = shown.get(sensor.sensorIndex);
            return (
              <li key={sensor.sensorIndex} className="line-item">
                {given === undefined ? (
                  <span className="sensor-badge shake-open" aria-hidden="true" />
                ) : (
                  <SensorBadge role={given} />
                )}
                <div className="grow">
                  <b>{given === undefined ? t`Not shown yet` : t(badgeName(given))}</b>
                  <div className="small">{sensor.name}</div>
                </div>
                {given !== undefined && (
                  <CircleCheck size={24} strokeWidth={1.75} aria-hidden="true" className="good" />
                )}
              </li>
            );
          })}
        </ul>
        <div className="session-actions">
          {role === undefined && (
            <button type="button" className="button button-primary button-wide" onClick={finish}>
              <Trans>Keep it so</Trans>
            </button>
          )}
          {shown.size > 0 && (
            <button type="button" className="button button-quiet" onClick={() => setShown(new Map())}>
              <Trans>Start again</Trans>
            </button>
          )}
        </div>
      </div>
    </Sheet>
  );
}

type Places = ReadonlyMap<number, SegmentRole>;

function openRole(roles: readonly SegmentRole[], shown: Places): SegmentRole | undefined {
  const taken = [...shown.values()];
  return roles.find((role) => !taken.includes(role));
}

/** The shaken sensor takes the next open place, and the last sensor the last one. */
function withPlace(
  before: Places,
  sensorIndex: number,
  sensors: readonly FlowSensor[],
  roles: readonly SegmentRole[],
): Places {
  const role = openRole(roles, before);
  // A sensor that has its place already was shaken again: nothing new is said by that.
  if (role === undefined || before.has(sensorIndex)) return before;
  const next = new Map(before).set(sensorIndex, role);
  const left = sensors.filter((sensor) => !next.has(sensor.sensorIndex));
  const lastRole = openRole(roles, next);
  const [last] = left;
  if (left.length === 1 && last !== undefined && lastRole !== undefined) next.set(last.sensorIndex, lastRole);
  return next;
}
