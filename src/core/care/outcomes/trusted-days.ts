import type { CareMoment, JournalEntry } from '../care-journal.ts';

/**
 * The day on which each entry was written, as far as order of writing and clock agree. Most days rise with the order; those
 * that do not come from a clock that was wrong for a while, and are moved to the nearest day between their neighbours. So
 * a clock set back doubles no day, and one that jumped ahead and came back keeps nothing waiting.
 *
 * @returns one day per entry, never falling, none after the moment's
 */
export function trustedDays(journal: readonly JournalEntry[], { day: today }: CareMoment): readonly number[] {
  const kept = longestRise(
    journal.map(({ day }) => day),
    today,
  );
  const days: number[] = [];
  for (let from = 0; from < journal.length;) {
    const entry = journal[from];
    if (entry === undefined) break;
    if (kept[from]) {
      days.push(entry.day);
      from++;
      continue;
    }
    let to = from;
    while (to < journal.length && !kept[to]) to++;
    const before = days.at(-1) ?? -Infinity;
    const after = to < journal.length ? (journal[to]?.day ?? today) : endOfTail(journal, from, before, today);
    for (let i = from; i < to; i++) {
      const day = Math.min(after, Math.max(before, journal[i]?.day ?? before));
      days.push(Math.max(day, days.at(-1) ?? -Infinity));
    }
    from = to;
  }
  return days;
}

/**
 * Nothing was written since: what is dated ahead of now took as many days as it has, and no more, or it would count as
 * written today on every day to come.
 */
function endOfTail(journal: readonly JournalEntry[], from: number, before: number, today: number): number {
  if (before === -Infinity) return today;
  return Math.min(today, before + new Set(journal.slice(from).map(({ day }) => day)).size);
}

/** Marks a longest run of days that never fall and do not pass the limit. */
function longestRise(days: readonly number[], limit: number): readonly boolean[] {
  /** By length less one: index of the lowest day that ends a run of that length. */
  const ends: number[] = [];
  const previous = days.map(() => -1);
  days.forEach((day, i) => {
    if (day > limit) return;
    let low = 0,
      high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[ends[middle] ?? 0] ?? 0) <= day) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = i;
  });
  const kept = days.map(() => false);
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) kept[i] = true;
  return kept;
}
