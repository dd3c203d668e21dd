import { describe, expect, test } from 'vitest';
import { fitRelative } from '../../src/cli/evaluate/relative-fit.ts';
import { scoreRelative, type PairTrack } from '../../src/cli/evaluate/relative-score.ts';
import { wrapRad } from '../../src/core/math/angle.ts';
import {
  conjugateInto,
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  fromRotationVectorInto,
  multiplyInto,
  rotationAngleRad,
} from '../../src/core/math/quaternion.ts';
import { seededNormal } from '../core/fusion/simulated-sensor.ts';

const COUNT = 600;
const RATE_HZ = 100;

/** True courses of two sensors in one world, as functions of time. */
function courseA(timeS: number): Float64Array {
  return fromRotationVectorInto(
    createQuaternion(),
    0.9 * Math.sin(1.1 * timeS),
    0.6 * Math.sin(0.7 * timeS + 1),
    0.8 * Math.sin(0.5 * timeS),
  );
}
function courseB(timeS: number): Float64Array {
  const q = fromRotationVectorInto(
    createQuaternion(),
    0.5 * Math.sin(1.7 * timeS + 2),
    0.7 * Math.sin(0.9 * timeS),
    0.4 * Math.sin(1.3 * timeS),
  );
  return multiplyInto(q, courseA(timeS), q);
}

interface Constants {
  readonly headingRad: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** A trial whose estimates are late by `delayS` and whose reference differs from them by exactly these constants. */
function createTrack(constants: Constants, delayS = 0): PairTrack {
  const timeAS = Float64Array.from({ length: COUNT }, (_, row) => row / RATE_HZ);
  const columns = () => new Float64Array(4 * COUNT);
  const track = {
    count: COUNT,
    timeAS,
    timeBS: timeAS,
    qEarthFromA: columns(),
    qEarthFromB: columns(),
    referenceA: columns(),
    referenceB: columns(),
    counts: new Uint8Array(COUNT).fill(1),
  };
  const heading = fromAxisAngleInto(createQuaternion(), 0, 0, 1, constants.headingRad);
  const back = conjugateInto(createQuaternion(), heading);
  for (let row = 0; row < COUNT; row++) {
    const timeS = timeAS[row];
    track.qEarthFromA.set(courseA(timeS - delayS), 4 * row);
    track.qEarthFromB.set(multiplyInto(createQuaternion(), back, courseB(timeS - delayS)), 4 * row);
    // reference = left conj(A) B right, split so that only the product matters.
    const a = multiplyInto(
      createQuaternion(),
      courseA(timeS),
      conjugateInto(createQuaternion(), constants.left),
    );
    track.referenceA.set(a, 4 * row);
    track.referenceB.set(multiplyInto(createQuaternion(), courseB(timeS), constants.right), 4 * row);
  }
  return track;
}

const CASES: readonly Constants[] = [
  { headingRad: 0, left: createQuaternion(), right: createQuaternion() },
  {
    headingRad: 2.4,
    left: fromAxisAngleInto(createQuaternion(), 0.6, 0, 0.8, 2.9),
    right: fromAxisAngleInto(createQuaternion(), 0, 1, 0, -1.7),
  },
  {
    headingRad: -1.1,
    left: fromAxisAngleInto(createQuaternion(), 0, 0.6, -0.8, 1.2),
    right: fromAxisAngleInto(createQuaternion(), 0.8, 0.6, 0, 3.1),
  },
];

function rowsOf(track: PairTrack) {
  const qAFromB = new Float64Array(4 * COUNT),
    q = createQuaternion();
  for (let row = 0; row < COUNT; row++) {
    conjugateMultiplyInto(
      q,
      track.referenceA.subarray(4 * row, 4 * row + 4),
      track.referenceB.subarray(4 * row, 4 * row + 4),
    );
    qAFromB.set(q, 4 * row);
  }
  return { count: COUNT, qEarthFromA: track.qEarthFromA, qEarthFromB: track.qEarthFromB, qAFromB };
}

describe('the fit of two sensors', () => {
  test.each(CASES)('finds heading and both rotations, %#', (constants) => {
    const fit = fitRelative(rowsOf(createTrack(constants)));
    expect(fit.rmseRad).toBeLessThan(1e-7);
    expect(Math.abs(wrapRad(fit.headingRad - constants.headingRad))).toBeLessThan(1e-6);
    const off = (a: Float64Array, b: Float64Array) =>
      rotationAngleRad(conjugateMultiplyInto(createQuaternion(), a, b));
    expect(off(fit.left, constants.left)).toBeLessThan(1e-6);
    expect(off(fit.right, constants.right)).toBeLessThan(1e-6);
  });

  test('no constant near the one found does better', () => {
    const rows = rowsOf(createTrack(CASES[1]));
    const normal = seededNormal(3),
      turn = createQuaternion();
    for (let row = 0; row < COUNT; row++) {
      const q = rows.qAFromB.subarray(4 * row, 4 * row + 4);
      // A growing error and a sudden one: no constant takes them out.
      fromRotationVectorInto(turn, 0.1 * normal(), (0.3 * row) / COUNT, row > 450 ? 0.2 : 0);
      multiplyInto(q, q, turn);
    }
    const fit = fitRelative(rows);
    expect(fit.rmseRad).toBeGreaterThan(0.1);
    const rmse = (heading: number, left: readonly number[], right: readonly number[]): number => {
      const l = multiplyInto(
        createQuaternion(),
        fromRotationVectorInto(createQuaternion(), left[0], left[1], left[2]),
        fit.left,
      );
      const r = multiplyInto(
        createQuaternion(),
        fromRotationVectorInto(createQuaternion(), right[0], right[1], right[2]),
        fit.right,
      );
      const z = fromAxisAngleInto(createQuaternion(), 0, 0, 1, fit.headingRad + heading);
      let sum = 0;
      const e = createQuaternion();
      for (let row = 0; row < COUNT; row++) {
        const at = 4 * row;
        multiplyInto(e, z, rows.qEarthFromB.subarray(at, at + 4));
        conjugateMultiplyInto(e, rows.qEarthFromA.subarray(at, at + 4), e);
        multiplyInto(e, multiplyInto(e, l, e), r);
        multiplyInto(e, e, conjugateInto(createQuaternion(), rows.qAFromB.subarray(at, at + 4)));
        sum += rotationAngleRad(e) ** 2;
      }
      return Math.sqrt(sum / COUNT);
    };
    const none = [0, 0, 0];
    expect(rmse(0, none, none)).toBeCloseTo(fit.rmseRad, 12);
    for (let i = 0; i < 60; i++) {
      const step = () => 0.01 * normal();
      const near = rmse(step(), [step(), step(), step()], [step(), step(), step()]);
      expect(near).toBeGreaterThan(fit.rmseRad);
    }
  });

  test('a sensor that never moves against the other leaves nothing undefined', () => {
    const track = createTrack(CASES[0]);
    track.qEarthFromB.set(track.qEarthFromA);
    track.referenceB.set(track.referenceA);
    const score = scoreRelative(track);
    expect(score?.rmseDeg).toBeLessThan(1e-5);
  });
});

describe('the score of two sensors', () => {
  test('finds a late estimate', () => {
    const track = createTrack(CASES[1], 0.023);
    // Beyond the end the last estimate is held.
    track.counts.fill(0, COUNT - 5);
    const score = scoreRelative(track);
    expect(score?.bestShiftMs).toBe(23);
    expect(score?.rmseDeg).toBeGreaterThan(0.5);
    expect(score?.rmseDegBestShift).toBeLessThan(0.01);
  });

  test('leaves out rows that do not count or are unknown', () => {
    const track = createTrack(CASES[1]);
    track.qEarthFromA.fill(Number.NaN, 0, 40);
    track.referenceB.fill(Number.NaN, 40, 80);
    track.counts.fill(0, 100, 150);
    const score = scoreRelative(track);
    expect(score?.scoredRows).toBe(COUNT - 70);
    expect(score?.rmseDeg).toBeLessThan(1e-4);
    track.counts.fill(0);
    expect(scoreRelative(track)).toBeNull();
  });
});
