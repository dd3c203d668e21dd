import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { DeliveryMeter } from '../../../src/core/pipeline/delivery-meter.ts';

/** Feeds packets of `count` samples, one every `everyMs`, until `untilMs`. */
function feed(meter: DeliveryMeter, fromMs: number, untilMs: number, everyMs: number, count = 4): void {
  for (let t = fromMs; t < untilMs; t += everyMs) meter.add(t, count);
}

describe('delivered rate', () => {
  test('is not told in the first two seconds', () => {
    const meter = new DeliveryMeter();
    expect(meter.rateHz(10_000)).toBeNaN();
    feed(meter, 10_000, 11_900, 1000 / 26);
    expect(meter.rateHz(11_900)).toBeNaN();
  });

  test('is what came, whatever was asked for', () => {
    const meter = new DeliveryMeter();
    feed(meter, 10_130, 20_000, 1000 / 26);
    expect(meter.rateHz(20_000)).toBeCloseTo(104, -0.5);
    const half = new DeliveryMeter();
    feed(half, 10_130, 20_000, 1000 / 13);
    expect(half.rateHz(20_000)).toBeCloseTo(52, -0.5);
  });

  test('falls to nothing while others still send', () => {
    const meter = new DeliveryMeter();
    feed(meter, 0, 8000, 1000 / 26);
    expect(meter.rateHz(10_500)).toBeLessThan(60);
    expect(meter.rateHz(14_000)).toBe(0);
    feed(meter, 14_000, 21_000, 1000 / 26);
    expect(meter.rateHz(21_000)).toBeCloseTo(104, -0.5);
  });

  test('is off by one packet in the window at most, at any rate and start', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 10, max: 400, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (startMs, rateHz, count) => {
          const meter = new DeliveryMeter();
          const everyMs = (1000 * count) / rateHz;
          feed(meter, startMs, startMs + 9000, everyMs, count);
          const shownHz = meter.rateHz(startMs + 9000);
          expect(Math.abs(shownHz - rateHz)).toBeLessThanOrEqual((1.01 * count) / 5);
        },
      ),
    );
  });
});
