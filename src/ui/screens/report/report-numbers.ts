import { useLingui } from '@lingui/react/macro';
import { SEGMENT_ROLES, type SegmentRole } from '../../../core/body/segment-role.ts';

const MS_PER_DAY = 86_400_000;

/** Days and figures as the reader of a report writes them. */
export function useReportNumbers() {
  const { i18n } = useLingui();
  const locale = i18n.locale === 'en' ? 'en-GB' : i18n.locale;
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const number = (value: number, digits: number, sign: 'auto' | 'exceptZero' = 'auto') =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits, signDisplay: sign }).format(value);
  return {
    /** @param day since 1970-01-01 */
    day: (day: number) => long.format(day * MS_PER_DAY),
    shortDay: (day: number) => short.format(day * MS_PER_DAY),
    date: (utc: string) => long.format(new Date(utc)),
    points: (value: number) => number(value, 1),
    degrees: (value: number) => `${number(value, 0)}°`,
    /** With its sign, of which a minus is no dash between two numbers. */
    change: (value: number, digits = 1) => number(value, digits, 'exceptZero').replace('-', '−'),
    share: (share: number) => `${number(100 * share, 0)} %`,
  };
}

/** A file can hold any word in the place of a role. */
export function isRole(place: string): place is SegmentRole {
  return SEGMENT_ROLES.some((role) => role === place);
}
