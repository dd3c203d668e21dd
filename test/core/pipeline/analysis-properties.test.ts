import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANATOMICAL_DIRECTIONS, parseMountTriple } from '../../../src/core/body/mount-triple.ts';
import type { ImuSeries, OrientationSeries } from '../../../src/core/fusion/imu-series.ts';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import {
  conjugateInto,
  createQuaternion,
  fromAxisAngleInto,
  multiplyInto,
  rotateInto,
  rotateInverseInto,
} from '../../../src/core/math/quaternion.ts';
import type { AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';
import { orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import type { RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import { analyseSmall, recordSmall, SMALL_MOUNT, SMALL_RATE_HZ } from '../../support/small-recording.ts';

const sensors = recordSmall().slice(0, 2);
const plain = analyseSmall(sensors);
const SEED = 20261125;

function expectSame(analysis: RecordingAnalysis, withinDeg: number): void {
  expect(analysis.cycles.map((c) => [c.plane, c.valid])).toEqual(plain.cycles.map((c) => [c.plane, c.valid]));
  expect(Object.keys(analysis.rom)).toEqual(Object.keys(plain.rom));
  for (const [direction, range] of Object.entries(plain.rom)) {
    const other = analysis.rom[direction as keyof typeof plain.rom];
    expect(Math.abs((other?.meanBest3Rad ?? NaN) - range.meanBest3Rad) * DEG_PER_RAD, direction).toBeLessThan(
      withinDeg,
    );
  }
}

/** The refined pass, with its rows changed afterwards. */
const changed =
  (change: (q: Float64Array, row: number, orientation: OrientationSeries) => void) =>
  (series: ImuSeries): OrientationSeries => {
    const orientation = orientRefined(series);
    for (let row = 0; row < orientation.count; row++)
      change(orientation.qEarthFromSensor.subarray(4 * row, 4 * row + 4), row, orientation);
    return orientation;
  };

describe('a measurement does not depend on', () => {
  it('the sign of a quaternion', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), (every) => {
        const orient = changed((q, row) => {
          if (row % every === 0) q.forEach((value, k) => (q[k] = -value));
        });
        expectSame(analyseSmall(sensors, {}, orient), 1e-6);
      }),
      { numRuns: 2, seed: SEED },
    );
  });

  it('where each sensor’s own heading begins', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (headingRad) => {
        const turn = fromAxisAngleInto(createQuaternion(), 0, 0, 1, headingRad);
        let call = 0;
        const both = (series: ImuSeries): OrientationSeries =>
          call++ === 0 ? changed((q) => multiplyInto(q, turn, q))(series) : orientRefined(series);
        expectSame(analyseSmall(sensors, {}, both), 1e-6);
      }),
      { numRuns: 4, seed: SEED },
    );
  });

  it('which way round a sensor is put on, with the mounting that says so @slow', () => {
    const names = Object.keys(ANATOMICAL_DIRECTIONS) as (keyof typeof ANATOMICAL_DIRECTIONS)[];
    const mounts = names.flatMap((x) =>
      names.flatMap((y) =>
        names.flatMap((z) => {
          try {
            return [parseMountTriple(`x:${x},y:${y},z:${z}`)];
          } catch {
            return [];
          }
        }),
      ),
    );
    expect(mounts).toHaveLength(24);
    for (const mount of mounts) {
      const turned = sensors.map((sensor) => remounted(sensor, mount));
      expectSame(analyseSmall(turned), 0.3);
    }
  });
});

/** The same movement as a sensor would tell it that sits on the segment as `qSegmentFromSensor` says. */
function remounted(sensor: AnalysisSensor, qSegmentFromSensor: Float64Array): AnalysisSensor {
  const { series } = sensor;
  const v = new Float64Array(3);
  const turn = (values: Float64Array): Float64Array => {
    const out = values.slice();
    for (let at = 0; at < out.length; at += 3) {
      v.set(out.subarray(at, at + 3));
      rotateInto(v, SMALL_MOUNT, v);
      out.set(rotateInverseInto(v, qSegmentFromSensor, v), at);
    }
    return out;
  };
  return {
    ...sensor,
    qSegmentFromSensor,
    series: { ...series, gyroRadPerS: turn(series.gyroRadPerS), accMetersPerS2: turn(series.accMetersPerS2) },
  };
}

describe('a gap', () => {
  it('is never bridged with a number, wherever it falls and however long it is @slow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 24, noNaN: true }),
        fc.double({ min: 0.4, max: 3, noNaN: true }),
        (fromS, lengthS) => {
          const first = Math.round(fromS * SMALL_RATE_HZ),
            last = Math.round((fromS + lengthS) * SMALL_RATE_HZ);
          const holed = sensors.map((sensor, i) => {
            if (i > 0) return sensor;
            const gyroRadPerS = sensor.series.gyroRadPerS.slice().fill(NaN, 3 * first, 3 * last);
            return { ...sensor, series: { ...sensor.series, gyroRadPerS } };
          });
          const analysis = analyseSmall(holed);
          for (const plane of analysis.planes)
            for (let i = first + 1; i < last - 1; i++) expect(plane.angleRad[i]).toBeNaN();
          expect(analysis.flags.filter((flag) => flag.flag === 'GAP').map((flag) => flag.sensor)).toEqual([
            'ub',
          ]);
          expect(analysis.sensors[0]?.missingFraction).toBeCloseTo(
            (last - first) / sensors[0]!.series.count,
            3,
          );
          expect(analysis.cycles.filter((cycle) => cycle.valid).length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 8, seed: SEED },
    );
  });
});

describe('the refined pass', () => {
  it('tells the same lean when time runs backwards', () => {
    const { series } = sensors[0]!;
    const { count } = series;
    const backward: ImuSeries = {
      ...series,
      timeS: series.timeS.map((_, i) => series.timeS[count - 1]! - series.timeS[count - 1 - i]!),
      gyroRadPerS: series.gyroRadPerS.map(
        (_, k) => -series.gyroRadPerS[3 * (count - 1 - Math.floor(k / 3)) + (k % 3)]!,
      ),
      accMetersPerS2: series.accMetersPerS2.map(
        (_, k) => series.accMetersPerS2[3 * (count - 1 - Math.floor(k / 3)) + (k % 3)]!,
      ),
    };
    const a = orientRefined(series),
      b = orientRefined(backward);
    const up = (orientation: OrientationSeries, row: number): Float64Array => {
      const q = createQuaternion();
      for (let k = 0; k < 4; k++) q[k] = orientation.qEarthFromSensor[4 * row + k]!;
      return rotateInto(new Float64Array(3), conjugateInto(q, q), [0, 0, 1]);
    };
    let worst = 0;
    for (let row = 5; row < count - 5; row += 7) {
      const [p, q] = [up(a, row), up(b, count - 1 - row)];
      worst = Math.max(worst, Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!));
    }
    expect(worst * DEG_PER_RAD).toBeLessThan(1.5);
  });
});
