import { RAD_PER_DEG } from '../math/angle.ts';
import { REPETITION_LIMITS as LIMITS } from './coaching-thresholds.ts';
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
  const maximumRad = isProvisional ? minimumRad / LIMITS.provisionalDivisor : personalMaximumRad;
  const targetRad = isProvisional ? minimumRad : targetFraction * maximumRad;
  const isSmall = maximumRad < LIMITS.smallRangeBelowDeg * RAD_PER_DEG;
  const leastRad = isSmall
    ? Math.max(LIMITS.smallLeastDeg * RAD_PER_DEG, LIMITS.smallLeastShare * maximumRad)
    : LIMITS.leastDeg * RAD_PER_DEG;
  const mostRad = LIMITS.mostOfTarget * targetRad;
  const slowestS = Math.max(motion.tempo.outS.max, motion.tempo.backS.max);
  return {
    personalMaximumRad: maximumRad,
    targetRad,
    isProvisional,
    isSmall,
    startRad: Math.min(Math.max(leastRad, motion.detection.startFraction * maximumRad), mostRad),
    returnRad: Math.min(Math.max(leastRad, LIMITS.returnShare * maximumRad), mostRad),
    startSpeedRadPerS: Math.min(
      LIMITS.startSpeedMostDegPerS * RAD_PER_DEG,
      (LIMITS.startSpeedShare * targetRad) / slowestS,
    ),
    enterTargetRad: LIMITS.enterTargetShare * targetRad,
    holdFloorRad: LIMITS.holdFloorShare * targetRad,
    backRad: LIMITS.backShare * targetRad,
    partialRad: LIMITS.partialShare * targetRad,
    fullRad: targetRad - (isSmall ? LIMITS.smallFullToleranceDeg : LIMITS.fullToleranceDeg) * RAD_PER_DEG,
    reversalDropRad: Math.max(LIMITS.reversalDropDeg * RAD_PER_DEG, LIMITS.reversalDropShare * targetRad),
    smallestPeakRad: Math.max(
      LIMITS.smallestPeakDeg * RAD_PER_DEG,
      LIMITS.partialShare * targetRad,
      2 * noiseRad,
    ),
  };
}
