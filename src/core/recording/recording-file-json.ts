import { strFromU8, strToU8 } from 'fflate';
import type * as z from 'zod/mini';
import { RecordingError } from './recording-error.ts';

/** Key of the object that stands for a number that JSON cannot write. */
const FLOAT_KEY = '$float';
const FLOATS: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

/** Nothing of Thora's nests half as deep. What nests without bound could be read but never written or cloned again. */
const DEEPEST_NESTING = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of `[` and `{`, and of `]` and `}`, without the bit in which each pair differs. */
const OPENING = 0x5b;
const CLOSING = 0x5d;
const BRACE_BIT = 0x20;

/** Plain data to JSON bytes, numbers exactly: NaN, infinities and -0 become `{"$float": "NaN"}`. */
export function encodeJson(value: unknown): Uint8Array {
  return strToU8(JSON.stringify(value, (_key, entry: unknown) => writeNumber(entry)));
}

function writeNumber(entry: unknown): unknown {
  if (typeof entry !== 'number') return entry;
  if (Object.is(entry, -0)) return { [FLOAT_KEY]: '-0' };
  return Number.isFinite(entry) ? entry : { [FLOAT_KEY]: String(entry) };
}

/** Bytes to checked data. The error names the part of the file and the field. */
export function decodeJson<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  schema: S,
  file: string,
  part: string,
): z.output<S> {
  if (nestsTooDeep(bytes))
    throw new RecordingError(
      'fieldInvalid',
      { file, field: part },
      `nests deeper than ${DEEPEST_NESTING} levels`,
    );
  let json: unknown;
  try {
    json = JSON.parse(strFromU8(bytes), (_key, entry: unknown) => readNumber(entry));
  } catch (cause) {
    throw new RecordingError('damaged', { file, field: part }, 'is not JSON; export the session again', {
      cause,
    });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = [part, ...issue.path.map(String)].join('.');
  throw new RecordingError('fieldInvalid', { file, field }, describe(issue));
}

function nestsTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if ((byte & ~BRACE_BIT) === OPENING) {
      if (++depth > DEEPEST_NESTING) return true;
    } else if ((byte & ~BRACE_BIT) === CLOSING) depth--;
  }
  return false;
}

/** A number as {@link encodeJson} wrote it; for the reviver of JSON.parse. */
export function readNumber(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const name: unknown = Reflect.get(entry, FLOAT_KEY);
  return typeof name === 'string' && Object.hasOwn(FLOATS, name) ? FLOATS[name] : entry;
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'unrecognized_keys':
      return `has an unknown field "${issue.keys[0]}"`;
    case 'too_big':
      return `must not exceed ${String(issue.maximum)}`;
    case 'too_small':
      return `must be at least ${String(issue.minimum)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return 'has a value that is not allowed here';
  }
}
