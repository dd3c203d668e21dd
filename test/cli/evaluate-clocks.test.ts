import { describe, expect, it } from 'vitest';
import {
  alignmentErrorsMs,
  CLOCK_CONDITIONS,
  drawLinks,
  linkErrors,
  quantile,
  type ClockMode,
} from '../../src/cli/evaluate/clock-alignment.ts';

const RUNS = process.env.THORA_LONG ? 200 : 8;
const LARGEST_P95_MS = 5;
/** What the fit of the line adds to the bound of the round trip. */
const FIT_MS = 2;

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
      let inside = 0,
        count = 0;
      for (let seed = 1001; seed <= 1000 + RUNS; seed++) {
        for (const options of drawLinks(condition, seed)) {
          const { errorMs, boundMs } = linkErrors(options, mode);
          expect(boundMs).toBeLessThan(30);
          count += errorMs.length;
          inside += errorMs.filter((error) => Math.abs(error) <= boundMs + FIT_MS).length;
        }
      }
      expect(inside / count).toBeGreaterThan(0.9);
    },
  );
});
