import { LOOKS, PAIN_CHANGE } from './outcome-thresholds.ts';
import type { DayScore } from './outcome-score.ts';

/** What may be said of the way from the start to now. */
export type Trend =
  | 'improved'
  /** Seen once: the next look tells. */
  | 'possiblyImproved'
  | 'noClearChange'
  | 'possiblyDeclined'
  | 'declined'
  /** Too little to compare. */
  | 'tooEarly';

export type Verdict =
  | Trend
  /** The start leaves no room for a drop that could be told from chance. */
  | 'lowFromStart';

/**
 * The same change in so many looks in a row is a change, once is possible.
 *
 * @param directions of each look against the start, oldest first: 1 better by enough, -1 worse by enough, 0 neither
 */
export function confirmedVerdict(directions: readonly number[]): Trend {
  const last = directions.at(-1);
  if (last === undefined) return 'tooEarly';
  if (last === 0) return 'noClearChange';
  const isConfirmed =
    directions.length >= LOOKS.confirmations &&
    directions.slice(-LOOKS.confirmations).every((one) => one === last);
  if (last > 0) return isConfirmed ? 'improved' : 'possiblyImproved';
  return isConfirmed ? 'declined' : 'possiblyDeclined';
}

/** Looks at scores against the first of them. @param helpful 1 where more is better, -1 where less is */
export function scoreVerdict(scores: readonly DayScore[], needed: number, helpful: 1 | -1): Verdict {
  const [first, ...later] = scores;
  if (first === undefined) return 'tooEarly';
  return confirmedVerdict(
    later.map(({ value }) => {
      const change = helpful * (value - first.value);
      return Math.abs(change) >= needed ? Math.sign(change) : 0;
    }),
  );
}

/** How large a change of pain is, whatever the way it was measured. */
export type PainChange = 'substantial' | 'meaningful' | 'small' | 'none' | 'worse' | 'lowFromStart';

/** @param before, after 0 to 10, single answers or means */
export function painChange(before: number, after: number): PainChange {
  const drop = before - after;
  if (-drop >= PAIN_CHANGE.meaningfulPoints) return 'worse';
  if (before < PAIN_CHANGE.lowBelow) return 'lowFromStart';
  if (drop >= PAIN_CHANGE.meaningfulPoints && drop >= PAIN_CHANGE.meaningfulShare * before)
    return drop >= PAIN_CHANGE.substantialShare * before ? 'substantial' : 'meaningful';
  return drop >= PAIN_CHANGE.smallPoints || (drop > 0 && drop >= PAIN_CHANGE.smallShare * before)
    ? 'small'
    : 'none';
}

/** Means of daily pain, week by week from the first answer on. */
export interface PainWeeks {
  /** The first week; null where it has too few answers to stand for the start. */
  readonly start: DayScore | null;
  /** Whole weeks with enough answers, the first one among them, dated by their last day; oldest first. */
  readonly weeks: readonly DayScore[];
  /** A smaller drop could be this person's unrest from day to day, points. */
  readonly needed: number;
}

/**
 * Daily pain is restless: weeks are compared, not days.
 *
 * @param daily answers, oldest first
 */
export function painWeeks(daily: readonly DayScore[], today: number): PainWeeks {
  const firstDay = daily[0]?.day ?? today;
  const byWeek = new Map<number, number[]>();
  for (const { day, value } of daily) {
    const week = Math.floor((day - firstDay) / LOOKS.weekDays);
    const values = byWeek.get(week) ?? [];
    byWeek.set(week, values);
    values.push(value);
  }
  const weeks = [...byWeek].flatMap(([week, values]): DayScore[] => {
    const lastDay = firstDay + LOOKS.weekDays * (week + 1) - 1;
    return lastDay < today && values.length >= LOOKS.leastDaysOfWeek
      ? [{ day: lastDay, value: mean(values) }]
      : [];
  });
  return {
    start: weeks.find(({ day }) => day < firstDay + LOOKS.weekDays) ?? null,
    weeks,
    needed: Math.max(PAIN_CHANGE.meaningfulPoints, LOOKS.unrestFactor * unrest([...byWeek.values()])),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Spread of the days within their weeks, points: a slow change from week to week is none of it. */
function unrest(weeks: readonly (readonly number[])[]): number {
  let squares = 0,
    freedom = 0;
  for (const values of weeks) {
    const middle = mean(values);
    squares += values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    freedom += values.length - 1;
  }
  return freedom === 0 ? 0 : Math.sqrt(squares / freedom);
}

/** Two weeks in a row against the first one. */
export function painWeeksVerdict({ start, weeks, needed }: PainWeeks): Verdict {
  return start === null ? 'tooEarly' : painVerdict(start, weeks.slice(1), needed);
}

/** Answers about a whole week, at the reviews: two in a row against the first. */
export function painReviewsVerdict(reviews: readonly DayScore[]): Verdict {
  const [first, ...later] = reviews;
  return first === undefined ? 'tooEarly' : painVerdict(first, later, PAIN_CHANGE.meaningfulPoints);
}

function painVerdict(start: DayScore, looks: readonly DayScore[], needed: number): Verdict {
  const verdict = confirmedVerdict(
    looks.map(({ value }) => {
      const change = painChange(start.value, value);
      if (Math.abs(value - start.value) < needed) return 0;
      if (change === 'worse') return -1;
      return change === 'meaningful' || change === 'substantial' ? 1 : 0;
    }),
  );
  return verdict === 'noClearChange' && start.value < PAIN_CHANGE.lowBelow ? 'lowFromStart' : verdict;
}

/**
 * The more is looked at side by side, the likelier one of it differs by chance, so each needs more. Factors on the
 * detectable change, chosen by simulated courses without any true change (docs/outcomes.md).
 */
export function familyFactor(count: number): number {
  return 1 + 0.33 * Math.min(1, Math.log2(Math.max(1, count)) / 3);
}

/**
 * A person's own detectable change: never below the default, and larger where their repeated tests scatter more
 * (1.96 sqrt(2) standard errors, which repeats tell).
 *
 * @param differences between two tests of the same thing at most a week apart, in the unit of the default
 */
export function personalDetectable(detectable: number, differences: readonly number[]): number {
  if (differences.length < LOOKS.leastRepeatPairs) return detectable;
  const squares = differences.reduce((sum, difference) => sum + difference * difference, 0);
  return Math.max(detectable, 1.96 * Math.SQRT2 * Math.sqrt(squares / (2 * differences.length)));
}
