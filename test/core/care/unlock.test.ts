import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../src/core/care/care-journal.ts';
import type { Intake } from '../../../src/core/care/intake/intake-event.ts';
import { nextModule, offeredModules } from '../../../src/core/care/learning/unlock.ts';
import type { LibraryExerciseId } from '../../../src/core/exercise/exercise-library.ts';
import { answer, journalOf, momentOf, rangeReport, sessionWith } from '../../support/care-journal.ts';

const cameIn: CareEvent = { kind: 'cameIn' };
const told = (answers: Partial<Intake>): CareEvent => ({ kind: 'intakeAnswered', answers });

function planWith(exerciseId: LibraryExerciseId, phase: 1 | 3 = 1): CareEvent {
  const exercise = {
    exerciseId,
    variation: null,
    sets: 1,
    repetitions: 8,
    holdS: 0,
    restS: 30,
    minutes: null,
    targetShare: 0.75,
    capDeg: null,
    extraSide: null,
    halfRange: false,
    loadStep: 0,
    mode: 'sensor' as const,
    reason: 'entry',
  };
  const plan = {
    phase,
    irritability: 'moderate' as const,
    fitness: 'F2' as const,
    exercises: [exercise],
    sessionsPerWeek: 5,
    minutesPerSession: 12,
    state: 'running' as const,
  };
  return { kind: 'planSet', plan, firings: [], rulesVersion: '1', by: 'auto' };
}

function reasons(journal: readonly JournalEntry[], day: number): Record<string, string> {
  return Object.fromEntries(
    offeredModules(journal, momentOf(day)).flatMap(({ id, reason }) =>
      reason === null ? [] : [[id, reason]],
    ),
  );
}

describe('what there is to read', () => {
  it('is at first what everybody reads before the first session', () => {
    expect(reasons([], 0)).toEqual({ M01: 'fromTheStart', M02: 'fromTheStart' });
    expect(nextModule([], momentOf(0))?.id).toBe('M01');
  });

  it.each<[string, CareEvent, string, string]>([
    ['worry', answer('worry', 7), 'M05', 'worry'],
    ['little confidence', answer('conf', 4), 'M05', 'worry'],
    ['bad sleep', answer('int.sleep', 5), 'M09', 'sleep'],
    ['waking at night', told({ wakesAtNight: 'someNights' }), 'M09', 'sleep'],
    ['a desk', told({ work: 'desk' }), 'M08', 'sitting'],
    ['a goal of lifting', told({ goals: ['lifting'] }), 'M12', 'lifting'],
    ['little energy', answer('energy', 3), 'M13', 'mood'],
    ['lost days', answer('workdays', 1), 'M14', 'returning'],
    ['a flare', { kind: 'flareSaid', triggers: [] }, 'M06', 'flare'],
    ['a band row in the plan', planWith('E13'), 'M04', 'strengthPlanned'],
    ['a late phase', planWith('E03', 3), 'M14', 'returning'],
    ['breathing in the plan', planWith('E22'), 'M10', 'breathing'],
    ['a range test', sessionWith([rangeReport(30)]), 'M16', 'tested'],
  ])('grows by need: %s', (_, event, id, reason) => {
    expect(reasons([], 0)[id]).toBeUndefined();
    expect(reasons(journalOf([0, event]), 0)[id]).toBe(reason);
  });

  it.each<[CareEvent, string]>([
    [answer('worry', 6), 'M05'],
    [answer('conf', 5), 'M05'],
    [answer('int.sleep', 4), 'M09'],
    [answer('workdays', 0), 'M14'],
    [planWith('E03'), 'M04'],
  ])('and not below the limit: %j', (event, id) => {
    expect(reasons(journalOf([0, event]), 0)[id]).toBeUndefined();
  });

  it('goes by the last answer, and by time', () => {
    const calmer = journalOf([0, cameIn], [0, answer('worry', 9)], [2, answer('worry', 3)]);
    expect(reasons(calmer, 2)['M05']).toBeUndefined();
    expect(reasons(calmer, 6)['M06']).toBeUndefined();
    expect(reasons(calmer, 7)['M06']).toBe('secondWeek');
  });

  it('puts first what the person needs, and ends when all that is needed is read', () => {
    const read = (moduleId: 'M01' | 'M02' | 'M03'): CareEvent => ({
      kind: 'moduleRead',
      moduleId,
      answeredRight: null,
    });
    const journal = journalOf([0, read('M01')], [0, read('M02')], [0, cameIn], [1, answer('worry', 8)]);
    expect(nextModule(journal, momentOf(1))?.id).toBe('M05');
    expect(nextModule(journalOf([0, read('M01')], [0, read('M02')]), momentOf(0))).toBeNull();
  });
});
