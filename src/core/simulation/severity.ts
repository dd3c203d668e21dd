import type { SegmentRole } from '../body/segment-role.ts';
import type { SimulationConditions } from './conditions.ts';
import { Random } from './random.ts';

/** How badly one simulated body is worn and heard, drawn from its seed. */
export interface Severity {
  readonly conditions: Partial<SimulationConditions>;
  /** One per role: every strap has its own skin under it, and every link its own losses. */
  readonly sensorConditions: readonly Partial<SimulationConditions>[];
}

/** Largest share of a segment's rotation that the skin does not follow, %. */
const LARGEST_SOFT_TISSUE_PERCENT = 10;
const LARGEST_LOSS_PERCENT = 10;
const SLIP_SHARE = 0.2;
const LARGEST_SLIP_DEG = 15;
/** Thoraces bend back less far than forward. */
const BACKWARD_PERCENT = [45, 85] as const;

/**
 * The severity that the accuracy targets are stated for. Bias 0.1 deg/s and scale 1 % are standard deviations per
 * axis, mounting and clocks the largest error; everything else is as usual.
 */
export function drawSeverity(seed: number, roles: readonly SegmentRole[]): Severity {
  const random = new Random(seed, 3);
  const slipped = random.uniform() < SLIP_SHARE;
  const slipDeg = random.between(0, LARGEST_SLIP_DEG);
  return {
    conditions: {
      // Residual: what the rest on the table cannot show.
      gyroBiasDegPerS: 0,
      wornBiasDegPerS: 0.1,
      gyroScalePercent: 1,
      mountingTiltDeg: 20,
      skewPercent: 3,
      backwardPercent: random.between(...BACKWARD_PERCENT),
      slipDeg: slipped ? slipDeg : 0,
    },
    sensorConditions: roles.map(() => ({
      softTissuePercent: random.between(0, LARGEST_SOFT_TISSUE_PERCENT),
      lossPercent: random.between(0, LARGEST_LOSS_PERCENT),
    })),
  };
}
