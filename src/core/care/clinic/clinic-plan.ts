import type { KitPlace, LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { ClinicianLimits, DoseVariable } from '../programme/dose.ts';
import type { Phase, PlannedExercise } from '../programme/programme-plan.ts';

/** Where one sensor is worn, as the clinic says it to this person. */
export interface ClinicSensor {
  readonly place: KitPlace;
  /** In the clinic's words, for example "between the shoulder blades"; '' where the usual site does. */
  readonly site: string;
  readonly strap: string;
}

/** One exercise as a clinic prescribes it: the dose to begin with, and how far the rules may take it. */
export interface ClinicExercise {
  readonly exerciseId: LibraryExerciseId;
  readonly variation: string | null;
  /** By the clock where its sensors are not there. */
  readonly mode: PlannedExercise['mode'];
  readonly sets: number;
  /** Of one set; null where the dose is minutes. */
  readonly repetitions: number | null;
  readonly holdS: number;
  readonly restS: number;
  readonly minutes: number | null;
  /** Share of the personal maximum, 0.5 to 1. */
  readonly targetShare: number;
  /** The movement is never led further, degrees; null: no ceiling. */
  readonly mostDeg: number | null;
  readonly mostSets: number;
  readonly mostRepetitions: number | null;
}

/**
 * A plan that somebody at a clinic made for one person, before it is signed. Versions of a plan share `planId`; each names
 * the one before it by its digest, so that a missing or exchanged one shows.
 */
export interface ClinicPlan {
  readonly planId: string;
  /** From 1. */
  readonly version: number;
  /** SHA-256 of the canonical text of the version before, hexadecimal; null for the first. */
  readonly previousDigest: string | null;
  readonly patientId: string;
  /** As the clinic typed it. */
  readonly patientName: string;
  readonly author: string;
  readonly madeAtUtc: string;
  /** Day on which somebody looks at it again: days since 1970-01-01. */
  readonly reviewDay: number;
  readonly phase: Exclude<Phase, 0>;
  readonly sensors: readonly ClinicSensor[];
  readonly exercises: readonly ClinicExercise[];
  readonly sessionsPerWeek: number;
  readonly minutesPerSession: number;
  /** Pain during an exercise above which it goes down at once, 0 to 7. */
  readonly painCeiling: number;
  /** What of a dose the rules may raise by themselves; none: they only ever lower it. */
  readonly mayChange: readonly DoseVariable[];
  /** For the person, in the clinic's words. */
  readonly note: string;
}

/** What the plan rules must never cross while this plan holds. */
export function limitsOf(plan: ClinicPlan): ClinicianLimits {
  return {
    painCeiling: plan.painCeiling,
    mayChange: plan.mayChange,
    mayAdvancePhase: false,
    exercises: new Map(
      plan.exercises.map((exercise) => [
        exercise.exerciseId,
        {
          mostSets: exercise.mostSets,
          mostRepetitions: exercise.mostRepetitions,
          mostDeg: exercise.mostDeg,
          // Further only where the range is among what may be changed.
          mostShare: plan.mayChange.includes('range') ? 1 : exercise.targetShare,
          mostHoldS: plan.mayChange.includes('hold') ? null : exercise.holdS,
          mostMinutes: plan.mayChange.includes('repetitions') ? null : exercise.minutes,
        },
      ]),
    ),
  };
}
