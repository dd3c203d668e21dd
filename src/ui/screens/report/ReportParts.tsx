import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Fragment } from 'react';
import type { NoteId, ReferrerReport } from '../../../core/report/referrer-report.ts';
import { Dose } from '../../components/Dose.tsx';
import { libraryWords } from '../../text/exercise-library-text.ts';
import { ruleSentence, stretchWords } from '../../text/programme-text.ts';
import { useReportNumbers } from './report-numbers.ts';

export interface PartProps {
  readonly report: ReferrerReport;
}

/** The number of a footnote. */
export function Note({ report, id }: PartProps & { readonly id: NoteId }) {
  const number = report.notes.indexOf(id) + 1;
  return (
    <sup>
      <span className="visually-hidden">
        <Trans>Note</Trans>{' '}
      </span>
      {number}
    </sup>
  );
}

export function More({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <p className="small">
      <Trans>and {count} more</Trans>
    </p>
  );
}

export function Done({ report }: PartProps) {
  const { date } = useReportNumbers();
  const { sessions, events, kit } = report;
  const { done, planned, simulated, selfReported, cutShort } = sessions;
  return (
    <section>
      <h2>
        <Trans>What was done</Trans>
      </h2>
      <p>
        {planned === null ? (
          <Plural value={done} one="# session" other="# sessions" />
        ) : (
          <Trans>
            {done} sessions done, {planned} planned
          </Trans>
        )}
        <Note report={report} id="sessions" />
        {selfReported > 0 && (
          <>
            {' · '}
            <Trans>without sensors: {selfReported}</Trans>
          </>
        )}
        {cutShort > 0 && (
          <>
            {' · '}
            <Trans>cut short: {cutShort}</Trans>
          </>
        )}
        {simulated > 0 && (
          <>
            {' · '}
            <Trans>simulated: {simulated}</Trans>
          </>
        )}
      </p>
      <p>
        <Trans>Something new or worrying was said: {events.adverse}</Trans>
        {' · '}
        <Trans>Flares: {events.flares}</Trans>
        {' · '}
        <Trans>Exercise lowered for pain: {events.painStops}</Trans>
        <Note report={report} id="counts" />
      </p>
      <p>
        {kit === null ? (
          <Trans>Sensors: not checked by a clinic.</Trans>
        ) : (
          <>
            <Trans>
              Sensors: {kit.kitName}, checked by {kit.checkedBy} on {date(kit.madeAtUtc)}
            </Trans>
            {': '}
            {kit.verdict === 'fit' ? <Trans>fit</Trans> : <Trans>not fit</Trans>}
            {kit.isExpired && (
              <>
                {', '}
                <Trans>check out of date</Trans>
              </>
            )}
            {kit.simulated && (
              <>
                {', '}
                <Trans>simulated</Trans>
              </>
            )}
          </>
        )}
      </p>
    </section>
  );
}

export function PlanNow({ report }: PartProps) {
  const { t } = useLingui();
  const { day, shortDay } = useReportNumbers();
  const { plan, changes } = report;
  return (
    <section>
      <h2>
        <Trans>Plan, and why it changed</Trans>
        {report.notes.includes('rules') && <Note report={report} id="rules" />}
      </h2>
      {plan === null ? (
        <p>
          <Trans>No plan yet.</Trans>
        </p>
      ) : (
        <>
          <p>
            {t(stretchWords(plan.current))}
            {' · '}
            <Plural value={plan.current.sessionsPerWeek} one="# session a week" other="# sessions a week" />
            {' · '}
            <Plural value={plan.current.minutesPerSession} one="at most # minute" other="at most # minutes" />
          </p>
          {plan.signed !== null && (
            <p>
              <Trans>
                Signed by {plan.signed.author}, version {plan.signed.version}; next look{' '}
                {day(plan.signed.reviewDay)}
              </Trans>
            </p>
          )}
          <p>
            {plan.exercises.shown.map((planned, i) => (
              <Fragment key={planned.exerciseId}>
                {i > 0 && '; '}
                {t(libraryWords(planned.exerciseId).title)} (<Dose planned={planned} isArmAlone={false} />)
              </Fragment>
            ))}
          </p>
          <More count={plan.exercises.leftOut} />
        </>
      )}
      {changes.shown.length > 0 && (
        <>
          <ul>
            {changes.shown.map(({ day: on, firing }, i) => (
              <li key={i}>
                {shortDay(on)}:{' '}
                {firing.exerciseId !== null && `${t(libraryWords(firing.exerciseId).title)}: `}
                {t(ruleSentence(firing))} ({firing.ruleId})
              </li>
            ))}
          </ul>
          <More count={changes.leftOut} />
        </>
      )}
    </section>
  );
}
