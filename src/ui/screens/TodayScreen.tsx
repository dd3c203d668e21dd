import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Clock from 'lucide-react/icons/clock';
import { useState } from 'react';
import { Link } from 'wouter';
import {
  isArmMovement,
  matchSensorSet,
  motionDefinition,
  RANGE_TEST_IDS,
} from '../../core/exercise/motion-definitions.ts';
import type { ExerciseId } from '../../core/exercise/motion-definition.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { LazyUnfinished } from '../components/LazyUnfinished.tsx';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import { usePeople } from '../hooks/use-people.ts';
import { useSessions } from '../hooks/use-sessions.ts';
import { armSideOf, LAYOUTS, planSession } from '../start-session.ts';
import { exerciseWords, qualityClassWords, roleName } from '../text/exercise-text.ts';

export function TodayScreen() {
  const { t, i18n } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { state, reload } = useSessions();
  const [exerciseId, setExerciseId] = useState<ExerciseId>('E01');
  const [layoutIndex, setLayoutIndex] = useState(0);
  const radio = useBluetooth();
  const [chosenKit, setKit] = useState<'virtual' | 'bluetooth' | null>(null);
  const kit = chosenKit ?? (radio === 'unsupported' ? 'virtual' : 'bluetooth');
  const [choosing, setChoosing] = useState(false);
  const roles = LAYOUTS[layoutIndex] ?? LAYOUTS[0] ?? [];
  const definition = motionDefinition(exerciseId);
  const armSide = isArmMovement(definition) ? (armSideOf(roles) ?? 'right') : null;
  const fits = matchSensorSet(definition, roles, armSide);
  const words = exerciseWords(exerciseId);
  const plan = planSession({ kit, exerciseId, roles, demonstration: false });
  const [now] = useState(() => new Date());
  const locale = i18n.locale === 'en' ? 'en-GB' : i18n.locale;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
  const greeting =
    now.getHours() < 12 ? t`Good morning` : now.getHours() < 18 ? t`Good afternoon` : t`Good evening`;
  const who = usePeople();
  const name = who.kind === 'ready' ? who.person.name : '';
  const sessions = state.kind === 'ready' ? state.sessions : [];
  const finished = sessions.filter((stored) => stored.state === 'finished' && !stored.simulated);

  return (
    <PatientShell>
      <main className="page" id="main">
        <div>
          <p className="muted">{day}</p>
          <h1>{name === '' ? greeting : t`${greeting}, ${name}`}</h1>
        </div>
        <LazyUnfinished sessions={sessions} onChange={reload} />
        <section className="card card-lifted stack">
          <div className="row row-apart">
            <h2>
              <Trans>Today's session</Trans>
            </h2>
            <span className="row muted">
              <Clock size={18} strokeWidth={1.75} aria-hidden="true" />
              <Trans>6 min</Trans>
            </span>
          </div>
          <ol className="today-list">
            <li>
              <span className="today-number">1</span>
              <div className="grow">
                <b>
                  <Trans>Test: {t(words.title)}</Trans>
                </b>
                <div className="small">
                  <Trans>How far you move today</Trans>
                </div>
              </div>
              <span className="small">
                <Plural value={plan.testRepetitions} one="# move" other="# moves" />
              </span>
            </li>
            <li>
              <span className="today-number">2</span>
              <div className="grow">
                <b>{t(words.title)}</b>
                <div className="small">{t(words.why)}</div>
              </div>
              <span className="small">
                <Plural value={plan.exerciseRepetitions} one="# move" other="# moves" />
              </span>
            </li>
          </ol>
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={fits === null}
            onClick={() => begin(plan)}
          >
            <Trans>Start</Trans>
            <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
          {fits === null && (
            <p className="warn" role="status">
              <Trans>This movement needs other sensors. Choose another kit below.</Trans>
            </p>
          )}
        </section>
        <section className="card stack">
          <h3>
            <Trans>With which sensors?</Trans>
          </h3>
          <Segmented
            label={t`With which sensors?`}
            value={kit}
            onChange={setKit}
            choices={[
              { value: 'bluetooth', label: <Trans>My sensors</Trans> },
              { value: 'virtual', label: <Trans>Virtual kit</Trans> },
            ]}
          />
          {radio === 'unsupported' && (
            <p className="small">
              <Trans>
                This browser cannot talk to sensors. Chrome or Edge on a computer or an Android phone can.
              </Trans>
            </p>
          )}
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
          <p className="small" aria-hidden="true">
            {roles.map((role) => t(roleName(role))).join(' + ')}
          </p>
          {fits !== null && <p className="small">{t(qualityClassWords(fits.qualityClass))}</p>}
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setChoosing(true)}
          >
            <Trans>Choose another movement</Trans>
          </button>
          <Link href="/exercises" className="button button-quiet button-small">
            <Trans>See all exercises</Trans>
          </Link>
        </section>
        {state.kind === 'ready' && state.isWhole && finished.length > 0 && (
          <p className="card row">
            <span>
              <Plural
                value={finished.length}
                one="You finished # session on this device."
                other="You finished # sessions on this device."
              />
            </span>
          </p>
        )}
        {sheet}
        {choosing && (
          <Sheet title={t`Which movement?`} onClose={() => setChoosing(false)}>
            <fieldset className="choice">
              <legend className="visually-hidden">
                <Trans>Movement</Trans>
              </legend>
              {RANGE_TEST_IDS.map((id) => (
                <label key={id}>
                  <input
                    type="radio"
                    name="exercise"
                    checked={id === exerciseId}
                    onChange={() => setExerciseId(id)}
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
                onClick={() => setChoosing(false)}
              >
                <Trans>Take this one</Trans>
              </button>
            </div>
          </Sheet>
        )}
      </main>
    </PatientShell>
  );
}
