import { describe, expect, it } from 'vitest';
import { sharedMotionOffset, type TurnRateSeries } from '../../../src/core/clock/shared-motion-offset.ts';
import { findSharedMotion } from '../../../src/core/clock/shared-motion-search.ts';
import { Random } from '../../../src/core/simulation/random.ts';

/** A hand that shakes from 4 s to 10 s at 2 to 6 Hz about changing axes; quiet before, worn afterwards. */
function shakeRate(seed: number): (timeS: number) => number {
  const random = new Random(seed);
  const parts = Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => ({
      rad: random.between(1.5, 4),
      hz: random.between(1.5, 6),
      phase: random.between(0, 2 * Math.PI),
    })),
  );
  return (timeS) => {
    if (timeS < 4 || timeS > 10) return 0.05;
    const ramp = Math.min(1, timeS - 4, 10 - timeS);
    const axes = parts.map((axis) =>
      axis.reduce((sum, { rad, hz, phase }) => sum + rad * Math.sin(2 * Math.PI * hz * timeS + phase), 0),
    );
    return ramp * Math.hypot(...axes);
  };
}

interface SensorOptions {
  readonly rateHz: number;
  readonly lateS: number;
  readonly seed: number;
  readonly noise?: number;
  readonly gain?: number;
  readonly loss?: number;
}

function sensor(rateAt: (timeS: number) => number, options: SensorOptions): TurnRateSeries {
  const random = new Random(options.seed);
  const phaseS = random.uniform() / options.rateHz;
  const timeS: number[] = [],
    rateRadPerS: number[] = [];
  let lostUntil = -1;
  for (let i = 0; i < 14 * options.rateHz; i++) {
    const trueS = i / options.rateHz + phaseS;
    // Eight samples at a time, as a packet carries them.
    if (i % 8 === 0 && random.uniform() < (options.loss ?? 0)) lostUntil = i + 8;
    const rate = (options.gain ?? 1) * rateAt(trueS) + (options.noise ?? 0.05) * random.gaussian();
    if (i < lostUntil) continue;
    timeS.push(trueS + options.lateS);
    rateRadPerS.push(Math.abs(rate));
  }
  return { timeS, rateRadPerS };
}

describe('shared motion', () => {
  it('finds the offset to a fraction of a sample, with the sigma it states', () => {
    const ratios: number[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const random = new Random(seed, 5);
      const rateAt = shakeRate(seed);
      const rateHz = random.pick([52, 100, 104, 208]);
      const lateS = random.between(-0.12, 0.12);
      const a = sensor(rateAt, { rateHz: 104, lateS: 0, seed, noise: 0.1, loss: 0.05 });
      const b = sensor(rateAt, { rateHz, lateS, seed: seed + 100, noise: 0.1, gain: 1.05, loss: 0.1 });
      const found = sharedMotionOffset(a, b, 4.5, 9.5);
      expect(found).not.toBeNull();
      const errorS = found!.offsetS - lateS;
      expect(Math.abs(errorS)).toBeLessThan(0.15 / Math.min(104, rateHz));
      ratios.push(errorS / found!.sigmaS);
    }
    const rms = Math.sqrt(ratios.reduce((sum, ratio) => sum + ratio * ratio, 0) / ratios.length);
    expect(rms).toBeGreaterThan(0.25);
    expect(rms).toBeLessThan(1.5);
  });

  it('abstains where the two did not move as one', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const a = sensor(shakeRate(seed), { rateHz: 104, lateS: 0, seed });
      const b = sensor(shakeRate(seed + 500), { rateHz: 104, lateS: 0, seed: seed + 100 });
      expect(sharedMotionOffset(a, b, 4.5, 9.5)).toBeNull();
    }
  });

  it('abstains where one turned through much less, where nothing moved, and where little is there', () => {
    const rateAt = shakeRate(3);
    const a = sensor(rateAt, { rateHz: 104, lateS: 0, seed: 1 });
    expect(
      sharedMotionOffset(a, sensor(rateAt, { rateHz: 104, lateS: 0, seed: 2, gain: 0.6 }), 4.5, 9.5),
    ).toBeNull();
    const same = sensor(rateAt, { rateHz: 104, lateS: 0, seed: 2 });
    expect(sharedMotionOffset(a, same, 0.5, 3.5)).toBeNull();
    expect(sharedMotionOffset(a, same, 6, 6.5)).toBeNull();
    expect(
      sharedMotionOffset(a, sensor(rateAt, { rateHz: 104, lateS: 0, seed: 2, loss: 0.6 }), 4.5, 9.5),
    ).toBeNull();
  });

  it('abstains at steady shaking, which looks alike one shake later', () => {
    const steady = (timeS: number): number => 6 * Math.abs(Math.sin(2 * Math.PI * 4 * timeS));
    const a = sensor(steady, { rateHz: 104, lateS: 0, seed: 1 }),
      b = sensor(steady, { rateHz: 104, lateS: 0.03, seed: 2 });
    expect(sharedMotionOffset(a, b, 1, 9)).toBeNull();
  });

  it('finds the stretch by itself, for all sensors at once', () => {
    const rateAt = shakeRate(8);
    const lateS = [0, 0.031, -0.017];
    const sensors = lateS.map((late, i) =>
      sensor(rateAt, { rateHz: 104, lateS: late, seed: 10 + i, loss: 0.05 }),
    );
    const found = findSharedMotion(sensors);
    expect(found!.startS).toBeGreaterThan(3.5);
    expect(found!.endS).toBeLessThan(10.6);
    found!.offsets.forEach(({ offsetS, sigmaS }, i) => {
      expect(Math.abs(offsetS - lateS[i])).toBeLessThan(0.001);
      expect(sigmaS).toBeLessThan(0.001);
    });
  });

  it('takes no exercise for shaking, and no two sensors in different hands for one', () => {
    const bend = (timeS: number): number =>
      1.2 * Math.abs(Math.sin(0.9 * timeS)) + 0.1 * Math.abs(Math.sin(7 * timeS));
    expect(findSharedMotion([1, 2].map((seed) => sensor(bend, { rateHz: 104, lateS: 0, seed })))).toBeNull();
    expect(
      findSharedMotion([1, 2].map((seed) => sensor(shakeRate(seed), { rateHz: 104, lateS: 0, seed }))),
    ).toBeNull();
  });
});
