import { DeviceTimeline } from '../clock/device-timeline.ts';
import { fitRecordingClock, hostTimeMs } from '../clock/recording-clock.ts';
import type { DeviceFamily } from '../device/device-family.ts';
import { deviceFamily } from '../device/registry.ts';
import type { ImuSeries } from '../fusion/imu-series.ts';
import { createSampleBatch } from '../packet/sample-batch.ts';
import type { RecordedSensor } from '../recording/session-recording.ts';

/** More samples than any family packs into one notification. */
export const LARGEST_BATCH = 64;

/**
 * Decodes everything one sensor sent and places it on the session's axis with the whole recording in view.
 *
 * @param startHostMs host time that is second 0; the same for all sensors of a recording
 * @returns samples in order of time, strictly rising; lost samples are simply not there
 */
export function imuSeriesFromPackets(
  sensor: RecordedSensor,
  startHostMs = 0,
  family: DeviceFamily = deviceFamily(sensor.description.family),
): ImuSeries {
  const log = sensor.packets;
  const decoder = family.createDecoder(sensor.description.stream);
  const batch = createSampleBatch(LARGEST_BATCH);
  const timeline = new DeviceTimeline(family.clock);
  const lastMs = new Float64Array(log.count),
    firstMs = new Float64Array(log.count),
    periodMs = new Float64Array(log.count),
    hostMs = new Float64Array(log.count);
  const stretchOf = new Int32Array(log.count);
  const firstSample = new Uint32Array(log.count + 1);
  const stretchStart: number[] = [];
  let capacity = 1024,
    samples = 0,
    packets = 0;
  let gyro = new Float64Array(3 * capacity),
    acc = new Float64Array(3 * capacity),
    mag = new Float64Array(3 * capacity);

  for (let i = 0; i < log.count; i++) {
    const from = log.offsets[i];
    const view = new DataView(log.bytes.buffer, log.bytes.byteOffset + from, log.offsets[i + 1] - from);
    if (decoder.decode(view, batch) !== 'samples' || batch.count === 0) continue;
    const standing = timeline.place(batch, log.hostTimeMs[i]);
    if (standing === 'stale') continue;
    if (standing !== 'continued') stretchStart.push(packets);
    if (samples + batch.count > capacity) {
      capacity = 2 * (samples + batch.count);
      gyro = grown(gyro, 3 * capacity);
      acc = grown(acc, 3 * capacity);
      mag = grown(mag, 3 * capacity);
    }
    for (let k = 0; k < 3 * batch.count; k++) {
      gyro[3 * samples + k] = batch.gyroRadPerS[k];
      acc[3 * samples + k] = batch.accMetersPerS2[k];
      mag[3 * samples + k] = batch.magMicroTesla[k];
    }
    firstMs[packets] = timeline.firstMs;
    lastMs[packets] = timeline.lastMs;
    periodMs[packets] = timeline.periodMs;
    hostMs[packets] = log.hostTimeMs[i] - startHostMs;
    stretchOf[packets] = stretchStart.length - 1;
    firstSample[packets] = samples;
    samples += batch.count;
    firstSample[++packets] = samples;
  }

  const clocks = stretchStart.map((start, s) =>
    fitRecordingClock(lastMs, hostMs, start, stretchStart[s + 1] ?? packets),
  );
  const timeS = new Float64Array(samples);
  let previousS = -Infinity;
  for (let p = 0; p < packets; p++) {
    const clock = clocks[stretchOf[p]];
    for (let i = firstSample[p]; i < firstSample[p + 1]; i++) {
      const deviceMs = firstMs[p] + (i - firstSample[p]) * periodMs[p];
      const s = hostTimeMs(clock, deviceMs) / 1000;
      // Coarse device stamps may touch the packet before by a fraction of a sample.
      timeS[i] = previousS = s > previousS ? s : previousS + 1e-4;
    }
  }
  const magValues = mag.subarray(0, 3 * samples);
  return {
    count: samples,
    timeS,
    gyroRadPerS: gyro.subarray(0, 3 * samples),
    accMetersPerS2: acc.subarray(0, 3 * samples),
    magMicroTesla: magValues.some(Number.isFinite) ? magValues : null,
  };
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(length);
  out.set(values);
  return out;
}
