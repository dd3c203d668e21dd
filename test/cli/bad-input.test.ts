import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { CommandFailure } from '../../src/cli/evaluate/command-failure.ts';
import { evaluateOrientation } from '../../src/cli/evaluate/orientation.ts';
import { runMeasure } from '../../src/cli/measure/measure-command.ts';
import { evenTimes, simulateSensor } from '../core/fusion/simulated-sensor.ts';

const folder = mkdtempSync(join(tmpdir(), 'thora-bad-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => void vi.restoreAllMocks());

const RATE_HZ = 100;
const ROWS = 2000;
const COLUMNS = ['t_s', 'gx', 'gy', 'gz', 'ax', 'ay', 'az', 'qw', 'qx', 'qy', 'qz'] as const;
type Column = (typeof COLUMNS)[number];
/** Changes one row of a right recording. */
type Damage = (rowValues: Record<Column, number>, row: number) => void;

/** Three seconds of rest, then turns about every axis: gravity sees each. Or no rest at all. */
function makeRows(rests: boolean): Record<Column, number>[] {
  const { series, truth } = simulateSensor({
    timeS: evenTimes(ROWS, RATE_HZ),
    rateAt: (t) =>
      rests && t < 3 ? [0, 0, 0] : [1.3 * Math.sin(2 * t), 1.1 * Math.cos(1.7 * t), 1.2 * Math.sin(1.1 * t)],
    gyroBiasRadPerS: [0.01, 0, -0.01],
    noise: { gyroRadPerS: 0.002, accMetersPerS2: 0.03 },
  });
  return Array.from({ length: ROWS }, (_, row) => {
    const values = [
      row / RATE_HZ,
      ...series.gyroRadPerS.subarray(3 * row, 3 * row + 3),
      ...series.accMetersPerS2.subarray(3 * row, 3 * row + 3),
      ...truth.subarray(4 * row, 4 * row + 4),
    ];
    return Object.fromEntries(COLUMNS.map((column, i) => [column, values[i]])) as Record<Column, number>;
  });
}

const right = makeRows(true);

function write(name: string, damage: Damage, rows = right): string {
  const values = rows.flatMap((one, row) => {
    const copy = { ...one };
    damage(copy, row);
    return COLUMNS.map((column) => copy[column]);
  });
  const stem = join(folder, name);
  writeFileSync(`${stem}.bin`, new Uint8Array(Float32Array.from(values).buffer));
  writeFileSync(
    `${stem}.json`,
    JSON.stringify({ name, rate_hz: RATE_HZ, columns: COLUMNS, n_rows: ROWS, n_cols: COLUMNS.length }),
  );
  return `${stem}.json`;
}

/** All that `measure` says against a recording: the line it refuses with, or its flags. */
function measureSays(path: string): string {
  const outcome = runMeasure([path, '--role', 'upperBack=', '--json']);
  if (outcome.exitCode !== 0) return `refused: ${outcome.complaint}`;
  const { quality } = JSON.parse(outcome.output) as { quality: { flag: string; detail: string }[] };
  return quality.map(({ flag, detail }) => `${flag}: ${detail}`).join('\n');
}

/** The same of `evaluate orientation`. */
function evaluateSays(path: string): string {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    evaluateOrientation([path]);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    said.push(error.message);
  }
  return said.filter((line) => /^(Doubtful|Left out)/.test(line)).join('');
}

const scale =
  (columns: readonly Column[], factor: number): Damage =>
  (values) => {
    for (const column of columns) values[column] *= factor;
  };
const GYRO = ['gx', 'gy', 'gz'] as const,
  ACC = ['ax', 'ay', 'az'] as const;
const within =
  (fromS: number, untilS: number, damage: Damage): Damage =>
  (values, row) => {
    if (row >= fromS * RATE_HZ && row < untilS * RATE_HZ) damage(values, row);
  };
const missing: Damage = (values) => {
  for (const column of [...GYRO, ...ACC]) values[column] = NaN;
};

const CASES: readonly (readonly [string, Damage, RegExp])[] = [
  [
    'constant data',
    (values) => Object.assign(values, { gx: 0.01, gy: 0, gz: 0, ax: 0, ay: 0, az: 9.81 }),
    /repeats the same values nearly throughout/,
  ],
  [
    'data that is constant for 2 s',
    within(8, 10, (values) => Object.assign(values, { gx: 0.5, gy: 0, gz: 0, ax: 0, ay: 0, az: 9.81 })),
    /STALE.*repeated the same values/,
  ],
  ['a gyroscope in deg/s', scale(GYRO, 180 / Math.PI), /seems to be in deg\/s: multiply gx, gy and gz/],
  ['an accelerometer in g', scale(ACC, 1 / 9.80665), /it is in g: multiply ax, ay and az/],
  ['an accelerometer in mg', scale(ACC, 1000 / 9.80665), /it is in mg/],
  [
    'left-handed axes, x of both negated',
    scale(['gx', 'ax'], -1),
    /axes are left-handed: .*negate one axis of both \(x on an Arduino Nano 33 BLE: gx and ax\)/,
  ],
  ['one reversed gyroscope axis', scale(['gy'], -1), /gyroscope axis gy runs against/],
  ['one reversed accelerometer axis', scale(['az'], -1), /accelerometer axis az runs against/],
  [
    'a gyroscope of half the scale',
    scale(GYRO, 0.5),
    /gravity turns (1\.9|2\.\d) times as far as its gyroscope says; check the stated rate/,
  ],
  [
    'a gyroscope of twice the scale',
    scale(GYRO, 2),
    /gravity turns 0\.[45] times as far as its gyroscope says/,
  ],
  [
    'a sensor that is off for 2 s and sends zeros',
    within(8, 10, (values) => Object.assign(values, { gx: 0, gy: 0, gz: 0, ax: 0, ay: 0, az: 0 })),
    /STALE.*repeated the same values in 398 samples/,
  ],
  ['a gyroscope that is off', scale(GYRO, 0), /gyroscope reads next to nothing/],
  ['a run of NaN', within(8, 9.5, missing), /GAP.*no samples for 1\.5/],
  ['values that no sensor gives', within(8, 8.01, scale(GYRO, 1e9)), /IMPLAUSIBLE.*that no sensor gives/],
  ['times in ms', scale(['t_s'], 1000), /times must be in seconds/],
  ['times that stand still', scale(['t_s'], 0), /time stands still at 0 s in all rows/],
  [
    'times that run backwards',
    within(8, 9, (values) => void (values.t_s -= 5)),
    /time falls from 7\.9\d+ to 3/,
  ],
  [
    'a step of several seconds',
    within(8, 99, (values) => void (values.t_s += 4)),
    /GAP.*no samples for 4\.0/,
  ],
];

describe('a right recording', () => {
  it('is spared by both commands', () => {
    const path = write('right', () => undefined);
    // Turns about every axis are no movement of a trunk, and its mounting is not stated: nothing else is said.
    expect(measureSays(path)).not.toMatch(/^(refused|STALE|GAP|IMPLAUSIBLE|NO_REST|SATURATED|RATE_LOW)/m);
    expect(evaluateSays(path)).toBe('');
  });

  it('is spared when packets shared a stamp: a step of 0 here and there', () => {
    const path = write('shared-stamps', (values, row) => {
      values.t_s = (row - (row % 4)) / RATE_HZ;
    });
    expect(measureSays(path)).not.toMatch(/^(refused|GAP|RATE_LOW)/m);
    expect(evaluateSays(path)).toBe('');
  });
});

describe.each(CASES)('%s', (name, damage, expected) => {
  const path = write(name.replaceAll(/\W/g, '-'), damage);

  it('is refused or flagged by name in measure', () => {
    expect(measureSays(path)).toMatch(expected);
  });

  it('is refused or flagged by name in evaluate orientation', () => {
    expect(evaluateSays(path)).toMatch(expected);
  });
});

const REFERENCE = ['qw', 'qx', 'qy', 'qz'] as const;

describe.each<readonly [string, Damage, RegExp]>([
  [
    'a reference from world to sensor',
    scale(['qx', 'qy', 'qz'], -1),
    /REFERENCE does not keep gravity still; it seems to turn world to sensor: give the conjugate/,
  ],
  [
    'a reference in the order x y z w',
    (values) => {
      const { qw, qx, qy, qz } = values;
      Object.assign(values, { qw: qx, qx: qy, qy: qz, qz: qw });
    },
    /REFERENCE does not keep gravity still; its columns seem to hold x y z w/,
  ],
  [
    'a reference of something that lies still',
    (values) => Object.assign(values, { qw: 1, qx: 0, qy: 0, qz: 0 }),
    /REFERENCE turns 0\.00 times as far as the gyroscope says/,
  ],
  [
    'a reference in a world with y up',
    (values) => {
      // -90 deg about x: what was z becomes y.
      const { qw, qx, qy, qz } = values;
      const half = Math.SQRT1_2;
      Object.assign(values, {
        qw: half * (qw + qx),
        qx: half * (qx - qw),
        qy: half * (qy + qz),
        qz: half * (qz - qy),
      });
    },
    /REFERENCE has its vertical 90 deg from z; give it in a world with z up/,
  ],
  [
    'an accelerometer that reads -g upwards',
    scale(ACC, -1),
    /REFERENCE has gravity upside down: .*negate ax, ay and az/,
  ],
  [
    'times that run a third too slow',
    scale(['t_s'], 0.75),
    /REFERENCE turns 1\.3\d times as far as the gyroscope says; check rate_hz or t_s/,
  ],
  ['an empty reference', scale(REFERENCE, NaN), /\.bin, qw: no reference in any row that is to be scored/],
  ['an empty accelerometer', scale(ACC, NaN), /\.bin, ax: holds no value/],
])('%s', (name, damage, expected) => {
  it('is named by evaluate orientation', () => {
    expect(evaluateSays(write(name.replaceAll(/\W/g, '-'), damage))).toMatch(expected);
  });
});

describe('a broken clock', () => {
  it('fills no screen with its gaps', () => {
    const said = evaluateSays(write('gaps-everywhere', scale(['t_s'], 1000)));
    expect(said.match(/GAP/g)).toHaveLength(8);
    expect(said).toMatch(/and \d+ more of these/);
  });
});

/** A table with other columns than the rest of these tests. */
function writeColumns(
  name: string,
  columns: readonly string[],
  valueOf: (column: string, row: number) => number,
) {
  const values = right.flatMap((one, row) =>
    columns.map((column) => (column in one ? one[column as Column] : valueOf(column, row))),
  );
  const stem = join(folder, name);
  writeFileSync(`${stem}.bin`, new Uint8Array(Float32Array.from(values).buffer));
  writeFileSync(`${stem}.json`, JSON.stringify({ name, rate_hz: RATE_HZ, columns, n_rows: ROWS }));
  return `${stem}.json`;
}

describe.each<readonly [string, (axis: number, row: number) => number, RegExp]>([
  ['is empty', () => NaN, /MAGNETOMETER has columns, but not one value in them; scored without it/],
  ['is frozen', (axis) => [20, 0, -40][axis] ?? 0, /MAGNETOMETER repeats the same values nearly throughout/],
  [
    'is in gauss',
    (axis, row) => [0.2, 0.1 + 0.01 * Math.sin(row), -0.4][axis] ?? 0,
    /MAGNETOMETER usually reads 0\.46 .* it is in gauss: multiply mx, my and mz by 100/,
  ],
])('a magnetometer that %s', (what, fieldOf, expected) => {
  const path = writeColumns(
    `mag-${what.replaceAll(' ', '-')}`,
    [...COLUMNS, 'mx', 'my', 'mz'],
    (column, row) => fieldOf('xyz'.indexOf(column.at(-1) ?? ''), row),
  );

  it('is named by evaluate orientation', () => {
    expect(evaluateSays(path)).toMatch(expected);
  });
});

describe('a mark of the rows to score', () => {
  it('is refused with its meaning where no row has it', () => {
    const path = writeColumns('flag-of-255', [...COLUMNS, 'movement_flag'], () => 255);
    expect(evaluateSays(path)).toMatch(/\.bin, movement_flag: is 1 in no row; 1 marks the rows to score/);
  });
});

describe('what is no table', () => {
  it('is named as it was given', () => {
    const path = join(folder, 'angles.csv');
    writeFileSync(path, 't,angle\n0,1\n');
    expect(() => evaluateOrientation([path])).toThrow(
      /angles\.csv: not a table; give NAME\.json with NAME\.bin beside it/,
    );
  });
});

describe('a description with a byte order mark', () => {
  it('is read as any other', () => {
    const path = write('marked', () => undefined);
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`.replaceAll(',', ',\r\n'));
    expect(evaluateSays(path)).toBe('');
  });
});

describe('a trial without rest', () => {
  const path = write('no-rest', () => undefined, makeRows(false));

  it('is flagged in both commands', () => {
    expect(measureSays(path)).toMatch(/^NO_REST/m);
    expect(evaluateSays(path)).toMatch(/NO_REST/);
  });
});
