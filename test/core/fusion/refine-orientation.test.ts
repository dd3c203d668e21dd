import { describe, expect, test } from 'vitest';
import { runLiveOrientation } from '../../../src/core/fusion/orientation-run.ts';
import { refineOrientation } from '../../../src/core/fusion/refine-orientation.ts';
import { createThoraFilter } from '../../../src/core/fusion/thora-filter.ts';
import { angleBetweenDeg, tiltBetweenDeg } from './orientation-distance.ts';
import { evenTimes, simulateSensor } from './simulated-sensor.ts';

const NOISE = { gyroRadPerS: 0.001, accMetersPerS2: 0.02 };

/** No rest at all before the movement, and a bias that nobody knows. */
function restless(count = 3000) {
  return simulateSensor({
    timeS: evenTimes(count, 100),
    rateAt: (t) => [Math.sin(t), Math.cos(0.7 * t), 0.5 * Math.sin(0.3 * t)],
    gyroBiasRadPerS: [0.012, -0.01, 0.008],
    noise: NOISE,
  });
}

describe('orientation after the fact', () => {
  test('mends the start that the live filter could not know', () => {
    const { series, truth } = restless();
    const live = runLiveOrientation(createThoraFilter(), series);
    const refined = refineOrientation(series);
    let liveWorst = 0,
      refinedWorst = 0;
    for (let row = 50; row < series.count; row++) {
      liveWorst = Math.max(liveWorst, tiltBetweenDeg(live.qEarthFromSensor, truth, row));
      refinedWorst = Math.max(refinedWorst, tiltBetweenDeg(refined.qEarthFromSensor, truth, row));
    }
    expect(liveWorst).toBeGreaterThan(0.6);
    expect(refinedWorst).toBeLessThan(0.4 * liveWorst);
    for (let i = 0; i < 3; i++)
      expect(Math.abs(refined.gyroBiasRadPerS[i] - [0.012, -0.01, 0.008][i])).toBeLessThan(0.002);
    expect(refined.inclinationSigmaRad[60]).toBeLessThan(live.inclinationSigmaRad[60]);
  });

  test('ends where the live filter ends, but for the correction of the last step', () => {
    const { series } = restless(1001);
    const live = runLiveOrientation(createThoraFilter(), series);
    const refined = refineOrientation(series);
    expect(angleBetweenDeg(live.qEarthFromSensor, refined.qEarthFromSensor, 1000)).toBeLessThan(0.1);
  });

  test('rows of a long hole are NaN; on both sides the tilt is right and the bias is known', () => {
    const { series, truth } = restless();
    series.gyroRadPerS.fill(Number.NaN, 3 * 1000, 3 * 1200);
    const refined = refineOrientation(series);
    for (let row = 1000; row < 1200; row++) expect(refined.qEarthFromSensor[4 * row]).toBeNaN();
    for (const row of [100, 999, 1250, 2900])
      expect(tiltBetweenDeg(refined.qEarthFromSensor, truth, row)).toBeLessThan(1);
  });

  test('rows of a small hole lie between their neighbours', () => {
    const { series, truth } = restless();
    series.gyroRadPerS.fill(Number.NaN, 3 * 1500, 3 * 1505);
    const refined = refineOrientation(series);
    for (let row = 1495; row < 1510; row++)
      expect(tiltBetweenDeg(refined.qEarthFromSensor, truth, row)).toBeLessThan(1);
  });

  test('a series that is too short for a single step keeps its first attitude', () => {
    const { series } = restless(3);
    const refined = refineOrientation(series);
    expect(Number.isFinite(refined.qEarthFromSensor[0])).toBe(true);
    expect(refined.count).toBe(3);
  });

  test('an empty series gives an empty result', () => {
    const none = new Float64Array(0);
    const empty = { count: 0, timeS: none, gyroRadPerS: none, accMetersPerS2: none, magMicroTesla: null };
    expect(refineOrientation(empty).qEarthFromSensor).toHaveLength(0);
    expect(runLiveOrientation(createThoraFilter(), empty).count).toBe(0);
  });

  test('with a magnetometer the whole recording looks north', () => {
    const { series, truth } = simulateSensor({
      timeS: evenTimes(4000, 100),
      rateAt: (t) => [Math.sin(t), Math.cos(0.7 * t), 0.5],
      fieldMicroTesla: [0, 20, -40],
      gyroBiasRadPerS: [0.01, 0, 0.01],
      noise: NOISE,
    });
    const refined = refineOrientation(series, { useMagnetometer: true });
    for (const row of [10, 500, 2000, 3990])
      expect(angleBetweenDeg(refined.qEarthFromSensor, truth, row)).toBeLessThan(1.5);
  });
});
