import { describe, expect, it } from 'vitest';
import { unwrapAboutNeutral } from '../../../src/core/pipeline/analysis-angles.ts';

const TURN = 2 * Math.PI;
/** As an angle is read: within half a turn of zero. */
const wrapped = (rad: number): number => rad - TURN * Math.round(rad / TURN);

function unwrapped(anglesRad: readonly number[]): number[] {
  const values = Float64Array.from(anglesRad, wrapped);
  unwrapAboutNeutral(values);
  return [...values];
}

const close = (values: readonly number[]) =>
  values.map((value) => (value === value ? (expect.closeTo(value, 9) as number) : Number.NaN));

describe('an angle that passes half a turn', () => {
  it('goes on through it', () => {
    const bow = [0, 0, 1, 2, 3, 3.5, 3, 2, 1, 0, 0, 0];
    expect(unwrapped(bow)).toEqual(close(bow));
  });

  it('is read about neutral after the sensor was turned right round before it was worn', () => {
    const worn = [0.1, 0, 0.6, 0.7, 0, -0.1, -0.7, 0, 0, 0.1];
    const onTheWay = [-TURN, -5, -4, -3, -2, -1];
    expect(unwrapped([...onTheWay, ...worn]).slice(onTheWay.length)).toEqual(close(worn));
    expect(unwrapped([...onTheWay, ...worn])[0]).toBeCloseTo(-TURN, 9);
    const theOtherWay = onTheWay.map((rad) => rad + TURN).reverse();
    expect(unwrapped([...theOtherWay, ...worn.map((rad) => rad + TURN)]).slice(6)).toEqual(close(worn));
  });

  it('begins anew after a gap', () => {
    expect(unwrapped([0, 2, 4, 2, 0, 0, 0, Number.NaN, 0.2, 0.3])).toEqual(
      close([0, 2, 4, 2, 0, 0, 0, Number.NaN, 0.2, 0.3]),
    );
  });
});
