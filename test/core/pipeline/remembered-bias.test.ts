import { describe, expect, it } from 'vitest';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { LIVE_FRAME, LIVE_SENSOR } from '../../../src/core/pipeline/live-frame.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { replayRefined } from '../../../src/core/pipeline/refined-replay.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const { recording: plain, truth } = simulateSession(
  { name: 'test', sets: [{ exerciseId: 'E05', side: null, repetitions: 1 }] },
  { roles: ['upperBack'], seed: 3 },
);
const [sensor] = truth.sensors;

const remembering: SessionRecording = {
  ...plain,
  commands: plain.commands.map((entry) =>
    entry.command.kind === 'attachSensor'
      ? {
          ...entry,
          command: {
            ...entry.command,
            gyroBias: {
              gyroBiasRadPerS: [...sensor!.gyroBiasRadPerS] as [number, number, number],
              sigmaRadPerS: 0.05 * RAD_PER_DEG,
              ageS: 86_400,
            },
          },
        }
      : entry,
  ),
};

/** How well the bias is said to be known at the session's first instant, deg/s. */
function firstSigmaDegPerS(recording: SessionRecording): number {
  const frame = new Float64Array(LIVE_FRAME.length);
  let first = NaN;
  replaySession(recording, {
    onGrid: (_, __, pipeline) => {
      if (!Number.isNaN(first)) return;
      pipeline.writeFrame(frame);
      first = frame[LIVE_FRAME.sensors + LIVE_SENSOR.gyroBiasSigmaRadPerS]! / RAD_PER_DEG / Math.sqrt(3);
    },
  });
  return first;
}

describe('a session with what is remembered of a gyroscope', () => {
  it('begins surer, by as much as the memory is worth', () => {
    expect(firstSigmaDegPerS(plain)).toBeCloseTo(1, 1);
    expect(firstSigmaDegPerS(remembering)).toBeCloseTo(0.5, 1);
  });

  it('gives the same result from its file, live and refined, and says how well the bias was found', () => {
    const file = readRecordingFile(writeRecordingFile(remembering), 'memory.thora');
    expect(file.commands).toEqual(remembering.commands);
    const { result } = replaySession(remembering);
    expect(replaySession(file).result).toEqual(result);
    expect(replayRefined(file).live.result).toEqual(result);
    expect(result.sensors[0]?.gyroBiasSigmaRadPerS).toBeLessThan(0.1 * RAD_PER_DEG);
  });
});
