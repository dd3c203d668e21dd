import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { beginSamples } from '../../packet/sample-batch.ts';
import type { SampleBatch } from '../../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from '../device-family.ts';
import { bytesOf, readInt16s, Refusal } from '../packet-values.ts';
import { FRAME_BYTES, FrameFinder, MOTION_FRAME } from './frame-finder.ts';

const LONGEST_NOTIFICATION_BYTES = 512;
const ACC_SCALE = (16 / 32768) * GRAVITY_METERS_PER_S2;
const GYRO_SCALE = (2000 / 32768) * RAD_PER_DEG;
const QUATERNION_SCALE = 1 / 32768;
const QUATERNION_REGISTER = 0x51;

export type WitmotionStream = 'motion' | 'quaternion';

/**
 * A byte stream cut into notifications anywhere. `motion` takes the frames that the unit streams; `quaternion` takes
 * the answers to polling its orientation register, which are plain replies otherwise. No time, count or checksum.
 */
export function createWitmotionDecoder(stream: WitmotionStream): DeviceDecoder {
  const capacity = FRAME_BYTES + LONGEST_NOTIFICATION_BYTES;
  const bytes = new Uint8Array(capacity);
  const buffered = new DataView(bytes.buffer);
  const finder = new FrameFinder(capacity);
  const refusal = new Refusal();
  let kept = 0;
  let givenUp = '';

  /** Frames that are no sample of the stream leave `out` as it is. */
  function readFrame(at: number, out: SampleBatch): void {
    if (stream === 'motion') {
      if (bytes[at + 1] !== MOTION_FRAME) return;
      readInt16s(buffered, at + 2, 3, ACC_SCALE, out.accMetersPerS2, 3 * out.count);
      readInt16s(buffered, at + 8, 3, GYRO_SCALE, out.gyroRadPerS, 3 * out.count);
    } else {
      if (bytes[at + 1] === MOTION_FRAME || bytes[at + 2] !== QUATERNION_REGISTER) return;
      readInt16s(buffered, at + 4, 4, QUATERNION_SCALE, out.vendorQuaternion, 4 * out.count);
    }
    out.count++;
  }

  function readAll(size: number, fresh: number, out: SampleBatch): DecodeOutcome {
    beginSamples(out, Math.min(out.capacity, Math.floor(size / FRAME_BYTES)));
    out.count = 0;
    let frames = 0;
    let lost = 0;
    let place = 0;
    while (place < size && !finder.isTailAt(place)) {
      if (!finder.isFrameAt(place)) {
        if (place < fresh) lost++;
        place++;
        continue;
      }
      if (out.count === out.capacity) {
        kept = 0;
        return refusal.of(`more than ${out.capacity} samples in one packet`, out);
      }
      frames++;
      readFrame(place, out);
      place += FRAME_BYTES;
    }
    kept = size - place;
    bytes.copyWithin(0, place, size);
    if (lost > 0) givenUp = `${bytesOf(lost)} of a frame whose rest never came`;
    if (out.count > 0) return 'samples';
    if (frames > 0) return 'reply';
    if (kept > 0) return 'partial';
    return refusal.of(`no frame (55 61 or 55 71) begins in these ${bytesOf(size - fresh)}`, out);
  }

  return {
    get rejection() {
      return refusal.reason;
    },
    get waiting() {
      return kept > 0;
    },
    get givenUp() {
      return givenUp;
    },
    decode(view, out) {
      refusal.reason = '';
      givenUp = '';
      const length = view.byteLength;
      if (length === 0) return refusal.of('0 bytes', out);
      if (length > LONGEST_NOTIFICATION_BYTES)
        return refusal.of(`${length} bytes are more than a notification holds`, out);
      const fresh = kept;
      for (let i = 0; i < length; i++) bytes[fresh + i] = view.getUint8(i);
      finder.consider(bytes, fresh + length, fresh);
      return readAll(fresh + length, fresh, out);
    },
    reset() {
      refusal.reason = '';
      givenUp = '';
      kept = 0;
    },
  };
}
