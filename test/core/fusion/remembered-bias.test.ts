import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE, SIGMA_OFFSET } from '../../../src/core/fusion/orientation-filter.ts';
import { recallGyroBias, type RememberedGyroBias } from '../../../src/core/fusion/remembered-bias.ts';
import { createThoraFilter, type InitialGyroBias } from '../../../src/core/fusion/thora-filter.ts';
import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { createRandom, gaussian } from '../../support/worn-body.ts';

const DAY_S = 86_400;
const found: RememberedGyroBias = {
  gyroBiasRadPerS: [0.004, -0.003, 0.005],
  sigmaRadPerS: 0.05 * RAD_PER_DEG,
  ageS: DAY_S,
};
const sigmaAfter = (ageS: number): number => recallGyroBias({ ...found, ageS })!.sigmaRadPerS;

/** A sensor that lies still and reads this bias; returns its filter after `restS`. */
function rested(initial: InitialGyroBias | null, trueBias: readonly number[], restS: number, seed: number) {
  const filter = createThoraFilter('worn', initial);
  const random = createRandom(seed);
  const sample = new Float64Array(SAMPLE.length).fill(NaN);
  sample[SAMPLE.stepS] = 0.02;
  for (let i = 0; i < 50 * restS; i++) {
    for (let k = 0; k < 3; k++) {
      sample[SAMPLE.gyroRadPerS + k] = (trueBias[k] ?? NaN) + 0.1 * RAD_PER_DEG * gaussian(random);
      sample[SAMPLE.accMetersPerS2 + k] = 0.02 * gaussian(random) + (k === 2 ? GRAVITY_METERS_PER_S2 : 0);
    }
    filter.update(sample);
  }
  return filter;
}

/** Errors of the three axes in stated standard deviations. */
function errorsInSigmas(filter: ReturnType<typeof rested>, trueBias: readonly number[]): number[] {
  return trueBias.map(
    (bias, k) =>
      ((filter.gyroBiasRadPerS[k] ?? NaN) - bias) / (filter.sigma[SIGMA_OFFSET.gyroBiasRadPerS + k] ?? NaN),
  );
}

describe('a remembered gyroscope bias', () => {
  it('is worth less the older it is, and never as much as when it was found', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 364, noNaN: true }), (days) => {
        expect(sigmaAfter(days * DAY_S)).toBeGreaterThan(5 * found.sigmaRadPerS);
        expect(sigmaAfter((days + 1) * DAY_S)).toBeGreaterThan(sigmaAfter(days * DAY_S));
      }),
    );
    // 0.5 deg/s for another temperature; a year's ageing adds 0.35 deg/s.
    expect(sigmaAfter(0) / RAD_PER_DEG).toBeCloseTo(0.5025, 3);
    expect(sigmaAfter(365 * DAY_S) / RAD_PER_DEG).toBeCloseTo(Math.hypot(0.5025, 0.349), 3);
  });

  it('is worth nothing when it is too old, from the future, was not found well, or is no number', () => {
    const cases: readonly Partial<RememberedGyroBias>[] = [
      { ageS: 366 * DAY_S },
      { ageS: -1 },
      { ageS: NaN },
      { sigmaRadPerS: 0.2 * RAD_PER_DEG },
      { sigmaRadPerS: NaN },
      { gyroBiasRadPerS: [0, NaN, 0] },
    ];
    for (const wrong of cases) expect(recallGyroBias({ ...found, ...wrong })).toBeNull();
  });

  it('brings a filter nearer to the truth before the first rest is over', () => {
    const bias = found.gyroBiasRadPerS;
    const errorOf = (initial: InitialGyroBias | null): number => {
      const { gyroBiasRadPerS } = rested(initial, bias, 0.4, 1);
      return Math.hypot(...bias.map((value, k) => value - (gyroBiasRadPerS[k] ?? NaN)));
    };
    expect(errorOf(recallGyroBias(found))).toBeLessThan(0.1 * errorOf(null));
  });

  it('holds the truth as often as it says, before and after a rest, when sensors wander as is assumed', () => {
    const random = createRandom(7);
    for (const restS of [0.4, 2, 6]) {
      const errors = Array.from({ length: 150 }, (_, run) => {
        const initial = recallGyroBias({ ...found, ageS: 2 * run * DAY_S });
        const trueBias = found.gyroBiasRadPerS.map(
          (bias) => bias + (initial?.sigmaRadPerS ?? NaN) * gaussian(random),
        );
        return errorsInSigmas(rested(initial, trueBias, restS, run), trueBias);
      }).flat();
      const held = errors.filter((error) => Math.abs(error) < 1.96).length / errors.length;
      expect(held).toBeGreaterThanOrEqual(0.93);
    }
  });

  it('that a rest contradicts is forgotten: the filter is then as sure as one that never had it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.5, max: 1.9, noNaN: true }),
        fc.constantFrom(1, -1),
        fc.constantFrom(0, 1, 2),
        (offDegPerS, sign, axis) => {
          const memory = { ...found, gyroBiasRadPerS: [0, 0, 0] as const };
          const trueBias = [0, 0, 0].map((_, k) => (k === axis ? sign * offDegPerS * RAD_PER_DEG : 0));
          const filter = rested(recallGyroBias(memory), trueBias, 4, 3);
          const plain = rested(null, trueBias, 4, 3);
          for (const at of [0, 1, 2]) {
            const sigmaAt = SIGMA_OFFSET.gyroBiasRadPerS + at;
            expect(filter.sigma[sigmaAt]! / plain.sigma[sigmaAt]!).toBeGreaterThan(0.9);
          }
          for (const error of errorsInSigmas(filter, trueBias)) expect(Math.abs(error)).toBeLessThan(2);
        },
      ),
      { numRuns: 30 },
    );
  });
});
