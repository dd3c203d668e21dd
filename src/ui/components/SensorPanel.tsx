import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { DeviceHealth } from '../../core/device/device-health.ts';
import {
  batteryVerdict,
  deliveredShare,
  isShown,
  needsLook,
  type KitCheck,
  type SensorCondition,
} from '../../core/quality/kit-check.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { useRoom } from '../services-context.ts';
import { kitMonitor, SESSION_MINUTES, type SensorHealth } from '../stores/kit-monitor.ts';
import { badgeName, roleName } from '../text/exercise-text.ts';
import { batteryWords, checkWords, conditionWords } from '../text/kit-text.ts';
import { decimal } from '../text/number-text.ts';
import { CopyDiagnostics } from './CopyDiagnostics.tsx';
import { RateAlarmNotice } from './RateAlarmNotice.tsx';
import { RateHistory } from './RateHistory.tsx';
import { SensorBadge } from './SensorBadge.tsx';
import { Sheet } from './Sheet.tsx';
import { VirtualMark } from './VirtualMark.tsx';

const FieldCheck = lazy(async () => ({ default: (await import('./FieldCheck.tsx')).FieldCheck }));

/** Every sensor in one calm line; the figures behind it for who asks. */
export function SensorPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const room = useRoom();
  const simulated = room.session((store) => store.flow.plan?.kit === 'virtual');
  const health = kitMonitor(room).useHealth();
  const step = room.session((store) => store.flow.step);
  const canShareClock = room.session((store) => store.canShareClock);
  const over = step === 'saving' || step === 'done';
  const [detailed, setDetailed] = useState(false);
  const { readyCount, wantedCount, sensors } = health;
  const all = readyCount === wantedCount;
  return (
    <Sheet title={t`Your sensors`} onClose={onClose}>
      <div className="stack sensor-panel">
        {simulated && (
          <div>
            <VirtualMark />
          </div>
        )}
        {over ? (
          <p className="muted">
            <Trans>As they were at the end of the session.</Trans>
          </p>
        ) : (
          <p className="row sensor-sum" role="status">
            <ConditionMark condition={all ? 'ready' : 'measuring'} />
            <b>
              <Trans>
                {readyCount} of {wantedCount} ready
              </Trans>
            </b>
          </p>
        )}
        {!over && <RateAlarmNotice />}
        {sensors.length === 0 ? (
          <p className="muted">
            <Trans>No sensor is connected yet.</Trans>
          </p>
        ) : (
          <ul className="card card-list">
            {sensors.map((sensor) => (
              <SensorItem key={sensor.reading.sensorIndex} sensor={sensor} detailed={detailed} />
            ))}
          </ul>
        )}
        {sensors.length > 0 && (
          <button
            type="button"
            className="button button-second button-small"
            aria-expanded={detailed}
            onClick={() => setDetailed(!detailed)}
          >
            {detailed ? <Trans>Hide details</Trans> : <Trans>Show details</Trans>}
          </button>
        )}
        {detailed && <CopyDiagnostics />}
        {detailed && step === 'connect' && canShareClock() && <ShareClock />}
        {detailed && !over && sensors.some((sensor) => sensor.hasField) && (
          <Suspense fallback={null}>
            <FieldCheck />
          </Suspense>
        )}
        {!over && (
          <section>
            <h3>
              <Trans>Before you start</Trans>
            </h3>
            <ul className="kit-checks">
              {health.checks.filter(isShown).map((check) => (
                <CheckItem key={check.name} check={check} sensors={sensors} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  );
}

/** The maker's own way to one clock, for units that have one. */
function ShareClock() {
  const shareClock = useRoom().session((store) => store.shareClock);
  const [busy, setBusy] = useState(false);
  return (
    <div className="stack">
      <button
        type="button"
        className="button button-second button-small"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          void shareClock().finally(() => setBusy(false));
        }}
      >
        {busy ? <Trans>Working on it</Trans> : <Trans>Set their clocks together</Trans>}
      </button>
      <p className="small muted">
        <Trans>
          The sensors go silent for about 20 seconds and come back by themselves. Thora matches their times in
          any case.
        </Trans>
      </p>
    </div>
  );
}

function SensorItem({ sensor, detailed }: { readonly sensor: SensorHealth; readonly detailed: boolean }) {
  const { t } = useLingui();
  const { reading, condition, role } = sensor;
  const percent = Math.floor(100 * deliveredShare(reading));
  const battery = reading.batteryPercent;
  return (
    <li className="sensor-item">
      <div className="line-item">
        <SensorBadge role={role} />
        <div className="grow">
          <b>{t(badgeName(role))}</b>
          <span className="small"> · {t(roleName(role))}</span>
          <div className={needsLook(condition) ? 'small warn' : 'small'}>
            {t(conditionWords(condition, percent, Math.round(reading.silentMs / 1000)))}
          </div>
          <div className="small">
            {t(batteryWords(batteryVerdict(battery, SESSION_MINUTES), battery ?? 0))}
          </div>
        </div>
        <ConditionMark condition={condition} />
      </div>
      {detailed && <SensorFigures sensor={sensor} />}
    </li>
  );
}

function SensorFigures({ sensor }: { readonly sensor: SensorHealth }) {
  const { t, i18n } = useLingui();
  const { reading, condition } = sensor;
  const quiet = condition === 'silent' || condition === 'linkLost';
  const one = (value: number) => (Number.isFinite(value) ? decimal(value, i18n.locale) : '–');
  const whole = (value: number) => (Number.isFinite(value) ? String(Math.round(value)) : '–');
  const partsPerMillion = Number.isFinite(reading.clockSkew) ? Math.round(1e6 * reading.clockSkew) : null;
  return (
    <>
      <RateHistory history={sensor.history} />
      <dl className="pairs sensor-figures">
        <dt>
          <Trans>Samples</Trans>
        </dt>
        <dd>
          <Trans>
            {quiet ? 0 : one(reading.deliveredHz)} of {whole(reading.askedHz)} a second
          </Trans>
        </dd>
        <dt>
          <Trans>Lost</Trans>
        </dt>
        <dd>
          <Trans>{one(100 * sensor.lossFraction)} % in the last ten seconds</Trans>
          {sensor.rejectedPackets > 0 && (
            <>
              {'; '}
              <Plural
                value={sensor.rejectedPackets}
                one="# packet could not be read"
                other="# packets could not be read"
              />
            </>
          )}
        </dd>
        <dt>
          <Trans>Delay</Trans>
        </dt>
        <dd>
          <Trans>{whole(sensor.latencyMs)} ms on average</Trans>
        </dd>
        <dt>
          <Trans>Clock</Trans>
        </dt>
        <dd>
          <Trans>known to {whole(sensor.clockBoundMs)} ms</Trans>
          {partsPerMillion !== null && <ClockPace partsPerMillion={partsPerMillion} />}
        </dd>
        <dt>
          <Trans>Zero</Trans>
        </dt>
        <dd>
          {Number.isFinite(reading.biasAgeS) ? (
            <Trans>
              taken <Ago seconds={reading.biasAgeS} />, known to{' '}
              {one(60 * sensor.biasSigmaRadPerS * DEG_PER_RAD)}° a minute
            </Trans>
          ) : (
            t`not taken yet`
          )}
        </dd>
        <dt>
          <Trans>Battery</Trans>
        </dt>
        <dd>
          {reading.batteryPercent === null ? (
            t`not known`
          ) : (
            <Trans>
              {reading.batteryPercent} %, read <Ago seconds={sensor.batteryAgeS} />
            </Trans>
          )}
        </dd>
        <dt>
          <Trans>Firmware</Trans>
        </dt>
        <dd>{sensor.firmware ?? t`not known`}</dd>
        <dt>
          <Trans>Unit</Trans>
        </dt>
        <dd>
          {sensor.name} ({sensor.family})
        </dd>
        <BoardHealth sensorIndex={reading.sensorIndex} />
      </dl>
    </>
  );
}

const HEALTH_EVERY_MS = 10_000;

/** What the unit itself says went wrong on it; nothing where it does not tell. */
function BoardHealth({ sensorIndex }: { readonly sensorIndex: number }) {
  const { session } = useRoom();
  const readHealth = session((store) => store.readHealth);
  const [health, setHealth] = useState<DeviceHealth | null>(null);
  useEffect(() => {
    let isShown = true;
    const look = () => {
      void readHealth(sensorIndex).then((read) => {
        if (isShown && read !== null) setHealth(read);
      });
    };
    look();
    const timer = setInterval(look, HEALTH_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [readHealth, sensorIndex]);
  if (health === null) return null;
  return (
    <>
      <dt>
        <Trans>On the board</Trans>
      </dt>
      <dd>
        {health.isChipSilent && (
          <>
            <b className="warn">
              <Trans>its motion chip is silent</Trans>
            </b>
            {'; '}
          </>
        )}
        {health.wasHung && (
          <>
            <Trans>it started anew because it had hung</Trans>
            {'; '}
          </>
        )}
        <CalibrationWords calibration={health.calibration} />
        {'; '}
        <Plural
          value={health.chipRestarts}
          one="motion chip set up again # time"
          other="motion chip set up again # times"
        />
        {'; '}
        <Trans>
          samples without room {health.bufferLost}, not taken by the chip {health.chipLost}; radio busy{' '}
          {health.radioRefusals}
        </Trans>
      </dd>
    </>
  );
}

function CalibrationWords({ calibration }: { readonly calibration: DeviceHealth['calibration'] }) {
  switch (calibration) {
    case 'used':
      return <Trans>its own calibration is in use</Trans>;
    case 'refused':
      return <Trans>its own calibration was refused: it is damaged or of another board</Trans>;
    case 'none':
      return <Trans>no calibration of its own</Trans>;
  }
}

function ClockPace({ partsPerMillion }: { readonly partsPerMillion: number }) {
  const size = Math.abs(partsPerMillion);
  return partsPerMillion >= 0 ? (
    <Trans>, runs fast by {size} ppm</Trans>
  ) : (
    <Trans>, runs slow by {size} ppm</Trans>
  );
}

function Ago({ seconds }: { readonly seconds: number }) {
  if (seconds < 3) return <Trans>just now</Trans>;
  if (seconds < 100) {
    const count = Math.round(seconds);
    return <Plural value={count} one="# second ago" other="# seconds ago" />;
  }
  const minutes = Math.round(seconds / 60);
  return <Plural value={minutes} one="# minute ago" other="# minutes ago" />;
}

function CheckItem({
  check,
  sensors,
}: {
  readonly check: KitCheck;
  readonly sensors: readonly SensorHealth[];
}) {
  const { t } = useLingui();
  const isAll = sensors.length > 1 && check.sensorIndexes.length === sensors.length;
  const names = check.sensorIndexes
    .map((index) => sensors.find((sensor) => sensor.reading.sensorIndex === index)?.role)
    .filter((role) => role !== undefined)
    .map((role) => t(badgeName(role)))
    .join(', ');
  const words = checkWords(check, isAll ? t`All sensors` : names);
  return (
    <li className="row kit-check">
      <ConditionMark
        condition={check.state === 'good' ? 'ready' : check.state === 'look' ? 'slow' : 'measuring'}
      />
      <div className="grow">
        <div>{t(words.what)}</div>
        {words.fix !== null && <div className="small">{t(words.fix)}</div>}
      </div>
    </li>
  );
}

/** Shape and colour; its words stand beside it. */
function ConditionMark({ condition }: { readonly condition: SensorCondition }) {
  const isWait = condition === 'measuring' || condition === 'waiting';
  const Icon = condition === 'ready' ? CircleCheck : isWait ? CircleDashed : CircleAlert;
  const tone = condition === 'ready' ? 'good' : isWait ? 'muted' : 'warn';
  return <Icon size={24} strokeWidth={1.75} aria-hidden="true" className={tone} />;
}
