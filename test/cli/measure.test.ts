import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runMeasure } from '../../src/cli/measure/measure-command.ts';
import { parseMountTriple } from '../../src/core/body/mount-triple.ts';
import { RAD_PER_DEG } from '../../src/core/math/angle.ts';
import { writeRecordingFile } from '../../src/core/recording/recording-file.ts';
import { simulateSession } from '../../src/core/simulation/simulate-session.ts';
import { createSeatedSession } from '../support/seated-protocol.ts';
import { createRandom, wearSensor } from '../support/worn-body.ts';

const folder = mkdtempSync(join(tmpdir(), 'thora-measure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function measure(...args: string[]): { status: number; out: string; error: string } {
  const outcome = runMeasure(args);
  return outcome.exitCode === 0
    ? { status: 0, out: outcome.output, error: '' }
    : { status: 1, out: '', error: outcome.complaint };
}

/** Writes a table of a seated session: two sensors with prefixes, or one without. */
function writeTable(
  name: string,
  prefixes: readonly string[],
  damage: (values: Float32Array, columns: number) => void = () => {},
): string {
  const random = createRandom(11);
  const session = createSeatedSession({
    flexion: 50,
    extension: 20,
    lateral: 32,
    rotation: 40,
    thoraxShare: 0.6,
    pelvisShare: 0.05,
    coupling: 0.2,
    outS: 1.2,
    restS: 2,
  });
  const conditions = {
    rateHz: 50,
    headingRad: 1,
    gyroNoiseRadPerS: 0.1 * RAD_PER_DEG,
    accNoiseMetersPerS2: 0.03,
    random,
  };
  const series = prefixes.map((_, i) =>
    wearSensor(
      {
        role: i === 0 ? 'upperBack' : 'lowerBack',
        qSegmentFromSensor: parseMountTriple('x:up,y:left,z:back'),
        gyroBiasRadPerS: [0.004, -0.006, 0.003],
        softTissue: 0,
      },
      session.poseAt,
      session.durationS,
      conditions,
    ),
  );
  const columns = prefixes.flatMap((prefix) =>
    ['gx', 'gy', 'gz', 'ax', 'ay', 'az'].map((column) => (prefix === '' ? column : `${prefix}_${column}`)),
  );
  const rows = series[0]?.count ?? 0;
  const values = new Float32Array(rows * columns.length);
  series.forEach((one, s) => {
    for (let row = 0; row < rows; row++)
      for (let axis = 0; axis < 3; axis++) {
        const at = row * columns.length + 6 * s + axis;
        values[at] = one.gyroRadPerS[3 * row + axis] ?? NaN;
        values[at + 3] = one.accMetersPerS2[3 * row + axis] ?? NaN;
      }
  });
  damage(values, columns.length);
  mkdirSync(folder, { recursive: true });
  const stem = join(folder, name);
  writeFileSync(`${stem}.bin`, values);
  writeFileSync(
    `${stem}.json`,
    JSON.stringify({ name, rate_hz: 50, columns, n_rows: rows, n_cols: columns.length, dtype: 'float32-le' }),
  );
  return `${stem}.json`;
}

const TWO = ['--role', 'upperBack=ub', '--role', 'lowerBack=lb'];

describe('measure', () => {
  it('gives the contract’s JSON and nothing else', () => {
    const table = writeTable('two', ['ub', 'lb']);
    const { status, out } = measure(
      table,
      ...TWO,
      '--mount',
      'ub=x:up,y:left,z:back',
      '--mount',
      'lb=x:up,y:left,z:back',
      '--json',
    );
    expect(status).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({
      recording: 'two',
      mode: 'refined',
      layout: 'upperBack+lowerBack',
      measures: 'thorax relative to lower back',
      cycles: { flexionExtension: 3, lateral: 3, rotation: 3, armElevationLeft: 0, armElevationRight: 0 },
      breathing: { rate_bpm: null, valid: false },
    });
    expect(Object.keys(report['rom'] as object).sort()).toEqual([
      'extension',
      'flexion',
      'lateralLeft',
      'lateralRight',
      'rotationLeft',
      'rotationRight',
    ]);
    const rom = report['rom'] as Record<string, { mean_best3_deg: number; reps: number; ci95_deg: number[] }>;
    expect(rom['flexion']?.mean_best3_deg).toBeCloseTo(30, -0.5);
    expect(rom['rotationLeft']?.mean_best3_deg).toBeCloseTo(24, -0.5);
    expect(rom['rotationLeft']?.reps).toBe(3);
    expect(report['neutral_closure_deg']).toBeLessThan(2);
    expect((report['sensors'] as object[])[0]).toMatchObject({
      role: 'upperBack',
      prefix: 'ub',
      rate_hz: 50,
      missing_fraction: 0,
    });
    for (const rep of report['reps'] as {
      peak_positive_deg: number | null;
      peak_negative_deg: number | null;
    }[]) {
      expect(rep.peak_positive_deg ?? 1).toBeGreaterThan(0);
      expect(rep.peak_negative_deg ?? -1).toBeLessThan(0);
    }
  });

  it('measures one sensor without a prefix, live, for people', () => {
    const { status, out } = measure(writeTable('one', ['']), '--role', 'upperBack=', '--mode', 'live');
    expect(status).toBe(0);
    expect(out).toContain('upper-back lean (live');
    expect(out).toMatch(/cycles: flexion extension 3, lateral 3\n/);
  });

  it('flags a loss of packets and does not count over it', () => {
    const table = writeTable('lossy', ['ub', 'lb'], (values, columns) => {
      for (let row = 0; row < values.length / columns; row++)
        if (row % 13 === 0 || (row > 230 && row < 270)) values.fill(NaN, row * columns, row * columns + 6);
    });
    const { status, out } = measure(table, ...TWO, '--json');
    expect(status).toBe(0);
    const report = JSON.parse(out) as {
      quality: { flag: string; sensor: string }[];
      sensors: { missing_fraction: number }[];
      cycles: Record<string, number>;
      reps: { valid: boolean; reasons: string[] }[];
    };
    expect(report.quality.some((flag) => flag.flag === 'GAP' && flag.sensor === 'ub')).toBe(true);
    expect(report.sensors[0]?.missing_fraction).toBeGreaterThan(0.07);
    expect(report.cycles['lateral']).toBe(3);
    expect(report.cycles['rotation']).toBe(3);
    expect(report.cycles['flexionExtension']).toBeLessThanOrEqual(3);
  });

  it.each([
    ['no recording', [], 'RECORDING is missing'],
    ['no such file', ['nowhere.json', '--role', 'upperBack='], 'nowhere.json'],
    ['no roles', ['TABLE'], '--role'],
    ['an unknown role', ['TABLE', '--role', 'neck=ub'], '--role: "neck"'],
    ['an unknown sensor', ['TABLE', '--role', 'upperBack=xx'], '"xx"'],
    ['one sensor twice', ['TABLE', '--role', 'upperBack=ub', '--role', 'lowerBack=ub'], 'cannot be both'],
    ['a left-handed mounting', ['TABLE', ...TWO, '--mount', 'ub=x:up,y:right,z:back'], 'left-handed'],
    ['a mounting of nobody', ['TABLE', ...TWO, '--mount', 'xx=x:up,y:left,z:back'], '"xx" has no role'],
    ['a neutral outside', ['TABLE', ...TWO, '--neutral', '900:910'], '900:910'],
    ['a bad neutral', ['TABLE', ...TWO, '--neutral', '5:2'], '--neutral'],
    ['an unknown pose', ['TABLE', ...TWO, '--pose', 'sitting'], '--pose'],
    ['an unknown mode', ['TABLE', ...TWO, '--mode', 'fast'], '--mode'],
    ['an unknown option', ['TABLE', ...TWO, '--speed', '3'], '--speed'],
    ['a lower back alone', ['TABLE', '--role', 'lowerBack=lb'], 'alone measures nothing'],
  ])('refuses %s in one line', (_name, args, part) => {
    const table = writeTable('refused', ['ub', 'lb']);
    const { status, out, error } = measure(...args.map((arg) => (arg === 'TABLE' ? table : arg)), '--json');
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(error).toContain(part);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
  });

  it('measures a session by its own steps, and every set of it, also one that ended by itself', () => {
    const sets = [true, false].map((test) => ({
      exerciseId: 'E01' as const,
      side: null,
      repetitions: 4,
      test,
    }));
    const { recording, truth } = simulateSession(
      { name: 'two sets', sets },
      { roles: ['upperBack', 'lowerBack'], seed: 8 },
    );
    const commands = recording.commands.filter(({ command }) => command.kind !== 'endSet');
    expect(commands.length).toBeLessThan(recording.commands.length);
    const path = join(folder, 'two-sets.thora');
    writeFileSync(path, writeRecordingFile({ ...recording, commands }));
    const { out, error } = measure(path, '--json');
    expect(error).toBe('');
    const report = JSON.parse(out);
    expect(report.rom.rotationLeft.reps + report.rom.rotationRight.reps).toBe(8);
    const flags: string[] = report.quality.map((flag: { flag: string }) => flag.flag);
    expect(flags).not.toContain('MOUNTING_UNSURE');
    for (const direction of ['left', 'right']) {
      const peaks = truth.sets
        .flatMap((set) => set.repetitions)
        .filter((one) => one.side === direction)
        .map((one) => (one.peakRad ?? NaN) / RAD_PER_DEG)
        .sort((a, b) => b - a)
        .slice(0, 3);
      const mean = peaks.reduce((sum, peak) => sum + peak, 0) / 3;
      const measured = report.rom[direction === 'left' ? 'rotationLeft' : 'rotationRight'];
      expect(Math.abs(measured.mean_best3_deg - mean)).toBeLessThan(3);
    }
  });

  it('does not use a mounting that gravity contradicts, and leaves out what is then not known', () => {
    const path = writeTable('mount', ['ub', 'lb']);
    const roles = ['--role', 'upperBack=ub', '--role', 'lowerBack=lb'];
    const right = JSON.parse(measure(path, ...roles, '--mount', 'ub=x:up,y:left,z:back', '--json').out);
    const wrong = JSON.parse(measure(path, ...roles, '--mount', 'ub=x:down,y:right,z:back', '--json').out);
    const details = (report: { quality: { detail: string }[] }) =>
      report.quality.map((flag) => flag.detail).join('\n');
    expect(details(right)).not.toContain('it is not used');
    expect(details(wrong)).toContain('it is not used');
    for (const [direction, range] of Object.entries<{ mean_best3_deg: number }>(wrong.rom))
      expect(range.mean_best3_deg, direction).toBeCloseTo(right.rom[direction].mean_best3_deg, -1);
  });

  it('runs as a command of its own', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/run-cli.mjs', 'measure', ...args], { encoding: 'utf8' });
    const good = run(writeTable('command', ['']), '--role', 'upperBack=', '--json');
    expect([good.status, good.stderr]).toEqual([0, '']);
    expect(JSON.parse(good.stdout)).toHaveProperty('rom.flexion.reps', 3);
    const bad = run('nowhere.json', '--role', 'upperBack=');
    expect([bad.status, bad.stdout]).toEqual([1, '']);
    expect(bad.stderr).toMatch(/^measure: nowhere\.json: .*\n$/);
  });

  it('explains itself', () => {
    const { status, out } = measure('--help');
    expect(status).toBe(0);
    expect(out).toContain('--mount PREFIX=');
  });
});
