import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordingError } from '../../../src/core/recording/recording-error.ts';
import {
  imuSeriesFromTable,
  parseTableTrial,
  rateHzFromTable,
  timeSecondsFromTable,
} from '../../../src/core/recording/table-trial.ts';

const IMU = ['gx', 'gy', 'gz', 'ax', 'ay', 'az'];

/** Bytes of a table, with an odd offset into their buffer so that no reader may rely on alignment. */
function tableBytes(values: readonly number[]): Uint8Array {
  const buffer = new Uint8Array(4 * values.length + 1);
  const view = new DataView(buffer.buffer);
  values.forEach((value, i) => view.setFloat32(1 + 4 * i, value, true));
  return buffer.subarray(1);
}

function description(columns: readonly string[], rows: number, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    name: 'trial',
    columns,
    rate_hz: 50,
    n_rows: rows,
    n_cols: columns.length,
    ...more,
  });
}

function refusal(action: () => unknown): RecordingError {
  try {
    action();
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a table trial', () => {
  test('gives its columns, NaN kept, from unaligned bytes', () => {
    const trial = parseTableTrial(description(['a', 'b'], 2), tableBytes([1, Number.NaN, 2, 4]), 'x');
    expect([...trial.column('a')]).toEqual([1, 2]);
    expect([...trial.column('b')]).toEqual([Number.NaN, 4]);
    expect(trial.rowCount).toBe(2);
    expect(trial.rateHz).toBe(50);
  });

  test('lists one prefix per gyroscope and reads the series of each', () => {
    const columns = [...IMU.map((c) => `ub_${c}`), ...IMU.map((c) => `lb_${c}`)];
    const trial = parseTableTrial(description(columns, 1), tableBytes(columns.map((_, i) => i)), 'x');
    expect(trial.prefixes).toEqual(['ub', 'lb']);
    const series = imuSeriesFromTable(trial, 'lb');
    expect([...series.gyroRadPerS]).toEqual([6, 7, 8]);
    expect([...series.accMetersPerS2]).toEqual([9, 10, 11]);
    expect(series.magMicroTesla).toBeNull();
  });

  test('takes the time from its column, counted from the first row, and mends missing and repeated stamps', () => {
    const stamps = [5, 5, Number.NaN, 5.5, Number.NaN];
    const trial = parseTableTrial(description(['t_s'], 5), tableBytes(stamps), 'x');
    const time = timeSecondsFromTable(trial, '');
    expect(time[0]).toBe(0);
    expect(time[3]).toBeCloseTo(0.5, 6);
    expect(time[4]).toBeCloseTo(0.52, 6);
    for (let row = 1; row < 5; row++) expect(time[row]).toBeGreaterThan(time[row - 1]);
  });

  test('prefers the own time column of a sensor', () => {
    const trial = parseTableTrial(description(['t_s', 'ub_t_s'], 2), tableBytes([0, 1, 9, 3]), 'x');
    expect([...timeSecondsFromTable(trial, 'ub')]).toEqual([0, 2]);
    expect([...timeSecondsFromTable(trial, 'lb')]).toEqual([0, 9]);
  });

  test('refuses a time that falls, naming file and column', () => {
    const trial = parseTableTrial(description(['t_s'], 3), tableBytes([0, 2, 1]), 'walk');
    const error = refusal(() => timeSecondsFromTable(trial, ''));
    expect(error.code).toBe('fieldInvalid');
    expect(error.file).toBe('walk.bin');
    expect(error.field).toBe('t_s');
  });

  test('seconds since 1970, of which a 32-bit number keeps only every 128th, are refused; packets that share a stamp are not', () => {
    const rows = 400;
    const table = (stampAt: (row: number) => number) =>
      parseTableTrial(
        description(['t_s'], rows),
        tableBytes(Array.from({ length: rows }, (_, row) => stampAt(row))),
        'walk',
      );
    const epoch = refusal(() =>
      timeSecondsFromTable(
        table((row) => 1.7e9 + row),
        '',
      ),
    );
    expect(epoch.message).toContain('let time begin at 0');
    expect(
      timeSecondsFromTable(
        table((row) => Math.floor(row / 8) * 0.16),
        '',
      ),
    ).toHaveLength(rows);
  });

  test.each([
    ['not JSON', '{', 'notARecording', ''],
    ['a list', '[]', 'notARecording', ''],
    ['no columns', '{"rate_hz":50}', 'fieldInvalid', 'columns'],
    ['a column twice', '{"rate_hz":50,"columns":["a","a"]}', 'fieldInvalid', 'columns'],
    ['no rate', '{"columns":["a"]}', 'fieldInvalid', 'rate_hz'],
    ['a rate of zero', '{"columns":["a"],"rate_hz":0}', 'fieldInvalid', 'rate_hz'],
    ['another column count', '{"columns":["a"],"rate_hz":1,"n_cols":2}', 'sizeMismatch', 'n_cols'],
    ['a fraction of a row', '{"columns":["a","b"],"rate_hz":1}', 'sizeMismatch', ''],
    ['more rows than bytes', '{"columns":["a"],"rate_hz":1,"n_rows":1e15}', 'sizeMismatch', 'n_rows'],
    ['a negative row count', '{"columns":["a"],"rate_hz":1,"n_rows":-1}', 'fieldInvalid', 'n_rows'],
    ['another number format', '{"columns":["a"],"rate_hz":1,"dtype":"int16"}', 'fieldInvalid', 'dtype'],
  ])('refuses %s', (_, json, code, field) => {
    const error = refusal(() => parseTableTrial(json, tableBytes([1, 2, 3]), 'x'));
    expect([error.code, error.field]).toEqual([code, field]);
    expect(error.message).not.toContain('\n');
  });

  test('names the missing column', () => {
    const trial = parseTableTrial(description(['ub_gx'], 1), tableBytes([1]), 'x');
    expect(refusal(() => imuSeriesFromTable(trial, 'ub')).message).toContain('ub_gy');
  });

  test('any change of length is refused, never read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (length) => {
        fc.pre(length !== 24);
        const error = refusal(() => parseTableTrial(description(IMU, 1), new Uint8Array(length), 'x'));
        expect(error.code).toBe('sizeMismatch');
      }),
    );
  });

  test('any text is a table or a named refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        refusal(() => parseTableTrial(text, new Uint8Array(8), 'x'));
      }),
    );
  });
});

describe('a sensor that samples at a rate of its own', () => {
  const columns = [...IMU.map((name) => `lb_${name}`), 'lb_t_s'];
  const rows = (count: number, empty: number, stepS: number): number[] => [
    ...Array.from({ length: count }, (_, i) => [...IMU.map((__, k) => i + k), i * stepS]).flat(),
    ...Array.from({ length: empty * columns.length }, () => NaN),
  ];
  const trialOf = (count: number, empty: number, stepS: number) =>
    parseTableTrial(description(columns, count + empty), tableBytes(rows(count, empty, stepS)), 'x');

  test('ends with its last sample, whatever rows the table has left', () => {
    const series = imuSeriesFromTable(trialOf(10, 7, 0.04), 'lb');
    expect(series.count).toBe(10);
    expect(series.timeS.length).toBe(10);
    expect(series.gyroRadPerS.length).toBe(30);
    expect(series.timeS[9]).toBeCloseTo(0.36, 6);
  });

  test('has the rate that its times say, unless they are in another unit', () => {
    expect(rateHzFromTable(trialOf(10, 7, 0.04), 'lb')).toBeCloseTo(25, 3);
    expect(rateHzFromTable(trialOf(10, 0, 0.0203), 'lb')).toBe(50);
    expect(rateHzFromTable(trialOf(10, 0, 20), 'lb')).toBe(50);
  });
});
