import { describe, expect, it } from 'vitest';
import { AnalysisError, type AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';
import { checkSignals } from '../../../src/core/pipeline/analysis-signals.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { createQuaternion, fromAxisAngleInto, multiplyInto } from '../../../src/core/math/quaternion.ts';
import { createRandom, wearSensor, type BodyPose } from '../../support/worn-body.ts';

/** Bows, bends and turns one after the other: every axis of a sensor gets its share. */
function moving(timeS: number): BodyPose {
  const wave = (from: number) =>
    timeS < from || timeS > from + 6 ? 0 : Math.sin((2 * Math.PI * (timeS - from)) / 3);
  return {
    pelvis: [5, 0, 0],
    lumbar: [20 * wave(2), 12 * wave(9), 0],
    thorax: [25 * wave(2), 20 * wave(9), 30 * wave(16)],
  };
}

const series = wearSensor(
  {
    role: 'upperBack',
    // Askew: gravity lies about equally along all three axes, so each of them sees it turn.
    qSegmentFromSensor: multiplyInto(
      createQuaternion(),
      fromAxisAngleInto(createQuaternion(), 0, 0, 1, 0.615),
      fromAxisAngleInto(createQuaternion(), 1, 0, 0, Math.PI / 4),
    ),
    gyroBiasRadPerS: [0.005, -0.004, 0.003],
    softTissue: 0.03,
  },
  moving,
  24,
  {
    rateHz: 50,
    headingRad: 1,
    gyroNoiseRadPerS: 0.1 * RAD_PER_DEG,
    accNoiseMetersPerS2: 0.04,
    random: createRandom(3),
  },
);

function sensorWith(
  change: (gyro: Float64Array, acc: Float64Array, time: Float64Array) => void,
): AnalysisSensor {
  const gyro = series.gyroRadPerS.slice(),
    acc = series.accMetersPerS2.slice(),
    time = series.timeS.slice();
  change(gyro, acc, time);
  return {
    role: 'upperBack',
    prefix: 'ub',
    series: { ...series, gyroRadPerS: gyro, accMetersPerS2: acc, timeS: time },
    rateHz: 50,
    qSegmentFromSensor: null,
  };
}

const scale = (values: Float64Array, factor: number) => values.forEach((v, i) => (values[i] = factor * v));
const negate = (values: Float64Array, axis: number) =>
  values.forEach((v, i) => (values[i] = i % 3 === axis ? -v : v));

function complaint(sensor: AnalysisSensor): string {
  try {
    checkSignals(sensor);
  } catch (error) {
    if (error instanceof AnalysisError) return `${error.subject}: ${error.message}`;
    throw error;
  }
  return '';
}

describe('single values that cannot be', () => {
  const flagsOf = (change: (gyro: Float64Array, acc: Float64Array) => void) => {
    const { sensor, flags } = checkSignals(sensorWith(change));
    return { series: sensor.series, flags };
  };

  it('are left out, and the first is named', () => {
    const { series: kept, flags } = flagsOf((gyro, acc) => {
      gyro[3 * 400 + 1] = -1.5e36;
      acc[3 * 300 + 2] = Infinity;
      gyro[3 * 500] = 80;
    });
    expect(flags.map(({ flag, detail }) => [flag, detail])).toEqual([
      ['IMPLAUSIBLE', '2 values that no sensor gives are left out (az in row 300 is Infinity)'],
      ['IMPLAUSIBLE', 'one value that no sensor gives is left out (gx in row 500 is 80)'],
    ]);
    expect(kept.gyroRadPerS[3 * 400 + 1]).toBeNaN();
    expect(kept.accMetersPerS2[3 * 300 + 2]).toBeNaN();
    expect(kept.gyroRadPerS[3 * 400]).toBe(series.gyroRadPerS[3 * 400]);
  });

  it('are not seen in fast but possible movement', () => {
    expect(flagsOf((gyro) => (gyro[900] = 60)).flags).toEqual([]);
  });
});

describe('signals that would give wrong angles', () => {
  it('leave right ones alone', () => {
    expect(complaint(sensorWith(() => {}))).toBe('');
  });

  const cases: readonly (readonly [
    string,
    (gyro: Float64Array, acc: Float64Array, time: Float64Array) => void,
    RegExp,
  ])[] = [
    ['gyroscope in deg/s', (gyro) => scale(gyro, 180 / Math.PI), /^ub: .*deg\/s: multiply gx/],
    ['accelerometer in g', (_, acc) => scale(acc, 1 / 9.80665), /^ub: .*in g: multiply ax/],
    ['accelerometer in mg', (_, acc) => scale(acc, 1000 / 9.80665), /^ub: .*in mg/],
    ['gravity taken out', (_, acc) => scale(acc, 0.01), /^ub: .*gravity has been taken out/],
    ...[0, 1, 2].map(
      (axis) =>
        [
          `gyroscope axis ${'xyz'[axis]} dead`,
          (gyro: Float64Array) => gyro.forEach((_, i) => i % 3 === axis && (gyro[i] = 0)),
          new RegExp(`^ub: the ${'xyz'[axis]} axis of its gyroscope reads 0 throughout`),
        ] as const,
    ),
    [
      'accelerometer axis z stuck',
      (_, acc) => acc.forEach((__, i) => i % 3 === 2 && (acc[i] = 5.5)),
      /^ub: the z axis of its accelerometer reads 5\.5 throughout/,
    ],
    ['a gyroscope of zeros', (gyro) => gyro.fill(0), /^ub: .*reads next to nothing/],
    [
      'constant signals',
      (gyro, acc) => {
        gyro.fill(0.01);
        acc.fill(5.66);
      },
      /^ub: repeats the same values/,
    ],
    ['times in ms', (_, __, time) => scale(time, 1000), /^ub: its times advance by 20\.0 s/],
    [
      'left-handed axes, as the Arduino library gives them',
      (gyro, acc) => {
        negate(gyro, 0);
        negate(acc, 0);
      },
      /^ub: its axes are left-handed: .*x on an Arduino Nano 33 BLE/,
    ],
    ...[0, 1, 2].flatMap((axis) => {
      const name = 'xyz'[axis] ?? '';
      return [
        [
          `gyroscope axis ${name} reversed`,
          (gyro: Float64Array) => negate(gyro, axis),
          new RegExp(`^ub: its gyroscope axis g${name} runs against`),
        ],
        [
          `accelerometer axis ${name} reversed`,
          (_: Float64Array, acc: Float64Array) => negate(acc, axis),
          new RegExp(`^ub: its accelerometer axis a${name} runs against`),
        ],
      ] as const;
    }),
    ...(
      [
        [1, 0, 2],
        [2, 1, 0],
        [0, 2, 1],
        [1, 2, 0],
        [2, 0, 1],
      ] as const
    ).map(
      (order) =>
        [
          `gyroscope columns as ${order.map((axis) => 'xyz'[axis]).join(', ')}`,
          (gyro: Float64Array) => {
            const own = gyro.slice();
            gyro.forEach((_, i) => (gyro[i] = own[i - (i % 3) + (order[i % 3] ?? 0)] ?? NaN));
          },
          /^ub: the columns of its gyroscope seem to be exchanged: gravity turns as if gx, gy, gz were g[xyz], g[xyz], g[xyz];/,
        ] as const,
    ),
  ];
  for (const [name, change, expected] of cases)
    it(`are refused by name: ${name}`, () => {
      expect(complaint(sensorWith(change))).toMatch(expected);
    });

  it('keep a gyroscope that gates its noise to zero while the person rests', () => {
    const { flags, sensor } = checkSignals(sensorWith((gyro) => gyro.fill(0, 0, 3 * 75)));
    expect(flags).toEqual([]);
    expect(sensor.series.gyroRadPerS[30]).toBe(0);
  });
});
