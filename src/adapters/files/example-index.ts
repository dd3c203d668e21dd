import { RecordingError } from '../../core/recording/recording-error.ts';

/** One recording that ships with the app. `file` is its name beside the index. */
export interface ExampleEntry {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly file: string;
}

/** Checks the list of examples: an array of entries, each with its four texts. */
export function readExampleIndex(json: unknown, fileName: string): ExampleEntry[] {
  if (!Array.isArray(json)) {
    throw new RecordingError('fieldInvalid', { file: fileName }, 'the list of examples is not a list.');
  }
  return json.map((entry: unknown, i) => ({
    id: readText(entry, 'id', i, fileName),
    title: readText(entry, 'title', i, fileName),
    description: readText(entry, 'description', i, fileName),
    file: readText(entry, 'file', i, fileName),
  }));
}

function readText(entry: unknown, field: string, index: number, fileName: string): string {
  const value: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, field) : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new RecordingError(
    'fieldInvalid',
    { file: fileName, field: `[${index}].${field}` },
    'a text is missing.',
  );
}
