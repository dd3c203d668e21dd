import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { useState } from 'react';
import { isArmMovement, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { SessionResult, SetResult, SideBest } from '../../core/pipeline/session-result.ts';
import { bandDegrees, wholeDegrees } from '../live-values.ts';
import { bestMoves, driftAudit, leftOutBecause, meanForm } from '../session-summary.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { measureName, qualityClassWords, sideName } from '../text/exercise-text.ts';
import { flagWords, formWords, reasonWords } from '../text/result-text.ts';
import { DriftWords } from './DriftWords.tsx';
import { Sheet } from './Sheet.tsx';

/** For each best value of a set a button that opens where it comes from, how sure it is and what could fool it. */
export function ExplainBest({
  set,
  result,
  engineVersion,
}: {
  readonly set: SetResult;
  readonly result: SessionResult;
  readonly engineVersion: string;
}) {
  const { t } = useLingui();
  const [explained, setExplained] = useState<SideBest | null>(null);
  return (
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
      {explained !== null && (
        <Explanation
          best={explained}
          set={set}
          result={result}
          engineVersion={engineVersion}
          onClose={() => setExplained(null)}
        />
      )}
    </div>
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
  const { t } = useLingui();
  const door = usePreferences((preferences) => preferences.door);
  const here = set.repetitions.filter((repetition) => repetition.side === best.side);
  const used = bestMoves(set, best.side, result.flags);
  const how = formWords(meanForm(used), isArmMovement(motionDefinition(set.exerciseId)));
  const left = here.filter((repetition) => !used.includes(repetition));
  const flags = [...new Set(result.flags.map((flag) => flag.name))];
  const value = wholeDegrees(best.meanBest3Rad) ?? '–';
  return (
    <Sheet title={t`Why ${value}°?`} onClose={onClose}>
      <p className="muted">
        <Plural
          value={used.length}
          one="It is the one move that counts for your range."
          other="It comes from the best # moves that count for your range. Each of them counts the same."
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
                {leftOutBecause(repetition, result.flags)
                  .map((reason) =>
                    t(reason === 'implausible' ? flagWords('IMPLAUSIBLE') : reasonWords(reason)),
                  )
                  .join('; ') || t`smaller than those used`}
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
          <DriftWords audit={driftAudit(set)} />
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
