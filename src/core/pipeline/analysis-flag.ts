import type { QualityFlagName } from '../quality/quality-flag.ts';

/** One doubt about a recording, with the stretch of time it concerns. */
export interface AnalysisFlag {
  readonly flag: QualityFlagName;
  /** Prefix of the sensor, null for all. */
  readonly sensor: string | null;
  readonly startS: number;
  readonly endS: number;
  readonly detail: string;
}
