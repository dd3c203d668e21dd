import { describe, expect, it } from 'vitest';
import {
  confirmedVerdict,
  familyFactor,
  painChange,
  painReviewsVerdict,
  painWeeks,
  painWeeksVerdict,
} from '../../../src/core/care/outcomes/change-verdict.ts';
import { measureAnswers } from '../../../src/core/care/outcomes/measure-answers.ts';
import {
  functionScores,
  globalChange,
  interferenceScores,
  recommendScore,
  satisfaction,
} from '../../../src/core/care/outcomes/outcome-score.ts';
import { isResponder, progressTiles } from '../../../src/core/care/outcomes/progress-tiles.ts';
import { rangeSeries, rangeVerdict } from '../../../src/core/care/outcomes/range-series.ts';
import { answer, journalOf, momentOf, rangeReport, sessionWith } from '../../support/care-journal.ts';

const daily = (...values: readonly number[]) => values.map((value, day) => ({ day, value }));
const week = (value: number) => Array.from({ length: 7 }, () => value);
const tests = (...values: readonly (readonly [day: number, deg: number, layout?: string])[]) =>
  journalOf(
    ...values.map(
      ([day, deg, layout]) => [day, sessionWith([rangeReport(deg, layout ? { layout } : {})])] as const,
    ),
  );

describe('a change of pain', () => {
  it.each([
    [5, 3, 'meaningful'],
    [8, 6, 'small'],
    [10, 8, 'small'],
    [3, 2, 'small'],
    [6, 3, 'substantial'],
    [2, 1, 'small'],
    [2, 0, 'substantial'],
    [5, 4.5, 'none'],
    [6, 5.1, 'small'],
    [1, 0, 'lowFromStart'],
    [1.9, 1.9, 'lowFromStart'],
    [4, 6, 'worse'],
    [1, 3, 'worse'],
    [4, 5, 'none'],
  ] as const)('from %d to %d is %s', (before, after, change) => {
    expect(painChange(before, after)).toBe(change);
  });

  it('is said of two weeks in a row, and not while one of them still runs', () => {
    const answers = daily(...week(6), ...week(3), ...week(3));
    const on = (day: number) => painWeeksVerdict(painWeeks(answers.slice(0, day), day));
    expect(on(7)).toBe('tooEarly');
    expect(on(13)).toBe('tooEarly');
    expect(on(14)).toBe('possiblyImproved');
    expect(on(20)).toBe('possiblyImproved');
    expect(on(21)).toBe('improved');
  });

  it('needs more where a person goes up and down from day to day', () => {
    const restless = [9, 3, 9, 3, 9, 3, 6];
    const lower = restless.map((value) => value - 3);
    expect(painWeeksVerdict(painWeeks(daily(...restless, ...lower, ...lower), 30))).toBe('noClearChange');
    const calm = daily(...week(6), ...week(3), ...week(3));
    expect(painWeeksVerdict(painWeeks(calm, 30))).toBe('improved');
  });

  it('has no start in a week with three answers, and passes over a later one', () => {
    const sparse = daily(...week(6)).slice(0, 3);
    expect(
      painWeeksVerdict(
        painWeeks([...sparse, ...daily(...week(3)).map((one) => ({ ...one, day: one.day + 7 }))], 30),
      ),
    ).toBe('tooEarly');
  });

  it('cannot be shown from a low start, a rise can', () => {
    expect(painReviewsVerdict(daily(1, 0, 0))).toBe('lowFromStart');
    expect(painReviewsVerdict(daily(1, 4, 4))).toBe('declined');
    expect(painReviewsVerdict(daily(1))).toBe('tooEarly');
  });
});

describe('looks in a row', () => {
  it.each([
    [[], 'tooEarly'],
    [[1], 'possiblyImproved'],
    [[1, 1], 'improved'],
    [[1, 0, 1], 'possiblyImproved'],
    [[1, 1, 0], 'noClearChange'],
    [[1, -1], 'possiblyDeclined'],
    [[-1, -1], 'declined'],
  ] as const)('%j are %s', (directions, verdict) => {
    expect(confirmedVerdict(directions)).toBe(verdict);
  });

  it('need more the more is looked at, and never less than alone', () => {
    const factors = [0, 1, 2, 4, 8, 20].map(familyFactor);
    expect(factors[0]).toBe(1);
    expect(factors[1]).toBe(1);
    expect([...factors].sort((a, b) => a - b)).toEqual(factors);
    expect(factors[5]).toBe(factors[4]);
  });
});

describe('a range', () => {
  const verdictOf = (journal: ReturnType<typeof tests>, day: number) =>
    rangeSeries(journal, momentOf(day)).map((series) => rangeVerdict(series, 1));

  it('has changed when two tests in a row say so', () => {
    const journal = tests([0, 30], [14, 38], [28, 39]);
    expect(verdictOf(journal.slice(0, 1), 50)).toEqual(['tooEarly']);
    expect(verdictOf(journal.slice(0, 2), 50)).toEqual(['possiblyImproved']);
    expect(verdictOf(journal, 50)).toEqual(['improved']);
    expect(verdictOf(tests([0, 30], [14, 22], [28, 21]), 50)).toEqual(['declined']);
    expect(verdictOf(tests([0, 30], [14, 36.9], [28, 36.9]), 50)).toEqual(['noClearChange']);
  });

  it('is never joined with that of another kit', () => {
    const journal = tests([0, 30, 'UB+LB'], [14, 45, 'UB+PV'], [28, 46, 'UB+PV']);
    expect(verdictOf(journal, 50)).toEqual(['tooEarly', 'noClearChange']);
    const [, movement] = progressTiles(journal, momentOf(50));
    expect(movement?.verdict).toBe('noClearChange');
    expect(movement?.series.map(({ verdict }) => verdict)).toEqual(['noClearChange', null]);
  });

  it('takes tests within ten days for repeats, which widen what is needed', () => {
    const steady = tests([0, 30], [3, 31], [14, 38], [17, 38], [28, 39]);
    expect(rangeSeries(steady, momentOf(30))[0]).toMatchObject({ detectableDeg: 7, repeatsDeg: [1, 0] });
    expect(verdictOf(steady, 30)).toEqual(['improved']);
    const scattered = tests([0, 30], [3, 40], [14, 38], [17, 30], [28, 39]);
    expect(rangeSeries(scattered, momentOf(30))[0]?.detectableDeg).toBeGreaterThan(12);
    expect(verdictOf(scattered, 30)).toEqual(['noClearChange']);
  });

  it('is compared by days only where the metric allows it', () => {
    const journal = journalOf(
      [0, sessionWith([rangeReport(10, { metric: 'upperBackTwist' })])],
      [14, sessionWith([rangeReport(50, { metric: 'upperBackTwist' })])],
    );
    expect(verdictOf(journal, 20)).toEqual(['tooEarly']);
    expect(progressTiles(journal, momentOf(20))[1]?.series[0]?.verdict).toBeNull();
  });

  it('needs more where the values themselves are unsure', () => {
    const unsure = (deg: number) => sessionWith([{ ...rangeReport(deg), intervalDeg: [deg - 9, deg + 9] }]);
    expect(verdictOf(journalOf([0, unsure(30)], [14, unsure(40)], [28, unsure(40)]), 30)).toEqual([
      'noClearChange',
    ]);
  });
});

describe('scores', () => {
  const journal = journalOf(
    [0, answer('func1', 2)],
    [0, answer('func2', 4)],
    [0, answer('int.enjoy', 6)],
    [0, answer('int.activity', 6)],
    [0, answer('pain.avg7', 3)],
    [14, answer('func1', 6)],
    [14, answer('func2', null)],
    [28, answer('func1', 7)],
    [29, answer('func2', 8)],
    [29, answer('func2', 9)],
    [28, answer('pgic', 5)],
  );
  const answers = measureAnswers(journal, momentOf(40));

  it('are means of what belongs together, and missing where a part was skipped', () => {
    expect(functionScores(answers)).toEqual([
      { day: 0, value: 3 },
      { day: 29, value: 8 },
    ]);
    expect(interferenceScores(answers)).toEqual([{ day: 0, value: 5 }]);
    expect(globalChange(answers)).toBe(6);
  });

  it('of many people are a mean and a difference of shares', () => {
    expect(recommendScore([10, 9, 8, 6])).toBe(25);
    expect(recommendScore([])).toBeNull();
    expect(satisfaction([7, 8])).toBe(7.5);
    expect(satisfaction([])).toBeNull();
  });

  it('pass over values that no answer can have', () => {
    const edited = measureAnswers(
      journalOf(
        [0, answer('conf', 99)],
        [0, answer('conf', NaN)],
        [1, answer('conf', 4.5)],
        [2, answer('conf', 4)],
      ),
      momentOf(3),
    );
    expect(edited.get('conf')).toEqual([{ day: 2, value: 4 }]);
  });

  it('make a responder of less pain and more ability together', () => {
    const of = (pain: number, ability: number) =>
      isResponder(
        journalOf(
          [0, answer('pain.avg7', 6)],
          [0, answer('func1', 4)],
          [28, answer('pain.avg7', pain)],
          [28, answer('func1', ability)],
        ),
        momentOf(30),
      );
    expect(of(3, 6)).toBe(true);
    expect(of(3, 5)).toBe(false);
    expect(of(5, 8)).toBe(false);
    expect(isResponder([], momentOf(0))).toBeNull();
  });
});

describe('the tiles', () => {
  it('are four, and say that it is too early while nothing is known', () => {
    expect(progressTiles([], momentOf(0)).map(({ id, verdict, series }) => [id, verdict, series])).toEqual([
      ['pain', 'tooEarly', []],
      ['movement', 'tooEarly', []],
      ['function', 'tooEarly', []],
      ['confidence', 'tooEarly', []],
    ]);
  });

  it('weigh no better side against a worse one', () => {
    const both = (left: number, right: number) =>
      sessionWith([rangeReport(left), rangeReport(right, { side: 'right' })]);
    const journal = journalOf([0, both(30, 40)], [14, both(45, 25)], [28, both(45, 25)]);
    expect(progressTiles(journal, momentOf(30))[1]?.verdict).toBe('mixed');
  });

  it('compare pain by the reviews of who seldom answers in the morning', () => {
    const journal = journalOf(
      [0, answer('pain.avg24', 7)],
      [0, answer('pain.avg7', 6)],
      [14, answer('pain.avg7', 3)],
      [28, answer('pain.avg7', 3)],
    );
    expect(progressTiles(journal, momentOf(30))[0]).toMatchObject({
      verdict: 'improved',
      series: [{ name: { kind: 'painReview' }, start: { day: 0, value: 6 }, needed: 2 }],
    });
  });
});
