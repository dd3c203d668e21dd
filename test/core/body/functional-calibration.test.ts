import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RestTracker, STANDING_GATES, TABLE_GATES } from '../../../src/core/body/calibration-step-rest.ts';
import {
  describeMounting,
  forwardFromRightAxis,
  forwardFromUsualMounting,
  GestureTracker,
  LEAST_BOW_RAD,
} from '../../../src/core/body/functional-calibration.ts';
import { facingFromEarthInto } from '../../../src/core/body/facing-frame.ts';
import { wrapRad } from '../../../src/core/math/angle.ts';
import {
  conjugateInto,
  createQuaternion,
  fromAxisAngleInto,
  fromMatrixInto,
  multiplyInto,
  normalizeInto,
  rotateInverseInto,
} from '../../../src/core/math/quaternion.ts';

const RAD = Math.PI / 180;
const STEP_S = 0.01;

/** qSegmentFromSensor of a unit with its face away from the back, +y up: x right, y up, z backward. */
const USUAL_ON_BACK = fromMatrixInto(createQuaternion(), [0, 0, -1, 0, 1, 0, 1, 0, 0]);

function smooth(t: number): number {
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * t * (10 - 15 * t + 6 * t * t);
}

/** Bows: sensor orientation and rate at 100 Hz for a mounting and a heading of forward. */
function bows(
  qSegmentFromSensor: Float64Array,
  headingRad: number,
  peakRad: number,
  wobbleRad: number,
): { tracker: GestureTracker; qNeutral: Float64Array } {
  const qEarthFromFacing = conjugateInto(
    createQuaternion(),
    facingFromEarthInto(createQuaternion(), headingRad),
  );
  const tracker = new GestureTracker();
  const at = (t: number): Float64Array => {
    const phase = t % 4;
    const share = smooth(phase / 1.5) - smooth((phase - 2) / 1.5);
    const bend = fromAxisAngleInto(createQuaternion(), 0, 0, 1, -peakRad * share);
    const side = fromAxisAngleInto(createQuaternion(), 1, 0, 0, wobbleRad * share * Math.sin(3 * t));
    return multiplyInto(
      createQuaternion(),
      multiplyInto(createQuaternion(), qEarthFromFacing, multiplyInto(createQuaternion(), bend, side)),
      qSegmentFromSensor,
    );
  };
  for (let t = 0; t < 12.2; t += STEP_S) {
    const q = at(t),
      next = at(t + 1e-4);
    const d = multiplyInto(createQuaternion(), conjugateInto(createQuaternion(), q), next);
    const sign = d[0] < 0 ? -2 : 2;
    tracker.push(STEP_S, q, (sign * d[1]) / 1e-4, (sign * d[2]) / 1e-4, (sign * d[3]) / 1e-4);
  }
  return { tracker, qNeutral: at(0) };
}

const mountings = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => normalizeInto(createQuaternion(), q));

describe('calibration by movement', () => {
  it('finds forward from three bows for any mounting and heading', () => {
    fc.assert(
      fc.property(
        mountings,
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        (mounting, headingRad) => {
          const { tracker, qNeutral } = bows(mounting, headingRad, 40 * RAD, 0);
          expect(tracker.countReaching(LEAST_BOW_RAD)).toBe(3);
          const axis = tracker.axis(LEAST_BOW_RAD)!;
          expect(axis.planarity).toBeGreaterThan(0.99);
          expect(axis.spreadRad).toBeLessThan(1 * RAD);
          // Bowing turns about the left-pointing axis.
          const right = axis.axisInSensor.map((value) => -value);
          const found = forwardFromRightAxis(right, qNeutral);
          expect(Math.abs(wrapRad(found.headingRad - headingRad)) / RAD).toBeLessThan(0.5);
          expect(Math.abs(found.axisTiltRad) / RAD).toBeLessThan(0.5);
        },
      ),
      { numRuns: 30, seed: 3 },
    );
  });

  it('sees that a movement was not in one plane', () => {
    const { tracker } = bows(USUAL_ON_BACK, 0, 40 * RAD, 40 * RAD);
    expect(tracker.axis(LEAST_BOW_RAD)!.planarity).toBeLessThan(0.85);
  });

  it('does not count small bows', () => {
    const { tracker } = bows(USUAL_ON_BACK, 0, 22 * RAD, 0);
    expect(tracker.gestureCount).toBe(3);
    expect(tracker.countReaching(LEAST_BOW_RAD)).toBe(0);
  });

  it('tells a unit in place from one upside down or turned', () => {
    const headingRad = 0.7;
    const qEarthFromFacing = conjugateInto(
      createQuaternion(),
      facingFromEarthInto(createQuaternion(), headingRad),
    );
    const worn = (turnRad: number): Float64Array => {
      const q = multiplyInto(
        createQuaternion(),
        USUAL_ON_BACK,
        fromAxisAngleInto(createQuaternion(), 0, 0, 1, turnRad),
      );
      return multiplyInto(q, qEarthFromFacing, q);
    };
    expect(describeMounting('upperBack', headingRad, worn(0.2))).toBe('inPlace');
    expect(describeMounting('upperBack', headingRad, worn(Math.PI - 0.2))).toBe('upsideDown');
    expect(describeMounting('upperBack', headingRad, worn(Math.PI / 2))).toBe('turned');
    expect(describeMounting('upperBack', headingRad + Math.PI, worn(0))).toBe('turned');
    for (const turn of [0, 0.3, Math.PI])
      expect(wrapRad(forwardFromUsualMounting('upperBack', worn(turn)).headingRad - headingRad)).toBeCloseTo(
        0,
      );
  });
});

describe('rest', () => {
  const q = createQuaternion(0.9, 0.1, 0.3, 0.2);
  normalizeInto(q, q);
  const up = rotateInverseInto(new Float64Array(3), q, [0, 0, 1]);
  const zero = new Float64Array(3);

  function feed(tracker: RestTracker, seconds: number, gyro: (t: number) => number, gravity = 9.81): void {
    const sample = new Float64Array(9).fill(NaN);
    for (let t = 0; t < seconds; t += STEP_S) {
      for (let i = 0; i < 3; i++) {
        sample[i] = gyro(t);
        sample[3 + i] = gravity * up[i];
      }
      tracker.push(STEP_S, sample, zero, q);
    }
  }

  it('adds up on the table whatever the bias, and starts again after a touch', () => {
    const tracker = new RestTracker(TABLE_GATES);
    feed(tracker, 3, () => 2 * RAD);
    expect(tracker.restS).toBeGreaterThan(2.4);
    expect(tracker.needsBench).toBe(false);
    feed(tracker, 0.6, (t) => 2 * RAD + 3 * RAD * Math.sin(20 * t));
    expect(tracker.isMoving).toBe(true);
    expect(tracker.restS).toBe(0);
  });

  it('notes an accelerometer that needs the bench', () => {
    const tracker = new RestTracker(TABLE_GATES);
    feed(tracker, 2, () => 0, 10.4);
    expect(tracker.needsBench).toBe(true);
  });

  it('allows breathing while standing, but no turning', () => {
    const tracker = new RestTracker(STANDING_GATES);
    feed(tracker, 3, (t) => 1.2 * RAD * Math.sin(1.6 * t));
    expect(tracker.restS).toBeGreaterThan(2.4);
    feed(tracker, 1, () => 6 * RAD);
    expect(tracker.restS).toBe(0);
  });
});
