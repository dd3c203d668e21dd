import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { useId, useState } from 'react';
import type { ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { OUTCOME_RULES_VERSION } from '../../core/care/outcomes/outcome-thresholds.ts';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';
import { sideName } from '../text/exercise-text.ts';
import { scaleWords, seriesName, sourceWords, verdictMeaning } from '../text/progress-text.ts';
import { ProgressChart } from './ProgressChart.tsx';
import { Sheet } from './Sheet.tsx';
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
  const [isExplained, setIsExplained] = useState(false);
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
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => setIsExplained(true)}
        >
          <CircleHelp size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Explain this number</Trans>
          <span className="visually-hidden">: {title}</span>
        </button>
      </div>
      {isExplained && <Explanation series={series} title={title} onClose={() => setIsExplained(false)} />}
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

function Explanation({
  series,
  title,
  onClose,
}: {
  readonly series: ProgressSeries;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { date, amount } = useProgressNumbers(series.unit);
  const { name, points, start, needed, unit } = series;
  const last = points.at(-1);
  const need = needed === null ? null : amount(needed);
  return (
    <Sheet title={title} onClose={onClose}>
      <p className="muted">{t(sourceWords(name))}</p>
      <dl className="pairs">
        {unit === 'points' && (
          <>
            <dt>
              <Trans>The scale</Trans>
            </dt>
            <dd>{t(scaleWords(name))}</dd>
          </>
        )}
        {start !== null && (
          <>
            <dt>
              <Trans>At the start</Trans>
            </dt>
            <dd>
              {amount(start.value)} · {date(start.day)}
            </dd>
          </>
        )}
        {last !== undefined && (
          <>
            <dt>
              <Trans>Now</Trans>
            </dt>
            <dd>
              {amount(last.value)} · {date(last.day)}
              {last.interval !== null && (
                <span className="small choice-detail">
                  <Trans>
                    19 times out of 20 the true angle lies between {amount(last.interval[0])} and{' '}
                    {amount(last.interval[1])}.
                  </Trans>
                </span>
              )}
            </dd>
          </>
        )}
        <dt>
          <Trans>Looks</Trans>
        </dt>
        <dd>
          <Plural value={points.length} one="# so far" other="# so far" />
        </dd>
        {need !== null && (
          <>
            <dt>
              <Trans>Called a change</Trans>
            </dt>
            <dd>
              {name.kind === 'painWeek' || name.kind === 'painReview' ? (
                <Trans>
                  from {need} points and a third of the start on, twice in a row. Someone whose pain goes up
                  and down a lot needs more.
                </Trans>
              ) : unit === 'deg' ? (
                <Trans>
                  from {need} on, twice in a row, at least ten days apart. The more moves are tested, the more
                  each needs: one of many differs by chance.
                </Trans>
              ) : (
                <Trans>from {need} points on, twice in a row.</Trans>
              )}
            </dd>
          </>
        )}
        <dt>
          <Trans>It does not say</Trans>
        </dt>
        <dd>
          {name.kind === 'painWeek' || name.kind === 'painReview' ? (
            <Trans>why. Pain often settles by itself.</Trans>
          ) : (
            <Trans>why it changed, or what is going on inside your back.</Trans>
          )}
        </dd>
        <dt>
          <Trans>Method</Trans>
        </dt>
        <dd>
          <Trans>Fixed rules, version {OUTCOME_RULES_VERSION}. No AI.</Trans>
        </dd>
      </dl>
    </Sheet>
  );
}
