import type { PostureName } from '../body/posture-name.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { CoachingDecision } from '../exercise/session-controller.ts';
import type { LibraryExerciseId } from '../exercise/exercise-library.ts';
import type { ExerciseId, Side } from '../exercise/motion-definition.ts';
import type { RememberedGyroBias } from '../fusion/remembered-bias.ts';
import type { ClockEcho } from '../packet/clock-echo.ts';
import type { SensorDescription } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';

/**
 * Everything that can be asked of a running session. Commands are recorded in order between the packets, so that a
 * recording played again through the pipeline does exactly what the session did.
 */
export type PipelineCommand =
  /** A sensor joins with the role the person gave it (null: not known yet), and with what is remembered of it. */
  | {
      readonly kind: 'attachSensor';
      readonly sensor: SensorDescription;
      readonly role: SegmentRole | null;
      readonly gyroBias?: RememberedGyroBias;
      /** What a bench check found it to need; it is applied where its packets become samples. */
      readonly calibration?: SensorCalibration;
    }
  | { readonly kind: 'assignRole'; readonly sensorIndex: number; readonly role: SegmentRole | null }
  /** The radio link fell or came back: the decoder, the clock and the filter of that sensor start a new stretch. */
  | { readonly kind: 'linkChanged'; readonly sensorIndex: number; readonly connected: boolean }
  /** The device said what its clock showed: how late its packets are at least becomes known. */
  | ({ readonly kind: 'clockEcho' } & ClockEcho)
  | { readonly kind: 'beginStep'; readonly step: CalibrationStep }
  | { readonly kind: 'cancelStep' }
  | { readonly kind: 'beginSet'; readonly set: SetPlan }
  | { readonly kind: 'pauseSet' }
  | { readonly kind: 'resumeSet' }
  | { readonly kind: 'endSet' }
  /** The running set asks for another share of the personal maximum from its next repetition on, above 0. */
  | { readonly kind: 'retarget'; readonly targetFraction: number }
  /** The upper back's sensor watches a hold by the clock, or breathing to a pace, from now on. */
  | { readonly kind: 'beginHold'; readonly hold: HoldWatchPlan }
  /** The hold is over; one that was broken off is not kept. */
  | { readonly kind: 'endHold'; readonly isKept: boolean }
  | { readonly kind: 'annotate'; readonly note: SessionNote }
  /** Closes the session: the final result follows as a fact. */
  | { readonly kind: 'finish' };

/** The guided steps before an exercise, in the order a session takes them. */
export type CalibrationStep =
  /** Sensors lie still on a table: gyroscope bias. */
  | { readonly name: 'still'; readonly durationS: number }
  /** Stand or sit tall: up axis, zero of all angles, one heading for all. */
  | { readonly name: 'neutral'; readonly durationS: number; readonly posture: PostureName }
  /** Bow forward `repetitions` times: flexion axis of the trunk sensors. */
  | { readonly name: 'bow'; readonly repetitions: number }
  /** Raise the arm forward: flexion axis of the arm sensor. */
  | { readonly name: 'armRaise'; readonly repetitions: number; readonly side: Side };

export type CalibrationStepName = CalibrationStep['name'];

export interface SetPlan {
  readonly exerciseId: ExerciseId;
  /** Null: both sides, alternating. */
  readonly side: Side | null;
  readonly repetitions: number;
  /** Personal maximum per direction sign, rad, > 0; null before one is known. */
  readonly personalMaximumRad: { readonly positive: number | null; readonly negative: number | null };
  /** Fraction of the personal maximum that is the target, 0.5 to 1; ignored before a maximum is known. */
  readonly targetFraction: number;
  /** A test: no target is shown, repetitions go as far as feels fine, residuals above 5 deg are refused. */
  readonly test: boolean;
}

/** What is asked of the sensor during a hold. */
export interface HoldWatchPlan {
  readonly exerciseId: LibraryExerciseId;
  /** The first of a set takes where it begins as the posture to keep; those that follow keep to it. */
  readonly takesZero: boolean;
  /** Breaths a minute that are asked for; null where none are. */
  readonly pacePerMin: number | null;
}

/** A set that no sensor counted. */
export interface UnmeasuredSet {
  readonly exerciseId: LibraryExerciseId;
  readonly side: Side | null;
  /** By the clock, by the person's own count, or breath by breath to a pace. */
  readonly mode: 'timer' | 'self' | 'breaths';
  /** A test: how long, or how fast, on this day. */
  readonly test?: boolean;
  /** Sensors would have counted it; one was silent. */
  readonly because?: 'signalLost';
  /** That the clock saw through, or that the person was given time for. */
  readonly repetitions: number;
  /** So long, and the part of a hold that was broken off with it. */
  readonly seconds: number;
  /** The whole set, as it began; missing in records of versions that did not write it. */
  readonly planned?: { readonly repetitions: number; readonly seconds: number };
  /** What the person said of it; null where they were not asked or had no hand free. */
  readonly allDone: boolean | null;
}

/** Where in a move it hurt. */
export type PainPlace = 'start' | 'middle' | 'end';

export type SessionNote =
  | { readonly about: 'painBefore' | 'painAfter' | 'painDuring'; readonly value: number }
  | { readonly about: 'stopReason'; readonly reason: string }
  | ({ readonly about: 'unmeasuredSet' } & UnmeasuredSet)
  | { readonly about: 'effort'; readonly value: number }
  /** Of the set before. */
  | { readonly about: 'painPlace'; readonly place: PainPlace }
  /** Something was asked for otherwise than planned, by a rule. */
  | { readonly about: 'coaching'; readonly decision: CoachingDecision }
  /** The person opened the app this many seconds ago. */
  | { readonly about: 'appOpened'; readonly agoS: number };
