import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ClinicExercise, ClinicPlan } from '../../../core/care/clinic/clinic-plan.ts';
import { answerOf, type PatientReview, type ReviewLine } from '../../../core/care/clinic/patient-review.ts';
import { countedSessions } from '../../../core/care/programme/done-share.ts';
import { EMERGENCY_NUMBERS, emergencyArea } from '../../../core/care/safety/help-numbers.ts';
import type { FlagId } from '../../../core/care/safety/safety-event.ts';
import { libraryExercise } from '../../../core/exercise/exercise-library.ts';
import { newestPlan } from '../../../core/recording/clinic-record.ts';
import type { ClinicPatient } from '../../clinic-ports.ts';
import { useSeriesTitle } from '../../components/ProgressLine.tsx';
import { useProgressNumbers } from '../../hooks/use-progress-numbers.ts';
import { libraryWords, variationWords } from '../../text/exercise-library-text.ts';
import { placeWords } from '../../text/library-label-text.ts';
import { answerWords, outcomeName } from '../../text/review-text.ts';
import { safetyWords } from '../../text/safety-text.ts';

/** Those that lead to an emergency, and those to medical help the same day, of the questions before each session. */
/* R-04 asks in the app how fast it came; paper cannot, and takes the graver answer. */
const AT_ONCE: readonly FlagId[] = ['R-01', 'R-02', 'R-03', 'R-04', 'R-05'];
const SAME_DAY: readonly FlagId[] = ['R-08'];
const MS_PER_DAY = 86_400_000;

/** With its year: the page is kept. */
function useDay(): (day: number) => string {
  const { i18n } = useLingui();
  return (day) => i18n.date(new Date(day * MS_PER_DAY), { dateStyle: 'long', timeZone: 'UTC' });
}

/** All of it is text and tables: what stands here is saved as it is. */
export function LeaveBehindPaper({
  patient,
  review,
  clinicName,
  contact,
  today,
}: {
  readonly patient: ClinicPatient;
  readonly review: PatientReview;
  readonly clinicName: string;
  readonly contact: string;
  /** Days since 1970-01-01. */
  readonly today: number;
}) {
  const { t } = useLingui();
  const date = useDay();
  const plan = newestPlan(patient.content.plans);
  const sessions = countedSessions(patient.content.journal);
  const until = review.toldDay === null ? null : date(review.toldDay);
  const day = date(today);
  return (
    <>
      <header>
        <h1>{patient.name}</h1>
        <p>
          <Trans>
            From {clinicName}, {day}
          </Trans>
        </p>
      </header>
      <section>
        <h2>
          <Trans>In short</Trans>
        </h2>
        {until === null ? (
          <p>
            <Trans>No results came yet.</Trans>
          </p>
        ) : (
          <>
            <p>
              <strong>{t(answerWords(review.answer))}</strong>
            </p>
            <p>
              <Trans>By your results of {until}.</Trans>{' '}
              <Plural value={sessions.length} one="# session done." other="# sessions done." />
            </p>
            <ul>
              {review.outcomes.map(({ id, answer }) => (
                <li key={id}>
                  {t(outcomeName(id))}: {t(answerWords(answer))}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {plan !== null && <PlanPart plan={plan} />}
      <section className="leave-behind-watch">
        <h2>
          <Trans>What to watch for</Trans>
        </h2>
        <WatchFor plan={plan} />
      </section>
      <section>
        <h2>
          <Trans>How to reach {clinicName}</Trans>
        </h2>
        {contact === '' ? (
          <p>
            <Trans>Ask at the clinic.</Trans>
          </p>
        ) : (
          <p className="leave-behind-contact">{contact}</p>
        )}
        <p>
          <Trans>Nobody watches what you do at home. Messages in the app are not for anything urgent.</Trans>
        </p>
      </section>
      <Results review={review} />
      <footer>
        <p>
          <Trans>
            This page is no diagnosis. Angles are estimates of worn sensors, not of X-rays, with the interval
            in which the true value lies 95 times in 100. "Cannot be told yet" means that the change may be
            chance.
          </Trans>
        </p>
      </footer>
    </>
  );
}

function PlanPart({ plan }: { readonly plan: ClinicPlan }) {
  const { t } = useLingui();
  const date = useDay();
  const reviewDay = date(plan.reviewDay);
  return (
    <section>
      <h2>
        <Trans>Your plan</Trans>
      </h2>
      <p>
        <Trans>
          Version {plan.version}, signed by {plan.author}. Next look at it: {reviewDay}.
        </Trans>
      </p>
      <p>
        <Plural value={plan.sessionsPerWeek} one="# session a week" other="# sessions a week" />
        {' · '}
        <Plural value={plan.minutesPerSession} one="at most # minute" other="at most # minutes" />
      </p>
      {plan.note !== '' && <p className="leave-behind-contact">{plan.note}</p>}
      {plan.sensors.length > 0 && (
        <p>
          <Trans>Sensors:</Trans>{' '}
          {plan.sensors
            .map(({ place, site, strap }) =>
              [t(placeWords(place)), site, strap].filter((words) => words !== '').join(', '),
            )
            .join('; ')}
        </p>
      )}
      <ol>
        {plan.exercises.map((exercise) => {
          const words = libraryWords(exercise.exerciseId);
          const way =
            exercise.variation === null ? null : variationWords(exercise.exerciseId, exercise.variation);
          return (
            <li key={exercise.exerciseId}>
              <h3>{t(words.title)}</h3>
              <p>
                <strong>
                  <DoseWords exercise={exercise} />
                </strong>
              </p>
              {way !== null && <p>{t(way)}</p>}
              <p>{t(words.start)}</p>
              <ul>
                {words.steps.map((step) => (
                  <li key={step.id}>{t(step)}</li>
                ))}
              </ul>
              {words.avoid !== null && <p className="leave-behind-small">{t(words.avoid)}</p>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function DoseWords({
  exercise: { exerciseId, sets, repetitions, minutes, holdS, restS, mostDeg },
}: {
  readonly exercise: ClinicExercise;
}) {
  const { t } = useLingui();
  const isBothSides = libraryExercise(exerciseId).dose.perSide;
  const parts = [
    t`${sets} ×`,
    repetitions === null
      ? t`${minutes ?? 0} min`
      : isBothSides
        ? t`${repetitions} to each side`
        : t`${repetitions} times`,
    ...(holdS > 0 ? [t`hold ${holdS} s`] : []),
    ...(restS > 0 && sets > 1 ? [t`rest ${restS} s between`] : []),
    ...(mostDeg === null ? [] : [t`never further than ${mostDeg}°`]),
  ];
  const [count, first, ...others] = parts;
  return [sets > 1 ? `${count} ${first}` : first, ...others].join(' · ');
}

function WatchFor({ plan }: { readonly plan: ClinicPlan | null }) {
  const { t } = useLingui();
  const area = emergencyArea(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const call = area === null ? t`your local emergency number` : EMERGENCY_NUMBERS[area];
  const lines = (ids: readonly FlagId[]) => (
    <ul>
      {ids.map((id) => {
        const { line, question } = safetyWords(id);
        return <li key={id}>{t(line ?? question)}</li>;
      })}
    </ul>
  );
  return (
    <>
      <h3>
        <Trans>Stop, and call {call} at once:</Trans>
      </h3>
      {lines(AT_ONCE)}
      <h3>
        <Trans>Stop, and get medical help the same day:</Trans>
      </h3>
      {lines(SAME_DAY)}
      <h3>
        <Trans>Do less, and tell the clinic:</Trans>
      </h3>
      <ul>
        <li>
          {plan === null ? (
            <Trans>Pain during an exercise that is clearly more than before it.</Trans>
          ) : (
            <Trans>Pain during an exercise above {plan.painCeiling} of 10.</Trans>
          )}
        </li>
        <li>
          <Trans>More pain that is still there on the second morning.</Trans>
        </li>
      </ul>
    </>
  );
}

function Results({ review: { outcomes, ranges } }: { readonly review: PatientReview }) {
  const { t } = useLingui();
  const said = outcomes.flatMap(({ lines }) => lines).filter(({ series }) => series.name.kind !== 'range');
  if (said.length === 0 && ranges.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Results so far</Trans>
      </h2>
      {said.length > 0 && <ResultTable caption={t`What you said`} lines={said} />}
      {ranges.map(({ layout, lines }) => (
        <ResultTable key={layout} caption={t`How far you move, with sensors on: ${layout}`} lines={lines} />
      ))}
    </section>
  );
}

function ResultTable({
  caption,
  lines,
}: {
  readonly caption: string;
  readonly lines: readonly ReviewLine[];
}) {
  return (
    <div className="leave-behind-table" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Measure</Trans>
            </th>
            <th scope="col">
              <Trans>Start</Trans>
            </th>
            <th scope="col">
              <Trans>Now</Trans>
            </th>
            <th scope="col">
              <Trans>Verdict</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <ResultRow key={JSON.stringify(line.series.name)} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResultRow({ line: { series, start, now, change } }: { readonly line: ReviewLine }) {
  const { t } = useLingui();
  const titleOf = useSeriesTitle();
  const { amount } = useProgressNumbers(series.unit);
  const interval = series.points.at(-1)?.interval ?? null;
  return (
    <tr>
      <th scope="row">{titleOf(series)}</th>
      <td>{start === null || change === null ? '–' : amount(start)}</td>
      <td>
        {amount(now)}
        {interval !== null && ` (${amount(interval[0])}–${amount(interval[1])})`}
      </td>
      <td>{series.verdict === null ? '–' : t(answerWords(answerOf(series.verdict)))}</td>
    </tr>
  );
}
