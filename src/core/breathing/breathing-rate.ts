import { estimateBreathing, WINDOW_S, type BreathingEstimate } from './breathing-window.ts';
import { createTurnTrack, STEP_S } from './turn-track.ts';

const WINDOW_EVERY_S = 10;
/** At least this share of the windows must tell before the whole is said to. */
const LEAST_VALID_SHARE = 0.2;

interface BreathingWindow extends BreathingEstimate {
  /** Seconds from the first sample. */
  readonly startS: number;
  readonly endS: number;
}

export interface BreathingReport extends BreathingEstimate {
  readonly windows: readonly BreathingWindow[];
}

/**
 * Breathing rate from the slow turning of a sensor on the trunk, in windows of 30 s every 10 s, and for the whole: the
 * median of the windows that can tell. Where the trunk moves, or nothing repeats well enough, the answer is that it
 * cannot tell. Rates of 5 to 30 a minute. Signal and gates follow Cesareo et al. 2018 (doi:10.3390/s19010088) and
 * Hughes et al. 2020 (doi:10.3389/fphys.2020.00823) in kind: principal axis, repetition and spectrum must agree.
 * @param timeS rising, may be irregular; 10 Hz or more
 * @param qEarthFromSensor row-major 4 x count, w x y z, any fixed frame to any fixed world; NaN where unknown
 */
export function measureBreathing(
  timeS: ArrayLike<number>,
  qEarthFromSensor: ArrayLike<number>,
): BreathingReport {
  const track = createTurnTrack(timeS, qEarthFromSensor);
  const windows: BreathingWindow[] = [];
  // The last sample of a window of whole seconds comes one period before its end.
  const periodS = timeS.length > 1 ? (timeS[timeS.length - 1] - timeS[0]) / (timeS.length - 1) : 0;
  const endS = timeS.length > 1 ? timeS[timeS.length - 1] - timeS[0] + periodS : 0;
  for (let startS = 0; startS + WINDOW_S <= endS + 1e-3; startS += WINDOW_EVERY_S)
    windows.push({
      startS,
      endS: startS + WINDOW_S,
      ...estimateBreathing(track, Math.round(startS / STEP_S)),
    });
  const rates = windows.flatMap(({ ratePerMin }) => (ratePerMin === null ? [] : [ratePerMin]));
  rates.sort((a, b) => a - b);
  const valid = rates.length > 0 && rates.length >= LEAST_VALID_SHARE * windows.length;
  const middle = rates.length >> 1;
  const median = rates.length % 2 === 1 ? (rates[middle] ?? null) : (rates[middle - 1] + rates[middle]) / 2;
  return { ratePerMin: valid ? median : null, valid, windows };
}
