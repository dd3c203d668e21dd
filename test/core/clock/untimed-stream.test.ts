import { describe, expect, it } from 'vitest';
import { LiveClock } from '../../../src/core/clock/live-clock.ts';
import { RecordingTimeline } from '../../../src/core/clock/recording-timeline.ts';
import { beginSamples, createSampleBatch } from '../../../src/core/packet/sample-batch.ts';
import { Random } from '../../../src/core/simulation/random.ts';

/** Arrivals of a device that sends neither time, count nor rate; the radio hands them over in bunches. */
function arrivals(rateHz: number, durationMs: number, silence?: { fromMs: number; toMs: number }) {
  const random = new Random(3);
  const trueMs: number[] = [];
  const hostMs: number[] = [];
  for (let i = 0; (i * 1000) / rateHz < durationMs; i++) {
    const atMs = (i * 1000) / rateHz;
    if (silence && atMs > silence.fromMs && atMs < silence.toMs) continue;
    trueMs.push(atMs);
    const bunchMs = 48.75 * Math.ceil((atMs + 5 * random.uniform()) / 48.75);
    hostMs.push(Math.max(bunchMs + 0.3, (hostMs.at(-1) ?? 0) + 0.2));
  }
  return { trueMs, hostMs };
}

function oneSample() {
  const batch = createSampleBatch(4);
  beginSamples(batch, 1);
  return batch;
}

describe('a stream without time, count and rate', () => {
  it.each([37, 62.5, 100])(
    'is timed by its arrivals, spread again where they came in bunches: %s Hz',
    (rateHz) => {
      const { trueMs, hostMs } = arrivals(rateHz, 60_000);
      const clock = new LiveClock(null);
      const batch = oneSample();
      let worstMs = 0;
      let previousMs = -Infinity;
      for (const [i, atMs] of hostMs.entries()) {
        expect(clock.place(batch, atMs)).toBe(i === 0 ? 'first' : 'continued');
        expect(clock.firstSessionMs).toBeGreaterThan(previousMs);
        previousMs = clock.firstSessionMs;
        if (trueMs[i]! > 20_000)
          worstMs = Math.max(worstMs, Math.abs(clock.firstSessionMs - trueMs[i]! - 25));
      }
      // Within the radio's own bunches.
      expect(worstMs).toBeLessThan(50);
      expect(1 / clock.periodS).toBeCloseTo(rateHz, -0.5);
    },
  );

  it('shows a silence as a gap of its length', () => {
    const { trueMs, hostMs } = arrivals(50, 30_000, { fromMs: 15_000, toMs: 17_000 });
    const timeline = new RecordingTimeline(null, hostMs.length);
    const batch = oneSample();
    for (const atMs of hostMs) expect(timeline.add(batch, atMs)).toBe(true);
    const timeS = timeline.sampleTimesS();
    const before = trueMs.findLastIndex((ms) => ms <= 15_000);
    expect(timeS[before + 1]! - timeS[before]!).toBeCloseTo(2, 0.7);
    let steps = 0;
    for (let i = 1; i < timeS.length; i++) if (timeS[i]! - timeS[i - 1]! > 0.2) steps++;
    expect(steps).toBe(1);
  });
});
