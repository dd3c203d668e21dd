import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoundTripLatency } from '../../../src/core/clock/round-trip.ts';

const SKEW = 0.02;
const OFFSET_MS = 5000;

/** Host time of a device time; the line of arrivals lies `latencyMs` above it. */
const trueHostMs = (deviceMs: number): number => OFFSET_MS + deviceMs / (1 + SKEW);
const deviceMsAt = (hostMs: number): number => (hostMs - OFFSET_MS) * (1 + SKEW);
const lineOf =
  (latencyMs: number) =>
  (deviceMs: number): number =>
    trueHostMs(deviceMs) + latencyMs;

function exchange(clock: RoundTripLatency, sentMs: number, outMs: number, backMs: number): void {
  const readMs = sentMs + outMs,
    answeredMs = readMs + 0.5;
  clock.add(sentMs, answeredMs + backMs, deviceMsAt(readMs), deviceMsAt(answeredMs));
}

describe('round trip', () => {
  it('says nothing before an exchange', () => {
    const clock = new RoundTripLatency(4);
    clock.measure(lineOf(12), -Infinity);
    expect(clock.latencyMs).toBe(0);
    expect(clock.boundMs).toBeNaN();
  });

  it('finds the middle of one exchange, and half its round trip as the bound', () => {
    const clock = new RoundTripLatency(4);
    exchange(clock, 9000, 6, 6);
    clock.measure(lineOf(30), -Infinity);
    expect(clock.latencyMs).toBeCloseTo(30, 6);
    expect(clock.boundMs).toBeCloseTo(6, 6);
  });

  it.each([-3000, 3000])('does not believe answers of another clock, %s ms off', (offMs) => {
    const clock = new RoundTripLatency(4);
    exchange(clock, 9000, 6, 6);
    clock.measure(lineOf(30 + offMs), -Infinity);
    expect(clock.latencyMs).toBe(0);
    expect(clock.boundMs).toBeNaN();
  });

  it('believes the shortest way out and the shortest way back', () => {
    const clock = new RoundTripLatency(8);
    exchange(clock, 9000, 40, 80);
    exchange(clock, 9200, 2, 60);
    exchange(clock, 9400, 35, 2);
    clock.measure(lineOf(30), -Infinity);
    expect(clock.boundMs).toBeCloseTo(2, 6);
    expect(Math.abs(clock.latencyMs - 30)).toBeLessThanOrEqual(2);
  });

  it('holds the truth within its bound whenever an answer waits no less than the luckiest question', () => {
    const waits = fc.array(
      fc.record({
        outMs: fc.double({ min: 0, max: 60, noNaN: true }),
        backMs: fc.double({ min: 0, max: 60, noNaN: true }),
      }),
      { minLength: 1, maxLength: 24 },
    );
    fc.assert(
      fc.property(waits, fc.double({ min: 0, max: 50, noNaN: true }), (exchanges, latencyMs) => {
        const clock = new RoundTripLatency(24);
        const leastOut = Math.min(...exchanges.map(({ outMs }) => outMs));
        exchanges.forEach(({ outMs, backMs }, i) =>
          exchange(clock, 9000 + 200 * i, outMs, leastOut + backMs),
        );
        clock.measure(lineOf(latencyMs), -Infinity);
        expect(Math.abs(clock.latencyMs - latencyMs)).toBeLessThanOrEqual(clock.boundMs + 1e-6);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('passes over what cannot be', () => {
    const clock = new RoundTripLatency(4);
    clock.add(100, 90, 5, 6);
    clock.add(100, 110, 6, 5);
    clock.add(100, 110, NaN, NaN);
    clock.add(100, 110, 0, 5000);
    clock.measure(lineOf(0), -Infinity);
    expect(clock.boundMs).toBeNaN();
  });

  it('keeps what it found of exchanges that the line no longer covers', () => {
    const clock = new RoundTripLatency(4);
    exchange(clock, 9000, 1, 1);
    clock.measure(lineOf(20), -Infinity);
    clock.measure(lineOf(26), deviceMsAt(10_000));
    expect(clock.latencyMs).toBeCloseTo(20, 6);
  });
});
