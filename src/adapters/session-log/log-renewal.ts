import type { LockPort } from './recording-lock.ts';

/** Held while one tab of this browser lives: the first one renews, the others need not. */
const LOCK = 'thora-log-renewed';
const SPARE_DATABASE = 'thora-spare';
/** Chromium begins a new file of its log after at most 4 MB. Larger values would lie in files of their own. */
const ROW_BYTES = 60_000;
const ROW_COUNT = 75;

/**
 * Lets the browser begin a new file of its database log, once in its life.
 *
 * Why: a browser that is killed in the middle of a write leaves half a record at the end of that file. Chromium reads over it
 * once, and writes on behind it. Killed a second time it finds the half record in the middle, takes the whole database for
 * damaged, and deletes every session (tried with Chromium 150; `test/e2e/kills.spec.ts` leaves such halves on purpose). All
 * databases of an address share one log: writing a few megabytes to a spare one, deleted at once, moves everything on.
 *
 * Never rejects: where it is refused (no room, no storage) the app works as before.
 */
export async function renewLog(factory: IDBFactory, locks: LockPort): Promise<void> {
  await new Promise<void>((done) => {
    locks
      .request(LOCK, { ifAvailable: true }, async (lock) => {
        if (lock === null) return;
        await writeSpare(factory).catch(() => undefined);
        done();
        // Until the tab goes.
        await new Promise(() => undefined);
      })
      .catch(() => undefined)
      .finally(done);
  });
}

async function writeSpare(factory: IDBFactory): Promise<void> {
  const opening = factory.open(SPARE_DATABASE);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
  const database = await settled(opening);
  try {
    const transaction = database.transaction('rows', 'readwrite', { durability: 'relaxed' });
    const rows = transaction.objectStore('rows');
    const row = new Uint8Array(ROW_BYTES);
    for (let key = 0; key < ROW_COUNT; key++) rows.put(row, key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
    });
  } finally {
    database.close();
    await settled(factory.deleteDatabase(SPARE_DATABASE));
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer.'));
  });
}
