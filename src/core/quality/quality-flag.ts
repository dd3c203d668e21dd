/** Machine-readable names of what may make a number doubtful. */
export type QualityFlagName =
  | 'DRIFT'
  | 'GAP'
  | 'RATE_LOW'
  /** A connected sensor repeats its last values. */
  | 'STALE'
  | 'SLIP'
  /** What moves contradicts who wears what. */
  | 'SWAP_SUSPECT'
  | 'MAG_DISTURBED'
  /** The gyroscope's bias is not known well, or it wanders. */
  | 'NOT_SETTLED'
  /** More than a body can do, or a sensor can mean. */
  | 'IMPLAUSIBLE'
  /** Much of the movement went into other planes. */
  | 'PLANE_IMPURE'
  /** The posture that keeps the low back still was left. */
  | 'POSE_NOT_LOCKED'
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
