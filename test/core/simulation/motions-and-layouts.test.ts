import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import {
  EXERCISE_IDS,
  isArmMovement,
  motionDefinition,
  RANGE_TEST_IDS,
} from '../../../src/core/exercise/motion-definitions.ts';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { builtInScript } from '../../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const ROM_TOLERANCE_DEG = 3;
/** Long runs repeat each movement more often. */
const REPETITIONS = process.env['THORA_LONG'] ? 8 : 3;

interface Case {
  readonly slug: string;
  readonly roles: readonly SegmentRole[];
  readonly seed: number;
}

/** Every sensor set of every motion, and the kits that wear more than the motion needs. */
const ORDER = [...RANGE_TEST_IDS, ...EXERCISE_IDS.filter((id) => !RANGE_TEST_IDS.includes(id))];
const CASES: readonly Case[] = ORDER.flatMap((id, k): Case[] => {
  const definition = motionDefinition(id);
  const { slug, sensorSets } = definition;
  const layouts = sensorSets.map((set) => set.roles);
  if (isArmMovement(definition)) layouts.push(['upperBack', 'lowerBack', 'upperArmRight']);
  else layouts.push(['upperBack', 'lowerBack', 'upperArmRight'], ['upperBack', 'pelvis', 'upperArmLeft']);
  return layouts.map((roles, i) => ({ slug, roles, seed: 100 * (k + 1) + i }));
});

describe('a simulated session at usual noise, through the live chain', () => {
  it.each(CASES)(
    '$slug with $roles: repetitions exact, range within 3 deg @slow',
    ({ slug, roles, seed }) => {
      const { recording, truth } = simulateSession(builtInScript(slug, REPETITIONS)!, { roles, seed });
      const { result } = replaySession(recording);
      expect(result.sets.length).toBe(truth.sets.length);
      truth.sets.forEach((trueSet, i) => {
        const set = result.sets[i]!;
        expect(set.measure).toBe(trueSet.measure);
        const counted = set.repetitions.filter((repetition) => repetition.counted);
        expect(counted.map((repetition) => repetition.side)).toEqual(
          trueSet.repetitions.map((repetition) => repetition.side),
        );
        expect(set.repetitions.length).toBe(trueSet.repetitions.length);
        for (const best of set.best) {
          const peaks = trueSet.repetitions
            .filter((repetition) => repetition.side === best.side)
            .map((repetition) => repetition.peakRad!)
            .sort((a, b) => b - a)
            .slice(0, 3);
          const trueRad = peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
          expect(Math.abs(best.meanBest3Rad - trueRad) * DEG_PER_RAD).toBeLessThanOrEqual(ROM_TOLERANCE_DEG);
          expect(Math.abs(best.maximumRad - Math.max(...peaks)) * DEG_PER_RAD).toBeLessThanOrEqual(
            ROM_TOLERANCE_DEG,
          );
        }
      });
    },
  );
});
