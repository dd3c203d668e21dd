import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { AxisAgreement } from '../../../src/core/quality/axis-agreement.ts';

const RATE_HZ = 104;

/** A sensor that swings about an axis of its own; `signs` are what its chip makes of each axis. */
function swing(
  axis: readonly number[],
  up: readonly number[],
  signs: { readonly gyro: readonly number[]; readonly acc: readonly number[] },
  sizeRad = 0.7,
  durationS = 12,
): number {
  const agreement = new AxisAgreement();
  const gyro = new Float64Array(3),
    acc = new Float64Array(3);
  for (let i = 0; i < durationS * RATE_HZ; i++) {
    const t = i / RATE_HZ;
    const angle = sizeRad * Math.sin(2 * Math.PI * 0.3 * t),
      rate = sizeRad * 2 * Math.PI * 0.3 * Math.cos(2 * Math.PI * 0.3 * t);
    // Rodrigues' formula, turned the other way: the direction of up as the sensor sees it.
    const c = Math.cos(-angle),
      s = Math.sin(-angle);
    const dot = axis[0]! * up[0]! + axis[1]! * up[1]! + axis[2]! * up[2]!;
    const cross = [
      axis[1]! * up[2]! - axis[2]! * up[1]!,
      axis[2]! * up[0]! - axis[0]! * up[2]!,
      axis[0]! * up[1]! - axis[1]! * up[0]!,
    ];
    for (let k = 0; k < 3; k++) {
      const u = c * up[k]! + s * cross[k]! + (1 - c) * dot * axis[k]!;
      gyro[k] = signs.gyro[k]! * (rate * axis[k]! + 0.01);
      acc[k] = signs.acc[k]! * 9.81 * u;
    }
    agreement.push(gyro, acc, 0, 1 / RATE_HZ);
  }
  return agreement.correlation;
}

const right = { gyro: [1, 1, 1], acc: [1, 1, 1] };
const unit = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .filter((v) => Math.hypot(...v) > 0.3)
  .map((v) => v.map((x) => x / Math.hypot(...v)));

describe('whether gyroscope and accelerometer tell of the same turning', () => {
  test('they do on right-handed axes, and contradict each other on left-handed ones, whatever the axis', () => {
    fc.assert(
      fc.property(unit, unit, fc.constantFrom(0, 1, 2), (axis, up, flipped) => {
        const across = Math.hypot(
          axis[1]! * up[2]! - axis[2]! * up[1]!,
          axis[2]! * up[0]! - axis[0]! * up[2]!,
          axis[0]! * up[1]! - axis[1]! * up[0]!,
        );
        fc.pre(across > 0.5);
        const signs = [1, 1, 1].map((one, i) => (i === flipped ? -one : one));
        expect(swing(axis, up, right)).toBeGreaterThan(0.9);
        expect(swing(axis, up, { gyro: signs, acc: signs })).toBeLessThan(-0.9);
      }),
      { numRuns: 30 },
    );
  });

  test('nothing is said before gravity has turned, nor of turning about the vertical', () => {
    expect(swing([1, 0, 0], [0, 0, 1], right, 0.7, 0.4)).toBeNaN();
    expect(swing([0, 0, 1], [0, 0, 1], right)).toBeNaN();
  });

  test('a value that is missing or a long silence begins the span anew', () => {
    const agreement = new AxisAgreement();
    for (let i = 0; i < 4000; i++) {
      const t = i / RATE_HZ;
      const angle = 0.7 * Math.sin(2 * t);
      const isGap = i % 200 > 150;
      agreement.push(
        [isGap ? NaN : 1.4 * Math.cos(2 * t), 0, 0],
        [0, 9.81 * Math.sin(angle), 9.81 * Math.cos(angle)],
        0,
        i % 200 === 0 ? 1 : 1 / RATE_HZ,
      );
    }
    expect(agreement.correlation).toBeGreaterThan(0.9);
  });
});
