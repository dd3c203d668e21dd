import { Plural, Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Minus from 'lucide-react/icons/minus';
import { useState } from 'react';
import { motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { isRangeRecord } from '../../core/exercise/personal-maximum.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import type { SessionResult, SetResult, SideBest } from '../../core/pipeline/session-result.ts';
import { bandDegrees, wholeDegrees } from '../live-values.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { decimal } from '../text/number-text.ts';
import { exerciseWords, measureName, qualityClassWords, sideName } from '../text/exercise-text.ts';
import { flagWords, formWords, reasonWords, verdictWords } from '../text/result-text.ts';
import { meanForm } from '../session-summary.ts';
import { BestBars } from './BestBars.tsx';
import { Sheet } from './Sheet.tsx';

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
  const [explained, setExplained] = useState<SideBest | null>(null);
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
          <div className="row wrap">
            {set.best.map((best) => (
              <button
                key={best.side}
                type="button"
                className="button button-quiet button-small"
                onClick={() => setExplained(best)}
              >
                <CircleHelp size={20} strokeWidth={1.75} aria-hidden="true" />
                {set.best.length > 1 ? (
                  <Trans>
                    Explain this number: {t(sideName(best.side))} {wholeDegrees(best.meanBest3Rad) ?? '–'}°
                  </Trans>
                ) : (
                  <Trans>Explain this number</Trans>
                )}
              </button>
            ))}
          </div>
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
      {explained !== null && (
        <Explanation
          best={explained}
          set={set}
          result={result}
          engineVersion={engineVersion}
          onClose={() => setExplained(null)}
        />
      )}
    </section>
  );
}

function Explanation({
  best,
  set,
  result,
  engineVersion,
  onClose,
}: {
  readonly best: SideBest;
  readonly set: SetResult;
  readonly result: SessionResult;
  readonly engineVersion: string;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useLingui();
  const door = usePreferences((preferences) => preferences.door);
  const here = set.repetitions.filter((repetition) => repetition.side === best.side);
  const used = here
    .filter(isRangeRecord)
    .sort((a, b) => b.peakRad - a.peakRad)
    .slice(0, 3);
  const how = formWords(meanForm(used), motionDefinition(set.exerciseId).quantity === 'armElevation');
  const left = here.filter((repetition) => !used.includes(repetition));
  const flags = [...new Set(result.flags.map((flag) => flag.name))];
  const value = wholeDegrees(best.meanBest3Rad) ?? '–';
  return (
    <Sheet title={t`Why ${value}°?`} onClose={onClose}>
      <p className="muted">
        <Plural
          value={used.length}
          one="It is the one move that counts for your range."
          other="It is the mean of the best # moves that count for your range."
        />
      </p>
      <dl className="pairs">
        <dt>
          <Trans>Moves used</Trans>
        </dt>
        <dd className="boxes">
          {used.map((repetition) => (
            <span className="box" key={repetition.index}>
              {wholeDegrees(repetition.peakRad) ?? '–'}°
            </span>
          ))}
        </dd>
        <dt>
          <Trans>Left out</Trans>
        </dt>
        <dd className="boxes">
          {left.length === 0 && <Trans>none</Trans>}
          {left.map((repetition) => (
            <span key={repetition.index}>
              <span className="box box-out">{wholeDegrees(repetition.peakRad) ?? '–'}°</span>{' '}
              <span className="small">
                {repetition.counted
                  ? t`smaller than those used`
                  : repetition.reasons.map((r) => t(reasonWords(r))).join('; ')}
              </span>
            </span>
          ))}
        </dd>
        <dt>
          <Trans>Why ± {bandDegrees(best.halfWidth95Rad) ?? '–'}°</Trans>
        </dt>
        <dd>
          <Trans>
            19 times out of 20 the true angle lies inside. Most of it comes from how the strap sits.
          </Trans>
        </dd>
        {how.length > 0 && (
          <>
            <dt>
              <Trans>How</Trans>
            </dt>
            <dd>{how.map((words) => t(words)).join(' ')}</dd>
          </>
        )}
        <dt>
          <Trans>Drift</Trans>
        </dt>
        <dd>
          {set.neutralClosureRad === null ? (
            <Trans>not measured: there was no still end</Trans>
          ) : (
            <Trans>
              {decimal(set.neutralClosureRad * DEG_PER_RAD, i18n.locale)}° between the start and the end
            </Trans>
          )}
        </dd>
        <dt>
          <Trans>What it is</Trans>
        </dt>
        <dd>
          {t(measureName(set.measure))}.{' '}
          <span className="muted">
            {door === 'exercise' ? null : `${t`Class ${set.qualityClass}`}: `}
            {t(qualityClassWords(set.qualityClass))}
          </span>
        </dd>
        {flags.length > 0 && (
          <>
            <dt>
              <Trans>Mind</Trans>
            </dt>
            <dd>{flags.map((flag) => t(flagWords(flag))).join(' ')}</dd>
          </>
        )}
        <dt>
          <Trans>Method</Trans>
        </dt>
        <dd>
          <Trans>Thora {engineVersion}, whole recording</Trans>
        </dd>
      </dl>
    </Sheet>
  );
}
