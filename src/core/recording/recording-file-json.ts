import { strFromU8, strToU8 } from 'fflate';
import type * as z from 'zod/mini';
import { parseExactJson, writeExactJson } from './exact-json.ts';
import { RecordingError } from './recording-error.ts';

/** Nothing of Thora's nests half as deep. What nests without bound could be read but never written or cloned again. */
const DEEPEST_NESTING = 32;
/** A day of five sensors has half as many. Each costs hundreds of times its byte to read and to check. */
const MOST_VALUES = 1_000_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of `[` and `{`, and of `]` and `}`, without the bit in which each pair differs. */
const OPENING = 0x5b;
const CLOSING = 0x5d;
const BRACE_BIT = 0x20;
const COMMA = 0x2c;

/** Plain data to the bytes of {@link writeExactJson}. */
export function encodeJson(value: unknown): Uint8Array {
  return strToU8(writeExactJson(value));
}

/**
 * Bytes to checked data. The error names the part of the file and the field.
 *
 * @param mostValues refused beyond, before anything is read
 */
export function decodeJson<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  schema: S,
  file: string,
  part: string,
  mostValues = MOST_VALUES,
): z.output<S> {
  const excess = excessOf(bytes, mostValues);
  if (excess !== null) throw new RecordingError('fieldInvalid', { file, field: part }, excess);
  let json: unknown;
  try {
    json = parseExactJson(strFromU8(bytes));
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

/** What the text has too much of; null where it can be read. */
function excessOf(json: Uint8Array, mostValues: number): string | null {
  let depth = 0;
  let values = 1;
  let inText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) {
      if (++values > mostValues) return `holds more than ${mostValues} values`;
    } else if ((byte & ~BRACE_BIT) === OPENING) {
      if (++depth > DEEPEST_NESTING) return `nests deeper than ${DEEPEST_NESTING} levels`;
    } else if ((byte & ~BRACE_BIT) === CLOSING) depth--;
  }
  return null;
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
