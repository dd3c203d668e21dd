import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { OUTCOME_RULES_VERSION } from '../../core/care/outcomes/outcome-thresholds.ts';
import type { ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';
import { useProgressNumbers } from '../hooks/use-progress-numbers.ts';
import { scaleWords, sourceWords } from '../text/progress-text.ts';

/** Where the numbers of one line come from, what would be called a change, and what they do not say. */
export function SeriesExplanation({ series }: { readonly series: ProgressSeries }) {
  const { t } = useLingui();
  const { date, amount } = useProgressNumbers(series.unit);
  const { name, points, start, needed, unit } = series;
  const last = points.at(-1);
  const need = needed === null ? null : amount(needed);
  return (
    <>
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
    </>
  );
}
