import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceTimeline } from '../../../src/core/clock/device-timeline.ts';
import { LiveClock } from '../../../src/core/clock/live-clock.ts';
import { fitRecordingClock, hostTimeMs } from '../../../src/core/clock/recording-clock.ts';
import { createSampleBatch, type SampleBatch } from '../../../src/core/packet/sample-batch.ts';
import {
  PERFECT_LINK,
  readLinkPacket,
  simulateLink,
  type LinkOptions,
  type LinkPacket,
} from '../../../src/core/simulation/simulated-link.ts';

const QUIET = PERFECT_LINK;

function batchFor(packet: LinkPacket, options: LinkOptions): SampleBatch {
  return readLinkPacket(createSampleBatch(64), packet, options);
}

function clockFor(options: LinkOptions): LiveClock {
  return new LiveClock({ ticksPerMs: 1 / options.tickMs, wrapTicks: options.wrapTicks });
}

/** Absolute errors of the live axis at each packet's last sample, from `afterMs` on; also checks that time rises. */
function liveErrorsMs(options: LinkOptions, afterMs: number): number[] {
  const clock = clockFor(options);
  const errors: number[] = [];
  let previousMs = -Infinity,
    backwards = 0;
  for (const packet of simulateLink(options).packets) {
    clock.place(batchFor(packet, options), packet.arrivalMs);
    if (!(clock.firstSessionMs > previousMs) || !(clock.spacingMs > 0)) backwards++;
    previousMs = clock.lastSessionMs;
    if (packet.lastTrueMs > afterMs) errors.push(Math.abs(clock.lastSessionMs - packet.lastTrueMs));
  }
  expect(backwards).toBe(0);
  return errors;
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(0.95 * (sorted.length - 1))];
}

const links = fc
  .record({
    seed: fc.integer({ min: 1, max: 1 << 30 }),
    durationMs: fc.constant(40_000),
    nominalRateHz: fc.constantFrom(52, 104, 208),
    perPacket: fc.constantFrom(1, 4, 8, 13),
    skew: fc.double({ min: -0.03, max: 0.03, noNaN: true }),
    jitterMs: fc.double({ min: 0, max: 50, noNaN: true }),
    bunchMs: fc.constantFrom(0, 120, 250),
    loss: fc.constantFrom(0, 0.03, 0.1),
    tickMs: fc.constantFrom(0.001, 1 / 32.768, 1),
    wrapTicks: fc.constant(2 ** 32),
    startTicks: fc.constantFrom(0, 2 ** 32 - 20_000, 2 ** 31),
    restartAtMs: fc.constant(Infinity),
  })
  .map((drawn): LinkOptions => ({ ...QUIET, ...drawn }));

describe('live clock', () => {
  it('puts a perfect link exactly where it was', () => {
    expect(Math.max(...liveErrorsMs(QUIET, 0))).toBeLessThan(0.01);
  });

  it('stays within 5 ms (95 %) after 10 s under skew, jitter, bunching, loss, wrap and coarse stamps @slow', () => {
    fc.assert(
      fc.property(links, (options) => {
        expect(percentile95(liveErrorsMs(options, 10_000))).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('finds its feet again within 10 s of a device restart @slow', () => {
    fc.assert(
      fc.property(links, (options) => {
        const errors = liveErrorsMs({ ...options, durationMs: 60_000, restartAtMs: 25_000 }, 35_000);
        expect(percentile95(errors)).toBeLessThanOrEqual(5);
      }),
      { numRuns: 25, seed: 8 },
    );
  });

  it('reports a restart once and counts lost samples exactly @slow', () => {
    fc.assert(
      fc.property(links, (options) => {
        const withRestart = { ...options, restartAtMs: 20_000, startTicks: 900_000 };
        const timeline = new DeviceTimeline({ ticksPerMs: 1 / options.tickMs, wrapTicks: options.wrapTicks });
        let restarts = 0,
          missing = 0,
          received = 0;
        const packets = simulateLink(withRestart).packets;
        for (const packet of packets) {
          if (timeline.place(batchFor(packet, options), packet.arrivalMs) === 'restarted') restarts++;
          missing += timeline.missingCount;
          received += packet.count;
        }
        expect(restarts).toBe(1);
        const total = Math.round(
          ((packets.at(-1)!.lastTrueMs - packets[0].lastTrueMs) * options.nominalRateHz) / 1000,
        );
        // What is lost right before and after the restart cannot be seen.
        expect(missing).toBeLessThanOrEqual(total + options.perPacket - received + 1);
        expect(missing).toBeGreaterThanOrEqual(total - received - 12 * options.perPacket);
      }),
      { numRuns: 25, seed: 9 },
    );
  });

  it('takes a browser that hands over seconds late for late, not for another clock @slow', () => {
    const lateness = fc.record({
      atMs: fc.double({ min: 3000, max: 20_000, noNaN: true }),
      lateMs: fc.double({ min: 500, max: 25_000, noNaN: true }),
      /** How long it stays that late before it catches up. */
      forMs: fc.constantFrom(0, 10_000, 40_000),
    });
    fc.assert(
      fc.property(links, lateness, (options, { atMs, lateMs, forMs }) => {
        // Where packets are lost as well the count tells that the clock is the same; a stamp of a whole ms is enough.
        const { packets } = simulateLink({ ...options, durationMs: 90_000 });
        const clock = clockFor(options);
        let floorMs = 0;
        let longestStepMs = 0;
        const standings = new Set<string>();
        for (const packet of packets) {
          const isHeld = packet.arrivalMs > atMs && packet.arrivalMs < atMs + forMs + lateMs;
          const heldMs = Math.min(packet.arrivalMs + lateMs, atMs + forMs + lateMs);
          floorMs = Math.max(floorMs, isHeld ? Math.max(heldMs, atMs + lateMs) : packet.arrivalMs);
          standings.add(clock.place(batchFor(packet, options), floorMs));
          if (clock.standing === 'continued' && clock.missingCount === 0)
            longestStepMs = Math.max(longestStepMs, 1000 * clock.sinceLastS);
        }
        expect([...standings]).toEqual(['first', 'continued']);
        expect(longestStepMs).toBeLessThan(2000 / options.nominalRateHz);
      }),
      { numRuns: 25, seed: 12 },
    );
  });

  it('learns the true step between samples', () => {
    const options = { ...QUIET, skew: 0.028, jitterMs: 30 };
    const clock = clockFor(options);
    for (const packet of simulateLink(options).packets)
      clock.place(batchFor(packet, options), packet.arrivalMs);
    expect(clock.periodS * 104).toBeCloseTo(1, 3);
    expect(clock.slope * 1.028).toBeCloseTo(1, 3);
  });

  it('drops a packet that comes twice', () => {
    const clock = clockFor(QUIET);
    const packets = simulateLink(QUIET).packets;
    for (const packet of packets.slice(0, 50)) clock.place(batchFor(packet, QUIET), packet.arrivalMs);
    const again = packets[49];
    expect(clock.place(batchFor(again, QUIET), again.arrivalMs + 5)).toBe('stale');
    expect(clock.place(batchFor(packets[50], QUIET), packets[50].arrivalMs)).toBe('continued');
  });

  it('times a family without a clock by its counter, and without a counter by counting', () => {
    for (const hasCounter of [true, false]) {
      const options = { ...QUIET, durationMs: 60_000, jitterMs: 30, loss: hasCounter ? 0.1 : 0 };
      const clock = new LiveClock(null);
      let worst = 0;
      for (const packet of simulateLink(options).packets) {
        const batch = batchFor(packet, options);
        batch.firstDeviceTicks = NaN;
        if (!hasCounter) batch.firstSampleNumber = NaN;
        clock.place(batch, packet.arrivalMs);
        if (packet.lastTrueMs > 10_000)
          worst = Math.max(worst, Math.abs(clock.lastSessionMs - packet.lastTrueMs));
      }
      expect(worst).toBeLessThan(5);
    }
  });
});

describe('recording clock', () => {
  it('stays within 2 ms (95 %) from the first second to the last, with a rate that wanders @slow', () => {
    fc.assert(
      fc.property(links, fc.double({ min: -2e-5, max: 2e-5, noNaN: true }), (options, wander) => {
        const link = {
          ...options,
          durationMs: 300_000,
          tickMs: 0.001,
          nominalRateHz: 52,
          perPacket: 4,
        };
        const { packets } = simulateLink(link);
        const timeline = new DeviceTimeline({ ticksPerMs: 1000, wrapTicks: 2 ** 32 });
        const deviceMs = new Float64Array(packets.length),
          hostMs = new Float64Array(packets.length);
        packets.forEach((packet, i) => {
          timeline.place(batchFor(packet, link), packet.arrivalMs);
          deviceMs[i] = timeline.lastMs + wander * Math.sin(packet.lastTrueMs / 60_000) * 60_000;
          hostMs[i] = packet.arrivalMs;
        });
        const clock = fitRecordingClock(deviceMs, hostMs, 0, packets.length);
        const errors = packets.map((packet, i) =>
          Math.abs(hostTimeMs(clock, deviceMs[i]) - packet.lastTrueMs),
        );
        expect(percentile95(errors)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 10, seed: 10 },
    );
  });
});
