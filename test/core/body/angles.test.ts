import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GRAVITY_ROTATION_CLASS_A,
  GRAVITY_ROTATION_CLASS_C,
  armElevationRad,
  armPlaneRad,
  fromArmElevationInto,
  fromTrunkAnglesInto,
  gravityFlexionRad,
  gravityPhaseRad,
  gravityRotationQuality,
  gravityRotationRad,
  gravitySideBendRad,
  isArmPlaneDefined,
  swingRad,
  tiltRad,
  trunkAnglesInto,
  twistRad,
  upInSegmentInto,
} from '../../../src/core/body/angles.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  multiplyInto,
  rotateInto,
} from '../../../src/core/math/quaternion.ts';

const axes = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] } as const;

/** Product of turns about coordinate axes, in the order written: turns('z', -30, 'x', 10) is Rz(-30) Rx(10). */
function turns(...steps: (keyof typeof axes | number)[]): Float64Array {
  const q = createQuaternion();
  for (let i = 0; i < steps.length; i += 2) {
    const [x, y, z] = axes[steps[i] as keyof typeof axes];
    multiplyInto(
      q,
      q,
      fromAxisAngleInto(createQuaternion(), x, y, z, (steps[i + 1] as number) * RAD_PER_DEG),
    );
  }
  return q;
}
const trunkDeg = (q: ArrayLike<number>): number[] =>
  [...trunkAnglesInto(new Float64Array(3), q)].map((a) => a * DEG_PER_RAD);
function expectDegrees(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs((actual[i] ?? NaN) - value)).toBeLessThan(tolerance));
}

describe('trunk angles', () => {
  it('takes apart the z-x-y sequences of the clinical page', () => {
    expectDegrees(trunkDeg(turns('z', -30, 'x', 10, 'y', 25)), [30, 10, 25]);
    expectDegrees(trunkDeg(turns('z', 15, 'x', -20, 'y', -40)), [-15, -20, -40]);
  });

  it('has its signs pinned by hand-made quaternions', () => {
    const c = Math.cos(Math.PI / 12),
      s = Math.sin(Math.PI / 12);
    expectDegrees(trunkDeg([c, 0, 0, -s]), [30, 0, 0]); // bowing turns the head (y) towards the front (x)
    expectDegrees(trunkDeg([c, s, 0, 0]), [0, 30, 0]); // bending right turns the head (y) towards the right (z)
    expectDegrees(trunkDeg([c, 0, s, 0]), [0, 0, 30]); // turning left turns the front (x) away from the right (z)
    expect(rotateInto(new Float64Array(3), [c, 0, 0, -s], [0, 1, 0])[0]).toBeCloseTo(0.5);
    expect(rotateInto(new Float64Array(3), [c, s, 0, 0], [0, 1, 0])[2]).toBeCloseTo(0.5);
    expect(rotateInto(new Float64Array(3), [c, 0, s, 0], [1, 0, 0])[2]).toBeCloseTo(-0.5);
  });

  const deg = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

  it('gives back the angles it was made of, the same for q and -q', () => {
    fc.assert(
      fc.property(deg(175), deg(85), deg(175), (flexion, bend, turn) => {
        const q = fromTrunkAnglesInto(
          createQuaternion(),
          flexion * RAD_PER_DEG,
          bend * RAD_PER_DEG,
          turn * RAD_PER_DEG,
        );
        expectDegrees(trunkDeg(q), [flexion, bend, turn], 1e-5);
        expectDegrees(trunkDeg([-q[0], -q[1], -q[2], -q[3]]), [flexion, bend, turn], 1e-5);
      }),
    );
  });

  it('does not change when the whole body turns about the vertical', () => {
    fc.assert(
      fc.property(deg(60), deg(40), deg(60), deg(180), deg(50), (flexion, bend, turn, heading, lean) => {
        const reference = turns('z', -lean, 'x', 12, 'y', 5);
        const moving = multiplyInto(
          createQuaternion(),
          reference,
          turns('z', -flexion, 'x', bend, 'y', turn),
        );
        const whole = turns('y', heading);
        const q = conjugateMultiplyInto(
          createQuaternion(),
          multiplyInto(createQuaternion(), whole, reference),
          multiplyInto(createQuaternion(), whole, moving),
        );
        expectDegrees(trunkDeg(q), [flexion, bend, turn], 1e-5);
      }),
    );
  });
});

describe('angles from gravity', () => {
  it('reads inclination from the up vector', () => {
    expectDegrees([gravityFlexionRad([-0.5, 0.8660254, 0]) * DEG_PER_RAD], [30], 1e-3);
    expectDegrees([gravitySideBendRad([-0.5, 0.8660254, 0]) * DEG_PER_RAD], [0], 1e-3);
    expectDegrees([gravitySideBendRad([0, 0.9659258, -0.258819]) * DEG_PER_RAD], [15], 1e-3);
    expectDegrees([tiltRad([-0.9396926, 0.3420201, 0]) * DEG_PER_RAD], [70], 1e-3);
  });

  it('agrees with the trunk angles for pure bends', () => {
    for (const angle of [-50, -20, 10, 45]) {
      const up = upInSegmentInto(new Float64Array(3), turns('z', -angle));
      expectDegrees([gravityFlexionRad(up) * DEG_PER_RAD], [angle]);
      expectDegrees([gravitySideBendRad(upInSegmentInto(up, turns('x', angle))) * DEG_PER_RAD], [angle]);
    }
  });

  it.each([
    ['prone', [-1, 0, 0], [-0.819152, 0, -0.5735764], 35],
    ['quadruped, head 5 deg down', [-0.9961947, -0.0871557, 0], [-0.7631294, -0.0871557, 0.6403415], -40],
    ['heel-sit, nose 15 deg down', [-0.9659258, -0.258819, 0], [-0.8365163, -0.258819, -0.4829629], 30],
    ['lying on the right side', [0, 0, -1], [0.8660254, 0, -0.5], 60],
    ['lying on the left side', [0, 0, 1], [0.8660254, 0, 0.5], -60],
    ['supine', [1, 0, 0], [0.9396926, 0, 0.3420201], 20],
  ])('turns left positive, %s', (_name, start, now, expected) => {
    expectDegrees([gravityRotationRad(now, gravityPhaseRad(start)) * DEG_PER_RAD], [expected], 1e-3);
  });

  it('says how well gravity shows a turn', () => {
    expect(gravityRotationQuality([-0.9659258, -0.258819, 0])).toBeCloseTo(0.966, 3);
    expect(gravityRotationQuality([-0.9659258, -0.258819, 0])).toBeGreaterThan(GRAVITY_ROTATION_CLASS_A);
    const halfWay = gravityRotationQuality([-Math.SQRT1_2, Math.SQRT1_2, 0]);
    expect(halfWay).toBeCloseTo(Math.SQRT1_2, 3);
    expect(halfWay).toBeLessThan(GRAVITY_ROTATION_CLASS_A);
    expect(halfWay).toBeGreaterThan(GRAVITY_ROTATION_CLASS_C);
  });

  it('reads a pure turn without error from any lying or kneeling start', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -70, max: 100, noNaN: true }),
        fc.constantFrom(turns('z', -90), turns('z', -75), turns('z', -105), turns('x', 90), turns('x', -90)),
        (turn, start) => {
          const startPhase = gravityPhaseRad(upInSegmentInto(new Float64Array(3), start));
          const now = multiplyInto(createQuaternion(), start, turns('y', turn));
          const up = upInSegmentInto(new Float64Array(3), now);
          expectDegrees([gravityRotationRad(up, startPhase) * DEG_PER_RAD], [turn], 1e-6);
        },
      ),
    );
  });
});

describe('arm elevation', () => {
  const arm = (q: ArrayLike<number>, side: 1 | -1): number[] => [
    armElevationRad(q) * DEG_PER_RAD,
    armPlaneRad(q, side) * DEG_PER_RAD,
  ];
  const mirrored = (q: Float64Array): number[] => [q[0] ?? 0, -(q[1] ?? 0), -(q[2] ?? 0), q[3] ?? 0];

  it('reads the right arm', () => {
    expectDegrees(arm(turns('y', 90, 'x', -120, 'y', -20), 1), [120, 90]);
    expectDegrees(arm(turns('y', 0, 'x', -90, 'y', 10), 1), [90, 0]);
  });

  it.each([
    [turns('y', 0, 'x', 100, 'y', 0), [100, 0], 180, [0, 0.174, -0.985]],
    [turns('y', -30, 'x', 100, 'y', 20), [100, 30], 150, [0.492, 0.174, -0.853]],
    [turns('y', -90, 'x', 120, 'y', 20), [120, 90], 90, [0.866, 0.5, 0]],
  ])(
    'reads the left arm unmirrored with the side sign, or mirrored without it, never both',
    (q, expected, wrongPlane, d) => {
      const direction = rotateInto(new Float64Array(3), q, [0, -1, 0]);
      d.forEach((value, i) => expect(direction[i]).toBeCloseTo(value, 3));
      expectDegrees(arm(q, -1), expected);
      expectDegrees(arm(mirrored(q), 1), expected);
      expectDegrees([Math.abs(armPlaneRad(q, 1)) * DEG_PER_RAD], [wrongPlane]);
      expectDegrees([Math.abs(armPlaneRad(Float64Array.from(mirrored(q)), -1)) * DEG_PER_RAD], [wrongPlane]);
    },
  );

  it('makes an arm of an elevation and a plane', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 179, noNaN: true }),
        fc.double({ min: -100, max: 170, noNaN: true }),
        fc.constantFrom<1 | -1>(1, -1),
        (elevation, plane, side) => {
          const q = fromArmElevationInto(
            createQuaternion(),
            elevation * RAD_PER_DEG,
            plane * RAD_PER_DEG,
            side,
          );
          expectDegrees(arm(q, side), [elevation, plane], 1e-5);
        },
      ),
    );
    // Forward raise is a turn about +z for either arm.
    expect([...fromArmElevationInto(createQuaternion(), 1, Math.PI / 2, -1)].slice(1)).toEqual([
      expect.closeTo(0),
      0,
      expect.closeTo(Math.sin(0.5)),
    ]);
  });

  it('hides the plane near hanging and near straight up', () => {
    expect([10, 20.1, 90, 159.9, 165].map((e) => isArmPlaneDefined(e * RAD_PER_DEG))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('swing and twist', () => {
  it('reads the twist about the long axis as the clinical page states it', () => {
    expectDegrees([twistRad(turns('z', -20, 'x', 10, 'y', 50), 0, 1, 0) * DEG_PER_RAD], [48.2], 0.05);
  });

  it('finds a pure twist and no swing, the same for q and -q', () => {
    fc.assert(
      fc.property(fc.double({ min: -179, max: 179, noNaN: true }), (angle) => {
        const q = turns('y', angle);
        expectDegrees([twistRad(q, 0, 1, 0) * DEG_PER_RAD], [angle], 1e-6);
        expectDegrees([twistRad([-q[0]!, 0, -q[2]!, 0], 0, 1, 0) * DEG_PER_RAD], [angle], 1e-6);
        expect(swingRad(q, 0, 1, 0)).toBeLessThan(1e-6);
      }),
    );
    expectDegrees([swingRad(turns('z', 33, 'y', 20), 0, 1, 0) * DEG_PER_RAD], [33]);
  });
});
