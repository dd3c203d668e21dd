import { Trans, useLingui } from '@lingui/react/macro';
import { Fragment, useMemo } from 'react';
import { Link, useParams } from 'wouter';
import type { PatientReview, ReviewOutcome } from '../../../core/care/clinic/patient-review.ts';
import { type AtDesk, PatientGate } from '../../components/PatientGate.tsx';
import { PlanChanges } from '../../components/PlanChanges.tsx';
import { ProgressChart } from '../../components/ProgressChart.tsx';
import { useSeriesTitle } from '../../components/ProgressLine.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { WriteBox } from '../../components/WriteBox.tsx';
import { useDraft } from '../../hooks/use-draft.ts';
import { useProgressNumbers } from '../../hooks/use-progress-numbers.ts';
import { reviewOfPatient } from '../../review-of-patient.ts';
import { answerWords, decisionWords, outcomeName } from '../../text/review-text.ts';
import { RecordingList } from './PatientRecordings.tsx';
import { ReviewAlerts } from './ReviewAlerts.tsx';
import { AnswerTable, RangeTables } from './ReviewTables.tsx';
import '../../styles/care.css';
import '../../styles/clinic.css';

/** One patient on one page: better, the same or worse, what needs somebody, and what to decide. */
export function ReviewPage() {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  return (
    <PatientGate patientId={id} className="page" back={{ href: '/patients', label: t`Back to the patients` }}>
      {(at) => <Review {...at} />}
    </PatientGate>
  );
}

function Review({ patient, desk, reload }: AtDesk) {
  const review = useMemo(() => reviewOfPatient(patient, desk), [patient, desk]);
  const gravest = review.alerts[0]?.level;
  // What is for today stands above any verdict.
  const isPressing = gravest === 'critical' || gravest === 'high';
  return (
    <>
      {isPressing && <ReviewAlerts alerts={review.alerts} />}
      <Headline review={review} />
      <Tiles outcomes={review.outcomes} />
      {!isPressing && <ReviewAlerts alerts={review.alerts} />}
      <Decisions review={review} />
      <PainAndWeeks review={review} />
      <AnswerTable outcomes={review.outcomes} />
      <RangeTables ranges={review.ranges} />
      <Changes review={review} />
      {patient.recordings.length > 0 && (
        <section className="card stack">
          <h2>
            <Trans>Sessions to replay</Trans>
          </h2>
          <RecordingList patient={patient} />
        </section>
      )}
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
    const names = outcomes.filter((outcome) => outcome.answer === one).map(({ id }) => t(outcomeName(id)));
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
          <h2>{t(outcomeName(outcome.id))}</h2>
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

function Notes({ patient: { patientId, notes }, desk, reload }: AtDesk) {
  const { t, i18n } = useLingui();
  const draft = useDraft(desk, patientId, 'note');
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
      <WriteBox
        label={t`New note`}
        button={t`Keep the note`}
        draft={draft}
        onWrite={(text) => desk.addNote(patientId, text).then(reload)}
      />
    </section>
  );
}
