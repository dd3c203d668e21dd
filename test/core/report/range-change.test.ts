import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SideBest } from '../../../src/core/pipeline/session-result.ts';
import { personalDetectable } from '../../../src/core/care/outcomes/change-verdict.ts';
import {
  compareTests,
  comparedTest,
  comparisonRefusal,
  detectableChangeRad,
  rangeTrend,
  sideDifference,
  type ComparedTest,
} from '../../../src/core/report/range-change.ts';

const RAD = Math.PI / 180;

function best(side: SideBest['side'], deg: number, more: Partial<SideBest> = {}): SideBest {
  return {
    side,
    maximumRad: deg * RAD,
    meanBest3Rad: deg * RAD,
    halfWidth95Rad: 4 * RAD,
    countedRepetitions: 3,
    ...more,
  };
}

function seatedTurn(sides: readonly SideBest[], more: object = {}, calibrationQuality = 95): ComparedTest {
  const set = {
    plan: { test: true, side: null },
    exerciseId: 'E01',
    measure: 'upperBackRelativeToLowerBack',
    qualityClass: 'B',
    best: sides,
    ...more,
  };
  return { set, calibrationQuality } as unknown as ComparedTest;
}

const left = (deg: number, more: Partial<SideBest> = {}) => seatedTurn([best('left', deg, more)]);
const verdictOf = (before: ComparedTest, after: ComparedTest) => compareTests(before, after)[0]?.verdict;

describe('a change of range', () => {
  it('is real from the detectable change on, in both directions', () => {
    expect(verdictOf(left(30), left(42.1))).toBe('real');
    expect(verdictOf(left(42.1), left(30))).toBe('real');
    expect(verdictOf(left(30), left(41.9))).toBe('withinNoise');
  });

  it('cannot be told while the bands could explain it, or with fewer than three repetitions', () => {
    const wide = { halfWidth95Rad: 10 * RAD };
    expect(verdictOf(left(30, wide), left(43, wide))).toBe('cannotTellYet');
    expect(compareTests(left(30, wide), left(43, wide))[0].neededRad / RAD).toBeCloseTo(14.14, 2);
    expect(verdictOf(left(30), left(60, { countedRepetitions: 2 }))).toBe('cannotTellYet');
  });

  it('needs a quarter more where the axes were not checked by movement', () => {
    const unchecked = seatedTurn([best('left', 30)], {}, 60);
    expect(verdictOf(unchecked, left(44))).toBe('withinNoise');
    expect(verdictOf(unchecked, left(45.1))).toBe('real');
  });

  it('is never made across measures, sides asked for, classes or movements', () => {
    for (const other of [
      { measure: 'trunkRelativeToPelvis' },
      { exerciseId: 'E05' },
      { qualityClass: 'C' },
      { plan: { test: true, side: 'left' } },
    ])
      expect(compareTests(left(30), seatedTurn([best('left', 60)], other))).toEqual([]);
    // A turn by gyroscope alone holds no zero from day to day.
    const twist = { measure: 'upperBackTwist', qualityClass: 'C' };
    const [a, b] = [30, 60].map((deg) => seatedTurn([best('left', deg)], twist));
    expect(compareTests(a, b)).toEqual([]);
    expect(detectableChangeRad('upperBackTwist', 'rotation')).toBeNull();
  });

  it('is the same size from either end, and none against itself', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 90, noNaN: true }),
        fc.double({ min: 1, max: 90, noNaN: true }),
        (a, b) => {
          expect(verdictOf(left(a), left(b))).toBe(verdictOf(left(b), left(a)));
          expect(verdictOf(left(a), left(a))).toBe('withinNoise');
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a trend', () => {
  it('needs two real changes in a row', () => {
    expect(rangeTrend([left(30)], 'left')).toBe('tooEarly');
    expect(rangeTrend([left(30), left(34)], 'left')).toBe('noClearChange');
    expect(rangeTrend([left(30), left(44)], 'left')).toBe('possiblyImproved');
    expect(rangeTrend([left(30), left(44), left(45)], 'left')).toBe('improved');
    expect(rangeTrend([left(44), left(45), left(30)], 'left')).toBe('possiblyDeclined');
    expect(rangeTrend([left(44), left(30), left(29)], 'left')).toBe('declined');
    expect(rangeTrend([left(30), left(44), left(33)], 'left')).toBe('noClearChange');
  });
});

describe('two sides', () => {
  it.each([
    [40, 45, 'symmetric'],
    [90, 103, 'small'],
    [30, 44, 'marked'],
  ] as const)('%s and %s deg are %s', (a, b, expected) => {
    expect(sideDifference(seatedTurn([best('left', a), best('right', b)]))).toBe(expected);
  });

  it('are not compared where there is one', () => {
    expect(sideDifference(left(30))).toBeNull();
  });
});

describe('a personal detectable change', () => {
  it('grows with the scatter of repeated tests and never falls below the default', () => {
    const usual = 7 * RAD;
    expect(personalDetectable(usual, [20 * RAD])).toBe(usual);
    expect(personalDetectable(usual, [1 * RAD, -1 * RAD])).toBe(usual);
    // SEM = 5 / sqrt(2) deg, times 2.77.
    expect(personalDetectable(usual, [5 * RAD, -5 * RAD]) / RAD).toBeCloseTo(9.8, 3);
  });
});

describe('the test of a session', () => {
  it('is its first test with a best value', () => {
    const test = left(30);
    const practice = { ...test.set, plan: { test: false, side: null } };
    const result = { sets: [practice, test.set], calibrationQuality: 95 } as never;
    expect(comparedTest(result)).toEqual(test);
    expect(comparedTest({ sets: [practice], calibrationQuality: 95 } as never)).toBeNull();
  });
});

describe('why two sessions cannot be compared', () => {
  it.each([
    ['otherMovement', { exerciseId: 'E05' }],
    ['otherSide', { plan: { test: true, side: 'left' } }],
    ['otherMeasure', { measure: 'upperBackTwist' }],
    ['feedbackOnly', { qualityClass: 'C' }],
    ['noCommonSide', { best: [best('right', 30)] }],
  ] as const)('is said: %s', (refusal, more) => {
    expect(comparisonRefusal(left(30), seatedTurn([best('left', 30)], more))).toBe(refusal);
  });

  it('is said of sessions without a test, and of measures that hold for a day', () => {
    expect(comparisonRefusal(left(30), null)).toBe('noTest');
    const twist = () => seatedTurn([best('left', 30)], { measure: 'upperBackTwist' });
    expect(comparisonRefusal(twist(), twist())).toBe('oneDayOnly');
    expect(comparisonRefusal(left(30), left(40))).toBeNull();
  });
});
