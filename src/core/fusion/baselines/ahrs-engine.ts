import AHRS from 'ahrs';
import {
  createQuaternion,
  fromAxisAngleInto,
  multiplyInto,
  rotateInverseInto,
} from '../../math/quaternion.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from '../orientation-filter.ts';
import { levelTo } from '../strapdown.ts';

/** The package's own object, with the two calls that its type declaration leaves out. */
export interface AhrsEngine {
  update(
    gx: number,
    gy: number,
    gz: number,
    ax: number,
    ay: number,
    az: number,
    mx: number | undefined,
    my: number | undefined,
    mz: number | undefined,
    dtS: number,
  ): void;
  /** Sets the attitude from what accelerometer and magnetometer read there. */
  init(ax: number, ay: number, az: number, mx: number, my: number, mz: number): void;
  getQuaternion(): { w: number; x: number; y: number; z: number };
}

export type AhrsOptions =
  | { readonly algorithm: 'Madgwick'; readonly beta: number }
  | { readonly algorithm: 'Mahony'; readonly kp: number; readonly ki: number };

/** The package replaces a gain of 0 by its default; the smallest number above 0 does what 0 means. */
function orTiny(gain: number): number {
  return gain === 0 ? Number.MIN_VALUE : gain;
}

export function createAhrsEngine(options: AhrsOptions): AhrsEngine {
  const gains =
    options.algorithm === 'Madgwick'
      ? { algorithm: options.algorithm, beta: orTiny(options.beta) }
      : { algorithm: options.algorithm, kp: orTiny(options.kp), ki: options.ki };
  // doInitialisation stays off: with six axes it yields NaN. The filter below sets the first attitude itself.
  return new AHRS({ sampleInterval: 10, ...gains }) as unknown as AhrsEngine;
}

/** Replaces exact zeros, m/s^2: far below any sensor's noise. */
const NUDGE = 1e-6;

/**
 * Wraps the `ahrs` package as an {@link OrientationFilter} and keeps its traps shut: it starts from the first
 * acceleration, gets the time step with every sample, never sees an accelerometer axis of exactly 0 (Mahony would
 * ignore the whole reading; Madgwick divides by zero when level and still) nor a missing number (one would poison it
 * for good), and is built anew from the last good attitude should it fail all the same. The package's world has x to
 * the north; here y points north. Its quaternion is a new object at each reading, so unlike Thora's own filter this
 * one leaves garbage.
 */
export function createAhrsFilter(
  name: string,
  options: AhrsOptions,
  useMagnetometer: boolean,
): OrientationFilter {
  const q = createQuaternion(),
    qNorth = createQuaternion(),
    candidate = createQuaternion();
  const qEarthFromNorth = fromAxisAngleInto(createQuaternion(), 0, 0, 1, useMagnetometer ? Math.PI / 2 : 0);
  const up = new Float64Array(3),
    north = new Float64Array(3);
  const flags = new Uint8Array(2);
  /** [0] time since the last sample that was used, s. */
  const pendingS = new Float64Array(1);
  let engine = createAhrsEngine(options);
  let isStarted = false;

  const setAttitude = (): void => {
    engine = createAhrsEngine(options);
    rotateInverseInto(up, qNorth, [0, 0, 1]);
    rotateInverseInto(north, qNorth, [1, 0, 0]);
    engine.init(up[0], up[1], up[2], north[0], north[1], north[2]);
  };
  const start = (sample: Float64Array): boolean => {
    qNorth.set([1, 0, 0, 0]);
    if (!levelTo(qNorth, sample[3], sample[4], sample[5])) return false;
    if (useMagnetometer && Number.isFinite(sample[6] + sample[7] + sample[8])) {
      const field = rotateField(qNorth, sample);
      fromAxisAngleInto(candidate, 0, 0, 1, -Math.atan2(field[1], field[0]));
      multiplyInto(qNorth, candidate, qNorth);
    }
    setAttitude();
    multiplyInto(q, qEarthFromNorth, qNorth);
    return true;
  };

  return {
    name,
    qEarthFromSensor: q,
    gyroBiasRadPerS: new Float64Array(3),
    sigma: new Float64Array(SIGMA_OFFSET.length).fill(Number.NaN),
    flags,
    update(sample) {
      const dtS = sample[SAMPLE.stepS];
      pendingS[0] += dtS > 0 ? dtS : 0;
      const isComplete = Number.isFinite(
        sample[0] + sample[1] + sample[2] + sample[3] + sample[4] + sample[5],
      );
      if (!isComplete || !(dtS > 0) || (!isStarted && !start(sample))) {
        flags[1] = 1;
        return;
      }
      flags[1] = 0;
      if (!isStarted) {
        isStarted = true;
        pendingS[0] = 0;
        return;
      }
      const hasMag = useMagnetometer && Number.isFinite(sample[6] + sample[7] + sample[8]);
      engine.update(
        sample[0],
        sample[1],
        sample[2],
        sample[3] === 0 ? NUDGE : sample[3],
        sample[4] === 0 ? NUDGE : sample[4],
        sample[5] === 0 ? NUDGE : sample[5],
        hasMag ? sample[6] : undefined,
        hasMag ? sample[7] : undefined,
        hasMag ? sample[8] : undefined,
        pendingS[0],
      );
      pendingS[0] = 0;
      const result = engine.getQuaternion();
      if (!Number.isFinite(result.w + result.x + result.y + result.z)) {
        setAttitude();
        flags[1] = 1;
        return;
      }
      qNorth[0] = result.w;
      qNorth[1] = result.x;
      qNorth[2] = result.y;
      qNorth[3] = result.z;
      multiplyInto(q, qEarthFromNorth, qNorth);
    },
    // It learns no bias, and its heading corrects nothing of before.
    takeGuidedRest() {},
    restartHeading() {},
    reset() {
      isStarted = false;
      pendingS[0] = 0;
      flags.fill(0);
      qNorth.set([1, 0, 0, 0]);
      q.set(qEarthFromNorth);
    },
  };
}

/** Horizontal field in the world of q. */
function rotateField(q: Float64Array, sample: Float64Array): readonly [number, number] {
  const [w, x, y, z] = q;
  const mx = sample[6],
    my = sample[7],
    mz = sample[8];
  return [
    (1 - 2 * (y * y + z * z)) * mx + 2 * (x * y - w * z) * my + 2 * (x * z + w * y) * mz,
    2 * (x * y + w * z) * mx + (1 - 2 * (x * x + z * z)) * my + 2 * (y * z - w * x) * mz,
  ];
}
