import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import { GAP_S } from './analysis-grid.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import type { AnalysisSensor } from './analysis-input.ts';
import type { NeutralClosure } from './analysis-closure.ts';

/** Counts of one sensor's samples. */
export interface SensorStatistics {
  readonly finiteCount: number;
  readonly durationS: number;
  /** 1 - finite samples / (rate x duration), at least 0. */
  readonly missingFraction: number;
}

const LOW_RATE_HZ = 40;
const MOST_GAP_FLAGS = 20;
const SATURATION_RAD_PER_S = 200 * RAD_PER_DEG;
const SATURATION_METERS_PER_S2 = 15;
/** A neutral that comes back leaning by more than this means that a sensor moved on the body. */
const SLIP_LEAN_RAD = 6 * RAD_PER_DEG;
const DRIFT_TURN_RAD = 5 * RAD_PER_DEG;

export function sensorStatistics(sensor: AnalysisSensor): SensorStatistics {
  const { series, rateHz } = sensor;
  let finiteCount = 0;
  for (let i = 0; i < series.count; i++) if (isComplete(sensor, i)) finiteCount++;
  const durationS = series.count > 1 ? series.timeS[series.count - 1] - series.timeS[0] + 1 / rateHz : 0;
  const expected = rateHz * durationS;
  return {
    finiteCount,
    durationS,
    missingFraction: expected > 0 ? Math.max(0, 1 - finiteCount / expected) : 0,
  };
}

/** Flags that one sensor's samples raise by themselves: gaps, a low rate, saturation. */
export function sensorFlags(sensor: AnalysisSensor, statistics: SensorStatistics): AnalysisFlag[] {
  const { series, prefix } = sensor;
  const flags: AnalysisFlag[] = [];
  const startS = series.timeS[0],
    endS = series.timeS[series.count - 1];
  let lastS = startS,
    gapCount = 0,
    gapTotalS = 0;
  const addGap = (fromS: number, toS: number): void => {
    gapCount++;
    gapTotalS += toS - fromS;
    if (gapCount < MOST_GAP_FLAGS)
      flags.push({
        flag: 'GAP',
        sensor: prefix,
        startS: fromS,
        endS: toS,
        detail: `no samples for ${(toS - fromS).toFixed(2)} s`,
      });
  };
  for (let i = 0; i < series.count; i++) {
    if (!isComplete(sensor, i)) continue;
    if (series.timeS[i] - lastS > GAP_S) addGap(lastS, series.timeS[i]);
    lastS = series.timeS[i];
  }
  if (endS - lastS > GAP_S) addGap(lastS, endS);
  if (gapCount >= MOST_GAP_FLAGS)
    flags.push({
      flag: 'GAP',
      sensor: prefix,
      startS,
      endS,
      detail: `${gapCount} gaps, ${gapTotalS.toFixed(1)} s in all`,
    });
  else if (gapCount === 0 && statistics.missingFraction > 0.02)
    flags.push({
      flag: 'GAP',
      sensor: prefix,
      startS,
      endS,
      detail: `${(100 * statistics.missingFraction).toFixed(1)} % of the samples are missing`,
    });
  const rateHz = statistics.durationS > 0 ? statistics.finiteCount / statistics.durationS : 0;
  if (rateHz < LOW_RATE_HZ)
    flags.push({
      flag: 'RATE_LOW',
      sensor: prefix,
      startS,
      endS,
      detail: `${rateHz.toFixed(0)} samples a second; 50 or more are advised`,
    });
  const saturated = saturatedSpan(sensor);
  if (saturated !== null)
    flags.push({
      flag: 'SATURATED',
      sensor: prefix,
      startS: series.timeS[saturated.first],
      endS: series.timeS[saturated.last],
      detail: `gyroscope or accelerometer was at its limit in ${saturated.count} samples`,
    });
  return flags;
}

/** Flags that the way back to neutral raises. */
export function closureFlags(closure: NeutralClosure | null, sensor: string): AnalysisFlag[] {
  const flags: AnalysisFlag[] = [];
  if (closure === null) return flags;
  const { startS, endS } = closure;
  if (closure.leanRad > SLIP_LEAN_RAD)
    flags.push({
      flag: 'SLIP',
      sensor,
      startS,
      endS,
      detail: `the last neutral leans ${degrees(closure.leanRad)} deg against the first: a sensor slipped, or the person sat differently`,
    });
  if (closure.turnRad > DRIFT_TURN_RAD)
    flags.push({
      flag: 'DRIFT',
      sensor,
      startS,
      endS,
      detail: `the last neutral is turned by ${degrees(closure.turnRad)} deg against the first`,
    });
  return flags;
}

function degrees(rad: number): string {
  return (rad * DEG_PER_RAD).toFixed(1);
}

function isComplete(sensor: AnalysisSensor, i: number): boolean {
  const { gyroRadPerS, accMetersPerS2 } = sensor.series;
  for (let k = 3 * i; k < 3 * i + 3; k++)
    if (!Number.isFinite(gyroRadPerS[k]) || !Number.isFinite(accMetersPerS2[k])) return false;
  return true;
}

interface SampleSpan {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Samples in runs of three or more at the same extreme value: a sensor at its limit. */
function saturatedSpan(sensor: AnalysisSensor): SampleSpan | null {
  const { gyroRadPerS, accMetersPerS2, count } = sensor.series;
  let total = 0,
    first = Infinity,
    last = -1;
  for (const [values, least] of [
    [gyroRadPerS, SATURATION_RAD_PER_S],
    [accMetersPerS2, SATURATION_METERS_PER_S2],
  ] as const)
    for (let axis = 0; axis < 3; axis++) {
      let run = 0;
      for (let i = 1; i <= count; i++) {
        const now = i < count ? values[3 * i + axis] : NaN,
          before = values[3 * (i - 1) + axis];
        if (now === before && Math.abs(now) > least) run++;
        else {
          if (run >= 2) {
            total += run + 1;
            first = Math.min(first, i - 1 - run);
            last = Math.max(last, i - 1);
          }
          run = 0;
        }
      }
    }
  return total === 0 ? null : { first, last, count: total };
}
