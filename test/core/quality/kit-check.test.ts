import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  batteryVerdict,
  checkKit,
  isShown,
  rateAlarm,
  RateWatch,
  sensorCondition,
  type SensorReading,
} from '../../../src/core/quality/kit-check.ts';

function reading(sensorIndex: number, part: Partial<SensorReading> = {}): SensorReading {
  return {
    sensorIndex,
    linked: true,
    silentMs: 20,
    askedHz: 104,
    paceHz: 104,
    deliveredHz: 104,
    biasAgeS: 30,
    batteryPercent: 80,
    clockSkew: 0.0002,
    axisAgreement: 0.98,
    turnRatio: 1.01,
    restarts: 0,
    ...part,
  };
}
const half = { deliveredHz: 52 };
const needs = { sensorCount: 3, sessionMinutes: 20, freeBytes: 1e9 };
const stateOf = (readings: readonly SensorReading[], name: string, part = {}) =>
  checkKit(readings, { ...needs, ...part }).find((check) => check.name === name);

describe('condition of a sensor', () => {
  test('comes from its data, not from what the radio claims', () => {
    expect(sensorCondition(reading(0))).toBe('ready');
    expect(sensorCondition(reading(0, { silentMs: 1500 }))).toBe('silent');
    expect(sensorCondition(reading(0, { silentMs: Infinity }))).toBe('waiting');
    expect(sensorCondition(reading(0, { linked: false }))).toBe('linkLost');
    expect(sensorCondition(reading(0, { deliveredHz: NaN }))).toBe('measuring');
  });

  test('is slow under nine tenths of what was asked for', () => {
    expect(sensorCondition(reading(0, { deliveredHz: 0.89 * 104 }))).toBe('slow');
    expect(sensorCondition(reading(0, { deliveredHz: 0.91 * 104 }))).toBe('ready');
  });
});

describe('fair share of the radio', () => {
  test('one sensor at half while the others are full is starved', () => {
    expect(rateAlarm([reading(0, half), reading(1), reading(2)])).toEqual({
      kind: 'starved',
      sensorIndex: 0,
      share: 0.5,
    });
  });

  test('all of them low is a crowded radio, one alone or far from half is a weak link', () => {
    expect(rateAlarm([reading(0, half), reading(1, { deliveredHz: 80 })])?.kind).toBe('crowded');
    expect(rateAlarm([reading(0, half)])?.kind).toBe('weak');
    expect(rateAlarm([reading(0, { deliveredHz: 85 }), reading(1)])).toMatchObject({
      kind: 'weak',
      sensorIndex: 0,
    });
    expect(rateAlarm([reading(0, { deliveredHz: 15 }), reading(1)])?.kind).toBe('weak');
  });

  test('a sensor that sends nothing is another matter, and so is one that just began', () => {
    expect(rateAlarm([reading(0, { ...half, silentMs: 4000 }), reading(1)])).toBeNull();
    expect(rateAlarm([reading(0, { deliveredHz: NaN }), reading(1)])).toBeNull();
  });

  test('each is judged by what was asked of it', () => {
    expect(rateAlarm([reading(0, { askedHz: 52, paceHz: 52, deliveredHz: 52 }), reading(1)])).toBeNull();
  });

  test('a device that takes fewer samples by itself is no victim of the radio', () => {
    const slower = { paceHz: 52, deliveredHz: 51.8 };
    expect(sensorCondition(reading(1, slower))).toBe('ready');
    expect(rateAlarm([reading(0), reading(1, slower)])).toEqual({
      kind: 'ownPace',
      sensorIndex: 1,
      share: 0.5,
    });
    expect(rateAlarm([reading(0), reading(1, { paceHz: 52, deliveredHz: 26 })])).toMatchObject({
      kind: 'starved',
      sensorIndex: 1,
      share: 0.5,
    });
    expect(rateAlarm([reading(0), reading(1, { ...half, paceHz: NaN })])?.kind).toBe('starved');
  });

  test('no order of the sensors changes what is found', () => {
    const one = fc.record({ share: fc.double({ min: 0.05, max: 1.1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), fc.nat(), (shares, turn) => {
        const readings = shares.map(({ share }, i) => reading(i, { deliveredHz: 104 * share }));
        const at = turn % readings.length;
        expect(rateAlarm([...readings.slice(at), ...readings.slice(0, at)])).toEqual(rateAlarm(readings));
      }),
    );
  });

  test('is told after three seconds, and stays until five good ones', () => {
    const watch = new RateWatch();
    const bad = [reading(0), reading(1, half)];
    const good = [reading(0), reading(1)];
    expect(watch.take(bad, 0)).toBeNull();
    expect(watch.take(bad, 2000)).toBeNull();
    expect(watch.take(good, 2500)).toBeNull();
    expect(watch.take(bad, 3000)).toBeNull();
    expect(watch.take(bad, 6000)).toMatchObject({ kind: 'starved', sensorIndex: 1 });
    expect(watch.take(good, 7000)).toMatchObject({ kind: 'starved' });
    expect(watch.take(good, 11_900)).toMatchObject({ kind: 'starved' });
    expect(watch.take(good, 12_000)).toBeNull();
  });
});

describe('battery', () => {
  test('unknown is said to be unknown', () => {
    expect(batteryVerdict(null, 20)).toBe('unknown');
    expect(stateOf([reading(0, { batteryPercent: null }), reading(1)], 'battery')).toEqual({
      name: 'battery',
      state: 'unknown',
      sensorIndexes: [0],
    });
  });

  test('a longer session needs more of it', () => {
    expect(batteryVerdict(12, 20)).toBe('empty');
    expect(batteryVerdict(20, 20)).toBe('chargeAfter');
    expect(batteryVerdict(20, 60)).toBe('empty');
    expect(batteryVerdict(90, 60)).toBe('enough');
  });
});

describe('before a session', () => {
  const all = [reading(0), reading(1), reading(2)];

  test('everything in order is said to be so', () => {
    expect(checkKit(all, needs).map((check) => check.state)).toEqual(Array(9).fill('good'));
  });

  test('each fault is told under its own name, with the sensor', () => {
    const faults: [Partial<SensorReading>, string][] = [
      [{ linked: false }, 'connected'],
      [{ silentMs: 5000 }, 'connected'],
      [half, 'rates'],
      [{ batteryPercent: 3 }, 'battery'],
      [{ biasAgeS: 3600 }, 'zero'],
      [{ clockSkew: -0.02 }, 'clock'],
      [{ axisAgreement: -0.9 }, 'axes'],
      [{ turnRatio: 1.147 }, 'turns'],
      [{ turnRatio: 0.9 }, 'turns'],
      [{ restarts: 1 }, 'restart'],
    ];
    for (const [part, name] of faults) {
      const looks = checkKit([reading(0), reading(1, part), reading(2)], needs).filter(
        (check) => check.state === 'look',
      );
      expect(looks).toEqual([{ name, state: 'look', sensorIndexes: [1] }]);
    }
  });

  test('what has not come yet is waited for, not blamed', () => {
    const young = reading(2, {
      silentMs: Infinity,
      deliveredHz: NaN,
      biasAgeS: NaN,
      axisAgreement: NaN,
      turnRatio: NaN,
    });
    const states = checkKit([reading(0), reading(1), young], needs).map((check) => check.state);
    expect(states).toEqual([
      'waiting',
      'waiting',
      'good',
      'waiting',
      'good',
      'waiting',
      'waiting',
      'good',
      'good',
    ]);
    expect(stateOf([reading(0)], 'connected')?.state).toBe('waiting');
    expect(checkKit([], needs).filter((check) => check.state === 'good').length).toBe(1);
  });

  test('what few kits suffer is shown only once it is found', () => {
    const shown = (part: Partial<SensorReading>) =>
      checkKit([reading(0, part)], { ...needs, sensorCount: 1 })
        .filter(isShown)
        .map((check) => check.name);
    const usual = ['connected', 'rates', 'battery', 'zero', 'space'];
    expect(shown({ axisAgreement: NaN, turnRatio: NaN })).toEqual(usual);
    expect(shown({ axisAgreement: -0.8, restarts: 2 })).toEqual([...usual, 'axes', 'restart']);
  });

  test('space counts for the sensors and minutes to come', () => {
    expect(stateOf(all, 'space', { freeBytes: 20e6 })?.state).toBe('look');
    expect(stateOf(all, 'space', { freeBytes: 30e6 })?.state).toBe('good');
    expect(stateOf(all, 'space', { freeBytes: null })?.state).toBe('unknown');
  });
});
