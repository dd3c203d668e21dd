import type { ExerciseId } from './motion-definition.ts';
import { MOBILITY_EXERCISES } from './library-mobility.ts';
import { POSTURE_AND_BREATHING_EXERCISES } from './library-posture-and-breathing.ts';
import { STRENGTH_EXERCISES } from './library-strength.ts';

/**
 * The exercises that a person can be given: what each is for, needs, and asks. Codes and numbers only; the words are
 * in `ui/text/exercise-library-text.ts`, the movements of those that sensors count in `motion-definitions.ts`.
 * Source: clinical page, section 5.5.
 */

/** Exercises that no sensor can count: holds, breathing, and moves too small to see. */
export type TimedExerciseId = 'E06' | 'E12' | 'E16' | 'E18' | 'E19' | 'E20' | 'E21' | 'E22' | 'E23';
export type LibraryExerciseId = ExerciseId | TimedExerciseId;

export type ExerciseCategory =
  | 'mobility'
  | 'control'
  | 'strength'
  | 'endurance'
  | 'posture'
  | 'breathing'
  | 'function'
  | 'sleep'
  /** Also a range or endurance test. */
  | 'test';

export type BodyPosition =
  | 'standing'
  | 'facingWall'
  | 'backToWall'
  | 'sitting'
  | 'heelSit'
  | 'handsAndKnees'
  | 'sideLying'
  | 'supine'
  | 'prone';

export type Equipment =
  | 'chair'
  | 'firmChair'
  | 'chairWithBack'
  | 'chairOrBed'
  | 'mat'
  | 'matOrBed'
  | 'matOrTable'
  | 'cushion'
  | 'pillow'
  | 'towel'
  | 'towelRoll'
  | 'smallTowel'
  | 'wall'
  | 'band'
  | 'lightBand'
  | 'bandLater'
  | 'bandAnchor'
  | 'weightLater'
  | 'load';

/** Who must leave an exercise out or do it otherwise; set by the safety questions. */
export type HealthProfile = 'bone' | 'pregnancy' | 'dizziness' | 'shoulder' | 'noFloor';

/** Places of the body that sensors can be worn at for an exercise; either arm does where `upperArm` is meant. */
export type KitPlace = 'upperBack' | 'lowerBack' | 'pelvis' | 'upperArm' | 'chest';

export interface ExerciseKit {
  /** Any one of these sets lets the sensors take part; none listed: it is done by time alone. */
  readonly needed: readonly (readonly KitPlace[])[];
  /** Worn as well, they let the app see more of it. */
  readonly helpful: readonly KitPlace[];
  /** To be taken off before: the person lies on it. */
  readonly takeOff: readonly KitPlace[];
}

/** From the smallest to the largest that is usual; both ends are allowed. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What must stay as it was at the start of a hold for its time to count. */
export type PostureWindow = {
  /** Share of the hold that must lie inside, 0 to 1. */
  readonly leastShare: number;
  /** Shorter times outside are forgiven. */
  readonly forgivenS: number;
} & (
  | {
      /** The upper back against the person's own neutral; null: that direction is not looked at. */
      readonly signal: 'lean';
      readonly flexionDeg: number;
      readonly sideBendDeg: number | null;
    }
  | {
      /** The trunk's turn about its own length, on hands and knees. */
      readonly signal: 'roll';
      readonly rollDeg: number;
    }
);

/** How repetitions come to be known. */
export type Counting =
  /** By its motion definition, from sensors. */
  | { readonly by: 'sensor' }
  /** Holds by the clock; where the upper back is worn only time inside the window counts. */
  | {
      readonly by: 'holds';
      readonly holdS: number;
      readonly relaxS: Span;
      readonly window: PostureWindow | null;
    }
  /** One long hold; ends when outside the window for this long. */
  | { readonly by: 'steady'; readonly window: PostureWindow; readonly endsOutsideS: number }
  /** Breaths to a pace; faster than this after the given minute is said. */
  | {
      readonly by: 'breaths';
      readonly inS: Span;
      readonly outS: Span;
      readonly fastestPerMin: number;
      readonly fromMinute: number;
    }
  /** The app sets the pace and asks afterwards whether all were done: nothing is detected. */
  | {
      readonly by: 'confirm';
      readonly outS: Span;
      readonly holdS: number;
      readonly backS: Span;
      /** Half of a set with one arm, half with the other; missing: both at once. */
      readonly isArmByArm?: true;
    };

export interface ExerciseDose {
  readonly sets: Span;
  /** Of one set, and of each side where `perSide`; null: by minutes. */
  readonly repetitions: Span | null;
  readonly perSide: boolean;
  readonly restS: number;
  readonly minutes: Span | null;
  /** Asked-for effort, 0 to 10; null where none is asked for. */
  readonly effort: Span | null;
}

/** One way to do an exercise harder or easier; its words go by the code. */
export interface ExerciseVariation {
  readonly code: string;
  /** Another exercise takes its place. */
  readonly exercise?: LibraryExerciseId;
  /** Not before this phase of the programme. */
  readonly fromPhase?: number;
}

/** Things that no sensor sees and that are only said. */
export type ReminderCode = 'stayOverHands' | 'supportHead' | 'longNeck' | 'bladesOnMat';

export interface LibraryExercise {
  readonly id: LibraryExerciseId;
  readonly slug: string;
  readonly categories: readonly ExerciseCategory[];
  readonly positions: readonly BodyPosition[];
  readonly equipment: readonly Equipment[];
  readonly kit: ExerciseKit;
  readonly counting: Counting;
  /** Where in the move it hurt: tapped on the arm sensor, or asked after the set where no hand is free. */
  readonly painMark: 'tap' | 'ask';
  /** A: trials for this kind of training; B: by analogy; C: reasoning and consensus. */
  readonly evidence: 'A' | 'B' | 'C';
  readonly dose: ExerciseDose;
  /** In the order they are offered. */
  readonly harder: readonly ExerciseVariation[];
  readonly easier: readonly ExerciseVariation[];
  readonly excludedFor: readonly HealthProfile[];
  readonly changedFor: readonly HealthProfile[];
  readonly reminders: readonly ReminderCode[];
}

/** All exercises, by number. */
export const EXERCISE_LIBRARY: readonly LibraryExercise[] = [
  ...MOBILITY_EXERCISES,
  ...STRENGTH_EXERCISES,
  ...POSTURE_AND_BREATHING_EXERCISES,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const BY_ID = new Map(EXERCISE_LIBRARY.map((exercise) => [exercise.id, exercise]));

/** @throws RangeError for an id that the library does not have */
export function libraryExercise(id: LibraryExerciseId): LibraryExercise {
  const exercise = BY_ID.get(id);
  if (exercise === undefined) throw new RangeError(`${id} is not in the exercise library`);
  return exercise;
}

/** What the person counts with one arm after the other: half of a set each. */
export function changesArms({ counting }: LibraryExercise): boolean {
  return counting.by === 'confirm' && counting.isArmByArm === true;
}

/** Whether the sensor on the upper back can judge its holds or read its breaths, though it counts nothing. */
export function isWatchable({ counting, kit }: LibraryExercise): boolean {
  const isSeen =
    counting.by === 'breaths' ||
    counting.by === 'steady' ||
    (counting.by === 'holds' && counting.window !== null);
  return isSeen && !kit.takeOff.includes('upperBack');
}

/** Whether a person with these profiles may be given it at all. */
export function isAllowedFor(exercise: LibraryExercise, profiles: readonly HealthProfile[]): boolean {
  return !exercise.excludedFor.some((profile) => profiles.includes(profile));
}

/** The ways to make it easier or harder that a person with these profiles may be offered in this phase. */
export function allowedVariations(
  variations: readonly ExerciseVariation[],
  profiles: readonly HealthProfile[],
  phase: number,
): readonly ExerciseVariation[] {
  return variations.filter(
    ({ exercise, fromPhase }) =>
      (fromPhase === undefined || phase >= fromPhase) &&
      (exercise === undefined || isAllowedFor(libraryExercise(exercise), profiles)),
  );
}
