import { strFromU8, strToU8, unzipSync, zipSync, type UnzipFileInfo } from 'fflate';
import type * as z from 'zod/mini';
import type { SessionResult } from '../pipeline/session-result.ts';
import { crc32 } from './crc32.ts';
import { RecordingError } from './recording-error.ts';
import { decodeJson, encodeJson } from './recording-file-json.ts';
import { decodePackets, encodePackets } from './recording-file-packets.ts';
import { commandsSchema, manifestSchema, resultSchema } from './recording-file-schema.ts';
import type { RecordedCommand, RecordedSensor, SessionRecording } from './session-recording.ts';

/**
 * Thora's own recording file, docs/recording-format.md: a ZIP archive in which every part's length and checksum are
 * stated, so that a file is read exactly as written or refused.
 */
export const RECORDING_FILE_ENDING = '.thora';

const MANIFEST = 'manifest.json';
const MANIFEST_CHECKSUM = 'manifest.crc32';
const COMMANDS = 'commands.json';
const RESULT = 'result.json';
const VERSION = 1;
const LARGEST_FILE_BYTES = 256 * 2 ** 20;
const LARGEST_MANIFEST_BYTES = 2 ** 20;
const LARGEST_TOTAL_BYTES = 512 * 2 ** 20;
/** Deflate packs at most 1032 to 1; more is a lie. */
const LARGEST_RATIO = 1032;
/** Local time without a zone: the same bytes wherever it is written. */
const NO_TIME = '1980-01-01T00:00:00';

interface Part {
  readonly file: string;
  readonly bytes: number;
  readonly crc32: number;
}

/** The recording as a file. The same recording gives the same bytes. */
export function writeRecordingFile(recording: SessionRecording): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const add = (file: string, bytes: Uint8Array): Part => {
    files[file] = bytes;
    return { file, bytes: bytes.length, crc32: crc32(bytes) };
  };
  const manifest = {
    format: 'thora-recording',
    version: VERSION,
    recordingId: recording.recordingId,
    startedAtUtc: recording.startedAtUtc,
    simulated: recording.simulated,
    engineVersion: recording.engineVersion,
    sensors: recording.sensors.map(({ description, role, packets }) => ({
      description,
      role,
      packetCount: packets.count,
      packets: add(packetsName(description.sensorIndex), encodePackets(packets)),
    })),
    commands: add(COMMANDS, encodeJson(inFileOrder(commandsSchema, recording.commands))),
    result:
      recording.result === null ? null : add(RESULT, encodeJson(inFileOrder(resultSchema, recording.result))),
  };
  const manifestBytes = encodeJson(inFileOrder(manifestSchema, manifest));
  return zipSync(
    {
      [MANIFEST]: manifestBytes,
      [MANIFEST_CHECKSUM]: strToU8(checksumText(manifestBytes)),
      ...files,
    },
    { level: 6, mtime: NO_TIME },
  );
}

/** Fields in the order in which a reader hands them on: a recording that comes back from a file gives the same bytes. */
function inFileOrder(schema: z.ZodMiniType, value: unknown): unknown {
  const read = schema.safeParse(value);
  return read.success ? read.data : value;
}

/**
 * Reads a recording file or refuses it whole: {@link RecordingError} with the file and the field at fault. Nothing is
 * inflated before its declared size has been bounded.
 *
 * @param fileName for the error
 */
export function readRecordingFile(bytes: Uint8Array, fileName: string): SessionRecording {
  checkContainer(bytes, fileName);
  const head = inflate(bytes, fileName, (entry) => {
    if (entry.name === MANIFEST || entry.name === MANIFEST_CHECKSUM) return LARGEST_MANIFEST_BYTES;
    return 'skip';
  });
  const manifestBytes = head[MANIFEST] as Uint8Array | undefined;
  const checksum = head[MANIFEST_CHECKSUM] as Uint8Array | undefined;
  if (manifestBytes === undefined || checksum === undefined)
    throw new RecordingError(
      'notARecording',
      { file: fileName, field: manifestBytes === undefined ? MANIFEST : MANIFEST_CHECKSUM },
      'is missing; this is not a Thora recording, or a damaged one',
    );
  if (strFromU8(checksum) !== checksumText(manifestBytes)) throw damaged(fileName, MANIFEST);
  refuseNewerVersion(manifestBytes, fileName);
  const manifest = decodeJson(manifestBytes, manifestSchema, fileName, MANIFEST);

  const parts = new Map<string, Part>();
  const stated = [...manifest.sensors.map((sensor) => sensor.packets), manifest.commands];
  if (manifest.result !== null) stated.push(manifest.result);
  manifest.sensors.forEach(({ description, packets }, i) => {
    if (packets.file !== packetsName(description.sensorIndex))
      throw invalid(fileName, `sensors.${i}.packets.file`, `must be ${packetsName(description.sensorIndex)}`);
  });
  if (manifest.commands.file !== COMMANDS) throw invalid(fileName, 'commands.file', `must be ${COMMANDS}`);
  if (manifest.result !== null && manifest.result.file !== RESULT)
    throw invalid(fileName, 'result.file', `must be ${RESULT}`);
  for (const part of stated) {
    if (parts.has(part.file)) throw invalid(fileName, part.file, 'is named twice');
    parts.set(part.file, part);
  }

  const files = inflate(bytes, fileName, (entry) => {
    if (entry.name === MANIFEST || entry.name === MANIFEST_CHECKSUM) return 'skip';
    const part = parts.get(entry.name);
    if (part === undefined)
      throw invalid(fileName, entry.name, 'is not a part of this recording; it is refused as a whole');
    if (entry.originalSize !== part.bytes)
      throw new RecordingError(
        'sizeMismatch',
        { file: fileName, field: part.file },
        `has ${entry.originalSize} bytes, the manifest says ${part.bytes}`,
      );
    return part.bytes;
  });
  const take = (part: Part): Uint8Array => {
    const content = files[part.file] as Uint8Array | undefined;
    if (content === undefined)
      throw new RecordingError(
        'cut',
        { file: fileName, field: part.file },
        'is missing; export the session again',
      );
    if (content.length !== part.bytes || crc32(content) !== part.crc32) throw damaged(fileName, part.file);
    return content;
  };

  const sensors = manifest.sensors.map(({ description, role, packetCount, packets }): RecordedSensor => ({
    description,
    role,
    packets: decodePackets(take(packets), packetCount, fileName, packets.file),
  }));
  const commands = decodeJson(take(manifest.commands), commandsSchema, fileName, COMMANDS);
  for (let i = 1; i < commands.length; i++)
    if (commands[i].order <= commands[i - 1].order)
      throw invalid(fileName, `${COMMANDS}.${i}.order`, 'does not rise');
  const attached = new Set(
    commands.map(({ command }) => (command.kind === 'attachSensor' ? command.sensor.sensorIndex : null)),
  );
  // The chain takes nothing of it, and a store would not find its packets again.
  manifest.sensors.forEach(({ description }, i) => {
    if (!attached.has(description.sensorIndex))
      throw invalid(fileName, `sensors.${i}`, `is attached by no command of ${COMMANDS}`);
  });
  const result =
    manifest.result === null ? null : decodeJson(take(manifest.result), resultSchema, fileName, RESULT);
  return {
    recordingId: manifest.recordingId,
    startedAtUtc: manifest.startedAtUtc,
    simulated: manifest.simulated,
    engineVersion: manifest.engineVersion,
    sensors,
    commands: commands as readonly RecordedCommand[],
    // Checked field by field as far as anything reads it; what a later engine adds is carried along.
    result: result as unknown as SessionResult | null,
  };
}

function packetsName(sensorIndex: number): string {
  return `packets-${sensorIndex}.bin`;
}

function checksumText(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

function checkContainer(bytes: Uint8Array, file: string): void {
  if (bytes.length > LARGEST_FILE_BYTES)
    throw new RecordingError(
      'tooLarge',
      { file },
      `has ${Math.round(bytes.length / 2 ** 20)} MB; a recording has at most ${LARGEST_FILE_BYTES / 2 ** 20} MB`,
    );
  if (bytes.length === 0) throw new RecordingError('cut', { file }, 'is empty; export the session again');
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  if (!isArchive)
    throw new RecordingError('notARecording', { file }, 'is not a Thora recording; choose a .thora file');
  for (let i = bytes.length - 22; i >= Math.max(0, bytes.length - 65_558); i--) {
    if (bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 5 && bytes[i + 3] === 6) return;
  }
  throw new RecordingError('cut', { file }, 'ends before its table of contents; copy or export it again');
}

/** Inflates the entries for which `boundOf` gives the largest size allowed; it may throw to refuse the file. */
function inflate(
  bytes: Uint8Array,
  file: string,
  boundOf: (entry: UnzipFileInfo) => number | 'skip',
): Record<string, Uint8Array> {
  let totalBytes = 0;
  const seen = new Set<string>();
  try {
    return unzipSync(bytes, {
      filter: (entry) => {
        if (seen.has(entry.name)) throw damaged(file, entry.name);
        seen.add(entry.name);
        const bound = boundOf(entry);
        if (bound === 'skip') return false;
        totalBytes += entry.originalSize;
        if (
          entry.originalSize > bound ||
          totalBytes > LARGEST_TOTAL_BYTES ||
          entry.originalSize > LARGEST_RATIO * Math.min(entry.size, bytes.length) + 64
        )
          throw new RecordingError(
            'tooLarge',
            { file, field: entry.name },
            `declares ${entry.originalSize} bytes, more than this part may have`,
          );
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof RecordingError) throw cause;
    throw new RecordingError('damaged', { file }, 'cannot be unpacked; copy or export it again', { cause });
  }
}

function refuseNewerVersion(manifestBytes: Uint8Array, file: string): void {
  let version: unknown;
  try {
    version = (JSON.parse(strFromU8(manifestBytes)) as { version?: unknown } | null)?.version;
  } catch {
    return;
  }
  if (typeof version === 'number' && version > VERSION)
    throw new RecordingError(
      'newerVersion',
      { file, field: `${MANIFEST}.version` },
      `is ${version}, this Thora reads up to ${VERSION}; update Thora`,
    );
}

function damaged(file: string, field: string): RecordingError {
  return new RecordingError('damaged', { file, field }, 'is damaged; copy or export it again');
}

function invalid(file: string, field: string, detail: string): RecordingError {
  return new RecordingError('fieldInvalid', { file, field }, detail);
}
