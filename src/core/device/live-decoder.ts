import type { SampleBatch } from '../packet/sample-batch.ts';
import type { DeviceDecoder, DeviceFamily } from './device-family.ts';

/**
 * The family's decoder with right-handed axes, as the chain needs them: some libraries on the devices mirror the
 * accelerometer and the gyroscope. A decoder by itself hands over what was sent.
 */
export function createLiveDecoder(family: DeviceFamily, stream: string): DeviceDecoder {
  const decoder = family.createDecoder(stream);
  const { mirroredAxis } = family;
  if (mirroredAxis === null) return decoder;
  return {
    get rejection() {
      return decoder.rejection;
    },
    decode(view, out) {
      const outcome = decoder.decode(view, out);
      if (outcome === 'samples') mirror(out, mirroredAxis);
      return outcome;
    },
    reset: () => decoder.reset(),
  };
}

function mirror(batch: SampleBatch, axis: number): void {
  for (let at = axis; at < 3 * batch.count; at += 3) {
    batch.accMetersPerS2[at] = -batch.accMetersPerS2[at];
    batch.gyroRadPerS[at] = -batch.gyroRadPerS[at];
  }
}
