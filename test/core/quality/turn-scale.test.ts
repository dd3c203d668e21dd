import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TurnScale } from '../../../src/core/quality/turn-scale.ts';

const RATE_HZ = 104;
const BIAS = [0.02, -0.01, 0.015] as const;
/** What the LSM9DS1 library for Arduino makes of a turn rate. */
const LOW_SHARE = 2000 / 32768 / 0.07;

type Triple = readonly [number, number, number];
interface Options {
  /** Of the turn rate as stated to the true one. */
  readonly share?: number;
  readonly signs?: Triple;
  /** What happens between the turns, s of missing samples. */
  readonly gapS?: number;
  readonly back?: boolean;
}

function turned(v: Triple, axis: Triple, angle: number): Triple {
  const c = Math.cos(angle),
    s = Math.sin(angle);
  const along = (1 - c) * (axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2]);
  return [
    c * v[0] + s * (axis[1] * v[2] - axis[2] * v[1]) + along * axis[0],
    c * v[1] + s * (axis[2] * v[0] - axis[0] * v[2]) + along * axis[1],
    c * v[2] + s * (axis[0] * v[1] - axis[1] * v[0]) + along * axis[2],
  ];
}

/** A sensor that lies, is turned by `angleRad` about an axis of its own in 2 s, lies again, and so on, `times` times. */
function ratioAfter(
  axis: Triple,
  up: Triple,
  angleRad: number,
  times: number,
  options: Options = {},
): number {
  const { share = 1, signs = [1, 1, 1], gapS = 0, back = false } = options;
  const scale = new TurnScale();
  let gravity = up;
  const step = (rate: number, stepS = 1 / RATE_HZ): void => {
    gravity = turned(gravity, axis, -rate * stepS);
    scale.push(
      signs.map((sign, i) => sign * share * rate * axis[i]! + BIAS[i]!),
      BIAS,
      signs.map((sign, i) => sign * 9.81 * gravity[i]!),
      0,
      stepS,
    );
  };
  const turn = (rad: number): void => {
    for (let i = 0; i < 2 * RATE_HZ; i++)
      step((rad / 4) * Math.PI * Math.sin((Math.PI * (i + 0.5)) / (2 * RATE_HZ)));
  };
  const lie = (): void => {
    for (let i = 0; i < RATE_HZ; i++) step(0);
  };
  lie();
  for (let i = 0; i < times; i++) {
    turn(angleRad);
    if (back) turn(-angleRad);
    if (gapS > 0) step(0, gapS);
    lie();
  }
  return scale.ratio;
}

const unit = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .filter((v) => Math.hypot(...v) > 0.3)
  .map(([x, y, z]): Triple => {
    const size = Math.hypot(x, y, z);
    return [x / size, y / size, z / size];
  });

const across = (a: Triple, b: Triple): number =>
  Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);

describe('whether turns are as large as the gyroscope says', () => {
  test('is found from rest to rest, whatever the axis', () => {
    fc.assert(
      fc.property(unit, unit, fc.double({ min: 0.7, max: 1.6, noNaN: true }), (axis, up, angle) => {
        fc.pre(across(axis, up) > 0.7);
        expect(Math.abs(ratioAfter(axis, up, angle, 14) - 1)).toBeLessThan(0.02);
        expect(Math.abs(ratioAfter(axis, up, angle, 14, { share: LOW_SHARE }) * LOW_SHARE - 1)).toBeLessThan(
          0.03,
        );
        expect(Math.abs(ratioAfter(axis, up, angle, 14, { share: 1.1 }) * 1.1 - 1)).toBeLessThan(0.03);
      }),
      { numRuns: 20 },
    );
  });

  test('is not said before gravity has turned from one rest to another', () => {
    expect(ratioAfter([1, 0, 0], [0, 0, 1], 1, 1)).toBeNaN();
    expect(ratioAfter([0, 0, 1], [0, 0, 1], 1.5, 8)).toBeNaN();
    expect(ratioAfter([1, 0, 0], [0, 0, 1], 1, 8, { back: true })).toBeNaN();
    expect(ratioAfter([1, 0, 0], [0, 0, 1], 1, 8, { gapS: 1 })).toBeNaN();
  });

  test('is not said where no scale fits: on axes of another hand', () => {
    expect(ratioAfter([1, 0, 0], [0, 0, 1], 1.2, 8, { signs: [1, 1, -1] })).toBeNaN();
  });
});
