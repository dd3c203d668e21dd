import { Trans, useLingui } from '@lingui/react/macro';
import Bluetooth from 'lucide-react/icons/bluetooth';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { CopyDiagnostics } from '../components/CopyDiagnostics.tsx';
import { Notice, ProblemNotice } from '../components/Notice.tsx';
import { WorkshopShell } from '../components/PatientShell.tsx';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { useRoom } from '../services-context.ts';
import { SensorError, type ConnectedSensor } from '../services.ts';
import { cautionWords, evidenceWords } from '../text/family-text.ts';
import { sensorErrorWords, unknownProblemWords } from '../text/problem-text.ts';

/** One sensor alone: does it connect, what does it send, how fast. Nothing is recorded here. */
export function SensorsScreen() {
  const { t } = useLingui();
  const { services } = useRoom();
  const radio = useBluetooth();
  const [sensor, setSensor] = useState<ConnectedSensor | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const lines = useRef<HTMLPreElement>(null);
  const rate = useRef<HTMLElement>(null);

  useEffect(() => {
    if (sensor === null) return undefined;
    const recent: string[] = [];
    let count = 0;
    sensor.source
      .start((packet) => {
        count++;
        const hex = Array.from(packet.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
        recent.push(`${packet.hostTimeMs.toFixed(0)} ${hex}`);
        if (recent.length > 12) recent.shift();
      })
      .catch((error: unknown) => setProblem(error));
    const timer = setInterval(() => {
      if (lines.current !== null) lines.current.textContent = recent.join('\n');
      if (rate.current !== null) rate.current.textContent = String(count);
      count = 0;
    }, 1000);
    return () => {
      clearInterval(timer);
      void sensor.source
        .stop()
        .catch(() => undefined)
        .then(() => sensor.disconnect())
        .catch(() => undefined);
    };
  }, [sensor]);

  const connect = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setSensor(await services.kit.connectBluetooth(0));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <WorkshopShell>
      <main className="page" id="main">
        <h1>
          <Trans>Sensors</Trans>
        </h1>
        {radio === 'unsupported' && (
          <ProblemNotice words={sensorErrorWords('bluetoothUnsupported')}>
            <Link href="/browser" className="button button-second button-small">
              <Trans>How to use my sensors</Trans>
            </Link>
          </ProblemNotice>
        )}
        {radio === 'off' && <ProblemNotice words={sensorErrorWords('bluetoothOff')} />}
        {radio === 'available' && sensor === null && (
          <Notice tone="info">
            <p>
              <Trans>
                Bluetooth is ready. Connect one sensor to see its raw packets. Nothing is recorded here.
              </Trans>
            </p>
          </Notice>
        )}
        {problem !== null && (
          <ProblemNotice
            words={problem instanceof SensorError ? sensorErrorWords(problem.code) : unknownProblemWords()}
            subject={problem instanceof SensorError ? problem.subject : ''}
            detail={problem instanceof SensorError ? '' : String(problem)}
          />
        )}
        {sensor === null ? (
          <button
            type="button"
            className="button button-primary"
            disabled={busy || radio === 'unsupported'}
            onClick={() => void connect()}
          >
            <Bluetooth size={22} strokeWidth={1.75} aria-hidden="true" />
            {busy ? <Trans>Connecting</Trans> : <Trans>Connect a sensor</Trans>}
          </button>
        ) : (
          <section className="card stack">
            <h2>{sensor.description.name}</h2>
            <dl className="pairs">
              <dt>
                <Trans>Family</Trans>
              </dt>
              <dd>{sensor.description.family}</dd>
              <dt>
                <Trans>Firmware</Trans>
              </dt>
              <dd>{sensor.description.firmware ?? '–'}</dd>
              <dt>
                <Trans>Checked against</Trans>
              </dt>
              <dd>
                {t(evidenceWords(sensor.evidence))}
                {sensor.cautions.map((caution) => (
                  <span key={caution}> {t(cautionWords(caution))}</span>
                ))}
              </dd>
              <dt>
                <Trans>Battery</Trans>
              </dt>
              <dd>{sensor.batteryPercent === null ? '–' : `${sensor.batteryPercent} %`}</dd>
              <dt>
                <Trans>Packets a second</Trans>
              </dt>
              <dd>
                <b ref={rate}>–</b>
              </dd>
            </dl>
            <pre className="raw" ref={lines} tabIndex={0} aria-label={t`The last raw packets`} />
            <div className="row wrap">
              {sensor.identify !== null && (
                <button
                  type="button"
                  className="button button-second button-small"
                  onClick={() => void sensor.identify?.().catch((error: unknown) => setProblem(error))}
                >
                  <Trans>Blink its light</Trans>
                </button>
              )}
              {sensor.resetHeading !== null && (
                <button
                  type="button"
                  className="button button-second button-small"
                  onClick={() => void sensor.resetHeading?.().catch((error: unknown) => setProblem(error))}
                >
                  <Trans>Set its own heading to zero</Trans>
                </button>
              )}
              <button
                type="button"
                className="button button-quiet button-small"
                onClick={() => setSensor(null)}
              >
                <Trans>Disconnect</Trans>
              </button>
            </div>
          </section>
        )}
        <CopyDiagnostics />
      </main>
    </WorkshopShell>
  );
}
