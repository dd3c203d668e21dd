import * as fc from 'fast-check';
import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { FIGURE_POSTURES, type FigurePostureName } from '../../../src/adapters/avatar/figure-posture.ts';
import { PoseSolver } from '../../../src/adapters/avatar/pose-solver.ts';
import type { BodySide } from '../../../src/adapters/avatar/rig.ts';
import { fromTrunkAnglesInto } from '../../../src/core/body/angles.ts';
import { SEGMENT_ROLES, segmentRoleIndex, type SegmentRole } from '../../../src/core/body/segment-role.ts';
import { motionDefinition } from '../../../src/core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../../src/core/exercise/motion-pose.ts';
import { createQuaternion } from '../../../src/core/math/quaternion.ts';

const RAD = Math.PI / 180;
const NAMES = Object.keys(FIGURE_POSTURES) as FigurePostureName[];

/** Segments with the given roles at trunk angles (degrees), all others not measured. */
function segments(roles: readonly SegmentRole[], flexion: number, sideBend: number, rotation: number) {
  const out = new Float64Array(4 * SEGMENT_ROLES.length).fill(NaN);
  const q = createQuaternion();
  for (const role of roles)
    out.set(
      fromTrunkAnglesInto(q, flexion * RAD, sideBend * RAD, rotation * RAD),
      4 * segmentRoleIndex(role),
    );
  return out;
}

function solved(posture: FigurePostureName, measured?: Float64Array): PoseSolver {
  const solver = new PoseSolver();
  solver.setPosture(FIGURE_POSTURES[posture]);
  if (measured) solver.setSegments(measured);
  solver.solve();
  return solver;
}

const shoulder = (solver: PoseSolver, side: BodySide) => solver.rig[side].shoulder.position;
const ankle = (solver: PoseSolver, side: BodySide) => solver.rig[side].foot.position;

function expectWhole(solver: PoseSolver): void {
  for (const { position, turn } of solver.rig.all) {
    for (const value of [...position.toArray(), ...turn.toArray()]) expect(Number.isFinite(value)).toBe(true);
    expect(Math.abs(turn.length() - 1)).toBeLessThan(1e-6);
  }
}

describe('the pose solver', () => {
  it('keeps every bone finite and every rotation a unit for any measured rotations in any posture @slow', () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    const quaternion = fc
      .tuple(component, component, component, component)
      .filter((q) => Math.hypot(...q) > 0.01);
    const segment = fc.option(quaternion, { nil: [NaN, NaN, NaN, NaN] });
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.tuple(segment, segment, segment, segment, segment),
        (name, rows) => {
          expectWhole(solved(name, Float64Array.from(rows.flat())));
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });

  it('brings the right shoulder forward and the left one back in a left turn', () => {
    const still = solved('sittingArmsCrossed', segments(['upperBack'], 0, 0, 0));
    const left = solved('sittingArmsCrossed', segments(['upperBack'], 0, 0, 40));
    expect(shoulder(left, 'right').x).toBeGreaterThan(shoulder(still, 'right').x + 0.05);
    expect(shoulder(left, 'left').x).toBeLessThan(shoulder(still, 'left').x - 0.05);
    const right = solved('sittingArmsCrossed', segments(['upperBack'], 0, 0, -40));
    expect(shoulder(right, 'right').x).toBeLessThan(shoulder(still, 'right').x - 0.05);
  });

  it('lowers the right shoulder in a bend to the right and moves the head forward in flexion', () => {
    const still = solved('sitting', segments(['upperBack'], 0, 0, 0));
    const bent = solved('sitting', segments(['upperBack'], 0, 30, 0));
    expect(shoulder(bent, 'right').y).toBeLessThan(shoulder(still, 'right').y - 0.05);
    expect(bent.rig.centre.head.position.z).toBeGreaterThan(still.rig.centre.head.position.z + 0.1);
    const flexed = solved('sitting', segments(['upperBack'], 30, 0, 0));
    expect(flexed.rig.centre.head.position.x).toBeGreaterThan(still.rig.centre.head.position.x + 0.1);
  });

  it('lifts the left shoulder in a kneeling turn to the left', () => {
    const pose = new Float64Array(20);
    const shoulderAt = (turnDeg: number) => {
      segmentPoseInto(pose, motionDefinition('E02'), turnDeg * RAD);
      pose.fill(NaN, 12); // arms as drawn
      return shoulder(solved('heelSitLeftElbowUp', pose), 'left').y;
    };
    expect(shoulderAt(38)).toBeGreaterThan(shoulderAt(0) + 0.08);
  });

  it('raises only the arm that the movement names', () => {
    const pose = new Float64Array(20);
    segmentPoseInto(pose, motionDefinition('E11'), 140 * RAD, 'left');
    const { rig } = solved('standing', pose);
    expect(rig.left.hand.position.y).toBeGreaterThan(rig.centre.head.position.y);
    expect(rig.left.hand.position.x).toBeGreaterThan(0.1);
    expect(rig.right.hand.position.y).toBeLessThan(rig.centre.pelvis.position.y + 0.1);
  });

  it('takes a measured segment as it is', () => {
    const measured = segments(['upperBack', 'lowerBack'], 20, -10, 15);
    const { upperBack, lowerBack } = solved('standing', measured);
    const expected = createQuaternion();
    fromTrunkAnglesInto(expected, 20 * RAD, -10 * RAD, 15 * RAD);
    for (const q of [upperBack, lowerBack]) {
      expect(q.w).toBeCloseTo(expected[0], 9);
      expect(q.x).toBeCloseTo(expected[1], 9);
      expect(q.y).toBeCloseTo(expected[2], 9);
      expect(q.z).toBeCloseTo(expected[3], 9);
    }
  });

  it.each(NAMES)('rests in %s when nothing is measured, and after a sensor is lost', (name) => {
    const rest = solved(name);
    const solver = solved(name, segments(['upperBack', 'upperArmRight'], 25, 10, 30));
    solver.setSegments(new Float64Array(20).fill(NaN));
    solver.solve();
    solver.rig.all.forEach((bone, i) => {
      expect(bone.position.distanceTo(rest.rig.all[i].position)).toBeLessThan(1e-12);
    });
  });

  it('keeps the feet planted while the trunk moves', () => {
    const still = solved('standing');
    const bow = solved('standing', segments(['upperBack'], 50, 0, 0));
    for (const side of ['left', 'right'] as const)
      expect(ankle(bow, side).distanceTo(ankle(still, side))).toBeLessThan(0.02);
  });

  it.each([
    ['heelSitRightElbowUp', 'heelSitLeftElbowUp'],
    ['sideLyingRight', 'sideLyingLeft'],
    ['standing', 'standing'],
  ] as const)('mirrors %s to %s', (a, b) => {
    const one = solved(a).rig;
    const other = solved(b).rig;
    const mirrored = new Vector3();
    for (const name of Object.keys(one.right) as (keyof typeof one.right)[]) {
      const p = one.right[name].position;
      mirrored.set(p.x, p.y, -p.z);
      expect(mirrored.distanceTo(other.left[name].position)).toBeLessThan(1e-9);
    }
  });

  it.each(NAMES)('keeps hands and feet of %s above the floor', (name) => {
    const { rig } = solved(name);
    for (const side of ['left', 'right'] as const) {
      expect(rig[side].hand.position.y).toBeGreaterThan(0.02);
      expect(rig[side].foot.position.y).toBeGreaterThan(0.02);
    }
  });
});
