import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { EXERCISE_LIBRARY, type LibraryExerciseId } from '../../src/core/exercise/exercise-library.ts';
import { motionDefinition } from '../../src/core/exercise/motion-definitions.ts';
import type { Side } from '../../src/core/exercise/motion-definition.ts';
import { planSession, planTests, TESTS } from '../../src/ui/start-session.ts';
import type { FlowItem, Utterance } from '../../src/ui/stores/session-flow-state.ts';
import { libraryWords } from '../../src/ui/text/exercise-library-text.ts';
import { utteranceText } from '../../src/ui/text/speech-text.ts';

const ENGLISH = setupI18n({ locale: 'en', messages: { en: {} } });
const ALL = EXERCISE_LIBRARY.map(({ id }) => id);
const ROLES = ['upperBack', 'lowerBack', 'upperArmRight'] as const;

type Position = Extract<Utterance, { what: 'position' }>;
const positionOf = (item: FlowItem, more: Partial<Position> = {}): string => {
  const { exerciseId, test, mode, isKnown, setSides } = item;
  const [side = null] = setSides;
  return utteranceText(ENGLISH, {
    what: 'position',
    exerciseId,
    side,
    test,
    mode,
    isKnown,
    set: 1,
    sets: setSides.length,
    ...more,
  });
};
const itemOf = (id: LibraryExerciseId, kit: 'bluetooth' | 'none' = 'bluetooth'): FlowItem => {
  const { items } = planSession({ kit, exerciseIds: [id], roles: ROLES, demonstration: false });
  const item = items.at(-1);
  if (item === undefined) throw new Error(id);
  return item;
};
const english = (id: LibraryExerciseId, index: number) =>
  ENGLISH._(libraryWords(id).steps[index] ?? libraryWords(id).start);

describe('who only hears', () => {
  it.each(ALL)('is told the first time where to be in %s, and how it goes', (id) => {
    const words = positionOf(itemOf(id));
    const start = ENGLISH._(libraryWords(id).start);
    expect(words).toContain(start);
    const knows = positionOf(itemOf(id), { isKnown: true });
    // More than start, title and side: how it moves.
    expect(words.length - knows.length).toBeGreaterThan(start.length + 10);
  });

  it('hears the moves themselves where a cue would not tell them', () => {
    expect(positionOf(itemOf('E07'))).toContain(english('E07', 0));
    expect(positionOf(itemOf('E19'))).toContain(english('E19', 0));
    expect(positionOf(itemOf('E20'))).toContain(english('E20', 0));
    expect(positionOf(itemOf('E24'))).not.toContain('Forward and back');
  });

  it('lies on the side from which the named arm can open', () => {
    const heard = (side: Side) => positionOf(itemOf('E03'), { side });
    for (const side of ['left', 'right'] as const) {
      const lying = motionDefinition('E03').postureOfSide?.[side] === 'sideLyingLeft' ? 'left' : 'right';
      expect(heard(side)).toContain(`Lie on your ${lying} side. Your ${side} arm opens.`);
      // Again in each set: the sides may change.
      expect(positionOf(itemOf('E03'), { side, set: 2, sets: 2 })).toContain(`Lie on your ${lying} side.`);
    }
  });

  it('knows which hand moves, and is not sent to one side where both arms move', () => {
    expect(positionOf(itemOf('E07'), { side: 'left' })).toContain('Your left hand moves.');
    expect(positionOf(itemOf('E11'), { side: 'left' })).toContain('Your left arm.');
    for (const id of ['E09', 'E10', 'E13', 'E14', 'E15'] as const) {
      expect(positionOf(itemOf(id), { side: 'left' })).toContain('I count your left arm.');
      expect(positionOf(itemOf(id, 'none'))).not.toMatch(/sides|turn\.|half/i);
    }
  });

  it('does half to one side, then half to the other, by the clock; with one arm there is no other', () => {
    for (const id of ['E03', 'E07', 'E11'] as const)
      expect(positionOf(itemOf(id, 'none'))).toContain('Half of them to one side');
    expect(positionOf(itemOf('E18', 'none'))).toContain('Half of them with one arm');
    for (const id of ['E11', 'E18'] as const)
      expect(positionOf(itemOf(id, 'none'), { isOneSided: true })).not.toMatch(/sides|half/i);
  });

  it('keeps the start where a way of doing it only changes the move', () => {
    const start = ENGLISH._(libraryWords('E01').start);
    const half = positionOf(itemOf('E01'), { variation: 'halfTurn' });
    expect(half).toContain(start);
    expect(half).toContain('Turn only half as far.');
    expect(positionOf(itemOf('E01'), { variation: 'lyingSweep' })).not.toContain(start);
  });

  it('keeps the sensor on in the test of quiet breathing, and is given no pace', () => {
    const { items } = planTests({ kit: 'bluetooth', exerciseIds: TESTS, roles: ROLES });
    const test = items.find(({ exerciseId }) => exerciseId === 'E23');
    expect(test).toBeDefined();
    const words = positionOf(test!);
    expect(words).toContain('Quiet breathing');
    expect(words).not.toMatch(/take the .*sensor off|six breaths|slow/i);
  });

  it('has heard it all before the wait for the start is over', () => {
    for (const id of ALL)
      for (const kit of ['bluetooth', 'none'] as const) {
        const words = positionOf(itemOf(id, kit), { test: hasTest(id) && kit === 'bluetooth' });
        // A calm voice has fifteen letters a second.
        expect(words.length / 15, words).toBeLessThan(28);
      }
  });
});

const hasTest = (id: LibraryExerciseId) => TESTS.includes(id);
