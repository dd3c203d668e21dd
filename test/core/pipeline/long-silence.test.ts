import { describe, expect, it } from 'vitest';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { builtInScript } from '../../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const { recording } = simulateSession(builtInScript('seated-rotation', 1)!, {
  roles: ['upperBack', 'lowerBack'],
  seed: 3,
  rateHz: 26,
  samplesPerPacket: 13,
});
const HOUR_MS = 3_600_000;

/** The second half so much later, as of a device that slept. */
function asleepFor(hours: number): SessionRecording {
  const halfway = Math.floor(recording.sensors[0]!.packets.order.at(-1)! / 2);
  const later = (hostTimeMs: number, order: number) => hostTimeMs + (order > halfway ? hours * HOUR_MS : 0);
  return {
    ...recording,
    sensors: recording.sensors.map((sensor) => {
      const { order, hostTimeMs } = sensor.packets;
      const moved = hostTimeMs.map((timeMs, i) => later(timeMs, order[i]!));
      return { ...sensor, packets: { ...sensor.packets, hostTimeMs: moved } };
    }),
    commands: recording.commands.map((one) => ({ ...one, hostTimeMs: later(one.hostTimeMs, one.order) })),
  };
}

describe('a session in whose middle the device slept', () => {
  const whole = replaySession(recording);
  const hour = replaySession(asleepFor(1));

  it('costs no more for a night, a year or a century than for an hour', () => {
    for (const hours of [9, 9000, 900_000]) {
      const slept = replaySession(asleepFor(hours));
      expect(Math.abs(slept.timeS.length - hour.timeS.length)).toBeLessThan(10);
      expect(slept.timeS.at(-1)! - whole.timeS.at(-1)!).toBeCloseTo(hours * 3600, 0);
    }
    expect(hour.timeS.length).toBeLessThan(whole.timeS.length + 11 * 60 * 100);
  });

  it('has the same repetitions after a night as after an hour', () => {
    const counted = ({ result }: typeof hour) =>
      result.sets.map(({ repetitions }) => repetitions.map(({ side, counted: counts }) => [side, counts]));
    expect(counted(hour).flat().length).toBeGreaterThan(0);
    expect(counted(replaySession(asleepFor(9)))).toEqual(counted(hour));
  });
});
