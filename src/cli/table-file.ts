import { existsSync, readFileSync, statSync } from 'node:fs';
import { RecordingError } from '../core/recording/recording-error.ts';
import { parseTableTrial, TABLE_VALUE_LIMIT, type TableTrial } from '../core/recording/table-trial.ts';

/** NAME.json, NAME.bin or NAME -> NAME. */
export function tableFileStem(path: string): string {
  return path.replace(/\.(json|bin)$/i, '');
}

/**
 * Reads a table trial from NAME.json and NAME.bin; `path` is NAME.json or NAME. Throws a {@link RecordingError} with
 * file and field when either is missing, unreadable or does not fit the other.
 */
export function readTableFile(path: string): TableTrial {
  const stem = tableFileStem(path);
  const json = readLimited(`${stem}.json`, 16 * 2 ** 20);
  const bytes = readLimited(`${stem}.bin`, TABLE_VALUE_LIMIT * Float32Array.BYTES_PER_ELEMENT);
  return parseTableTrial(json.toString('utf8'), bytes, stem);
}

function readLimited(file: string, limitBytes: number): Buffer {
  if (!existsSync(file))
    throw new RecordingError(
      'notARecording',
      { file },
      'no such file; a table needs NAME.json and NAME.bin side by side',
    );
  try {
    const size = statSync(file).size;
    if (size > limitBytes)
      throw new RecordingError('tooLarge', { file }, `${size} bytes are more than can be read`);
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof RecordingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RecordingError('notARecording', { file }, `cannot be read (${reason})`, { cause });
  }
}
