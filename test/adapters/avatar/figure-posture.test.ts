import { describe, expect, it } from 'vitest';
import { Quaternion } from 'three';
import { figurePostureFor } from '../../../src/adapters/avatar/drawn-movement.ts';
import { PoseSolver } from '../../../src/adapters/avatar/pose-solver.ts';
import { readQuaternionInto } from '../../../src/adapters/avatar/to-three.ts';
import { POSTURE_NAMES } from '../../../src/core/body/posture-name.ts';
import { postureOrientationInto } from '../../../src/core/body/posture.ts';
import { createQuaternion } from '../../../src/core/math/quaternion.ts';

describe('drawn postures', () => {
  it.each(POSTURE_NAMES)('have the trunk of %s that measurement and simulation start from', (posture) => {
    const solver = new PoseSolver();
    const expected = new Quaternion();
    for (const side of ['left', 'right'] as const) {
      solver.setPosture(figurePostureFor(posture, null, side));
      solver.solve();
      for (const role of ['pelvis', 'lowerBack', 'upperBack'] as const) {
        readQuaternionInto(expected, postureOrientationInto(createQuaternion(), posture, role), 0);
        expect(solver[role].angleTo(expected)).toBeLessThan(1e-6);
      }
    }
  });

  it('put the hands behind the head for the lean over the chair', () => {
    const solver = new PoseSolver();
    solver.setPosture(figurePostureFor('sitting', 'E05', 'right'));
    solver.solve();
    const { right, left, centre } = solver.rig;
    for (const { hand } of [right, left])
      expect(hand.position.distanceTo(centre.head.position)).toBeLessThan(0.2);
  });
});
