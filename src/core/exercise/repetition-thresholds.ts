import { RAD_PER_DEG } from '../math/angle.ts';
import type { MotionDefinition } from './motion-definition.ts';

/** Limits that one direction of one exercise is counted by, rad and s. Clinical page, section 5.2. */
export interface RepetitionThresholds {
  readonly personalMaximumRad: number;
  readonly targetRad: number;
  /** True before a personal maximum exists, and in tests: the target is only a means of counting. */
  readonly isProvisional: boolean;
  /** A range of so few degrees that two degrees of settling matter. */
  readonly isSmall: boolean;
  readonly startRad: number;
  readonly returnRad: number;
  readonly startSpeedRadPerS: number;
  readonly enterTargetRad: number;
  readonly holdFloorRad: number;
  readonly backRad: number;
  readonly partialRad: number;
  readonly fullRad: number;
  readonly reversalDropRad: number;
  readonly smallestPeakRad: number;
}

const PROVISIONAL_DIVISOR = 0.6;
const SMALL_RANGE_BELOW_RAD = 25 * RAD_PER_DEG;

/**
 * @param personalMaximumRad of this direction, > 0; null before one is known
 * @param noiseRad one standard deviation of the measure's noise
 */
export function repetitionThresholds(
  motion: MotionDefinition,
  personalMaximumRad: number | null,
  targetFraction: number,
  isTest: boolean,
  noiseRad: number,
): RepetitionThresholds {
  const minimumRad = motion.detection.minimumAmplitudeDeg * RAD_PER_DEG;
  const isProvisional = isTest || personalMaximumRad === null || !(personalMaximumRad > 0);
  const maximumRad = isProvisional ? minimumRad / PROVISIONAL_DIVISOR : personalMaximumRad;
  const targetRad = isProvisional ? minimumRad : targetFraction * maximumRad;
  const isSmall = maximumRad < SMALL_RANGE_BELOW_RAD;
  const leastRad = isSmall ? Math.max(2 * RAD_PER_DEG, 0.25 * maximumRad) : 5 * RAD_PER_DEG;
  const slowestS = Math.max(motion.tempo.outS.max, motion.tempo.backS.max);
  return {
    personalMaximumRad: maximumRad,
    targetRad,
    isProvisional,
    isSmall,
    startRad: Math.min(Math.max(leastRad, motion.detection.startFraction * maximumRad), 0.5 * targetRad),
    returnRad: Math.min(Math.max(leastRad, 0.2 * maximumRad), 0.5 * targetRad),
    startSpeedRadPerS: Math.min(8 * RAD_PER_DEG, (0.6 * targetRad) / slowestS),
    enterTargetRad: 0.85 * targetRad,
    holdFloorRad: 0.8 * targetRad,
    backRad: 0.75 * targetRad,
    partialRad: 0.6 * targetRad,
    fullRad: targetRad - (isSmall ? 1 : 2) * RAD_PER_DEG,
    reversalDropRad: Math.max(1.5 * RAD_PER_DEG, 0.15 * targetRad),
    smallestPeakRad: Math.max(2 * RAD_PER_DEG, 0.6 * targetRad, 2 * noiseRad),
  };
}
