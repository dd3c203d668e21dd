import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClinicExercise, ClinicSensor } from '../../../core/care/clinic/clinic-plan.ts';
import { modeWith } from '../../../core/care/clinic/plan-problems.ts';
import { clinicExercise, type PlanBody } from '../../../core/care/clinic/plan-templates.ts';
import {
  EXERCISE_LIBRARY,
  libraryExercise,
  type LibraryExerciseId,
} from '../../../core/exercise/exercise-library.ts';
import { modeWords } from '../../text/clinic-text.ts';
import { libraryWords, variationWords } from '../../text/exercise-library-text.ts';

/** With other sensors, what they cannot count is done by the clock, and what they can is counted. */
export function withPlaces(
  exercises: readonly ClinicExercise[],
  sensors: readonly ClinicSensor[],
): readonly ClinicExercise[] {
  const places = sensors.map(({ place }) => place);
  return exercises.map((exercise) => ({
    ...exercise,
    mode: modeWith(libraryExercise(exercise.exerciseId), places),
  }));
}

/** The exercises of a plan with their doses and limits. */
export function ExercisePicker({
  body,
  onChange,
}: {
  readonly body: PlanBody;
  readonly onChange: (exercises: readonly ClinicExercise[]) => void;
}) {
  const { t } = useLingui();
  const [added, setAdded] = useState('');
  const { exercises, sensors } = body;
  const places = sensors.map(({ place }) => place);
  const rest = EXERCISE_LIBRARY.filter(({ id }) => !exercises.some(({ exerciseId }) => exerciseId === id));
  const isUnseen = (id: LibraryExerciseId): boolean => {
    const exercise = libraryExercise(id);
    return exercise.counting.by === 'sensor' && modeWith(exercise, places) !== 'sensor';
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>Exercises</Trans>
      </h2>
      <ul>
        {exercises.map((exercise, i) => (
          <li key={exercise.exerciseId} className="clinic-exercise">
            <div className="row row-apart wrap">
              <h3 className={isUnseen(exercise.exerciseId) ? 'clinic-unseen' : undefined}>
                {t(libraryWords(exercise.exerciseId).title)}
              </h3>
              <span className="row">
                <span className="chip chip-none">
                  {t(modeWords(exercise.mode, isUnseen(exercise.exerciseId)))}
                </span>
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-label={t`Take out ${t(libraryWords(exercise.exerciseId).title)}`}
                  onClick={() => onChange(exercises.filter((one) => one !== exercise))}
                >
                  <Trans>Take out</Trans>
                </button>
              </span>
            </div>
            <ExerciseDose
              exercise={exercise}
              onChange={(part) => onChange(exercises.map((one, j) => (i === j ? { ...one, ...part } : one)))}
            />
            <VariationField
              exercise={exercise}
              onChange={(part) => onChange(exercises.map((one, j) => (i === j ? { ...one, ...part } : one)))}
            />
          </li>
        ))}
      </ul>
      <label className="field">
        <span className="small">
          <Trans>Add an exercise</Trans>
        </span>
        <select
          value={added}
          onChange={(event) => {
            const exercise = rest.find(({ id }) => id === event.target.value);
            if (exercise !== undefined) onChange([...exercises, clinicExercise(exercise.id, places)]);
            setAdded('');
          }}
        >
          <option value="">{t`Choose`}</option>
          {rest.map(({ id }) => (
            <option key={id} value={id}>
              {isUnseen(id)
                ? t`${t(libraryWords(id).title)} (by the clock: its sensors are missing)`
                : t(libraryWords(id).title)}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** As it stands in the library, or an easier or harder way. */
function VariationField({
  exercise: { exerciseId, variation },
  onChange,
}: {
  readonly exercise: ClinicExercise;
  readonly onChange: (part: Partial<ClinicExercise>) => void;
}) {
  const { t } = useLingui();
  const { easier, harder } = libraryExercise(exerciseId);
  if (easier.length + harder.length === 0) return null;
  const options = (ways: typeof easier) =>
    ways.map(({ code }) => {
      const words = variationWords(exerciseId, code);
      return (
        <option key={code} value={code}>
          {words === null ? code : t(words)}
        </option>
      );
    });
  return (
    <label className="field">
      <span className="small">
        <Trans>Way of doing it</Trans>
      </span>
      <select
        value={variation ?? ''}
        onChange={(event) => onChange({ variation: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">{t`As usual`}</option>
        {easier.length > 0 && <optgroup label={t`Easier`}>{options(easier)}</optgroup>}
        {harder.length > 0 && <optgroup label={t`Harder`}>{options(harder)}</optgroup>}
      </select>
    </label>
  );
}

function ExerciseDose({
  exercise,
  onChange,
}: {
  readonly exercise: ClinicExercise;
  readonly onChange: (part: Partial<ClinicExercise>) => void;
}) {
  const { t } = useLingui();
  return (
    <div className="clinic-numbers">
      <NumberField label={t`Sets`} value={exercise.sets} onChange={(sets) => onChange({ sets: sets ?? 0 })} />
      <NumberField
        label={t`Sets at most`}
        value={exercise.mostSets}
        onChange={(mostSets) => onChange({ mostSets: mostSets ?? 0 })}
      />
      {exercise.repetitions === null ? (
        <NumberField
          label={t`Minutes`}
          value={exercise.minutes}
          onChange={(minutes) => onChange({ minutes: minutes ?? 0 })}
        />
      ) : (
        <>
          <NumberField
            label={t`Repetitions`}
            value={exercise.repetitions}
            onChange={(repetitions) => onChange({ repetitions: repetitions ?? 0 })}
          />
          <NumberField
            label={t`Repetitions at most`}
            value={exercise.mostRepetitions}
            onChange={(mostRepetitions) => onChange({ mostRepetitions })}
          />
        </>
      )}
      {libraryExercise(exercise.exerciseId).counting.by !== 'breaths' && (
        <NumberField
          label={t`Hold, seconds`}
          value={exercise.holdS}
          onChange={(holdS) => onChange({ holdS: holdS ?? 0 })}
        />
      )}
      <NumberField
        label={t`Rest, seconds`}
        value={exercise.restS}
        onChange={(restS) => onChange({ restS: restS ?? 0 })}
      />
      {libraryExercise(exercise.exerciseId).counting.by === 'sensor' && (
        <NumberField
          label={t`Never further than, degrees`}
          value={exercise.mostDeg}
          onChange={(mostDeg) => onChange({ mostDeg })}
        />
      )}
    </div>
  );
}

/** A number that may be left empty; what it means then is for the plan to say. */
export function NumberField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}) {
  return (
    <label className="field">
      <span className="small">{label}</span>
      <input
        type="number"
        inputMode="decimal"
        min={0}
        value={value === null || Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
      />
    </label>
  );
}
