import { describe, expect, it } from 'vitest';
import {
  alignmentErrorsMs,
  CLOCK_CONDITIONS,
  drawLinks,
  insideBoundShare,
  linkErrors,
  quantile,
  type ClockMode,
} from '../../src/cli/evaluate/clock-alignment.ts';

const RUNS = process.env.THORA_LONG ? 200 : 8;
const LARGEST_P95_MS = 5;

const REACHABLE = CLOCK_CONDITIONS.filter((condition) => condition.isBeyondTarget !== true);

describe.each(['live', 'refined'] as const)('two clocks of equal least latency, %s', (mode: ClockMode) => {
  it.each(REACHABLE.map((condition) => [condition.name, condition] as const))(
    'meet within 5 ms (95 %%) after 10 s: %s',
    (_name, condition) => {
      const errors: number[] = [];
      for (let seed = 1001; seed <= 1000 + RUNS; seed++)
        for (const error of alignmentErrorsMs(condition, seed, mode)) errors.push(error);
      expect(errors.length).toBeGreaterThan(1000 * RUNS);
      expect(quantile(Float64Array.from(errors).sort(), 0.95)).toBeLessThanOrEqual(LARGEST_P95_MS);
    },
  );

  it.each(CLOCK_CONDITIONS.filter(({ hasEchoes }) => hasEchoes).map((one) => [one.name, one] as const))(
    'state a bound that holds where the device offered its clock: %s',
    (_name, condition) => {
      let inside = 0;
      for (let seed = 1001; seed <= 1000 + RUNS; seed++) {
        inside += insideBoundShare(condition, seed, mode) / RUNS;
        for (const options of drawLinks(condition, seed))
          expect(linkErrors(options, mode).boundMs).toBeLessThan(30);
      }
      expect(inside).toBeGreaterThan(0.9);
    },
  );
});
