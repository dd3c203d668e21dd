import type { ClockDoubt } from '../clock/clock-doubt.ts';
import type { NeutralPose } from '../body/posture.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { ImuSeries, OrientationSeries } from '../fusion/imu-series.ts';

/** One worn sensor of a recording to be analysed. */
export interface AnalysisSensor {
  readonly role: SegmentRole;
  /** What the recording calls the sensor: a column prefix, or a name. */
  readonly prefix: string;
  readonly series: ImuSeries;
  /** Nominal rate, Hz. */
  readonly rateHz: number;
  /** Stated mounting qSegmentFromSensor, true within 30 deg; null when it is to be found. */
  readonly qSegmentFromSensor: ArrayLike<number> | null;
  /** How well that mounting's heading is known, one standard deviation, rad; 12 deg unless told otherwise. */
  readonly mountSigmaRad?: number;
  /** What its time axis may be off by; absent where all sensors were sampled by one clock. */
  readonly clock?: ClockDoubt;
}

export interface AnalysisOptions {
  readonly mode: 'live' | 'refined';
  /** Seconds on the series' own time axis; null: found by the rest rule. */
  readonly neutral: { readonly startS: number; readonly endS: number } | null;
  readonly pose: NeutralPose;
  /** Where the worn part begins, s: before it sensors lie on a table or are strapped on. */
  readonly fromS?: number;
  /** Stretches to count movements in, s; absent: everywhere. */
  readonly counted?: readonly { readonly startS: number; readonly endS: number }[];
}

/** Turns a whole series into orientations; the live filter and the refined pass both fit. */
export type OrientationEstimator = (series: ImuSeries) => OrientationSeries;

/** An analysis that cannot be made; the message is a whole sentence that names sensor or option. */
export class AnalysisError extends Error {
  readonly subject: string;
  constructor(subject: string, message: string) {
    super(message);
    this.name = 'AnalysisError';
    this.subject = subject;
  }
}
