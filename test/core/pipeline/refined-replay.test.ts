import { describe, expect, it } from 'vitest';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { replayRefined } from '../../../src/core/pipeline/refined-replay.ts';
import { hasSameRepetitions } from '../../../src/core/pipeline/same-repetitions.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const SETS = (['E01', 'E05', 'E08'] as const).map((exerciseId) => ({
  exerciseId,
  side: null,
  repetitions: 3,
}));

describe('a session computed with the whole recording known', () => {
  const simulated = simulateSession(
    { name: 'test', sets: SETS },
    { roles: ['upperBack', 'lowerBack'], seed: 5, conditions: { lossPercent: 3 } },
  );
  const shares: number[] = [];
  const { live, refined } = replayRefined(simulated.recording, (share) => shares.push(share));

  it('gives the live result bit for bit beside it', () => {
    expect(live.result).toEqual(replaySession(simulated.recording).result);
  });

  it('counts the same repetitions and agrees with the live angles within their intervals', () => {
    expect(refined.result.sets).toHaveLength(SETS.length);
    refined.result.sets.forEach((set, i) => {
      const other = live.result.sets[i].repetitions;
      expect(set.repetitions.map((one) => [one.side, one.counted])).toEqual(
        other.map((one) => [one.side, one.counted]),
      );
      set.repetitions.forEach((one, k) =>
        expect(Math.abs(one.peakRad - other[k].peakRad)).toBeLessThan(
          Math.hypot(one.peakHalfWidth95Rad, other[k].peakHalfWidth95Rad),
        ),
      );
    });
  });

  it('lies within 3 deg of the bones, inside its intervals', () => {
    refined.result.sets.forEach((set, i) =>
      set.repetitions.forEach((one, k) => {
        const errorRad = one.peakRad - (simulated.truth.sets[i].repetitions[k].peakRad ?? Number.NaN);
        expect(Math.abs(errorRad) * DEG_PER_RAD).toBeLessThan(3);
        expect(Math.abs(errorRad)).toBeLessThan(one.peakHalfWidth95Rad);
      }),
    );
  });

  it('is told from the replay of a recording that lacks its end', () => {
    expect(hasSameRepetitions(live.result, refined.result)).toBe(true);
    const [first, ...others] = live.result.sets;
    const shorter = { ...first, repetitions: first.repetitions.slice(1) };
    expect(hasSameRepetitions({ ...live.result, sets: [shorter, ...others] }, live.result)).toBe(false);
    expect(hasSameRepetitions({ ...live.result, sets: others }, live.result)).toBe(false);
  });

  it('is another computation than the live one, and says how far it is', () => {
    expect(refined.anglesRad[0]).not.toEqual(live.anglesRad[0]);
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });
});
