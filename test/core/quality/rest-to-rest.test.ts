import { expect, it } from 'vitest';
import { turnsBetweenRests } from '../../../src/core/quality/rest-to-rest.ts';

const RATE_HZ = 50;
const WAY_RAD = 0.6;

/**
 * Leans by {@link WAY_RAD} and back, again and again: a second on the way, a second at rest. On the way the body's own acceleration
 * doubles what the accelerometer shows of the lean.
 */
function leans({ gyroScale = 1, restS = 1 } = {}) {
  const timeS: number[] = [],
    gyro: number[] = [],
    acc: number[] = [];
  const periodS = 2 * (1 + restS);
  for (let i = 0; i < 20 * RATE_HZ; i++) {
    const t = i / RATE_HZ;
    const phase = t % periodS;
    const isOut = phase < 1,
      isBack = phase >= 1 + restS && phase < 2 + restS;
    const share = isOut ? phase : isBack ? 2 + restS - phase : phase < 1 + restS ? 1 : 0;
    const lean = WAY_RAD * share;
    const shown = isOut || isBack ? lean * (1 + Math.sin(Math.PI * share)) : lean;
    timeS.push(t);
    gyro.push(0, gyroScale * (isOut ? WAY_RAD : isBack ? -WAY_RAD : 0), 0);
    acc.push(-9.81 * Math.sin(shown), 0, 9.81 * Math.cos(shown));
  }
  return turnsBetweenRests(timeS, Float64Array.from(gyro), Float64Array.from(acc));
}

it('compares the ways from rest to rest, whatever the accelerometer shows in between', () => {
  const { gravityRad, gyroRad } = leans();
  expect(gravityRad).toBeGreaterThan(5 * WAY_RAD);
  expect(gravityRad / gyroRad).toBeCloseTo(1, 1);
});

it('shows a gyroscope of half the scale, and of twice', () => {
  for (const gyroScale of [0.5, 2]) {
    const { gravityRad, gyroRad } = leans({ gyroScale });
    expect(gravityRad / gyroRad).toBeCloseTo(1 / gyroScale, 1);
  }
});

it('says nothing of movement without a rest', () => {
  expect(leans({ restS: 0 })).toEqual({ gravityRad: 0, gyroRad: 0 });
});
