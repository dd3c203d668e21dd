import * as fc from 'fast-check';
import { Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { readQuaternionInto } from '../../../src/adapters/avatar/to-three.ts';
import { normalizeInto, rotateInto } from '../../../src/core/math/quaternion.ts';

describe('the way to three', () => {
  it('turns vectors exactly as the core does', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(part, part, part, part), fc.tuple(part, part, part), (raw, v) => {
        fc.pre(Math.hypot(...raw) > 1e-3);
        const q = normalizeInto(new Float64Array(4), raw);
        const three = new Quaternion();
        expect(readQuaternionInto(three, [9, 9, ...q], 2)).toBe(true);
        const expected = rotateInto(new Float64Array(3), q, v);
        const got = new Vector3(...v).applyQuaternion(three);
        expect(got.toArray().every((value, i) => Math.abs(value - expected[i]) < 1e-12)).toBe(true);
      }),
    );
  });

  it.each([
    ['NaN', [NaN, 0, 0, 0]],
    ['one NaN part', [1, 0, NaN, 0]],
    ['infinite', [Infinity, 0, 0, 0]],
    ['zero', [0, 0, 0, 0]],
    ['cut off', [1, 0]],
  ])('refuses %s and leaves the target alone', (_, values) => {
    const q = new Quaternion(0, 1, 0, 0);
    expect(readQuaternionInto(q, values, 0)).toBe(false);
    expect(q.y).toBe(1);
  });
});
