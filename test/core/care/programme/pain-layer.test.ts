import { describe, expect, it } from 'vitest';
import {
  type Morning,
  MORNINGS,
  painRule,
  type PainRuleId,
} from '../../../../src/core/care/programme/pain-layer.ts';

/** The table of the clinical page, section 6.4, row by row and apart from the code. */
const isStop = (d: number, p: number): boolean => d > Math.min(7, Math.max(5, p + 1)) || d - p >= 3;
const isGreen = (d: number, p: number): boolean => !isStop(d, p) && (d <= 2 || (d <= 4 && d <= p));
const isAmber = (d: number, p: number): boolean => !isStop(d, p) && !isGreen(d, p);
const ROWS: Readonly<Record<PainRuleId, (d: number, p: number, morning: Morning | null) => boolean>> = {
  G1: (d, p, morning) => isGreen(d, p) && (morning === 'lower' || morning === 'same'),
  G13: (d, p, morning) => isGreen(d, p) && morning === 'bitHigher',
  G11: (d, p, morning) => isGreen(d, p) && morning === 'clearlyHigher',
  G2: (d, p, morning) =>
    isAmber(d, p) && (morning === 'lower' || morning === 'same' || morning === 'bitHigher'),
  G3: (d, p, morning) => isAmber(d, p) && morning === 'clearlyHigher',
  G12: (d, p, morning) => !isStop(d, p) && morning === null,
  G4: (d, p) => isStop(d, p),
};

describe('pain layer', () => {
  it('has exactly one rule for each of the 605 cases', () => {
    let cases = 0;
    for (let d = 0; d <= 10; d++)
      for (let p = 0; p <= 10; p++)
        for (const morning of [...MORNINGS, null]) {
          const rows = Object.entries(ROWS).filter(([, matches]) => matches(d, p, morning));
          expect(
            rows.map(([id]) => id),
            `${d} after ${p}, morning ${morning}`,
          ).toEqual([painRule(d, p, morning)]);
          cases++;
        }
    expect(cases).toBe(605);
  });

  it.each([
    [2, 0, 'same', 'G1'],
    [4, 5, 'same', 'G1'],
    [4, 3, 'same', 'G2'],
    [2, 1, 'bitHigher', 'G13'],
    [6, 5, 'same', 'G2'],
    [6, 6, 'clearlyHigher', 'G3'],
    [3, 0, 'same', 'G4'],
    [8, 8, 'lower', 'G4'],
  ] as const)('calls pain %i after %i with a morning of %s by its rule: %s', (d, p, morning, rule) => {
    expect(painRule(d, p, morning)).toBe(rule);
  });

  it('never takes silence for leave to do more, and still stops for what was said', () => {
    for (const morning of [...MORNINGS, null]) {
      expect(painRule(null, 3, morning)).toBe('G12');
      expect(painRule(2, null, morning)).toBe('G12');
      expect(painRule(6, null, morning)).toBe('G4');
    }
  });

  it('stops at the pain that a clinician allows, below its own limit', () => {
    expect(painRule(4, 5, 'same', 3)).toBe('G4');
    expect(painRule(3, 5, 'same', 3)).toBe('G1');
  });
});
