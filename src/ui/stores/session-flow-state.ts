/** What a guided session is at one moment, what can happen to it and what must be done then: words of the flow. */
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { ProgrammeSessionBegun } from '../../core/care/programme/programme-event.ts';
import type { CueCode } from '../../core/exercise/cue-rules.ts';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { ExerciseId, Side } from '../../core/exercise/motion-definition.ts';
import type { RepetitionReason, RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { CoachingDecision, CoachingState } from '../../core/exercise/session-controller.ts';
import type { SensorErrorCode } from '../../core/packet/sensor-error.ts';
import type { PainPlace, PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
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
  /** The one sensor for arms moves to the other arm, and is checked again. */
  | 'swapArm'
  | 'position'
  | 'set'
  /** A set that no sensor counts. */
  | 'timed'
  | 'rest'
  | 'unwell'
  | 'painAfter'
  | 'saving'
  | 'done';

/** One exercise of a session, or the test before it. */
export type FlowItem = SensorItem | TimedItem;

/** Counted by sensors. */
export interface SensorItem extends ItemBase {
  readonly exerciseId: ExerciseId;
  readonly mode: 'sensor';
  /** What earlier sessions know of the range, rad; a test of this session goes before it. Missing: nothing. */
  readonly maximumRad?: { readonly positive: number | null; readonly negative: number | null };
  /** Share of the maximum that is asked at first, 0.5 to 1; missing: as when a programme starts. */
  readonly targetShare?: number;
  /** The one sensor for arms must sit on this arm; missing: wherever it is. */
  readonly wornOnArm?: Side;
}

/** Led by the clock, counted by the person alone, or breathed to a pace. */
export interface TimedItem extends ItemBase {
  readonly exerciseId: LibraryExerciseId;
  readonly mode: 'timer' | 'self' | 'breaths';
  /** How long each hold lasts, each move is given, or each breath in. */
  readonly holdS: number;
  /** Between two holds, or each breath out. */
  readonly relaxS: number;
  /** A sensor would have counted it, and was lost. */
  readonly because?: 'signalLost';
}

interface ItemBase {
  readonly test: boolean;
  /** One entry a set, in order; null: both sides, taking turns. */
  readonly setSides: readonly (Side | null)[];
  /** In each set. */
  readonly repetitions: number;
  /** The person has done it before: fewer words, shorter waits. */
  readonly isKnown: boolean;
  /** After each of its sets; 0 goes straight on. */
  readonly restS: number;
  /** Done with the one arm that the person moves: no other side follows. */
  readonly isOneSided?: boolean;
  /** One of its harder or easier ways, by code; missing: as it stands in the library. */
  readonly variation?: string;
}

/** What a session is made of; chosen before it begins. */
export interface FlowPlan {
  /** None: everything goes by the clock. */
  readonly kit: 'virtual' | 'bluetooth' | 'none';
  readonly items: readonly FlowItem[];
  readonly roles: readonly SegmentRole[];
  /** The arm that carries a sensor, null without one. */
  readonly armSide: Side | null;
  readonly stillS: number;
  readonly tallS: number;
  /** A demonstration asks nothing. */
  readonly askPain: boolean;
  /** False for a demonstration: it never enters the person's record. */
  readonly record: boolean;
  /** Usual pain before a session, mean of the last days, 0 to 10; missing or null before one is known. */
  readonly usualPain?: number | null;
  /** Pain settles slowly after exercise: the first that comes up ends the tests of the day. */
  readonly stopsAtFirstPain?: boolean;
  /** Pain above which an exercise ends, by the person's clinic; missing: the usual zones alone. */
  readonly painCeiling?: number;
  /** How the virtual kit differs from the usual one. */
  readonly virtualKit?: VirtualKitOptions;
  /** The day's session of the programme; missing: one of the person's own. */
  readonly programme?: ProgrammeSessionBegun;
}

/** A set by the clock or by the person's own count, as it goes. */
export interface TimedRun {
  /** From 0. */
  readonly repetition: number;
  readonly phase: 'hold' | 'pause' | 'asked' | 'breatheIn' | 'breatheOut';
  /** Of the hold, after the countdown that runs. */
  readonly leftS: number;
  /** Said to have counted: where a sensor watches, the holds that kept the posture. */
  readonly counted: number;
  /** How long a hold lasted that ended before its time, s. */
  readonly endedAfterS?: number;
  /** How long the hold had lasted that a pause broke off, s. */
  readonly heldS?: number;
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

/** Time that runs without a tap being needed at its end; each has its own number. */
export interface Countdown {
  readonly id: number;
  readonly seconds: number;
}

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
  /** What a sensor that was lost before its set would have measured. */
  readonly notMeasured: readonly LibraryExerciseId[];
  /** Position in the plan's items. */
  readonly itemIndex: number;
  /** Position in the item's sets. */
  readonly setIndex: number;
  readonly timed: TimedRun | null;
  /** The set under way goes on by the clock in place of its item: a sensor was lost. */
  readonly clockItem: TimedItem | null;
  /** When the step goes on by itself; null: it waits for the person. */
  readonly countdown: Countdown | null;
  readonly lastCountdownId: number;
  /** The pipeline found the start position and counts from now on. */
  readonly setRuns: boolean;
  readonly repetitions: readonly RepetitionResult[];
  /** Of all tests of this session. */
  readonly testRepetitions: readonly RepetitionResult[];
  readonly paused: PauseCause | null;
  readonly cue: string | null;
  readonly painBefore: number | null;
  /** As last said between two sets. */
  readonly painDuring: number | null;
  readonly painAfter: number | null;
  /** Of the set that was done last: its exercise, how hard it was, and where in the move it hurt. */
  readonly doneItem: FlowItem | null;
  readonly effort: number | null;
  readonly painPlace: PainPlace | null;
  /** Pain was tapped in a test of somebody who stops at the first. */
  readonly firstPain: boolean;
  /** Of the exercise under way; null before its first set, in tests, and where nothing is measured. */
  readonly coaching: CoachingState | null;
  /** How many times as large as known the maximum of this exercise is taken for now. */
  readonly maximumTimes: number;
  /** Longer rest after the present set, s. */
  readonly extraRestS: number;
  readonly stopReason: StopReason | null;
  /** Pain was high before: half as many moves, half as far. */
  readonly gentle: boolean;
  /** The day began worse than usual: why less is asked for. */
  readonly offDay: CoachingDecision | null;
  /** Rest did not help who felt unwell. */
  readonly stillUnwell: boolean;
  /** A fall was suspected: the person is asked, and did not answer in time; null once they did. */
  readonly fall: 'asked' | 'unanswered' | null;
  /** Recording failed on the way: the device does not hold all of this session. */
  readonly recordingBroke: boolean;
  readonly kept: Kept;
  readonly problem: FlowProblem | null;
  readonly result: SessionResult | null;
}

export type FlowEvent =
  | { readonly kind: 'begin'; readonly plan: FlowPlan }
  | { readonly kind: 'painAnswered'; readonly value: number | null }
  /** How hard the set was, 0 to 10, said in the rest after it. */
  | { readonly kind: 'effortAnswered'; readonly value: number }
  | { readonly kind: 'painPlaced'; readonly place: PainPlace }
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
  /** This one is lost for good: the session goes on with the others. */
  | { readonly kind: 'goWithout'; readonly sensorIndex: number }
  | { readonly kind: 'accepted' }
  /** The arm's sensor sits on the other arm now. */
  | { readonly kind: 'armSwapped' }
  /** A long hold is over because the person has had enough; it lasted this long. */
  | { readonly kind: 'enough'; readonly heldS: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'countdownOver'; readonly id: number }
  /** The person wants to go on by their own tap. */
  | { readonly kind: 'noHurry' }
  /** After a set that the person counted: whether they did all of it. */
  | { readonly kind: 'didAll'; readonly all: boolean }
  /** `leftS`: of the countdown that runs; missing where nobody knows. */
  | { readonly kind: 'pause'; readonly leftS?: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly leftS?: number }
  | { readonly kind: 'stillUnwell' }
  /** Somebody is there, after a suspected fall. */
  | { readonly kind: 'fallAnswered' }
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
  /** Where to be and to which side, before anything else; `side` null: both, taking turns. */
  | {
      readonly what: 'position';
      readonly exerciseId: LibraryExerciseId;
      readonly side: Side | null;
      readonly test: boolean;
      /** Fewer words. */
      readonly isKnown: boolean;
      /** From 1. */
      readonly set: number;
      readonly sets: number;
      readonly mode: FlowItem['mode'];
      readonly isOneSided?: boolean;
      readonly variation?: string;
    }
  /** The set cannot begin: where to be, once more. */
  | { readonly what: 'startAwaited'; readonly exerciseId: LibraryExerciseId; readonly side: Side | null }
  | { readonly what: 'swapArm'; readonly side: Side }
  /** `role` null: it is not known on which. */
  | { readonly what: 'strapSlipped'; readonly role: SegmentRole | null }
  | { readonly what: 'rest'; readonly seconds: number }
  /** By the clock: one hold begins, so much of it is left, or the person is asked. */
  | { readonly what: 'hold' | 'secondsLeft'; readonly seconds: number }
  /** Breathing to a pace; spoken at the beginning, later a tone that rises or falls. */
  | { readonly what: 'breatheIn' | 'breatheOut'; readonly isSpoken: boolean }
  | { readonly what: 'minutesLeft'; readonly minutes: number }
  /** Sit still and breathe as it comes, for a measurement. */
  | { readonly what: 'breatheQuietly'; readonly seconds: number }
  | { readonly what: 'longerOut' | 'painNoted' | 'byTheClock' | 'testLeftOut' | 'enoughForToday' }
  /** In a hold that a sensor watches: the posture was left, how to find it, and what that one was worth. */
  | { readonly what: 'holdLeft'; readonly exerciseId: LibraryExerciseId }
  | { readonly what: 'holdNotKept' | 'letGoAndSwap' }
  /** Half of the moves to one side are done. */
  | { readonly what: 'otherHalf' }
  | { readonly what: 'holdEndsHere'; readonly seconds: number }
  | { readonly what: 'letGo' | 'didYouAll' | 'painAsked' | 'enoughOfThis' }
  /** A target that comes nearer: because it hurt, or for another reason; or goes further. A beat begins. */
  | { readonly what: 'lessFar' | 'nearer' | 'further' | 'pacer' }
  /** How it goes, in one sentence. */
  | { readonly what: 'technique'; readonly exerciseId: LibraryExerciseId }
  | { readonly what: 'easierWay'; readonly exerciseId: LibraryExerciseId; readonly code: string }
  | { readonly what: 'count'; readonly count: number }
  | { readonly what: 'holdReached' }
  /** With the reason once it has happened twice in a row. */
  | { readonly what: 'notCounted'; readonly reason: RepetitionReason | null }
  | { readonly what: 'cue'; readonly cue: CueCode; readonly exerciseId: ExerciseId }
  | { readonly what: 'signalLost' | 'startSought' | 'postureLeft' | 'goesOn' | 'sitDown' }
  /** After a suspected fall: the question, and without an answer a call to whoever hears it. */
  | { readonly what: 'areYouAllRight' | 'lookAfter' };

export type FlowEffect =
  | { readonly kind: 'startSession'; readonly plan: FlowPlan }
  | { readonly kind: 'command'; readonly command: PipelineCommand }
  | { readonly kind: 'perform'; readonly action: VirtualAction }
  | { readonly kind: 'say'; readonly utterance: Utterance }
  /** Sends 'countdownOver' when it has run; a newer one takes its place. */
  | { readonly kind: 'countDown'; readonly countdown: Countdown }
  /** The countdown of this number takes so much longer. */
  | { readonly kind: 'prolong'; readonly id: number; readonly seconds: number }
  /** Nothing is expected of this sensor any more. */
  | { readonly kind: 'letGo'; readonly sensorIndex: number }
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
  notMeasured: [],
  itemIndex: 0,
  setIndex: 0,
  timed: null,
  clockItem: null,
  countdown: null,
  lastCountdownId: 0,
  setRuns: false,
  repetitions: [],
  testRepetitions: [],
  paused: null,
  cue: null,
  painBefore: null,
  painDuring: null,
  painAfter: null,
  doneItem: null,
  effort: null,
  painPlace: null,
  firstPain: false,
  coaching: null,
  maximumTimes: 1,
  extraRestS: 0,
  stopReason: null,
  gentle: false,
  offDay: null,
  stillUnwell: false,
  fall: null,
  recordingBroke: false,
  kept: 'whole',
  problem: null,
  result: null,
};

/** Begun and neither left nor saved. */
export function isUnderWay(state: FlowState): boolean {
  return state.step !== 'idle' && state.step !== 'done';
}
