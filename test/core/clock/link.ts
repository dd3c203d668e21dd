import { createSampleBatch, type SampleBatch } from '../../../src/core/packet/sample-batch.ts';

/** One packet of a pretended link, with the truth beside it. */
export interface LinkPacket {
  readonly deviceTicks: number;
  readonly sampleNumber: number;
  readonly count: number;
  readonly arrivalMs: number;
  /** When the last sample really was taken, plus the link's least latency. */
  readonly lastTrueMs: number;
}

export interface LinkOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly rateHz: number;
  readonly perPacket: number;
  /** Device milliseconds per true millisecond, minus 1. */
  readonly skew: number;
  readonly jitterMs: number;
  readonly bunchMs: number;
  readonly loss: number;
  readonly tickMs: number;
  readonly wrapTicks: number;
  readonly startTicks: number;
  readonly restartAtMs: number;
}

/** Mulberry32: small, seeded, good enough for delays. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function simulateLink(options: LinkOptions): LinkPacket[] {
  const random = seededRandom(options.seed);
  const packets: LinkPacket[] = [];
  const truePeriodMs = 1000 / options.rateHz;
  let sample = 0,
    deviceOriginMs = 0,
    arrivalFloorMs = 0,
    heldUntilMs = 0,
    base = options.startTicks,
    numberOrigin = 0,
    crowding = 0,
    crowdingUntilMs = 0,
    hasRestarted = false;
  for (;;) {
    const firstTrueMs = sample * truePeriodMs;
    if (firstTrueMs > options.durationMs) return packets;
    if (!hasRestarted && firstTrueMs >= options.restartAtMs) {
      hasRestarted = true;
      deviceOriginMs = firstTrueMs;
      base = 137;
      numberOrigin = sample;
    }
    const lastTrueMs = firstTrueMs + (options.perPacket - 1) * truePeriodMs;
    const deviceMs = (firstTrueMs - deviceOriginMs) * (1 + options.skew);
    // The air is free or crowded for a tenth of a second at a time. Independent delays of packets that follow each
    // other faster than the jitter would never let one through at once: order is kept, so the slowest leads.
    if (lastTrueMs >= crowdingUntilMs) {
      crowdingUntilMs = lastTrueMs + 100;
      crowding = random() < 0.25 ? 0 : options.jitterMs;
    }
    const readyMs = lastTrueMs + random() * crowding;
    // Now and then the stack holds everything back and delivers it at once.
    if (options.bunchMs > 0 && random() < 0.05) heldUntilMs = readyMs + options.bunchMs * random();
    arrivalFloorMs = Math.max(arrivalFloorMs + 0.02, readyMs, heldUntilMs);
    if (random() >= options.loss)
      packets.push({
        deviceTicks: (base + Math.floor(deviceMs / options.tickMs)) % options.wrapTicks,
        sampleNumber: (sample - numberOrigin) % 65536,
        count: options.perPacket,
        arrivalMs: arrivalFloorMs,
        lastTrueMs,
      });
    sample += options.perPacket;
  }
}

export function batchFor(
  packet: LinkPacket,
  nominalPeriodMs: number,
  out = createSampleBatch(64),
): SampleBatch {
  out.count = packet.count;
  out.firstDeviceTicks = packet.deviceTicks;
  out.firstSampleNumber = packet.sampleNumber;
  out.nominalPeriodMs = nominalPeriodMs;
  return out;
}
