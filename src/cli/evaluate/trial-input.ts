import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImuSeries } from '../../core/fusion/imu-series.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import {
  imuSeriesFromTable,
  joinColumns,
  prefixedColumn,
  rateHzFromTable,
  type TableTrial,
} from '../../core/recording/table-trial.ts';
import { readTableFile, tableFileStem } from '../table-file.ts';
import { CommandFailure } from './command-failure.ts';

/** How the signals of a trial are changed before a filter sees them. */
export interface TrialChanges {
  readonly rateHz: number | null;
  readonly restS: number | null;
  readonly gyroScale: number;
}

export interface ReferencedTrial {
  readonly name: string;
  readonly series: ImuSeries;
  /** Row-major, 4 x count. */
  readonly reference: Float64Array;
  /** 1 for rows that count. */
  readonly counts: Uint8Array;
  /** Samples a second, after blocks were averaged. */
  readonly rateHz: number;
}

/** Reads the tables of a folder (or a single one) one after the other; those that cannot be used are named and left out. */
export function* readTables(path: string, leaveOut: (message: string) => void): Generator<TableTrial> {
  for (const stem of listStems(path)) {
    if (!existsSync(`${stem}.bin`)) {
      leaveOut(`${stem}.json: no ${stem}.bin beside it`);
      continue;
    }
    let table: TableTrial;
    try {
      table = readTableFile(stem);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      leaveOut(error.message);
      continue;
    }
    yield table;
  }
}

function listStems(path: string): string[] {
  if (!existsSync(path)) {
    if (existsSync(`${path}.json`)) return [path];
    throw new CommandFailure(`${path}: no such folder`);
  }
  if (!statSync(path).isDirectory()) {
    const stem = tableFileStem(path);
    if (stem === path && !existsSync(`${path}.json`))
      throw new CommandFailure(
        `${path}: not a table; give NAME.json with NAME.bin beside it, or a folder of such`,
      );
    return [stem];
  }
  const stems = readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => tableFileStem(join(path, file)));
  if (stems.length === 0) throw new CommandFailure(`${path}: holds no table (NAME.json with NAME.bin)`);
  return stems;
}

/** The prefix asked for, or that of the only sensor of the table. */
export function choosePrefix(trial: TableTrial, asked: string | null): string {
  if (asked !== null) {
    if (!trial.has(prefixedColumn(asked, 'gx')))
      throw new RecordingError(
        'fieldInvalid',
        { file: `${trial.file}.json`, field: 'columns' },
        `no sensor with --prefix "${asked}" (has ${trial.prefixes.map((p) => `"${p}"`).join(' ') || 'no gyroscope'})`,
      );
    return asked;
  }
  const [only, second] = trial.prefixes;
  if (only === undefined)
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.json`, field: 'columns' },
      'no gyroscope (gx gy gz)',
    );
  if (second !== undefined && only !== '')
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.json`, field: 'columns' },
      `several sensors: choose one with --prefix (${trial.prefixes.join(' ')})`,
    );
  return only;
}

/** Signals, reference and rows to score of one sensor. Throws a {@link RecordingError} where something is missing. */
export function readReferencedTrial(
  trial: TableTrial,
  prefix: string,
  changes: TrialChanges,
): ReferencedTrial {
  const referenceColumns = ['qw', 'qx', 'qy', 'qz'];
  if (!referenceColumns.every((column) => trial.has(prefixedColumn(prefix, column))))
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.json`, field: prefixedColumn(prefix, 'qw') },
      'no reference orientation',
    );
  const flagColumn = [prefixedColumn(prefix, 'movement_flag'), 'movement_flag'].find((c) => trial.has(c));
  const flag = flagColumn === undefined ? null : trial.column(flagColumn);
  const counts = new Uint8Array(trial.rowCount);
  for (let row = 0; row < counts.length; row++) counts[row] = flag === null || flag[row] === 1 ? 1 : 0;
  if (flagColumn !== undefined && !counts.includes(1))
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.bin`, field: flagColumn },
      'is 1 in no row; 1 marks the rows to score',
    );
  let current: ReferencedTrial = {
    name: trial.name,
    series: imuSeriesFromTable(trial, prefix),
    reference: joinColumns(trial, prefix, referenceColumns),
    counts,
    rateHz: rateHzFromTable(trial, prefix),
  };
  if (changes.gyroScale !== 1)
    for (let i = 0; i < current.series.gyroRadPerS.length; i++)
      current.series.gyroRadPerS[i] = (current.series.gyroRadPerS[i] ?? 0) * changes.gyroScale;
  if (changes.rateHz !== null) current = averageBlocks(current, changes.rateHz);
  if (changes.restS !== null) current = keepRest(current, changes.restS);
  if (!current.counts.includes(1))
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.bin`, field: flagColumn ?? 'n_rows' },
      'no row to score',
    );
  return current;
}

/** Why not one row could be scored: the column that is empty where it is needed. */
export function noScoredRow(file: string, prefix: string, trial: ReferencedTrial): RecordingError {
  const isEmpty = (values: Float64Array): boolean => !values.some((value) => Number.isFinite(value));
  const { series, reference } = trial;
  const empty = isEmpty(series.gyroRadPerS) ? 'gx' : isEmpty(series.accMetersPerS2) ? 'ax' : null;
  const hasReference = trial.counts.some(
    (flag, row) => flag === 1 && reference.subarray(4 * row, 4 * row + 4).some((part) => Math.abs(part) > 0),
  );
  const where = (column: string) => ({ file: `${file}.bin`, field: prefixedColumn(prefix, column) });
  if (empty !== null) return new RecordingError('fieldInvalid', where(empty), 'holds no value');
  return hasReference
    ? new RecordingError('fieldInvalid', where('gx'), 'no orientation in any row that is to be scored')
    : new RecordingError('fieldInvalid', where('qw'), 'no reference in any row that is to be scored');
}

/**
 * Means over blocks of the nearest whole number of rows, like a sensor with a slower output and a box filter; time,
 * reference and flag come from the last row of each block. A missing sample leaves the mean to the others.
 */
function averageBlocks(trial: ReferencedTrial, wantedHz: number): ReferencedTrial {
  const factor = Math.max(1, Math.round(trial.rateHz / wantedHz));
  if (factor === 1) return trial;
  const { series } = trial;
  const count = Math.floor(series.count / factor);
  const lastOf = (block: number): number => block * factor + factor - 1;
  const average = (values: Float64Array): Float64Array => {
    const out = new Float64Array(3 * count);
    for (let block = 0; block < count; block++)
      for (let axis = 0; axis < 3; axis++) {
        let sum = 0,
          known = 0;
        for (let k = 0; k < factor; k++) {
          const value = values[3 * (block * factor + k) + axis] ?? Number.NaN;
          if (!Number.isFinite(value)) continue;
          sum += value;
          known++;
        }
        out[3 * block + axis] = sum / known;
      }
    return out;
  };
  const reference = new Float64Array(4 * count);
  for (let block = 0; block < count; block++)
    for (let i = 0; i < 4; i++)
      reference[4 * block + i] = trial.reference[4 * lastOf(block) + i] ?? Number.NaN;
  return {
    name: trial.name,
    rateHz: trial.rateHz / factor,
    reference,
    counts: Uint8Array.from({ length: count }, (_, block) => trial.counts[lastOf(block)] ?? 0),
    series: {
      count,
      timeS: Float64Array.from({ length: count }, (_, block) => series.timeS[lastOf(block)] ?? Number.NaN),
      gyroRadPerS: average(series.gyroRadPerS),
      accMetersPerS2: average(series.accMetersPerS2),
      magMicroTesla: series.magMicroTesla === null ? null : average(series.magMicroTesla),
    },
  };
}

/** Drops what lies more than `restS` before the first row that counts. */
function keepRest(trial: ReferencedTrial, restS: number): ReferencedTrial {
  const { series } = trial;
  const firstCounted = Math.max(0, trial.counts.indexOf(1));
  const startS = (series.timeS[firstCounted] ?? 0) - restS;
  let first = 0;
  while (first < firstCounted && (series.timeS[first] ?? 0) < startS - 1e-9) first++;
  return {
    ...trial,
    reference: trial.reference.subarray(4 * first),
    counts: trial.counts.subarray(first),
    series: {
      count: series.count - first,
      timeS: series.timeS.subarray(first),
      gyroRadPerS: series.gyroRadPerS.subarray(3 * first),
      accMetersPerS2: series.accMetersPerS2.subarray(3 * first),
      magMicroTesla: series.magMicroTesla?.subarray(3 * first) ?? null,
    },
  };
}
