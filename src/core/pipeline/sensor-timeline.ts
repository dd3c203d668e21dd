import type { ClockDoubt } from '../clock/clock-doubt.ts';
import { RecordingTimeline } from '../clock/recording-timeline.ts';
import type { DeviceFamily } from '../device/device-family.ts';
import { deviceFamily } from '../device/registry.ts';
import { createLiveDecoder } from '../device/live-decoder.ts';
import type { ImuSeries } from '../fusion/imu-series.ts';
import type { SensorDescription } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';
import { createSampleBatch } from '../packet/sample-batch.ts';
import { attachmentsOf, isOtherStream, isOtherUnit } from '../recording/attachments.ts';
import type { RecordedCommand, RecordedSensor } from '../recording/session-recording.ts';

/** More samples than any family packs into one notification. */
export const LARGEST_BATCH = 64;

/**
 * Decodes everything one sensor sent and places it on the session's axis with the whole recording in view. Where another
 * unit took its place on the way, what the first one sent is left out.
 *
 * @param startHostMs host time that is second 0; the same for all sensors of a recording
 * @param commands of the recording: exchanges with the sensor's clock and changes of its rate are among them
 * @returns samples in order of time, strictly rising; lost samples are simply not there; and how sure that time is
 */
export function imuSeriesFromPackets(
  sensor: RecordedSensor,
  startHostMs = 0,
  commands: readonly RecordedCommand[] = [],
  family: DeviceFamily = deviceFamily(sensor.description.family),
): ImuSeries & { readonly clock: ClockDoubt } {
  const log = sensor.packets;
  const batch = createSampleBatch(LARGEST_BATCH);
  const { sensorIndex } = sensor.description;
  let { description, calibration } = attachmentsOf(sensor.description, commands)[0];
  let decoder = createLiveDecoder(family, description.stream, calibration);
  let timeline = new RecordingTimeline(family.clock, log.count);
  const attach = (next: SensorDescription, itsCalibration: SensorCalibration | null): void => {
    if (isOtherUnit(description, next)) {
      calibration = itsCalibration;
      samples = 0;
      timeline = new RecordingTimeline(family.clock, log.count);
    } else if (isOtherStream(description, next)) timeline.changeRate();
    else return;
    decoder = createLiveDecoder(family, next.stream, calibration);
    description = next;
  };
  const takeCommandsBefore = (order: number): void => {
    for (; (commands[nextCommand]?.order ?? Infinity) < order; nextCommand++) {
      const { command } = commands[nextCommand];
      if (command.kind === 'clockEcho' && command.sensorIndex === sensorIndex)
        timeline.addEcho(command, startHostMs);
      if (command.kind === 'attachSensor' && command.sensor.sensorIndex === sensorIndex)
        attach(command.sensor, command.calibration ?? null);
    }
  };
  let nextCommand = 0,
    capacity = 1024,
    samples = 0;
  let gyro = new Float64Array(3 * capacity),
    acc = new Float64Array(3 * capacity),
    mag = new Float64Array(3 * capacity);

  for (let i = 0; i < log.count; i++) {
    takeCommandsBefore(log.order[i]);
    const from = log.offsets[i];
    const view = new DataView(log.bytes.buffer, log.bytes.byteOffset + from, log.offsets[i + 1] - from);
    if (decoder.decode(view, batch) !== 'samples' || batch.count === 0) continue;
    if (!timeline.add(batch, log.hostTimeMs[i] - startHostMs)) continue;
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
    samples += batch.count;
  }
  takeCommandsBefore(Infinity);
  const timeS = timeline.sampleTimesS();
  const magValues = mag.subarray(0, 3 * samples);
  return {
    count: samples,
    timeS,
    gyroRadPerS: gyro.subarray(0, 3 * samples),
    accMetersPerS2: acc.subarray(0, 3 * samples),
    magMicroTesla: magValues.some(Number.isFinite) ? magValues : null,
    clock: timeline.doubt,
  };
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(length);
  out.set(values);
  return out;
}
