import type { Trend } from '../care/outcomes/change-verdict.ts';
import type { SessionResult, SideBest } from '../pipeline/session-result.ts';
import {
  compareTests,
  comparedTest,
  isComparable,
  rangeTrend,
  type ComparedTest,
  type RangeChange,
} from './range-change.ts';

/** A session's result and when it was, ms since 1970. */
export interface DatedResult {
  readonly atMs: number;
  readonly result: SessionResult;
}

/** What a test says beside those before it. */
export interface RangeHistory {
  /** Against the last comparable test. */
  readonly previousAtMs: number;
  readonly sincePrevious: readonly RangeChange[];
  /** Against the first one, per side; with a single earlier test nothing is added. */
  readonly firstAtMs: number;
  readonly trends: readonly { readonly side: SideBest['side']; readonly trend: Trend }[];
}

const REPEAT_WITHIN_MS = 7 * 24 * 3600 * 1000;

/**
 * @param sessions in any order; those after `now`, and those whose test measured something else, are passed over
 * @returns null where there is no earlier test to compare with
 */
export function rangeHistory(sessions: readonly DatedResult[], now: DatedResult): RangeHistory | null {
  const test = comparedTest(now.result);
  if (test === null) return null;
  const earlier = comparableTests(sessions, test, now.atMs);
  const first = earlier[0],
    previous = earlier.at(-1);
  if (first === undefined || previous === undefined) return null;
  const sincePrevious = compareTests(previous.test, test, repeatedTests(earlier));
  if (sincePrevious.length === 0) return null;
  const all = [...earlier.map((one) => one.test), test];
  return {
    previousAtMs: previous.atMs,
    sincePrevious,
    firstAtMs: first.atMs,
    trends:
      earlier.length < 2 ? [] : sincePrevious.map(({ side }) => ({ side, trend: rangeTrend(all, side) })),
  };
}

interface DatedTest {
  readonly atMs: number;
  readonly test: ComparedTest;
}

/** Tests of the same thing before an instant, oldest first. */
function comparableTests(
  sessions: readonly DatedResult[],
  test: ComparedTest,
  beforeMs: number,
): DatedTest[] {
  return sessions
    .filter(({ atMs }) => atMs < beforeMs)
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(({ atMs, result }) => {
      const then = comparedTest(result);
      return then !== null && isComparable(then, test) ? [{ atMs, test: then }] : [];
    });
}

/** Tests that follow each other within a week: how far this person's own tests scatter. */
function repeatedTests(tests: readonly DatedTest[]): (readonly [ComparedTest, ComparedTest])[] {
  return tests.slice(1).flatMap((one, i): (readonly [ComparedTest, ComparedTest])[] => {
    const before = tests[i];
    return one.atMs - before.atMs <= REPEAT_WITHIN_MS ? [[before.test, one.test]] : [];
  });
}

/**
 * Any two sessions, the earlier one first: the same rules as against the last one.
 *
 * @param sessions the person's others, for how far their tests scatter
 */
export function compareSessions(
  sessions: readonly DatedResult[],
  before: DatedResult,
  after: DatedResult,
): RangeChange[] {
  const then = comparedTest(before.result),
    now = comparedTest(after.result);
  if (then === null || now === null) return [];
  return compareTests(then, now, repeatedTests(comparableTests(sessions, now, after.atMs)));
}
