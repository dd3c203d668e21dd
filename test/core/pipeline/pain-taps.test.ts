import { describe, expect, it } from 'vitest';
import type { ExerciseId } from '../../../src/core/exercise/motion-definition.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

/** A set in which the sensor on the right arm feels two taps as soon as the arm is this far on its way. */
function tapped(exerciseId: ExerciseId, atDeg: number) {
  const { recording } = simulateSession(
    {
      name: exerciseId,
      sets: [{ exerciseId, side: 'right', repetitions: 2, style: { peakDeg: Math.max(30, atDeg + 40) } }],
    },
    { roles: ['upperBack', 'upperArmRight'], seed: 5, rateHz: 52 },
  );
  let tappedMs = NaN;
  const { result, facts } = replaySession(recording, {
    onGrid: (timeMs, body, pipeline) => {
      const sensor = body.segment('upperArmRight').sensor;
      const isThere = Math.abs(pipeline.set?.angleRad ?? NaN) > atDeg * RAD_PER_DEG;
      if (sensor === null || !isThere || Number.isFinite(tappedMs)) return;
      tappedMs = timeMs;
      Object.defineProperty(sensor, 'doubleTaps', { get: () => 1 });
    },
  });
  return { set: result.sets[0], facts, tappedMs };
}

describe('pain that is tapped on the arm during a move', () => {
  it('is stored with the angle of that moment, and told', () => {
    const { set, facts, tappedMs } = tapped('E11', 60);
    expect(tappedMs).toBeGreaterThan(0);
    expect(set?.painTaps?.length).toBe(1);
    const tap = set!.painTaps![0]!;
    expect(Math.abs(tap.angleRad / RAD_PER_DEG)).toBeGreaterThan(59);
    expect(Math.abs(tap.angleRad / RAD_PER_DEG)).toBeLessThan(66);
    expect(tap.timeMs - tappedMs).toBeLessThanOrEqual(20);
    expect(tap.repetition).toBe(0);
    expect(facts.filter(({ kind }) => kind === 'painTapped').length).toBe(1);
  });

  it('is not looked for where no hand is free @slow', () => {
    const { set, facts, tappedMs } = tapped('E13', 20);
    expect(tappedMs).toBeGreaterThan(0);
    expect(set?.painTaps).toBeUndefined();
    expect(facts.some(({ kind }) => kind === 'painTapped')).toBe(false);
  });
});
