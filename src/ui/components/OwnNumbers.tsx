import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { progressTiles, type ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { rangeSeries, type RangeSeries } from '../../core/care/outcomes/range-series.ts';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';
import { ExplainNumber } from './ExplainNumber.tsx';
import type { ReadyJournal } from './JournalGate.tsx';
import { useSeriesTitle } from './ProgressLine.tsx';
import { SeriesExplanation } from './SeriesExplanation.tsx';

/** The sensor numbers of whoever reads, explained: interval, what is needed, and how far their own repeats lie apart. */
export function OwnNumbers({ journal: { entries, moment } }: { readonly journal: ReadyJournal }) {
  const shown = useMemo(() => {
    const movement = progressTiles(entries, moment).find(({ id }) => id === 'movement');
    const all = rangeSeries(entries, moment);
    return (movement?.series ?? []).flatMap((series): { series: ProgressSeries; range: RangeSeries }[] => {
      const { name } = series;
      const range = all.find(
        (one) =>
          name.kind === 'range' &&
          one.metric === name.metric &&
          one.side === name.side &&
          one.layout === name.layout,
      );
      return range === undefined || series.needed === null ? [] : [{ series, range }];
    });
  }, [entries, moment]);
  if (shown.length === 0)
    return (
      <section className="card">
        <p>
          <Trans>Your own numbers stand here after your first movement test.</Trans>
        </p>
      </section>
    );
  return (
    <>
      {shown.map(({ series, range }) => (
        <OwnNumber key={`${range.metric} ${range.side ?? ''}`} series={series} range={range} />
      ))}
      <Link href="/progress/movement" className="button button-quiet">
        <Trans>See them as a chart</Trans>
      </Link>
    </>
  );
}

function OwnNumber({ series, range }: { readonly series: ProgressSeries; readonly range: RangeSeries }) {
  const { i18n } = useLingui();
  const { amount, date } = useProgressNumbers('deg');
  const title = useSeriesTitle()(series);
  const last = range.tests.at(-1);
  if (last === undefined || series.needed === null) return null;
  const repeats = new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(
    range.repeatsDeg.map((difference) => amount(Math.abs(difference))),
  );
  return (
    <section className="card stack">
      <h2>{title}</h2>
      <p>
        <Trans>
          On {date(last.day)} you reached <b>{amount(last.valueDeg)}</b>. The true angle surely lies between{' '}
          {amount(last.intervalDeg[0])} and {amount(last.intervalDeg[1])}.
        </Trans>
      </p>
      <p>
        <Trans>For you, a change counts from {amount(series.needed)} on, twice in a row.</Trans>
      </p>
      <p className="muted">
        {range.repeatsDeg.length === 0 ? (
          <Trans>
            You have not repeated it within a week yet. Doing so tells how far your own numbers jump.
          </Trans>
        ) : (
          <Trans>When you repeated it within a week, your numbers differed by {repeats}.</Trans>
        )}
      </p>
      <ExplainNumber about={title}>
        <SeriesExplanation series={series} />
      </ExplainNumber>
    </section>
  );
}
