import { describe, expect, it } from 'vitest';
import type { AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';
import type { RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import type { QualityFlagName } from '../../../src/core/quality/quality-flag.ts';
import { analyseSmall, bends, recordSmall, SMALL_RATE_HZ } from '../../support/small-recording.ts';
import type { BodyPose } from '../../support/worn-body.ts';

const clean = recordSmall();

/** The clean recording with the samples of one sensor changed; `change` edits copies. */
function damaged(
  change: (series: { gyro: Float64Array; acc: Float64Array; time: Float64Array }) => void,
  sensors: readonly AnalysisSensor[] = clean,
): AnalysisSensor[] {
  return sensors.map((sensor) => {
    if (sensor.role !== 'upperBack') return sensor;
    const gyro = sensor.series.gyroRadPerS.slice(),
      acc = sensor.series.accMetersPerS2.slice(),
      time = sensor.series.timeS.slice();
    change({ gyro, acc, time });
    return { ...sensor, series: { ...sensor.series, gyroRadPerS: gyro, accMetersPerS2: acc, timeS: time } };
  });
}

const flagsOf = (analysis: RecordingAnalysis, name: QualityFlagName) =>
  analysis.flags.filter((flag) => flag.flag === name);

const row = (timeS: number): number => Math.round(timeS * SMALL_RATE_HZ);

function withMagnetometer(size: (i: number) => number): AnalysisSensor[] {
  return clean.map((sensor) => ({
    ...sensor,
    series: {
      ...sensor.series,
      magMicroTesla: Float64Array.from({ length: 3 * sensor.series.count }, (_, k) =>
        k % 3 === 0 ? size((k - (k % 3)) / 3) : 0,
      ),
    },
  }));
}

describe('a clean recording', () => {
  it('raises no doubt but the number of planes, and counts', () => {
    const analysis = analyseSmall(clean);
    expect(analysis.flags).toEqual([]);
    expect(analysis.cycles.map((cycle) => [cycle.plane, cycle.valid])).toEqual([
      ['lateral', true],
      ['lateral', true],
      ['lateral', true],
    ]);
  });
});

describe('each doubt is raised where it belongs', () => {
  const cases: readonly (readonly [QualityFlagName, string | null, () => RecordingAnalysis])[] = [
    [
      'STALE',
      'ub',
      () =>
        analyseSmall(
          damaged(({ gyro, acc }) => {
            for (let i = row(11); i < row(12.5); i++)
              for (const values of [gyro, acc]) values.copyWithin(3 * i, 3 * row(11) - 3, 3 * row(11));
          }),
        ),
    ],
    ['GAP', 'ub', () => analyseSmall(damaged(({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(12))))],
    [
      'RATE_LOW',
      'ub',
      () =>
        analyseSmall(
          damaged(({ acc }) => {
            for (let i = 0; i < acc.length / 3; i++) if (i % 3 !== 0) acc.fill(NaN, 3 * i, 3 * i + 3);
          }),
        ),
    ],
    [
      'SATURATED',
      'ub',
      () => analyseSmall(damaged(({ gyro }) => gyro.fill(4.36, 3 * row(9), 3 * row(9) + 12))),
    ],
    ['MAG_DISTURBED', 'ub', () => analyseSmall(withMagnetometer((i) => (i > row(10) ? 90 : 45)))],
    [
      'IMPLAUSIBLE',
      'ub',
      () => analyseSmall(damaged(({ acc }) => acc.forEach((value, i) => (acc[i] = 1.2 * value)))),
    ],
    [
      'SWAP_SUSPECT',
      'ub',
      () =>
        analyseSmall(
          clean.map((sensor) => ({
            ...sensor,
            series: (sensor.role === 'upperBack'
              ? clean.find((other) => other.role === 'lowerBack')
              : sensor.role === 'lowerBack'
                ? clean.find((other) => other.role === 'upperBack')
                : sensor)!.series,
          })),
        ),
    ],
    [
      'PLANE_IMPURE',
      null,
      () =>
        analyseSmall(
          recordSmall((t) => ({ ...bends(t), thorax: [0, bends(t).thorax[1], 0.85 * bends(t).thorax[1]] })),
        ),
    ],
    [
      'SLIP',
      'ub',
      () =>
        analyseSmall(recordSmall((t) => ({ ...bends(t), thorax: [t > 23 ? 10 : 0, bends(t).thorax[1], 0] }))),
    ],
    [
      'NO_REST',
      null,
      () =>
        analyseSmall(
          recordSmall((t) => ({
            pelvis: [8 * Math.sin(5 * t), 0, 0],
            lumbar: [0, 0, 0],
            thorax: [0, 25 * Math.sin(1.3 * t), 0],
          })),
        ),
    ],
    [
      'NOT_SETTLED',
      'ub',
      () =>
        analyseSmall(
          damaged(({ gyro }) => {
            for (let i = row(14); i < gyro.length / 3; i++) gyro[3 * i] = (gyro[3 * i] ?? NaN) + 0.08;
          }),
        ),
    ],
    ['FEW_REPS', null, () => analyseSmall(recordSmall((t) => bends(t > 10 ? 0 : t), 15))],
  ];
  for (const [name, sensor, run] of cases)
    it(name, () => {
      const raised = flagsOf(run(), name);
      expect(raised.length).toBeGreaterThan(0);
      expect(raised[0]?.sensor).toBe(sensor);
      expect(raised[0]?.startS).toBeLessThanOrEqual(raised[0]?.endS ?? -1);
      expect(raised[0]?.detail.length).toBeGreaterThan(10);
    });

  it('says when a sensor was frozen, and finds no peak there', () => {
    const analysis = cases[0]![2]();
    const [stale] = flagsOf(analysis, 'STALE');
    expect(stale?.startS).toBeCloseTo(11, 0);
    expect(stale?.endS).toBeCloseTo(12.5, 0);
    const valid = analysis.cycles.filter((cycle) => cycle.valid);
    expect(valid.length).toBeLessThanOrEqual(3);
    expect(valid.filter((cycle) => cycle.peakPositiveRad !== null)).toHaveLength(2);
  });

  it('leaves a steady field alone', () => {
    expect(flagsOf(analyseSmall(withMagnetometer(() => 48)), 'MAG_DISTURBED')).toEqual([]);
  });
});

describe('kneeling turns', () => {
  const kneel =
    (hipsDeg: number) =>
    (t: number): BodyPose => {
      const phase = t < 4 || t > 16 ? 0 : 0.5 - 0.5 * Math.cos((2 * Math.PI * (t - 4)) / 4);
      return { pelvis: [85 - hipsDeg * phase, 0, 0], lumbar: [4, 0, 0], thorax: [2, 0, 40 * phase] };
    };
  const locked = (hipsDeg: number) =>
    analyseSmall(recordSmall(kneel(hipsDeg), 20), { pose: 'prone' }).flags.filter(
      (f) => f.flag === 'POSE_NOT_LOCKED',
    );

  it('are locked while the hips stay, and not when they rise', () => {
    expect(locked(0)).toEqual([]);
    const [flag] = locked(22);
    expect(flag?.detail).toContain('pelvis tipped');
  });
});
