import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Clock from 'lucide-react/icons/clock';
import { useState } from 'react';
import { Link } from 'wouter';
import { EXERCISE_LIBRARY, type LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { hasMotion } from '../../core/exercise/motion-definitions.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { KitChoice } from '../components/KitChoice.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { SessionItem } from '../components/SessionItem.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { WornOnChoice } from '../components/WornOnChoice.tsx';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { useSessions } from '../hooks/use-sessions.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { exercisesOf } from '../session-summary.ts';
import { LAYOUTS, minutesOf, planMinutes, planSession, sensorSetFor } from '../start-session.ts';
import { exerciseWords, qualityClassWords } from '../text/exercise-text.ts';

/** A session that the person puts together, beside the programme. */
export function OwnSessionScreen() {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { state } = useSessions();
  const [exerciseIds, setExerciseIds] = useState<readonly LibraryExerciseId[]>(['E01']);
  const { kit: keptKit, layout: layoutIndex, change } = usePreferences();
  const radio = useBluetooth();
  const kit = keptKit ?? (radio === 'unsupported' ? 'virtual' : 'bluetooth');
  const [choosing, setChoosing] = useState(false);
  const roles = LAYOUTS[layoutIndex] ?? LAYOUTS[0] ?? [];
  const matched = exerciseIds.filter(hasMotion).map((id) => sensorSetFor(id, roles));
  const fits = matched.every((set) => set !== null);
  const [onlySet] = matched;
  const sessions = state.kind === 'ready' ? state.sessions : [];
  // The virtual kit's sessions teach a person the exercise as well, but only for the virtual kit.
  const known = new Set(
    sessions
      .filter((stored) => stored.state === 'finished' && (kit === 'virtual' || !stored.simulated))
      .flatMap((stored) => exercisesOf(stored.result)),
  );
  const plan = planSession({ kit, exerciseIds, roles, demonstration: false, known });
  const minutes = planMinutes(plan);

  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>A session of your own</Trans>
        </h1>
        <section className="card card-lifted stack">
          <div className="row row-apart">
            <h2>
              <Trans>What it holds</Trans>
            </h2>
            <span className="row muted">
              <Clock size={18} strokeWidth={1.75} aria-hidden="true" />
              <Trans>{minutes} min</Trans>
            </span>
          </div>
          <ol className="today-list">
            {plan.items
              .filter(({ test }) => !test)
              .map((item, index) => {
                const words = exerciseWords(item.exerciseId);
                const sets = item.setSides.length;
                return (
                  <SessionItem
                    key={item.exerciseId}
                    number={index + 1}
                    title={<b>{t(words.title)}</b>}
                    detail={t(words.why)}
                  >
                    <span className="small">
                      {sets > 1 && `${sets} × `}
                      {item.mode === 'sensor' || item.mode === 'self' ? (
                        <Plural value={item.repetitions} one="# move" other="# moves" />
                      ) : item.mode === 'timer' && item.repetitions > 1 ? (
                        <Plural value={item.repetitions} one="# hold" other="# holds" />
                      ) : (
                        <Plural value={minutesOf(item)} one="# min" other="# min" />
                      )}
                    </span>
                  </SessionItem>
                );
              })}
          </ol>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setChoosing(true)}
          >
            <Trans>Choose other movements</Trans>
          </button>
          {plan.items.some(({ test }) => test) && (
            <p className="small">
              <Trans>A few moves first show how far you go today.</Trans>
            </p>
          )}
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={!fits}
            onClick={() => begin(plan)}
          >
            <Trans>Start</Trans>
            <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
          {!fits && (
            <p className="warn" role="status">
              <Trans>This movement needs other sensors. Choose another kit below.</Trans>
            </p>
          )}
        </section>
        <section className="card stack">
          <h2>
            <Trans>With which sensors?</Trans>
          </h2>
          <KitChoice kit={kit} onChange={(chosen) => change({ kit: chosen })} />
          {radio === 'unsupported' && (
            <p className="small">
              <Trans>
                This browser cannot talk to sensors. Chrome or Edge on a computer or an Android phone can.
              </Trans>
            </p>
          )}
        </section>
        <section className="card stack">
          <h2>
            <Trans>Where do you wear the sensors?</Trans>
          </h2>
          <WornOnChoice
            label={t`Where do you wear the sensors?`}
            layout={layoutIndex}
            onChange={(chosen) => change({ layout: chosen })}
          />
          {matched.length === 1 && onlySet != null && (
            <p className="small">{t(qualityClassWords(onlySet.qualityClass))}</p>
          )}
        </section>
        <Link href="/exercises" className="button button-quiet">
          <Trans>See all exercises</Trans>
        </Link>
        {sheet}
        {choosing && (
          <Sheet
            title={t`Which movements?`}
            onClose={() => {
              if (exerciseIds.length === 0) setExerciseIds(['E01']);
              setChoosing(false);
            }}
          >
            <fieldset className="choice">
              <legend className="visually-hidden">
                <Trans>Movements, in this order</Trans>
              </legend>
              {EXERCISE_LIBRARY.map(({ id }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={exerciseIds.includes(id)}
                    onChange={(event) => {
                      const others = exerciseIds.filter((one) => one !== id);
                      setExerciseIds(event.target.checked ? [...others, id] : others);
                    }}
                  />
                  <span>
                    <b>{t(exerciseWords(id).title)}</b>
                    <span className="small choice-detail">{t(exerciseWords(id).why)}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div className="session-actions">
              <button
                type="button"
                className="button button-primary button-wide"
                disabled={exerciseIds.length === 0}
                onClick={() => setChoosing(false)}
              >
                <Trans>Take these</Trans>
              </button>
            </div>
          </Sheet>
        )}
      </main>
    </PatientShell>
  );
}
