import { describe, expect, it } from 'vitest';
import { EXERCISE_LIBRARY } from '../../src/core/exercise/exercise-library.ts';
import { ALL_EXERCISES, goalsOf, searchExercises } from '../../src/ui/exercise-search.ts';

const NAMES: Readonly<Record<string, string>> = {
  E01: 'Rotação sentada',
  E03: 'Open book',
  E04: 'Cat and camel',
};
const find = (search: Partial<typeof ALL_EXERCISES>) =>
  searchExercises(EXERCISE_LIBRARY, { ...ALL_EXERCISES, ...search }, (one) => NAMES[one.id] ?? one.slug).map(
    (one) => one.id,
  );

describe('the exercise library', () => {
  it('is shown whole, in its order, when nothing is asked for', () => {
    expect(find({})).toEqual(EXERCISE_LIBRARY.map((one) => one.id));
  });

  it('is searched by all words, whatever the case and the accents', () => {
    expect(find({ text: 'rotacao SENT' })).toEqual(['E01']);
    expect(find({ text: 'camel book' })).toEqual([]);
    expect(find({ text: '  ' })).toHaveLength(EXERCISE_LIBRARY.length);
  });

  it('shows what can be done off the floor: any one position off it is enough', () => {
    const off = find({ offTheFloor: true });
    expect(off).toContain('E01');
    expect(off).toContain('E22');
    expect(off).not.toContain('E03');
    expect(off).not.toContain('E14');
  });

  it('gives every exercise a goal, and each goal some exercises', () => {
    for (const exercise of EXERCISE_LIBRARY) expect(goalsOf(exercise).length, exercise.id).toBeGreaterThan(0);
    const found = (['loosen', 'strengthen', 'posture', 'breathe'] as const).map((goal) => find({ goal }));
    for (const ids of found) expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(found.flat()).size).toBe(EXERCISE_LIBRARY.length);
  });
});
