import { painZone } from '../../exercise/pain-zone.ts';

/** Compared with before the session, on the next morning; null: not answered. */
export type Morning = 'lower' | 'same' | 'bitHigher' | 'clearlyHigher';

export const MORNINGS: readonly Morning[] = ['lower', 'same', 'bitHigher', 'clearlyHigher'];

export type PainRuleId = 'G1' | 'G2' | 'G3' | 'G4' | 'G11' | 'G12' | 'G13';

/**
 * The pain layer of the progression rules (clinical page, 6.4): exactly one rule for every case. What was not said never
 * leads to more; what was said still stops.
 *
 * @param during highest pain of the exercise, 0 to 10; null: not said
 * @param before pain before the session, 0 to 10; null: not said
 * @param ceiling pain that a clinician allows at most; null: none was set
 */
export function painRule(
  during: number | null,
  before: number | null,
  morning: Morning | null,
  ceiling: number | null = null,
): PainRuleId {
  if (during === null) return 'G12';
  if (ceiling !== null && during > ceiling) return 'G4';
  if (before === null) return painZone(during, during) === 'stop' || during > 5 ? 'G4' : 'G12';
  const zone = painZone(during, before);
  if (zone === 'stop') return 'G4';
  if (morning === null) return 'G12';
  if (zone === 'amber') return morning === 'clearlyHigher' ? 'G3' : 'G2';
  if (morning === 'clearlyHigher') return 'G11';
  return morning === 'bitHigher' ? 'G13' : 'G1';
}
