import type { SegmentRole } from '../body/segment-role.ts';
import type { CoachingDecision } from '../exercise/session-controller.ts';
import type { ExerciseId, MeasureName, Side } from '../exercise/motion-definition.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import type { QualityFlag } from '../quality/quality-flag.ts';
import type { SensorFinding } from './pipeline-fact.ts';
import type { HoldWatchResult } from './hold-watch.ts';
import type { PainPlace, SetPlan, UnmeasuredSet } from './pipeline-command.ts';
import type { SessionTimes } from './session-stopwatch.ts';

/** What a session leaves behind besides its packets. Plain data: it is stored and exported as JSON. */
export interface SessionResult {
  readonly engineVersion: string;
  /** Of the limits that were counted and coached by; missing in results of versions that had none. */
  readonly thresholdsVersion?: string;
  readonly sensors: readonly SessionSensorResult[];
  readonly sets: readonly SetResult[];
  readonly flags: readonly QualityFlag[];
  /** Last check by movement. */
  readonly findings: readonly SensorFinding[];
  /** 0 to 100, null before the person stood tall. */
  readonly calibrationQuality: number | null;
  readonly painBefore: number | null;
  readonly painAfter: number | null;
  /** What was asked for otherwise than planned, in its order; missing in results of versions that did not. */
  readonly coaching?: readonly CoachingDecision[];
  /** Missing in results of versions that took no time. */
  readonly times?: SessionTimes;
  /** Highest pain said between sets; missing where nobody said any. */
  readonly painDuring?: number;
  /** Sets that no sensor counted, in order; missing where there were none. */
  readonly unmeasuredSets?: readonly UnmeasuredSetResult[];
}

/** What the person said of a set in the rest that followed; missing where they were not asked or said nothing. */
export interface SaidOfSet {
  /** Highest, 0 to 10. */
  readonly painDuring?: number;
  /** 0 to 10. */
  readonly effort?: number;
  /** Where in the move it hurt. */
  readonly painPlace?: PainPlace;
}

/** A set by the clock or the person's own count, with what a sensor saw of its holds. */
export interface UnmeasuredSetResult extends UnmeasuredSet, SaidOfSet {
  /** In order; missing where no sensor watched. */
  readonly holds?: readonly HoldWatchResult[];
}

export interface SessionSensorResult {
  readonly sensorIndex: number;
  readonly role: SegmentRole | null;
  readonly sampleCount: number;
  readonly rateHz: number;
  readonly missingFraction: number;
  readonly gyroBiasRadPerS: readonly [number, number, number];
  /** One standard deviation per axis; missing in results of engines that did not state it. */
  readonly gyroBiasSigmaRadPerS?: number;
  readonly rejectedPacketCount: number;
}

export interface SetResult extends SaidOfSet {
  readonly plan: SetPlan;
  readonly exerciseId: ExerciseId;
  readonly measure: MeasureName;
  readonly qualityClass: 'A' | 'B' | 'C';
  readonly startMs: number;
  readonly endMs: number;
  readonly repetitions: readonly RepetitionResult[];
  /** Best of each side that occurred. */
  readonly best: readonly SideBest[];
  /** Angle between the neutral before and after, rad; null without a still end. */
  readonly neutralClosureRad: number | null;
  /** Where it hurt, as tapped on the arm's sensor; missing where nobody tapped. */
  readonly painTaps?: readonly PainTap[];
}

/** Two taps on a sensor during a move: it hurts here. */
export interface PainTap {
  readonly timeMs: number;
  /** As shown at that moment. */
  readonly angleRad: number;
  readonly halfWidth95Rad: number;
  /** During or after so many repetitions of the set. */
  readonly repetition: number;
}

export interface SideBest {
  readonly side: Side | 'forward' | 'backward';
  readonly maximumRad: number;
  /** Mean of the best three counted repetitions. */
  readonly meanBest3Rad: number;
  readonly halfWidth95Rad: number;
  readonly countedRepetitions: number;
}
