import { describe, expect, it } from 'vitest';
import {
  compensationRules,
  isObservable,
  shortestReturn,
} from '../../../src/core/exercise/compensation-rules.ts';
import { CUE_CODES } from '../../../src/core/exercise/cue-rules.ts';
import { EXERCISE_IDS } from '../../../src/core/exercise/motion-definitions.ts';

const ALL = EXERCISE_IDS.flatMap((id) => compensationRules(id).map((rule) => ({ id, rule })));

describe('compensation rules', () => {
  it('fail beyond where they warn, and go by one name each within an exercise', () => {
    for (const { rule } of ALL) if (rule.failDeg !== null) expect(rule.failDeg).toBeGreaterThan(rule.warnDeg);
    for (const id of EXERCISE_IDS) {
      const names = compensationRules(id).map((rule) => rule.id);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThan(0);
    }
  });

  it('use every corrective cue', () => {
    const general = ['slower', 'aLittleFurther', 'otherSide', 'holdAtTheEnd', 'wellDone', 'signalBack'];
    const used = new Set([
      ...ALL.map(({ rule }) => rule.cue),
      ...EXERCISE_IDS.flatMap((id) => shortestReturn(id)?.cue ?? []),
    ]);
    expect([...used, ...general].sort()).toEqual([...CUE_CODES].sort());
  });

  it('are judged only where a worn sensor shows them', () => {
    const seen = (id: 'E01' | 'E03' | 'E09' | 'E24', worn: Parameters<typeof isObservable>[1]): string[] =>
      compensationRules(id)
        .filter((rule) => isObservable(rule, worn))
        .map((rule) => rule.id);
    expect(seen('E01', ['upperBack'])).toEqual(['lean', 'slump']);
    expect(seen('E01', ['upperBack', 'lowerBack'])).toEqual(['pelvisTurnLB', 'lean', 'slump']);
    expect(seen('E01', ['upperBack', 'pelvis'])).toEqual(['pelvisTurn', 'lean', 'slump']);
    // Clinical page: an arm says nothing of the chest without the sensor on it.
    expect(seen('E03', ['upperBack'])).toEqual([]);
    expect(seen('E03', ['upperBack', 'upperArmLeft'])).toEqual(['armOnly']);
    expect(seen('E09', ['upperBack', 'upperArmRight'])).toEqual(['sideLean']);
    expect(seen('E09', ['upperBack', 'lowerBack', 'upperArmRight'])).toEqual(['leanBack', 'sideLean']);
    expect(seen('E24', ['upperBack', 'pelvis'])).toEqual(['twist']);
  });
});
