/** How an angle of movement lies on the arc, per quantity: the person's left is always the picture's left. */
import type { AngleQuantity, Side } from '../../core/exercise/motion-definition.ts';

export interface ArcScale {
  /** Clock angle of zero, rad clockwise from the top. */
  readonly zeroRad: number;
  /** Clock angle per angle of movement; the sign says which way positive goes. */
  readonly gain: number;
  /** Least ends of the track, movement rad, lowest first. */
  readonly fromRad: number;
  readonly toRad: number;
  readonly radiusM: number;
  /** Movement between two ticks, rad. */
  readonly tickRad: number;
  /** Where its centre lies on the resting body. */
  readonly centre: 'chest' | 'neck' | 'waist' | 'leftShoulder' | 'rightShoulder';
}

const RAD = Math.PI / 180;
const RADIUS = 0.48;

/** The arc of a quantity; `side` is the elbow that lifts or the arm that rises. */
export function arcScaleFor(quantity: AngleQuantity, side: Side): ArcScale {
  const right = side === 'right';
  switch (quantity) {
    case 'rotation':
      // 0 over the head; stretched, since a turn is small on the screen
      return {
        zeroRad: 0,
        gain: -1.5,
        fromRad: -45 * RAD,
        toRad: 45 * RAD,
        radiusM: RADIUS,
        tickRad: 10 * RAD,
        centre: 'chest',
      };
    case 'sideBend':
      // one to one about the waist: the bead stays over the head
      return {
        zeroRad: 0,
        gain: 1,
        fromRad: -45 * RAD,
        toRad: 45 * RAD,
        radiusM: 0.74,
        tickRad: 10 * RAD,
        centre: 'waist',
      };
    case 'flexion':
      // seen from the right: forward lies to the right
      return {
        zeroRad: 0,
        gain: 1,
        fromRad: -35 * RAD,
        toRad: 60 * RAD,
        radiusM: 0.74,
        tickRad: 10 * RAD,
        centre: 'waist',
      };
    case 'lockedRotation':
      // follows the elbow from level to the ceiling
      return {
        zeroRad: right ? Math.PI / 2 : -Math.PI / 2,
        gain: 1,
        fromRad: right ? -90 * RAD : 0,
        toRad: right ? 0 : 90 * RAD,
        radiusM: RADIUS,
        tickRad: 10 * RAD,
        centre: 'neck',
      };
    case 'armRise':
      // goes on upwards from where the arms are held, seen from behind
      return {
        zeroRad: right ? 102 * RAD : -102 * RAD,
        gain: right ? -1 : 1,
        fromRad: 0,
        toRad: 100 * RAD,
        radiusM: RADIUS,
        tickRad: 20 * RAD,
        centre: right ? 'rightShoulder' : 'leftShoulder',
      };
    case 'armPull':
      // from reaching forward down and back, seen from its own side
      return {
        zeroRad: right ? 110 * RAD : -110 * RAD,
        gain: right ? 1 : -1,
        fromRad: 0,
        toRad: 100 * RAD,
        radiusM: RADIUS,
        tickRad: 20 * RAD,
        centre: right ? 'rightShoulder' : 'leftShoulder',
      };
    case 'armLift':
      // from level upwards; stretched, since the lift is small
      return {
        zeroRad: right ? 90 * RAD : -90 * RAD,
        gain: right ? -2 : 2,
        fromRad: 0,
        toRad: 30 * RAD,
        radiusM: RADIUS,
        tickRad: 5 * RAD,
        centre: right ? 'rightShoulder' : 'leftShoulder',
      };
    case 'hinge':
      // seen from the right: forward lies to the right
      return {
        zeroRad: 0,
        gain: 1,
        fromRad: 0,
        toRad: 90 * RAD,
        radiusM: 0.74,
        tickRad: 15 * RAD,
        centre: 'waist',
      };
    case 'armElevation':
      // follows the arm from hanging to overhead, seen from its own side
      return {
        zeroRad: Math.PI,
        gain: right ? -1 : 1,
        fromRad: 0,
        toRad: 180 * RAD,
        radiusM: RADIUS,
        tickRad: 30 * RAD,
        centre: right ? 'rightShoulder' : 'leftShoulder',
      };
  }
}

/** Clock angle of an angle of movement, both rad. */
export function clockAngleRad(scale: ArcScale, movementRad: number): number {
  return scale.zeroRad + scale.gain * movementRad;
}
