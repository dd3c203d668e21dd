import { strToU8, zipSync } from 'fflate';
import type { ExportedFile, ExportFormat } from '../../core/export/export-session.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import type { SessionRecording } from '../../core/recording/session-recording.ts';
import type { FileGate, ImportedRecording, StoredSession } from '../../ui/services.ts';
import { readExampleIndex } from './example-index.ts';
import { holdSameInputs } from './same-recording.ts';
import type { ExampleEntry } from './example-index.ts';

/** Ten hours of three sensors come to less. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

export interface FilePorts {
  /** Bytes of a recording file. */
  encode(recording: SessionRecording): Uint8Array;
  /** Throws RecordingError with the file and the field at fault. */
  decode(bytes: Uint8Array, fileName: string): SessionRecording;
  readRecording(sessionId: string): Promise<SessionRecording>;
  /** The session in a format of other programs. */
  convert(
    sessionId: string,
    format: ExportFormat,
    onProgress: (share: number) => void,
  ): Promise<readonly ExportedFile[]>;
  /** Newest first. */
  listSessions(): Promise<readonly StoredSession[]>;
  /** Null when nothing is stored under that id. */
  readSession(sessionId: string): Promise<StoredSession | null>;
  /** All of it or nothing. */
  storeImported(sessionId: string, recording: SessionRecording): Promise<StoredSession>;
  /** Where only the results of a session are left, and the recording is its own. @returns whether it was so */
  returnPackets(sessionId: string, recording: SessionRecording): Promise<boolean>;
  createSessionId(): string;
  /** Folder of the recordings that ship with the app, on this origin, with a slash at the end. */
  readonly examplesUrl: URL;
}

/** Recordings in and out of the browser as files. */
export class BrowserFileGate implements FileGate {
  readonly #ports: FilePorts;

  constructor(ports: FilePorts) {
    this.#ports = ports;
  }

  async exportSession(sessionId: string): Promise<void> {
    const file = await this.recordingFile(sessionId);
    download(file, file.name);
  }

  async recordingFile(sessionId: string): Promise<File> {
    const recording = await this.#ports.readRecording(sessionId);
    const bytes = this.#ports.encode(recording);
    return new File([new Uint8Array(bytes)], fileNameOf(recording), { type: 'application/octet-stream' });
  }

  async exportAs(
    sessionId: string,
    format: ExportFormat,
    onProgress: (share: number) => void,
  ): Promise<void> {
    const stored = await this.#ports.readSession(sessionId);
    const name = baseNameOf(stored?.startedAtUtc ?? '');
    const files = await this.#ports.convert(sessionId, format, onProgress);
    const [first, ...others] = files;
    if (first !== undefined && others.length === 0) {
      download(blobOf(first), `${name}${first.suffix}`);
      return;
    }
    const parts = Object.fromEntries(
      files.map(({ suffix, content }) => [
        `${name}${suffix}`,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    );
    download(
      new Blob([new Uint8Array(zipSync(parts))], { type: 'application/zip' }),
      `${name}-${format}.zip`,
    );
  }

  async importRecording(file: File): Promise<ImportedRecording> {
    if (file.size > MAX_FILE_BYTES) {
      throw new RecordingError('tooLarge', { file: file.name }, 'larger than any recording of a session.');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const recording = this.#ports.decode(bytes, file.name);
    const twin = await this.#findTwin(recording);
    if (twin) return twin;
    // Another recording of that name is kept as it is; the file becomes a session of its own.
    const isKnown = (await this.#ports.readSession(recording.recordingId)) !== null;
    const sessionId = isKnown ? this.#ports.createSessionId() : recording.recordingId;
    return { stored: await this.#ports.storeImported(sessionId, recording), wasHere: false };
  }

  /**
   * The session that holds the same inputs, recorded here or imported before, whatever its id; one that had let its packets
   * go has them again.
   */
  async #findTwin(recording: SessionRecording): Promise<ImportedRecording | null> {
    for (const stored of await this.#ports.listSessions()) {
      if (stored.startedAtUtc !== recording.startedAtUtc) continue;
      if (await this.#ports.returnPackets(stored.sessionId, recording)) return { stored, wasHere: false };
      const kept = await this.#ports.readRecording(stored.sessionId).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'packetsRemoved') return null;
        throw error;
      });
      if (kept !== null && holdSameInputs(kept, recording)) return { stored, wasHere: true };
    }
    return null;
  }

  async listExamples(): Promise<readonly ExampleEntry[]> {
    const url = new URL('index.json', this.#ports.examplesUrl);
    return readExampleIndex(await (await this.#fetch(url)).json(), url.pathname);
  }

  /** The same example twice is one session. */
  async importExample(id: string): Promise<StoredSession> {
    const sessionId = `example-${id}`;
    const stored = await this.#ports.readSession(sessionId);
    if (stored) return stored;
    const example = (await this.listExamples()).find((entry) => entry.id === id);
    if (!example)
      throw new RecordingError('notARecording', { file: id }, 'there is no example of this name.');
    const response = await this.#fetch(new URL(example.file, this.#ports.examplesUrl));
    const recording = this.#ports.decode(new Uint8Array(await response.arrayBuffer()), example.file);
    return this.#ports.storeImported(sessionId, recording);
  }

  async #fetch(url: URL): Promise<Response> {
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok) {
      throw new RecordingError(
        'notARecording',
        { file: url.pathname },
        `the server answered ${response.status}.`,
      );
    }
    return response;
  }
}

function fileNameOf(recording: SessionRecording): string {
  return `${baseNameOf(recording.startedAtUtc)}.thora`;
}

function baseNameOf(startedAtUtc: string): string {
  return `thora-${startedAtUtc.slice(0, 16).replace('T', '-').replace(':', '')}`;
}

function blobOf({ content }: ExportedFile): Blob {
  return typeof content === 'string'
    ? new Blob([content], { type: 'text/plain' })
    : new Blob([new Uint8Array(content)], { type: 'application/octet-stream' });
}

/** Hands a file to the browser as a download. */
export function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken the address by the next turn; some take it later than the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
