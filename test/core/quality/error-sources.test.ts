import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisVarianceRad2,
  halfWidth95,
  halfWidth95Beside,
  skewedInterval95,
} from '../../../src/core/quality/error-sources.ts';

/** Share of shift + sum of even errors + normal error inside +- half. */
function shareInside(half: number, shift: number, sigma: number, ranges: readonly number[]): number {
  return shareBetween(-half, half, shift, sigma, ranges);
}

/** The same between two limits, by integration over a fine grid. */
function shareBetween(
  low: number,
  high: number,
  shift: number,
  sigma: number,
  ranges: readonly number[],
): number {
  const steps = 60;
  let sums = [shift];
  for (const range of ranges)
    sums = sums.flatMap((sum) =>
      Array.from({ length: steps }, (_, i) => sum + range * ((2 * (i + 0.5)) / steps - 1)),
    );
  const inside = sums.map((sum) => normal((high - sum) / sigma) - normal((low - sum) / sigma));
  return inside.reduce((total, value) => total + value, 0) / inside.length;
}

/** Normal distribution, by Abramowitz and Stegun 7.1.26; error below 1e-7. */
function normal(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-z * z);
  return x < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

const MIXTURES: readonly (readonly [sigma: number, ranges: readonly number[]])[] = [
  [1, []],
  [0.05, [1]],
  [0.3, [1]],
  [1, [1]],
  [0.3, [1, 0.2]],
  [0.5, [1, 1]],
];

const squares = (ranges: readonly number[]): number => ranges.reduce((sum, r) => sum + r ** 2, 0);
const fourths = (ranges: readonly number[]): number => ranges.reduce((sum, r) => sum + r ** 4, 0);

describe('where forward is', () => {
  it('costs a flexion what it leans aside, and what it turns out of its plane, by as much as leans are turned', () => {
    const sigma = 0.2,
      bow = 0.5,
      aside = 0.1;
    // Mean square of a bow's error over a normal error of forward, both turned about the vertical.
    let sum = 0,
      weights = 0;
    for (let z = -5; z <= 5; z += 0.01) {
      const weight = Math.exp((-z * z) / 2),
        off = sigma * z;
      sum += weight * (bow * Math.cos(off) + aside * Math.sin(off) - bow) ** 2;
      weights += weight;
    }
    expect(Math.abs(axisVarianceRad2(sigma, bow, aside * aside) / (sum / weights) - 1)).toBeLessThan(0.1);
    expect(axisVarianceRad2(sigma, 0, 0)).toBe(0);
  });
});

describe('half width of an interval', () => {
  it.each(MIXTURES)('holds 95 %% of a normal error of %f with even errors of %j', (sigma, ranges) => {
    const half = halfWidth95(sigma ** 2, squares(ranges), fourths(ranges));
    const share = shareInside(half, 0, sigma, ranges);
    expect(share).toBeGreaterThan(0.94);
    expect(share).toBeLessThan(0.962);
  });

  it.each(MIXTURES)('holds as much beside the reading: normal %f, even %j', (sigma, ranges) => {
    for (const shift of [0, 0.2, 0.5, 1, 3]) {
      const half = halfWidth95Beside(shift, sigma ** 2, squares(ranges), fourths(ranges));
      const share = shareInside(half, shift, sigma, ranges);
      expect(share, `shift ${shift}`).toBeGreaterThan(0.935);
      expect(share, `shift ${shift}`).toBeLessThan(0.97);
    }
  });

  it.each(MIXTURES)('reaches as far as it must on each side: normal %f, even %j', (sigma, ranges) => {
    for (const shift of [0, ranges[0] ?? 0.5, 3]) {
      const { lowRad, highRad } = skewedInterval95(sigma ** 2, shift, ranges);
      const share = shareBetween(lowRad, highRad, shift, sigma, ranges);
      expect(share, `shift ${shift}`).toBeGreaterThan(0.945);
      expect(share, `shift ${shift}`).toBeLessThan(0.965);
    }
  });

  it('never leaves the reading itself out: the skin may as well have followed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { maxLength: 2 }),
        (sigma, reaches) => {
          const shift = reaches.reduce((sum, reach) => sum + reach, 0);
          const { lowRad, highRad } = skewedInterval95(sigma ** 2, shift, reaches);
          expect(lowRad).toBeLessThan(-0.6 * sigma);
          expect(highRad).toBeGreaterThan(0.6 * sigma);
        },
      ),
    );
  });

  it('is nothing without an error, and the shift alone where only that is wrong', () => {
    expect(halfWidth95(0, 0, 0)).toBe(0);
    expect(halfWidth95Beside(0.1, 0, 0, 0)).toBe(0.1);
  });
});
