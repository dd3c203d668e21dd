import { describe, expect, test } from 'vitest';
import type { ImuSeries } from '../../../src/core/fusion/imu-series.ts';
import { SIGMA_OFFSET } from '../../../src/core/fusion/orientation-filter.ts';
import { runLiveOrientation } from '../../../src/core/fusion/orientation-run.ts';
import { THORA_PRESETS } from '../../../src/core/fusion/thora-parameters.ts';
import { createThoraFilter } from '../../../src/core/fusion/thora-filter.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { fromAxisAngleInto, createQuaternion } from '../../../src/core/math/quaternion.ts';
import { angleBetweenDeg, tiltBetweenDeg } from './orientation-distance.ts';
import { evenTimes, seededUniform, simulateSensor } from './simulated-sensor.ts';

const STILL = [0, 0, 0] as const;
const NOISE = { gyroRadPerS: 0.001, accMetersPerS2: 0.02 };

/** Rest for `restS`, then a steady turn about a slanted axis. */
function restThenTurn(restS: number): (timeS: number) => readonly [number, number, number] {
  return (t) => (t < restS ? STILL : [1.2, 0.4, -0.6]);
}

function lastRow(series: ImuSeries): number {
  return series.count - 1;
}

describe('the filter on known movements', () => {
  test('learns the bias at rest and then integrates a steady turn', () => {
    const bias = [0.01, -0.008, 0.006] as const;
    const { series, truth } = simulateSensor({
      timeS: evenTimes(1500, 100),
      rateAt: restThenTurn(4),
      gyroBiasRadPerS: bias,
      noise: NOISE,
    });
    const filter = createThoraFilter();
    const out = runLiveOrientation(filter, series);
    for (let i = 0; i < 3; i++) expect(Math.abs(filter.gyroBiasRadPerS[i] - bias[i])).toBeLessThan(0.001);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1);
    expect(out.resting[300]).toBe(1);
    expect(out.resting[1200]).toBe(0);
  });

  test('keeps a coning movement, which a mean rate alone would turn into drift', () => {
    const { series, truth } = simulateSensor({
      timeS: evenTimes(3000, 50),
      rateAt: (t) => (t < 3 ? STILL : [2 * Math.sin(12 * t), 2 * Math.cos(12 * t), 0]),
    });
    const out = runLiveOrientation(
      createThoraFilter({ gyroScaleSigma: 1e-5, gyroMisalignmentSigma: 1e-5 }),
      series,
    );
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1.5);
  });

  test('takes the real step of each sample', () => {
    const uniform = seededUniform(5);
    const timeS = new Float64Array(1500);
    for (let i = 1; i < timeS.length; i++) timeS[i] = timeS[i - 1] + 0.004 + 0.012 * uniform();
    const { series, truth } = simulateSensor({ timeS, rateAt: restThenTurn(3), noise: NOISE });
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1);
  });

  test('finds the scale error of a gyroscope that turns about a horizontal axis', () => {
    const { series } = simulateSensor({
      timeS: evenTimes(6000, 100),
      rateAt: (t) => (t < 3 ? STILL : [1.5, 0, 0]),
      gyroErrorMatrix: [0.01, 0, 0, 0, 0, 0, 0, 0, 0],
      noise: NOISE,
    });
    const filter = createThoraFilter();
    runLiveOrientation(filter, series);
    // The reading is 1 % too large: the gain that mends it is -0.99 %.
    expect(filter.strapdown.gain[0]).toBeCloseTo(-0.0099, 3);
  });

  test('corrects a wrong bias by gravity alone', () => {
    const { series, truth } = simulateSensor({
      timeS: evenTimes(6000, 100),
      rateAt: (t) => [Math.sin(t), Math.cos(0.7 * t), 0.5 * Math.sin(0.3 * t)],
      gyroBiasRadPerS: [0.01, -0.01, 0],
      noise: NOISE,
    });
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(tiltBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(0.5);
  });

  test('starts with the bias it is told', () => {
    const bias = [0.03, 0, -0.02];
    const filter = createThoraFilter('worn', { gyroBiasRadPerS: bias, sigmaRadPerS: 0.001 });
    expect([...filter.gyroBiasRadPerS]).toEqual(bias);
    expect(filter.sigma[SIGMA_OFFSET.gyroBiasRadPerS]).toBeCloseTo(0.001, 9);
    filter.reset();
    expect([...filter.gyroBiasRadPerS]).toEqual(bias);
  });

  test('looks to magnetic north, and tilt and bias do not notice the magnetometer', () => {
    const start = fromAxisAngleInto(createQuaternion(), 0, 0, 1, 1);
    const { series, truth } = simulateSensor({
      timeS: evenTimes(6000, 100),
      rateAt: (t) => (t < 3 ? STILL : [Math.sin(t), Math.cos(0.7 * t), 0.5]),
      fieldMicroTesla: [0, 20, -40],
      noise: NOISE,
      start,
    });
    const nine = createThoraFilter({ useMagnetometer: true }),
      six = createThoraFilter();
    const out = runLiveOrientation(nine, series);
    runLiveOrientation(six, series);
    expect(nine.magnetic?.field?.isProven).toBe(true);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1.5);
    for (let i = 0; i < 3; i++) expect(nine.gyroBiasRadPerS[i]).toBeCloseTo(six.gyroBiasRadPerS[i], 6);
  });

  test('does not trust a magnet that turns with the sensor', () => {
    const { series } = simulateSensor({
      timeS: evenTimes(4000, 100),
      rateAt: (t) => (t < 3 ? STILL : [Math.sin(t), Math.cos(0.7 * t), 0.5]),
      fieldMicroTesla: [0, 20, -40],
      noise: NOISE,
    });
    const mag = series.magMicroTesla ?? new Float64Array(0);
    for (let i = 0; i < series.count; i++) mag[3 * i] += 300;
    const filter = createThoraFilter({ useMagnetometer: true });
    runLiveOrientation(filter, series);
    expect(filter.magnetic?.field?.isProven ?? false).toBe(false);
  });
});

describe('the filter on bad input', () => {
  const healthy = () =>
    simulateSensor({ timeS: evenTimes(1200, 100), rateAt: restThenTurn(3), noise: NOISE });

  test('bridges a few missing samples', () => {
    const { series, truth } = healthy();
    series.gyroRadPerS.fill(Number.NaN, 3 * 600, 3 * 606);
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1.5);
    expect(Number.isFinite(out.qEarthFromSensor[4 * 605])).toBe(true);
  });

  test('loses the heading in a long hole, says so, and finds the tilt again', () => {
    const { series, truth } = healthy();
    for (const values of [series.gyroRadPerS, series.accMetersPerS2])
      values.fill(Number.NaN, 3 * 600, 3 * 700);
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(out.qEarthFromSensor[4 * 650]).toBeNaN();
    expect(tiltBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1);
    expect(out.headingSigmaRad[lastRow(series)] * DEG_PER_RAD).toBeGreaterThan(30);
    expect(out.inclinationSigmaRad[701]).toBeGreaterThan(out.inclinationSigmaRad[599]);
  });

  test.each([0.06, 0.25, 0.5])(
    'turns on through a hole of %s s by the rates on both sides, within what it states',
    (holeS) => {
      // To and fro by 30 deg about the vertical, as a seated turn: the worst phase of the movement counts.
      const { series, truth } = simulateSensor({
        timeS: evenTimes(1600, 100),
        rateAt: (t) => (t < 4 ? STILL : [0, 0, 0.82 * Math.sin(1.57 * (t - 4))]),
        noise: NOISE,
      });
      let worstSigmas = 0,
        largestSigmaDeg = 0;
      for (let first = 600; first < 1000; first += 25) {
        const cut = { ...series, gyroRadPerS: series.gyroRadPerS.slice() };
        cut.gyroRadPerS.fill(Number.NaN, 3 * first, 3 * (first + Math.round(100 * holeS)));
        const out = runLiveOrientation(createThoraFilter(), cut);
        const sigmaDeg = out.headingSigmaRad[lastRow(series)] * DEG_PER_RAD;
        const errorDeg = angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series));
        worstSigmas = Math.max(worstSigmas, errorDeg / sigmaDeg);
        largestSigmaDeg = Math.max(largestSigmaDeg, sigmaDeg);
      }
      expect(worstSigmas).toBeLessThan(2);
      expect(largestSigmaDeg).toBeLessThan(holeS < 0.3 ? 5 : 15);
    },
  );

  test('takes a jump in time as a hole', () => {
    const { series } = healthy();
    for (let i = 600; i < series.count; i++) series.timeS[i] += 2;
    const filter = createThoraFilter();
    const out = runLiveOrientation(filter, series);
    expect(out.headingSigmaRad[lastRow(series)] * DEG_PER_RAD).toBeGreaterThan(30);
  });

  test('a lasting change of rate is no chain of holes', () => {
    const { series, truth } = simulateSensor({
      timeS: Float64Array.from({ length: 1400 }, (_, i) => (i < 1000 ? i / 100 : 10 + (i - 1000) / 20)),
      rateAt: (t) => (t < 3 ? STILL : [0.2, 0.1, 0]),
      noise: NOISE,
    });
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(Number.isFinite(out.qEarthFromSensor[4 * lastRow(series)])).toBe(true);
    expect(tiltBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(2);
  });

  test('refuses a step of no length and waits for the first acceleration', () => {
    const filter = createThoraFilter();
    const none = Number.NaN;
    filter.update(Float64Array.of(0, 0, 0, none, none, none, none, none, none, 0.01));
    expect(filter.flags[1]).toBe(1);
    filter.update(Float64Array.of(0, 0, 0, 0, 0, 9.8, none, none, none, 0.01));
    expect(filter.flags[1]).toBe(0);
    filter.update(Float64Array.of(9, 0, 0, 0, 0, 9.8, none, none, none, 0));
    expect(filter.flags[1]).toBe(1);
    expect(filter.qEarthFromSensor[0]).toBeCloseTo(1, 9);
  });

  test('a missing accelerometer costs tilt, not the orientation', () => {
    const { series, truth } = healthy();
    series.accMetersPerS2.fill(Number.NaN, 3 * 500, 3 * 800);
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(1.5);
  });

  test('a clipped gyroscope makes the stated error grow', () => {
    const { series } = healthy();
    const limit = 1.1;
    for (let i = 0; i < series.gyroRadPerS.length; i++)
      series.gyroRadPerS[i] = Math.max(-limit, Math.min(limit, series.gyroRadPerS[i]));
    const knowing = runLiveOrientation(createThoraFilter({ gyroFullScaleRadPerS: limit }), series);
    const unaware = runLiveOrientation(createThoraFilter(), series);
    const last = lastRow(series);
    expect(knowing.headingSigmaRad[last]).toBeGreaterThan(5 * unaware.headingSigmaRad[last]);
  });

  test('stays finite whatever comes @slow', () => {
    const uniform = seededUniform(11);
    const filter = createThoraFilter({ useMagnetometer: true });
    const sample = new Float64Array(10);
    const odd = [Number.NaN, Infinity, -Infinity, 0, 1e9, -1e9];
    for (let i = 0; i < 20_000; i++) {
      for (let k = 0; k < 9; k++)
        sample[k] = uniform() < 0.02 ? odd[Math.floor(uniform() * odd.length)] : (uniform() - 0.5) * 40;
      sample[9] = uniform() < 0.01 ? uniform() * 5 - 1 : 0.01 * uniform();
      filter.update(sample);
      expect(Number.isFinite(filter.qEarthFromSensor[0] + filter.qEarthFromSensor[3])).toBe(true);
    }
  });

  test('a large bias is told by a rest as still as a table gives, and what it turned before is taken back', () => {
    const gyroBiasRadPerS = [5, -7, 4].map((rate) => rate * RAD_PER_DEG) as [number, number, number];
    const { series, truth } = simulateSensor({
      timeS: evenTimes(1500, 100),
      rateAt: (t) => (t < 5 ? STILL : [0.4 * Math.sin(3 * t), 0.6 * Math.cos(2 * t), 0.5 * Math.sin(t)]),
      noise: NOISE,
      gyroBiasRadPerS,
    });
    const filter = createThoraFilter('worn');
    const out = runLiveOrientation(filter, series);
    for (let i = 0; i < 3; i++)
      expect(Math.abs(filter.gyroBiasRadPerS[i] - gyroBiasRadPerS[i])).toBeLessThan(0.2 * RAD_PER_DEG);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(2.5);
  });

  test('a large bias is told by a worn body that breathes but keeps still; a free sensor may turn that steadily', () => {
    const gyroBiasRadPerS = [3, -2, 4].map((rate) => rate * RAD_PER_DEG) as [number, number, number];
    const breath = (t: number): number => 0.5 * RAD_PER_DEG * Math.sin(2 * Math.PI * 0.3 * t);
    const { series } = simulateSensor({
      timeS: evenTimes(800, 100),
      rateAt: (t) => [0, breath(t), 0],
      noise: NOISE,
      gyroBiasRadPerS,
    });
    const offDeg = (preset: 'worn' | 'free'): number => {
      const filter = createThoraFilter(preset);
      runLiveOrientation(filter, series);
      return (
        Math.max(...gyroBiasRadPerS.map((bias, i) => Math.abs(filter.gyroBiasRadPerS[i] - bias))) /
        RAD_PER_DEG
      );
    };
    expect(offDeg('worn')).toBeLessThan(0.4);
    expect(offDeg('free')).toBeGreaterThan(1);
  });

  test('a sensor with a large bias that a table told is seen to rest between two moves', () => {
    const { series } = simulateSensor({
      timeS: evenTimes(850, 100),
      rateAt: (t) => (t > 4 && t < 7 ? [0, 1.5 * Math.sin(2 * Math.PI * t), 0] : STILL),
      noise: NOISE,
      gyroBiasRadPerS: [3, -2, 4].map((rate) => rate * RAD_PER_DEG) as [number, number, number],
    });
    const filter = createThoraFilter('worn');
    runLiveOrientation(filter, series);
    expect(filter.flags[0]).toBe(1);
  });

  test('a guided rest tells that the bias has changed; one that agrees changes little', () => {
    const changed = [0.1, -0.9, 0.8].map((rate) => rate * RAD_PER_DEG) as [number, number, number];
    const learn = (told: readonly number[]): number[] => {
      const filter = createThoraFilter('worn', {
        gyroBiasRadPerS: [0, 0, 0],
        sigmaRadPerS: 0.03 * RAD_PER_DEG,
      });
      const sample = new Float64Array([0.3, 0.3, 0.3, 0, 0, 9.81, NaN, NaN, NaN, 0.01]);
      for (let i = 0; i < 50; i++) filter.update(sample);
      const before = Float64Array.from(filter.gyroBiasRadPerS);
      filter.takeGuidedRest(told);
      for (let i = 0; i < 21; i++) filter.update(sample);
      return Array.from(filter.gyroBiasRadPerS, (bias, i) => (bias - before[i]) / RAD_PER_DEG);
    };
    const moved = learn(changed);
    expect(Math.abs(moved[0])).toBeLessThan(0.05);
    expect(moved[1]).toBeLessThan(-0.75);
    expect(moved[2]).toBeGreaterThan(0.5);
  });

  test('a slow turn into a posture that passed for bias is put right by the rest after it', () => {
    // 5 deg in 3 s, as people sit down: for a second as steady as a bias.
    const { series, truth } = simulateSensor({
      timeS: evenTimes(1400, 100),
      rateAt: (t) =>
        t > 6 && t < 9 ? [0, (10 / 3) * Math.sin((Math.PI * (t - 6)) / 3) ** 2 * RAD_PER_DEG, 0] : STILL,
      noise: NOISE,
    });
    const offDeg = (filter: ReturnType<typeof createThoraFilter>): number =>
      tiltBetweenDeg(runLiveOrientation(filter, series).qEarthFromSensor, truth, 1100);
    expect(offDeg(createThoraFilter('worn'))).toBeLessThan(0.1);
    // Where gravity is believed no more at rest than in movement, the tilt is still off after 2 s.
    const { restVelocitySigmaMetersPerS, restVelocityNoise } = THORA_PRESETS.free;
    const deaf = { ...THORA_PRESETS.worn, restVelocitySigmaMetersPerS, restVelocityNoise };
    expect(offDeg(createThoraFilter(deaf))).toBeGreaterThan(0.2);
  });

  test('a heading that counts from now is not put right for the time before; tilt and bias stay as they were', () => {
    const headingMoved = (restarts: boolean): number => {
      const filter = createThoraFilter('worn');
      const sample = new Float64Array([0, 0, 0.01, 0, 0, 9.81, NaN, NaN, NaN, 0.01]);
      // A minute of small to and fro hides the bias; then a rest tells it.
      for (let i = 0; i < 6000; i++) {
        sample[2] = 0.01 + 0.6 * Math.cos(0.02 * i);
        filter.update(sample);
      }
      if (restarts) filter.restartHeading();
      const bias = filter.gyroBiasRadPerS[2];
      const before = 2 * Math.atan2(filter.qEarthFromSensor[3], filter.qEarthFromSensor[0]);
      sample[2] = 0.01;
      for (let i = 0; i < 200; i++) filter.update(sample);
      expect(filter.gyroBiasRadPerS[2] - bias).toBeGreaterThan(0.001);
      return (2 * Math.atan2(filter.qEarthFromSensor[3], filter.qEarthFromSensor[0]) - before) / RAD_PER_DEG;
    };
    expect(Math.abs(headingMoved(false))).toBeGreaterThan(3);
    expect(Math.abs(headingMoved(true))).toBeLessThan(1);
  });

  test('what it does not know it does not claim: a slow steady turn is no bias', () => {
    const { series, truth } = simulateSensor({
      timeS: evenTimes(2000, 100),
      rateAt: (t) => (t < 3 ? STILL : [0, 0, 3 * RAD_PER_DEG]),
      noise: NOISE,
    });
    const out = runLiveOrientation(createThoraFilter(), series);
    expect(angleBetweenDeg(out.qEarthFromSensor, truth, lastRow(series))).toBeLessThan(3);
  });
});
