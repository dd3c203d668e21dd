import { describe, expect, it } from 'vitest';
import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import { rangeHistory, type DatedResult } from '../../../src/core/report/range-history.ts';

const RAD = Math.PI / 180;
const DAY_MS = 24 * 3600 * 1000;

function session(day: number, deg: number, measure = 'upperBackRelativeToLowerBack'): DatedResult {
  const best = [
    {
      side: 'left',
      maximumRad: deg * RAD,
      meanBest3Rad: deg * RAD,
      halfWidth95Rad: 3 * RAD,
      countedRepetitions: 3,
    },
  ];
  const set = { plan: { test: true, side: null }, exerciseId: 'E01', measure, qualityClass: 'B', best };
  return { atMs: day * DAY_MS, result: { sets: [set], calibrationQuality: 95 } as unknown as SessionResult };
}

describe('a test beside those before it', () => {
  it('is compared with the last comparable one, whatever the order of the list', () => {
    const sessions = [
      session(20, 44),
      session(0, 30),
      session(15, 90, 'trunkRelativeToPelvis'),
      session(10, 31),
    ];
    const history = rangeHistory(sessions, sessions[0]);
    expect(history?.previousAtMs).toBe(10 * DAY_MS);
    expect(history?.firstAtMs).toBe(0);
    expect(history?.sincePrevious[0]).toMatchObject({ side: 'left', verdict: 'real' });
    expect(history?.trends).toEqual([{ side: 'left', trend: 'possiblyImproved' }]);
  });

  it('has no trend after one test and no history before any', () => {
    const sessions = [session(0, 30), session(14, 31)];
    expect(rangeHistory(sessions, sessions[1])?.trends).toEqual([]);
    expect(rangeHistory(sessions, sessions[0])).toBeNull();
    expect(rangeHistory([session(0, 30, 'trunkRelativeToPelvis')], session(1, 30))).toBeNull();
  });

  it('asks more of a person whose tests scatter within a week', () => {
    const steady = [session(0, 30), session(10, 30), session(20, 30)];
    const scattered = [session(0, 24), session(2, 36), session(4, 24), session(6, 30)];
    const needed = (sessions: DatedResult[]) => {
      const history = rangeHistory(sessions, session(30, 44));
      return (history?.sincePrevious[0].neededRad ?? Number.NaN) / RAD;
    };
    expect(needed(steady)).toBeCloseTo(12, 6);
    expect(needed(scattered)).toBeGreaterThan(20);
  });
});
