import { deviceFamily } from '../device/registry.ts';
import { createSampleBatch } from '../packet/sample-batch.ts';
import { LARGEST_BATCH } from '../pipeline/sensor-timeline.ts';
import { attachmentsOf, isOtherStream, isOtherUnit } from '../recording/attachments.ts';
import type { RecordedCommand, RecordedSensor } from '../recording/session-recording.ts';

/**
 * Every sample that a sensor sent, as decoded: SI units on the sensor's own axes, with both clocks. NaN is what was not
 * sent. Packets that could not be read are not among them; a lost packet shows as a step of the device's clock.
 */
export interface SensorSamples {
  readonly count: number;
  /** Place of the sample's packet among those of its sensor. */
  readonly packet: Int32Array;
  /** When that packet arrived, by the host's clock. */
  readonly hostArrivalMs: Float64Array;
  /** When the sample was taken, by the device's clock; NaN for a family without one. */
  readonly deviceTimeMs: Float64Array;
  /** 3 numbers a sample each. */
  readonly gyroRadPerS: Float64Array;
  readonly accMetersPerS2: Float64Array;
  readonly magMicroTesla: Float64Array;
}

/** @param commands of the recording: what the sensor was asked for may change on the way */
export function decodeSamples(
  { description, packets }: RecordedSensor,
  commands: readonly RecordedCommand[],
): SensorSamples {
  const attachments = attachmentsOf(description, commands);
  let attached = attachments[0].description;
  let family = deviceFamily(attached.family);
  let decoder = family.createDecoder(attached.stream);
  let next = 1;
  const batch = createSampleBatch(LARGEST_BATCH);
  const packet: number[] = [];
  const hostArrivalMs: number[] = [];
  const deviceTimeMs: number[] = [];
  const gyroRadPerS: number[] = [];
  const accMetersPerS2: number[] = [];
  const magMicroTesla: number[] = [];
  for (let i = 0; i < packets.count; i++) {
    for (; (attachments[next]?.order ?? Infinity) < packets.order[i]; next++) {
      const after = attachments[next].description;
      if (isOtherUnit(attached, after) || isOtherStream(attached, after)) {
        family = deviceFamily(after.family);
        decoder = family.createDecoder(after.stream);
      }
      attached = after;
    }
    const from = packets.offsets[i];
    const { buffer, byteOffset } = packets.bytes;
    const view = new DataView(buffer, byteOffset + from, packets.offsets[i + 1] - from);
    if (decoder.decode(view, batch) !== 'samples') continue;
    const firstMs = family.clock === null ? NaN : batch.firstDeviceTicks / family.clock.ticksPerMs;
    for (let k = 0; k < batch.count; k++) {
      packet.push(i);
      hostArrivalMs.push(packets.hostTimeMs[i]);
      deviceTimeMs.push(firstMs + k * batch.nominalPeriodMs);
      for (let at = 3 * k; at < 3 * k + 3; at++) {
        gyroRadPerS.push(batch.gyroRadPerS[at]);
        accMetersPerS2.push(batch.accMetersPerS2[at]);
        magMicroTesla.push(batch.magMicroTesla[at]);
      }
    }
  }
  return {
    count: packet.length,
    packet: Int32Array.from(packet),
    hostArrivalMs: Float64Array.from(hostArrivalMs),
    deviceTimeMs: Float64Array.from(deviceTimeMs),
    gyroRadPerS: Float64Array.from(gyroRadPerS),
    accMetersPerS2: Float64Array.from(accMetersPerS2),
    magMicroTesla: Float64Array.from(magMicroTesla),
  };
}
