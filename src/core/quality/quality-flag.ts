/** Machine-readable names of what may make a number doubtful. */
export type QualityFlagName =
  | 'DRIFT'
  | 'GAP'
  | 'RATE_LOW'
  | 'SLIP'
  | 'FEW_REPS'
  | 'NO_REST'
  | 'NEUTRAL_NOT_STILL'
  | 'MOUNTING_UNSURE'
  | 'SIGN_UNRESOLVED'
  | 'SATURATED'
  | 'GRAVITY_ONLY'
  | 'CLOCK_UNSURE'
  | 'NEEDS_BENCH_CALIBRATION';

export interface QualityFlag {
  readonly name: QualityFlagName;
  /** Sensor concerned, null for all. */
  readonly sensorIndex: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly detail: string;
}
