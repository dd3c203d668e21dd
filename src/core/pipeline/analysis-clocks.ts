import { CLOCK_UNSURE_MS } from '../clock/clock-doubt.ts';
import type { TurnRateSeries } from '../clock/shared-motion-offset.ts';
import { findSharedMotion, type SharedMotion } from '../clock/shared-motion-search.ts';
import type { ImuSeries } from '../fusion/imu-series.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import type { AnalysisSensor } from './analysis-input.ts';

/**
 * Brings sensors onto the first one's time axis where they were shaken together once; without such a stretch they stay
 * as they are.
 */
export function alignBySharedMotion(sensors: readonly AnalysisSensor[]): {
  readonly sensors: readonly AnalysisSensor[];
  readonly motion: SharedMotion | null;
} {
  const motion = findSharedMotion(sensors.map(({ series }) => turnRate(series)));
  if (motion === null) return { sensors, motion };
  return {
    sensors: sensors.map((sensor, i) => {
      const { offsetS, sigmaS } = motion.offsets[i];
      return {
        ...sensor,
        series: { ...sensor.series, timeS: sensor.series.timeS.map((timeS) => timeS - offsetS) },
        clock: { boundMs: 2000 * sigmaS, sigmaMs: 1000 * sigmaS },
      };
    }),
    motion,
  };
}

function turnRate({ timeS, count, gyroRadPerS }: ImuSeries): TurnRateSeries {
  const rateRadPerS = new Float64Array(count);
  for (let i = 0; i < count; i++)
    rateRadPerS[i] = Math.hypot(gyroRadPerS[3 * i], gyroRadPerS[3 * i + 1], gyroRadPerS[3 * i + 2]);
  return { timeS, rateRadPerS };
}

/** A clock that is not known well says so. */
export function clockFlags({ series, prefix, clock }: AnalysisSensor): AnalysisFlag[] {
  if (clock === undefined || !(clock.boundMs > CLOCK_UNSURE_MS)) return [];
  return [
    {
      flag: 'CLOCK_UNSURE',
      sensor: prefix,
      startS: series.timeS[0],
      endS: series.timeS[series.count - 1],
      detail: `its samples may be placed ${clock.boundMs.toFixed(0)} ms off in time`,
    },
  ];
}
