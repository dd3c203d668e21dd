import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import type { SessionResult, SetResult } from '../../core/pipeline/session-result.ts';
import { bandDegrees, wholeDegrees } from '../live-values.ts';
import { decimal } from '../text/number-text.ts';
import { exerciseWords, sideName } from '../text/exercise-text.ts';
import { reasonWords, verdictWords } from '../text/result-text.ts';
import { driftAudit } from '../session-summary.ts';
import { BestBars } from './BestBars.tsx';
import { DriftWords } from './DriftWords.tsx';
import { ExplainBest } from './ExplainBest.tsx';

/** One set: its best values, and every move with what counted and why some did not. */
export function SetTable({
  set,
  result,
  engineVersion,
}: {
  readonly set: SetResult;
  readonly result: SessionResult;
  readonly engineVersion: string;
}) {
  const { t, i18n } = useLingui();
  const counted = set.repetitions.filter((repetition) => repetition.counted).length;
  return (
    <section className="card stack">
      <div className="row row-apart wrap">
        <h2>
          {t(exerciseWords(set.exerciseId).title)}: {set.plan.test ? t`test` : t`exercise`}
        </h2>
        <span className="muted">
          <Trans>
            {counted} of {set.repetitions.length} counted
          </Trans>
        </span>
      </div>
      {set.best.length > 0 && (
        <div>
          <BestBars best={set.best} repetitions={set.repetitions} />
          <ExplainBest set={set} result={result} engineVersion={engineVersion} />
          <DriftWords audit={driftAudit(set)} />
        </div>
      )}
      {set.repetitions.length > 0 && (
        <div className="table-scroll moves" tabIndex={0} role="region" aria-label={t`Every move of this set`}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Move</Trans>
                </th>
                <th scope="col">
                  <Trans>Side</Trans>
                </th>
                <th scope="col">
                  <Trans>Furthest</Trans>
                </th>
                <th scope="col">
                  <Trans>Held</Trans>
                </th>
                <th scope="col">
                  <Trans>Counted</Trans>
                </th>
                <th scope="col">
                  <Trans>Why</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {set.repetitions.map((repetition) => (
                <tr key={repetition.index}>
                  <td>{repetition.index + 1}.</td>
                  <td>{t(sideName(repetition.side))}</td>
                  <td>
                    <b>{wholeDegrees(repetition.peakRad) ?? '–'}°</b>{' '}
                    <span className="small">± {bandDegrees(repetition.peakHalfWidth95Rad) ?? '–'}°</span>
                  </td>
                  <td data-label={t`Held`}>{decimal(repetition.holdS, i18n.locale)} s</td>
                  <td>
                    {repetition.counted ? (
                      <span className="row good">
                        <Check size={18} strokeWidth={2} aria-hidden="true" />
                        <Trans>yes</Trans>
                      </span>
                    ) : (
                      <span className="row muted">
                        <Minus size={18} strokeWidth={2} aria-hidden="true" />
                        <Trans>no</Trans>
                      </span>
                    )}
                  </td>
                  <td
                    className={
                      repetition.counted && repetition.reasons.length === 0
                        ? 'wraps muted says-no-more'
                        : 'wraps muted'
                    }
                  >
                    {repetition.reasons.length === 0
                      ? t(verdictWords(repetition))
                      : repetition.reasons.map((reason) => t(reasonWords(reason))).join('; ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
