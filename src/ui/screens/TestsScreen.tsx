import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useState } from 'react';
import type { ExerciseId } from '../../core/exercise/motion-definition.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { useSessions } from '../hooks/use-sessions.ts';
import {
  dueTests,
  LAYOUTS,
  MOST_TESTS_A_DAY,
  planMinutes,
  planTests,
  RANGE_TESTS,
  sensorSetFor,
} from '../start-session.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { exerciseWords, qualityClassWords, roleName } from '../text/exercise-text.ts';

/** Which range tests to do today, at most two; what each needs, and how sure its number will be with the worn kit. */
export function TestsScreen() {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { state } = useSessions();
  const { kit: keptKit, layout, change } = usePreferences();
  const [canKneel, setCanKneel] = useState(true);
  const [chosen, setChosen] = useState<readonly ExerciseId[] | null>(null);
  const kit = keptKit ?? 'bluetooth';
  const roles = LAYOUTS[layout] ?? LAYOUTS[0] ?? [];
  const sessions = state.kind === 'ready' ? state.sessions : [];
  const done = new Set(
    sessions
      .filter((stored) => stored.state === 'finished' && stored.simulated === (kit === 'virtual'))
      .flatMap((stored) => stored.result?.sets.filter((set) => set.plan.test && set.best.length > 0) ?? [])
      .map((set) => set.exerciseId),
  );
  const measured = (id: ExerciseId) => sensorSetFor(id, roles);
  const due = dueTests(done, canKneel).filter((id) => measured(id) !== null);
  const picked = (chosen ?? due.slice(0, MOST_TESTS_A_DAY)).filter((id) => canKneel || id !== 'E02');
  const plan = planTests({ kit, exerciseIds: picked, roles });
  const isFull = picked.length >= MOST_TESTS_A_DAY;
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>How far can you move?</Trans>
        </h1>
        <p className="muted">
          <Trans>
            Three moves to each side, as far as feels fine. At most two tests a day: tired muscles move less,
            and the number would say less.
          </Trans>
        </p>
        <section className="card stack">
          <h2>
            <Trans>Can you kneel on the floor today?</Trans>
          </h2>
          <Segmented
            label={t`Can you kneel on the floor today?`}
            value={canKneel ? 'yes' : 'no'}
            onChange={(answer) => setCanKneel(answer === 'yes')}
            choices={[
              { value: 'yes', label: t`Yes` },
              { value: 'no', label: t`No` },
            ]}
          />
        </section>
        <section className="card stack">
          <h2>
            <Trans>Where do you wear the sensors?</Trans>
          </h2>
          <label className="field">
            <span className="small">
              <Trans>Worn on</Trans>
            </span>
            <select
              value={LAYOUTS[layout] === undefined ? 0 : layout}
              onChange={(event) => change({ layout: Number(event.target.value) })}
            >
              {LAYOUTS.map((one, index) => (
                <option key={one.join()} value={index}>
                  {one.map((role) => t(roleName(role))).join(' + ')}
                </option>
              ))}
            </select>
          </label>
          <p className="small">
            <Trans>
              Upper and lower back together tell the turn of the upper back from that of the whole body.
              Raising an arm needs a sensor on that arm: with two sensors, do it on another day with the lower
              one moved to the arm.
            </Trans>
          </p>
        </section>
        <section className="card stack">
          <h2>
            <Trans>Tests of today</Trans>
          </h2>
          <fieldset className="choice">
            <legend className="visually-hidden">
              <Trans>Tests of today</Trans>
            </legend>
            {RANGE_TESTS.filter((id) => canKneel || id !== 'E02').map((id) => {
              const set = measured(id);
              const isPicked = picked.includes(id);
              return (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={isPicked}
                    disabled={set === null || (isFull && !isPicked)}
                    onChange={() =>
                      setChosen(isPicked ? picked.filter((one) => one !== id) : [...picked, id])
                    }
                  />
                  <span>
                    <b>{t(exerciseWords(id).title)}</b>
                    <span className="small choice-detail">
                      {set === null ? t`Needs other sensors.` : t(qualityClassWords(set.qualityClass))}{' '}
                      {done.has(id) && t`Done before.`}
                    </span>
                  </span>
                </label>
              );
            })}
          </fieldset>
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={picked.length === 0}
            onClick={() => begin(plan)}
          >
            <Plural value={picked.length} one="Start # test" other="Start # tests" />
            <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
          <p className="small centered">
            <Plural value={planMinutes(plan)} one="About # minute" other="About # minutes" />
          </p>
        </section>
        {sheet}
      </main>
    </PatientShell>
  );
}
