import type { Page } from '@playwright/test';
import type { JournalEntry } from '../../src/core/care/care-journal.ts';
import { unpackChunk, type PackedChunk } from '../../src/adapters/session-log/packed-chunk.ts';

/** What the browser's database holds of one session, read without the app. */
export interface StoredRows {
  readonly sessionId: string;
  readonly state: string;
  readonly roles: readonly string[];
  /** Of everything that must not change once a session has ended: packets, commands and result. */
  readonly digest: string;
  readonly chunks: readonly {
    readonly sensorIndex: number;
    readonly firstOrder: number;
    readonly count: number;
    readonly crc: number;
    readonly squeezed?: NonNullable<PackedChunk['squeezed']>;
    readonly base64: string;
  }[];
  readonly commands: readonly { readonly order: number; readonly hostTimeMs: number }[];
}

export interface StoredInput {
  readonly order: number;
  readonly hostTimeMs: number;
  /** Null for a command. */
  readonly sensorIndex: number | null;
}

/** Opens the database as it stands and reads every row. `full` names the session whose bytes are wanted, too. */
export async function readStoredRows(page: Page, full: string | null): Promise<StoredRows[]> {
  return page.evaluate(async (wanted) => {
    const promised = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database did not answer.'));
      });
    const database = await promised(indexedDB.open('thora-sessions'));
    const transaction = database.transaction(['sessions', 'chunks', 'commands']);
    const [sessions, chunks, commands] = await Promise.all(
      ['sessions', 'chunks', 'commands'].map((table) => promised(transaction.objectStore(table).getAll())),
    );
    database.close();
    return Promise.all(
      (sessions ?? []).map(async (row) => {
        const own = (rows: { sessionId: string }[] | undefined) =>
          (rows ?? []).filter(({ sessionId }) => sessionId === row.sessionId);
        const ownChunks = own(chunks) as unknown as {
          sensorIndex: number;
          firstOrder: number;
          count: number;
          crc: number;
          squeezed?: { stride: number; byteCount: number };
          bytes: Uint8Array;
        }[];
        const ownCommands = own(commands) as unknown as { order: number; hostTimeMs: number }[];
        const parts: BlobPart[] = ownChunks.map(({ bytes }) => new Uint8Array(bytes));
        parts.push(JSON.stringify([ownCommands, row.result]));
        const hash = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
        return {
          sessionId: row.sessionId,
          state: row.state,
          roles: row.roles,
          digest: Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''),
          commands: ownCommands.map(({ order, hostTimeMs }) => ({ order, hostTimeMs })),
          chunks:
            row.sessionId === wanted
              ? ownChunks.map(({ bytes, ...chunk }) => ({
                  ...chunk,
                  base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
                }))
              : [],
        };
      }),
    );
  }, full);
}

/** Every input of a session in order; a chunk whose checksum is wrong is an error. */
export function storedInputs({ sessionId, chunks, commands }: StoredRows): StoredInput[] {
  const inputs: StoredInput[] = commands.map((command) => ({ ...command, sensorIndex: null }));
  for (const { sensorIndex, base64, ...chunk } of chunks) {
    const packets = unpackChunk({ ...chunk, bytes: new Uint8Array(Buffer.from(base64, 'base64')) });
    if (packets === null) throw new Error(`A chunk of session ${sessionId} is damaged.`);
    for (const { order, hostTimeMs } of packets) inputs.push({ order, hostTimeMs, sensorIndex });
  }
  return inputs.sort((a, b) => a.order - b.order);
}

/** Lays rows into the app's database, as they were written long ago. */
export async function layRows(
  page: Page,
  table: 'sessions' | 'journal',
  rows: readonly object[],
): Promise<void> {
  await page.evaluate(
    async ([name, given]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('thora-sessions');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
      });
      const transaction = database.transaction(name, 'readwrite');
      for (const row of given) transaction.objectStore(name).put(row);
      await new Promise<void>((resolve) => (transaction.oncomplete = () => resolve()));
      database.close();
    },
    [table, rows] as const,
  );
}

/** A care journal, in the order of its entries. */
export async function layJournal(page: Page, entries: readonly JournalEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, entryId: `entry-${entry.order}` }));
  await layRows(page, 'journal', rows);
}

/** The care journal as it lies on the disk, in the order of writing. */
export async function readJournal(page: Page): Promise<readonly JournalEntry[]> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
    });
    const reading = database.transaction('journal').objectStore('journal').getAll();
    const rows = await new Promise<JournalEntry[]>((resolve) => {
      reading.onsuccess = () => resolve(reading.result as JournalEntry[]);
    });
    database.close();
    return rows;
  });
}
