import type { MotionDefinition, Side } from '../core/exercise/motion-definition.ts';
import { setDirections } from '../core/exercise/motion-definitions.ts';
import { RAD_PER_DEG } from '../core/math/angle.ts';

/**
 * Primary angle of an endless, calm demonstration at a time, rad: each direction in turn, with its hold and rest.
 *
 * @param side that the set is done to; null: both, taking turns
 */
export function demonstrationRad(definition: MotionDefinition, timeS: number, side: Side | null): number {
  const outS = definition.tempo.outS.max * 0.75;
  const holdS = Math.min(2, definition.tempo.holdS);
  const backS = definition.tempo.backS.max * 0.75;
  const restS = 1;
  const cycleS = outS + holdS + backS + restS;
  const cycles = Math.floor(timeS / cycleS);
  const inCycleS = timeS - cycles * cycleS;
  const directions = setDirections(definition, side);
  const direction = directions[cycles % directions.length];
  if (direction === undefined) return 0;
  const full = direction.sign * 0.85 * definition.usualMaximumDeg * RAD_PER_DEG;
  if (inCycleS < outS) return full * eased(inCycleS / outS);
  if (inCycleS < outS + holdS) return full;
  if (inCycleS < outS + holdS + backS) return full * (1 - eased((inCycleS - outS - holdS) / backS));
  return 0;
}

/** Minimum jerk from 0 to 1. */
function eased(share: number): number {
  return share ** 3 * (10 - 15 * share + 6 * share * share);
}
