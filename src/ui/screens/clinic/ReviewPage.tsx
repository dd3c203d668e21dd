import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Fragment, useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'wouter';
import {
  answerOf,
  type PatientReview,
  type ReviewLine,
  type ReviewOutcome,
} from '../../../core/care/clinic/patient-review.ts';
import type { ReviewAlert } from '../../../core/care/clinic/review-alerts.ts';
import type { ClinicDesk, ClinicPatient } from '../../clinic-ports.ts';
import { BackLink } from '../../components/BackLink.tsx';
import { LevelChip } from '../../components/LevelChip.tsx';
import { ClinicianShell } from '../../components/PatientShell.tsx';
import { PlanChanges } from '../../components/PlanChanges.tsx';
import { ProgressChart } from '../../components/ProgressChart.tsx';
import { useSeriesTitle } from '../../components/ProgressLine.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { useClinicDesk } from '../../hooks/use-clinic-desk.ts';
import { useProgressNumbers } from '../../hooks/use-progress-numbers.ts';
import { reviewOfPatient } from '../../review-of-patient.ts';
import { libraryTitle } from '../../text/exercise-library-text.ts';
import { roleName } from '../../text/exercise-text.ts';
import { tileName } from '../../text/progress-text.ts';
import { alertTitle, answerWords, decisionWords, sourceOfAlert } from '../../text/review-text.ts';
import { safetyWords } from '../../text/safety-text.ts';
import '../../styles/care.css';
import '../../styles/clinic.css';

/** One patient on one page: better, the same or worse, what needs somebody, and what to decide. */
export function ReviewPage() {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  const { state, reload } = useClinicDesk(useCallback((desk: ClinicDesk) => desk.read(id), [id]));
  return (
    <ClinicianShell>
      <main className="page" id="main">
        <header className="row">
          <BackLink href="/patients" label={t`Back to the patients`} />
          <h1>{state.kind === 'ready' && state.value !== null ? state.value.name : t`Patient`}</h1>
        </header>
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={() => void reload()} />}
        {state.kind === 'ready' &&
          (state.value === null ? (
            <p className="muted">
              <Trans>This patient is not on this device.</Trans>
            </p>
          ) : (
            <Review patient={state.value} desk={state.desk} reload={reload} />
          ))}
      </main>
    </ClinicianShell>
  );
}

interface ReviewProps {
  readonly patient: ClinicPatient;
  readonly desk: ClinicDesk;
  readonly reload: () => Promise<void>;
}

function Review({ patient, desk, reload }: ReviewProps) {
  const review = useMemo(() => reviewOfPatient(patient, desk), [patient, desk]);
  return (
    <>
      <Headline review={review} />
      <Tiles outcomes={review.outcomes} />
      <Alerts alerts={review.alerts} />
      <Decisions review={review} />
      <PainAndWeeks review={review} />
      <Answers outcomes={review.outcomes} />
      <Ranges review={review} />
      <Changes review={review} />
      <Notes patient={patient} desk={desk} reload={reload} />
      <Link href={`/patients/one/${patient.patientId}`} className="button button-second">
        <Trans>Plan, files and messages</Trans>
      </Link>
    </>
  );
}

/** In one word, then what it is made of: never one score. */
function Headline({ review: { answer, outcomes, adherence, toldDay } }: { readonly review: PatientReview }) {
  const { t, i18n } = useLingui();
  const { date } = useProgressNumbers('points');
  const list = new Intl.ListFormat(i18n.locale, { type: 'conjunction' });
  const groups = (['better', 'worse', 'mixed', 'same', 'cannotTell'] as const).flatMap((one) => {
    const names = outcomes.filter((outcome) => outcome.answer === one).map(({ id }) => t(tileName(id)));
    return names.length === 0 ? [] : [`${t(answerWords(one))}: ${list.format(names)}.`];
  });
  const percent = adherence === null ? null : i18n.number(adherence, { style: 'percent' });
  const until = toldDay === null ? null : date(toldDay);
  return (
    <section className="card card-lifted stack">
      <h2 className="review-answer">{t(answerWords(answer))}</h2>
      {groups.length > 0 && <p>{groups.join(' ')}</p>}
      <p className="small">
        {until === null ? (
          <Trans>No file came back yet: there is nothing to compare.</Trans>
        ) : (
          <Trans>By the patient's file of {until}.</Trans>
        )}{' '}
        {percent !== null && <Trans>Sessions done of those planned in two weeks: {percent}.</Trans>}
      </p>
    </section>
  );
}

function Tiles({ outcomes }: { readonly outcomes: readonly ReviewOutcome[] }) {
  const { t } = useLingui();
  if (outcomes.length === 0) return null;
  return (
    <ul className="review-tiles">
      {outcomes.map((outcome) => (
        <li key={outcome.id} className="card stack">
          <h2>{t(tileName(outcome.id))}</h2>
          <VerdictMark verdict={outcome.verdict} />
          <Leading outcome={outcome} />
        </li>
      ))}
    </ul>
  );
}

function Leading({ outcome: { lines, verdict } }: { readonly outcome: ReviewOutcome }) {
  const titleOf = useSeriesTitle();
  const line = lines.find(({ series }) => series.verdict === verdict) ?? lines[0];
  const { amount } = useProgressNumbers(line?.series.unit ?? 'points');
  if (line === undefined)
    return (
      <p className="small">
        <Trans>No answers and no tests yet.</Trans>
      </p>
    );
  return (
    <p className="small">
      {titleOf(line.series)}:{' '}
      {line.start === null || line.change === null ? (
        amount(line.now)
      ) : (
        <>
          {amount(line.start)} <span aria-hidden="true">→</span>
          <span className="visually-hidden">
            <Trans>then</Trans>
          </span>{' '}
          {amount(line.now)}
        </>
      )}
    </p>
  );
}

function Alerts({ alerts }: { readonly alerts: readonly ReviewAlert[] }) {
  return (
    <section className="card stack">
      <h2>
        <Trans>Alerts</Trans>
      </h2>
      {alerts.length === 0 && (
        <p>
          <Trans>None in the files that came.</Trans>
        </p>
      )}
      <ul className="stack">
        {alerts.map((alert, index) => (
          <AlertItem key={`${alert.subject.kind} ${index}`} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function AlertItem({ alert: { subject, level, day, entry } }: { readonly alert: ReviewAlert }) {
  const { t } = useLingui();
  const { date } = useProgressNumbers('points');
  const source = t(sourceOfAlert(entry?.event ?? null));
  const on = date(day);
  return (
    <li className="review-alert">
      <LevelChip level={level} />
      <div>
        <b>{t(alertTitle(subject))}</b>
        <AlertDetail subject={subject} />
        <p className="small">
          <Trans>
            {on}, from: {source}
          </Trans>
        </p>
      </div>
    </li>
  );
}

function AlertDetail({ subject }: { readonly subject: ReviewAlert['subject'] }) {
  const { t, i18n } = useLingui();
  switch (subject.kind) {
    case 'lock':
      return (
        <ul className="clinic-differences">
          {subject.flagIds.map((flagId) => {
            const { line, question } = safetyWords(flagId);
            return <li key={flagId}>{t(line ?? question)}</li>;
          })}
        </ul>
      );
    case 'painOverLimit': {
      const { pain, ceiling, times } = subject;
      const exercise = t(libraryTitle(subject.exerciseId));
      return (
        <p>
          {ceiling === null ? (
            <Trans>
              {exercise}: pain {pain}, above what the programme allows.
            </Trans>
          ) : (
            <Trans>
              {exercise}: pain {pain}, limit {ceiling}.
            </Trans>
          )}{' '}
          <Plural value={times} one="# time in two weeks" other="# times in two weeks" />
        </p>
      );
    }
    case 'rule':
      return subject.exerciseId === null ? null : <p>{t(libraryTitle(subject.exerciseId))}</p>;
    case 'flare':
    case 'nothingDone':
    case 'noFile':
    case 'reviewDue':
      return subject.days === 0 ? null : (
        <p>
          <Plural value={subject.days} one="for # day" other="for # days" />
        </p>
      );
    case 'lowQuality': {
      const quality = i18n.number(subject.quality, { maximumFractionDigits: 0 });
      return (
        <p>
          <Trans>Lowest mean of a session: {quality} of 100</Trans>
        </p>
      );
    }
    case 'notReadable':
      return (
        <p>
          <Plural value={subject.count} one="# entry" other="# entries" />
        </p>
      );
    case 'planNotTaken': {
      const { version, takenVersion } = subject;
      return (
        <p>
          {takenVersion === null ? (
            <Trans>Version {version}. The patient follows none of this clinic.</Trans>
          ) : (
            <Trans>
              Version {version}. The patient follows version {takenVersion}.
            </Trans>
          )}
        </p>
      );
    }
    case 'crisis':
    case 'statement':
    case 'emergencyTakenBack':
    case 'adverse':
    case 'painWorse':
      return null;
  }
}

function Decisions({ review: { decisions } }: { readonly review: PatientReview }) {
  const { t } = useLingui();
  return (
    <section className="card stack">
      <h2>
        <Trans>To decide</Trans>
      </h2>
      <ol className="clinic-differences review-decisions">
        {decisions.map((one) => (
          <li key={one}>{t(decisionWords(one))}</li>
        ))}
      </ol>
    </section>
  );
}

function PainAndWeeks({ review: { pain, weeks } }: { readonly review: PatientReview }) {
  const { t } = useLingui();
  const titleOf = useSeriesTitle();
  const { date } = useProgressNumbers('points');
  if (pain === null && weeks.length === 0) return null;
  return (
    <section className="card stack">
      {pain !== null && pain.points.length > 1 && (
        <>
          <h2>{titleOf(pain)}</h2>
          <ProgressChart
            series={pain}
            label={t`Pain from week to week; the numbers are in the table below.`}
          />
          <p className="small">
            <Trans>The band around the start is what days alone can make.</Trans>
          </p>
        </>
      )}
      {weeks.length > 0 && (
        <>
          <h2>
            <Trans>Sessions, week by week</Trans>
          </h2>
          <dl className="pairs">
            {weeks.map(({ lastDay, done, planned }) => {
              const until = date(lastDay);
              return (
                <Fragment key={lastDay}>
                  <dt>
                    <Trans>to {until}</Trans>
                  </dt>
                  <dd>
                    <Trans>
                      {done} of {planned}
                    </Trans>
                  </dd>
                </Fragment>
              );
            })}
          </dl>
        </>
      )}
    </section>
  );
}

function Answers({ outcomes }: { readonly outcomes: readonly ReviewOutcome[] }) {
  const { t } = useLingui();
  const lines = outcomes
    .flatMap((outcome) => outcome.lines)
    .filter(({ series }) => series.name.kind !== 'range');
  if (lines.length === 0) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>What the patient said</Trans>
      </h2>
      <LineTable label={t`What the patient said`} lines={lines} />
      <p className="small">
        <Trans>
          Matters: as much as people call a change that matters (MCID). Above error: more than answers differ
          by themselves (MDC).
        </Trans>
      </p>
    </section>
  );
}

function Ranges({ review: { ranges } }: { readonly review: PatientReview }) {
  const { t } = useLingui();
  return (
    <section className="card stack">
      <h2>
        <Trans>Movement by test and sensors</Trans>
      </h2>
      {ranges.length === 0 && (
        <p>
          <Trans>No tests came yet.</Trans>
        </p>
      )}
      {ranges.map(({ layout, lines }) => (
        <div key={layout} className="stack">
          <h3>{layoutName(layout, t)}</h3>
          <LineTable label={layoutName(layout, t)} lines={lines} />
        </div>
      ))}
      {ranges.length > 0 && (
        <p className="small">
          <Trans>
            Tests with other sensors are never joined. Above error: more than days and straps make by
            themselves (MDC). No change that matters to people is known for ranges. Angles are estimates of
            worn sensors, not of X-rays.
          </Trans>
        </p>
      )}
    </section>
  );
}

const ROLES = ['upperBack', 'lowerBack', 'pelvis', 'upperArmLeft', 'upperArmRight'] as const;
const VIRTUAL = 'virtual: ';

/** As it stands in the file, each place that is known by its name. */
function layoutName(layout: string, t: ReturnType<typeof useLingui>['t']): string {
  const isVirtual = layout.startsWith(VIRTUAL);
  const places = (isVirtual ? layout.slice(VIRTUAL.length) : layout)
    .split(' + ')
    .map((place) => {
      const role = ROLES.find((one) => one === place);
      return role === undefined ? place : t(roleName(role));
    })
    .join(' + ');
  return isVirtual ? t`Virtual kit, no person: ${places}` : places;
}

function LineTable({ label, lines }: { readonly label: string; readonly lines: readonly ReviewLine[] }) {
  const titleOf = useSeriesTitle();
  const hasMeaning = lines.some(({ series }) => series.name.kind !== 'range');
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
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
              <Trans>Change</Trans>
            </th>
            <th scope="col">
              <Trans>Above error</Trans>
            </th>
            {hasMeaning && (
              <th scope="col">
                <Trans>Matters</Trans>
              </th>
            )}
            <th scope="col">
              <Trans>Verdict</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow key={JSON.stringify(line.series.name)} line={line} hasMeaning={hasMeaning}>
              {titleOf(line.series)}
            </LineRow>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineRow({
  line: { series, start, now, change, isDetectable, isMeaningful },
  hasMeaning,
  children,
}: {
  readonly line: ReviewLine;
  readonly hasMeaning: boolean;
  readonly children: string;
}) {
  const { t, i18n } = useLingui();
  const { amount, date } = useProgressNumbers(series.unit);
  const yesNo = (value: boolean | null): string => (value === null ? '–' : value ? t`yes` : t`no`);
  const last = series.points.at(-1);
  const unit = series.unit === 'deg' ? '°' : '';
  const signed = new Intl.NumberFormat(i18n.locale, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: series.unit === 'deg' ? 0 : 1,
  });
  const needed = series.needed === null ? '' : ` (${amount(series.needed)})`;
  return (
    <tr>
      <th scope="row" className="review-measure">
        {children}
        {last !== undefined && (
          <span className="small">
            {' '}
            {date(last.day)} · <Plural value={series.points.length} one="# look" other="# looks" />
          </span>
        )}
      </th>
      <td>{start === null ? '–' : amount(start)}</td>
      <td>
        {amount(now)}
        {last?.interval && (
          <span className="small">
            {' '}
            ({amount(last.interval[0])}–{amount(last.interval[1])})
          </span>
        )}
      </td>
      <td>{change === null ? '–' : `${signed.format(change)}${unit}`}</td>
      <td>
        {yesNo(isDetectable)}
        <span className="small">{needed}</span>
      </td>
      {hasMeaning && <td>{yesNo(isMeaningful)}</td>}
      <td>{series.verdict === null ? '–' : t(answerWords(answerOf(series.verdict)))}</td>
    </tr>
  );
}

const SHOWN_CHANGES = 3;

function Changes({ review: { planChanges } }: { readonly review: PatientReview }) {
  return (
    <section className="card stack">
      <h2>
        <Trans>Why the plan changed</Trans>
      </h2>
      {planChanges.length === 0 ? (
        <p>
          <Trans>No rule changed it in the last four weeks.</Trans>
        </p>
      ) : (
        <p className="small">
          <Trans>In the words that the patient read. Last four weeks, newest first.</Trans>
        </p>
      )}
      <PlanChanges changes={planChanges.slice(0, SHOWN_CHANGES)} />
      {planChanges.length > SHOWN_CHANGES && (
        <details>
          <summary>
            <Trans>Earlier changes</Trans>
          </summary>
          <PlanChanges changes={planChanges.slice(SHOWN_CHANGES)} />
        </details>
      )}
    </section>
  );
}

const LONGEST_NOTE = 2000;

function Notes({ patient: { patientId, notes }, desk, reload }: ReviewProps) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState('');
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="card stack">
      <h2>
        <Trans>Notes of the clinic</Trans>
      </h2>
      <p className="small">
        <Trans>They stay on this device. No file takes them to the patient.</Trans>
      </p>
      {notes.length > 0 && (
        <ul className="stack" aria-label={t`Notes of the clinic`}>
          {notes.toReversed().map(({ noteId, text: said, writtenAtUtc }) => (
            <li key={noteId} className="clinic-message">
              <span className="small">{time.format(new Date(writtenAtUtc))}</span>
              <p>{said}</p>
            </li>
          ))}
        </ul>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void desk
            .addNote(patientId, text.trim())
            .then(() => setText(''))
            .then(reload);
        }}
      >
        <label className="field">
          <span className="small">
            <Trans>New note</Trans>
          </span>
          <textarea
            required
            rows={3}
            maxLength={LONGEST_NOTE}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-second button-small" disabled={text.trim() === ''}>
          <Trans>Keep the note</Trans>
        </button>
      </form>
    </section>
  );
}
