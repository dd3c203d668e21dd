import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { beginSamples } from '../../packet/sample-batch.ts';
import type { SampleBatch } from '../../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from '../device-family.ts';
import { bytesOf, Refusal } from '../packet-values.ts';
import { readDeltaFrame } from './delta-frame.ts';
import { CONTROL_REPLY, readStartReply } from './start-reply.ts';

const HEADER_BYTES = 10;
const COMPRESSED = 0x80;
const MOST_CHANNELS = 4;
const MILLI_G = GRAVITY_METERS_PER_S2 / 1000;
const MICRO_TESLA_PER_GAUSS = 100;

type PolarQuantity = 'acc' | 'gyro' | 'mag';

export interface PolarStream {
  readonly name: string;
  readonly quantity: PolarQuantity;
  /** Type byte of its frames. */
  readonly measurement: number;
  readonly rateHz: number;
}

/** Measurement types, for telling what a foreign frame is. */
const MEASUREMENTS: Readonly<Record<number, string>> = {
  0: 'ECG',
  1: 'PPG',
  2: 'acc',
  3: 'PPI',
  5: 'gyro',
  6: 'mag',
  9: 'SDK mode',
};

/** How the body of one frame type is read; null for a type that is not published. */
interface Body {
  readonly compressed: boolean;
  /** Of an uncompressed value. */
  readonly valueBytes: number;
  readonly channels: number;
  /** From a value times the device's factor to SI. */
  readonly scale: number;
}

const delta = (channels: number, scale: number): Body => ({
  compressed: true,
  valueBytes: 2,
  channels,
  scale,
});
const raw = (valueBytes: number, scale: number): Body => ({
  compressed: false,
  valueBytes,
  channels: 3,
  scale,
});

/** By the frame type byte, whose bit 7 says that the body is compressed. */
const BODIES: Readonly<Record<PolarQuantity, Readonly<Record<number, Body>>>> = {
  acc: {
    [COMPRESSED]: delta(3, GRAVITY_METERS_PER_S2),
    [COMPRESSED + 1]: delta(3, MILLI_G),
    0: raw(1, MILLI_G),
    1: raw(2, MILLI_G),
    2: raw(3, MILLI_G),
  },
  gyro: { [COMPRESSED]: delta(3, RAD_PER_DEG) },
  mag: {
    [COMPRESSED]: delta(3, MICRO_TESLA_PER_GAUSS),
    // The fourth channel is the state of the calibration.
    [COMPRESSED + 1]: delta(4, MICRO_TESLA_PER_GAUSS / 1000),
  },
};

/**
 * Frames of Polar's measurement data service. The frame's time is that of its last sample, so the first is counted back
 * by the nominal period. The answer to a start command, where it is among the packets, sets rate and factor;
 * without it the factor is 1, as in the vendor's library.
 */
export function createPolarDecoder(stream: PolarStream): DeviceDecoder {
  const refusal = new Refusal();
  let values = new Float64Array(0);
  let factor = 1;
  let rateHz = stream.rateHz;

  function takeReply(view: DataView, out: SampleBatch): DecodeOutcome {
    const settings = readStartReply(view);
    if (settings !== null && settings.measurement === stream.measurement) {
      factor = Number.isNaN(settings.factor) ? 1 : settings.factor;
      if (!Number.isNaN(settings.rateHz)) rateHz = settings.rateHz;
    }
    out.count = 0;
    return 'reply';
  }

  function readBody(view: DataView, body: Body, out: SampleBatch): DecodeOutcome {
    const { channels, valueBytes } = body;
    if (values.length < MOST_CHANNELS * out.capacity) values = new Float64Array(MOST_CHANNELS * out.capacity);
    let count: number;
    if (body.compressed) {
      count = readDeltaFrame(view, HEADER_BYTES, channels, values.subarray(0, channels * out.capacity));
      if (count === -1)
        return refusal.of(`packet cut: ${bytesOf(view.byteLength)} end within a sample or block`, out);
      if (count === -2)
        return refusal.of(`more samples in one packet than there is room for (${out.capacity})`, out);
      if (count === -3)
        return refusal.of('a block states more bits than the difference of two samples takes', out);
    } else {
      const bytes = view.byteLength - HEADER_BYTES;
      count = bytes / (valueBytes * channels);
      if (count < 1 || !Number.isInteger(count))
        return refusal.of(`packet cut: ${bytesOf(bytes)} behind the header are no whole samples`, out);
      if (count > out.capacity)
        return refusal.of(`${count} samples in one packet, room for ${out.capacity}`, out);
      for (let i = 0; i < channels * count; i++)
        values[i] = signedAt(view, HEADER_BYTES + valueBytes * i, valueBytes);
    }
    beginSamples(out, count);
    const scale = body.compressed ? body.scale * factor : body.scale;
    const target = targetOf(stream.quantity, out);
    for (let i = 0; i < count; i++)
      for (let axis = 0; axis < 3; axis++) target[3 * i + axis] = values[channels * i + axis] * scale;
    out.nominalPeriodMs = 1000 / rateHz;
    out.firstDeviceTicks = timeMs(view) - (count - 1) * out.nominalPeriodMs;
    return 'samples';
  }

  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      if (view.byteLength > 0 && view.getUint8(0) === CONTROL_REPLY) return takeReply(view, out);
      if (view.byteLength <= HEADER_BYTES)
        return refusal.of(
          `packet cut: ${bytesOf(view.byteLength)}, the header alone is ${HEADER_BYTES}`,
          out,
        );
      const measurement = view.getUint8(0);
      if (measurement !== stream.measurement) {
        const what = MEASUREMENTS[measurement] ?? 'unknown';
        return refusal.of(
          `byte 0: measurement ${measurement} (${what}), but the stream is ${stream.name}`,
          out,
        );
      }
      const type = view.getUint8(9);
      const body = BODIES[stream.quantity][type];
      if (body === undefined)
        return refusal.of(
          `byte 9: ${type & COMPRESSED ? 'compressed' : 'uncompressed'} frame type ${type % COMPRESSED} is not known for ${stream.name}`,
          out,
        );
      return readBody(view, body, out);
    },
    reset() {
      refusal.reason = '';
      factor = 1;
      rateHz = stream.rateHz;
    },
  };
}

/** The frame's u64 nanoseconds in milliseconds. */
function timeMs(view: DataView): number {
  return view.getUint32(5, true) * (2 ** 32 / 1e6) + view.getUint32(1, true) / 1e6;
}

function signedAt(view: DataView, offset: number, bytes: number): number {
  if (bytes === 1) return view.getInt8(offset);
  if (bytes === 2) return view.getInt16(offset, true);
  return view.getUint16(offset, true) + 65536 * view.getInt8(offset + 2);
}

function targetOf(quantity: PolarQuantity, out: SampleBatch): Float64Array {
  if (quantity === 'acc') return out.accMetersPerS2;
  return quantity === 'gyro' ? out.gyroRadPerS : out.magMicroTesla;
}
