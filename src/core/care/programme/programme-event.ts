import type { Side } from '../../exercise/motion-definition.ts';
import type { LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { PlannedExercise, ProgrammePlan, RuleFiring } from './programme-plan.ts';

/** How one exercise of a session went. */
export interface ExerciseReport {
  readonly exerciseId: LibraryExerciseId;
  readonly variation: string | null;
  /** Highest pain during it, 0 to 10; null: not asked or not answered. */
  readonly painDuring: number | null;
  /** At most, where nobody said how many. */
  readonly repetitionsDone: number;
  readonly repetitionsPlanned: number;
  /** In holds or breaths that the clock led alone; missing elsewhere, and in entries of versions that did not write it. */
  readonly secondsDone?: number;
  readonly secondsPlanned?: number;
  /** Mean of the counted repetitions, 0 to 100; null where no sensor looked. */
  readonly quality: number | null;
  /** 0 to 10; null: not asked. */
  readonly effort: number | null;
  /** Nobody but the person saw it. */
  readonly selfReported: boolean;
  /** Of a set that the person alone could count, nobody said how much was done. */
  readonly notAnswered?: true;
}

/** One result of a range test. */
export interface RangeReport {
  /** As in the result: quantity and reference, for example `locked.rotation`. */
  readonly metric: string;
  readonly side: Side | null;
  readonly valueDeg: number;
  /** 95 %. */
  readonly intervalDeg: readonly [number, number];
  /** Values of different kits are never joined. */
  readonly layout: string;
}

export type SessionKind = 'plan' | 'flare' | 'tests' | 'short';

/** What of the programme a session that begins is: known again where it is cut off before its end. */
export interface ProgrammeSessionBegun {
  readonly session: SessionKind;
  readonly planned: readonly PlannedExercise[];
}

export type ProgrammeEvent =
  | {
      readonly kind: 'planSet';
      readonly plan: ProgrammePlan;
      readonly firings: readonly RuleFiring[];
      readonly rulesVersion: string;
      readonly by: 'auto' | 'clinician';
    }
  | {
      readonly kind: 'sessionDone';
      /** Null where nothing was recorded. */
      readonly sessionId: string | null;
      readonly session: SessionKind;
      readonly painBefore: number | null;
      readonly painAfter: number | null;
      /** 1 to 5; null: not asked. */
      readonly ease: number | null;
      readonly exercises: readonly ExerciseReport[];
      readonly ranges: readonly RangeReport[];
      /** From the first exercise's start to the last one's end. */
      readonly durationS: number;
      readonly donningS: number | null;
      /** Longest time upright of the endurance test; missing: not tested. */
      readonly uprightHoldS?: number;
      /** By the virtual kit. */
      readonly simulated?: true;
    }
  /** "Bad day". */
  | {
      readonly kind: 'flareSaid';
      readonly triggers: readonly ('sleep' | 'stress' | 'load' | 'sitting' | 'unknown')[];
    };
