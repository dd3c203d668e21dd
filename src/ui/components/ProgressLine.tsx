import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';
import { sideName } from '../text/exercise-text.ts';
import { seriesName, verdictMeaning } from '../text/progress-text.ts';
import { ExplainNumber } from './ExplainNumber.tsx';
import { ProgressChart } from './ProgressChart.tsx';
import { SeriesExplanation } from './SeriesExplanation.tsx';
import { VerdictMark } from './VerdictMark.tsx';

/** The name of a line, with its side. */
export function useSeriesTitle(): (series: ProgressSeries) => string {
  const { t } = useLingui();
  return ({ name }) => {
    const what = t(seriesName(name));
    return name.kind === 'range' && name.side !== null ? `${what} · ${t(sideName(name.side))}` : what;
  };
}

/** One line of a tile's page: verdict, chart or table, and where the numbers come from. */
export function ProgressLine({
  series,
  isOtherKit,
}: {
  readonly series: ProgressSeries;
  /** Measured with a kit that is no longer used. */
  readonly isOtherKit: boolean;
}) {
  const { t } = useLingui();
  const heading = useId();
  const [asTable, setAsTable] = useState(false);
  const { amount } = useProgressNumbers(series.unit);
  const title = useSeriesTitle()(series);
  const { points, start, verdict } = series;
  const last = points.at(-1);
  if (last === undefined) return null;
  const from = amount(start?.value ?? last.value),
    to = amount(last.value);
  return (
    <section className="card stack" aria-labelledby={heading}>
      <div className="row row-apart wrap">
        <h2 id={heading}>{title}</h2>
        {verdict !== null && <VerdictMark verdict={verdict} />}
      </div>
      {isOtherKit && (
        <p className="small">
          <Trans>Measured with other sensors than now. The two are never joined.</Trans>
        </p>
      )}
      <p className="progress-numbers">
        {start === null || points.length < 2 ? (
          <b>{to}</b>
        ) : (
          <Trans>
            <span>{from}</span> at the start, <b>{to}</b> now
          </Trans>
        )}
      </p>
      {verdict !== null && <p className="muted">{t(verdictMeaning(verdict))}</p>}
      {asTable ? (
        <ProgressTable series={series} title={title} />
      ) : (
        <>
          <ProgressChart series={series} label={t`${title}: ${from} at the start, ${to} now`} />
          {series.needed !== null && start !== null && (
            <p className="small">
              <Trans>
                The band around the start is what days alone can make. Inside it nothing has changed.
              </Trans>
            </p>
          )}
        </>
      )}
      <div className="row wrap">
        <button
          type="button"
          className="button button-quiet button-small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <Trans>Show the chart</Trans> : <Trans>Show as a table</Trans>}
        </button>
        <ExplainNumber about={title}>
          <SeriesExplanation series={series} />
        </ExplainNumber>
      </div>
    </section>
  );
}

function ProgressTable({ series, title }: { readonly series: ProgressSeries; readonly title: string }) {
  const { date, amount } = useProgressNumbers(series.unit);
  const hasIntervals = series.points.some(({ interval }) => interval !== null);
  return (
    <div className="table-scroll">
      <table>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Day</Trans>
            </th>
            <th scope="col">
              <Trans>Value</Trans>
            </th>
            {hasIntervals && (
              <th scope="col">
                <Trans>Surely between</Trans>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {series.points.map(({ day, value, interval }) => (
            <tr key={day}>
              <td>{date(day)}</td>
              <td>{amount(value)}</td>
              {hasIntervals && (
                <td>{interval === null ? '–' : `${amount(interval[0])} – ${amount(interval[1])}`}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
