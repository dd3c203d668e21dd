import { beginSamples, createSampleBatch, type SampleBatch } from '../../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from '../device-family.ts';
import { CONTROL_REPLY } from './start-reply.ts';

/** Some seconds of either sensor, in more samples than any frame holds. */
const CAPACITY = 512;
const FRAME_CAPACITY = 256;
const ACC_FRAME = 2;

/** Samples in order of time, of which the first are given away. */
class Backlog {
  readonly timeMs = new Float64Array(CAPACITY);
  readonly values = new Float64Array(3 * CAPACITY);
  count = 0;

  /** @returns how many had to be dropped for want of room */
  append(batch: SampleBatch, values: Float64Array): number {
    const dropped = Math.max(0, this.count + batch.count - CAPACITY);
    this.dropFirst(dropped);
    for (let i = 0; i < batch.count; i++) {
      this.timeMs[this.count] = batch.firstDeviceTicks + i * batch.nominalPeriodMs;
      for (let axis = 0; axis < 3; axis++) this.values[3 * this.count + axis] = values[3 * i + axis];
      this.count++;
    }
    return dropped;
  }

  dropFirst(count: number): void {
    if (count <= 0) return;
    const gone = Math.min(count, this.count);
    this.timeMs.copyWithin(0, gone, this.count);
    this.values.copyWithin(0, 3 * gone, 3 * this.count);
    this.count -= gone;
  }
}

/**
 * Accelerometer and gyroscope come in frames of their own, each sampled at its own moments of one clock. A turn rate is
 * handed over once the acceleration of its time is known, by interpolation between the two values around it.
 */
export function createPolarMotionDecoder(acc: DeviceDecoder, gyro: DeviceDecoder): DeviceDecoder {
  const frame = createSampleBatch(FRAME_CAPACITY);
  const accs = new Backlog();
  const gyros = new Backlog();
  let rejection = '';
  let givenUp = '';
  let periodMs = NaN;

  function takeFrame(view: DataView): DecodeOutcome {
    const isAcc = view.byteLength > 0 && view.getUint8(0) === ACC_FRAME;
    const decoder = isAcc ? acc : gyro;
    const outcome = decoder.decode(view, frame);
    rejection = decoder.rejection;
    if (outcome !== 'samples') return outcome;
    const dropped = isAcc ? accs.append(frame, frame.accMetersPerS2) : gyros.append(frame, frame.gyroRadPerS);
    if (!isAcc) periodMs = frame.nominalPeriodMs;
    if (!isAcc && dropped > 0) givenUp = `${dropped} turn rates whose acceleration never came`;
    return outcome;
  }

  /** Turn rates whose time the acceleration has reached. */
  function handOver(out: SampleBatch): DecodeOutcome {
    const reachedMs = accs.count > 0 ? accs.timeMs[accs.count - 1] : -Infinity;
    let count = 0;
    while (count < gyros.count && count < out.capacity && gyros.timeMs[count] <= reachedMs) count++;
    out.count = 0;
    if (count === 0) return 'partial';
    beginSamples(out, count);
    out.firstDeviceTicks = gyros.timeMs[0];
    out.nominalPeriodMs = periodMs;
    let at = 0;
    for (let i = 0; i < count; i++) {
      const timeMs = gyros.timeMs[i];
      for (let axis = 0; axis < 3; axis++) out.gyroRadPerS[3 * i + axis] = gyros.values[3 * i + axis];
      while (at + 1 < accs.count && accs.timeMs[at + 1] <= timeMs) at++;
      if (accs.timeMs[at] > timeMs) continue;
      const next = Math.min(at + 1, accs.count - 1);
      const spanMs = accs.timeMs[next] - accs.timeMs[at];
      // Across a lost frame the acceleration is not known.
      if (spanMs > 3 * periodMs) continue;
      const share = spanMs > 0 ? (timeMs - accs.timeMs[at]) / spanMs : 0;
      for (let axis = 0; axis < 3; axis++) {
        const from = accs.values[3 * at + axis];
        out.accMetersPerS2[3 * i + axis] = from + share * (accs.values[3 * next + axis] - from);
      }
    }
    accs.dropFirst(at);
    gyros.dropFirst(count);
    return 'samples';
  }

  return {
    get rejection() {
      return rejection;
    },
    get waiting() {
      return gyros.count > 0;
    },
    get givenUp() {
      return givenUp;
    },
    decode(view, out) {
      givenUp = '';
      if (view.byteLength > 0 && view.getUint8(0) === CONTROL_REPLY) {
        rejection = '';
        gyro.decode(view, frame);
        out.count = 0;
        return acc.decode(view, frame);
      }
      const outcome = takeFrame(view);
      if (outcome === 'samples') return handOver(out);
      out.count = 0;
      return outcome;
    },
    reset() {
      acc.reset();
      gyro.reset();
      rejection = '';
      givenUp = '';
      accs.count = 0;
      gyros.count = 0;
    },
  };
}
