import * as z from 'zod/mini';
import { HandOverError } from './hand-over-error.ts';
import { decodeJson } from './recording-file-json.ts';
import { RecordingError } from './recording-error.ts';

const headSchema = z.looseObject({ format: z.string(), version: z.number() });
const PART = 'file';

/**
 * Bytes to a checked document: what it is, then how new it is, then its fields.
 *
 * @throws HandOverError that names the field
 */
export function readDocument<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  file: string,
  expected: {
    readonly format: string;
    readonly version: number;
    readonly largestBytes: number;
    readonly schema: S;
  },
): z.output<S> {
  const notOurs = (): HandOverError =>
    new HandOverError('notAHandOver', file, '', 'is not such a file; choose the one that you were given');
  if (bytes.length > expected.largestBytes) throw notOurs();
  const head = decode(bytes, headSchema, file, notOurs);
  if (head.format !== expected.format) throw notOurs();
  if (head.version > expected.version)
    throw new HandOverError(
      'newerVersion',
      file,
      'version',
      `is ${head.version}; this Thora reads up to ${expected.version}. Update Thora, then open it again`,
    );
  return decodeFields(bytes, expected.schema, file);
}

/** @throws HandOverError 'fieldInvalid' that names the field */
export function decodeFields<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  schema: S,
  file: string,
): z.output<S> {
  return decode(bytes, schema, file, (error) => {
    const field = error.field.replace(/^file\.?/, '');
    return new HandOverError('fieldInvalid', file, field, error.message, { cause: error });
  });
}

function decode<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  schema: S,
  file: string,
  refuse: (error: RecordingError) => HandOverError,
): z.output<S> {
  try {
    return decodeJson(bytes, schema, file, PART);
  } catch (error) {
    throw error instanceof RecordingError ? refuse(error) : error;
  }
}
