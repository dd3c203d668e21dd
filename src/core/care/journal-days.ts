import type { CareMoment, JournalEntry } from './care-journal.ts';

/** Entries in the order of writing, with the times that it lets them have; null: those that they say. */
export interface DatedEntries {
  readonly entries: readonly JournalEntry[];
  readonly days: readonly number[] | null;
  readonly utcMs: readonly number[] | null;
  /** Days that the clock was set back by, as far as no rule has put it on record yet (X2); 0: it was not. */
  readonly setBackDays: number;
}

const DAY_MS = 86_400_000;
/** A step back of one day is a journey to the west. */
const LEAST_SET_BACK_DAYS = 2;
/** Entries further apart than this do not show by themselves that the clock between them was right. */
const LONGEST_STEP_DAYS = 7;
/** A day and a time of one entry lie no further apart than time zones do. */
const MOST_ZONE_MS = 2 * DAY_MS;

/**
 * Entries with days that never run backwards. Clocks do: somebody sets one wrong and back again.
 *
 * - Set back for good: what was written before keeps its distances and moves back with the clock, so that no day is done
 *   twice and none is lost.
 * - Ahead or behind for a while: the longest run of entries whose clock agrees with the order of writing, and with the
 *   moment asked about, is believed; the others move to the nearest time between their neighbours. At the end, what lies
 *   far ahead of the clock took as many days as it has, so that a leap forward that was taken back stalls nothing.
 */
export function datedEntries(journal: readonly JournalEntry[], moment: CareMoment): DatedEntries {
  const entries = journal.every((entry, i) => i === 0 || entry.order > journal[i - 1].order)
    ? journal
    : [...journal].sort((a, b) => a.order - b.order);
  if (isInTime(entries, moment)) return { entries, days: null, utcMs: null, setBackDays: 0 };
  const clock = afterRecordedSetBacks(entries);
  const setBack = setBackOf(clock, moment.day);
  if (setBack !== null) for (let i = 0; i <= setBack.last; i++) clock[i] -= setBack.days;
  const days = neverBack(clock, moment.day);
  return { entries, days, utcMs: timesOf(entries, days, moment.utcMs), setBackDays: setBack?.days ?? 0 };
}

/** The day of each entry, in the journal's own order; as in {@link datedEntries}. */
export function trustedDays(journal: readonly JournalEntry[], moment: CareMoment): readonly number[] {
  const { entries, days } = datedEntries(journal, moment);
  const byOrder = days ?? entries.map(({ day }) => day);
  if (entries === journal) return byOrder;
  const dayOf = new Map(entries.map((entry, i) => [entry, byOrder[i]]));
  return journal.map((entry) => dayOf.get(entry) ?? entry.day);
}

function isInTime(entries: readonly JournalEntry[], { utcMs, day }: CareMoment): boolean {
  return entries.every((entry, i) => {
    const before = i === 0 ? entry : entries[i - 1];
    return (
      entry.day <= day && entry.atUtcMs <= utcMs && entry.day >= before.day && entry.atUtcMs >= before.atUtcMs
    );
  });
}

/** By each clock set back that is on record, what was written before it moves back, and never to before the record. */
function afterRecordedSetBacks(entries: readonly JournalEntry[]): number[] {
  const clock = entries.map(({ day }) => day);
  entries.forEach(({ day, event }, at) => {
    if (event.kind !== 'planSet') return;
    const said = event.firings.find(({ ruleId }) => ruleId === 'X2')?.inputs['days'];
    if (typeof said !== 'number' || !(said > 0)) return;
    let latest = -Infinity;
    for (let i = 0; i < at; i++) latest = Math.max(latest, clock[i]);
    const days = Math.min(Math.floor(said), latest - day);
    if (days > 0) for (let i = 0; i < at; i++) clock[i] -= days;
  });
  return clock;
}

/** The last step back that nothing took back since, where the entries before it agree among themselves; null: none. */
function setBackOf(clock: readonly number[], today: number): { last: number; days: number } | null {
  let after = today;
  for (let last = clock.length - 1; last >= 0; last--) {
    const days = clock[last] - after;
    if (days >= LEAST_SET_BACK_DAYS) return isSteady(clock, last, after) ? { last, days } : null;
    // A leap forward since: the clock was put right.
    if (after - clock[last] > LONGEST_STEP_DAYS) return null;
    after = clock[last];
  }
  return null;
}

/** No leap on the way from a day that the later clock has reached, or from the beginning. */
function isSteady(clock: readonly number[], last: number, reached: number): boolean {
  for (let i = last; i > 0 && clock[i] > reached; i--) {
    const step = clock[i] - clock[i - 1];
    if (step > LONGEST_STEP_DAYS || step <= -LEAST_SET_BACK_DAYS) return false;
  }
  return true;
}

function neverBack(clock: readonly number[], today: number): readonly number[] {
  const believed = longestRun(clock, today);
  const days: number[] = [];
  for (let from = 0; from < clock.length;) {
    if (believed.has(from)) {
      days.push(clock[from]);
      from++;
      continue;
    }
    let to = from;
    while (to < clock.length && !believed.has(to)) to++;
    const before = days.at(-1) ?? -Infinity;
    const after = to < clock.length ? clock[to] : endOfTail(clock.slice(from), before, today);
    for (; from < to; from++) {
      const day = Math.min(after, Math.max(before, clock[from]));
      days.push(Math.max(day, days.at(-1) ?? -Infinity));
    }
  }
  return days;
}

/**
 * Nothing was written since: what is dated ahead of now took as many days as it has, and no more, or it would count as
 * written today on every day to come.
 */
function endOfTail(tail: readonly number[], before: number, today: number): number {
  return before === -Infinity ? today : Math.min(today, before + new Set(tail).size);
}

function timesOf(
  entries: readonly JournalEntry[],
  days: readonly number[],
  nowUtcMs: number,
): readonly number[] {
  let latest = -Infinity;
  return entries.map(({ day, atUtcMs }, i) => {
    const isOfItsDay = Math.abs(atUtcMs - (day + 0.5) * DAY_MS) <= MOST_ZONE_MS;
    const utcMs = isOfItsDay ? atUtcMs + (days[i] - day) * DAY_MS : (days[i] + 0.5) * DAY_MS;
    latest = Math.min(nowUtcMs, Math.max(latest, utcMs));
    return latest;
  });
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
