import { Trans, useLingui } from '@lingui/react/macro';
import type { SessionResult, SideBest } from '../../core/pipeline/session-result.ts';
import { compareEngines } from '../../core/report/engine-change.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { bandDegrees } from '../live-values.ts';
import { exerciseWords, sideName } from '../text/exercise-text.ts';
import { decimal } from '../text/number-text.ts';
import { flagWords } from '../text/result-text.ts';
import type { QualityFlagName } from '../../core/quality/quality-flag.ts';
import type { MessageDescriptor } from '@lingui/core';

/** The same recording, computed before and now: the person and the movement were the same, only Thora changed. */
export function EngineChanges({
  before,
  after,
}: {
  readonly before: SessionResult;
  readonly after: SessionResult;
}) {
  const { t, i18n } = useLingui();
  const change = compareEngines(before, after);
  const words = (name: QualityFlagName): string => {
    // A recording from elsewhere may name what this Thora does not know.
    const known: MessageDescriptor | undefined = flagWords(name);
    return known === undefined ? name : t(known);
  };
  return (
    <section className="card stack compared">
      <div>
        <h2>
          <Trans>What today's Thora says of the same recording</Trans>
        </h2>
        <p className="small">
          <Trans>
            You moved as you moved. Only the computing is another, so a difference here is no progress.
          </Trans>
        </p>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Set and side</Trans>
            </th>
            <th scope="col">Thora {change.engineBefore}</th>
            <th scope="col">Thora {change.engineAfter}</th>
            <th scope="col">
              <Trans>Difference</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {change.ranges.map(({ setIndex, exerciseId, side, before: was, after: is }) => (
            <tr key={`${setIndex}-${side}`}>
              <th scope="row">
                {setIndex + 1}. {t(exerciseWords(exerciseId).title)}, {t(sideName(side))}
              </th>
              <td>{rangeText(was, i18n.locale)}</td>
              <td>{rangeText(is, i18n.locale)}</td>
              <td>
                {was === null || is === null
                  ? '–'
                  : `${signed((is.meanBest3Rad - was.meanBest3Rad) * DEG_PER_RAD, i18n.locale)}°`}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <Trans>Moves that counted</Trans>
            </th>
            <td>{change.countedBefore}</td>
            <td>{change.countedAfter}</td>
            <td>{signedCount(change.countedAfter - change.countedBefore)}</td>
          </tr>
        </tbody>
      </table>
      {change.flagsNew.length > 0 && (
        <p>
          <Trans>Noticed now:</Trans> {change.flagsNew.map(words).join(', ')}
        </p>
      )}
      {change.flagsGone.length > 0 && (
        <p>
          <Trans>No longer said:</Trans> {change.flagsGone.map(words).join(', ')}
        </p>
      )}
    </section>
  );
}

function rangeText(best: SideBest | null, locale: string): string {
  if (best === null) return '–';
  return `${decimal(best.meanBest3Rad * DEG_PER_RAD, locale)}° ± ${bandDegrees(best.halfWidth95Rad) ?? '–'}°`;
}

function signed(value: number, locale: string): string {
  const text = decimal(Math.abs(value), locale);
  if (Number(value.toFixed(1)) === 0) return text;
  return value > 0 ? `+${text}` : `−${text}`;
}

function signedCount(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0';
}
