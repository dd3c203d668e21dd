import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import { describeLowRate, describeSaturation, RateWatch, SaturationWatch } from '../quality/sample-faults.ts';
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

const MOST_GAP_FLAGS = 20;
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
  return [...flags, ...rateFlags(sensor), ...saturationFlags(sensor)];
}

/** Windows that held too few samples, from the first to the last of them. */
function rateFlags(sensor: AnalysisSensor): AnalysisFlag[] {
  const { series, prefix, rateHz: nominalHz } = sensor;
  const watch = new RateWatch(nominalHz);
  let startS = NaN,
    endS = NaN,
    lowestHz = Infinity;
  const note = (isLow: boolean, nowS: number): void => {
    if (!isLow) return;
    if (Number.isNaN(startS)) startS = watch.windowStartS;
    endS = nowS;
    lowestHz = Math.min(lowestHz, watch.rateHz);
  };
  let lastS = NaN;
  for (let i = 0; i < series.count; i++)
    if (isComplete(sensor, i)) note(watch.push((lastS = series.timeS[i])), lastS);
  note(watch.close(), lastS);
  return Number.isNaN(startS)
    ? []
    : [{ flag: 'RATE_LOW', sensor: prefix, startS, endS, detail: describeLowRate(lowestHz, nominalHz) }];
}

function saturationFlags({ series, prefix }: AnalysisSensor): AnalysisFlag[] {
  const watch = new SaturationWatch();
  let count = 0,
    first = -1,
    last = -1;
  for (let i = 0; i < series.count; i++) {
    const found = watch.push(series.gyroRadPerS, 3 * i, series.accMetersPerS2, 3 * i);
    if (found === 0) continue;
    if (first < 0) first = i - found + 1;
    last = i;
    count += found;
  }
  if (count === 0) return [];
  return [
    {
      flag: 'SATURATED',
      sensor: prefix,
      startS: series.timeS[first],
      endS: series.timeS[last],
      detail: describeSaturation(count),
    },
  ];
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
