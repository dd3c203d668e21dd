/** Which sessions of years are wanted. Pure. */
import type { ExerciseId } from '../core/exercise/motion-definition.ts';
import type { HistoryQuery, StoredSession } from './services.ts';

export const PAIN_CHANGES = ['less', 'same', 'more', 'notSaid'] as const;
/** Pain after a session against before it, as the person said it. */
export type PainChange = (typeof PAIN_CHANGES)[number];

export interface HistoryFilter {
  /** Words that must all be there. */
  readonly text: string;
  readonly exerciseId: ExerciseId | null;
  /** Roles joined by `+`, as {@link layoutOf} gives them. */
  readonly layout: string | null;
  /** Days as the calendar here has them, `2026-05-04`, both included; '' is open. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly pain: PainChange | null;
}

export const NO_FILTER: HistoryFilter = {
  text: '',
  exerciseId: null,
  layout: null,
  fromDay: '',
  toDay: '',
  pain: null,
};

export function isFiltering(filter: HistoryFilter): boolean {
  return Object.entries(NO_FILTER).some(([name, open]) => Reflect.get(filter, name) !== open);
}

export function layoutOf(roles: readonly string[]): string {
  return roles.join('+');
}

/** Null where pain was not said twice. */
export function painChange({ result }: StoredSession): PainChange {
  const { painBefore, painAfter } = result ?? { painBefore: null, painAfter: null };
  if (painBefore === null || painAfter === null) return 'notSaid';
  if (painAfter === painBefore) return 'same';
  return painAfter < painBefore ? 'less' : 'more';
}

/** @param describe everything that is written of a session, in the person's language */
export function matchesFilter(
  stored: StoredSession,
  filter: HistoryFilter,
  describe: (stored: StoredSession) => string,
): boolean {
  const { exerciseId, layout, pain, fromDay, toDay } = filter;
  const atMs = Date.parse(stored.startedAtUtc);
  const sets = (stored.report ?? stored.result)?.sets ?? [];
  if (exerciseId !== null && !sets.some((set) => set.exerciseId === exerciseId)) return false;
  if (layout !== null && layoutOf(stored.roles) !== layout) return false;
  if (pain !== null && painChange(stored) !== pain) return false;
  if (fromDay !== '' && !(atMs >= dayStartMs(fromDay, 0))) return false;
  if (toDay !== '' && !(atMs < dayStartMs(toDay, 1))) return false;
  const words = plain(filter.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const written = plain(describe(stored));
  return words.every((word) => written.includes(word));
}

/**
 * What the store need not even read. Starts of imported sessions may carry another zone, which the store compares as text: a
 * day more on both sides holds them all.
 */
export function queryBounds({ fromDay, toDay }: HistoryFilter): Pick<HistoryQuery, 'fromUtc' | 'toUtc'> {
  const utc = (day: string, shift: number): string | null => {
    const ms = day === '' ? NaN : dayStartMs(day, shift);
    return Number.isNaN(ms) ? null : new Date(ms).toISOString();
  };
  return { fromUtc: utc(fromDay, -1), toUtc: utc(toDay, 2) };
}

/** Midnight here, whatever the clocks did that day. */
function dayStartMs(day: string, shift: number): number {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + shift);
  return date.getTime();
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
