import type { CareMoment, JournalEntry } from '../care-journal.ts';
import type { RangeReport } from '../programme/programme-event.ts';
import { confirmedVerdict, personalDetectable, type Verdict } from './change-verdict.ts';
import { DETECTABLE_DEG, LOOKS } from './outcome-thresholds.ts';
import { trustedDays } from '../journal-days.ts';

/** One test of a range, deg. */
export interface RangeTest {
  readonly day: number;
  readonly valueDeg: number;
  readonly intervalDeg: readonly [number, number];
}

/** Tests of one range of one side with one kit: never joined with those of another. */
export interface RangeSeries {
  readonly metric: RangeReport['metric'];
  readonly side: RangeReport['side'];
  readonly layout: RangeReport['layout'];
  /** The last one of each day, oldest first. */
  readonly tests: readonly RangeTest[];
  /** Differences of tests that follow each other within a week. */
  readonly repeatsDeg: readonly number[];
  /** Of this person; null where the metric allows no comparison between days. */
  readonly detectableDeg: number | null;
}

export function rangeSeries(journal: readonly JournalEntry[], moment: CareMoment): readonly RangeSeries[] {
  const days = trustedDays(journal, moment);
  const bySeries = new Map<string, { report: RangeReport; tests: RangeTest[] }>();
  journal.forEach(({ event }, i) => {
    if (event.kind !== 'sessionDone') return;
    for (const report of event.ranges) {
      const key = `${report.metric}|${report.side ?? ''}|${report.layout}`;
      const own = bySeries.get(key) ?? { report, tests: [] };
      bySeries.set(key, own);
      const test = {
        day: days[i] ?? moment.day,
        valueDeg: report.valueDeg,
        intervalDeg: report.intervalDeg,
      };
      if (own.tests.at(-1)?.day === test.day) own.tests[own.tests.length - 1] = test;
      else own.tests.push(test);
    }
  });
  return [...bySeries.values()].map(({ report: { metric, side, layout }, tests }) => {
    const repeatsDeg = repeats(tests);
    const ofMetric = DETECTABLE_DEG[metric];
    return {
      metric,
      side,
      layout,
      tests,
      repeatsDeg,
      detectableDeg: ofMetric === undefined ? null : personalDetectable(ofMetric, repeatsDeg),
    };
  });
}

function repeats(tests: readonly RangeTest[]): readonly number[] {
  return tests.slice(1).flatMap((test, i) => {
    const before = tests[i];
    return before !== undefined && test.day - before.day <= LOOKS.repeatWithinDays
      ? [test.valueDeg - before.valueDeg]
      : [];
  });
}

/** The first test, and each one far enough from the last that was looked at. */
export function looksOf(tests: readonly RangeTest[]): readonly RangeTest[] {
  const looks: RangeTest[] = [];
  for (const test of tests) {
    const last = looks.at(-1);
    if (last === undefined || test.day - last.day >= LOOKS.testSpacingDays) looks.push(test);
  }
  return looks;
}

/**
 * More range is the helpful direction in every metric.
 *
 * @param factor on the detectable change, for how much is looked at beside it
 */
export function rangeVerdict({ tests, detectableDeg }: RangeSeries, factor: number): Verdict {
  const [first, ...later] = looksOf(tests);
  if (first === undefined || detectableDeg === null) return 'tooEarly';
  return confirmedVerdict(
    later.map((test) => {
      const changeDeg = test.valueDeg - first.valueDeg;
      // Two values that are themselves unsure need a larger difference.
      const neededDeg = Math.max(factor * detectableDeg, Math.hypot(halfWidthDeg(first), halfWidthDeg(test)));
      return Math.abs(changeDeg) >= neededDeg ? Math.sign(changeDeg) : 0;
    }),
  );
}

function halfWidthDeg({ intervalDeg: [low, high] }: RangeTest): number {
  return (high - low) / 2;
}
