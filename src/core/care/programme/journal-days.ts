import type { CareMoment, JournalEntry } from '../care-journal.ts';

/** Entries in the order of writing, with the times that it lets them have; null: those that they say. */
export interface DatedEntries {
  readonly entries: readonly JournalEntry[];
  readonly days: readonly number[] | null;
  readonly utcMs: readonly number[] | null;
}

const DAY_MS = 86_400_000;
/** An entry up to so far ahead of the clock was written before the clock went back: it counts as just now. */
const AHEAD_DAYS = 7;

/**
 * Entries with days that never run backwards. Clocks do: somebody sets one wrong and back again. The longest run of
 * entries whose clock agrees with the order of writing, and with the moment asked about, is believed. Any other entry
 * takes the time of the believed one after it. At the end, where none follows, an entry slightly ahead of the clock
 * counts as just now, so that a clock set back doubles no day; one far ahead counts as a day ago, so that a leap forward
 * that was taken back stalls nothing.
 */
export function datedEntries(journal: readonly JournalEntry[], moment: CareMoment): DatedEntries {
  const inOrder = journal.every((entry, i) => i === 0 || entry.order > journal[i - 1].order)
    ? journal
    : [...journal].sort((a, b) => a.order - b.order);
  if (isInTime(inOrder, moment)) return { entries: inOrder, days: null, utcMs: null };
  const utcMs = neverBack(
    inOrder.map((entry) => entry.atUtcMs),
    moment.utcMs,
    DAY_MS,
  );
  const days = neverBack(
    inOrder.map((entry) => entry.day),
    moment.day,
    1,
  );
  return { entries: inOrder, days, utcMs };
}

function isInTime(entries: readonly JournalEntry[], { utcMs, day }: CareMoment): boolean {
  return entries.every((entry, i) => {
    const before = i === 0 ? entry : entries[i - 1];
    return (
      entry.day <= day && entry.atUtcMs <= utcMs && entry.day >= before.day && entry.atUtcMs >= before.atUtcMs
    );
  });
}

function neverBack(values: readonly number[], last: number, aDay: number): readonly number[] {
  const believed = longestRun(values, last);
  const times = [...values];
  let after: number | null = null;
  for (let i = times.length - 1; i >= 0; i--) {
    if (believed.has(i)) after = times[i];
    else if (after !== null) times[i] = after;
  }
  let before = last - aDay;
  for (let i = 0; i < times.length; i++) {
    if (believed.has(i)) before = Math.max(before, times[i]);
    else if (!(times[i] <= last) || (i > 0 && times[i] < times[i - 1]))
      times[i] = times[i] > last && times[i] - last <= AHEAD_DAYS * aDay ? last : before;
    if (i > 0) times[i] = Math.max(times[i], times[i - 1]);
  }
  return times;
}

/** Places of the longest never-falling run that ends at or below `last`. */
function longestRun(values: readonly number[], last: number): ReadonlySet<number> {
  /** Place of the smallest end of a run of each length. */
  const ends: number[] = [];
  const before: number[] = [];
  for (let i = 0; i < values.length; i++) {
    before.push(-1);
    if (!(values[i] <= last)) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]] <= values[i]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[i] = ends[low - 1];
    ends[low] = i;
  }
  const run = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]) run.add(i);
  return run;
}
