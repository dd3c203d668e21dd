import { describe, expect, it } from 'vitest';
import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import { compareEngines, isSameResult, knowsAsMuch } from '../../../src/core/report/engine-change.ts';

function result(engineVersion: string, more: object = {}): SessionResult {
  const best = (side: string, meanBest3Rad: number) => ({ side, meanBest3Rad, halfWidth95Rad: 0.05 });
  return {
    engineVersion,
    sensors: [],
    sets: [
      {
        exerciseId: 'E01',
        best: [best('left', 0.5), best('right', 0.6)],
        repetitions: [{ counted: true }, { counted: false }],
      },
    ],
    flags: [{ name: 'GAP', sensorIndex: 0, startMs: 0, endMs: NaN, detail: '' }],
    findings: [],
    calibrationQuality: 90,
    painBefore: null,
    painAfter: null,
    ...more,
  } as unknown as SessionResult;
}

describe('two computations of one recording', () => {
  it('stand side by side, with what only one of them says', () => {
    const before = result('0.1.0');
    const after = result('0.2.0', {
      sets: [
        {
          exerciseId: 'E01',
          best: [{ side: 'left', meanBest3Rad: 0.52, halfWidth95Rad: 0.04 }],
          repetitions: [{ counted: true }, { counted: true }],
        },
        {
          exerciseId: 'E05',
          best: [{ side: 'forward', meanBest3Rad: 0.4, halfWidth95Rad: 0.04 }],
          repetitions: [],
        },
      ],
      flags: [{ name: 'SLIP' }],
    });
    const change = compareEngines(before, after);
    expect(change).toMatchObject({
      engineBefore: '0.1.0',
      engineAfter: '0.2.0',
      countedBefore: 1,
      countedAfter: 2,
      flagsGone: ['GAP'],
      flagsNew: ['SLIP'],
    });
    expect(change.ranges.map(({ setIndex, side }) => [setIndex, side])).toEqual([
      [0, 'left'],
      [0, 'right'],
      [1, 'forward'],
    ]);
    expect(change.ranges[1]).toMatchObject({ after: null, before: { meanBest3Rad: 0.6 } });
    expect(change.ranges[2]).toMatchObject({ before: null });
    expect(change.largestRad).toBeCloseTo(0.02, 12);
  });

  it('are the same only number for number', () => {
    expect(isSameResult(result('0.1.0'), structuredClone(result('0.1.0')))).toBe(true);
    expect(isSameResult(result('0.1.0'), result('0.2.0'))).toBe(false);
    expect(isSameResult(result('0.1.0', { painBefore: 0 }), result('0.1.0', { painBefore: -0 }))).toBe(false);
    expect(isSameResult(result('0.1.0'), result('0.1.0', { flags: [] }))).toBe(false);
    expect(isSameResult(result('0.1.0', { more: 1 }), result('0.1.0'))).toBe(false);
  });

  it('is not taken for better where packets are missing by now', () => {
    const heard = (sampleCount: number) =>
      result('0.1.0', { sensors: [{ sampleCount }, { sampleCount: 500 }] });
    expect(knowsAsMuch(heard(1000), heard(1000))).toBe(true);
    expect(knowsAsMuch(heard(990), heard(1000))).toBe(true);
    expect(knowsAsMuch(heard(900), heard(1000))).toBe(false);
    expect(knowsAsMuch(result('0.2.0'), heard(1000))).toBe(false);
    expect(knowsAsMuch(heard(10), null)).toBe(true);
  });
});
