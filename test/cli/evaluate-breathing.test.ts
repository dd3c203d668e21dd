import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { evaluateBreathing } from '../../src/cli/evaluate/breathing.ts';
import { CommandFailure } from '../../src/cli/evaluate/command-failure.ts';

let folder = '';

function evaluate(...args: string[]) {
  let out = '',
    err = '',
    failure: unknown = null;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== '');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err += String(text)) !== '');
  try {
    evaluateBreathing(args);
  } catch (error) {
    failure = error;
  } finally {
    vi.restoreAllMocks();
  }
  return { failure, out, err };
}

/** 45 s at 20 Hz of a sensor that turns 12 times a minute. */
function writeTrial(name: string, prefix: string): void {
  const rows: number[] = [];
  for (let row = 0; row < 900; row++) {
    const half = 0.003 * Math.sin((2 * Math.PI * 12 * row) / 20 / 60);
    rows.push(Math.cos(half), 0, Math.sin(half), 0);
  }
  const columns = ['w', 'x', 'y', 'z'].map((axis) => prefix + axis);
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({ name, rate_hz: 20, columns, n_rows: 900, n_cols: 4 }),
  );
  writeFileSync(join(folder, `${name}.bin`), new Uint8Array(Float32Array.from(rows).buffer));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thora-breathing-'));
  writeTrial('chest', 'q1');
  writeTrial('other', 'ub_e');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('evaluate breathing', () => {
  test('reads trials with these columns and names the others', () => {
    const { failure, out, err } = evaluate(folder, '--orientation', 'q1', '--json');
    expect(failure).toBeNull();
    const { trials } = JSON.parse(out);
    expect(trials).toHaveLength(1);
    expect(trials[0]).toMatchObject({ name: 'chest', valid: true });
    expect(trials[0].rate_bpm).toBeCloseTo(12, 0);
    expect(trials[0].windows.map((window: { t_s: number[] }) => window.t_s)).toEqual([
      [0, 30],
      [10, 40],
    ]);
    expect(err).toContain('other.json, columns: no column "q1w"');
    expect(evaluate(folder, '--orientation', 'ub_e').out).toMatch(/other: 1[12]\.\d a minute/);
  });

  test('scores itself on simulated people', () => {
    const result = JSON.parse(evaluate('--simulated', '2', '--json').out);
    expect(result).toMatchObject({ simulated: true, people_per_kind: 2 });
    expect(result.kinds.map((kind: { kind: string }) => kind.kind)).toEqual([
      'quiet',
      'restless',
      'breathless',
    ]);
    expect(result.kinds[0].windows).toBe(14);
    expect(result.kinds[0].within_2_share).toBeGreaterThan(0.9);
    expect(result.kinds[2].within_2_share).toBeNull();
  });

  test.each([
    [[], 'DIR'],
    [['.'], '--orientation'],
    [['no/such', '--orientation', 'q'], 'no/such'],
    [['--simulated', '0'], '--simulated'],
    [['.', '--simulated', '3'], '--simulated'],
  ])('%j fails with one line that names the option', (args, named) => {
    const { failure, out } = evaluate(...args);
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(String(failure)).toContain(named);
    expect(out).toBe('');
  });
});
