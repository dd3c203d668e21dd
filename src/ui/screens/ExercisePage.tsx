import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { BackLink } from '../components/BackLink.tsx';
import { compensationRules, SHOWN_BY } from '../../core/exercise/compensation-rules.ts';
import {
  EXERCISE_LIBRARY,
  type ExerciseVariation,
  type LibraryExercise,
  type Span,
} from '../../core/exercise/exercise-library.ts';
import { hasMotion, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { Side } from '../../core/exercise/motion-definition.ts';
import { stillPosture } from '../../core/exercise/still-posture.ts';
import { DoItNow } from '../components/DoItNow.tsx';
import { Figure } from '../components/Figure.tsx';
import { Notice } from '../components/Notice.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { demonstrationRad } from '../demonstration.ts';
import type { Avatar } from '../services.ts';
import { useReducedMotion } from '../theme.ts';
import { cueWords } from '../text/cue-text.ts';
import { libraryWords } from '../text/exercise-library-text.ts';
import { roleName } from '../text/exercise-text.ts';
import {
  countingWords,
  equipmentWords,
  placeWords,
  positionWords,
  profileWords,
  reminderWords,
} from '../text/library-label-text.ts';

/** One exercise of the library: seen, explained, dosed, made easier or harder, and who leaves it out. */
export function ExercisePage() {
  const { t } = useLingui();
  const { slug } = useParams<{ slug: string }>();
  const exercise = EXERCISE_LIBRARY.find((one) => one.slug === slug);
  const back = <BackLink href="/exercises" label={t`Back to all exercises`} />;
  if (exercise === undefined)
    return (
      <DoorShell>
        <main className="page" id="main">
          <div className="row">
            {back}
            <h1>
              <Trans>There is no such exercise</Trans>
            </h1>
          </div>
          <p className="muted">
            <Trans>The address may be mistyped. Choose one from the list.</Trans>
          </p>
        </main>
      </DoorShell>
    );
  const words = libraryWords(exercise.id);
  return (
    <DoorShell>
      <main className="page page-wide library-page" id="main">
        <header className="row">
          {back}
          <div>
            <h1>{t(words.title)}</h1>
            <p className="small">
              {exercise.positions.map((position) => t(positionWords(position))).join(', ')}
            </p>
          </div>
        </header>
        <div className="library-columns">
          <div className="stack">
            <Demonstration key={exercise.id} exercise={exercise} />
            <DoItNow exercise={exercise} />
          </div>
          <div className="stack">
            <section className="card stack">
              <p className="lead">{t(words.why)}</p>
              <h2>
                <Trans>How to do it</Trans>
              </h2>
              <p>{t(words.start)}</p>
              <ol className="steps-list">
                {words.steps.map((step) => (
                  <li key={step.id}>{t(step)}</li>
                ))}
              </ol>
              {exercise.reminders.map((reminder) => (
                <p key={reminder} className="muted">
                  {t(reminderWords(reminder))}
                </p>
              ))}
            </section>
            <section className="card">
              <h2>
                <Trans>How much</Trans>
              </h2>
              <Dose exercise={exercise} />
              <dl className="pairs">
                <Pair name={t`You need`}>
                  {exercise.equipment.length === 0
                    ? t`nothing`
                    : exercise.equipment.map((thing) => t(equipmentWords(thing))).join(', ')}
                </Pair>
                <KitPairs exercise={exercise} />
              </dl>
            </section>
            <Cues exercise={exercise} />
            <Variations title={t`Make it easier`} variations={exercise.easier} words={words.easier} />
            <Variations title={t`Make it harder`} variations={exercise.harder} words={words.harder} />
            <Cautions exercise={exercise} />
          </div>
        </div>
      </main>
    </DoorShell>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Demonstration({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const reducedMotion = useReducedMotion();
  const [paused, setPaused] = useState(false);
  const motion = hasMotion(exercise.id) ? motionDefinition(exercise.id) : null;
  const clock = useMemo(() => ({ shownS: 0, lastMs: NaN }), []);
  const side: Side | null = motion?.oneSideASet === true ? 'right' : null;
  const onMount = useCallback(
    (avatar: Avatar) => avatar.setPosture(stillPosture(exercise.id, side)),
    [exercise.id, side],
  );
  const onFrame = useCallback(
    (avatar: Avatar, nowMs: number) => {
      if (motion === null) return;
      const stepS = (nowMs - clock.lastMs) / 1000;
      clock.lastMs = nowMs;
      if (!paused && !reducedMotion && stepS > 0) clock.shownS += stepS;
      const primaryRad = demonstrationRad(motion, clock.shownS, side);
      avatar.setDemonstration({ exerciseId: motion.exerciseId, primaryRad, side });
    },
    [motion, clock, paused, reducedMotion, side],
  );
  return (
    <section className="card library-figure">
      <Figure
        className="stage-figure figure-fades"
        label={motion === null ? t`A figure in the start position` : t`A figure shows the exercise`}
        onMount={onMount}
        onFrame={onFrame}
      />
      {motion !== null && !reducedMotion && (
        <button
          type="button"
          className="button button-quiet button-small"
          aria-pressed={paused}
          onClick={() => setPaused(!paused)}
        >
          {paused ? <Trans>Move again</Trans> : <Trans>Hold the picture</Trans>}
        </button>
      )}
      {motion === null && (
        <p className="small">
          <Trans>The figure shows the start position. The moves are in the steps.</Trans>
        </p>
      )}
    </section>
  );
}

function spanText({ least, most }: Span): string {
  return least === most ? String(least) : `${least}–${most}`;
}

function Dose({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const { sets, repetitions, perSide, restS, minutes, effort } = exercise.dose;
  const times = spanText(sets);
  const parts: string[] = [];
  if (repetitions !== null) {
    const moves = spanText(repetitions);
    parts.push(perSide ? t`${times} × ${moves} moves to each side` : t`${times} × ${moves} moves`);
  }
  if (minutes !== null) parts.push(t`${spanText(minutes)} minutes`);
  if (exercise.counting.by === 'holds') parts.push(t`${exercise.counting.holdS} s each`);
  if (sets.most > 1) parts.push(t`${restS} s of rest in between`);
  if (effort !== null) parts.push(t`effort ${spanText(effort)} of 10`);
  return <p>{parts.join(', ')}</p>;
}

function KitPairs({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const { needed, helpful, takeOff } = exercise.kit;
  const list = (places: LibraryExercise['kit']['helpful']) =>
    places.map((place) => t(placeWords(place))).join(', ');
  return (
    <>
      <Pair name={t`Counting`}>{t(countingWords(exercise.counting.by).long)}</Pair>
      {needed.length > 0 && <Pair name={t`Sensors`}>{needed.map((set) => list(set)).join(t` or `)}</Pair>}
      {helpful.length > 0 && <Pair name={t`Better with`}>{list(helpful)}</Pair>}
      {takeOff.length > 0 && <Pair name={t`Take off first`}>{list(takeOff)}</Pair>}
    </>
  );
}

/** What the app may say during it, and which sensors it needs to see that. */
function Cues({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const { id } = exercise;
  if (!hasMotion(id)) return null;
  const seen = new Map<string, string[]>();
  for (const rule of compensationRules(id)) {
    const said = t(cueWords(rule.cue, id));
    const places = SHOWN_BY[rule.signal].map((roles) => roles.map((role) => t(roleName(role))).join(' + '));
    seen.set(said, [...new Set([...(seen.get(said) ?? []), ...places])]);
  }
  if (seen.size === 0) return null;
  return (
    <section className="card">
      <h2>
        <Trans>What Thora may say</Trans>
      </h2>
      <ul className="library-list">
        {[...seen].map(([said, places]) => (
          <li key={said}>
            <b>{said}</b>
            <span className="small choice-detail">
              <Trans>seen with: {places.join(t` or `)}</Trans>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Variations({
  title,
  variations,
  words,
}: {
  readonly title: string;
  readonly variations: readonly ExerciseVariation[];
  readonly words: ReturnType<typeof libraryWords>['easier'];
}) {
  const { t } = useLingui();
  if (variations.length === 0) return null;
  return (
    <section className="card">
      <h2>{title}</h2>
      <ul className="library-list">
        {variations.map(({ code, exercise, fromPhase }) => {
          const said = words[code];
          const other = EXERCISE_LIBRARY.find((one) => one.id === exercise);
          return (
            <li key={code}>
              {said === undefined ? null : other === undefined ? (
                t(said)
              ) : (
                <Link href={`/exercises/${other.slug}`}>{t(said)}</Link>
              )}
              {fromPhase !== undefined && (
                <span className="small choice-detail">
                  <Plural value={fromPhase} other="from phase # of a programme on" />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Cautions({ exercise }: { readonly exercise: LibraryExercise }) {
  const { t } = useLingui();
  const words = libraryWords(exercise.id);
  const changes = exercise.changedFor.flatMap((profile) => {
    const said = words.changes[profile];
    return said === undefined ? [] : [{ profile, said }];
  });
  if (words.avoid === null && exercise.excludedFor.length === 0 && changes.length === 0) return null;
  return (
    <Notice tone="warn">
      <p>
        <b>
          <Trans>Before you do it</Trans>
        </b>
      </p>
      {words.avoid !== null && <p>{t(words.avoid)}</p>}
      {exercise.excludedFor.map((profile) => (
        <p key={profile}>
          <Trans>{t(profileWords(profile))}: leave it out.</Trans>
        </p>
      ))}
      {changes.map(({ profile, said }) => (
        <p key={profile}>
          {t(profileWords(profile))}: {t(said)}
        </p>
      ))}
    </Notice>
  );
}
