import { describe, expect, test } from 'vitest';
import { measureBreathing } from '../../../src/core/breathing/breathing-rate.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { createQuaternion, fromRotationVectorInto, multiplyInto } from '../../../src/core/math/quaternion.ts';
import { createBreathingTrial, type SittingKind } from '../../../src/core/simulation/breathing-person.ts';

const START = fromRotationVectorInto(createQuaternion(), 0.4, -1.2, 0.8);

interface Stream {
  readonly timeS: Float64Array;
  readonly q: Float64Array;
}

/** A sensor turned about one oblique axis by an angle over time. */
function turning(angleDegAt: (timeS: number) => number, rateHz = 25, durationS = 60): Stream {
  const timeS = Float64Array.from({ length: durationS * rateHz }, (_, i) => i / rateHz);
  const q = new Float64Array(4 * timeS.length),
    turn = createQuaternion();
  timeS.forEach((t, row) => {
    const angle = angleDegAt(t) * RAD_PER_DEG;
    fromRotationVectorInto(turn, 0.8 * angle, 0, 0.6 * angle);
    q.set(multiplyInto(createQuaternion(), START, turn), 4 * row);
  });
  return { timeS, q };
}

const wave = (perMin: number, timeS: number, phase = 0): number =>
  Math.sin((2 * Math.PI * perMin * timeS) / 60 + phase);

describe('breathing rate', () => {
  test.each([5, 8, 14, 21, 30])('reads %d breaths a minute, at 10 Hz as at 100 Hz', (perMin) => {
    for (const rateHz of [10, 100]) {
      const { timeS, q } = turning((t) => 0.3 * wave(perMin, t), rateHz);
      const report = measureBreathing(timeS, q);
      expect(report.windows).toHaveLength(4);
      expect(report.valid).toBe(true);
      expect(report.windows.every((window) => window.valid)).toBe(true);
      expect(Math.abs((report.ratePerMin ?? 0) - perMin)).toBeLessThan(0.3);
    }
  });

  test('a quick breath in and a slow one out is one breath, not two', () => {
    const { timeS, q } = turning((t) => 0.4 * wave(9, t) + 0.17 * wave(18, t, 0.7));
    expect(measureBreathing(timeS, q).ratePerMin).toBeCloseTo(9, 0);
  });

  test('a deep and a shallow breath in turn are two breaths', () => {
    const { timeS, q } = turning((t) => (1 + 0.2 * wave(8, t)) * 0.4 * wave(16, t));
    expect(measureBreathing(timeS, q).ratePerMin).toBeCloseTo(16, 0);
  });

  test('a stronger heartbeat does not hide the breath', () => {
    const { timeS, q } = turning((t) => 0.3 * wave(12, t) + 0.1 * wave(78, t));
    expect(measureBreathing(timeS, q).ratePerMin).toBeCloseTo(12, 0);
  });

  test('the sign of a quaternion and where the sensor faces mean nothing', () => {
    const { timeS, q } = turning((t) => 0.3 * wave(15, t));
    const plain = measureBreathing(timeS, q).ratePerMin;
    for (let row = 0; row < timeS.length; row += 3)
      for (let i = 0; i < 4; i++) q[4 * row + i] = -(q[4 * row + i] ?? 0);
    expect(measureBreathing(timeS, q).ratePerMin).toBeCloseTo(plain ?? 0, 6);
  });

  test('a change of posture is cut out', () => {
    const { timeS, q } = turning((t) => 0.3 * wave(15, t) + 12 / (1 + Math.exp(-6 * (t - 31))));
    const report = measureBreathing(timeS, q);
    expect(report.valid).toBe(true);
    for (const { ratePerMin } of report.windows)
      if (ratePerMin !== null) expect(ratePerMin).toBeCloseTo(15, 0);
  });

  test.each<[string, Stream]>([
    ['a still sensor', turning(() => 0)],
    ['a slow exercise', turning((t) => 12 * wave(6, t))],
    ['a fast one', turning((t) => 30 * wave(15, t))],
    ['a steady turn', turning((t) => 0.2 * t)],
    ['a stream shorter than a window', turning((t) => 0.3 * wave(15, t), 25, 29)],
    ['nothing', { timeS: new Float64Array(0), q: new Float64Array(0) }],
  ])('cannot tell from %s', (_, { timeS, q }) => {
    expect(measureBreathing(timeS, q)).toMatchObject({ ratePerMin: null, valid: false });
  });

  test('cannot tell in a window that is half missing, and can beside it', () => {
    const { timeS, q } = turning((t) => 0.3 * wave(15, t), 25, 90);
    q.fill(Number.NaN, 0, 4 * 25 * 14);
    const { windows } = measureBreathing(timeS, q);
    expect(windows[0]?.valid).toBe(false);
    expect(windows[5]?.ratePerMin).toBeCloseTo(15, 0);
  });
});

describe('breathing of simulated people', () => {
  const people = process.env['THORA_LONG'] === undefined ? 12 : 400;
  const score = (kind: SittingKind) => {
    let windows = 0,
      claimed = 0,
      near = 0;
    for (let seed = 1; seed <= people; seed++) {
      const person = createBreathingTrial(seed, kind, 60);
      for (const window of measureBreathing(person.timeS, person.qEarthFromSensor).windows) {
        windows++;
        if (window.ratePerMin === null) continue;
        claimed++;
        const truth = person.breathsPerMin(window.startS, window.endS);
        if (Math.abs(window.ratePerMin - truth) <= 2) near++;
      }
    }
    return { claimedShare: claimed / windows, nearShare: near / claimed };
  };

  test('who sit quietly: mostly told, and right @slow', () => {
    const { claimedShare, nearShare } = score('quiet');
    expect(claimedShare).toBeGreaterThan(0.7);
    expect(nearShare).toBeGreaterThanOrEqual(0.95);
  });

  test('who move about: told less often', () => {
    expect(score('restless').claimedShare).toBeLessThan(0.75);
  });

  test('whose breath does not reach the sensor: hardly ever told', () => {
    expect(score('breathless').claimedShare).toBeLessThan(0.15);
  });
});
