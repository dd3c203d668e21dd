import { describe, expect, it } from 'vitest';
import { arcScaleFor, clockAngleRad } from '../../../src/adapters/avatar/arc-scale.ts';
import { drawnPoseInto, drawnSide } from '../../../src/adapters/avatar/drawn-movement.ts';
import { segmentRoleIndex } from '../../../src/core/body/segment-role.ts';
import { motionDefinition } from '../../../src/core/exercise/motion-definitions.ts';

const RAD = Math.PI / 180;
/** Place on the picture, x to the right, y up, of an angle of movement. */
function place(quantity: Parameters<typeof arcScaleFor>[0], side: 'left' | 'right', deg: number) {
  const clock = clockAngleRad(arcScaleFor(quantity, side), deg * RAD);
  return { x: Math.sin(clock), y: Math.cos(clock) };
}

describe('the arc', () => {
  it('has the left on the left and the right on the right', () => {
    expect(place('rotation', 'right', 30).x).toBeLessThan(-0.5); // left turn is positive
    expect(place('rotation', 'right', -30).x).toBeGreaterThan(0.5);
    expect(place('sideBend', 'right', 30).x).toBeCloseTo(0.5); // right bend is positive
    expect(place('sideBend', 'right', -30).x).toBeCloseTo(-0.5);
    expect(place('flexion', 'right', 30).x).toBeCloseTo(0.5); // forward lies to the right
  });

  it('starts at the top, except where it follows an elbow or an arm', () => {
    expect(place('rotation', 'left', 0).y).toBeCloseTo(1);
    expect(place('armElevation', 'right', 0).y).toBeCloseTo(-1);
    expect(place('armElevation', 'right', 90).x).toBeCloseTo(1);
    expect(place('armElevation', 'left', 90).x).toBeCloseTo(-1);
    expect(place('lockedRotation', 'left', 0).x).toBeCloseTo(-1);
    expect(place('lockedRotation', 'left', 90).y).toBeCloseTo(1);
    expect(place('lockedRotation', 'right', -90).y).toBeCloseTo(1);
  });
});

describe('the drawn side', () => {
  const kneeling = motionDefinition('E02');
  const reach = motionDefinition('E11');

  it('is the explicit one when there is one', () => {
    expect(drawnSide(kneeling, 'right', 30 * RAD, [], 'left')).toBe('right');
  });

  it('follows the target of a kneeling turn and stays without one', () => {
    expect(drawnSide(kneeling, null, 30 * RAD, [], 'right')).toBe('left');
    expect(drawnSide(kneeling, null, -30 * RAD, [], 'left')).toBe('right');
    expect(drawnSide(kneeling, null, null, [], 'left')).toBe('left');
  });

  it('is the arm that wears the sensor in a reach', () => {
    expect(drawnSide(reach, null, 140 * RAD, ['upperBack', 'upperArmLeft'], 'right')).toBe('left');
    expect(drawnSide(reach, null, 140 * RAD, ['upperBack', 'upperArmRight'], 'left')).toBe('right');
  });
});

describe('the drawn pose', () => {
  it('moves the trunk and leaves arms that only go along to the posture', () => {
    const pose = drawnPoseInto(new Float64Array(20), motionDefinition('E01'), 30 * RAD, 'right');
    expect([...pose.subarray(0, 12)].every(Number.isFinite)).toBe(true);
    expect([...pose.subarray(12)].every(Number.isNaN)).toBe(true);
  });

  it('keeps the arm that reaches', () => {
    const pose = drawnPoseInto(new Float64Array(20), motionDefinition('E11'), 90 * RAD, 'right');
    expect(pose[4 * segmentRoleIndex('upperArmRight')]).toBeCloseTo(Math.SQRT1_2, 1);
    expect(pose[4 * segmentRoleIndex('upperArmLeft')]).toBeNaN();
  });
});
