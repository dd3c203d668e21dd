import { useLingui } from '@lingui/react/macro';
import type { ProgressSeries } from '../../core/care/outcomes/progress-tiles.ts';

const MS_PER_DAY = 86_400_000;

/** Days and values as a person reads them. */
export function useProgressNumbers(unit: ProgressSeries['unit']): {
  /** @param day since 1970-01-01 */
  date: (day: number) => string;
  /** @param digits after the point */
  number: (value: number, digits: number) => string;
  /** With its unit, to the accuracy that the unit deserves. */
  amount: (value: number) => string;
} {
  const { i18n } = useLingui();
  const number = (value: number, digits: number): string =>
    i18n.number(value, { maximumFractionDigits: digits });
  return {
    date: (day) => i18n.date(new Date(day * MS_PER_DAY), { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    number,
    amount: (value) => (unit === 'deg' ? `${number(value, 0)}°` : number(value, 1)),
  };
}
