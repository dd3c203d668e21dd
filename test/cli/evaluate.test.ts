import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBestShift, scoreOrientation } from '../../src/cli/evaluate/scoring.ts';
import { fromAxisAngleInto, multiplyInto, createQuaternion } from '../../src/core/math/quaternion.ts';
import { RAD_PER_DEG } from '../../src/core/math/angle.ts';
import { evenTimes, simulateSensor, type SimulatedSensor } from '../core/fusion/simulated-sensor.ts';

const ROWS = 1200;
const RATE_HZ = 100;
let folder = '';

function evaluate(...args: string[]) {
  const run = spawnSync('node', ['scripts/run-cli.mjs', 'evaluate', ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function simulate(): SimulatedSensor {
  return simulateSensor({
    timeS: evenTimes(ROWS, RATE_HZ),
    rateAt: (t) => (t < 3 ? [0, 0, 0] : [Math.sin(t), Math.cos(0.7 * t), 0.3]),
    gyroBiasRadPerS: [0.01, 0, -0.01],
    noise: { gyroRadPerS: 0.001, accMetersPerS2: 0.02 },
  });
}

/** Writes NAME.json and NAME.bin with a prefix before every column but the flag. */
function writeTrial(name: string, prefix: string, withReference: boolean): void {
  const { series, truth } = simulate();
  const columns = ['gx', 'gy', 'gz', 'ax', 'ay', 'az', ...(withReference ? ['qw', 'qx', 'qy', 'qz'] : [])];
  const rows: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    rows.push(...series.gyroRadPerS.subarray(3 * row, 3 * row + 3));
    rows.push(...series.accMetersPerS2.subarray(3 * row, 3 * row + 3));
    if (withReference) rows.push(...truth.subarray(4 * row, 4 * row + 4));
    rows.push(row >= 320 ? 1 : 0);
  }
  const named = [...columns.map((column) => prefix + column), 'movement_flag'];
  const description = { name, rate_hz: RATE_HZ, columns: named, n_rows: ROWS, n_cols: named.length };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(description));
  writeFileSync(join(folder, `${name}.bin`), new Uint8Array(Float32Array.from(rows).buffer));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thora-evaluate-'));
  writeTrial('one', '', true);
  writeTrial('two', 'ub_', true);
  writeTrial('unknown', '', false);
  writeFileSync(join(folder, 'notes.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('evaluate orientation', () => {
  test('scores what can be scored and names what cannot', () => {
    const { code, out, err } = evaluate('orientation', folder, '--json');
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result).toMatchObject({ filter: 'thora', mode: 'live', magnetometer: 'off', preset: 'free' });
    expect(result.trials.map((trial: { name: string }) => trial.name)).toEqual(['one', 'two']);
    expect(result.mean.total_rmse_deg).toBeGreaterThan(0);
    expect(result.mean.total_rmse_deg).toBeLessThan(1);
    expect(result.trials[0].sigma_coverage95).toBeGreaterThan(0.9);
    expect(Math.abs(result.trials[0].best_shift_ms)).toBeLessThanOrEqual(5);
    expect(err).toContain('notes.json: no');
    expect(err).toContain('unknown.json, qw: no reference');
  });

  test('options change what the filter sees', () => {
    const run = (...options: string[]) =>
      JSON.parse(evaluate('orientation', folder, '--prefix', 'ub', '--json', ...options).out);
    const plain = run();
    expect(plain.trials).toHaveLength(1);
    expect(plain.trials[0].scored_rows).toBe(880);
    expect(run('--rate', '48').trials[0].scored_rows).toBe(440);
    expect(run('--gyro-scale', '1.05').mean.total_rmse_deg).toBeGreaterThan(2 * plain.mean.total_rmse_deg);
    expect(run('--rest', '1').trials[0].scored_rows).toBe(880);
    expect(run('--mode', 'refined').mean.total_rmse_deg).toBeLessThan(plain.mean.total_rmse_deg + 0.1);
    const madgwick = run('--filter', 'ahrs-madgwick');
    expect(madgwick.mean.sigma_coverage95).toBeNull();
    expect(madgwick.preset).toBeNull();
  });

  test.each([
    [['orientation'], 'DIR'],
    [['orientation', 'no/such/folder'], 'no/such/folder'],
    [['orientation', '.', '--filter', 'vqf'], '--filter'],
    [['orientation', '.', '--rate', '-3'], '--rate'],
    [['orientation', '.', '--speed', '3'], '--speed'],
    [['orientation', '.', '--filter', 'ahrs-mahony', '--mode', 'refined'], '--mode'],
    [['colour'], 'colour'],
    [[], 'orientation'],
  ])('%j fails with one line', (args, named) => {
    const { code, out, err } = evaluate(...args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(named);
  });

  test('nothing left is an error', () => {
    const { code, out } = evaluate('orientation', folder, '--magnetometer', 'on', '--json');
    expect(code).toBe(1);
    expect(out).toBe('');
  });

  test('explains itself', () => {
    expect(evaluate('orientation', '--help')).toMatchObject({ code: 0, err: '' });
    expect(evaluate('--help').out).toContain('orientation');
  });
});

describe('evaluate robustness', () => {
  test('repeats the evaluation under worse conditions and says what the filters make of them', () => {
    const { code, out, err } = evaluate('robustness', join(folder, 'one.json'), '--json');
    expect(code, err).toBe(0);
    const { conditions } = JSON.parse(out);
    const of = (name: string) =>
      conditions.find((one: { condition: string }) => one.condition === name) as Record<string, number>;
    const usual = of('live, 6 axes');
    expect(usual.trials).toBe(1);
    expect(usual.total_rmse_deg).toBeLessThan(1);
    expect(of('refined, 6 axes').total_rmse_deg).toBeLessThan(usual.total_rmse_deg);
    expect(of('gyroscope 1 % too strong').total_rmse_deg).toBeGreaterThan(usual.total_rmse_deg);
    expect(of('ahrs Madgwick, 6 axes').sigma_coverage95_pooled).toBeNull();
  });
});

describe('the score', () => {
  const count = 400;
  const timeS = evenTimes(count, 100);
  const counts = new Uint8Array(count).fill(1);
  /** Reference that turns, and an estimate made of it. */
  const tracks = (error: Float64Array, delayS = 0) => {
    const reference = new Float64Array(4 * count),
      estimated = new Float64Array(4 * count);
    for (let row = 0; row < count; row++) {
      fromAxisAngleInto(reference.subarray(4 * row, 4 * row + 4), 0.6, 0, 0.8, timeS[row]);
      const q = estimated.subarray(4 * row, 4 * row + 4);
      fromAxisAngleInto(q, 0.6, 0, 0.8, timeS[row] - delayS);
      multiplyInto(q, error, q);
    }
    return { timeS, reference, estimated, counts };
  };

  test('splits heading from inclination, and takes a constant heading out when asked', () => {
    const heading = fromAxisAngleInto(createQuaternion(), 0, 0, 1, 20 * RAD_PER_DEG);
    const raw = scoreOrientation(tracks(heading), false);
    expect(raw.totalRmseDeg).toBeCloseTo(20, 6);
    expect(raw.headingRmseDeg).toBeCloseTo(20, 6);
    expect(raw.inclinationRmseDeg).toBeCloseTo(0, 6);
    expect(scoreOrientation(tracks(heading), true).totalRmseDeg).toBeCloseTo(0, 5);
    const tilt = fromAxisAngleInto(createQuaternion(), 0, 1, 0, 5 * RAD_PER_DEG);
    const tilted = scoreOrientation(tracks(tilt), true);
    expect(tilted.inclinationRmseDeg).toBeCloseTo(5, 6);
    expect(tilted.headingRmseDeg).toBeCloseTo(0, 5);
  });

  test('finds a late estimate', () => {
    const shift = findBestShift(tracks(createQuaternion(), 0.023), false);
    expect(shift.shiftMs).toBe(23);
    expect(shift.totalRmseDeg).toBeLessThan(0.2);
  });

  test('leaves out rows without reference or estimate', () => {
    const track = tracks(createQuaternion());
    track.reference.fill(Number.NaN, 0, 40);
    track.estimated.fill(Number.NaN, 40, 80);
    expect(scoreOrientation(track, false).scoredRows).toBe(count - 20);
  });
});
