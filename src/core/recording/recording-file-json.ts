import { strFromU8, strToU8 } from 'fflate';
import type * as z from 'zod/mini';
import { parseExactJson, writeExactJson } from './exact-json.ts';
import { RecordingError } from './recording-error.ts';

/** Nothing of Thora's nests half as deep. What nests without bound could be read but never written or cloned again. */
const DEEPEST_NESTING = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of `[` and `{`, and of `]` and `}`, without the bit in which each pair differs. */
const OPENING = 0x5b;
const CLOSING = 0x5d;
const BRACE_BIT = 0x20;

/** Plain data to the bytes of {@link writeExactJson}. */
export function encodeJson(value: unknown): Uint8Array {
  return strToU8(writeExactJson(value));
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
