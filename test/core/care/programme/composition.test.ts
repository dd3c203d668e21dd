import { describe, expect, it } from 'vitest';
import { EXERCISE_LIBRARY, libraryExercise } from '../../../../src/core/exercise/exercise-library.ts';
import { compose, isStrength, LEAST_EXERCISES } from '../../../../src/core/care/programme/composition.ts';
import { cleanIntake } from '../../../../src/core/care/programme/clean-intake.ts';
import { fitOf, personOf } from '../../../../src/core/care/programme/exercise-fit.ts';
import type { Phase } from '../../../../src/core/care/programme/programme-plan.ts';
import { ABLE, Diary } from './programme-person.ts';
import { drawPerson } from './simulated-course.ts';

const PHASES: readonly Phase[] = [0, 1, 2, 3, 4];
/** To the end of the range, kneeling: not before the second phase. */
const LATER: readonly string[] = ['E02', 'E07'];
const NO_PICKS = { turnSide: null, extend: false, reach: false, hold: false, bone: false, carefully: false };

describe('composition of a plan', () => {
  it('gives each of 5,000 drawn people three allowed exercises in every phase, or says whom to see', () => {
    let stuck = 0;
    for (let seed = 1; seed <= 5000; seed++) {
      const { intake, profiles } = drawPerson(seed);
      const clean = cleanIntake([intake]);
      const person = personOf(clean, profiles);
      for (const phase of PHASES)
        for (const state of phase === 4 ? (['running', 'maintenance'] as const) : (['running'] as const))
          for (const irritability of ['high', 'low'] as const) {
            const list = compose({
              person,
              phase,
              state,
              irritability,
              goals: clean.goals ?? [],
              picks: {
                turnSide: 'left',
                extend: true,
                reach: true,
                hold: true,
                bone: profiles.includes('bone'),
                carefully: true,
              },
              rangeReached: seed % 2 === 0,
            });
            for (const { exerciseId } of list) {
              const { excludedFor } = libraryExercise(exerciseId);
              expect(excludedFor.filter((profile) => profiles.includes(profile))).toEqual([]);
              expect(fitOf(libraryExercise(exerciseId), person)).not.toBeNull();
            }
            if (list.length >= LEAST_EXERCISES) continue;
            // Nothing else in the library would have suited.
            const others = EXERCISE_LIBRARY.filter(
              (one) =>
                (phase >= 2 || !(isStrength(one.id) || LATER.includes(one.id))) &&
                fitOf(one, person) !== null,
            );
            expect(others, `person ${seed}, phase ${phase}`).toHaveLength(list.length);
            const diary = new Diary(intake, { profiles, locked: false });
            diary.decide();
            diary.train([]);
            diary.day++;
            if (phase === 0) expect(diary.today(), `person ${seed}`).toMatchObject({ step: 'seeSomebody' });
            stuck++;
          }
    }
    expect(stuck).toBeGreaterThan(0);
  });

  it.each([
    ['no floor', { profiles: ['noFloor'] }, {}],
    ['one arm', {}, { arms: 'left' }],
    ['no arm', {}, { arms: 'neither' }],
    ['bones that break easily', { profiles: ['bone'] }, {}],
    ['pregnant', { profiles: ['pregnancy'] }, {}],
    ['dizzy', { profiles: ['dizziness'] }, {}],
    ['a loose shoulder', { profiles: ['shoulder'] }, {}],
    ['all at once', { profiles: ['bone', 'pregnancy', 'dizziness', 'shoulder', 'noFloor'] }, {}],
    ['one sensor', {}, { sensorPlaces: ['upperBack'] }],
    ['no sensor', {}, { sensorPlaces: [] }],
    ['no equipment but a chair', {}, { equipment: ['chair'] }],
  ] as const)(
    'keeps a full session for somebody with %s',
    (_, { profiles = [] }: { profiles?: readonly never[] | readonly string[] }, change) => {
      const intake = { ...ABLE, ...change };
      const person = personOf(intake, profiles as never);
      for (const phase of PHASES) {
        const list = compose({
          person,
          phase,
          state: 'running',
          irritability: 'moderate',
          goals: intake.goals,
          picks: NO_PICKS,
          rangeReached: false,
        });
        expect(list.length, `phase ${phase}`).toBeGreaterThanOrEqual(phase === 0 ? 3 : 5);
      }
    },
  );

  it('changes what the profiles ask to be changed', () => {
    const bone = personOf(ABLE, ['bone']);
    expect(fitOf(libraryExercise('E01'), bone)).toMatchObject({ halfRange: true, isHeldBack: true });
    expect(fitOf(libraryExercise('E24'), bone)).toMatchObject({ variation: 'noLoad' });
    expect(fitOf(libraryExercise('E04'), personOf(ABLE, ['noFloor']))).toMatchObject({
      variation: 'sitting',
      isHeldBack: false,
    });
    expect(fitOf(libraryExercise('E02'), personOf(ABLE, ['pregnancy', 'shoulder']))).toBeNull();
    expect(fitOf(libraryExercise('E09'), personOf({ ...ABLE, arms: 'left' }, []))).toMatchObject({
      variation: 'oneArm',
    });
  });

  it('counts by sensors only what the worn ones see', () => {
    const mode = (places: typeof ABLE.sensorPlaces, id: 'E01' | 'E13' | 'E18' | 'E12'): string | undefined =>
      fitOf(libraryExercise(id), personOf({ ...ABLE, sensorPlaces: places }, []))?.mode;
    expect(mode(['upperBack'], 'E01')).toBe('sensor');
    expect(mode(['upperBack'], 'E13')).toBe('timer');
    expect(mode([], 'E01')).toBe('timer');
    expect(mode(['upperBack', 'upperArm'], 'E18')).toBe('self');
    expect(mode(['upperBack'], 'E12')).toBe('timer');
  });
});
