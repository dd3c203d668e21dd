import { describe, expect, it } from 'vitest';
import { deviceFamily } from '../../../src/core/device/registry.ts';
import type { DeviceFamily } from '../../../src/core/device/device-family.ts';
import type { ExerciseId } from '../../../src/core/exercise/motion-definition.ts';
import { FallWatch } from '../../../src/core/pipeline/fall-watch.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const RAD = Math.PI / 180;
const RATE_HZ = 52;

/** Leans in degrees and rates in deg/s by seconds; a blow of `blowG` at 5 s. */
function watch(blowG: number, tiltDeg: (s: number) => number, speedDegPerS: (s: number) => number): number[] {
  const falls = new FallWatch();
  const seen: number[] = [];
  for (let ms = 0; ms < 20_000; ms += 10) {
    const s = ms / 1000;
    falls.feel(ms, ms === 5000 ? blowG * 9.81 : 9.81);
    if (falls.step(ms, tiltDeg(s) * RAD, speedDegPerS(s))) seen.push(s);
  }
  return seen;
}

const falling = (s: number): number => (s < 4.6 ? 5 : s < 5 ? 5 + 200 * (s - 4.6) : 85);
const moving = (s: number): number => (s > 4.6 && s < 5.2 ? 200 : 1) * RAD;

describe('a fall', () => {
  it('is a blow, stillness and another lean', () => {
    const seen = watch(4, falling, moving);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeCloseTo(7.2, 1);
  });

  it('is none without a blow, without stillness, or where the person leans as before', () => {
    expect(watch(2, falling, moving)).toEqual([]);
    expect(watch(4, falling, (s) => (s > 4.6 ? 60 : 1) * RAD)).toEqual([]);
    // Sitting down hard.
    expect(watch(4, () => 5, moving)).toEqual([]);
  });
});

/** The family, with a blow to the upper back shortly before the set begins. */
function withBlow(exerciseId: ExerciseId, blow: number): string[] {
  const { recording } = simulateSession(
    { name: exerciseId, sets: [{ exerciseId, side: exerciseId === 'E14' ? 'right' : null, repetitions: 1 }] },
    { roles: ['upperBack', 'upperArmRight'], seed: 3, rateHz: RATE_HZ },
  );
  const begun = recording.commands.find(({ command }) => command.kind === 'beginSet')!;
  const blowAt = Math.round(((begun.hostTimeMs - 1000) / 1000 - 2) * RATE_HZ);
  const family = (description: {
    readonly family: DeviceFamily['name'];
    readonly sensorIndex: number;
  }): DeviceFamily => {
    const real = deviceFamily(description.family);
    if (description.sensorIndex !== 0) return real;
    return {
      ...real,
      createDecoder(stream) {
        const decoder = real.createDecoder(stream);
        let count = 0;
        return {
          get rejection() {
            return decoder.rejection;
          },
          decode(view, out) {
            const outcome = decoder.decode(view, out);
            for (let i = 0; i < out.count; i++, count++)
              if (Math.abs(count - blowAt) <= 1)
                for (let k = 0; k < 3; k++) out.accMetersPerS2[3 * i + k] *= blow;
            return outcome;
          },
          reset: () => decoder.reset(),
        };
      },
    };
  };
  return replaySession(recording, { family })
    .facts.map(({ kind }) => kind)
    .filter((kind) => kind === 'fallSuspected');
}

describe('a fall, from packets', () => {
  it('is said when somebody goes down with a blow, and not when they lie down @slow', () => {
    expect(withBlow('E14', 4.5)).toEqual(['fallSuspected']);
    expect(withBlow('E14', 1)).toEqual([]);
  });

  it('is not said of a blow to somebody who stays upright @slow', () => {
    expect(withBlow('E01', 4.5)).toEqual([]);
  });
});
