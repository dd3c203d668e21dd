import { describe, expect, it } from 'vitest';
import { cleanIntake } from '../../../../src/core/care/programme/clean-intake.ts';
import { fitnessOf, irritabilityOf, rangeGoalDeg } from '../../../../src/core/care/programme/entry.ts';

const EASY = {
  painNow: 2,
  painAverage24h: 3,
  painWorst24h: 5,
  settles: 'under30min',
  wakesAtNight: 'no',
} as const;

describe('entry table', () => {
  it.each([
    [{ painNow: 6 }, 'high'],
    [{ painWorst24h: 8 }, 'high'],
    [{ settles: 'over2h' }, 'high'],
    [{ wakesAtNight: 'mostNights' }, 'high'],
    [{}, 'low'],
    [{ painAverage24h: 4 }, 'moderate'],
    [{ settles: 'under2h' }, 'moderate'],
    [{ wakesAtNight: 'someNights' }, 'moderate'],
    // The present pain says more than the average it contradicts.
    [{ painNow: 5 }, 'moderate'],
  ] as const)('takes somebody easy with %j as %s', (change, level) => {
    expect(irritabilityOf({ ...EASY, ...change })).toBe(level);
  });

  it('takes nobody as low who left a sign of it open', () => {
    expect(irritabilityOf({})).toBe('moderate');
    for (const open of ['painAverage24h', 'settles', 'wakesAtNight'] as const) {
      const { [open]: _, ...rest } = EASY;
      expect(irritabilityOf(rest), open).toBe('moderate');
    }
  });

  it('knows three levels of fitness, the highest by a test alone', () => {
    expect(fitnessOf('under60', 200)).toBe('F1');
    expect(fitnessOf(undefined, 200)).toBe('F1');
    expect(fitnessOf('over150', 44)).toBe('F1');
    expect(fitnessOf('60to150', null)).toBe('F2');
    expect(fitnessOf('over150', null)).toBe('F2');
    expect(fitnessOf('over150', 121)).toBe('F3');
    expect(fitnessOf('over150', 120)).toBe('F2');
  });

  it.each([
    [30, 32, 37],
    [32, 30, 39],
    [45, 58, 54],
    [58, 45, null],
    [52, 54, null],
    // The most that the band has left could not be seen.
    [57, 70, null],
  ])('sets the goal of a side at %i deg, the other at %i, to %s', (baseline, other, goal) => {
    expect(rangeGoalDeg(baseline, other, [40, 60], 7)).toBe(goal);
  });

  it('drops what cannot be and lets the worst pain be the worst', () => {
    const intake = cleanIntake([
      { painNow: 7, painWorst24h: 3, painAverage24h: 40, ageYears: -4 },
      { goals: ['desk', 'desk', 'sleep', 'sport'], painNow: 6 },
    ]);
    expect(intake).toEqual({ painNow: 6, painWorst24h: 6, goals: ['desk', 'sleep'] });
  });
});
