import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SideBest } from '../../core/pipeline/session-result.ts';
import { bandDegrees, wholeDegrees } from '../live-values.ts';
import { movesBehind } from '../session-summary.ts';
import { sideName } from '../text/exercise-text.ts';

/** Best of each side as a bar with its band, and what it is the mean of; left solid, right dashed. */
export function BestBars({
  best,
  repetitions,
}: {
  readonly best: readonly SideBest[];
  /** Of the same set. */
  readonly repetitions: readonly RepetitionResult[];
}) {
  const { t } = useLingui();
  const fullDeg = Math.max(
    50,
    ...best.map((side) => (side.meanBest3Rad + side.halfWidth95Rad) * DEG_PER_RAD * 1.1),
  );
  const behind = movesBehind(best, repetitions);
  return (
    <>
      {best.map((side) => {
        const scale = (rad: number) => Math.min(100, Math.max(0, ((rad * DEG_PER_RAD) / fullDeg) * 100));
        const value = scale(side.meanBest3Rad);
        const low = scale(side.meanBest3Rad - side.halfWidth95Rad);
        const high = scale(side.meanBest3Rad + side.halfWidth95Rad);
        const dashed = side.side === 'right' || side.side === 'backward';
        return (
          <div className="best-row" key={side.side}>
            <span>{t(sideName(side.side))}</span>
            <svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
              <path d="M0 10H100" stroke="var(--sunk)" strokeWidth="12" vectorEffect="non-scaling-stroke" />
              <path
                d={`M0 10H${value}`}
                stroke="var(--primary)"
                strokeWidth="12"
                strokeDasharray={dashed ? '9 7' : undefined}
                vectorEffect="non-scaling-stroke"
              />
              <path
                d={`M${low} 10H${high}M${low} 3V17M${high} 3V17`}
                stroke="var(--ink)"
                strokeWidth="2"
                vectorEffect="non-scaling-stroke"
              />
            </svg>
            <b>
              {wholeDegrees(side.meanBest3Rad) ?? '–'}°{' '}
              <span className="small">± {bandDegrees(side.halfWidth95Rad) ?? '–'}°</span>
            </b>
          </div>
        );
      })}
      <p className="small">
        {behind === null ? (
          <Trans>From your best moves, at most three to each side</Trans>
        ) : best.length > 1 ? (
          <Plural
            value={behind}
            one="From one move to each side"
            other="From your best # moves to each side"
          />
        ) : (
          <Plural value={behind} one="From one move" other="From your best # moves" />
        )}
      </p>
    </>
  );
}
