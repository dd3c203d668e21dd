import { describe, expect, test } from 'vitest';
import { simulatedGain } from '../../../src/cli/evaluate/calibration.ts';
import { deviceFamily } from '../../../src/core/device/registry.ts';
import { createLiveDecoder } from '../../../src/core/device/live-decoder.ts';
import { createSampleBatch } from '../../../src/core/packet/sample-batch.ts';
import { imuSeriesFromPackets } from '../../../src/core/pipeline/sensor-timeline.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const CALIBRATION = {
  acc: { matrix: [2, 0, 0, 0, 2, 0, 0, 0, 2], offset: [0, 0, 0] },
  gyro: { matrix: [0, 1, 0, 1, 0, 0, 0, 0, 1], offset: [0.1, 0.2, 0.3] },
  mag: null,
} as const;

function shortSession() {
  return simulateSession(
    { name: 'short', sets: [{ exerciseId: 'E01', side: null, repetitions: 1 }] },
    { roles: ['upperBack'], seed: 5 },
  );
}

describe('a calibration', () => {
  test('is applied where packets become samples', () => {
    const { packets } = shortSession().recording.sensors[0]!;
    const family = deviceFamily('thora-nano33');
    const read = (calibration: typeof CALIBRATION | null) => {
      const batch = createSampleBatch(64);
      const view = new DataView(packets.bytes.buffer, packets.bytes.byteOffset, packets.offsets[1]);
      expect(createLiveDecoder(family, '', calibration).decode(view, batch)).toBe('samples');
      return batch;
    };
    const plain = read(null),
      corrected = read(CALIBRATION);
    for (let i = 0; i < plain.count; i++) {
      expect(corrected.accMetersPerS2[3 * i]).toBe(2 * plain.accMetersPerS2[3 * i]!);
      expect(corrected.gyroRadPerS[3 * i]).toBe(plain.gyroRadPerS[3 * i + 1]! - 0.2);
      expect(corrected.gyroRadPerS[3 * i + 1]).toBe(plain.gyroRadPerS[3 * i]! - 0.1);
      expect(corrected.magMicroTesla[3 * i]).toBe(plain.magMicroTesla[3 * i]);
    }
  });

  test('leaves a reading at the end of its range as it is', () => {
    const family = deviceFamily('thora-nano33');
    const full = {
      ...family,
      createDecoder: () => ({
        rejection: '',
        reset: () => undefined,
        decode: (_: DataView, out: ReturnType<typeof createSampleBatch>) => {
          out.count = 1;
          out.gyroRadPerS.set([family.gyroFullScaleRadPerS, 1, 1]);
          out.accMetersPerS2.set([1, 1, 1]);
          return 'samples' as const;
        },
      }),
    };
    const batch = createSampleBatch(1);
    createLiveDecoder(full, '', CALIBRATION).decode(new DataView(new ArrayBuffer(1)), batch);
    expect([...batch.gyroRadPerS]).toEqual([family.gyroFullScaleRadPerS, 1, 1]);
    expect([...batch.accMetersPerS2]).toEqual([2, 2, 2]);
  });

  test('travels in the recording, and the report uses it', () => {
    const { recording } = shortSession();
    const commands = recording.commands.map((recorded) =>
      recorded.command.kind === 'attachSensor'
        ? { ...recorded, command: { ...recorded.command, calibration: CALIBRATION } }
        : recorded,
    );
    const back = readRecordingFile(writeRecordingFile({ ...recording, commands }), 'x');
    expect(back.commands).toEqual(commands);
    const plain = imuSeriesFromPackets(recording.sensors[0]!, 0, recording.commands);
    const corrected = imuSeriesFromPackets(back.sensors[0]!, 0, back.commands);
    expect(corrected.accMetersPerS2[300]).toBe(2 * plain.accMetersPerS2[300]!);
    expect(corrected.timeS).toEqual(plain.timeS);
  });
});

test('a bench check takes the error of ranges under a low gyroscope down by more than five times @slow', () => {
  const { without_rmse_deg, with_rmse_deg, worst_scale_error_percent } = simulatedGain(1, 1);
  expect(without_rmse_deg / with_rmse_deg).toBeGreaterThan(5);
  expect(worst_scale_error_percent).toBeLessThan(0.2);
});
