import { libraryExercise, type KitPlace, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { usualHoldS } from '../programme/dose.ts';
import type { DoseVariable } from '../programme/dose.ts';
import type { ClinicExercise, ClinicPlan } from './clinic-plan.ts';
import { modeWith } from './plan-problems.ts';

/** Plans to begin from, after the phases of the clinical page (6.1 and 6.2): every number can be changed. */
export const PLAN_TEMPLATE_IDS = ['calm', 'move', 'restore', 'build'] as const;
export type PlanTemplateId = (typeof PLAN_TEMPLATE_IDS)[number];

interface PlanTemplate {
  readonly phase: ClinicPlan['phase'];
  readonly exerciseIds: readonly LibraryExerciseId[];
  readonly sessionsPerWeek: number;
  readonly minutesPerSession: number;
  readonly targetShare: number;
  readonly painCeiling: number;
  readonly mayChange: readonly DoseVariable[];
}

const TEMPLATES: Readonly<Record<PlanTemplateId, PlanTemplate>> = {
  /** A back that flares up easily: daily, short, one set. */
  calm: {
    phase: 1,
    exerciseIds: ['E22', 'E03', 'E12', 'E23'],
    sessionsPerWeek: 7,
    minutesPerSession: 10,
    targetShare: 0.6,
    painCeiling: 4,
    mayChange: [],
  },
  move: {
    phase: 1,
    exerciseIds: ['E22', 'E01', 'E03', 'E04', 'E05', 'E12'],
    sessionsPerWeek: 5,
    minutesPerSession: 15,
    targetShare: 0.75,
    painCeiling: 5,
    mayChange: ['range', 'repetitions', 'hold'],
  },
  restore: {
    phase: 2,
    exerciseIds: ['E22', 'E02', 'E07', 'E05', 'E11', 'E13', 'E17'],
    sessionsPerWeek: 5,
    minutesPerSession: 20,
    targetShare: 0.85,
    painCeiling: 5,
    mayChange: ['range', 'repetitions', 'hold', 'sets'],
  },
  build: {
    phase: 3,
    exerciseIds: ['E01', 'E13', 'E14', 'E17', 'E16', 'E24', 'E21'],
    sessionsPerWeek: 4,
    minutesPerSession: 25,
    targetShare: 0.85,
    painCeiling: 5,
    mayChange: ['range', 'repetitions', 'hold', 'sets', 'load'],
  },
};

export type PlanBody = Omit<
  ClinicPlan,
  'planId' | 'version' | 'previousDigest' | 'patientId' | 'patientName' | 'author' | 'madeAtUtc' | 'reviewDay'
>;

/** A template with the doses of the library, for sensors at these places. */
export function fromTemplate(id: PlanTemplateId, sensors: ClinicPlan['sensors']): PlanBody {
  const { exerciseIds, targetShare, ...template } = TEMPLATES[id];
  const places = sensors.map(({ place }) => place);
  const exercises = exerciseIds.map((exerciseId) => {
    const exercise = { ...clinicExercise(exerciseId, places), targetShare };
    return id === 'calm' ? { ...exercise, sets: 1, mostSets: 1 } : exercise;
  });
  return { ...template, sensors, exercises, note: '' };
}

/** An exercise with the least dose of the library, and its largest as the limit. */
export function clinicExercise(exerciseId: LibraryExerciseId, places: readonly KitPlace[]): ClinicExercise {
  const exercise = libraryExercise(exerciseId);
  const { dose } = exercise;
  return {
    exerciseId,
    variation: null,
    mode: modeWith(exercise, places),
    sets: dose.sets.least,
    repetitions: dose.repetitions?.least ?? null,
    holdS: usualHoldS(exercise),
    restS: dose.restS,
    minutes: dose.minutes?.least ?? null,
    targetShare: 0.75,
    mostDeg: null,
    mostSets: dose.sets.most,
    mostRepetitions: dose.repetitions?.most ?? null,
  };
}
