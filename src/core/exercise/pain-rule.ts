/**
 * What pain said during an exercise asks for (clinical page, 4.2 and 6.5: S-2, S-3, RT7 to RT9). Every pair of values
 * from 0 to 10 has exactly one answer.
 */
export type PainAnswer =
  /** Stop this exercise for today. */
  | 'stopExercise'
  /** Go less far from now on. */
  | 'easier'
  /** Stay where you are, and be asked again. */
  | 'hold'
  | 'goOn';

/**
 * @param during highest pain in the exercise, 0 to 10
 * @param before pain before the session, 0 to 10
 */
export function painAnswer(during: number, before: number): PainAnswer {
  if (during > Math.min(7, Math.max(5, before + 1)) || during - before >= 3) return 'stopExercise';
  if (during >= 4 && during - before >= 1) return 'easier';
  if (during <= 2 || (during <= 4 && during <= before)) return 'goOn';
  return 'hold';
}
