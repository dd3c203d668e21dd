import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { crc32 } from '../../src/core/recording/crc32.ts';
import type { Random } from '../../src/core/simulation/random.ts';

/** What may be done to a file on its way, or on purpose. */
export const HARMS = [
  'cut',
  'flip',
  'splice',
  'lengths',
  'text',
  'numbers',
  'names',
  'bomb',
  'nesting',
] as const;
export type Harm = (typeof HARMS)[number];

type Files = Record<string, Uint8Array>;

/** Signatures of a ZIP archive's records, and where their lengths, counts and offsets lie: [offset, bytes]. */
const LENGTH_FIELDS: readonly (readonly [signature: number, readonly (readonly [number, 2 | 4])[]])[] = [
  [
    0x04034b50,
    [
      [6, 2],
      [8, 2],
      [14, 4],
      [18, 4],
      [22, 4],
      [26, 2],
      [28, 2],
    ],
  ],
  [
    0x02014b50,
    [
      [8, 2],
      [10, 2],
      [16, 4],
      [20, 4],
      [24, 4],
      [28, 2],
      [30, 2],
      [32, 2],
      [42, 4],
    ],
  ],
  [
    0x06054b50,
    [
      [4, 2],
      [8, 2],
      [10, 2],
      [12, 4],
      [16, 4],
      [20, 2],
    ],
  ],
];
const WORDS = [
  '../../etc/passwd', '..\\\\up', '/root/x', 'C:\\\\x', '__proto__', 'constructor', 'manifest.json', 'packets-9.bin',
  'packets-0.bin/..', '', 'a'.repeat(5000), '\u0000',
]; // prettier-ignore
const SNIPPETS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '-',
  '1e999',
  'null',
  'true',
  '{"$float":"NaN"}',
  '"__proto__":1,',
  '\\u0000',
];
const NUMBERS = [-1, 0, 1, 5, 0xffff, 0x7fffffff, 0xffffffff, 2 ** 53, -0.5, 1e308];

/**
 * A recording file with one harm done to it. Where the harm lies inside a part, lengths and checksums are made to fit
 * again: only a reader that looks at every field can find it.
 *
 * @param others whole files to splice from
 */
export function harmed(
  harm: Harm,
  file: Uint8Array,
  others: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  const below = (limit: number): number => Math.floor(limit * random.uniform());
  switch (harm) {
    case 'cut': {
      const from = random.uniform() < 0.7 ? 0 : below(file.length);
      const kept = file.subarray(from, from + below(file.length - from));
      // Out of the middle, too.
      return random.uniform() < 0.3 ? joined(file.subarray(0, below(file.length)), kept) : kept.slice();
    }
    case 'flip': {
      const out = file.slice();
      for (let k = 0, count = 1 + below(8); k < count; k++) out[below(out.length)]! ^= 1 << below(8);
      return out;
    }
    case 'splice': {
      const other = random.pick(others);
      return joined(file.subarray(0, below(file.length)), other.subarray(below(other.length)));
    }
    case 'lengths': {
      const out = file.slice();
      for (let k = 0, count = 1 + below(3); k < count; k++) lieAboutLength(out, random);
      return out;
    }
    case 'text':
      return withParts(file, (files, manifest) => {
        const part = random.pick(['manifest.json', 'commands.json', 'result.json']);
        const text = part === 'manifest.json' ? JSON.stringify(manifest) : strFromU8(files[part]!);
        const at = below(text.length);
        const changed = text.slice(0, at) + random.pick(SNIPPETS) + text.slice(at + below(4));
        if (part !== 'manifest.json') putPart(files, manifest, part, strToU8(changed));
        return part === 'manifest.json' ? changed : null;
      });
    case 'numbers':
      return withParts(file, (files, manifest) => {
        const part = random.pick(['packets-0.bin', 'packets-1.bin']);
        const bytes = files[part]!.slice();
        const view = new DataView(bytes.buffer);
        const value = random.pick(NUMBERS);
        if (random.uniform() < 0.5) view.setUint32(below(bytes.length - 3), value, true);
        else view.setUint32(0, value, true);
        putPart(
          files,
          manifest,
          part,
          random.uniform() < 0.2 ? bytes.subarray(0, below(bytes.length)) : bytes,
        );
        if (random.uniform() < 0.3) sensorsOf(manifest)[0]!['packetCount'] = value;
        return null;
      });
    case 'names':
      return withParts(file, (files, manifest) => {
        const word = random.pick(WORDS);
        const place = below(4);
        if (place === 0) files[word] = Uint8Array.of(1);
        else if (place === 1) sensorsOf(manifest)[0]!['packets'] = { file: word, bytes: 1, crc32: 0 };
        else if (place === 2) manifest['recordingId'] = word;
        else (sensorsOf(manifest)[0]!['description'] as Record<string, unknown>)['family'] = word;
        return null;
      });
    case 'bomb':
      return withParts(
        file,
        (files, manifest) => {
          const part = random.pick(['packets-0.bin', 'commands.json', 'extra.bin']);
          const bytes = new Uint8Array(1 + below(200_000));
          if (random.uniform() < 0.5) putPart(files, manifest, part, bytes);
          else files[part] = bytes;
          return null;
        },
        true,
      );
    case 'nesting':
      return withParts(file, (files, manifest) => {
        const depth = below(40_000);
        const deep = '['.repeat(depth) + ']'.repeat(random.uniform() < 0.8 ? depth : below(depth + 1));
        const result = strFromU8(files['result.json']!);
        putPart(files, manifest, 'result.json', strToU8(`${result.slice(0, -1)},"later":${deep}}`));
        return null;
      });
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const out = new Uint8Array(head.length + tail.length);
  out.set(head);
  out.set(tail, head.length);
  return out;
}

function lieAboutLength(file: Uint8Array, random: Random): void {
  const view = new DataView(file.buffer);
  const records: (readonly [number, (typeof LENGTH_FIELDS)[number][1]])[] = [];
  for (let at = 0; at + 22 <= file.length; at++) {
    if (file[at] !== 0x50 || file[at + 1] !== 0x4b) continue;
    const fields = LENGTH_FIELDS.find(([signature]) => signature === view.getUint32(at, true))?.[1];
    if (fields !== undefined) records.push([at, fields]);
  }
  if (records.length === 0) return;
  const [at, fields] = random.pick(records);
  const [offset, bytes] = random.pick(fields);
  if (at + offset + bytes > file.length) return;
  const was = bytes === 2 ? view.getUint16(at + offset, true) : view.getUint32(at + offset, true);
  const lie = random.pick([0, was + 1, was - 1, 2 * was, 0xffffffff, Math.floor(2 ** 32 * random.uniform())]);
  if (bytes === 2) view.setUint16(at + offset, lie, true);
  else view.setUint32(at + offset, lie, true);
}

/** Changes parts and manifest, and packs them again. `change` may return the manifest's own text. */
function withParts(
  file: Uint8Array,
  change: (files: Files, manifest: Record<string, unknown>) => string | null,
  isPacked = false,
): Uint8Array {
  const files = unzipSync(file);
  const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as Record<string, unknown>;
  const text = change(files, manifest) ?? JSON.stringify(manifest);
  files['manifest.json'] = strToU8(text);
  files['manifest.crc32'] = strToU8(crc32(files['manifest.json']).toString(16).padStart(8, '0'));
  return zipSync(files, { level: isPacked ? 6 : 0 });
}

function putPart(files: Files, manifest: Record<string, unknown>, name: string, bytes: Uint8Array): void {
  files[name] = bytes;
  const stated = { file: name, bytes: bytes.length, crc32: crc32(bytes) };
  const sensor = sensorsOf(manifest).find(({ packets }) => (packets as { file: string }).file === name);
  if (sensor !== undefined) sensor['packets'] = stated;
  else if (name.endsWith('.json')) manifest[name.slice(0, -'.json'.length)] = stated;
}

function sensorsOf(manifest: Record<string, unknown>): Record<string, unknown>[] {
  return manifest['sensors'] as Record<string, unknown>[];
}
