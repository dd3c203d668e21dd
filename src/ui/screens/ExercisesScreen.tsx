import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Clock from 'lucide-react/icons/clock';
import Hand from 'lucide-react/icons/hand';
import Radio from 'lucide-react/icons/radio';
import { useState } from 'react';
import { Link } from 'wouter';
import { EXERCISE_LIBRARY, type Counting } from '../../core/exercise/exercise-library.ts';
import { DoorShell } from '../components/PatientShell.tsx';
import { ALL_EXERCISES, EXERCISE_GOALS, searchExercises } from '../exercise-search.ts';
import { libraryWords } from '../text/exercise-library-text.ts';
import { countingWords, equipmentWords, goalWords, positionWords } from '../text/library-label-text.ts';

/** All exercises: found by a word, by what they are for, or by what a person can do. */
export function ExercisesScreen() {
  const { t } = useLingui();
  const [search, setSearch] = useState(ALL_EXERCISES);
  const found = searchExercises(EXERCISE_LIBRARY, search, (exercise) => {
    const words = libraryWords(exercise.id);
    return [
      t(words.title),
      t(words.why),
      ...exercise.positions.map((position) => t(positionWords(position))),
      ...exercise.equipment.map((thing) => t(equipmentWords(thing))),
    ].join(' ');
  });
  return (
    <DoorShell>
      <main className="page" id="main">
        <h1>
          <Trans>Exercises</Trans>
        </h1>
        <search className="stack">
          <label className="field">
            <span className="small">
              <Trans>Search</Trans>
            </span>
            <input
              type="search"
              value={search.text}
              placeholder={t`Name, position or thing`}
              onChange={(event) => setSearch({ ...search, text: event.target.value })}
            />
          </label>
          <label className="field">
            <span className="small">
              <Trans>What for?</Trans>
            </span>
            <select
              value={search.goal ?? ''}
              onChange={(event) =>
                setSearch({
                  ...search,
                  goal: EXERCISE_GOALS.find((goal) => goal === event.target.value) ?? null,
                })
              }
            >
              <option value="">{t`All`}</option>
              {EXERCISE_GOALS.map((goal) => (
                <option key={goal} value={goal}>
                  {t(goalWords(goal))}
                </option>
              ))}
            </select>
          </label>
          <label className="tick">
            <input
              type="checkbox"
              checked={search.offTheFloor}
              onChange={(event) => setSearch({ ...search, offTheFloor: event.target.checked })}
            />
            <span>
              <Trans>Only what needs no getting down to the floor</Trans>
            </span>
          </label>
        </search>
        <p className="small" role="status">
          <Plural value={found.length} one="# exercise" other="# exercises" />
        </p>
        {found.length === 0 ? (
          <section className="card stack">
            <h2>
              <Trans>Nothing fits</Trans>
            </h2>
            <p className="muted">
              <Trans>Try another word, or show all of them.</Trans>
            </p>
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => setSearch(ALL_EXERCISES)}
            >
              <Trans>Show all</Trans>
            </button>
          </section>
        ) : (
          <ul className="card card-list">
            {found.map((exercise) => {
              const words = libraryWords(exercise.id);
              return (
                <li key={exercise.id}>
                  <Link href={`/exercises/${exercise.slug}`} className="line-item">
                    <span className="grow">
                      <b>{t(words.title)}</b>
                      <span className="small choice-detail">{t(words.why)}</span>
                      <span className="small library-marks">
                        <span>
                          {exercise.positions.map((position) => t(positionWords(position))).join(', ')}
                        </span>
                        <span className="row">
                          <CountingIcon by={exercise.counting.by} />
                          {t(countingWords(exercise.counting.by).short)}
                        </span>
                      </span>
                    </span>
                    <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
                  </Link>
                </li>
              );
            })}
          </ul>
        )}
      </main>
    </DoorShell>
  );
}

function CountingIcon({ by }: { readonly by: Counting['by'] }) {
  const Icon = by === 'sensor' ? Radio : by === 'confirm' ? Hand : Clock;
  return <Icon size={16} strokeWidth={1.75} aria-hidden="true" />;
}
