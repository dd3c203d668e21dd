import { Trans, useLingui } from '@lingui/react/macro';
import Play from 'lucide-react/icons/play';
import { useState } from 'react';
import { EXERCISE_IDS, matchSensorSet, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { WorkshopShell } from '../components/PatientShell.tsx';
import { VirtualMark } from '../components/VirtualMark.tsx';
import { armSideOf, LAYOUTS, planSession } from '../start-session.ts';
import { exerciseWords, measureName, qualityClassWords, roleName } from '../text/exercise-text.ts';

/** Records a session with simulated sensors: every movement, every layout. */
export function VirtualKitScreen() {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const [exerciseIndex, setExerciseIndex] = useState(0);
  const [layoutIndex, setLayoutIndex] = useState(0);
  const exerciseId = EXERCISE_IDS[exerciseIndex] ?? 'E01';
  const roles = LAYOUTS[layoutIndex] ?? [];
  const definition = motionDefinition(exerciseId);
  const arm = definition.quantity === 'armElevation' ? (armSideOf(roles) ?? 'right') : null;
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
              {EXERCISE_IDS.map((id, index) => (
                <option key={id} value={index}>
                  {t(exerciseWords(id).title)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span className="small">
              <Trans>Worn on</Trans>
            </span>
            <select value={layoutIndex} onChange={(event) => setLayoutIndex(Number(event.target.value))}>
              {LAYOUTS.map((layout, index) => (
                <option key={layout.join()} value={index}>
                  {layout.map((role) => t(roleName(role))).join(' + ')}
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
          <button
            type="button"
            className="button button-primary"
            disabled={fits === null}
            onClick={() => begin(planSession({ kit: 'virtual', exerciseId, roles, demonstration: true }))}
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
