import { Trans, useLingui } from '@lingui/react/macro';
import type { BenchFigure, StepResult } from '../../core/bench/bench-step.ts';
import { figureName, stepName, verdictName } from '../text/bench-text.ts';

const CHIPS = { pass: 'chip-good', corrected: 'chip-good', fail: 'chip-warn', notTold: 'chip-none' } as const;

/** Every figure of one unit's check beside what it was held to. */
export function FigureTable({
  results,
  label,
}: {
  readonly results: readonly StepResult[];
  readonly label: string;
}) {
  const { t, i18n } = useLingui();
  const number = new Intl.NumberFormat(i18n.locale, { maximumSignificantDigits: 4 });
  return (
    <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Figure</Trans>
            </th>
            <th scope="col">
              <Trans>Measured</Trans>
            </th>
            <th scope="col">
              <Trans>Limit</Trans>
            </th>
          </tr>
        </thead>
        {results.map(({ step, verdict, figures }) => (
          <tbody key={step}>
            <tr>
              <th scope="rowgroup">{t(stepName(step))}</th>
              <td colSpan={2}>
                <span className={`chip ${CHIPS[verdict]}`}>{t(verdictName(verdict))}</span>
              </td>
            </tr>
            {figures.map((one) => (
              <tr key={one.name}>
                <td className="wraps">{t(figureName(one.name))}</td>
                <td>{number.format(one.value)}</td>
                <td>{limitOf(one, number)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function limitOf({ low, high }: BenchFigure, number: Intl.NumberFormat): string {
  if (low !== null && high !== null)
    return low === -high ? `± ${number.format(high)}` : `${number.format(low)} – ${number.format(high)}`;
  if (high !== null) return `≤ ${number.format(high)}`;
  return low === null ? '' : `≥ ${number.format(low)}`;
}
