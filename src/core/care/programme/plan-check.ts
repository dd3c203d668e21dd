import { EXERCISE_LIBRARY, type LibraryExercise } from '../../exercise/exercise-library.ts';
import { type PlannedExercise, type ProgrammePlan, volumeShareOf } from './programme-plan.ts';
import { DOSE_CAPS as CAPS } from './programme-thresholds.ts';

/** Why a plan on record cannot be one. */
export type PlanProblem =
  | 'notAPlan'
  | 'unknownExercise'
  | 'sameExerciseTwice'
  | 'unknownVariation'
  | 'doseOutOfRange'
  | 'scheduleOutOfRange'
  | 'phaseJump'
  | 'doseJump';

const BY_ID = new Map<string, LibraryExercise>(EXERCISE_LIBRARY.map((exercise) => [exercise.id, exercise]));
const STATES: readonly string[] = [
  'running',
  'flare',
  'returning',
  'minimum',
  'maintenance',
  'discharged',
] satisfies ProgrammePlan['state'][];
const shapes = new WeakMap<object, { readonly problem: PlanProblem | null }>();

/**
 * Whether a plan could have come about: a file can be edited by hand. A clinician may jump; the rules move one phase and
 * one load at a time.
 *
 * @returns null where nothing is wrong
 */
export function planProblem(
  plan: ProgrammePlan,
  before: ProgrammePlan | null,
  by: 'auto' | 'clinician',
): PlanProblem | null {
  let shape = shapes.get(plan);
  if (shape === undefined) {
    shape = { problem: shapeProblem(plan) };
    shapes.set(plan, shape);
  }
  if (shape.problem !== null || by === 'clinician') return shape.problem;
  const from = before?.phase ?? 0;
  const isEntryToRestore = from === 0 && plan.phase === 2 && plan.irritability === 'low' && before !== null;
  if (plan.phase > from + 1 && !isEntryToRestore) return 'phaseJump';
  if (before === null) return plan.phase === 0 ? null : 'phaseJump';
  const jumped = plan.exercises.some((exercise) => {
    const was = before.exercises.find(({ exerciseId }) => exerciseId === exercise.exerciseId);
    return exercise.loadStep > (was?.loadStep ?? 0) + 1;
  });
  return jumped ? 'doseJump' : null;
}

function shapeProblem(plan: ProgrammePlan): PlanProblem | null {
  const { phase, exercises, sessionsPerWeek, minutesPerSession, state } = plan;
  if (![0, 1, 2, 3, 4].includes(phase) || !STATES.includes(state) || !Array.isArray(exercises))
    return 'notAPlan';
  if (
    !isWithin(sessionsPerWeek, 1, 14) ||
    !isWithin(minutesPerSession, 1, 60) ||
    !isWithin(volumeShareOf(plan), 0.1, 1)
  )
    return 'scheduleOutOfRange';
  if (exercises.length > CAPS.planExercises) return 'scheduleOutOfRange';
  if (new Set(exercises.map(({ exerciseId }) => exerciseId)).size !== exercises.length)
    return 'sameExerciseTwice';
  for (const exercise of exercises) {
    const problem = exerciseProblem(exercise);
    if (problem !== null) return problem;
  }
  return null;
}

function exerciseProblem(planned: PlannedExercise): PlanProblem | null {
  const exercise = BY_ID.get(planned.exerciseId);
  if (exercise === undefined) return 'unknownExercise';
  const { variation } = planned;
  if (variation !== null && ![...exercise.harder, ...exercise.easier].some(({ code }) => code === variation))
    return 'unknownVariation';
  const isFine =
    isWithin(planned.sets, 1, CAPS.planSets) &&
    (planned.repetitions === null || isWithin(planned.repetitions, 1, CAPS.planRepetitions)) &&
    isWithin(planned.holdS, 0, CAPS.planHoldS) &&
    isWithin(planned.restS, 0, CAPS.planRestS) &&
    (planned.minutes === null || isWithin(planned.minutes, 0.5, CAPS.planMinutes)) &&
    (planned.repetitions !== null || planned.minutes !== null) &&
    isWithin(planned.targetShare, CAPS.leastShare, CAPS.planShare) &&
    (planned.capDeg === null || isWithin(planned.capDeg, 1, 180)) &&
    isWithin(planned.loadStep, 0, CAPS.loadSteps);
  return isFine ? null : 'doseOutOfRange';
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
