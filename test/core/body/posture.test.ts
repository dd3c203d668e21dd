import { describe, expect, it } from 'vitest';
import { trunkAnglesInto, upInSegmentInto } from '../../../src/core/body/angles.ts';
import { Q_FACING_FROM_FORWARD_EARTH, facingFromEarthInto } from '../../../src/core/body/facing-frame.ts';
import { POSTURE_NAMES } from '../../../src/core/body/posture-name.ts';
import {
  NEUTRAL_POSES,
  neutralPoseOf,
  poseOrientationInto,
  poseUpAxis,
  postureOrientationInto,
  postureUpInto,
} from '../../../src/core/body/posture.ts';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import { createQuaternion, rotateInto } from '../../../src/core/math/quaternion.ts';

const vector = (q: ArrayLike<number>, v: readonly number[]): number[] => [
  ...rotateInto(new Float64Array(3), q, v),
];
function expectVector(actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 9));
}

describe('the facing frame', () => {
  it('is Earth turned so that x is forward, y up, z right', () => {
    expectVector(vector(Q_FACING_FROM_FORWARD_EARTH, [1, 0, 0]), [1, 0, 0]); // forward
    expectVector(vector(Q_FACING_FROM_FORWARD_EARTH, [0, 0, 1]), [0, 1, 0]); // up
    expectVector(vector(Q_FACING_FROM_FORWARD_EARTH, [0, -1, 0]), [0, 0, 1]); // right
  });

  it('takes the heading out', () => {
    const heading = 0.7;
    const q = facingFromEarthInto(createQuaternion(), heading);
    expectVector(vector(q, [Math.cos(heading), Math.sin(heading), 0]), [1, 0, 0]);
    expectVector(vector(q, [0, 0, 1]), [0, 1, 0]);
  });
});

describe('postures', () => {
  it('leaves a standing person at the identity', () => {
    for (const segment of ['pelvis', 'lowerBack', 'upperBack', 'upperArmLeft'] as const)
      expectVector([...postureOrientationInto(createQuaternion(), 'standing', segment)], [1, 0, 0, 0]);
  });

  it('adds the segments up the spine', () => {
    const angles = trunkAnglesInto(
      new Float64Array(3),
      postureOrientationInto(createQuaternion(), 'heelSit', 'upperBack'),
    );
    expect(angles[0]! * DEG_PER_RAD).toBeCloseTo(88, 9);
  });

  it('has an up axis within 35 deg of the pose that measurements call it by', () => {
    const up = new Float64Array(3);
    for (const posture of POSTURE_NAMES) {
      const pose = neutralPoseOf(posture);
      if (pose === null) continue;
      postureUpInto(up, posture, 'upperBack');
      const axis = poseUpAxis(pose);
      expect(up[0]! * axis[0] + up[1]! * axis[1] + up[2]! * axis[2]).toBeGreaterThan(0.82);
    }
  });

  it('agrees with itself on the up axis of each pose', () => {
    for (const pose of NEUTRAL_POSES)
      expectVector(
        [...upInSegmentInto(new Float64Array(3), poseOrientationInto(createQuaternion(), pose))],
        [...poseUpAxis(pose)],
      );
  });
});
