/** Which exercises of the library a person is looking for. Pure. */
import type { BodyPosition, LibraryExercise } from '../core/exercise/exercise-library.ts';

export const EXERCISE_GOALS = ['loosen', 'strengthen', 'posture', 'breathe'] as const;
export type ExerciseGoal = (typeof EXERCISE_GOALS)[number];

export interface ExerciseSearch {
  readonly text: string;
  /** Null: whatever the goal. */
  readonly goal: ExerciseGoal | null;
  /** Only what needs no getting down to the floor. */
  readonly offTheFloor: boolean;
}

export const ALL_EXERCISES: ExerciseSearch = { text: '', goal: null, offTheFloor: false };

const FLOOR: readonly BodyPosition[] = ['heelSit', 'handsAndKnees', 'sideLying', 'supine', 'prone'];

const GOAL_OF: Readonly<Record<LibraryExercise['categories'][number], ExerciseGoal | null>> = {
  mobility: 'loosen',
  control: 'strengthen',
  strength: 'strengthen',
  endurance: 'strengthen',
  function: 'strengthen',
  posture: 'posture',
  breathing: 'breathe',
  sleep: 'breathe',
  test: null,
};

/** What an exercise is for, each goal once. */
export function goalsOf(exercise: LibraryExercise): readonly ExerciseGoal[] {
  return [
    ...new Set(
      exercise.categories.flatMap((category) => {
        const goal = GOAL_OF[category];
        return goal === null ? [] : [goal];
      }),
    ),
  ];
}

/**
 * @param wordsOf what is written about an exercise in the person's language
 * @returns in the library's order
 */
export function searchExercises(
  library: readonly LibraryExercise[],
  search: ExerciseSearch,
  wordsOf: (exercise: LibraryExercise) => string,
): readonly LibraryExercise[] {
  const wanted = plain(search.text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return library.filter((exercise) => {
    if (search.goal !== null && !goalsOf(exercise).includes(search.goal)) return false;
    if (search.offTheFloor && exercise.positions.every((position) => FLOOR.includes(position))) return false;
    const text = plain(wordsOf(exercise));
    return wanted.every((word) => text.includes(word));
  });
}

/** Without case and accents: "posicao" finds "posição". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
