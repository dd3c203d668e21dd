import { describe, expect, it } from 'vitest';
import {
  EXERCISE_IDS,
  isArmMovement,
  motionDefinition,
  setDirections,
} from '../../src/core/exercise/motion-definitions.ts';
import { directionMeant } from '../../src/ui/stores/current-item.ts';
import { demonstrationRad } from '../../src/ui/demonstration.ts';

/** Signs that the demonstration goes to within two minutes. */
function signsOf(id: (typeof EXERCISE_IDS)[number], side: 'left' | 'right' | null): number[] {
  const signs = new Set<number>();
  for (let timeS = 0; timeS < 120; timeS += 0.25)
    signs.add(Math.sign(demonstrationRad(motionDefinition(id), timeS, side)));
  return [...signs].filter((sign) => sign !== 0).sort((a, b) => a - b);
}

describe('the demonstration of an exercise', () => {
  it.each(EXERCISE_IDS)('goes all the ways of %s, and in a set to one side no other', (id) => {
    for (const side of ['left', 'right', null] as const) {
      const meant = setDirections(motionDefinition(id), side).map(({ sign }) => sign as number);
      expect(signsOf(id, side)).toEqual([...new Set(meant)].sort((a, b) => a - b));
    }
  });

  it('never rolls who opens the book onto their face', () => {
    expect(signsOf('E03', 'left')).toEqual([1]);
    expect(signsOf('E03', 'right')).toEqual([-1]);
  });
});

describe('where the next move goes', () => {
  it.each(EXERCISE_IDS)('is to the side of the set in %s', (id) => {
    for (const side of ['left', 'right'] as const) {
      const directions = setDirections(motionDefinition(id), side);
      for (const { sign } of directions) expect(directions).toContain(directionMeant(directions, sign));
      if (isArmMovement(motionDefinition(id))) expect(directionMeant(directions, 1)?.side).toBe(side);
    }
  });

  it('is told without a sign only where there is one way', () => {
    expect(directionMeant(setDirections(motionDefinition('E01'), null), 0)).toBeUndefined();
    expect(directionMeant(setDirections(motionDefinition('E24'), null), 0)?.side).toBe('forward');
  });
});
