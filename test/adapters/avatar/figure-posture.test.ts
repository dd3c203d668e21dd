import { describe, expect, it } from 'vitest';
import { Quaternion } from 'three';
import { drawnPoseInto, drawnSide, figurePostureFor } from '../../../src/adapters/avatar/drawn-movement.ts';
import { PoseSolver } from '../../../src/adapters/avatar/pose-solver.ts';
import { readQuaternionInto } from '../../../src/adapters/avatar/to-three.ts';
import { POSTURE_NAMES } from '../../../src/core/body/posture-name.ts';
import { postureOrientationInto } from '../../../src/core/body/posture.ts';
import type { ExerciseId } from '../../../src/core/exercise/motion-definition.ts';
import {
  EXERCISE_IDS,
  motionDefinition,
  startPosture,
} from '../../../src/core/exercise/motion-definitions.ts';
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

  it('have one hand at the seat and the other elbow up for a side bend', () => {
    for (const [lifted, resting, sign] of [
      ['left', 'right', 1],
      ['right', 'left', -1],
    ] as const) {
      const { rig } = demonstrated('E08', sign);
      expect(rig[lifted].hand.position.distanceTo(rig.centre.head.position)).toBeLessThan(0.2);
      expect(rig[resting].hand.position.distanceTo(rig.centre.pelvis.position)).toBeLessThan(0.35);
      expect(rig[lifted].shoulder.position.y).toBeGreaterThan(rig[resting].shoulder.position.y);
    }
  });

  it.each(EXERCISE_IDS)('keep the feet of %s where they are through the movement', (id) => {
    const definition = motionDefinition(id);
    const ankles = ({ rig }: PoseSolver) => (['left', 'right'] as const).map((one) => rig[one].foot.position);
    for (const { sign } of definition.directions) {
      const start = ankles(demonstrated(id, sign * 1e-9));
      ankles(demonstrated(id, sign)).forEach((ankle, i) =>
        expect(ankle.distanceTo(start[i]!), `${sign}`).toBeLessThan(0.02),
      );
    }
  });

  it.each(['E09', 'E10'] as const)('slide the hands of %s up the wall, apart from each other', (id) => {
    const apart = (share: number) => {
      const { left, right } = demonstrated(id, share).rig;
      return { widthM: left.hand.position.distanceTo(right.hand.position), upM: right.hand.position.y };
    };
    expect(apart(0).widthM).toBeGreaterThan(0.25);
    expect(apart(1).widthM).toBeGreaterThan(0.25);
    expect(apart(1).upM).toBeGreaterThan(apart(0).upM + 0.2);
  });

  it('keep the hands on the wall in a push-up and on the floor in cat and camel', () => {
    for (const id of ['E17', 'E04'] as const) {
      const hands = (share: number) => demonstrated(id, share).rig.right.hand.position.clone();
      expect(hands(1).distanceTo(hands(0)), id).toBeLessThan(0.06);
    }
  });
});

/** The figure at a share of the usual range, its hands as the exercise asks for them. */
function demonstrated(id: ExerciseId, share: number): PoseSolver {
  const definition = motionDefinition(id);
  const rad = (share * definition.usualMaximumDeg * Math.PI) / 180;
  const side = drawnSide(definition, null, rad, [], 'right');
  const solver = new PoseSolver();
  solver.setPosture(figurePostureFor(startPosture(definition, side), id, side));
  solver.setSegments(drawnPoseInto(new Float64Array(20), definition, rad, side));
  solver.solve();
  return solver;
}
