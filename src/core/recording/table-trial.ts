import type { ImuSeries } from '../fusion/imu-series.ts';
import { RecordingError } from './recording-error.ts';

/**
 * A recording as a plain table: NAME.json names the columns, NAME.bin holds float32 little-endian values, row-major.
 * SI units; NaN is a missing sample; quaternions w x y z, sensor to world.
 */
export interface TableTrial {
  readonly name: string;
  /** The file as messages call it, without its ending. */
  readonly file: string;
  /** Nominal rate, Hz. */
  readonly rateHz: number;
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** What stands before the `gx` of each sensor, without the underscore; '' for a table with one sensor. */
  readonly prefixes: readonly string[];
  has(column: string): boolean;
  /** A copy of one column, rowCount values. Throws a {@link RecordingError} that names a missing column. */
  column(name: string): Float64Array;
}

/** Tables with more values than this are refused before anything is allocated (2^27 values are 512 MB). */
export const TABLE_VALUE_LIMIT = 2 ** 27;

const NAME_LENGTH_LIMIT = 200;
const COLUMN_COUNT_LIMIT = 4096;

/** `ub` + `gx` -> `ub_gx`; '' + `gx` -> `gx`. */
export function prefixedColumn(prefix: string, column: string): string {
  return prefix === '' ? column : `${prefix}_${column}`;
}

/**
 * Reads a table trial and refuses it, with file and field named, when the description is not usable or does not
 * match the size of the data.
 * @param jsonText content of NAME.json
 * @param bytes content of NAME.bin; a view with an offset is fine
 * @param file how messages call the trial, usually its path without ending
 */
export function parseTableTrial(jsonText: string, bytes: Uint8Array, file: string): TableTrial {
  const jsonFile = `${file}.json`;
  const description = parseObject(jsonText, jsonFile);
  const columns = readColumns(description['columns'], jsonFile);
  const rateHz = description['rate_hz'];
  if (typeof rateHz !== 'number' || !(rateHz > 0) || rateHz > 100_000)
    throw new RecordingError(
      'fieldInvalid',
      { file: jsonFile, field: 'rate_hz' },
      `expected a rate in Hz above 0, found ${quote(rateHz)}`,
    );
  const columnCount = description['n_cols'];
  if (columnCount !== undefined && columnCount !== columns.length)
    throw new RecordingError(
      'sizeMismatch',
      { file: jsonFile, field: 'n_cols' },
      `says ${quote(columnCount)}, but "columns" names ${columns.length}`,
    );
  const dtype = description['dtype'];
  if (dtype !== undefined && (typeof dtype !== 'string' || !dtype.startsWith('float32-le')))
    throw new RecordingError(
      'fieldInvalid',
      { file: jsonFile, field: 'dtype' },
      `only float32-le can be read, found ${quote(dtype)}`,
    );
  const rowCount = readRowCount(description['n_rows'], columns.length, bytes.byteLength, file);
  const values = readFloats(bytes, rowCount * columns.length);
  const indexByName = new Map(columns.map((name, index) => [name, index]));
  const name = description['name'];

  return {
    name: typeof name === 'string' && name !== '' ? printable(name) : baseName(file),
    file,
    rateHz,
    columns,
    rowCount,
    prefixes: columns
      .filter((column) => column === 'gx' || column.endsWith('_gx'))
      .map((column) => (column === 'gx' ? '' : column.slice(0, -'_gx'.length))),
    has: (column) => indexByName.has(column),
    column(columnName) {
      const index = indexByName.get(columnName);
      if (index === undefined)
        throw new RecordingError(
          'fieldInvalid',
          { file: jsonFile, field: 'columns' },
          `no column "${columnName}" (has ${listed(columns)})`,
        );
      const out = new Float64Array(rowCount);
      for (let row = 0, at = index; row < rowCount; row++, at += columns.length) out[row] = values[at];
      return out;
    },
  };
}

/**
 * Time of each row in seconds from the first row, strictly rising: from `<prefix>_t_s` or `t_s` where present, else
 * from the nominal rate. Missing and repeated stamps are filled in between their neighbours; a stamp that falls is
 * refused.
 */
export function timeSecondsFromTable(trial: TableTrial, prefix: string): Float64Array {
  const column = timeColumn(trial, prefix);
  const periodS = 1 / trial.rateHz;
  if (column === null) return Float64Array.from({ length: trial.rowCount }, (_, row) => row * periodS);
  const timeS = trial.column(column);
  if (standsStill(timeS))
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.bin`, field: column },
      `time stands still at ${timeS.find(Number.isFinite)} s in all rows; leave the column out where there is no time`,
    );
  const coarseS = longestStandstillRows(timeS) / trial.rateHz;
  if (coarseS > LONGEST_STANDSTILL_S)
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.bin`, field: column },
      `time stands still for ${coarseS.toFixed(0)} s of rows; a 32-bit number cannot hold seconds since 1970: let time begin at 0`,
    );
  let known = -1;
  for (let row = 0; row < timeS.length; row++) {
    if (!Number.isFinite(timeS[row])) continue;
    if (known >= 0 && timeS[row] < timeS[known])
      throw new RecordingError(
        'fieldInvalid',
        { file: `${trial.file}.bin`, field: column },
        `time falls from ${timeS[known]} to ${timeS[row]} s at row ${row}`,
      );
    if (known >= 0 && timeS[row] === timeS[known]) continue;
    const fromRow = known;
    known = row;
    if (fromRow < 0) for (let k = row - 1; k >= 0; k--) timeS[k] = timeS[k + 1] - periodS;
    else
      for (let k = fromRow + 1; k < row; k++)
        timeS[k] = timeS[fromRow] + ((timeS[row] - timeS[fromRow]) * (k - fromRow)) / (row - fromRow);
  }
  if (known < 0 && timeS.length > 0)
    throw new RecordingError(
      'fieldInvalid',
      { file: `${trial.file}.bin`, field: column },
      'holds no time at all',
    );
  for (let row = known + 1; row < timeS.length; row++) timeS[row] = timeS[row - 1] + periodS;
  const startS = timeS[0];
  for (let row = 0; row < timeS.length; row++) timeS[row] -= startS;
  return timeS;
}

/** Whether more than one row has a time, and all of these are the same. */
function standsStill(timeS: Float64Array): boolean {
  const known = timeS.filter(Number.isFinite);
  return known.length > 1 && known.every((value) => value === known[0]);
}

/** Packets share one stamp, and a clock may tick slowly, but not this slowly. */
const LONGEST_STANDSTILL_S = 2;

/** Rows of the longest run of one and the same time. */
function longestStandstillRows(timeS: Float64Array): number {
  let longest = 0,
    run = 0;
  for (let row = 1; row < timeS.length; row++) {
    run = timeS[row] === timeS[row - 1] ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/**
 * The signals of one sensor. Throws a {@link RecordingError} naming the column when gyroscope or accelerometer
 * columns are missing; the magnetometer may be absent.
 */
export function imuSeriesFromTable(trial: TableTrial, prefix: string): ImuSeries {
  const has9Axes = ['mx', 'my', 'mz'].every((column) => trial.has(prefixedColumn(prefix, column)));
  const timeS = timeSecondsFromTable(trial, prefix);
  const gyro = joinColumns(trial, prefix, ['gx', 'gy', 'gz']),
    acc = joinColumns(trial, prefix, ['ax', 'ay', 'az']),
    mag = has9Axes ? joinColumns(trial, prefix, ['mx', 'my', 'mz']) : null;
  const count = rowsWithContent(trial, prefix, gyro, acc);
  const cut = (values: Float64Array): Float64Array => values.subarray(0, 3 * count);
  return {
    count,
    timeS: timeS.subarray(0, count),
    gyroRadPerS: cut(gyro),
    accMetersPerS2: cut(acc),
    magMicroTesla: mag === null ? null : cut(mag),
  };
}

/**
 * Rows up to the last that has a time or a sample: a sensor with fewer samples than the table has rows leaves the rest of
 * its columns empty.
 */
function rowsWithContent(trial: TableTrial, prefix: string, gyro: Float64Array, acc: Float64Array): number {
  const column = timeColumn(trial, prefix);
  if (column === null) return trial.rowCount;
  const timeS = trial.column(column);
  let count = trial.rowCount;
  const isEmpty = (row: number): boolean => {
    for (let k = 3 * row; k < 3 * row + 3; k++)
      if (Number.isFinite(gyro[k]) || Number.isFinite(acc[k])) return false;
    return !Number.isFinite(timeS[row]);
  };
  while (count > 0 && isEmpty(count - 1)) count--;
  return count;
}

/** A column of times that says another rate than the table by more than this is believed; */
const RATE_TOLERANCE = 0.05;
/** by more than so many times it is in another unit. */
const UNIT_FACTOR = 10;

/** Samples a second of one sensor: the table's rate, or what the sensor's own times say. */
export function rateHzFromTable(trial: TableTrial, prefix: string): number {
  if (timeColumn(trial, prefix) === null) return trial.rateHz;
  const { timeS, count } = imuSeriesFromTable(trial, prefix);
  const steps = Float64Array.from(
    { length: Math.max(0, count - 1) },
    (_, i) => timeS[i + 1] - timeS[i],
  ).sort();
  const ratio = 1 / (steps[steps.length >> 1] ?? NaN) / trial.rateHz;
  const isAnother = ratio > 1 / UNIT_FACTOR && ratio < UNIT_FACTOR && Math.abs(ratio - 1) > RATE_TOLERANCE;
  return isAnother ? ratio * trial.rateHz : trial.rateHz;
}

/** The column that holds a sensor's times: its own, or that of the whole table; null without one. */
function timeColumn(trial: TableTrial, prefix: string): string | null {
  const own = prefixedColumn(prefix, 't_s');
  return trial.has(own) ? own : trial.has('t_s') ? 't_s' : null;
}

/** Puts the named columns of one sensor side by side, row-major. */
export function joinColumns(trial: TableTrial, prefix: string, columns: readonly string[]): Float64Array {
  return joinColumnsNamed(
    trial,
    columns.map((column) => prefixedColumn(prefix, column)),
  );
}

/** Puts columns side by side by their full names, row-major. */
export function joinColumnsNamed(trial: TableTrial, columns: readonly string[]): Float64Array {
  const out = new Float64Array(columns.length * trial.rowCount);
  columns.forEach((column, offset) => {
    const values = trial.column(column);
    for (let row = 0; row < trial.rowCount; row++) out[row * columns.length + offset] = values[row];
  });
  return out;
}

function parseObject(jsonText: string, file: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(jsonText.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new RecordingError('notARecording', { file }, 'not valid JSON', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new RecordingError('notARecording', { file }, 'expected a JSON object that describes a table');
  return parsed as Record<string, unknown>;
}

function readColumns(value: unknown, file: string): readonly string[] {
  const refuse = (detail: string): never => {
    throw new RecordingError('fieldInvalid', { file, field: 'columns' }, detail);
  };
  if (!Array.isArray(value) || value.length === 0) return refuse('expected a list of column names');
  if (value.length > COLUMN_COUNT_LIMIT) return refuse(`${value.length} columns are too many`);
  const names = new Set<string>();
  for (const item of value) {
    if (typeof item !== 'string' || item === '' || item.length > NAME_LENGTH_LIMIT)
      return refuse(`expected column names, found ${quote(item)}`);
    if (names.has(item)) return refuse(`"${item}" appears twice`);
    names.add(item);
  }
  return [...names];
}

function readRowCount(stated: unknown, columnCount: number, byteCount: number, file: string): number {
  const jsonFile = `${file}.json`;
  const rowBytes = columnCount * Float32Array.BYTES_PER_ELEMENT;
  if (byteCount / Float32Array.BYTES_PER_ELEMENT > TABLE_VALUE_LIMIT)
    throw new RecordingError(
      'tooLarge',
      { file: `${file}.bin` },
      `${byteCount} bytes are more than can be read`,
    );
  if (stated !== undefined) {
    if (typeof stated !== 'number' || !Number.isSafeInteger(stated) || stated < 1)
      throw new RecordingError(
        'fieldInvalid',
        { file: jsonFile, field: 'n_rows' },
        `expected a whole number above 0, found ${quote(stated)}`,
      );
    if (stated * rowBytes !== byteCount)
      throw new RecordingError(
        'sizeMismatch',
        { file: `${file}.bin`, field: 'n_rows' },
        `${stated} rows of ${columnCount} columns are ${stated * rowBytes} bytes, but the file has ${byteCount}`,
      );
    return stated;
  }
  if (byteCount === 0 || byteCount % rowBytes !== 0)
    throw new RecordingError(
      'sizeMismatch',
      { file: `${file}.bin` },
      `${byteCount} bytes are not a whole number of rows of ${columnCount} columns`,
    );
  return byteCount / rowBytes;
}

function readFloats(bytes: Uint8Array, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getFloat32(4 * i, true);
  return values;
}

/** Names go to terminals, one a line. */
function printable(name: string): string {
  return name.slice(0, NAME_LENGTH_LIMIT).replace(/\p{Cc}/gu, ' ');
}

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 12).join(' ');
  return columns.length > 12 ? `${shown} and ${columns.length - 12} more` : shown;
}

function quote(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
