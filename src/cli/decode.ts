import { closeSync, openSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deviceFamilies, deviceFamily, streamOf } from '../core/device/registry.ts';
import type { DecodableFamily } from '../core/device/device-family.ts';
import { createSampleBatch } from '../core/packet/sample-batch.ts';
import type { SampleBatch } from '../core/packet/sample-batch.ts';
import { notificationLines, type MalformedLine } from './notification-file.ts';
import { parseComplaint } from './parse-error.ts';

const HELP = `Decodes recorded Bluetooth notifications to samples in SI units.

  npm run -s decode -- --device NAME [--stream NAME] FILE [--json]

FILE holds one notification a line, "ARRIVAL_MS HEX"; "#" begins a comment. All of one characteristic.

  --device NAME   the sensor family; "--device help" lists them
  --stream NAME   what was subscribed to, in the family's own words (default: its usual stream)
  --json          the samples as JSON on standard output
  --help          this text

Exit code 0: decoded (rejected packets are listed), 1: nothing could be done.
`;

/** More samples than any notification of 512 bytes holds. */
const BATCH_CAPACITY = 256;
const SAMPLES_A_PIECE = 4096;

interface DecodedSample {
  readonly t_device_ms: number | null;
  readonly gyro_rad_s: readonly (number | null)[] | null;
  readonly acc_m_s2: readonly (number | null)[] | null;
  readonly mag_ut: readonly (number | null)[] | null;
  readonly q: readonly (number | null)[] | null;
  readonly free_acc_m_s2: readonly (number | null)[] | null;
}

interface Decoded {
  readonly device: string;
  readonly packets: number;
  readonly rejected: readonly MalformedLine[];
  readonly sampleCount: number;
  /** The samples as they will be written. */
  readonly samples: readonly Buffer[];
}

/** Bad usage or a file of which nothing can be made: one line for the person. */
class CommandFailure extends Error {}

function main(args: readonly string[]): void {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (options.device === 'help') {
    writeFamilies(options.json);
    return;
  }
  const family = chooseFamily(options.device);
  const stream = chooseStream(family, options.stream);
  if (options.json)
    writeJson(decodeFile(family, stream, options.file, (sample) => JSON.stringify(sample), ','));
  else writeTable(decodeFile(family, stream, options.file, tableRow, '\n'), options.file);
}

interface Options {
  readonly device: string;
  readonly stream: string;
  readonly file: string;
  readonly json: boolean;
  readonly help: boolean;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        device: { type: 'string' },
        stream: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { device = '', stream = '', json, help } = values;
    if (!help && device !== 'help') {
      if (device === '')
        throw new CommandFailure('--device is missing; "--device help" lists the sensor families');
      if (positionals.length === 0) throw new CommandFailure('FILE is missing; see --help');
      if (positionals.length > 1)
        throw new CommandFailure(`one FILE at a time, but "${positionals[1]}" follows "${positionals[0]}"`);
    }
    return { device, stream, file: positionals[0] ?? '', json, help };
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(parseComplaint(error), { cause: error });
  }
}

function writeFamilies(json: boolean): void {
  if (json) {
    const families = deviceFamilies().map(({ name, summary, streams }) => ({ name, summary, streams }));
    process.stdout.write(`${JSON.stringify({ devices: families.map(({ name }) => name), families })}\n`);
    return;
  }
  const width = Math.max(...deviceFamilies().map(({ name }) => name.length));
  for (const { name, summary, streams } of deviceFamilies())
    process.stdout.write(
      `${name.padEnd(width)}  ${summary}; not tried on hardware. Streams: ${streamList(streams)}\n`,
    );
}

/** The usual stream comes first. A family with a stream for every rate would fill the screen. */
function streamList(streams: readonly string[]): string {
  const most = 12;
  return streams.length <= most
    ? streams.join(', ')
    : `${streams.slice(0, most).join(', ')} and ${streams.length - most} more (docs/sensor-families.md)`;
}

function chooseFamily(name: string): DecodableFamily {
  const family = deviceFamily(name);
  if (family === null) {
    const names = deviceFamilies()
      .map((known) => known.name)
      .join(', ');
    throw new CommandFailure(`--device: "${name}" is not known; there is ${names}`);
  }
  return family;
}

function chooseStream(family: DecodableFamily, stream: string): string {
  const known = streamOf(family, stream);
  if (known === null)
    throw new CommandFailure(
      `--stream: ${family.name} has no stream "${stream}"; there is ${family.streams.join(', ')}`,
    );
  return known;
}

const PIECE_BYTES = 2 ** 20;

/** The text of a file or pipe, piece by piece: it may be longer than one string. */
function* textPieces(file: string): Generator<string> {
  try {
    const descriptor = openSync(file, 'r');
    const decoder = new TextDecoder();
    const piece = Buffer.alloc(PIECE_BYTES);
    try {
      for (let length = 1; length > 0;) {
        length = readSync(descriptor, piece, 0, PIECE_BYTES, null);
        yield decoder.decode(piece.subarray(0, length), { stream: length > 0 });
      }
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const what =
      code === 'ENOENT'
        ? 'no such file'
        : code === 'EISDIR'
          ? 'is a folder, not a file'
          : `cannot be read (${code})`;
    throw new CommandFailure(`${file}: ${what}`, { cause: error });
  }
}

/** @param textOf how a sample is written, behind `separator` from the second on */
function decodeFile(
  family: DecodableFamily,
  stream: string,
  file: string,
  textOf: (sample: DecodedSample) => string,
  separator: string,
): Decoded {
  const decoder = family.createDecoder(stream);
  const batch = createSampleBatch(BATCH_CAPACITY);
  const rejected: MalformedLine[] = [];
  const samples: Buffer[] = [];
  let texts: string[] = [];
  let packets = 0,
    notifications = 0,
    sampleCount = 0;
  /** Line of the bytes that wait for another notification; 0 when none do. */
  let waitingLine = 0;
  // As bytes they lie outside the heap, which a long recording would fill.
  const settle = (): void => {
    if (texts.length > 0) samples.push(Buffer.from(texts.join('')));
    texts = [];
  };
  for (const entry of notificationLines(textPieces(file))) {
    if (!('bytes' in entry)) {
      rejected.push(entry);
      continue;
    }
    const { line, bytes } = entry;
    notifications++;
    const outcome = decoder.decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), batch);
    if (decoder.givenUp) rejected.push({ line: waitingLine, reason: decoder.givenUp });
    waitingLine = !decoder.waiting ? 0 : outcome === 'reply' || outcome === 'rejected' ? waitingLine : line;
    if (outcome === 'rejected') {
      rejected.push({ line, reason: decoder.rejection });
    } else if (outcome === 'samples') {
      packets++;
      for (let i = 0; i < batch.count; i++, sampleCount++)
        texts.push((sampleCount === 0 ? '' : separator) + textOf(sampleOf(batch, i, family)));
      if (texts.length >= SAMPLES_A_PIECE) settle();
    }
  }
  settle();
  if (notifications === 0) {
    const first = rejected[0];
    throw new CommandFailure(
      first === undefined
        ? `${file}: holds no notification; each line must be "ARRIVAL_MS HEX"`
        : `${file}, line ${first.line}: ${first.reason}; each line must be "ARRIVAL_MS HEX"`,
    );
  }
  if (waitingLine > 0)
    rejected.push({ line: waitingLine, reason: 'the file ends before the rest of this packet' });
  rejected.sort((a, b) => a.line - b.line);
  return { device: family.name, packets, rejected, sampleCount, samples };
}

function sampleOf(batch: SampleBatch, i: number, family: DecodableFamily): DecodedSample {
  const firstMs = family.clock === null ? NaN : batch.firstDeviceTicks / family.clock.ticksPerMs;
  return {
    t_device_ms: orNull(firstMs + (i === 0 ? 0 : i * batch.nominalPeriodMs)),
    gyro_rad_s: rowOf(batch.gyroRadPerS, i, 3),
    acc_m_s2: rowOf(batch.accMetersPerS2, i, 3),
    mag_ut: rowOf(batch.magMicroTesla, i, 3),
    q: rowOf(batch.vendorQuaternion, i, 4),
    free_acc_m_s2: rowOf(batch.freeAccMetersPerS2, i, 3),
  };
}

/** Null when no axis was measured; a single missing axis is null in its place. */
function rowOf(values: Float64Array, i: number, width: number): (number | null)[] | null {
  const row = [...values.subarray(width * i, width * (i + 1))].map(orNull);
  return row.every((value) => value === null) ? null : row;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function writeJson({ device, packets, rejected, samples }: Decoded): void {
  const head = JSON.stringify({ device, packets, rejected });
  process.stdout.write(`${head.slice(0, -1)},"samples":[`);
  for (const piece of samples) process.stdout.write(piece);
  process.stdout.write(']}\n');
}

function writeTable({ device, packets, rejected, sampleCount, samples }: Decoded, file: string): void {
  const lines = [
    `${file}: ${device}, ${packets} packets, ${sampleCount} samples, ${rejected.length} rejected`,
  ];
  for (const { line, reason } of rejected) lines.push(`  line ${line}: ${reason}`);
  if (sampleCount > 0)
    lines.push(
      `${'device ms'.padStart(12)}  ${title('gyro rad/s')}  ${title('acc m/s2')}  ${title('mag uT')}  ${title('q w x y z', 4)}  ${title('free m/s2')}`,
    );
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const piece of samples) process.stdout.write(piece);
  if (sampleCount > 0) process.stdout.write('\n');
}

function tableRow(sample: DecodedSample): string {
  return [
    cell(sample.t_device_ms, 12, 3),
    row(sample.gyro_rad_s, 4),
    row(sample.acc_m_s2, 3),
    row(sample.mag_ut, 2),
    row(sample.q, 4, 4),
    row(sample.free_acc_m_s2, 3),
  ].join('  ');
}

const CELL = 9;

function title(text: string, cells = 3): string {
  return text.padEnd(cells * (CELL + 1) - 1);
}

function row(values: readonly (number | null)[] | null, digits: number, cells = 3): string {
  return Array.from({ length: cells }, (_, axis) => cell(values?.[axis] ?? null, CELL, digits)).join(' ');
}

function cell(value: number | null, width: number, digits: number): string {
  return (value === null ? '-' : value.toFixed(digits)).padStart(width);
}

// A reader that closes the pipe early ("| head") is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandFailure)) throw error;
  process.stderr.write(`decode: ${error.message}\n`);
  process.exitCode = 1;
}
