import type { Intake } from '../intake/intake-event.ts';

const SCORES = ['painNow', 'painAverage24h', 'painWorst24h', 'worry', 'confidence'] as const;
const MOST_GOALS = 2;

/**
 * The last answer to each field, in the order given. What cannot be (a pain of 40) is taken as not answered. Where pain answers
 * contradict each other the worst pain is at least the average and the present one.
 */
export function cleanIntake(given: readonly Partial<Intake>[]): Partial<Intake> {
  const merged: { -readonly [K in keyof Intake]?: Intake[K] } = Object.assign({}, ...given);
  for (const field of SCORES) {
    const value = merged[field];
    if (value !== undefined && !(value >= 0 && value <= 10)) delete merged[field];
  }
  if (merged.ageYears !== undefined && !(merged.ageYears > 0 && merged.ageYears < 130))
    delete merged.ageYears;
  const pains = [merged.painNow, merged.painAverage24h, merged.painWorst24h].filter(
    (pain) => pain !== undefined,
  );
  if (merged.painWorst24h !== undefined) merged.painWorst24h = Math.max(...pains);
  if (merged.goals !== undefined) merged.goals = [...new Set(merged.goals)].slice(0, MOST_GOALS);
  return merged;
}
