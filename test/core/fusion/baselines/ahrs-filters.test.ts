import { describe, expect, test } from 'vitest';
import { createAhrsMadgwick } from '../../../../src/core/fusion/baselines/ahrs-madgwick.ts';
import { createAhrsMahony } from '../../../../src/core/fusion/baselines/ahrs-mahony.ts';
import { SIGMA_OFFSET, type OrientationFilter } from '../../../../src/core/fusion/orientation-filter.ts';
import { rotateInto } from '../../../../src/core/math/quaternion.ts';

const NONE = Number.NaN;
const G = 9.81;

function sample(
  stepS: number,
  gyro: readonly number[],
  acc: readonly number[],
  mag: readonly number[] = [NONE, NONE, NONE],
) {
  return Float64Array.of(...gyro, ...acc, ...mag, stepS);
}

/** Angle between the world's vertical and where the filter believes the acceleration points, rad. */
function tiltErrorRad(filter: OrientationFilter, acc: readonly number[]): number {
  const world = rotateInto(new Float64Array(3), filter.qEarthFromSensor, acc);
  return Math.acos(Math.min(1, world[2] / Math.hypot(...acc)));
}

describe.each([
  ['Madgwick', createAhrsMadgwick],
  ['Mahony', createAhrsMahony],
])('the %s baseline', (_, create) => {
  test('stays level when level and still', () => {
    const filter = create();
    for (let i = 0; i < 1000; i++) filter.update(sample(0.01, [0, 0, 0], [0, 0, G]));
    expect(tiltErrorRad(filter, [0, 0, G])).toBeLessThan(0.01);
  });

  test.each([[[0, 0, -G]], [[G, 0, 0]], [[0, -G, 0]], [[3, -5, 7]]])(
    'starts from the acceleration %j with six axes',
    (acc) => {
      const filter = create();
      for (let i = 0; i < 3; i++) filter.update(sample(0.01, [0, 0, 0], acc));
      expect(tiltErrorRad(filter, acc)).toBeLessThan(0.01);
    },
  );

  test('follows gravity even where one accelerometer axis reads exactly 0', () => {
    const filter = create({ beta: 0.4, kp: 1 });
    filter.update(sample(0.01, [0, 0, 0], [0, 0, G]));
    const tilted = [0, G * Math.sin(0.5), G * Math.cos(0.5)];
    for (let i = 0; i < 3000; i++) filter.update(sample(0.01, [0, 0, 0], tilted));
    expect(tiltErrorRad(filter, tilted)).toBeLessThan(0.02);
  });

  test('skips a sample with a missing number, and turns through the time it stood for', () => {
    const filter = create();
    const acc = [0, 0, G];
    filter.update(sample(0.01, [0, 0, 0], acc));
    for (let i = 0; i < 100; i++) {
      filter.update(sample(0.01, [0, 0, i % 10 === 5 ? NONE : 1], acc));
      expect(filter.flags[1]).toBe(i % 10 === 5 ? 1 : 0);
    }
    const q = filter.qEarthFromSensor;
    expect(2 * Math.atan2(q[3], q[0])).toBeCloseTo(1, 2);
  });

  test('takes the step of each sample, not that of the one before', () => {
    const filter = create();
    filter.update(sample(0.01, [0, 0, 0], [0, 0, G]));
    filter.update(sample(0.5, [0, 0, 0], [0, 0, G]));
    for (let i = 0; i < 50; i++) filter.update(sample(0.01, [0, 0, 1], [0, 0, G]));
    const q = filter.qEarthFromSensor;
    expect(2 * Math.atan2(q[3], q[0])).toBeCloseTo(0.5, 2);
  });

  test('skips a step of no length', () => {
    const filter = create();
    filter.update(sample(0.01, [0, 0, 0], [0, 0, G]));
    filter.update(sample(0, [0, 0, 9], [0, 0, G]));
    expect(filter.flags[1]).toBe(1);
    expect(filter.qEarthFromSensor[0]).toBeCloseTo(1, 9);
  });

  test('takes a gain of 0 as 0', () => {
    const filter = create({ beta: 0, kp: 0, ki: 0 });
    filter.update(sample(0.01, [0, 0, 0], [0, 0, G]));
    for (let i = 0; i < 500; i++) filter.update(sample(0.01, [0, 0, 0], [0, 5, 8]));
    expect(filter.qEarthFromSensor[0]).toBeCloseTo(1, 6);
  });

  test('points y to magnetic north with nine axes', () => {
    const filter = create({ useMagnetometer: true });
    // The sensor's x axis looks to the north: in an east-north-up world it is turned by +90 degrees.
    for (let i = 0; i < 500; i++) filter.update(sample(0.01, [0, 0, 0], [0, 0, G], [20, 0, -40]));
    const x = rotateInto(new Float64Array(3), filter.qEarthFromSensor, [1, 0, 0]);
    expect(x[1]).toBeGreaterThan(0.999);
  });

  test('starts anew after a reset', () => {
    const filter = create();
    for (let i = 0; i < 10; i++) filter.update(sample(0.01, [1, 2, 3], [1, 2, 9]));
    filter.reset();
    filter.update(sample(0.01, [0, 0, 0], [G, 0, 0]));
    expect(tiltErrorRad(filter, [G, 0, 0])).toBeLessThan(1e-6);
  });

  test('states no sigma', () => {
    expect([...create().sigma]).toEqual(Array(SIGMA_OFFSET.length).fill(NONE));
  });
});
