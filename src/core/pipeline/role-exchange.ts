import { LEAST_ARM_RAISE_RAD, LEAST_BOW_RAD } from '../body/functional-calibration.ts';
import { TRUNK_FROM_BELOW, type SegmentRole } from '../body/segment-role.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { looksExchanged } from '../quality/body-limits.ts';
import type { LiveSensor } from './live-sensor.ts';
import type { CalibrationStep } from './pipeline-command.ts';
import type { SensorFinding } from './pipeline-fact.ts';

/** What hangs so still while others move is no doubt in another place. */
const RELIABLE_SWAP_RAD = 20 * RAD_PER_DEG;

/** A worn sensor and how far it went in a gesture. */
export interface MovedSensor {
  readonly sensor: LiveSensor;
  readonly movedRad: number;
}

export interface RoleVerdict {
  /** What moved fits the roles, as they are now. */
  readonly isExplained: boolean;
  /** Where it does not: two sensors whose exchange may explain it; null where none would. */
  readonly exchange: readonly [number, number] | null;
}

const EXPLAINED: RoleVerdict = { isExplained: true, exchange: null };

/**
 * Exchanges roles where the gesture proves that the straps were exchanged. Where no exchange that is sure explains what
 * moved, one that may is named.
 */
export function mendRoles(worn: readonly MovedSensor[], step: CalibrationStep): RoleVerdict {
  if (step.name === 'bow') return mendAfterBow(worn);
  return step.name === 'armRaise' ? mendAfterRaise(worn, step.side) : EXPLAINED;
}

/** Bowing moves the back; an arm hangs. Contradicted: the back's unit hangs still while an arm's unit bows. */
function mendAfterBow(worn: readonly MovedSensor[]): RoleVerdict {
  const back = worn.find(({ sensor }) => sensor.role === 'upperBack');
  if (back === undefined || back.movedRad >= RELIABLE_SWAP_RAD) return EXPLAINED;
  const arm = worn.find(({ sensor, movedRad }) => isArm(sensor.role) && movedRad >= LEAST_BOW_RAD);
  if (arm === undefined) return { isExplained: false, exchange: null };
  exchangeRoles(back.sensor, arm.sensor);
  return EXPLAINED;
}

function mendAfterRaise(worn: readonly MovedSensor[], side: 'left' | 'right'): RoleVerdict {
  const wanted: SegmentRole = side === 'left' ? 'upperArmLeft' : 'upperArmRight';
  const arm = worn.find(({ sensor }) => sensor.role === wanted);
  if (arm === undefined || arm.movedRad >= LEAST_ARM_RAISE_RAD) return EXPLAINED;
  const mover = worn.find(({ movedRad }) => movedRad >= LEAST_ARM_RAISE_RAD);
  if (mover === undefined) return { isExplained: false, exchange: null };
  if (arm.movedRad >= 2 * RELIABLE_SWAP_RAD)
    return { isExplained: false, exchange: [indexOf(arm), indexOf(mover)] };
  exchangeRoles(arm.sensor, mover.sensor);
  return EXPLAINED;
}

/** Marks neighbours on the back of which the lower one bowed further: that may be so, or they are exchanged. */
export function offerExchange(worn: readonly MovedSensor[], findings: SensorFinding[]): void {
  const trunk = TRUNK_FROM_BELOW.flatMap((role) => worn.filter(({ sensor }) => sensor.role === role));
  let pair: readonly [number, number] | null = null;
  let worstRad = 0;
  for (let i = 1; i < trunk.length; i++) {
    const [lower, upper] = [trunk[i - 1], trunk[i]];
    const excessRad = lower.movedRad - upper.movedRad;
    if (excessRad <= worstRad || !looksExchanged(lower.movedRad, upper.movedRad)) continue;
    worstRad = excessRad;
    pair = [indexOf(lower), indexOf(upper)];
  }
  if (pair === null) return;
  const [a, b] = pair;
  findings.forEach((found, i) => {
    const other = found.sensorIndex === a ? b : found.sensorIndex === b ? a : null;
    if (other !== null) findings[i] = { ...found, kind: 'maybeSwapped', otherSensorIndex: other };
  });
}

export function isArm(role: SegmentRole | null): boolean {
  return role === 'upperArmLeft' || role === 'upperArmRight';
}

function exchangeRoles(a: LiveSensor, b: LiveSensor): void {
  const role = a.role;
  a.role = b.role;
  b.role = role;
}

function indexOf({ sensor }: MovedSensor): number {
  return sensor.description.sensorIndex;
}
