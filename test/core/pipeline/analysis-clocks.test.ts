import { describe, expect, it } from 'vitest';
import { alignBySharedMotion, clockFlags } from '../../../src/core/pipeline/analysis-clocks.ts';
import type { AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';

/** Two sensors on one stick that is shaken about all axes for 6 s; the second's stamps are late. */
function shaken(
  prefix: string,
  role: AnalysisSensor['role'],
  lateS: number,
  isShaken = true,
): AnalysisSensor {
  const rateHz = 104,
    count = 14 * rateHz;
  const gyroRadPerS = new Float64Array(3 * count);
  const timeS = Float64Array.from({ length: count }, (_, i) => i / rateHz + lateS);
  for (let i = 0; i < count; i++) {
    const t = i / rateHz;
    const size = isShaken && t > 3 && t < 9 ? Math.min(1, t - 3, 9 - t) : 0;
    gyroRadPerS[3 * i] = size * (5 * Math.sin(17 * t) + 2 * Math.sin(31 * t));
    gyroRadPerS[3 * i + 1] = size * (4 * Math.sin(23 * t + 1) + 2 * Math.sin(11 * t));
    gyroRadPerS[3 * i + 2] = size * 3 * Math.sin(29 * t * (1 + 0.02 * t));
  }
  const accMetersPerS2 = new Float64Array(3 * count).fill(5);
  return {
    role,
    prefix,
    series: { count, timeS, gyroRadPerS, accMetersPerS2, magMicroTesla: null },
    rateHz,
    qSegmentFromSensor: null,
    clock: { boundMs: 22, sigmaMs: 13 },
  };
}

describe('clocks of a recording', () => {
  it('are set by a stretch in which the sensors were shaken together, and known better by it', () => {
    const { sensors, motion } = alignBySharedMotion([
      shaken('ub', 'upperBack', 0),
      shaken('lb', 'lowerBack', 0.0237),
    ]);
    expect(motion!.offsets[1].offsetS).toBeCloseTo(0.0237, 4);
    expect(sensors[1].series.timeS[500]).toBeCloseTo(500 / 104, 3);
    expect(sensors.flatMap(clockFlags)).toEqual([]);
    for (const { clock } of sensors) expect(clock!.boundMs).toBeLessThan(2);
  });

  it('stay as they are without one, and say that they are unsure', () => {
    const worn = [shaken('ub', 'upperBack', 0, false), shaken('lb', 'lowerBack', 0.0237, false)];
    const { sensors, motion } = alignBySharedMotion(worn);
    expect(motion).toBeNull();
    expect(sensors).toEqual(worn);
    expect(sensors.flatMap(clockFlags).map(({ flag, sensor }) => [flag, sensor])).toEqual([
      ['CLOCK_UNSURE', 'ub'],
      ['CLOCK_UNSURE', 'lb'],
    ]);
  });
});
