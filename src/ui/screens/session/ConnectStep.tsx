import { Plural, Trans, useLingui } from '@lingui/react/macro';
import BatteryLow from 'lucide-react/icons/battery-low';
import Bluetooth from 'lucide-react/icons/bluetooth';
import Vibrate from 'lucide-react/icons/vibrate';
import { lazy, Suspense, useCallback, useState } from 'react';
import { batteryVerdict } from '../../../core/quality/kit-check.ts';
import { SensorBadge } from '../../components/SensorBadge.tsx';
import { SensorRow } from '../../components/SensorRow.tsx';
import { TappedSensor } from '../../components/TappedSensor.tsx';
import { StillCountdown } from '../../components/StillCountdown.tsx';
import { StillRing } from '../../components/StillRing.tsx';
import { TablePicture } from '../../components/TablePicture.tsx';
import { useTappedSensor } from '../../hooks/use-double-tap.ts';
import { useRoom } from '../../services-context.ts';
import { usePreferences } from '../../stores/preferences-store.ts';
import { SESSION_MINUTES } from '../../stores/kit-monitor.ts';
import type { FlowSensor } from '../../stores/session-flow-state.ts';
import { badgeName, roleName } from '../../text/exercise-text.ts';
import { SessionFrame } from './SessionFrame.tsx';

const ShakeSheet = lazy(async () => ({ default: (await import('./ShakeSheet.tsx')).ShakeSheet }));

const KitStanding = lazy(async () => ({
  default: (await import('../../components/KitStanding.tsx')).KitStanding,
}));

/** Wake and connect, with the sensors on the table. The ring fills only while all of them lie still. */
export function ConnectStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const connect = session((store) => store.connect);
  const cancelConnect = session((store) => store.cancelConnect);
  const identify = session((store) => store.identify);
  const canIdentify = session((store) => store.canIdentify);
  const [busy, setBusy] = useState(false);
  const [shaking, setShaking] = useState(false);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const onSeconds = useCallback((left: number) => setSecondsLeft(left), []);
  const tapped = useTappedSensor();
  const sound = usePreferences((preferences) => preferences.sound);
  const plan = flow.plan;
  if (plan === null) return null;

  const missing = plan.roles.filter((role) => !flow.sensors.some((sensor) => sensor.role === role));
  const next = missing[0];
  const choosing = plan.kit === 'bluetooth' && !flow.stepRuns;
  const verdictOf = (sensor: FlowSensor) => batteryVerdict(sensor.batteryPercent, SESSION_MINUTES);
  const low =
    flow.sensors.find((sensor) => verdictOf(sensor) === 'empty') ??
    flow.sensors.find((sensor) => verdictOf(sensor) === 'chargeAfter');
  const still = flow.stepRuns && flow.movingSensors.length === 0;
  const count = plan.kit === 'virtual' ? plan.roles.length : flow.sensors.length;

  return (
    <SessionFrame
      name={t`Wake and connect`}
      step={1}
      title={choosing ? t`Wake your sensors` : t`Leave the sensors on the table`}
      lead={
        choosing ? (
          <Trans>Lay them on a table, press each one's button, then connect one after the other.</Trans>
        ) : (
          <Plural
            value={count}
            one="The ring fills while it lies still."
            _2="The ring fills while both lie still."
            other="The ring fills while all # lie still."
          />
        )
      }
      stage={
        <div className="ring-box">
          <TablePicture roles={plan.roles} />
          <StillRing
            durationS={plan.stillS}
            runs={flow.stepRuns}
            label={t`Ring: how long the sensors lay still`}
            onSeconds={onSeconds}
          />
        </div>
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {!choosing && (
          <StillCountdown
            seconds={
              secondsLeft === null ? null : (
                <b>
                  <Plural value={secondsLeft} one="# second more" other="# seconds more" />
                </b>
              )
            }
            waiting={
              !flow.stepRuns || secondsLeft === null ? (
                <span className="muted">
                  <Trans>Waiting for the first samples</Trans>
                </span>
              ) : still ? null : (
                <b>
                  <Trans>Waiting until all lie still</Trans>
                </b>
              )
            }
            said={
              <Plural
                value={plan.stillS}
                one="Leave them lying still for # second."
                other="Leave them lying still for # seconds."
              />
            }
          />
        )}
        <ul className="card card-lifted card-list">
          {flow.sensors.map((sensor) => (
            <SensorRow
              key={sensor.sensorIndex}
              sensor={sensor}
              moving={flow.movingSensors.includes(sensor.sensorIndex)}
              tapped={sensor.sensorIndex === tapped}
            />
          ))}
          {missing.map((role) => (
            <li key={role} className="line-item">
              <SensorBadge role={role} />
              <div className="grow">
                <b>{t(badgeName(role))}</b>
                <div className="small">{t(roleName(role))}</div>
              </div>
              <span className="small">
                <Trans>not connected</Trans>
              </span>
            </li>
          ))}
        </ul>
        {choosing && flow.sensors.length > 1 && (
          <p className="muted centered">
            <Trans>Tap a sensor twice with a finger: its line here lights up.</Trans>
          </p>
        )}
        <TappedSensor sensorIndex={tapped} />
        {plan.kit === 'bluetooth' && (
          <Suspense fallback={null}>
            {flow.sensors.map(({ sensorIndex }) => (
              <KitStanding key={sensorIndex} sensorIndex={sensorIndex} />
            ))}
          </Suspense>
        )}
        {choosing && sound !== 'silent' && (
          <p className="small centered">
            <Trans>
              Bluetooth earphones share the radio with the sensors. The speaker of this device is safer.
            </Trans>
          </p>
        )}
        {low !== undefined && (
          <p className="row warn centered">
            <BatteryLow size={22} strokeWidth={1.75} aria-hidden="true" />
            {verdictOf(low) === 'empty' ? (
              <Trans>{t(badgeName(low.role))}: battery too low for a session. Charge it first.</Trans>
            ) : (
              <Trans>Charge {t(badgeName(low.role))} tonight. Enough for today.</Trans>
            )}
          </p>
        )}
      </div>
      {choosing && (
        <div className="session-actions">
          {next !== undefined && (
            <button
              type="button"
              className="button button-primary button-wide"
              disabled={busy}
              onClick={() => {
                setBusy(true);
                void connect(next).finally(() => setBusy(false));
              }}
            >
              <Bluetooth size={22} strokeWidth={1.75} aria-hidden="true" />
              {busy ? <Trans>Connecting</Trans> : <Trans>Connect {t(badgeName(next))}</Trans>}
            </button>
          )}
          {busy && (
            <button
              type="button"
              className="button button-second button-wide"
              onClick={() => {
                cancelConnect();
                setBusy(false);
              }}
            >
              <Trans>Cancel</Trans>
            </button>
          )}
          {flow.sensors.length > 0 && !busy && (
            <button
              type="button"
              className={
                next === undefined ? 'button button-primary button-wide' : 'button button-second button-wide'
              }
              onClick={() => send({ kind: 'sensorsComplete' })}
            >
              {next === undefined ? <Trans>They lie still</Trans> : <Trans>Go on with these</Trans>}
            </button>
          )}
          {flow.sensors.length > 1 && !busy && (
            <button type="button" className="button button-quiet" onClick={() => setShaking(true)}>
              <Vibrate size={20} strokeWidth={1.75} aria-hidden="true" />
              <Trans>Not sure which is which? Shake one</Trans>
            </button>
          )}
          {flow.sensors.some((sensor) => canIdentify(sensor.sensorIndex)) && (
            <div className="row wrap">
              {flow.sensors.map((sensor) => (
                <button
                  key={sensor.sensorIndex}
                  type="button"
                  className="button button-quiet"
                  onClick={() => identify(sensor.sensorIndex)}
                >
                  <Trans>Blink {t(badgeName(sensor.role))}</Trans>
                </button>
              ))}
            </div>
          )}
        </div>
      )}
      {shaking && (
        <Suspense fallback={null}>
          <ShakeSheet onClose={() => setShaking(false)} />
        </Suspense>
      )}
    </SessionFrame>
  );
}
