import { describe, expect, test } from 'vitest';
import {
  ANGLE,
  INPUT,
  createErrorState,
  DRIVER_COUNT,
  type ErrorState,
  mirrorDrivers,
  observe,
  observeAlone,
  observeVelocity,
  propagate,
  rotateHorizontal,
  STATE_COUNT as N,
  VELOCITY,
} from '../../../src/core/fusion/error-state.ts';
import { GRAVITY_METERS_PER_S2 } from '../../../src/core/math/angle.ts';
import { seededNormal } from './simulated-sensor.ts';

type Matrix = number[][];

const BATCH_S = 0.1;

/** A random positive covariance, with its random driver matrix. */
function randomState(seed: number): ErrorState {
  const random = seededNormal(seed);
  const state = createErrorState();
  const root = Array.from({ length: N }, () => Array.from({ length: N }, random));
  for (let r = 0; r < N; r++)
    for (let c = 0; c < N; c++)
      state.covariance[r * N + c] = root[r].reduce((sum, v, k) => sum + v * root[c][k], r === c ? 0.1 : 0);
  for (let i = 0; i < 3 * DRIVER_COUNT; i++) state.angleFromDriver[i] = random();
  return state;
}

function lower(state: ErrorState): Matrix {
  return Array.from({ length: N }, (_, r) =>
    Array.from({ length: N }, (_, c) => state.covariance[Math.max(r, c) * N + Math.min(r, c)]),
  );
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0].map((_, c) => row.reduce((sum, v, k) => sum + v * b[k][c], 0)));
}

function transpose(a: Matrix): Matrix {
  return a[0].map((_, c) => a.map((row) => row[c]));
}

function identity(): Matrix {
  return Array.from({ length: N }, (_, r) => Array.from({ length: N }, (_, c) => (r === c ? 1 : 0)));
}

function expectEqual(actual: Matrix, expected: Matrix): void {
  for (let r = 0; r < N; r++) for (let c = 0; c < N; c++) expect(actual[r][c]).toBeCloseTo(expected[r][c], 8);
}

describe('the structured covariance step equals the dense one', () => {
  test('propagation', () => {
    const state = randomState(1);
    const drive = identity(),
      half = identity();
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < DRIVER_COUNT; j++)
        drive[ANGLE + i][j] = state.angleFromDriver[i * DRIVER_COUNT + j];
    half[VELOCITY][ANGLE + 1] = (GRAVITY_METERS_PER_S2 * BATCH_S) / 2;
    half[VELOCITY + 1][ANGLE] = (-GRAVITY_METERS_PER_S2 * BATCH_S) / 2;
    const f = multiply(half, multiply(drive, half));
    const expected = multiply(multiply(f, lower(state)), transpose(f));
    state.input[INPUT.batchS] = BATCH_S;
    propagate(state, true);
    expectEqual(lower(state), expected);
  });

  test.each([0, 7, ANGLE + 1, VELOCITY])('observation of state %i', (index) => {
    const state = randomState(2);
    const p = lower(state);
    const s = p[index][index] + 0.3;
    const expected = p.map((row, r) => row.map((v, c) => v - (p[r][index] * p[index][c]) / s));
    state.input[INPUT.innovation] = 2;
    state.input[INPUT.variance] = 0.3;
    observe(state, index);
    expectEqual(lower(state), expected);
    for (let r = 0; r < N; r++) expect(state.correction[r]).toBeCloseTo((p[r][index] * 2) / s, 9);
    mirrorDrivers(state.covariance);
    for (let r = 0; r < DRIVER_COUNT; r++)
      for (let c = 0; c < r; c++) expect(state.covariance[c * N + r]).toBe(state.covariance[r * N + c]);
  });

  test('observation of both velocities', () => {
    const one = randomState(5),
      other = randomState(5);
    const velocity = Float64Array.of(1.3, -0.4);
    one.input[INPUT.variance] = 0.7;
    observeVelocity(one, velocity);
    other.input[INPUT.variance] = 0.7;
    other.input[INPUT.innovation] = -1.3;
    observe(other, VELOCITY);
    other.input[INPUT.innovation] = 0.4;
    observe(other, VELOCITY + 1);
    expectEqual(lower(one), lower(other));
    for (let i = 0; i < N; i++) expect(one.correction[i]).toBeCloseTo(other.correction[i], 9);
  });

  test('an observation of heading alone leaves every other value and variance', () => {
    const state = randomState(3);
    const before = lower(state);
    state.input[INPUT.innovation] = 1;
    state.input[INPUT.variance] = 0.5;
    observeAlone(state, ANGLE + 2);
    const after = lower(state);
    for (let i = 0; i < N; i++) {
      if (i === ANGLE + 2) continue;
      expect(state.correction[i]).toBe(0);
      expect(after[i][i]).toBe(before[i][i]);
    }
    expect(after[ANGLE + 2][ANGLE + 2]).toBeLessThan(before[ANGLE + 2][ANGLE + 2]);
  });

  test('turning the world', () => {
    const state = randomState(4);
    const turn = identity();
    const c = Math.cos(0.7),
      s = Math.sin(0.7);
    for (const x of [ANGLE, VELOCITY]) {
      turn[x][x] = turn[x + 1][x + 1] = c;
      turn[x][x + 1] = -s;
      turn[x + 1][x] = s;
    }
    const expected = multiply(multiply(turn, lower(state)), transpose(turn));
    rotateHorizontal(state, c, s);
    expectEqual(lower(state), expected);
  });
});
