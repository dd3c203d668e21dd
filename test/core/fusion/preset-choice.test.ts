import { expect, test } from 'vitest';
import { runLiveOrientation } from '../../../src/core/fusion/orientation-run.ts';
import { choosePreset } from '../../../src/core/fusion/preset-choice.ts';
import { createThoraFilter } from '../../../src/core/fusion/thora-filter.ts';
import { evenTimes, simulateSensor } from './simulated-sensor.ts';

/** A sensor that nods and sways by so many radians. */
function orientationOf(sizeRad: number) {
  const { series } = simulateSensor({
    timeS: evenTimes(1500, 50),
    rateAt: (t) => [sizeRad * Math.cos(t), 0.7 * sizeRad * Math.cos(0.7 * t), 0.5 * Math.sin(0.3 * t)],
  });
  return runLiveOrientation(createThoraFilter('worn'), series);
}

test('what turns over and over is free, what bends and comes back is worn', () => {
  expect(choosePreset([orientationOf(1.5), orientationOf(1.5)])).toBe('free');
  expect(choosePreset([orientationOf(0.3), orientationOf(0.3)])).toBe('worn');
});
