import { parseExactJson, writeExactJson } from '../../core/recording/exact-json.ts';
import { crc32 } from '../../core/recording/crc32.ts';
import type { KeptRow } from './session-database.ts';

/** The row of a finished session that found no room in the database. */
export interface WaitingResult {
  readonly row: KeptRow<'sessions'>;
  /** The database took nothing of this session at all. */
  readonly isNew: boolean;
}

/**
 * Room on the disk that is taken before it is needed: on a full disk a result is written into it, which asks the browser
 * for nothing more. No call rejects.
 */
export interface ResultReserve {
  /** Takes the room. @returns whether a result can be written into it */
  hold(): Promise<boolean>;
  /** Gives back what is not needed for results. */
  giveBack(): Promise<void>;
  /** @returns whether the disk holds it now */
  write(result: WaitingResult): Promise<boolean>;
  /** In the order in which they were written. */
  read(): Promise<WaitingResult[]>;
  /** Lets go of the room, and of what was written into it. */
  drop(): Promise<void>;
}

export const NO_RESERVE: ResultReserve = {
  hold: () => Promise.resolve(false),
  giveBack: () => Promise.resolve(),
  write: () => Promise.resolve(false),
  read: () => Promise.resolve([]),
  drop: () => Promise.resolve(),
};

/** What is used here of the browser's private files (File System standard, section 2.6); a window has no handles. */
export interface ReserveFolder {
  getFileHandle(name: string, options?: { create?: boolean }): Promise<ReserveFile>;
  removeEntry(name: string): Promise<void>;
}

interface ReserveFile {
  getFile(): Promise<Blob>;
  createSyncAccessHandle?(): Promise<ReserveHandle>;
}

interface ReserveHandle {
  getSize(): number;
  read(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** What the result of a long session takes, with room to spare. */
const LONG_RESULT_BYTES = 2 ** 18;
const FOR_RESULTS_BYTES = 4 * LONG_RESULT_BYTES;
/** What is given back lets the journal go on, and the answers and repetitions of the session. */
const HELD_BYTES = 2 * FOR_RESULTS_BYTES;
const MOST_RANDOM_BYTES = 65_536;

/** Before each record: mark, length of the record, its CRC-32 (u32, little-endian). Zeros end the list. */
const HEAD_BYTES = 12;
const LENGTH_BYTES = 4;
const MARK = 0x746c7372;

/**
 * A file beside the database, of the same person. Rows that are deleted give their room back only when the browser tidies
 * up; a file that is cut does at once.
 *
 * @param openFolder rejects where the browser has no such files
 */
export function fileReserve(openFolder: () => Promise<ReserveFolder>, databaseName: string): ResultReserve {
  const name = reserveFileName(databaseName);

  /** Null where there is no such file, or nothing can be written into it from here. */
  async function withHandle<T>(create: boolean, work: (handle: ReserveHandle) => T): Promise<T | null> {
    let handle: ReserveHandle | undefined;
    try {
      const file = await (await openFolder()).getFileHandle(name, { create });
      handle = await file.createSyncAccessHandle?.();
      return handle === undefined ? null : work(handle);
    } catch {
      return null;
    } finally {
      handle?.close();
    }
  }

  return {
    hold: async () => {
      await withHandle(true, (handle) => {
        const size = handle.getSize();
        if (size < HELD_BYTES) fill(handle, size);
      });
      const freeBytes = await withHandle(false, (handle) => {
        const bytes = readAll(handle);
        return bytes.length - endOfRecords(bytes);
      });
      return freeBytes !== null && freeBytes >= LONG_RESULT_BYTES;
    },

    giveBack: async () => {
      await withHandle(false, (handle) => {
        const end = endOfRecords(readAll(handle)) + HEAD_BYTES;
        handle.truncate(Math.min(handle.getSize(), Math.max(FOR_RESULTS_BYTES, end)));
        handle.flush();
      });
    },

    write: async (result) => {
      const record = encode(result);
      const written = await withHandle(false, (handle) => {
        const at = endOfRecords(readAll(handle));
        const bytes = new Uint8Array(2 * HEAD_BYTES + record.length);
        const head = new DataView(bytes.buffer);
        head.setUint32(0, MARK, true);
        head.setUint32(4, record.length, true);
        head.setUint32(8, crc32(record), true);
        bytes.set(record, HEAD_BYTES);
        const count = handle.write(bytes, { at });
        handle.flush();
        return count === bytes.length;
      });
      return written ?? false;
    },

    read: async () => {
      try {
        const file = await (await (await openFolder()).getFileHandle(name)).getFile();
        const mark = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
        if (mark.byteLength < HEAD_BYTES || mark.getUint32(0, true) !== MARK) return [];
        return recordsOf(new Uint8Array(await file.arrayBuffer())).map(decode);
      } catch {
        return [];
      }
    },

    drop: async () => {
      try {
        await (await openFolder()).removeEntry(name);
      } catch {
        return;
      }
    },
  };
}

export function reserveFileName(databaseName: string): string {
  return `${databaseName}.results`;
}

/** Random: a file system that squeezes files would keep no room for zeros. */
function fill(handle: ReserveHandle, from: number): void {
  const part = new Uint8Array(MOST_RANDOM_BYTES);
  for (let at = from; at < HELD_BYTES; at += part.length) {
    crypto.getRandomValues(part);
    if (at === 0) part.fill(0, 0, HEAD_BYTES);
    handle.write(part.subarray(0, Math.min(part.length, HELD_BYTES - at)), { at });
  }
  handle.flush();
}

function readAll(handle: ReserveHandle): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(handle.getSize());
  handle.read(bytes, { at: 0 });
  return bytes;
}

/** Up to the first that is not whole. */
function recordsOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const records: Uint8Array[] = [];
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + HEAD_BYTES <= bytes.length && view.getUint32(at, true) === MARK;) {
    const length = view.getUint32(at + 4, true);
    const record = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
    if (record.length !== length || crc32(record) !== view.getUint32(at + 8, true)) break;
    records.push(record);
    at += HEAD_BYTES + length;
  }
  return records;
}

function endOfRecords(bytes: Uint8Array<ArrayBuffer>): number {
  return recordsOf(bytes).reduce((end, record) => end + HEAD_BYTES + record.length, 0);
}

/** u32 length of JSON (little-endian), the JSON, what is sealed. */
function encode({ row, isNew }: WaitingResult): Uint8Array {
  const { sealed = new Uint8Array(), ...rest } = row;
  const json = new TextEncoder().encode(writeExactJson({ isNew, row: rest }));
  const record = new Uint8Array(LENGTH_BYTES + json.length + sealed.length);
  new DataView(record.buffer).setUint32(0, json.length, true);
  record.set(json, LENGTH_BYTES);
  record.set(sealed, LENGTH_BYTES + json.length);
  return record;
}

/** Its checksum said that it is what this app wrote. */
function decode(record: Uint8Array): WaitingResult {
  const jsonEnd = LENGTH_BYTES + new DataView(record.buffer, record.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(record.subarray(LENGTH_BYTES, jsonEnd));
  const { isNew, row } = parseExactJson(text) as WaitingResult;
  const sealed = record.slice(jsonEnd);
  return { isNew, row: sealed.length === 0 ? row : { ...row, sealed } };
}
