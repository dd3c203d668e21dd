import { describe, expect, it } from 'vitest';
import { EXERCISE_LIBRARY } from '../../src/core/exercise/exercise-library.ts';
import { EXERCISE_IDS } from '../../src/core/exercise/motion-definitions.ts';
import { exerciseWords } from '../../src/ui/text/exercise-text.ts';
import { libraryWords } from '../../src/ui/text/exercise-library-text.ts';

describe('words of the exercise library', () => {
  it.each(EXERCISE_LIBRARY)('$id has words for every code, and for no other', (exercise) => {
    const words = libraryWords(exercise.id);
    expect(words.steps.length).toBeGreaterThanOrEqual(3);
    expect(Object.keys(words.harder)).toEqual(exercise.harder.map(({ code }) => code));
    expect(Object.keys(words.easier)).toEqual(exercise.easier.map(({ code }) => code));
    expect(Object.keys(words.changes).sort()).toEqual([...exercise.changedFor].sort());
  });

  it('calls an exercise the same on every page', () => {
    for (const id of EXERCISE_IDS) {
      expect(exerciseWords(id).title.id).toBe(libraryWords(id).title.id);
      expect(exerciseWords(id).why.id).toBe(libraryWords(id).why.id);
    }
  });
});
