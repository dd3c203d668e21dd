import { describe, expect, it } from 'vitest';
import {
  allowedVariations,
  EXERCISE_LIBRARY,
  isAllowedFor,
  libraryExercise,
  type KitPlace,
} from '../../../src/core/exercise/exercise-library.ts';
import { EXERCISE_IDS, motionDefinition } from '../../../src/core/exercise/motion-definitions.ts';

const counted = EXERCISE_LIBRARY.filter(({ counting }) => counting.by === 'sensor');

describe('exercise library', () => {
  it('holds 24 exercises, each once', () => {
    expect(EXERCISE_LIBRARY.map(({ id }) => id)).toEqual(
      Array.from({ length: 24 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`),
    );
    expect(new Set(EXERCISE_LIBRARY.map(({ slug }) => slug)).size).toBe(24);
  });

  it('counts by sensor exactly what has a motion definition, under the same name', () => {
    expect(counted.map(({ id }) => id)).toEqual([...EXERCISE_IDS]);
    for (const id of EXERCISE_IDS) expect(motionDefinition(id).slug).toBe(libraryExercise(id).slug);
  });

  it('asks for the sensors that the motion is measured with', () => {
    for (const id of EXERCISE_IDS) {
      const { needed } = libraryExercise(id).kit;
      const places = motionDefinition(id).sensorSets.map(({ roles }): readonly KitPlace[] =>
        roles.map((role) => (role === 'upperArmLeft' || role === 'upperArmRight' ? 'upperArm' : role)),
      );
      for (const set of needed) expect(places).toContainEqual(set);
      // Whatever else measures it wears these as well.
      for (const set of places)
        expect(needed.some((one) => one.every((place) => set.includes(place)))).toBe(true);
    }
  });

  it('has doses that can be done, and variations with one name each', () => {
    for (const { dose, harder, easier, counting } of EXERCISE_LIBRARY) {
      for (const span of [dose.sets, dose.repetitions, dose.minutes, dose.effort])
        if (span !== null) expect(span.least).toBeLessThanOrEqual(span.most);
      expect((dose.repetitions === null) !== (dose.minutes === null)).toBe(true);
      if (counting.by === 'sensor') expect(dose.repetitions).not.toBeNull();
      const codes = [...harder, ...easier].map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      expect(harder.length).toBeGreaterThan(0);
      expect(easier.length).toBeGreaterThan(0);
    }
  });

  it('never leads to an exercise that is excluded for the person', () => {
    for (const profile of ['bone', 'pregnancy', 'dizziness', 'shoulder', 'noFloor'] as const)
      for (const { harder, easier } of EXERCISE_LIBRARY)
        for (const { exercise } of allowedVariations([...harder, ...easier], [profile], 4))
          if (exercise !== undefined) expect(isAllowedFor(libraryExercise(exercise), [profile])).toBe(true);
    const lyingOverRoll = libraryExercise('E05').harder;
    expect(allowedVariations(lyingOverRoll, ['pregnancy'], 4).map(({ code }) => code)).not.toContain(
      'overRoll',
    );
    expect(allowedVariations(lyingOverRoll, [], 4).map(({ code }) => code)).toContain('overRoll');
  });

  it('keeps what needs strength for its phase', () => {
    const { harder } = libraryExercise('E01');
    expect(allowedVariations(harder, [], 2).map(({ code }) => code)).not.toContain('againstBand');
    expect(allowedVariations(harder, [], 3).map(({ code }) => code)).toContain('againstBand');
  });

  it('excludes what the safety profiles exclude', () => {
    const excluded = (profile: Parameters<typeof isAllowedFor>[1][number]): string[] =>
      EXERCISE_LIBRARY.filter((exercise) => !isAllowedFor(exercise, [profile])).map(({ id }) => id);
    // Clinical page, section 4.1.
    expect(excluded('bone')).toEqual(['E02', 'E05', 'E06', 'E07']);
    expect(excluded('pregnancy')).toEqual(['E06', 'E14', 'E15']);
    expect(excluded('dizziness')).toEqual(['E02', 'E03', 'E05', 'E06', 'E07', 'E14', 'E15', 'E19']);
    expect(excluded('shoulder')).toEqual(['E07', 'E10', 'E15']);
    expect(excluded('noFloor')).toEqual(['E02', 'E06', 'E07', 'E19']);
  });
});
