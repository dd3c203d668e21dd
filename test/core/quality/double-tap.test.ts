import { describe, expect, it } from 'vitest';
import { DoubleTapDetector, TapJudge } from '../../../src/core/quality/double-tap.ts';
import { Random } from '../../../src/core/simulation/random.ts';

const G = 9.80665;

interface Knock {
  readonly atS: number;
  readonly metersPerS2: number;
}

/** Knocks on a sensor that lies on a table: a blow of some 8 ms that rings at 60 Hz. Counts double taps. */
function tapsIn(
  knocks: readonly Knock[],
  options: {
    readonly rateHz?: number;
    readonly carriedFromS?: number;
    readonly shakenFromS?: number;
    readonly seed?: number;
  } = {},
): DoubleTapDetector {
  const { rateHz = 104, carriedFromS = Infinity, shakenFromS = Infinity, seed = 1 } = options;
  const random = new Random(seed);
  const detector = new DoubleTapDetector();
  const sample = new Float64Array(6);
  // What the sensor's own filter makes of a blow: a mean over the time of one sample.
  const blow = (timeS: number): number =>
    knocks.reduce((sum, { atS, metersPerS2 }) => {
      const t = timeS - atS;
      return t < 0 || t > 0.2
        ? sum
        : sum + metersPerS2 * Math.exp(-t / 0.012) * Math.cos(2 * Math.PI * 20 * t);
    }, 0);
  for (let i = 0; i < 5 * rateHz; i++) {
    const timeS = i / rateHz;
    let mean = 0;
    for (let k = 0; k < 8; k++) mean += blow(timeS - k / (8 * rateHz)) / 8;
    for (let k = 0; k < 6; k++) sample[k] = 0.02 * random.between(-1, 1);
    sample[5]! += G + mean;
    if (timeS > carriedFromS) {
      sample[0]! += 1.2 * Math.sin(2 * Math.PI * 0.8 * timeS);
      sample[3]! += 3 * Math.sin(2 * Math.PI * 1.1 * timeS);
    }
    if (timeS > shakenFromS) {
      sample[0]! += 7 * Math.cos(2 * Math.PI * 4 * timeS);
      sample[4]! += 12 * Math.sin(2 * Math.PI * 4 * timeS);
    }
    detector.push(sample, 0, sample, 3, 1 / rateHz);
  }
  return detector;
}

const twice = (atS: number, pauseS: number, metersPerS2 = 20): Knock[] => [
  { atS, metersPerS2 },
  { atS: atS + pauseS, metersPerS2 },
];

describe('two knocks on a sensor', () => {
  it('are one double tap, at every pace that people tap at and every rate that is advised', () => {
    for (const rateHz of [52, 59.5, 104, 119])
      for (const pauseS of [0.18, 0.25, 0.35, 0.45])
        for (let seed = 1; seed <= 5; seed++) {
          const found = tapsIn(twice(2 + seed / 97, pauseS), { rateHz, seed });
          expect(found.count, `${rateHz} Hz, ${pauseS} s, seed ${seed}`).toBe(1);
          expect(found.strengthMetersPerS2).toBeGreaterThan(1.6);
        }
  });

  it('count once each time they come', () => {
    expect(tapsIn([...twice(1, 0.25), ...twice(3, 0.25)]).count).toBe(2);
  });

  it.each([
    ['one knock', [{ atS: 2, metersPerS2: 20 }], {}],
    ['three knocks', [...twice(2, 0.2), { atS: 2.4, metersPerS2: 20 }], {}],
    ['two knocks far apart', twice(2, 1), {}],
    ['two that are too soft', twice(2, 0.25, 2), {}],
    ['a sensor that is carried', [], { carriedFromS: 1 }],
    ['knocks on a sensor that is carried', twice(3, 0.25), { carriedFromS: 1 }],
    ['a sensor that is shaken', [], { shakenFromS: 1 }],
    ['nothing at all', [], {}],
  ] as const)('are told from %s', (_, knocks, options) => {
    for (let seed = 1; seed <= 5; seed++) expect(tapsIn(knocks, { ...options, seed }).count).toBe(0);
  });

  it('are not made up across a gap', () => {
    const detector = new DoubleTapDetector();
    const still = Float64Array.of(0, 0, 0, 0, 0, G);
    const blow = Float64Array.of(0, 0, 0, 0, 0, G + 8);
    const push = (sample: Float64Array, count: number, stepS = 0.01) => {
      for (let i = 0; i < count; i++) detector.push(sample, 0, sample, 3, stepS);
    };
    push(still, 100);
    push(blow, 1);
    push(still, 1, 0.25);
    push(still, 20);
    push(blow, 1);
    push(still, 100);
    expect(detector.count).toBe(0);
    push(blow, 1);
    push(still, 20);
    push(Float64Array.of(NaN, NaN, NaN, NaN, NaN, NaN), 1);
    push(still, 1);
    push(blow, 1);
    push(still, 100);
    expect(detector.count).toBe(0);
  });
});

describe('which sensor was tapped', () => {
  const reading = (sensorIndex: number, doubleTaps: number, tapMetersPerS2 = 10) => ({
    sensorIndex,
    doubleTaps,
    tapMetersPerS2,
  });

  it('is the one whose count rose, a moment later, once', () => {
    const judge = new TapJudge();
    expect(judge.take([reading(0, 4), reading(1, 2)], 0)).toBeNull();
    expect(judge.take([reading(0, 4), reading(1, 3)], 100)).toBeNull();
    expect(judge.take([reading(0, 4), reading(1, 3)], 400)).toBe(1);
    expect(judge.take([reading(0, 4), reading(1, 3)], 800)).toBeNull();
  });

  it('is the one that felt it most where the table passed it on, and nobody where that is not clear', () => {
    const judge = new TapJudge();
    judge.take([reading(0, 0), reading(1, 0)], 0);
    judge.take([reading(0, 1, 12), reading(1, 0)], 100);
    expect(judge.take([reading(0, 1, 12), reading(1, 1, 4)], 400)).toBe(0);
    judge.take([reading(0, 2, 12), reading(1, 2, 9)], 1000);
    expect(judge.take([reading(0, 2, 12), reading(1, 2, 9)], 1400)).toBeNull();
  });

  it('is not asked of a sensor that was not heard before', () => {
    const judge = new TapJudge();
    judge.take([reading(0, NaN)], 0);
    judge.take([reading(0, 3)], 100);
    expect(judge.take([reading(0, 3)], 500)).toBeNull();
  });
});
