import { libraryExercise, type LibraryExerciseId } from '../../../../src/core/exercise/exercise-library.ts';
import type { PlanDecision } from '../../../../src/core/care/programme/decide-plan.ts';
import type { Morning } from '../../../../src/core/care/programme/pain-layer.ts';
import type { PlannedExercise, ProgrammePlan } from '../../../../src/core/care/programme/programme-plan.ts';
import { RULES_VERSION } from '../../../../src/core/care/programme/programme-thresholds.ts';
import { ABLE, Diary, type Training } from './programme-person.ts';

/** Somebody in a phase, placed there by a clinician's plan so that the rules go on from it. */
export function inPhase(phase: ProgrammePlan['phase'], change: Partial<ProgrammePlan> = {}): Diary {
  const diary = new Diary(ABLE);
  diary.decide();
  const exercises = PHASE_LIST[phase].map((id) => planned(id));
  const plan = { ...diary.plan, phase, exercises, sessionsPerWeek: 4, minutesPerSession: 25, ...change };
  diary.write({ kind: 'planSet', plan, firings: [], rulesVersion: RULES_VERSION, by: 'clinician' });
  return diary;
}
const PHASE_LIST: Readonly<Record<number, readonly LibraryExerciseId[]>> = {
  1: ['E22', 'E01', 'E03', 'E12'],
  2: ['E22', 'E02', 'E05', 'E13', 'E17', 'E24'],
  3: ['E22', 'E02', 'E05', 'E13', 'E17', 'E24', 'E19'],
  4: ['E22', 'E01', 'E05', 'E13', 'E17', 'E24'],
};

export function planned(
  exerciseId: LibraryExerciseId,
  change: Partial<PlannedExercise> = {},
): PlannedExercise {
  const { dose } = libraryExercise(exerciseId);
  return {
    exerciseId,
    variation: null,
    sets: 2,
    repetitions: dose.repetitions?.least ?? null,
    holdS: exerciseId === 'E12' ? 8 : 1,
    restS: 30,
    minutes: dose.minutes?.least ?? null,
    targetShare: 0.8,
    capDeg: null,
    extraSide: null,
    halfRange: false,
    loadStep: 0,
    mode: 'sensor',
    reason: 'MOVE',
    ...change,
  };
}

/** A session of one exercise, the morning after it, and what the rules make of it. */
export function next(
  diary: Diary,
  id: LibraryExerciseId,
  training: Training,
  morning: Morning | null,
): PlanDecision | null {
  const exercise = find(diary, id);
  diary.train([exercise], training);
  diary.day++;
  if (morning !== null) diary.morning(morning);
  const decision = diary.decide();
  diary.day++;
  return decision;
}

export function find(diary: Diary, id: LibraryExerciseId): PlannedExercise {
  const found = diary.plan.exercises.find(({ exerciseId }) => exerciseId === id);
  if (found === undefined) throw new Error(`${id} is not in the plan`);
  return found;
}

export const rules = (decision: PlanDecision | null): readonly string[] =>
  decision?.firings.map(({ ruleId }) => ruleId) ?? [];
export const GOOD: Training = { pain: 3, during: 3, quality: 90, effort: 5 };
