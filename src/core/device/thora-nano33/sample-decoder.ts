import { headKind, PACKET_KIND } from '../../../../firmware-protocol/typescript/packet-head.ts';
import { decodeReply } from '../../../../firmware-protocol/typescript/reply.ts';
import {
  createSampleHeader,
  describeSampleFault,
  readSampleHeader,
  readSamplesInto,
} from '../../../../firmware-protocol/typescript/sample-packet.ts';
import type { SampleBatch } from '../../packet/sample-batch.ts';
import type { DecodeOutcome, DeviceDecoder } from '../device-family.ts';

const COUNTER_MODULUS = 2 ** 32;

/**
 * Protocol bytes to samples. `firstSampleNumber` counts modulo 2^32 in both packet forms: the 16-bit count of a
 * single-sample packet is carried on here, so a loss of up to 65535 samples shows as a step of the right size.
 * Nothing is allocated for a packet that is accepted.
 */
export function createSampleDecoder(): DeviceDecoder {
  const header = createSampleHeader();
  let rejection = '';
  let lastCounter = -1;
  let carriedCounter = 0;

  function reject(reason: string, out: SampleBatch): DecodeOutcome {
    rejection = reason;
    out.count = 0;
    return 'rejected';
  }

  return {
    get rejection() {
      return rejection;
    },
    decode(view, out) {
      rejection = '';
      const fault = readSampleHeader(view, header);
      if (fault === 'kind' && headKind(view.getUint8(0)) === PACKET_KIND.reply) {
        const reply = decodeReply(view);
        if (typeof reply === 'string') return reject(reply, out);
        out.count = 0;
        return 'reply';
      }
      if (fault !== '') return reject(describeSampleFault(view, fault), out);
      if (header.count > out.capacity)
        return reject(`${header.count} samples in one packet, room for ${out.capacity}`, out);
      if (header.form === 'single') {
        carriedCounter =
          lastCounter < 0
            ? header.sampleCounter
            : (carriedCounter + ((header.sampleCounter - lastCounter + 65536) % 65536)) % COUNTER_MODULUS;
        lastCounter = header.sampleCounter;
        out.firstSampleNumber = carriedCounter;
      } else {
        lastCounter = -1;
        out.firstSampleNumber = header.sampleCounter;
      }
      out.count = header.count;
      out.firstDeviceTicks = header.deviceTimeUs;
      out.nominalPeriodMs = 100_000 / header.rateCentiHz;
      readSamplesInto(view, header, out.gyroRadPerS, out.accMetersPerS2, out.magMicroTesla);
      return 'samples';
    },
    reset() {
      rejection = '';
      lastCounter = -1;
      carriedCounter = 0;
    },
  };
}
