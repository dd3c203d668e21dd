import { describe, expect, test } from 'vitest';
import type { BenchProgress } from '../../../src/core/bench/bench-run.ts';
import { LOW_BOARD_SCALE } from '../../../src/core/bench/bench-limits.ts';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import { IDENTITY_3, multiply3 } from '../../../src/core/math/matrix3.ts';
import type { BenchAction } from '../../../src/core/simulation/bench-hand.ts';
import { CAREFUL_ROUTINES } from '../../../src/core/simulation/bench-routine.ts';
import { BenchKit } from '../../support/bench-kit.ts';

function verdictOf(kit: BenchKit, step: string, unit = 0): string | undefined {
  return kit.run.results(unit).find((result) => result.step === step)?.verdict;
}

function refusalOf(progress: BenchProgress): unknown {
  return progress.kind === 'refused' ? progress.problem.refusal : progress;
}

/** A board that has been through these with care. */
function kitAfter(steps: readonly ('still' | 'faces' | 'turns')[], options = {}): BenchKit {
  const kit = new BenchKit(options);
  for (const step of steps) expect(kit.step(step)).toEqual({ kind: 'done', step });
  return kit;
}

const AXIS_TURNS = (
  deg: readonly [number, number],
  more: Partial<BenchAction> = {},
): readonly BenchAction[] => [
  { kind: 'layOn', face: 4 },
  { kind: 'wait', seconds: 2.5 },
  { kind: 'turn', deg: deg[0], ...more } as BenchAction,
  { kind: 'wait', seconds: 2.5 },
  { kind: 'turn', deg: deg[1], ...more } as BenchAction,
  { kind: 'wait', seconds: 2.5 },
];

describe('a careful check', () => {
  test.each([11, 12, 13])('finds the truth of kit %i', (seed) => {
    const kit = kitAfter(['still', 'faces', 'turns'], { seed });
    const chip = kit.bench.chips[0]!;
    const { acc, gyro } = kit.run.calibration(0)!;
    // Correction after fault is the identity: within a thousandth for gravity, two for turns.
    multiply3(acc!.matrix, chip.accMatrix).forEach((value, i) =>
      expect(Math.abs(value - IDENTITY_3[i]!)).toBeLessThan(0.001),
    );
    acc!.offset.forEach((value, i) =>
      expect(Math.abs(value - chip.accOffsetMetersPerS2[i]!)).toBeLessThan(0.005),
    );
    multiply3(gyro!.matrix, chip.gyroMatrix).forEach((value, i) =>
      expect(Math.abs(value - IDENTITY_3[i]!)).toBeLessThan(0.002),
    );
    gyro!.offset.forEach((value, i) =>
      expect(Math.abs(value - chip.gyroBiasRadPerS[i]!) * DEG_PER_RAD).toBeLessThan(0.01),
    );
    expect(verdictOf(kit, 'handedness')).toBe('pass');
    expect(verdictOf(kit, 'still')).toBe('pass');
    // White noise of 0.06 deg/s at 104 Hz.
    const walk = kit.figure(0, 'gyroRandomWalkDegPerSqrtS') / (0.06 / Math.sqrt(104));
    expect(walk).toBeGreaterThan(0.85);
    expect(walk).toBeLessThan(1.25);
  });

  test('names a board that reads turns 12.8 % low by axis and figure, and corrects it', () => {
    const kit = kitAfter(['still', 'faces', 'turns'], { seed: 21, fault: 'lowGyro' });
    expect(verdictOf(kit, 'turns')).toBe('corrected');
    for (const [i, name] of ['gyroScaleX', 'gyroScaleY', 'gyroScaleZ'].entries()) {
      expect(Math.abs(kit.figure(0, name) - LOW_BOARD_SCALE)).toBeLessThan(0.03);
      expect(kit.figure(0, name)).toBeCloseTo(kit.bench.chips[0]!.gyroMatrix[4 * i]!, 2);
    }
  });

  test('finds axes of the wrong hand, and no correction hides them', () => {
    const kit = kitAfter(['still', 'faces', 'turns'], { seed: 22, fault: 'leftHanded' });
    expect(verdictOf(kit, 'handedness')).toBe('fail');
    expect(kit.figure(0, 'axisAgreement')).toBeLessThan(-0.9);
  });

  test('tells what the radio loses', () => {
    const kit = new BenchKit({ seed: 23, fault: 'loss', unitCount: 2 });
    kit.step('radio');
    expect(verdictOf(kit, 'radio', 0)).toBe('fail');
    expect(kit.figure(0, 'lossPercent')).toBeGreaterThan(2);
    expect(verdictOf(kit, 'radio', 1)).toBe('pass');
  });

  test('takes hard and soft iron out, and passes over a kit without a magnetometer', () => {
    const kit = new BenchKit({ seed: 24, fault: 'magnet' });
    expect(kit.step('magnet').kind).toBe('done');
    expect(verdictOf(kit, 'magnet')).toBe('corrected');
    kit.run
      .calibration(0)!
      .mag!.offset.forEach((value, i) =>
        expect(Math.abs(value - kit.bench.chips[0]!.magOffsetMicroTesla[i]!)).toBeLessThan(1),
      );
    const without = new BenchKit({ seed: 24, hasMagnetometer: false });
    expect(without.step('magnet').kind).toBe('done');
    expect(verdictOf(without, 'magnet')).toBe('notTold');
  });

  test('five minutes on the table and two units on a ruler pass after calibration @slow', () => {
    const kit = kitAfter(['still', 'faces', 'turns'], { seed: 25, fault: 'lowGyro', unitCount: 2 });
    expect(kit.step('drift').kind).toBe('done');
    expect(verdictOf(kit, 'drift')).toBe('pass');
    expect(verdictOf(kit, 'clock')).toBe('pass');
    expect(kit.step('ruler').kind).toBe('done');
    expect(verdictOf(kit, 'ruler', 1)).toBe('pass');
    expect(kit.figure(1, 'rulerRmsDeg')).toBeLessThan(0.5);
  });

  test('a flat battery and a missing serial fail at once', () => {
    const kit = new BenchKit({ fault: 'emptyBattery' });
    expect(verdictOf(kit, 'battery')).toBe('fail');
    expect(verdictOf(kit, 'identity')).toBe('pass');
  });
});

describe('what is done wrong is refused by name', () => {
  test('moved while it should lie still', () => {
    const kit = new BenchKit({ seed: 31 });
    const wrong: BenchAction[] = [
      { kind: 'wait', seconds: 20 },
      { kind: 'nudge' },
      { kind: 'wait', seconds: 60 },
    ];
    expect(refusalOf(kit.step('still', wrong))).toEqual({ code: 'moved' });
    expect(kit.step('still').kind).toBe('done');
  });

  test('a face moved too soon does not count, and goes on', () => {
    const kit = kitAfter(['still'], { seed: 32 });
    kit.step('faces', [
      { kind: 'layOn', face: 0 },
      { kind: 'wait', seconds: 1.5 },
      { kind: 'layOn', face: 1 },
      { kind: 'wait', seconds: 4 },
    ]);
    expect(kit.run.seen(0)).toEqual([false, true, false, false, false, false]);
  });

  test('a tilted face names its axis', () => {
    const kit = kitAfter(['still'], { seed: 33 });
    const tilted = CAREFUL_ROUTINES.faces.during.map((action) =>
      action.kind === 'layOn' && action.face === 3 ? { ...action, tiltDeg: 4 } : action,
    );
    expect(refusalOf(kit.step('faces', tilted))).toMatchObject({ code: 'tiltedFace', axis: 'y' });
  });

  test('a face that stands on an edge is not taken', () => {
    const kit = kitAfter(['still'], { seed: 34 });
    const progress = kit.step('faces', [
      { kind: 'layOn', face: 0, tiltDeg: 30 },
      { kind: 'wait', seconds: 4 },
    ]);
    expect(kit.run.seen(0)).toEqual([false, false, false, false, false, false]);
    expect(progress).toMatchObject({ kind: 'running', units: [{ hint: 'straighten' }] });
  });

  test.each([
    ['one turn of 350 deg', [350, -350], { code: 'otherTurnCount', turns: 1 }],
    ['three turns of 350 deg each way', [1050, -1050], { code: 'againstGravity', axis: 'z' }],
    ['10 deg short one way', [1080, -1070], { code: 'turnsDisagree', axis: 'z' }],
    ['four turns', [1440, -1440], { code: 'otherTurnCount', turns: 4 }],
    ['two and a half', [900, -900], { code: 'notWholeTurns', axis: 'z' }],
  ] as const)('%s', (_, deg, refusal) => {
    // In the order z, x, y the faces are laid by quarter turns about every axis: gravity sees z too.
    const kit = kitAfter(['still'], { seed: 35 });
    const order = [4, 0, 2, 1, 3, 0, 3, 4, 5];
    kit.step(
      'faces',
      order.flatMap((face): BenchAction[] => [
        { kind: 'layOn', face },
        { kind: 'wait', seconds: 4 },
      ]),
    );
    expect(refusalOf(kit.step('turns', AXIS_TURNS(deg)))).toMatchObject(refusal);
  });

  test('faster than the gyroscope reaches', () => {
    const kit = kitAfter(['still', 'faces'], { seed: 36 });
    expect(refusalOf(kit.step('turns', AXIS_TURNS([1080, -1080], { degPerS: 2300 })))).toEqual({
      code: 'saturated',
    });
  });

  test('too few directions of the field', () => {
    const kit = new BenchKit({ seed: 37 });
    kit.step('magnet', [
      { kind: 'turn', deg: 720 },
      { kind: 'wait', seconds: 1 },
    ]);
    kit.run.conclude();
    expect(refusalOf(kit.run.progress())).toMatchObject({ code: 'tooFewDirections' });
  });

  test('another unit under the same number in the middle of a step', () => {
    const kit = new BenchKit({ seed: 38 });
    kit.step('still', [{ kind: 'wait', seconds: 10 }]);
    kit.run.attach({ ...kit.bench.sensors[0]!, sensorId: 'another' });
    expect(refusalOf(kit.run.progress())).toEqual({ code: 'otherUnit' });
    expect(verdictOf(kit, 'still')).toBeUndefined();
  });

  test('two that are not on one ruler @slow', () => {
    const kit = kitAfter(['still', 'faces', 'turns'], { seed: 39, unitCount: 2 });
    expect(refusalOf(kit.step('ruler', [{ kind: 'wait', seconds: 32 }]))).toEqual({ code: 'notTogether' });
  });

  test('a step cannot begin before those that it needs, and repeating one undoes what was built on it', () => {
    const kit = new BenchKit({ seed: 40 });
    expect(() => kit.run.begin('turns')).toThrow('still, faces');
    kit.step('still');
    kit.step('faces');
    kit.step('still');
    expect(kit.run.isDone('faces')).toBe(false);
    expect(kit.run.canBegin('turns')).toBe(false);
  });
});
