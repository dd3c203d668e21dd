import { describe, expect, it } from 'vitest';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { imuSeriesFromPackets } from '../../../src/core/pipeline/sensor-timeline.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import { recordingInputs } from '../../../src/core/recording/recording-inputs.ts';
import type { RecordedCommand, SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const LATENCY_MS = 30;
const ECHO_EVERY = 50;
const FIRST_TICKS_AT = 8;
const COUNT_AT = 16;

const { recording: plain } = simulateSession(
  { name: 'test', sets: [{ exerciseId: 'E05', side: null, repetitions: 1 }] },
  { roles: ['upperBack', 'lowerBack'], seed: 3, conditions: { jitterMs: 0, bunchMs: 0, skewPercent: 1 } },
);

/** The same session, in which the first sensor says that its samples are 30 ms older than their arrival. */
const echoed: SessionRecording = {
  ...plain,
  sensors: plain.sensors.map((sensor) => ({
    ...sensor,
    packets: { ...sensor.packets, order: sensor.packets.order.map((order) => 2 * order) },
  })),
  commands: [
    ...plain.commands.map((entry) => ({ ...entry, order: 2 * entry.order })),
    ...echoesOf(plain),
  ].sort((a, b) => a.order - b.order),
};

function echoesOf(recording: SessionRecording): RecordedCommand[] {
  const { description, packets } = recording.sensors[0];
  const commands: RecordedCommand[] = [];
  for (let i = ECHO_EVERY; i < packets.count; i += ECHO_EVERY) {
    const view = new DataView(packets.bytes.buffer, packets.bytes.byteOffset + packets.offsets[i]);
    const lastUs =
      view.getUint32(FIRST_TICKS_AT, true) +
      ((view.getUint8(COUNT_AT) - 1) * 1e6) / description.nominalRateHz;
    const ticks = Math.round(lastUs) % 2 ** 32;
    const takenMs = packets.hostTimeMs[i] - LATENCY_MS;
    commands.push({
      order: 2 * packets.order[i] + 1,
      hostTimeMs: packets.hostTimeMs[i],
      command: {
        kind: 'clockEcho',
        sensorIndex: description.sensorIndex,
        sentHostTimeMs: takenMs - 2,
        receivedHostTimeMs: takenMs + 2,
        deviceReceivedTicks: ticks,
        deviceSentTicks: ticks,
      },
    });
  }
  return commands;
}

function play(recording: SessionRecording): LivePipeline {
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  for (const input of recordingInputs(recording)) {
    if (input.kind === 'packet') pipeline.push(input);
    else pipeline.command(input.command, input.hostTimeMs);
  }
  return pipeline;
}

describe('clock echoes in a session', () => {
  it('take the latency of that sensor off, live and afterwards', () => {
    const without = play(plain),
      withEchoes = play(echoed);
    const shiftMs = (s: number): number => without.sensors[s].latestMs - withEchoes.sensors[s].latestMs;
    expect(Math.abs(shiftMs(0) - LATENCY_MS)).toBeLessThan(4);
    expect(shiftMs(1)).toBe(0);

    const before = imuSeriesFromPackets(plain.sensors[0]).timeS,
      after = imuSeriesFromPackets(echoed.sensors[0], 0, echoed.commands).timeS;
    expect(after).toHaveLength(before.length);
    const middle = before.length >> 1;
    expect(Math.abs(1000 * (before[middle] - after[middle]) - LATENCY_MS)).toBeLessThan(4);
  });

  it('are kept in the recording file, and played again to the bit @slow', () => {
    const read = readRecordingFile(writeRecordingFile(echoed), 'echoed.thora');
    expect(read.commands).toEqual(echoed.commands);
    const first = replaySession(echoed),
      second = replaySession(read);
    expect(second.result).toEqual(first.result);
    expect(second.anglesRad).toEqual(first.anglesRad);
    expect(first.result.sets[0]?.repetitions).toHaveLength(1);
  });
});
