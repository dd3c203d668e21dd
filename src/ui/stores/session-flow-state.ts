/** What a guided session is at one moment, what can happen to it and what must be done then: words of the flow. */
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { ExerciseId, MotionDirection, Side } from '../../core/exercise/motion-definition.ts';
import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { SensorErrorCode } from '../../core/packet/sensor-error.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type {
  PauseCause,
  PipelineFact,
  SensorFinding,
  StepRefusal,
} from '../../core/pipeline/pipeline-fact.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { SessionTrouble, VirtualAction, VirtualKitOptions } from '../services.ts';

export type FlowStep =
  | 'idle'
  | 'painBefore'
  | 'painHigh'
  | 'connect'
  | 'strapOn'
  | 'standTall'
  | 'bow'
  | 'armRaise'
  | 'found'
  | 'position'
  | 'set'
  | 'unwell'
  | 'painAfter'
  | 'saving'
  | 'done';

/** What a session is made of; chosen before it begins. */
export interface FlowPlan {
  readonly kit: 'virtual' | 'bluetooth';
  readonly exerciseId: ExerciseId;
  /** Null: both sides, alternating. */
  readonly side: Side | null;
  readonly directions: readonly MotionDirection[];
  readonly roles: readonly SegmentRole[];
  /** The arm that carries a sensor, null without one. */
  readonly armSide: Side | null;
  readonly testRepetitions: number;
  readonly exerciseRepetitions: number;
  readonly stillS: number;
  readonly tallS: number;
  /** A demonstration asks nothing. */
  readonly askPain: boolean;
  /** False for a demonstration: it never enters the person's record. */
  readonly record: boolean;
  /** How the virtual kit differs from the usual one. */
  readonly virtualKit?: VirtualKitOptions;
}

export interface FlowSensor {
  readonly sensorIndex: number;
  readonly role: SegmentRole;
  readonly name: string;
  readonly batteryPercent: number | null;
  readonly streaming: boolean;
  readonly connected: boolean;
}

export type StopReason = 'finished' | 'pain' | 'unwell' | 'other';

/** What the device holds of a session that ended: all of it, its result without the whole recording, or nothing. */
export type Kept = 'whole' | 'result' | 'nothing' | 'demonstration';

/** One thing that needs the person: shown as a card with its words and one next step. */
export type FlowProblem =
  | {
      readonly about: 'sensor';
      readonly code: SensorErrorCode;
      readonly subject: string;
      /** The connected sensor concerned; null where none is. */
      readonly sensorIndex: number | null;
    }
  | {
      readonly about: 'step';
      readonly refusal: StepRefusal;
      readonly sensorIndex: number | null;
      /** Two sensors whose exchange would explain what moved. */
      readonly exchange: readonly [number, number] | null;
    }
  | { readonly about: 'set'; readonly missingRoles: readonly SegmentRole[] }
  | { readonly about: 'trouble'; readonly trouble: SessionTrouble }
  | { readonly about: 'save' };

export interface FlowState {
  readonly step: FlowStep;
  readonly plan: FlowPlan | null;
  readonly sessionId: string | null;
  readonly sensors: readonly FlowSensor[];
  /** Sensors that moved while they should lie still, by index. */
  readonly movingSensors: readonly number[];
  /** The guided step that runs now has been asked of the pipeline and is neither done nor refused. */
  readonly stepRuns: boolean;
  readonly findings: readonly SensorFinding[];
  /** 0 the test, 1 the exercise. */
  readonly setIndex: 0 | 1;
  /** The pipeline found the start position and counts from now on. */
  readonly setRuns: boolean;
  readonly repetitions: readonly RepetitionResult[];
  readonly testRepetitions: readonly RepetitionResult[];
  readonly paused: PauseCause | null;
  readonly cue: string | null;
  readonly painBefore: number | null;
  readonly painAfter: number | null;
  readonly stopReason: StopReason | null;
  /** Pain was high before: half as many moves, half as far. */
  readonly gentle: boolean;
  /** Rest did not help who felt unwell. */
  readonly stillUnwell: boolean;
  /** Recording failed on the way: the device does not hold all of this session. */
  readonly recordingBroke: boolean;
  readonly kept: Kept;
  readonly problem: FlowProblem | null;
  readonly result: SessionResult | null;
}

export type FlowEvent =
  | { readonly kind: 'begin'; readonly plan: FlowPlan }
  | { readonly kind: 'painAnswered'; readonly value: number | null }
  | { readonly kind: 'startGently' }
  | { readonly kind: 'sessionStarted'; readonly sessionId: string }
  | { readonly kind: 'sensorConnected'; readonly sensor: Omit<FlowSensor, 'streaming' | 'connected'> }
  | {
      readonly kind: 'sensorFailed';
      readonly code: SensorErrorCode;
      readonly subject: string;
      readonly sensorIndex: number | null;
    }
  /** It cannot be used and was let go: its place is open again. */
  | { readonly kind: 'sensorGone'; readonly sensorIndex: number }
  | { readonly kind: 'linkChanged'; readonly sensorIndex: number; readonly connected: boolean }
  /** The person showed which sensor goes where. */
  | { readonly kind: 'rolesShown'; readonly roles: readonly Pick<FlowSensor, 'sensorIndex' | 'role'>[] }
  | { readonly kind: 'sensorsComplete' }
  | { readonly kind: 'strapped' }
  | { readonly kind: 'tryAgain' }
  | { readonly kind: 'checkAgain' }
  /** The person says that these two are worn in each other's place. */
  | { readonly kind: 'exchanged'; readonly sensorIndexes: readonly [number, number] }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop'; readonly reason: StopReason }
  | { readonly kind: 'stillUnwell' }
  | { readonly kind: 'restOver' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'fact'; readonly fact: PipelineFact }
  | { readonly kind: 'trouble'; readonly trouble: SessionTrouble }
  | { readonly kind: 'saved'; readonly result: SessionResult; readonly kept: Kept }
  | { readonly kind: 'saveFailed' }
  | { readonly kind: 'problemSeen' };

/** What is said, or played as a tone; captions always show it. */
export type Utterance =
  | { readonly what: 'stillDone' | 'thatIsYourBack' | 'raiseArm' | 'checkDone' | 'setStarts' | 'setEnds' }
  | { readonly what: 'count'; readonly count: number }
  | { readonly what: 'notCounted' }
  | { readonly what: 'signalLost' | 'startSought' };

export type FlowEffect =
  | { readonly kind: 'startSession'; readonly plan: FlowPlan }
  | { readonly kind: 'command'; readonly command: PipelineCommand }
  | { readonly kind: 'perform'; readonly action: VirtualAction }
  | { readonly kind: 'say'; readonly utterance: Utterance }
  | { readonly kind: 'finish' }
  | { readonly kind: 'abandon' };

export interface FlowChange {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

export const IDLE_FLOW: FlowState = {
  step: 'idle',
  plan: null,
  sessionId: null,
  sensors: [],
  movingSensors: [],
  stepRuns: false,
  findings: [],
  setIndex: 0,
  setRuns: false,
  repetitions: [],
  testRepetitions: [],
  paused: null,
  cue: null,
  painBefore: null,
  painAfter: null,
  stopReason: null,
  gentle: false,
  stillUnwell: false,
  recordingBroke: false,
  kept: 'whole',
  problem: null,
  result: null,
};
