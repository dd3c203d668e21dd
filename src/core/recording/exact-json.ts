/** Key of the object that stands for a number that JSON cannot write. */
const FLOAT_KEY = '$float';
const FLOATS: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

/** Plain data as JSON, numbers exactly: NaN, infinities and -0 become `{"$float": "NaN"}`. */
export function writeExactJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => writeNumber(entry));
}

/** What {@link writeExactJson} wrote. Throws SyntaxError where it is not JSON. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, entry: unknown) => readNumber(entry));
}

function writeNumber(entry: unknown): unknown {
  if (typeof entry !== 'number') return entry;
  if (Object.is(entry, -0)) return { [FLOAT_KEY]: '-0' };
  return Number.isFinite(entry) ? entry : { [FLOAT_KEY]: String(entry) };
}

function readNumber(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const name: unknown = Reflect.get(entry, FLOAT_KEY);
  return typeof name === 'string' && Object.hasOwn(FLOATS, name) ? FLOATS[name] : entry;
}
