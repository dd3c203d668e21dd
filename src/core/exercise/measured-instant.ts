/**
 * What a set reads at one instant of the common axis. One object is filled again and again: numbers handed from
 * function to function one by one would each become garbage.
 */
export interface MeasuredInstant {
  /** Session time, rising at a steady rate. */
  timeMs: number;
  /** Relative to the start posture, signed. */
  angleRad: number;
  speedRadPerS: number;
  halfWidth95Rad: number;
  /** Level seen now: 0 none, 0.5 warned, 1 failed; null when nothing worn can show any. */
  compensation: number | null;
}

export function createMeasuredInstant(): MeasuredInstant {
  return { timeMs: NaN, angleRad: NaN, speedRadPerS: NaN, halfWidth95Rad: NaN, compensation: null };
}
