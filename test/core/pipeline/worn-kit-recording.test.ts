import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  multiplyInto,
  rotationAngleRad,
} from '../../../src/core/math/quaternion.ts';
import { fromTrunkAnglesInto } from '../../../src/core/body/angles.ts';
import { meanOrientationInto } from '../../../src/core/body/mounting.ts';
import { orientLive, orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import { analyseSeries, type RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import { imuSeriesFromTable, joinColumns, parseTableTrial } from '../../../src/core/recording/table-trial.ts';

const folder = join(process.env['THORA_SHARED_DATA'] ?? '../shared/data', 'qmt_fullbody');
const stem = join(folder, 'full_body_trunk_and_arms');
const isThere = existsSync(`${stem}.bin`);
if (!isThere)
  process.stdout.write(`Skipped: the recording of a worn kit is not at ${stem} (THORA_SHARED_DATA).\n`);

/** The recording's own estimate e* is another algorithm's output, not a reference: agreement, not accuracy. */
describe.skipIf(!isThere)('a real recording of a worn kit', () => {
  const read = () => parseTableTrial(readFileSync(`${stem}.json`, 'utf8'), readFileSync(`${stem}.bin`), stem);
  const analyse = (mode: 'live' | 'refined'): RecordingAnalysis => {
    const trial = read();
    return analyseSeries(
      (
        [
          ['upperBack', 'ub'],
          ['lowerBack', 'lb'],
          ['upperArmRight', 'uar'],
        ] as const
      ).map(([role, prefix]) => ({
        role,
        prefix,
        series: imuSeriesFromTable(trial, prefix),
        rateHz: trial.rateHz,
        qSegmentFromSensor: null,
      })),
      { mode, neutral: null, pose: 'upright' },
      mode === 'live' ? orientLive : orientRefined,
    );
  };
  const RATE_HZ = 100;

  /** Angle of each row's rotation against the mean of 2 to 4 s, deg. */
  function deviationDeg(relative: Float64Array): Float64Array {
    const start = meanOrientationInto(createQuaternion(), relative, 2 * RATE_HZ, 4 * RATE_HZ - 1);
    const q = createQuaternion();
    return Float64Array.from({ length: relative.length / 4 }, (_, i) => {
      q.set(relative.subarray(4 * i, 4 * i + 4));
      return rotationAngleRad(conjugateMultiplyInto(q, start, q)) * DEG_PER_RAD;
    });
  }

  function ownDeviationDeg(analysis: RecordingAnalysis): Float64Array {
    const angle = (plane: string) => analysis.planes.find((p) => p.plane === plane)?.angleRad ?? [];
    const [flexion, bend, turn] = ['flexionExtension', 'lateral', 'rotation'].map(angle);
    const relative = new Float64Array(4 * analysis.grid.count);
    const q = createQuaternion();
    for (let i = 0; i < analysis.grid.count; i++)
      relative.set(fromTrunkAnglesInto(q, flexion?.[i] ?? NaN, bend?.[i] ?? NaN, turn?.[i] ?? NaN), 4 * i);
    return deviationDeg(relative);
  }

  function statedDeviationDeg(): Float64Array {
    const trial = read();
    const [upper, lower] = ['ub', 'lb'].map((prefix) => joinColumns(trial, prefix, ['ew', 'ex', 'ey', 'ez']));
    const relative = new Float64Array(upper!.length);
    const a = createQuaternion(),
      b = createQuaternion();
    for (let at = 0; at < relative.length; at += 4) {
      a.set(upper!.subarray(at, at + 4));
      b.set(lower!.subarray(at, at + 4));
      relative.set(multiplyInto(a, conjugateInto(b, b), a), at);
    }
    return deviationDeg(relative);
  }

  const highest = (values: ArrayLike<number>, fromS: number, toS: number): number =>
    Math.max(...Array.from(values).slice(fromS * RATE_HZ, toS * RATE_HZ));

  it('follows how the upper back moves against the lower back @slow', () => {
    const refined = analyse('refined');
    const own = ownDeviationDeg(refined),
      stated = statedDeviationDeg();
    let squares = 0;
    const from = 2 * RATE_HZ;
    for (let i = from; i < own.length; i++) squares += ((own[i] ?? NaN) - (stated[i] ?? NaN)) ** 2;
    expect(Math.sqrt(squares / (own.length - from))).toBeLessThan(5);
    expect(Math.abs(highest(own, 4, 12) - 22)).toBeLessThan(5);
    expect(highest(own, 12, 39)).toBeLessThan(12);
    const arm = refined.planes.find((plane) => plane.plane === 'armElevationRight');
    expect(Math.abs(highest(arm?.angleRad ?? [], 4, 12) * DEG_PER_RAD - 78)).toBeLessThan(10);
  });

  it('states intervals of at most 8 deg to each side, and live agrees with refined within them @slow', () => {
    const refined = analyse('refined'),
      live = analyse('live');
    for (const analysis of [refined, live])
      for (const [direction, range] of Object.entries(analysis.rom))
        expect(range.halfWidth95Rad * DEG_PER_RAD, direction).toBeLessThanOrEqual(8);
    // At the same moments: a turn of about 8 deg may be counted by one and not by the other, but both must see it.
    const shared = (
      [
        ['flexion', 'flexionExtension', 1],
        ['rotationRight', 'rotation', -1],
        ['armElevationRight', 'armElevationRight', 1],
      ] as const
    ).map(([direction, planeName, sign]) => {
      const range = refined.rom[direction];
      const angleRad = live.planes.find(({ plane }) => plane === planeName)?.angleRad ?? new Float64Array();
      const peaks = refined.cycles
        .filter(({ plane, valid }) => plane === planeName && valid)
        .map(({ positiveIndex, negativeIndex }) => (sign > 0 ? positiveIndex : negativeIndex))
        .filter((index) => index >= 0)
        .map((index) => sign * (angleRad[index] ?? NaN))
        .sort((a, b) => b - a)
        .slice(0, 3);
      const seenRad = peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
      return Math.abs((range?.meanBest3Rad ?? NaN) - seenRad) <= (range?.halfWidth95Rad ?? 0)
        ? 'agrees'
        : direction;
    });
    expect(shared).toEqual(['agrees', 'agrees', 'agrees']);
    const a = ownDeviationDeg(refined),
      b = ownDeviationDeg(live);
    const worst = Math.max(...Array.from(a).map((value, i) => Math.abs(value - (b[i] ?? NaN))));
    expect(worst).toBeLessThan(8);
  });
});
