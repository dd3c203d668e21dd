import { Trans, useLingui } from '@lingui/react/macro';
import Bluetooth from 'lucide-react/icons/bluetooth';
import { useEffect, useRef, useState } from 'react';
import { BENCH_FAULTS, type BenchFault } from '../../../core/simulation/virtual-bench.ts';
import { ProblemNotice } from '../../components/Notice.tsx';
import { VirtualMark } from '../../components/VirtualMark.tsx';
import { useBluetooth } from '../../hooks/use-bluetooth.ts';
import { useRoom } from '../../services-context.ts';
import { SensorError, type ConnectedSensor } from '../../services.ts';
import { BenchSession } from '../../stores/bench-session.ts';
import { benchFaultName } from '../../text/bench-text.ts';
import { sensorErrorWords, unknownProblemWords } from '../../text/problem-text.ts';
import type { BenchCheck } from './BenchScreen.tsx';

const MOST_UNITS = 5;
const SIMULATED_UNITS = 2;
/** Always the same chips: what is simulated can be seen again, and radios drawn anew are now and then further apart in time than a kit may have. */
const SIMULATED_SEED = 164_068;

/** Who checks what: names, the units with their serials, or a simulated kit to try it with. */
export function BenchSetup({ onReady }: { readonly onReady: (check: BenchCheck) => void }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const radio = useBluetooth();
  const [kitName, setKitName] = useState('');
  const [checkedBy, setCheckedBy] = useState('');
  const [fault, setFault] = useState<BenchFault>('lowGyro');
  const [sensors, setSensors] = useState<readonly ConnectedSensor[]>([]);
  const [serials, setSerials] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** Sensors that no check took over are let go with the page. */
  const loose = useRef<readonly ConnectedSensor[]>([]);
  useEffect(
    () => () => {
      for (const sensor of loose.current) void sensor.disconnect().catch(() => undefined);
    },
    [],
  );

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const connect = () =>
    attempt(async () => {
      const sensor = await services.kit.connectBluetooth(sensors.length);
      const next = [...sensors, sensor];
      loose.current = next;
      setSensors(next);
      setSerials([...serials, '']);
    });
  const begin = () =>
    attempt(async () => {
      const session = await BenchSession.connected(sensors, serials);
      loose.current = [];
      onReady({ session, kitName: kitName.trim(), checkedBy: checkedBy.trim() });
    });
  const simulate = () =>
    attempt(async () => {
      const session = await BenchSession.simulated(services.kit, SIMULATED_UNITS, SIMULATED_SEED, fault);
      onReady({ session, kitName: kitName.trim(), checkedBy: checkedBy.trim() });
    });
  const isNamed = kitName.trim() !== '' && checkedBy.trim() !== '';
  return (
    <>
      <section className="card card-lifted stack">
        <label className="field">
          <span className="small">
            <Trans>Name of the kit</Trans>
          </span>
          <input value={kitName} maxLength={80} onChange={(event) => setKitName(event.target.value)} />
        </label>
        <label className="field">
          <span className="small">
            <Trans>Checked by</Trans>
          </span>
          <input value={checkedBy} maxLength={80} onChange={(event) => setCheckedBy(event.target.value)} />
        </label>
        {!isNamed && (
          <p className="small">
            <Trans>Both names go into the passport. Write them first.</Trans>
          </p>
        )}
      </section>
      {problem !== null && (
        <ProblemNotice
          words={problem instanceof SensorError ? sensorErrorWords(problem.code) : unknownProblemWords()}
          subject={problem instanceof SensorError ? problem.subject : ''}
          detail={problem instanceof SensorError ? '' : String(problem)}
        />
      )}
      <section className="card stack">
        <h2>
          <Trans>The units</Trans>
        </h2>
        {sensors.map((sensor, i) => (
          <label className="field" key={sensor.description.sensorId}>
            <span className="small">
              <Trans>{sensor.description.name}: serial on its case</Trans>
            </span>
            <input
              value={serials[i] ?? ''}
              maxLength={80}
              onChange={(event) =>
                setSerials(serials.map((serial, k) => (k === i ? event.target.value : serial)))
              }
            />
          </label>
        ))}
        <div className="row wrap">
          <button
            type="button"
            className="button button-second"
            disabled={busy || radio === 'unsupported' || sensors.length >= MOST_UNITS}
            onClick={() => void connect()}
          >
            <Bluetooth size={22} strokeWidth={1.75} aria-hidden="true" />
            {busy ? <Trans>Connecting</Trans> : <Trans>Connect a sensor</Trans>}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={
              busy || !isNamed || sensors.length === 0 || serials.some((serial) => serial.trim() === '')
            }
            onClick={() => void begin()}
          >
            <Trans>Begin the check</Trans>
          </button>
        </div>
        {radio === 'unsupported' && (
          <p className="small">
            <Trans>This browser has no Bluetooth. Use Chrome or Edge for real sensors.</Trans>
          </p>
        )}
      </section>
      <section className="card stack">
        <div className="row wrap">
          <h2>
            <Trans>Try it without sensors</Trans>
          </h2>
          <VirtualMark />
        </div>
        <p className="small">
          <Trans>
            Two simulated units on a simulated table, 25 times faster than real time. The passport says that
            it is simulated.
          </Trans>
        </p>
        <label className="field">
          <span className="small">
            <Trans>Fault of the first unit</Trans>
          </span>
          <select
            value={fault}
            onChange={(event) => setFault(BENCH_FAULTS.find((one) => one === event.target.value) ?? 'none')}
          >
            {BENCH_FAULTS.map((name) => (
              <option key={name} value={name}>
                {t(benchFaultName(name))}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button button-second"
          disabled={busy || !isNamed}
          onClick={() => void simulate()}
        >
          <Trans>Begin with simulated units</Trans>
        </button>
      </section>
    </>
  );
}
