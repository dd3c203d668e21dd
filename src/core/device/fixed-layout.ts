import { beginSamples } from '../packet/sample-batch.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from './device-family.ts';
import { bytesOf, Refusal } from './packet-values.ts';

type Quantity = 'gyro' | 'acc' | 'mag' | 'quaternion' | 'freeAcc';

/** One quantity of a packet: three values, four for a quaternion, little-endian and side by side. */
export interface Field {
  readonly quantity: Quantity;
  readonly offset: number;
  readonly format: 'f32' | 'i32' | 'i16';
  /** From the unit as sent to SI (uT for a field, 1 for a quaternion). */
  readonly scale: number;
  /** Largest magnitude of one value in the unit as sent that the sensor can have; more is no such packet. */
  readonly limit: number;
  /** Place of w, x, y, z among the four values; absent when they are sent in this order. */
  readonly order?: readonly [number, number, number, number];
}

/** A packet of one sample with everything in its place. */
export interface FixedLayout {
  /** What the packet is, as its reader would call it. */
  readonly title: string;
  readonly bytes: number;
  /** The characteristic may fill up to this size with zeros; absent when the packet ends with its last field. */
  readonly paddedBytes?: number;
  /** Offset of a u32 device time; absent without a device clock. */
  readonly clockOffset?: number;
  /** NaN when the rate is set on the device and not told. */
  readonly nominalPeriodMs: number;
  readonly fields: readonly Field[];
}

/** What no sensor exceeds in any unit in which floats are sent here; guards where a range is not published. */
export const NO_KNOWN_LIMIT = 1e5;

function valueAt(view: DataView, field: Field, i: number): number {
  switch (field.format) {
    case 'f32':
      return view.getFloat32(field.offset + 4 * i, true);
    case 'i32':
      return view.getInt32(field.offset + 4 * i, true);
    case 'i16':
      return view.getInt16(field.offset + 2 * i, true);
  }
}

function targetOf(quantity: Quantity, out: SampleBatch): Float64Array {
  switch (quantity) {
    case 'gyro':
      return out.gyroRadPerS;
    case 'acc':
      return out.accMetersPerS2;
    case 'mag':
      return out.magMicroTesla;
    case 'quaternion':
      return out.vendorQuaternion;
    case 'freeAcc':
      return out.freeAccMetersPerS2;
  }
}

/** Reads one packet, or says by `refusal` why it is none. Allocates nothing for a packet that is taken. */
export function readFixed(
  view: DataView,
  layout: FixedLayout,
  out: SampleBatch,
  refusal: Refusal,
): DecodeOutcome {
  const { title, bytes, paddedBytes = bytes, fields } = layout;
  const size = view.byteLength;
  if (size < bytes) return refusal.of(`packet cut: ${title} is ${bytesOf(bytes)}, ${size} arrived`, out);
  if (size > paddedBytes)
    return refusal.of(`${bytesOf(size)}, but ${title} is ${bytesOf(bytes)}: another stream?`, out);
  for (let i = bytes; i < size; i++)
    if (view.getUint8(i) !== 0)
      return refusal.of(`byte ${i}: not zero behind the ${bytesOf(bytes)} of ${title}: another stream?`, out);
  for (const field of fields) {
    const count = field.quantity === 'quaternion' ? 4 : 3;
    for (let i = 0; i < count; i++) {
      const value = valueAt(view, field, i);
      if (!(Math.abs(value) <= field.limit))
        return refusal.of(
          `byte ${field.offset + (field.format === 'i16' ? 2 : 4) * i}: ${value} is out of the range of ${title}`,
          out,
        );
    }
  }
  beginSamples(out, 1);
  if (layout.clockOffset !== undefined) out.firstDeviceTicks = view.getUint32(layout.clockOffset, true);
  out.nominalPeriodMs = layout.nominalPeriodMs;
  for (const field of fields) {
    const target = targetOf(field.quantity, out);
    const count = field.quantity === 'quaternion' ? 4 : 3;
    for (let i = 0; i < count; i++) target[i] = valueAt(view, field, field.order?.[i] ?? i) * field.scale;
  }
  return 'samples';
}

/** For streams of one layout. `isReply` knows an answer to a command that arrives on the same characteristic. */
export function createFixedDecoder(
  layout: FixedLayout,
  isReply: (view: DataView) => boolean = () => false,
): DeviceDecoder {
  const refusal = new Refusal();
  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      if (isReply(view)) {
        out.count = 0;
        return 'reply';
      }
      return readFixed(view, layout, out, refusal);
    },
    reset() {
      refusal.reason = '';
    },
  };
}
