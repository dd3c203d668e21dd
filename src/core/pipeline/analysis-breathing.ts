import type { SegmentRole } from '../body/segment-role.ts';
import { measureBreathing } from '../breathing/breathing-rate.ts';
import type { BreathingEstimate } from '../breathing/breathing-window.ts';
import type { MovementCycle } from '../exercise/cycle-detector.ts';
import type { AnalysisGrid } from './analysis-grid.ts';

/** Where breath is looked for, best place first. Arms and pelvis hardly follow it. */
const BREATHING_ROLES: readonly SegmentRole[] = ['upperBack', 'lowerBack'];

/** Breathing rate of a recording from its quiet stretches: what was counted as a movement is left out. */
export function breathingBetweenMovements(
  grid: AnalysisGrid,
  roles: readonly SegmentRole[],
  cycles: readonly MovementCycle[],
): BreathingEstimate {
  const sensorIndex = BREATHING_ROLES.map((role) => roles.indexOf(role)).find((index) => index >= 0);
  if (sensorIndex === undefined) return { ratePerMin: null, valid: false };
  const q = grid.sensors[sensorIndex].qEarthFromSensor.slice();
  for (const { startS, endS } of cycles) {
    const first = Math.max(0, Math.ceil((startS - grid.timeS[0]) / grid.stepS)),
      last = Math.min(grid.count - 1, Math.floor((endS - grid.timeS[0]) / grid.stepS));
    if (last >= first) q.fill(Number.NaN, 4 * first, 4 * (last + 1));
  }
  const { ratePerMin, valid } = measureBreathing(grid.timeS, q);
  return { ratePerMin, valid };
}
