import type { SampleBatch } from '../packet/sample-batch.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';
import { calibrateBatch } from './calibrated-samples.ts';
import type { DeviceDecoder, DeviceFamily } from './device-family.ts';

/**
 * The family's decoder as the chain needs it: with right-handed axes, for some libraries on the devices mirror the
 * accelerometer and the gyroscope, and with what a bench check found the unit to need. The one door to both, live and
 * played again. A decoder by itself hands over what was sent.
 */
export function createLiveDecoder(
  family: DeviceFamily,
  stream: string,
  calibration: SensorCalibration | null = null,
): DeviceDecoder {
  const decoder = family.createDecoder(stream);
  const { mirroredAxis } = family;
  if (mirroredAxis === null && calibration === null) return decoder;
  return {
    get rejection() {
      return decoder.rejection;
    },
    decode(view, out) {
      const outcome = decoder.decode(view, out);
      if (outcome !== 'samples') return outcome;
      if (mirroredAxis !== null) mirror(out, mirroredAxis);
      if (calibration !== null) calibrateBatch(out, calibration, family);
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
