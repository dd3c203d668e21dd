import type { SegmentRole } from '../body/segment-role.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import type { MeasureName } from '../exercise/motion-definition.ts';
import type { QualityFlag } from '../quality/quality-flag.ts';
import type { HoldWatchResult } from './hold-watch.ts';
import type { CalibrationStepName, SetPlan } from './pipeline-command.ts';
import type { PainTap, SessionResult } from './session-result.ts';

/** What the pipeline reports: each happens once. Fast values are in the live frame instead. */
export type PipelineFact =
  | { readonly kind: 'sensorAttached'; readonly sensorIndex: number }
  | { readonly kind: 'sensorStreaming'; readonly sensorIndex: number }
  | {
      readonly kind: 'packetsRejected';
      readonly sensorIndex: number;
      readonly reason: string;
      readonly count: number;
    }
  | { readonly kind: 'gap'; readonly sensorIndex: number; readonly startMs: number; readonly endMs: number }
  | {
      readonly kind: 'stepProgressed';
      readonly step: CalibrationStepName;
      readonly fraction: number;
      readonly movingSensors: readonly number[];
    }
  | {
      readonly kind: 'stepCompleted';
      readonly step: CalibrationStepName;
      readonly findings: readonly SensorFinding[];
    }
  | {
      readonly kind: 'stepRefused';
      readonly step: CalibrationStepName;
      readonly reason: StepRefusal;
      readonly sensorIndex: number | null;
      /** For 'gestureContradictsRoles': two sensors whose exchange would explain what moved; null where none would. */
      readonly exchange: readonly [number, number] | null;
    }
  | {
      readonly kind: 'setStarted';
      readonly plan: SetPlan;
      readonly measure: MeasureName;
      readonly qualityClass: 'A' | 'B' | 'C';
    }
  | { readonly kind: 'setRefused'; readonly plan: SetPlan; readonly missingRoles: readonly SegmentRole[] }
  | { readonly kind: 'setPaused'; readonly cause: PauseCause }
  | { readonly kind: 'setResumed' }
  | { readonly kind: 'repetitionEnded'; readonly repetition: RepetitionResult }
  /** The hold that the exercise asks for is done; the repetition still runs. */
  | { readonly kind: 'holdReached' }
  | { readonly kind: 'cue'; readonly cue: string }
  /** Two taps on the arm's sensor during a set: it hurts here. */
  | { readonly kind: 'painTapped'; readonly tap: PainTap }
  /** In a hold by the clock: the posture was left for longer than is forgiven, and found again. */
  | { readonly kind: 'holdLeft' | 'holdFound' }
  /** It was left for so long that the hold is over; it lasted this long before. */
  | { readonly kind: 'holdOver'; readonly seconds: number }
  | { readonly kind: 'holdEnded'; readonly hold: HoldWatchResult }
  /** Breaths a minute in the last half minute; null where it cannot be told. */
  | { readonly kind: 'breathsRead'; readonly perMin: number | null }
  | { readonly kind: 'setEnded'; readonly plan: SetPlan; readonly repetitions: readonly RepetitionResult[] }
  /** A blow, stillness and another lean: ask whether the person is all right (stop rule S-10). */
  | { readonly kind: 'fallSuspected'; readonly timeMs: number }
  | { readonly kind: 'flagRaised'; readonly flag: QualityFlag }
  | { readonly kind: 'sessionFinished'; readonly result: SessionResult };

/**
 * Why a set does not go on: the person asked, a sensor is silent, all send again and a rest in the start posture is
 * needed to know where zero is, or the person has left that posture.
 */
export type PauseCause = 'person' | 'signalLost' | 'startSought' | 'postureLeft';

/** What a check by movement found for one sensor, and what was mended in software. */
export interface SensorFinding {
  readonly sensorIndex: number;
  /** The role after mending. */
  readonly role: SegmentRole | null;
  readonly kind:
    | 'inPlace'
    | 'upsideDown'
    | 'turned'
    | 'swapped'
    /** It moved as a neighbour does: nothing was mended, an exchange of the two is offered. */
    | 'maybeSwapped'
    | 'axisUnclear'
    | 'needsBenchCalibration'
    | 'biasTaken';
  /** How far the segment moved in the step, rad; null where that does not apply. */
  readonly movedRad: number | null;
  /** For 'swapped': the role the person had given it. */
  readonly formerRole: SegmentRole | null;
  /** For 'maybeSwapped': the sensor that it may be exchanged with. */
  readonly otherSensorIndex?: number;
}

export type StepRefusal =
  | 'notEnoughMovement'
  | 'movementNotInOnePlane'
  | 'axisDisagrees'
  | 'gestureContradictsRoles'
  | 'noSensors'
  | 'noSignal'
  | 'neutralMissing';
