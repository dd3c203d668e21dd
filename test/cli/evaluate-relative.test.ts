import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CommandFailure } from '../../src/cli/evaluate/command-failure.ts';
import { evaluateRelative } from '../../src/cli/evaluate/relative.ts';
import { evenTimes, simulateSensor } from '../core/fusion/simulated-sensor.ts';

const ROWS = 1000;
const RATE_HZ = 50;
const BIAS = [0.02, -0.015, 0.01] as const;
let folder = '';

/** What the command prints, and what it throws when nothing could be done. */
function evaluate(...args: string[]) {
  let out = '',
    err = '',
    failure: unknown = null;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== '');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err += String(text)) !== '');
  try {
    evaluateRelative(args);
  } catch (error) {
    failure = error;
  } finally {
    vi.restoreAllMocks();
  }
  return { failure, out, err };
}

/** Two sensors that rest for 4 s and then turn each in its own way. */
function writeTrial(
  path: string,
  name: string,
  withReference: boolean,
  damage: (values: number[]) => void = () => undefined,
): void {
  const moves = (t: number): number => (t < 4 ? 0 : 1);
  const sensors = [
    simulateSensor({
      timeS: evenTimes(ROWS, RATE_HZ),
      rateAt: (t) => [moves(t) * Math.sin(t), moves(t) * Math.cos(0.7 * t), 0.3 * moves(t)],
      gyroBiasRadPerS: BIAS,
      noise: { gyroRadPerS: 0.001, accMetersPerS2: 0.02 },
    }),
    simulateSensor({
      timeS: evenTimes(ROWS, RATE_HZ),
      rateAt: (t) => [moves(t) * Math.cos(0.8 * t), 0.2 * moves(t), moves(t) * Math.sin(1.2 * t)],
      gyroBiasRadPerS: [-BIAS[0], BIAS[2], BIAS[1]],
      start: Float64Array.of(Math.SQRT1_2, 0, Math.SQRT1_2, 0),
      noise: { gyroRadPerS: 0.001, accMetersPerS2: 0.02 },
    }),
  ];
  const columns: string[] = [];
  for (const prefix of ['ub_', 'lb_']) {
    columns.push(...['gx', 'gy', 'gz', 'ax', 'ay', 'az'].map((column) => prefix + column));
    if (withReference || prefix === 'ub_')
      columns.push(...['qw', 'qx', 'qy', 'qz'].map((column) => prefix + column));
  }
  const rows: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    sensors.forEach(({ series, truth }, i) => {
      const values = [
        ...series.gyroRadPerS.subarray(3 * row, 3 * row + 3),
        ...series.accMetersPerS2.subarray(3 * row, 3 * row + 3),
      ];
      if (withReference || i === 0) values.push(...truth.subarray(4 * row, 4 * row + 4));
      if (i === 1) damage(values);
      rows.push(...values);
    });
    rows.push(row >= 4 * RATE_HZ ? 1 : 0);
  }
  const named = [...columns, 'movement_flag'];
  writeFileSync(
    join(path, `${name}.json`),
    JSON.stringify({ name, rate_hz: RATE_HZ, columns: named, n_rows: ROWS, n_cols: named.length }),
  );
  writeFileSync(join(path, `${name}.bin`), new Uint8Array(Float32Array.from(rows).buffer));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thora-relative-'));
  mkdirSync(join(folder, 'halves'));
  writeTrial(folder, 'pair', true);
  writeTrial(join(folder, 'halves'), 'half', false);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('evaluate relative', () => {
  test('scores the pairs that are there and names the others', () => {
    const { failure, out, err } = evaluate(folder, '--pairs', 'ub:lb,ub:arm', '--json');
    expect(failure).toBeNull();
    const result = JSON.parse(out);
    expect(result).toMatchObject({ filter: 'thora', mode: 'live', preset: 'free', bias_window_s: null });
    expect(result.trials).toHaveLength(1);
    expect(result.trials[0].pairs).toHaveLength(1);
    expect(result.trials[0].pairs[0]).toMatchObject({ pair: 'ub:lb', scored_rows: ROWS - 4 * RATE_HZ });
    expect(result.trials[0].pairs[0].rmse_deg).toBeLessThan(0.5);
    expect(result.mean_rmse_deg).toBe(result.trials[0].pairs[0].rmse_deg);
    expect(Math.abs(result.trials[0].pairs[0].best_shift_ms)).toBeLessThanOrEqual(5);
    expect(err).toContain('arm_gx: no sensor "arm" for the pair ub:arm (has "ub" "lb")');
  });

  test.each<[string, (values: number[]) => void, RegExp]>([
    [
      'degrees',
      (values) => [0, 1, 2].forEach((i) => (values[i] = (values[i] ?? 0) * 57.3)),
      /^Doubtful: degrees lb: .*deg\/s: multiply gx, gy and gz by 0\.0174533/m,
    ],
    [
      'a fixed reference',
      (values) => values.splice(6, 4, 1, 0, 0, 0),
      /^Doubtful: a fixed reference lb: REFERENCE turns 0\.00 times as far/m,
    ],
    [
      'no reference at all',
      (values) => values.splice(6, 4, NaN, NaN, NaN, NaN),
      /^Left out: ub:lb of .*\.bin, lb_qw: no reference in any row that is to be scored/m,
    ],
  ])('names what is wrong with one sensor: %s', (name, damage, expected) => {
    mkdirSync(join(folder, name));
    writeTrial(join(folder, name), name, true, damage);
    expect(evaluate(join(folder, name), '--pairs', 'ub:lb').err).toMatch(expected);
    expect(evaluate(folder, '--pairs', 'ub:lb').err).not.toContain('Doubtful');
  });

  test('knows the bias from a window, and is misled by one that moves', () => {
    const run = (...options: string[]) =>
      JSON.parse(evaluate(folder, '--pairs', 'ub:lb', '--json', ...options).out).mean_rmse_deg;
    const madgwick = ['--filter', 'ahrs-madgwick'];
    expect(run(...madgwick, '--bias-window', '4')).toBeLessThan(0.5 * run(...madgwick));
    expect(run(...madgwick, '--bias-window', '15')).toBeGreaterThan(run(...madgwick));
    expect(run('--bias-window', '4', '--mode', 'refined')).toBeLessThan(0.5);
  });

  test('a pair without a reference leaves nothing: an error', () => {
    const { failure, out, err } = evaluate(join(folder, 'halves'), '--pairs', 'ub:lb', '--json');
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(out).toBe('');
    expect(err).toContain('half.json, lb_qw: no reference');
  });

  test.each([
    [[], 'DIR'],
    [['.'], '--pairs'],
    [['.', '--pairs', 'ub'], '--pairs'],
    [['.', '--pairs', 'ub:lb', '--bias-window', '0'], '--bias-window'],
    [['.', '--pairs', 'ub:lb', '--magnetometer', 'on'], '--magnetometer'],
  ])('%j fails with one line that names the option', (args, named) => {
    const { failure, out } = evaluate(...args);
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(String(failure)).toContain(named);
    expect(String(failure)).not.toContain('\n');
    expect(out).toBe('');
  });

  test('shows a table to people', () => {
    const { out } = evaluate(folder, '--pairs', 'ub:lb');
    expect(out).toMatch(/pair ub:lb +0\.\d\d/);
    expect(out).toMatch(/mean +0\.\d\d/);
  });
});
