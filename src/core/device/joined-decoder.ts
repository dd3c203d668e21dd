import { beginSamples, createSampleBatch, type SampleBatch } from '../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from './device-family.ts';
import { readFixed, type FixedLayout } from './fixed-layout.ts';
import { bytesOf, Refusal } from './packet-values.ts';

/**
 * For devices that send each quantity in a notification of its own, without time or count: what came before a turn rate
 * is taken to belong to it. Each value is used once; a sample lacks what did not come.
 *
 * @param inner hands over at most one sample a packet
 */
export function createJoinedDecoder(inner: DeviceDecoder): DeviceDecoder {
  const part = createSampleBatch(1);
  const held = createSampleBatch(1);
  let waits = false;
  let givenUp = '';

  function clear(): void {
    beginSamples(held, 1);
    waits = false;
  }

  function take(from: Float64Array, to: Float64Array, count: number): boolean {
    if (!Number.isFinite(from[0])) return false;
    for (let i = 0; i < count; i++) to[i] = from[i];
    return true;
  }

  clear();
  return {
    get rejection() {
      return inner.rejection;
    },
    get waiting() {
      return waits;
    },
    get givenUp() {
      return givenUp;
    },
    decode(view, out): DecodeOutcome {
      givenUp = '';
      const outcome = inner.decode(view, part);
      out.count = 0;
      if (outcome !== 'samples' || part.count === 0) return outcome;
      if (Number.isFinite(part.accMetersPerS2[0]) && Number.isFinite(held.accMetersPerS2[0]))
        givenUp = 'an acceleration whose turn rate never came';
      take(part.accMetersPerS2, held.accMetersPerS2, 3);
      take(part.magMicroTesla, held.magMicroTesla, 3);
      take(part.vendorQuaternion, held.vendorQuaternion, 4);
      take(part.freeAccMetersPerS2, held.freeAccMetersPerS2, 3);
      waits = true;
      if (!take(part.gyroRadPerS, held.gyroRadPerS, 3)) return 'partial';
      copySample(held, out);
      out.nominalPeriodMs = part.nominalPeriodMs;
      clear();
      return 'samples';
    },
    reset() {
      inner.reset();
      givenUp = '';
      clear();
    },
  };
}

function copySample(from: SampleBatch, out: SampleBatch): void {
  beginSamples(out, 1);
  for (let i = 0; i < 3; i++) {
    out.gyroRadPerS[i] = from.gyroRadPerS[i];
    out.accMetersPerS2[i] = from.accMetersPerS2[i];
    out.magMicroTesla[i] = from.magMicroTesla[i];
    out.freeAccMetersPerS2[i] = from.freeAccMetersPerS2[i];
  }
  for (let i = 0; i < 4; i++) out.vendorQuaternion[i] = from.vendorQuaternion[i];
}

/** Packets of several characteristics, each behind a byte that numbers its own: `layouts[byte]` reads the rest. */
export function createChannelDecoder(layouts: readonly FixedLayout[]): DeviceDecoder {
  const shifted = layouts.map(behindOneByte);
  const refusal = new Refusal();
  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      if (view.byteLength === 0)
        return refusal.of(`${bytesOf(0)}: no byte that says the characteristic`, out);
      const layout = shifted[view.getUint8(0)];
      if (layout === undefined)
        return refusal.of(`byte 0: there is no characteristic ${view.getUint8(0)}`, out);
      return readFixed(view, layout, out, refusal);
    },
    reset() {
      refusal.reason = '';
    },
  };
}

function behindOneByte(layout: FixedLayout): FixedLayout {
  return {
    ...layout,
    bytes: layout.bytes + 1,
    fields: layout.fields.map((field) => ({ ...field, offset: field.offset + 1 })),
  };
}
