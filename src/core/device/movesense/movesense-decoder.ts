import { RAD_PER_DEG } from '../../math/angle.ts';
import { beginSamples } from '../../packet/sample-batch.ts';
import type { SampleBatch } from '../../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from '../device-family.ts';
import { bytesOf, describeImplausible, implausibleFloat, readFloats, Refusal } from '../packet-values.ts';
import { isWholeReply, RESPONSE } from './reply.ts';
import { samplesIn } from './stream-layout.ts';
import type { StreamLayout } from './stream-layout.ts';

const HEADER_BYTES = 2;
/** The vendor's firmware cuts a longer payload here, in the middle of a number. */
const FIRST_PART_BYTES = 150;
const LONGEST_NOTIFICATION_BYTES = 512;
const NO_PART = -1;

/**
 * Notifications of one subscription to samples. A packet lists all accelerometer samples, then all gyroscope samples,
 * then all magnetometer samples; u32 milliseconds of its first sample come first. Nothing is allocated for a packet.
 */
export function createMovesenseDecoder(layout: StreamLayout): DeviceDecoder {
  const joined = new DataView(new ArrayBuffer(2 * LONGEST_NOTIFICATION_BYTES));
  const joinedBytes = new Uint8Array(joined.buffer);
  let partBytes = 0;
  let partReference = NO_PART;
  const refusal = new Refusal();
  let givenUp = '';

  function giveUpPart(): void {
    if (partReference === NO_PART) return;
    givenUp =
      partBytes === FIRST_PART_BYTES
        ? `first part of a packet (reference ${partReference}) whose second part never came`
        : `packet cut: ${bytesOf(partBytes)} behind the header where ${layout.path} sends ${layout.expectedBytes}`;
    partReference = NO_PART;
  }

  function read(view: DataView, offset: number, bytes: number, out: SampleBatch): DecodeOutcome {
    const count = samplesIn(layout, bytes);
    if (count > out.capacity)
      return refusal.of(`${count} samples in one packet, room for ${out.capacity}`, out);
    const fault = implausibleFloat(view, offset + 4, 3 * count * layout.sensors.length);
    if (fault >= 0) return refusal.of(describeImplausible(view, fault), out);
    beginSamples(out, count);
    out.firstDeviceTicks = view.getUint32(offset, true);
    out.nominalPeriodMs = 1000 / layout.rateHz;
    let from = offset + 4;
    for (const sensor of layout.sensors) {
      if (sensor === 'acc') readFloats(view, from, 3 * count, 1, out.accMetersPerS2, 0);
      else if (sensor === 'gyro') readFloats(view, from, 3 * count, RAD_PER_DEG, out.gyroRadPerS, 0);
      else readFloats(view, from, 3 * count, 1, out.magMicroTesla, 0);
      from += 12 * count;
    }
    return 'samples';
  }

  function firstPart(view: DataView, out: SampleBatch): DecodeOutcome {
    const bytes = view.byteLength - HEADER_BYTES;
    giveUpPart();
    if (samplesIn(layout, bytes) > 0) return read(view, HEADER_BYTES, bytes, out);
    const { path, expectedBytes } = layout;
    if (expectedBytes <= FIRST_PART_BYTES || bytes < 4 || bytes > expectedBytes)
      return refusal.of(
        bytes < expectedBytes
          ? `packet cut: ${path} sends ${expectedBytes} bytes behind the header, ${bytes} arrived`
          : `${bytesOf(bytes)} behind the header, but ${path} sends ${expectedBytes}: another stream?`,
        out,
      );
    for (let i = 0; i < bytes; i++) joinedBytes[i] = view.getUint8(HEADER_BYTES + i);
    partBytes = bytes;
    partReference = view.getUint8(1);
    out.count = 0;
    return 'partial';
  }

  function secondPart(view: DataView, out: SampleBatch): DecodeOutcome {
    const reference = view.getUint8(1);
    if (reference !== partReference)
      return refusal.of(`second part of a packet (reference ${reference}) whose first part never came`, out);
    const total = partBytes + view.byteLength - HEADER_BYTES;
    if (samplesIn(layout, total) === 0) {
      if (partBytes !== FIRST_PART_BYTES) giveUpPart();
      partReference = NO_PART;
      const { path, expectedBytes } = layout;
      return refusal.of(`both parts together hold ${total} bytes, but ${path} sends ${expectedBytes}`, out);
    }
    for (let i = HEADER_BYTES; i < view.byteLength; i++)
      joinedBytes[partBytes + i - HEADER_BYTES] = view.getUint8(i);
    partReference = NO_PART;
    return read(joined, 0, total, out);
  }

  return {
    get rejection() {
      return refusal.reason;
    },
    get waiting() {
      return partReference !== NO_PART;
    },
    get givenUp() {
      return givenUp;
    },
    decode(view, out) {
      refusal.reason = '';
      givenUp = '';
      if (view.byteLength <= HEADER_BYTES)
        return refusal.of(`${bytesOf(view.byteLength)}: no notification is so short`, out);
      if (view.byteLength > LONGEST_NOTIFICATION_BYTES)
        return refusal.of(`${view.byteLength} bytes are more than a notification holds`, out);
      const code = view.getUint8(0);
      if (code === RESPONSE.data) return firstPart(view, out);
      if (code === RESPONSE.dataPart2) return secondPart(view, out);
      if (code !== RESPONSE.reply)
        return refusal.of(`byte 0: response code ${code} is not one that this stream uses`, out);
      if (!isWholeReply(view)) return refusal.of(`reply cut: ${bytesOf(view.byteLength)}`, out);
      out.count = 0;
      return 'reply';
    },
    reset() {
      refusal.reason = '';
      givenUp = '';
      partReference = NO_PART;
    },
  };
}
