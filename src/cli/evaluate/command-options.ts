import { parseArgs } from 'node:util';
import { parseComplaint } from '../parse-error.ts';
import { CommandFailure } from './command-failure.ts';

/** Each option by name: with a value, or a switch. */
type OptionTable = Readonly<Record<string, { readonly type: 'string' } | { readonly type: 'boolean' }>>;

/** What was given: a text for an option with a value, true for a switch, undefined where it is missing. */
export interface ParsedCommand<T extends OptionTable> {
  readonly values: {
    readonly [K in keyof T]: (T[K]['type'] extends 'string' ? string : boolean) | undefined;
  };
  readonly positionals: readonly string[];
}

/** Reads the command line; what it does not know is a {@link CommandFailure} of one line. */
export function parseCommand<const T extends OptionTable>(
  args: readonly string[],
  options: T,
): ParsedCommand<T> {
  try {
    const parsed: { values: unknown; positionals: string[] } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options,
    });
    return { values: parsed.values as ParsedCommand<T>['values'], positionals: parsed.positionals };
  } catch (error) {
    throw new CommandFailure(parseComplaint(error));
  }
}

/** The one positional argument that every kind of evaluation takes. */
export function onlyPath(kind: string, positionals: readonly string[]): string {
  const [path, extra] = positionals;
  if (path === undefined) throw new CommandFailure(`DIR is missing: evaluate ${kind} DIR (see --help)`);
  if (extra !== undefined) throw new CommandFailure(`"${extra}" is one argument too many (see --help)`);
  return path;
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined)
    throw new CommandFailure(`${option}: "${value}" is not one of ${allowed.join(', ')}`);
  return found;
}

export function positive(option: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!(number > 0) || !Number.isFinite(number))
    throw new CommandFailure(`${option}: expected a number above 0, found "${value}"`);
  return number;
}
