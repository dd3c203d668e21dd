import { setDirections } from '../exercise/motion-definitions.ts';
import type { MotionDefinition, Side } from '../exercise/motion-definition.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { minimumJerk } from './minimum-jerk.ts';
import type { PerformanceStyle } from './performance-style.ts';
import type { Random } from './random.ts';

/** One planned repetition: from rest to `peakRad` (signed), a hold, and back. Times in s. */
export interface PlannedRepetition {
  readonly side: Side | 'forward' | 'backward';
  readonly peakRad: number;
  readonly startS: number;
  readonly outS: number;
  readonly holdS: number;
  readonly backS: number;
}

export function repetitionEndS(repetition: PlannedRepetition): number {
  return repetition.startS + repetition.outS + repetition.holdS + repetition.backS;
}

/** Primary angle of a planned series at a time, rad; 0 between repetitions. */
export function plannedAngleRad(plan: readonly PlannedRepetition[], timeS: number): number {
  for (const { startS, outS, holdS, backS, peakRad } of plan) {
    const sinceS = timeS - startS;
    if (sinceS <= 0) return 0;
    if (sinceS >= outS + holdS + backS) continue;
    return peakRad * (minimumJerk(sinceS / outS) - minimumJerk((sinceS - outS - holdS) / backS));
  }
  return 0;
}

/** How much of the running movement is done, 0 to 1. */
export function plannedShare(plan: readonly PlannedRepetition[], timeS: number): number {
  const running = plan.find((one) => timeS < repetitionEndS(one));
  return running === undefined ? 0 : plannedAngleRad(plan, timeS) / running.peakRad;
}

/**
 * Repetitions as a person does them: within the exercise's tempo, each a little different.
 *
 * @param side null: the directions take turns
 * @param backwardShare how far back the person goes, of how far forward
 * @param style how it is done where that is not the usual way
 */
export function planRepetitions(
  definition: MotionDefinition,
  side: Side | null,
  repetitions: number,
  startS: number,
  variation: number,
  random: Random,
  backwardShare = 1,
  style: PerformanceStyle = {},
): PlannedRepetition[] {
  const directions = setDirections(definition, side);
  const { outS, backS, holdS } = definition.tempo;
  const vary = (): number => 1 + variation * random.between(-1, 1);
  const pace = 1 - (style.pace ?? 0.55);
  const middle = (range: { min: number; max: number }): number => range.min + pace * (range.max - range.min);
  const plan: PlannedRepetition[] = [];
  let atS = startS;
  for (let i = 0; i < repetitions; i++) {
    const direction = directions[i % directions.length];
    const repetition = {
      side: direction.side,
      peakRad:
        direction.sign *
        (style.peakDeg ?? definition.usualMaximumDeg) *
        RAD_PER_DEG *
        vary() *
        (direction.side === 'backward' ? backwardShare : 1),
      startS: atS,
      outS: middle(outS) * vary(),
      holdS: (style.holdS ?? holdS + 0.5) * vary(),
      backS: (style.backS ?? middle(backS)) * vary(),
    };
    plan.push(repetition);
    atS = repetitionEndS(repetition) + (style.pauseS ?? 0.9) * vary();
  }
  return plan;
}

/** A check by movement: `repetitions` equal swings to about `peakDeg`. */
export function planSwings(
  peakDeg: number,
  repetitions: number,
  startS: number,
  variation: number,
  random: Random,
): PlannedRepetition[] {
  const plan: PlannedRepetition[] = [];
  let atS = startS;
  for (let i = 0; i < repetitions; i++) {
    const vary = 1 + variation * random.between(-1, 1);
    const repetition: PlannedRepetition = {
      side: 'forward',
      peakRad: peakDeg * RAD_PER_DEG * vary,
      startS: atS,
      outS: 1.7 * vary,
      holdS: 0.4,
      backS: 1.7 * vary,
    };
    plan.push(repetition);
    atS = repetitionEndS(repetition) + 0.7;
  }
  return plan;
}
