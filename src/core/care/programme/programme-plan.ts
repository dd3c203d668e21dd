import type { Side } from '../../exercise/motion-definition.ts';
import type { LibraryExerciseId } from '../../exercise/exercise-library.ts';

export type Phase = 0 | 1 | 2 | 3 | 4;

/** One exercise as it is prescribed now. */
export interface PlannedExercise {
  readonly exerciseId: LibraryExerciseId;
  /** One of the exercise's harder or easier ways; null: as it stands in the library. */
  readonly variation: string | null;
  readonly sets: number;
  /** Of one set, and of each side where both are exercised; null where the dose is minutes. */
  readonly repetitions: number | null;
  readonly holdS: number;
  readonly restS: number;
  readonly minutes: number | null;
  /** Share of the personal maximum, 0.5 to 1.05. */
  readonly targetShare: number;
  /** The target never goes above it; null: no cap. */
  readonly capDeg: number | null;
  /** A side that gets one set more; null: both alike. */
  readonly extraSide: Side | null;
  /** Half the range, by a profile. */
  readonly halfRange: boolean;
  /** Load steps taken from the lightest. */
  readonly loadStep: number;
  /** How its repetitions become known with this person's kit. */
  readonly mode: 'sensor' | 'timer' | 'self';
  /** Rule that put it here: its sentence is the "why this exercise". */
  readonly reason: string;
}

export interface ProgrammePlan {
  readonly phase: Phase;
  readonly irritability: 'high' | 'moderate' | 'low';
  readonly fitness: 'F1' | 'F2' | 'F3';
  readonly exercises: readonly PlannedExercise[];
  readonly sessionsPerWeek: number;
  readonly minutesPerSession: number;
  readonly state: 'running' | 'flare' | 'returning' | 'minimum' | 'maintenance' | 'discharged';
  /** Part of each dose that is done now, above 0 to 1: less after a flare and after a long gap. Missing: all of it. */
  readonly volumeShare?: number;
}

/** Part of each dose that is done now. */
export function volumeShareOf({ volumeShare = 1 }: ProgrammePlan): number {
  return volumeShare;
}

/** The programme itself is behind the person: what keeps them well goes on, for as long as they like. */
export function isOver({ state }: Pick<ProgrammePlan, 'state'>): boolean {
  return state === 'maintenance' || state === 'discharged';
}

/** One rule that fired: for the log, the person and a clinician. */
export interface RuleFiring {
  readonly ruleId: string;
  readonly exerciseId: LibraryExerciseId | null;
  readonly inputs: Readonly<Record<string, number | string>>;
  readonly before: string;
  readonly after: string;
}
