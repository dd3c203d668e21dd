import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ShakeJudge, type ShakeVerdict } from '../../../src/core/quality/shake-judge.ts';

const STEP_MS = 50;

/** Feeds speeds as functions of time, for so long; the last verdict, and whether any was 'found'. */
function watch(
  speeds: readonly ((timeS: number) => number)[],
  durationMs: number,
  judge = new ShakeJudge(),
): { last: ShakeVerdict; found: number | null } {
  let last: ShakeVerdict = { kind: 'none' };
  let found: number | null = null;
  for (let t = 0; t <= durationMs; t += STEP_MS) {
    last = judge.take(
      speeds.map((speed, sensorIndex) => ({ sensorIndex, speedRadPerS: speed(t / 1000) })),
      t,
    );
    if (last.kind === 'found') found = last.sensorIndex;
  }
  return { last, found };
}

/** A hand that turns a thing back and forth four times a second. */
const shake = (timeS: number) => Math.abs(6 * Math.cos(2 * Math.PI * 4 * timeS));
const table = () => 0.02;
const heldInHand = () => 0.3;

describe('shake to identify', () => {
  test('the one that is shaken while the others lie still is it', () => {
    expect(watch([table, shake, table], 1500).found).toBe(1);
    expect(watch([heldInHand, heldInHand, shake], 1500).found).toBe(2);
  });

  test('a knock, a slow turn or half a second is not enough', () => {
    expect(watch([table, (t) => (t < 0.3 ? 9 : 0.02)], 2000).found).toBeNull();
    expect(watch([table, () => 1.2], 3000).found).toBeNull();
    expect(watch([table, (t) => (t < 0.5 ? shake(t) : 0.02)], 2000).found).toBeNull();
  });

  test('two that move are told as two, and nobody is chosen', () => {
    const { last, found } = watch([shake, table, shake], 3000);
    expect(found).toBeNull();
    expect(last).toEqual({ kind: 'several' });
    expect(watch([() => 0.8, shake], 3000).found).toBeNull();
  });

  test('a silent sensor forbids the verdict: it may be the one', () => {
    expect(watch([table, shake, () => NaN], 3000).found).toBeNull();
  });

  test('a pause in the readings begins the count anew', () => {
    const judge = new ShakeJudge();
    const at = (timeMs: number) =>
      judge.take(
        [
          { sensorIndex: 0, speedRadPerS: 5 },
          { sensorIndex: 1, speedRadPerS: 0 },
        ],
        timeMs,
      );
    for (let t = 0; t <= 700; t += 50) at(t);
    expect(at(2000)).toMatchObject({ kind: 'shaking', fraction: 0 });
  });

  test('whatever two or more do, the one found was faster than all others together with the limit', () => {
    const speed = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(speed, { minLength: 2, maxLength: 5 }), (speeds) => {
        const { found } = watch(
          speeds.map((value) => () => value),
          2000,
        );
        const fast = speeds.map((value, i) => [value, i] as const).filter(([value]) => value > 0.5);
        const only = fast.length === 1 && fast[0]![0] > 2 ? fast[0]![1] : null;
        expect(found).toBe(only);
      }),
    );
  });
});
