import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import {
  createQuaternion,
  fromRotationVectorInto,
  rotateInverseInto,
} from '../../../src/core/math/quaternion.ts';
import { findAxisSlip, type ObservedMove } from '../../../src/core/quality/slip-axis.ts';
import { createRandom, gaussian } from '../../support/worn-body.ts';

type Vector = readonly [number, number, number];
const UP: Vector = [0, 1, 0];
const RIGHT: Vector = [0, 0, 1];

/** As a sensor that was turned by this rotation vector, deg, feels a direction. */
function turned(vector: ArrayLike<number>, slipDeg: Vector): Float64Array {
  const [x, y, z] = slipDeg;
  const slip = fromRotationVectorInto(createQuaternion(), x * RAD_PER_DEG, y * RAD_PER_DEG, z * RAD_PER_DEG);
  return rotateInverseInto(new Float64Array(3), slip, vector);
}

interface Course {
  /** Axis of the moves before and after the third. */
  readonly axes?: readonly [Vector, Vector];
  readonly ups?: readonly [Vector, Vector];
  readonly slipDeg?: Vector;
  readonly scatterDeg?: number;
  readonly count?: number;
}

/** Moves to one side and the other; from the fourth on things are as the course says. */
function moves({
  axes = [RIGHT, RIGHT],
  ups = [UP, UP],
  slipDeg = [0, 0, 0],
  scatterDeg = 0.7,
  count = 8,
}: Course) {
  const random = createRandom(4);
  const shaken = (vector: Float64Array): Float64Array => {
    const shaking = [0, 0, 0].map(() => scatterDeg * gaussian(random)) as unknown as Vector;
    return turned(vector, shaking);
  };
  return Array.from({ length: count }, (_, i): ObservedMove => {
    const isLate = i >= 3;
    const sign = i % 2 === 0 ? 1 : -1;
    const own = (vector: Vector): Float64Array => shaken(turned(vector, isLate ? slipDeg : [0, 0, 0]));
    return {
      side: sign > 0 ? 'forward' : 'backward',
      axis: own(axes[isLate ? 1 : 0]).map((value) => sign * value),
      up: own(ups[isLate ? 1 : 0]),
      startMs: 1000 * i,
      endMs: 1000 * i + 800,
    };
  });
}

const leaning = (deg: number): Vector => [...turned(UP, [deg, 0, 0])] as unknown as Vector;

describe('slip from the axis of the moves', () => {
  it('is found with its size and its time', () => {
    const slip = findAxisSlip(moves({ slipDeg: [9, 0, 5] }));
    expect(slip?.slipRad).toBeDefined();
    expect(Math.abs((slip?.slipRad ?? NaN) / RAD_PER_DEG - Math.hypot(9, 5))).toBeLessThan(1);
    expect(slip?.startMs).toBeLessThanOrEqual(2800);
    expect(slip?.endMs).toBeGreaterThanOrEqual(3000);
  });

  it('is the same from whichever axes the sensor has', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (deg) => {
        const how = (all: readonly ObservedMove[]): ObservedMove[] =>
          all.map((move) => ({
            ...move,
            axis: turned(move.axis, [deg, deg / 2, -deg]),
            up: turned(move.up, [deg, deg / 2, -deg]),
          }));
        const course = moves({ slipDeg: [8, 4, 3] });
        expect(findAxisSlip(how(course))?.slipRad).toBeCloseTo(findAxisSlip(course)?.slipRad ?? NaN, 9);
      }),
    );
  });

  const spared: readonly (readonly [string, Course])[] = [
    ['nothing happened', {}],
    ['a person who sits 10 deg to the side from the fourth move on', { ups: [UP, leaning(10)] }],
    ['a person who slumps by 10 deg', { ups: [UP, [...turned(UP, [0, 0, 10])] as unknown as Vector] }],
    [
      'a person who moves 10 deg more diagonally',
      { axes: [RIGHT, [...turned(RIGHT, [0, 10, 0])] as unknown as Vector] },
    ],
    ['a person who sits 6 deg to the side and goes on bowing as the pelvis stands', { slipDeg: [6, 0, 0] }],
    ['a slip about the axis of the moves, which no axis shows', { slipDeg: [0, 0, 10] }],
    ['moves that differ by 12 deg among themselves', { slipDeg: [8, 0, 3], scatterDeg: 12 }],
    ['a seated turn, whose axis points up', { axes: [UP, UP], slipDeg: [8, 0, 0] }],
    ['fewer than two moves before or after', { slipDeg: [8, 0, 4], count: 4 }],
  ];
  it.each(spared)('is not claimed of %s', (_, course) => {
    expect(findAxisSlip(moves(course))).toBeNull();
  });
});
