import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { OutcomeRow } from '../../../core/report/referrer-outcomes.ts';
import type { RangeFigure, RangeTable } from '../../../core/report/referrer-ranges.ts';
import type { NoteId, ReferrerReport } from '../../../core/report/referrer-report.ts';
import { roleName, sideName } from '../../text/exercise-text.ts';
import { INTAKE_QUESTIONS } from '../../text/intake-text.ts';
import { choiceWords } from '../../text/measure-text.ts';
import { seriesName, verdictWords } from '../../text/progress-text.ts';
import { lockWords, noteWords, outcomeName, sidesWords, worthWords } from '../../text/report-text.ts';
import { AnswerList } from '../safety/AnswerList.tsx';
import { Done, More, Note, PlanNow, type PartProps } from './ReportParts.tsx';
import { isRole, useReportNumbers } from './report-numbers.ts';

interface PaperProps {
  readonly report: ReferrerReport;
  /** Written by hand; '' for none. */
  readonly note: string;
  readonly isSigned: boolean;
}

/** The page itself, in the language of the provider around it. */
export function ReportPaper({ report, note, isSigned }: PaperProps) {
  const { t, i18n } = useLingui();
  const { day } = useReportNumbers();
  const { name, ageYears, fromDay, untilDay, hasSimulated, notes } = report;
  return (
    <article className="report" lang={i18n.locale}>
      <header>
        <h1>
          <Trans>Report: upper back, exercise at home</Trans>
        </h1>
        <p>
          <b>{name === '' ? <Trans>No name given</Trans> : name}</b>
          {ageYears !== null && (
            <>
              , <Plural value={ageYears} one="# year" other="# years" />
            </>
          )}
          {' · '}
          <Trans>
            {day(fromDay)} to {day(untilDay)}
          </Trans>
        </p>
        {hasSimulated && (
          <p className="report-warning">
            <Trans>
              Part of this page is simulated: it comes from the virtual kit, and no person was measured.
            </Trans>
          </p>
        )}
      </header>
      <div className="report-pair">
        <Complaint report={report} />
        <Safety report={report} />
      </div>
      <Outcomes report={report} />
      <Ranges report={report} />
      <div className="report-pair">
        <Done report={report} />
        <PlanNow report={report} />
      </div>
      {note !== '' && (
        <section>
          <h2>{isSigned ? <Trans>Recommendation</Trans> : <Trans>From the person</Trans>}</h2>
          <p className="report-words">{note}</p>
        </section>
      )}
      {isSigned && (
        <p className="report-signature">
          <Trans>Name, date, signature:</Trans>
        </p>
      )}
      <section>
        <h2>
          <Trans>Limits</Trans>
        </h2>
        <p>
          <Trans>
            This page makes no diagnosis. Angles are estimates by consumer motion sensors on the skin, put on
            by the person; they are not radiographic. Answers are the person's own. Pain often changes by
            itself: a verdict does not say why.
          </Trans>
        </p>
      </section>
      <section>
        <h2>
          <Trans>Where the numbers come from</Trans>
        </h2>
        <ol className="report-notes">
          {notes.map((id) => (
            <li key={id}>{t(noteWords(id))}</li>
          ))}
        </ol>
      </section>
    </article>
  );
}

function Complaint({ report: { complaint } }: PartProps) {
  const { t } = useLingui();
  const { painSince, work, hardThings } = complaint;
  const said = (field: 'painSince' | 'work', code: string): ReactNode => {
    const { kind } = INTAKE_QUESTIONS[field];
    const choice = kind.takes === 'one' ? kind.choices.find((one) => one.code === code) : undefined;
    return choice === undefined ? code : t(choice.words);
  };
  return (
    <section>
      <h2>
        <Trans>Complaint, in the person's words</Trans>
      </h2>
      {hardThings.shown.length === 0 ? (
        <p>
          <Trans>Nothing was named that the upper back makes hard.</Trans>
        </p>
      ) : (
        <>
          <p>
            <Trans>Hard because of the upper back:</Trans>
          </p>
          <ul>
            {hardThings.shown.map((thing, i) => (
              <li key={i} className="report-words">
                “{thing}”
              </li>
            ))}
          </ul>
          <More count={hardThings.leftOut} />
        </>
      )}
      {painSince !== null && (
        <p>
          <Trans>Pain since:</Trans> {said('painSince', painSince)}
        </p>
      )}
      {work !== null && (
        <p>
          <Trans>Most of the day:</Trans> {said('work', work)}
        </p>
      )}
    </section>
  );
}

function Safety({ report: { safety } }: PartProps) {
  const { t } = useLingui();
  const { day } = useReportNumbers();
  const { lock, told, clearCount, answers } = safety;
  return (
    <section>
      <h2>
        <Trans>Safety answers</Trans>
      </h2>
      {safety.day === null ? (
        <p>
          <Trans>The safety questions have not been answered.</Trans>
        </p>
      ) : (
        <>
          {lock !== null && (
            <p className="report-warning">
              <b>{t(lockWords(lock))}</b>
            </p>
          )}
          {told.shown.length > 0 && <AnswerList flagIds={told.shown} answers={answers} />}
          <More count={told.leftOut} />
          <p>
            <Plural
              value={clearCount}
              one="# question: nothing to report."
              other="# questions: nothing to report."
            />{' '}
            <Trans>Last answered {day(safety.day)}.</Trans>
          </p>
        </>
      )}
    </section>
  );
}

function Heads({ first }: { readonly first: ReactNode }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">
          <Trans>Start</Trans>
        </th>
        <th scope="col">
          <Trans>Latest</Trans>
        </th>
        <th scope="col">
          <Trans>Change (needed)</Trans>
        </th>
        <th scope="col">
          <Trans>Verdict</Trans>
        </th>
      </tr>
    </thead>
  );
}

function Outcomes({ report }: PartProps) {
  const { t } = useLingui();
  const { outcomes, globalChange } = report;
  const inWords = globalChange === null ? undefined : choiceWords('pgic')[globalChange - 1];
  return (
    <section>
      <h2 id="report-outcomes">
        <Trans>What the person says, 0 to 10</Trans>
      </h2>
      {outcomes.length === 0 ? (
        <p>
          <Trans>Not enough answers yet.</Trans>
        </p>
      ) : (
        <div className="report-table" role="region" aria-labelledby="report-outcomes" tabIndex={0}>
          <table>
            <Heads first={<Trans>Answers</Trans>} />
            <tbody>
              {outcomes.map((row) => (
                <OutcomeLine key={JSON.stringify(row.name)} report={report} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {inWords !== undefined && (
        <p>
          <Trans>Since starting, my upper back is: {t(inWords)}</Trans>
          <Note report={report} id="pgic" />
        </p>
      )}
    </section>
  );
}

function OutcomeLine({ report, row }: PartProps & { readonly row: OutcomeRow }) {
  const { t } = useLingui();
  const { points, change, shortDay } = useReportNumbers();
  const { name, first, latest, needed, verdict, worth } = row;
  const worthSaid = worthWords(worth);
  return (
    <tr>
      <th scope="row">
        {t(outcomeName(name))}
        <Note report={report} id={name.kind as NoteId} />
      </th>
      <td>
        {first === null ? '–' : points(first.value)}
        {first !== null && <span className="report-date">{shortDay(first.day)}</span>}
      </td>
      <td>
        {points(latest.value)}
        <span className="report-date">{shortDay(latest.day)}</span>
      </td>
      <td>
        {row.change === null ? '–' : change(row.change)}
        {needed !== null && (
          <>
            {` (${points(needed)})`}
            <Note report={report} id="needed" />
          </>
        )}
      </td>
      <td>
        {verdict === null ? <Trans>Shown, not judged</Trans> : t(verdictWords(verdict))}
        {worthSaid !== null && (
          <span className="small">
            {' · '}
            {t(worthSaid)}
            <Note report={report} id="worth" />
          </span>
        )}
      </td>
    </tr>
  );
}

function Ranges({ report }: PartProps) {
  const { ranges, rangesLeftOut } = report;
  return (
    <section>
      <h2 id="report-ranges">
        <Trans>Range of movement, by test and place of the sensors</Trans>
      </h2>
      {ranges.length === 0 ? (
        <p>
          <Trans>Not tested with sensors yet.</Trans>
        </p>
      ) : (
        <div className="report-table" role="region" aria-labelledby="report-ranges" tabIndex={0}>
          <table>
            <Heads
              first={
                <>
                  <Trans>Test</Trans>
                  <Note report={report} id="range" />
                </>
              }
            />
            {ranges.map((table) => (
              <RangeLines key={table.layout} report={report} table={table} />
            ))}
          </table>
        </div>
      )}
      <More count={rangesLeftOut} />
    </section>
  );
}

function RangeLines({ report, table }: PartProps & { readonly table: RangeTable }) {
  const { t } = useLingui();
  const { degrees, change, share, shortDay } = useReportNumbers();
  const { worn, isPresent, rows, sides } = table;
  const nameOf = (metric: string) =>
    t(seriesName({ kind: 'range', metric, side: null, layout: table.layout }));
  const figure = ({ valueDeg, lowDeg, highDeg }: RangeFigure) => (
    <>
      {degrees(valueDeg)}{' '}
      <span className="report-interval">({`${degrees(lowDeg)} – ${degrees(highDeg)}`})</span>
    </>
  );
  const moved = ({ valueDeg, lowDeg, highDeg }: RangeFigure) => (
    <>
      {change(valueDeg, 0)}°{' '}
      <span className="report-interval">({`${change(lowDeg, 0)}° – ${change(highDeg, 0)}°`})</span>
    </>
  );
  const places = worn.places.map((place) => (isRole(place) ? t(roleName(place)) : place)).join(', ');
  return (
    <tbody>
      <tr className="report-layout">
        <th scope="rowgroup" colSpan={5}>
          <Trans>Sensors: {places}</Trans>
          {worn.simulated && (
            <>
              {' · '}
              <Trans>simulated</Trans>
            </>
          )}
          {!isPresent && (
            <>
              {' · '}
              <Trans>not used any more; not compared with the others</Trans>
            </>
          )}
        </th>
      </tr>
      {rows.map(({ metric, side, first, latest, neededDeg, verdict, change: way }) => (
        <tr key={`${metric} ${side}`}>
          <th scope="row">
            {nameOf(metric)}
            {side !== null && ` · ${t(sideName(side))}`}
          </th>
          <td>
            {first === null ? '–' : figure(first)}
            {first !== null && <span className="report-date">{shortDay(first.day)}</span>}
          </td>
          <td>
            {figure(latest)}
            <span className="report-date">{shortDay(latest.day)}</span>
          </td>
          <td>
            {way === null ? '–' : moved(way)}
            {neededDeg !== null && (
              <span className="report-date">
                <Trans>needed {degrees(neededDeg)}</Trans>
              </span>
            )}
          </td>
          <td>{verdict === null ? <Trans>Shown, not judged</Trans> : t(verdictWords(verdict))}</td>
        </tr>
      ))}
      {sides.map(({ metric, day, difference, share: part, verdict }) => (
        <tr key={metric}>
          <th scope="row">
            {nameOf(metric)} · <Trans>left less right</Trans>
            <Note report={report} id="sides" />
          </th>
          <td colSpan={3}>
            {moved(difference)} · <Trans>{share(part)} of the larger side</Trans>
            <span className="report-date">{shortDay(day)}</span>
          </td>
          <td>{t(sidesWords(verdict))}</td>
        </tr>
      ))}
    </tbody>
  );
}
