import { fromMatrixInto, type Quaternion } from '../math/quaternion.ts';

/** Directions of the body as people name them. */
export const ANATOMICAL_DIRECTIONS = {
  forward: [1, 0, 0],
  back: [-1, 0, 0],
  up: [0, 1, 0],
  down: [0, -1, 0],
  left: [0, 0, -1],
  right: [0, 0, 1],
} as const;
export type AnatomicalDirection = keyof typeof ANATOMICAL_DIRECTIONS;

/** A mounting that was stated is true within this angle. */
export const MOUNT_TOLERANCE_RAD = Math.PI / 6;

/** A mounting text that names no possible mounting; the message is a whole sentence. */
export class MountError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MountError';
  }
}

/**
 * Reads `x:down,y:right,z:back`: where each sensor axis points on the body in the neutral pose.
 *
 * @returns qSegmentFromSensor
 * @throws {@link MountError} for an axis named twice or not at all, an unknown direction, axes that are not square
 * to each other, or a left-handed triple
 */
export function parseMountTriple(text: string): Quaternion {
  const axes: Partial<Record<'x' | 'y' | 'z', readonly number[]>> = {};
  for (const part of text.split(',')) {
    const [axis, direction, more] = part.split(':').map((word) => word.trim());
    if (more !== undefined || (axis !== 'x' && axis !== 'y' && axis !== 'z'))
      throw new MountError(`"${part.trim()}" is not of the form x:down.`);
    if (axes[axis] !== undefined) throw new MountError(`axis ${axis} is given twice.`);
    if (direction === undefined || !Object.hasOwn(ANATOMICAL_DIRECTIONS, direction))
      throw new MountError(
        `"${direction ?? ''}" is no direction; use ${Object.keys(ANATOMICAL_DIRECTIONS).join(', ')}.`,
      );
    axes[axis] = ANATOMICAL_DIRECTIONS[direction as AnatomicalDirection];
  }
  const { x, y, z } = axes;
  if (x === undefined || y === undefined || z === undefined)
    throw new MountError('all three of x, y and z must be given, as in x:down,y:right,z:back.');
  const cross = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
  const handedness = cross[0] * z[0] + cross[1] * z[1] + cross[2] * z[2];
  if (handedness < 0)
    throw new MountError('the three directions form a left-handed triple; turn one of them round.');
  if (handedness === 0) throw new MountError('two axes point along the same direction.');
  return fromMatrixInto(new Float64Array(4), [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]]);
}
