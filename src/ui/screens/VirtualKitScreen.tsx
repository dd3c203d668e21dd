import { Trans, useLingui } from '@lingui/react/macro';
import Play from 'lucide-react/icons/play';
import { useState } from 'react';
import { FAULT_NAMES, type FaultName } from '../../core/simulation/faults.ts';
import {
  isArmMovement,
  matchSensorSet,
  motionDefinition,
  RANGE_TEST_IDS,
} from '../../core/exercise/motion-definitions.ts';
import { SIMULATED_FAMILIES, type SimulatedFamily } from '../../core/simulation/packet-writer.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { WorkshopShell } from '../components/PatientShell.tsx';
import { WornOnSelect } from '../components/WornOnSelect.tsx';
import { VirtualMark } from '../components/VirtualMark.tsx';
import { faultWords } from '../text/fault-text.ts';
import { armSideOf, LAYOUTS, planSession } from '../start-session.ts';
import { exerciseWords, measureName, qualityClassWords } from '../text/exercise-text.ts';

/** Records a session with simulated sensors: every movement, every layout. */
export function VirtualKitScreen() {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const [exerciseIndex, setExerciseIndex] = useState(0);
  const [layoutIndex, setLayoutIndex] = useState(0);
  const [family, setFamily] = useState<SimulatedFamily>('thora-nano33');
  const [faults, setFaults] = useState<readonly FaultName[]>([]);
  const exerciseId = RANGE_TEST_IDS[exerciseIndex] ?? 'E01';
  const roles = LAYOUTS[layoutIndex] ?? [];
  const definition = motionDefinition(exerciseId);
  const arm = isArmMovement(definition) ? (armSideOf(roles) ?? 'right') : null;
  const fits = matchSensorSet(definition, roles, arm);
  return (
    <WorkshopShell>
      <main className="page" id="main">
        <div className="page-head wrap">
          <h1>
            <Trans>Virtual kit</Trans>
          </h1>
          <VirtualMark />
        </div>
        <p className="muted">
          <Trans>
            A simulated person wears simulated sensors. Their packets take the same way as a radio's, and the
            recording carries its mark.
          </Trans>
        </p>
        <section className="card card-lifted stack">
          <label className="field">
            <span className="small">
              <Trans>Movement</Trans>
            </span>
            <select value={exerciseIndex} onChange={(event) => setExerciseIndex(Number(event.target.value))}>
              {RANGE_TEST_IDS.map((id, index) => (
                <option key={id} value={index}>
                  {t(exerciseWords(id).title)}
                </option>
              ))}
            </select>
          </label>
          <WornOnSelect layout={layoutIndex} onChange={setLayoutIndex} />
          <label className="field">
            <span className="small">
              <Trans>Bytes of</Trans>
            </span>
            <select
              value={family}
              onChange={(event) =>
                setFamily(SIMULATED_FAMILIES.find((one) => one === event.target.value) ?? 'thora-nano33')
              }
            >
              {SIMULATED_FAMILIES.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {fits === null ? (
            <p className="warn" role="status">
              <Trans>This movement needs other sensors.</Trans>
            </p>
          ) : (
            <p className="small" role="status">
              {t(measureName(fits.measure))}. <Trans>Class {fits.qualityClass}</Trans>:{' '}
              {t(qualityClassWords(fits.qualityClass))}
            </p>
          )}
          <details className="faults" open={faults.length > 0}>
            <summary>
              <Trans>Faults</Trans>
            </summary>
            <p className="small">
              <Trans>The kit suffers what you choose. Each one says what Thora should then tell you.</Trans>
            </p>
            <ul>
              {FAULT_NAMES.map((name) => (
                <li key={name}>
                  <FaultSwitch
                    name={name}
                    on={faults.includes(name)}
                    onChange={(on) =>
                      setFaults(on ? [...faults, name] : faults.filter((one) => one !== name))
                    }
                  />
                </li>
              ))}
            </ul>
          </details>
          <button
            type="button"
            className="button button-primary"
            disabled={fits === null}
            onClick={() =>
              begin({
                ...planSession({ kit: 'virtual', exerciseIds: [exerciseId], roles, demonstration: true }),
                record: true,
                virtualKit: { faults, family },
              })
            }
          >
            <Play size={22} strokeWidth={1.75} aria-hidden="true" />
            <Trans>Record with the virtual kit</Trans>
          </button>
        </section>
        {sheet}
      </main>
    </WorkshopShell>
  );
}

function FaultSwitch({
  name,
  on,
  onChange,
}: {
  readonly name: FaultName;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { t } = useLingui();
  const words = faultWords(name);
  return (
    <label className="fault">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <b>{t(words.what)}</b>
        <span className="small choice-detail">{t(words.told)}</span>
      </span>
    </label>
  );
}
