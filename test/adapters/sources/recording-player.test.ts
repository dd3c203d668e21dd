import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingPlayer } from '../../../src/adapters/sources/replay/recording-player.ts';
import type { SensorPacket } from '../../../src/core/packet/packet.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { describeSensor } from '../session-inputs.ts';

/** Two sensors with packets every 100 ms in turn, and a pause after the fifth. */
function createRecording(): SessionRecording {
  const sensors = [0, 1].map((sensorIndex) => ({
    description: describeSensor(sensorIndex),
    role: null,
    packets: {
      count: 5,
      order: Uint32Array.from({ length: 5 }, (_, i) => 1 + 2 * i + sensorIndex + (i >= 3 ? 1 : 0)),
      hostTimeMs: Float64Array.from({ length: 5 }, (_, i) => 9000 + 200 * i + 100 * sensorIndex),
      offsets: Uint32Array.of(0, 1, 2, 3, 4, 5),
      bytes: Uint8Array.from({ length: 5 }, (_, i) => 10 * sensorIndex + i),
    },
  }));
  return {
    recordingId: 'r',
    startedAtUtc: '2026-05-04T10:00:00.000Z',
    simulated: true,
    engineVersion: 'test',
    sensors,
    commands: [
      {
        order: 0,
        hostTimeMs: 9000,
        command: { kind: 'attachSensor', sensor: describeSensor(0), role: null },
      },
      { order: 7, hostTimeMs: 9550, command: { kind: 'pauseSet' } },
    ],
    result: null,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function play(speed: number | 'atOnce', durationMs: number) {
  const recording = createRecording();
  const player = new RecordingPlayer(recording, speed);
  const packets: SensorPacket[] = [];
  const log: string[] = [];
  for (const sensor of player.sensors) {
    await sensor.source.start((packet) => {
      packets.push(packet);
      log.push(`${packet.sensorIndex}`);
    });
  }
  let ended = false;
  const playing = player.play(({ kind }) => log.push(kind)).then(() => (ended = true));
  await vi.advanceTimersByTimeAsync(durationMs);
  return { player, playing, packets, log, recording, ended: () => ended };
}

describe('a recording that plays', () => {
  it.each([1, 10, 100, 'atOnce'] as const)('keeps order, stamps and bytes at speed %s', async (speed) => {
    const { playing, packets, log, recording } = await play(speed, 2000);
    await playing;
    expect(log).toEqual(['0', '1', '0', '1', '0', '1', 'pauseSet', '0', '1', '0', '1']);
    expect(packets.map(({ hostTimeMs }) => hostTimeMs)).toEqual(
      [...Array(10).keys()].map((i) => 9000 + 100 * i),
    );
    packets[0]!.bytes.fill(0xff);
    expect(recording.sensors[0]!.packets.bytes[0]).toBe(0);
  });

  it('takes its time', async () => {
    const { packets, ended, playing } = await play(2, 225);
    // 225 ms at twice the speed are 450 ms of the recording.
    expect(packets).toHaveLength(5);
    expect(ended()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    await playing;
    expect(packets).toHaveLength(10);
  });

  it('stops when told', async () => {
    const { player, packets, playing } = await play(1, 200);
    player.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await playing;
    expect(packets.length).toBeLessThan(5);
  });

  it('refuses a speed that it cannot keep', () => {
    expect(() => new RecordingPlayer(createRecording(), 0.5)).toThrow('between 1 and 100');
  });
});
