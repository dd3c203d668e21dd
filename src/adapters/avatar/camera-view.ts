/** From where a movement is seen best, and which part of the body the picture holds. */
import type { PostureName } from '../../core/body/posture-name.ts';
import type { AngleQuantity, Side } from '../../core/exercise/motion-definition.ts';

/** The whole body; head to hips, so that the back is larger; or that with the arms at full reach. */
export type Held = 'whole' | 'upper' | 'reach';

export interface CameraView {
  /** 0 looks from straight behind, positive from the person's right, degrees. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly holds: Held;
}

/** The view of a posture at rest (`quantity` null) or of a movement; `side` is the elbow or arm that moves. */
export function cameraViewFor(posture: PostureName, quantity: AngleQuantity | null, side: Side): CameraView {
  const sign = side === 'left' ? -1 : 1;
  switch (posture) {
    case 'supine':
    case 'prone':
      return { azimuthDeg: 62, elevationDeg: 34, holds: 'whole' };
    case 'sideLyingRight':
      return { azimuthDeg: -24, elevationDeg: 24, holds: 'whole' };
    case 'sideLyingLeft':
      return { azimuthDeg: 24, elevationDeg: 24, holds: 'whole' };
    case 'quadruped':
    case 'heelSit':
      // rounding shows from the side, turning from behind
      if (quantity === 'flexion') return { azimuthDeg: 66, elevationDeg: 14, holds: 'whole' };
      return { azimuthDeg: (quantity === null ? 34 : 14) * sign, elevationDeg: 34, holds: 'whole' };
    case 'wallLean':
      return { azimuthDeg: 68, elevationDeg: 8, holds: 'whole' };
    case 'standing':
    case 'sitting':
    case 'sittingArmsCrossed':
      break;
  }
  switch (quantity) {
    case 'rotation':
    case 'lockedRotation':
      return { azimuthDeg: 0, elevationDeg: 10, holds: 'upper' };
    case 'sideBend':
      return { azimuthDeg: 0, elevationDeg: 8, holds: 'upper' };
    case 'flexion':
      return { azimuthDeg: 72, elevationDeg: 7, holds: 'upper' };
    case 'hinge':
      return { azimuthDeg: 68, elevationDeg: 8, holds: 'whole' };
    case 'armRise':
    case 'armLift':
      return { azimuthDeg: 20 * sign, elevationDeg: 8, holds: 'reach' };
    case 'armPull':
      return { azimuthDeg: 58 * sign, elevationDeg: 10, holds: 'upper' };
    case 'armElevation':
      return { azimuthDeg: 66 * sign, elevationDeg: 7, holds: 'reach' };
    case null:
      // from behind, with a hint of the side so that a bow is seen
      return { azimuthDeg: 12, elevationDeg: 8, holds: 'upper' };
  }
}
