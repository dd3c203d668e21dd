import { Trans, useLingui } from '@lingui/react/macro';
import Equal from 'lucide-react/icons/equal';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import TrendingDown from 'lucide-react/icons/trending-down';
import TrendingUp from 'lucide-react/icons/trending-up';
import { useMemo } from 'react';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { RangeChange } from '../../core/report/range-change.ts';
import { rangeHistory, type DatedResult, type RangeHistory } from '../../core/report/range-history.ts';
import { useSessions } from '../hooks/use-sessions.ts';
import { wholeDegrees } from '../live-values.ts';
import { sideName } from '../text/exercise-text.ts';
import { changeWords, trendWords } from '../text/result-text.ts';
import { SessionDate } from './SessionList.tsx';

/** This session's test beside the last one: a change is called one only when it is larger than measuring itself. */
export function RangeChanges({
  sessionId,
  result,
}: {
  readonly sessionId: string;
  readonly result: SessionResult;
}) {
  const { state } = useSessions();
  const history = useMemo(() => {
    if (state.kind !== 'ready' || !state.isWhole) return null;
    const own = state.sessions.find((stored) => stored.sessionId === sessionId);
    if (own === undefined) return null;
    // A virtual body's ranges are nobody's.
    const others = state.sessions.filter((stored) => stored.simulated === own.simulated);
    return rangeHistory(
      others.flatMap((stored): DatedResult[] => {
        const said = stored.report ?? stored.result;
        return said === null ? [] : [{ atMs: Date.parse(stored.startedAtUtc), result: said }];
      }),
      { atMs: Date.parse(own.startedAtUtc), result },
    );
  }, [state, sessionId, result]);
  if (history === null) return null;
  return (
    <section className="card stack">
      <div>
        <h2>
          <Trans>Compared with last time</Trans>
        </h2>
        <p className="small">
          <SessionDate startedAtUtc={new Date(history.previousAtMs).toISOString()} />
        </p>
      </div>
      <ChangeList changes={history.sincePrevious} trends={history.trends} />
    </section>
  );
}

/** Side by side, with what may be said of each difference. */
export function ChangeList({
  changes,
  trends,
}: {
  readonly changes: readonly RangeChange[];
  readonly trends: RangeHistory['trends'];
}) {
  const { t } = useLingui();
  const neededDeg = Math.max(...changes.map((change) => change.neededRad)) * DEG_PER_RAD;
  return (
    <>
      <ul className="changes">
        {changes.map((change) => {
          const trend = trends.find(({ side }) => side === change.side);
          return (
            <li key={change.side}>
              <span className="change-side">{t(sideName(change.side))}</span>
              <span className="change-numbers">
                {wholeDegrees(change.beforeRad) ?? '–'}° <span aria-hidden="true">→</span>
                <span className="visually-hidden">
                  <Trans>then</Trans>
                </span>{' '}
                <b>{wholeDegrees(change.afterRad) ?? '–'}°</b>
              </span>
              <span className="row change-verdict" data-verdict={change.verdict}>
                <VerdictIcon change={change} />
                <span>
                  {t(changeWords(change))}
                  {trend !== undefined && (
                    <span className="small change-trend">{t(trendWords(trend.trend))}</span>
                  )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      <p className="small">
        <Trans>
          From one day to another the same body can differ by up to {Math.ceil(neededDeg)}°. Only more than
          that is called a change.
        </Trans>
      </p>
    </>
  );
}

function VerdictIcon({ change }: { readonly change: RangeChange }) {
  const Icon =
    change.verdict === 'withinNoise'
      ? Equal
      : change.verdict === 'cannotTellYet'
        ? CircleHelp
        : change.afterRad > change.beforeRad
          ? TrendingUp
          : TrendingDown;
  return <Icon size={20} strokeWidth={1.75} aria-hidden="true" />;
}
